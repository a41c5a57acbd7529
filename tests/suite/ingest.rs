//! `annals ingest`: the report, refusals, and reading the same again.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Sandbox, keys, strings};

fn set<'a>(names: &[&'a str]) -> BTreeSet<&'a str> {
    names.iter().copied().collect()
}

fn kind_of<'a>(report: &'a Value, path: &str) -> &'a str {
    let refusals = report["refusals"].as_array().unwrap();
    let found = refusals.iter().find(|refusal| refusal["path"] == path);
    found.unwrap_or_else(|| panic!("{path} is not refused"))["kind"]
        .as_str()
        .unwrap()
}

#[test]
fn the_report_has_the_agreed_keys_and_the_known_counts() {
    let sandbox = Sandbox::new();
    let report = sandbox
        .annals(&["ingest", "examples/news", "--format", "json"])
        .exits(3)
        .json();
    let agreed = [
        "documents",
        "events",
        "entities",
        "related",
        "inferred",
        "context",
        "supersedes",
        "quads",
        "seconds",
        "refusals",
    ];
    assert_eq!(keys(&report), set(&agreed));
    assert_eq!(
        report["documents"],
        json!({"new": 73, "changed": 0, "unchanged": 0, "refused": 4})
    );
    for count in [
        "events",
        "entities",
        "related",
        "context",
        "supersedes",
        "quads",
    ] {
        assert!(report[count].as_u64().unwrap() > 0, "{count}");
    }
    assert!(report["seconds"].as_f64().unwrap() > 0.0);
    assert_eq!(
        report["quads"].as_u64().unwrap() as usize,
        sandbox.quads().lines().count()
    );
}

#[test]
fn damaged_pages_are_refused_with_reasons_and_the_rest_is_read() {
    let sandbox = Sandbox::new();
    let outcome = sandbox
        .annals(&["ingest", "examples/news/damaged", "--format", "json"])
        .exits(3);
    let report = outcome.json();
    assert_eq!(report["documents"]["refused"], 4);
    assert_eq!(report["documents"]["new"], 2);
    for refusal in report["refusals"].as_array().unwrap() {
        for key in ["path", "kind", "reason", "hint"] {
            assert!(!refusal[key].as_str().unwrap().is_empty(), "{refusal}");
        }
        assert!(
            outcome
                .messages()
                .contains(refusal["path"].as_str().unwrap())
        );
    }
    let kind =
        |name: &str| kind_of(&report, &format!("examples/news/damaged/{name}.md")).to_owned();
    assert_eq!(kind("binary"), "binary");
    assert_eq!(kind("empty"), "empty");
    assert_eq!(kind("not-utf-8"), "not-utf8");
    assert_eq!(kind("no-title"), "no-title");
}

