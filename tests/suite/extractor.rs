//! `--extractor`: names from an outside program, in `extract` and in a store.

#![cfg(unix)]

use serde_json::{Value, json};

use crate::support::Sandbox;

/// A program in the shell: every document has one name, its first word, of the type $1. It counts
/// its starts in `starts`.
const FIRST_WORD: &str = r#"echo start >>starts
while IFS= read -r line; do
    id=$(printf '%s' "$line" | sed 's/^{"id":"\([^"]*\)".*/\1/')
    word=$(printf '%s' "$line" | sed 's/.*"text":"\([A-Za-z]*\).*/\1/')
    printf '{"id":"%s","entities":[{"start":0,"end":%d,"type":"%s"}]}\n' "$id" "${#word}" "$1"
done
"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("first.sh", FIRST_WORD);
    sandbox.write("texts.jsonl", "{\"id\":\"a\",\"text\":\"Zorblax met Angela Merkel.\"}\n{\"id\":\"b\",\"text\":\"Quux called.\"}\n");
    sandbox.write(
        "docs/one.txt",
        "Zorblax meets the press\n\nAngela Merkel came to Paris on 5 May 2016.\n",
    );
    sandbox.write(
        "docs/two.txt",
        "Quux is opened\n\nOn 6 May 2016 Angela Merkel opened it in Berlin.\n",
    );
    sandbox
}

fn names(line: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(line).unwrap();
    let entities = value["entities"].as_array().unwrap();
    entities
        .iter()
        .map(|entity| entity["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn names_are_replaced_or_added() {
    let sandbox = sandbox();
    let run = |mode: &str| {
        let arguments = [
            "extract",
            "--extractor",
            "sh first.sh organization",
            "--extractor-mode",
            mode,
            "texts.jsonl",
        ];
        sandbox.annals(&arguments).exits(0).text()
    };
    let replaced = run("replace");
    let lines: Vec<Vec<String>> = replaced.lines().map(names).collect();
    assert_eq!(lines, [vec!["Zorblax"], vec!["Quux"]]);
    let added = run("add");
    assert_eq!(
        names(added.lines().next().unwrap()),
        ["Zorblax", "Angela Merkel"]
    );
}

#[test]
fn annals_is_an_extractor_itself() {
    let sandbox = sandbox();
    let own = sandbox.annals(&["extract", "texts.jsonl"]).exits(0).text();
    let command = format!("{} extract", crate::support::PROGRAM);
    let outside = sandbox
        .annals(&["extract", "--extractor", &command, "texts.jsonl"])
        .exits(0);
    assert_eq!(outside.text(), own);
}

#[test]
fn a_store_keeps_the_answers_and_never_asks_twice() {
    let sandbox = sandbox();
    let ingest = |extra: &[&str]| {
        let outcome = sandbox
            .annals(&[&["ingest", "docs", "--format", "json"], extra].concat())
            .exits(0);
        outcome.json()
    };
    let starts = || {
        std::fs::read_to_string(sandbox.path("starts"))
            .unwrap()
            .lines()
            .count()
    };
    let outside: &[&str] = &["--extractor", "sh first.sh organization"];
    assert_eq!(ingest(outside)["read_outside"], 2);
    let quads = sandbox.quads();
    assert!(
        quads.contains("organization/zorblax") && !quads.contains("angela-merkel"),
        "{quads}"
    );

    assert_eq!(ingest(outside)["read_outside"], Value::Null);
    assert_eq!(ingest(&[])["documents"]["unchanged"], 2);
    assert_eq!(starts(), 1, "what was read is not read again");
    std::fs::remove_file(sandbox.path("first.sh")).unwrap();
    sandbox.annals(&["rebuild"]).exits(0);
    assert_eq!(sandbox.quads(), quads, "a rebuild needs no program");

    sandbox.write("first.sh", FIRST_WORD);
    assert_eq!(
        ingest(&["--extractor", "sh first.sh place"])["read_outside"],
        2
    );
    let other = sandbox.quads();
    assert!(
        other.contains("place/zorblax") && !other.contains("organization/zorblax"),
        "another answer replaces the first"
    );

    sandbox.annals(&["forget", "docs/one.txt"]).exits(0);
    assert_eq!(ingest(&[])["documents"]["new"], 1);
    let again = sandbox.quads();
    assert!(
        !again.contains("place/zorblax") && again.contains("place/quux"),
        "a forgotten document is read anew"
    );
}

#[test]
fn an_unusable_answer_refuses_its_document_and_the_rest_goes_on() {
    let sandbox = sandbox();
    sandbox.write(
        "odd.sh",
        FIRST_WORD.replace(
            "\"$1\"",
            "$(case $word in Quux) echo ship;; *) echo place;; esac)",
        ),
    );
    let refused = sandbox.annals(&[
        "ingest",
        "docs",
        "--extractor",
        "sh odd.sh",
        "--format",
        "json",
    ]);
    let refused = refused
        .exits(3)
        .says("docs/two.txt")
        .says("\"ship\"")
        .says("map others");
    let report = refused.json();
    assert_eq!(report["documents"]["new"], 1);
    assert_eq!(report["refusals"][0]["kind"], "extractor");
    let lines = sandbox.annals(&["extract", "--extractor", "sh odd.sh", "texts.jsonl"]);
    assert_eq!(lines.exits(3).says("line 2").text().lines().count(), 1);
    let later = sandbox
        .annals(&[
            "ingest",
            "docs",
            "--extractor",
            "sh first.sh place",
            "--format",
            "json",
        ])
        .exits(0);
    assert_eq!(
        later.json()["documents"],
        json!({"new": 1, "changed": 0, "unchanged": 1, "refused": 0})
    );
}

#[test]
fn a_failing_program_stops_the_run_and_harms_nothing() {
    let sandbox = sandbox();
    sandbox.annals(&["ingest", "docs/one.txt"]).exits(0);
    let before = sandbox.quads();
    let cases: [(&str, i32, &[&str]); 8] = [
        ("no-such-program-here", 1, &["no-such-program-here", "PATH"]),
        (
            "sh -c 'echo sore >&2; exit 7'",
            1,
            &["exit status: 7", "sore", "docs/one.txt"],
        ),
        (
            "sh -c 'sleep 30'",
            1,
            &["silent for 1 s", "docs/one.txt", "--extractor-timeout"],
        ),
        (
            "sh -c 'cat >/dev/null'",
            1,
            &["2 documents without an answer", "docs/one.txt"],
        ),
        ("cat", 1, &["refused"]),
        ("echo oops", 1, &["line 1", "oops", "standard error"]),
        (
            "echo {\\\"id\\\":\\\"zz\\\",\\\"entities\\\":[]}",
            1,
            &["\"zz\"", "no document of this run"],
        ),
        ("'open quote", 2, &["a quote is not closed"]),
    ];
    for (command, code, words) in cases {
        let arguments = [
            "ingest",
            "docs",
            "--extractor",
            command,
            "--extractor-timeout",
            "1",
        ];
        let outcome = sandbox.annals(&arguments).without_panic();
        if command == "cat" {
            // An echo is an answer without names: each document is refused.
            assert_eq!(outcome.code(), Some(3));
            continue;
        }
        let mut outcome = outcome.exits(code).says("hint:");
        for word in words {
            outcome = outcome.says(word);
        }
        assert_eq!(sandbox.quads(), before, "{command}");
    }
    sandbox.annals(&["validate"]).exits(0);
    sandbox
        .annals(&["ingest", "docs", "--extractor-mode", "add"])
        .exits(2);
}