#[test]
fn sound_documents_alone_exit_with_zero() {
    let sandbox = Sandbox::new();
    let report = sandbox
        .annals(&["ingest", "examples/news/articles", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(report["refusals"], json!([]));
}

#[test]
fn reading_again_changes_nothing() {
    let sandbox = Sandbox::with_news();
    let before = sandbox.quads();
    let segments = sandbox.files(".annals/journal");
    let report = sandbox
        .annals(&["ingest", "examples/news", "--format", "json"])
        .exits(3)
        .json();
    assert_eq!(
        report["documents"],
        json!({"new": 0, "changed": 0, "unchanged": 73, "refused": 4})
    );
    assert_eq!(sandbox.quads(), before);
    assert_eq!(sandbox.files(".annals/journal"), segments);
}

#[test]
fn whatever_is_no_document_is_refused_and_nothing_crashes() {
    let sandbox = Sandbox::new();
    let page = sandbox
        .files("examples/news/news/2017/12")
        .into_iter()
        .find(|path| path.contains("unannounced"))
        .unwrap();
    let page = std::fs::read(sandbox.path(&page)).unwrap();
    sandbox
        .write("bad/empty.txt", "")
        .write("bad/blank.txt", " \n\t\n")
        .write("bad/nul.txt", b"text\0with\0nul")
        .write("bad/latin.md", b"### [2018-01-9](/x)\n# caf\xe9 in Paris\n")
        .write("bad/elf.md", b"\x7fELF\x02\x01\x01\0\0\0\0")
        .write("bad/cut.md", &page[..30])
        .write("good.txt", "Angela Merkel visited Paris on 3 May 2017.\n");
    let report = sandbox
        .annals(&[
            "ingest",
            "missing.txt",
            "bad",
            "good.txt",
            "--format",
            "json",
        ])
        .without_panic()
        .exits(3)
        .json();
    assert_eq!(report["documents"]["new"], 1, "{report:#}");
    assert_eq!(report["documents"]["refused"], 7, "{report:#}");
    assert_eq!(kind_of(&report, "missing.txt"), "missing");
    assert_eq!(kind_of(&report, "bad/empty.txt"), "empty");
    assert_eq!(kind_of(&report, "bad/blank.txt"), "empty");
    assert_eq!(kind_of(&report, "bad/nul.txt"), "binary");
    assert_eq!(kind_of(&report, "bad/latin.md"), "not-utf8");
    assert_eq!(kind_of(&report, "bad/elf.md"), "binary");
    assert_eq!(kind_of(&report, "bad/cut.md"), "no-title");
}

#[test]
fn a_page_cut_anywhere_is_read_or_refused() {
    let sandbox = Sandbox::new();
    let page = sandbox
        .files("examples/news/news/2015/11/24")
        .pop()
        .unwrap();
    let page = std::fs::read(sandbox.path(&page)).unwrap();
    for cut in (0..page.len()).step_by(37) {
        sandbox.write(&format!("cut/{cut:05}.md"), &page[..cut]);
    }
    let pages = page.len().div_ceil(37);
    let outcome = sandbox
        .annals(&["ingest", "cut", "--format", "json"])
        .without_panic()
        .exits(3);
    let counts = &outcome.json()["documents"];
    let sum: u64 = ["new", "changed", "unchanged", "refused"]
        .iter()
        .map(|key| counts[key].as_u64().unwrap())
        .sum();
    assert_eq!(sum, pages as u64, "{counts}");
    sandbox.annals(&["validate"]).exits(0);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    sandbox.write("secret.txt", "Angela Merkel visited Paris.\n");
    let path = sandbox.path("secret.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        // Permissions do not bind the superuser, as whom tests run in many containers.
        return;
    }
    let report = sandbox
        .annals(&["ingest", "secret.txt", "--format", "json"])
        .exits(3)
        .json();
    assert_eq!(kind_of(&report, "secret.txt"), "no-permission");
}

const LINES: &str = r#"{"id":"a-1","title":"Angela Merkel visits Paris","text":"Angela Merkel visited Paris on 3 May 2017.","dct":"2017-05-04"}
{"id":7,"text":"On 4 May 2017 Theresa May spoke in London.","url":"https://x.example/7"}
not json
{"id":"no-text"}
"#;

#[test]
fn json_documents_keep_their_ids() {
    let sandbox = Sandbox::new();
    sandbox.write("lines.jsonl", LINES);
    let report = sandbox
        .annals(&["ingest", "lines.jsonl", "--format", "json"])
        .exits(3)
        .json();
    assert_eq!(
        report["documents"],
        json!({"new": 2, "changed": 0, "unchanged": 0, "refused": 2})
    );
    let refused: Vec<_> = report["refusals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["part"].as_u64(), r["kind"].as_str()))
        .collect();
    assert_eq!(
        refused,
        [(Some(3), Some("invalid-json")), (Some(4), Some("no-text"))]
    );
    let entries = sandbox
        .annals(&["timeline", "2017", "--format", "json"])
        .exits(0)
        .json();
    let ids: Vec<_> = entries
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|entry| strings(&entry["documents"], "id"))
        .collect();
    assert_eq!(ids, ["a-1", "7"]);
}

#[test]
fn a_dash_reads_standard_input() {
    let sandbox = Sandbox::new();
    let report = sandbox
        .annals_reading(LINES, &["ingest", "-", "--format", "json"])
        .exits(3)
        .json();
    assert_eq!(report["documents"]["new"], 2);
    let report = sandbox
        .annals_reading(LINES, &["ingest", "-", "--format", "json"])
        .exits(3)
        .json();
    assert_eq!(
        report["documents"],
        json!({"new": 0, "changed": 0, "unchanged": 2, "refused": 2})
    );
}

#[test]
fn files_can_be_questioned_without_a_store() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.annals(&[
        "timeline",
        "Palmyra",
        "--input",
        "examples/news/articles",
        "--format",
        "json",
    ]);
    assert!(!outcome.exits(0).json().as_array().unwrap().is_empty());
    assert!(!sandbox.path(".annals").exists(), "nothing is written");
}

#[test]
fn a_folder_with_other_things_is_not_made_a_store() {
    let sandbox = Sandbox::new();
    let outcome = sandbox
        .annals(&["ingest", "examples/news/articles", "--location", "examples"])
        .exits(1);
    outcome.says("not a store");
    assert!(!sandbox.path("examples/annals.toml").exists());
}

#[test]
fn a_path_that_leads_nowhere_leaves_no_store_behind() {
    let sandbox = Sandbox::new();
    sandbox
        .annals(&["ingest", "nowhere"])
        .exits(3)
        .says("does not exist");
    assert!(!sandbox.path(".annals").exists());
    sandbox.write("a.txt", "Angela Merkel visited Paris on 3 May 2017.\n");
    let report = sandbox.annals(&["ingest", "nowhere", "a.txt", "--format", "json"]);
    let report = report.exits(3).json();
    assert_eq!(
        report["documents"],
        json!({"new": 1, "changed": 0, "unchanged": 0, "refused": 1})
    );
}

#[test]
fn a_date_that_is_none_is_said() {
    let sandbox = Sandbox::new();
    let line = |dct: &str| json!({"text": "A ferry sank.", "dct": dct, "id": dct}).to_string();
    let lines = [line("2017-12-05"), line("2017-13-45")].join("\n");
    let report = sandbox.annals_reading(lines, &["ingest", "-", "--format", "json"]);
    let report = report
        .exits(0)
        .says("line 2: not a date: \"2017-13-45\"")
        .json();
    assert_eq!(report["remarks"].as_array().unwrap().len(), 1);
}

/// An id that looks like one of ours must not make a document and a person one thing.
#[test]
fn an_id_of_a_document_takes_no_iri_of_another_thing() {
    let sandbox = Sandbox::new();
    let person = "https://w3id.org/annals/id/person/vladimir-putin";
    let text = "Vladimir Putin visited Paris on 5 May 2016.";
    let ids = ["/person/vladimir-putin", person, "/a?version=1a2b3c4d"];
    let lines = ids.map(|id| json!({"id": id, "text": text}).to_string());
    let ingest = ["ingest", "-"];
    sandbox.annals_reading(lines.join("\n"), &ingest).exits(0);
    sandbox.annals(&["check"]).exits(0);
    sandbox.annals(&["validate"]).exits(0);
    let shown = sandbox.annals(&["show", person, "--format", "json"]);
    assert_eq!(shown.exits(0).json()["label"], "Vladimir Putin");
}
