//! What supersedes what is said by a source, and never guessed.

use serde_json::{Value, json};

use crate::support::{Outcome, Sandbox};

const FERRY: &str = "Ferry sinks off Malta on 3 May 2017.";
const VOLCANO: &str = "Volcano erupts in Iceland on 4 May 2017.";

/// How many documents of an ingest were new, changed and unchanged.
#[track_caller]
fn counts(ingest: Outcome) -> [u64; 3] {
    let report: Value = ingest.exits(0).json();
    ["new", "changed", "unchanged"].map(|count| report["documents"][count].as_u64().unwrap())
}

#[track_caller]
fn ingest(sandbox: &Sandbox, path: &str) -> [u64; 3] {
    counts(sandbox.annals(&["ingest", path, "--format", "json"]))
}

fn superseded(sandbox: &Sandbox) -> Vec<String> {
    sandbox.column("SELECT ?old { ?new annals:supersedes ?old }")
}

fn story(text: &str) -> String {
    json!({"text": text}).to_string() + "\n"
}

fn feed(titles: &[&str]) -> String {
    let items = titles
        .iter()
        .map(|title| format!("<item><title>{title}</title></item>"));
    let items: String = items.collect();
    format!("<rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>")
}

fn tar(content: &str) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    builder
        .append_data(&mut header, "story.txt", content.as_bytes())
        .unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn texts_through_a_pipe_have_nothing_to_do_with_each_other() {
    let sandbox = Sandbox::new();
    let pipe =
        |text: Vec<u8>| counts(sandbox.annals_reading(text, &["ingest", "-", "--format", "json"]));
    assert_eq!(pipe(FERRY.into()), [1, 0, 0]);
    assert_eq!(pipe(VOLCANO.into()), [1, 0, 0]);
    assert_eq!(pipe(FERRY.into()), [0, 0, 1]);
    assert_eq!(pipe(tar("Tunnel opens in Bern on 5 May 2017.")), [1, 0, 0]);
    assert_eq!(pipe(tar("Strike ends in Turin on 6 May 2017.")), [1, 0, 0]);
    assert!(superseded(&sandbox).is_empty());
}

#[test]
fn a_file_of_several_documents_may_grow() {
    let sandbox = Sandbox::new();
    sandbox.write("news.jsonl", story(FERRY));
    assert_eq!(ingest(&sandbox, "news.jsonl"), [1, 0, 0]);
    sandbox.write("news.jsonl", story(VOLCANO) + &story(FERRY));
    assert_eq!(ingest(&sandbox, "news.jsonl"), [1, 0, 1]);
    sandbox.write("feed.rss", feed(&["Tunnel opens in Bern"]));
    assert_eq!(ingest(&sandbox, "feed.rss"), [1, 0, 0]);
    sandbox.write(
        "feed.rss",
        feed(&["Strike ends in Turin", "Tunnel opens in Bern"]),
    );
    assert_eq!(ingest(&sandbox, "feed.rss"), [1, 0, 1]);
    assert!(superseded(&sandbox).is_empty());
}

#[test]
fn a_member_of_an_archive_is_a_file() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "news.tar",
        tar("The ferry had 30 passengers on 3 May 2017."),
    );
    assert_eq!(ingest(&sandbox, "news.tar"), [1, 0, 0]);
    sandbox.write(
        "news.tar",
        tar("The ferry had 31 passengers on 3 May 2017."),
    );
    assert_eq!(ingest(&sandbox, "news.tar"), [0, 1, 0]);
    assert_eq!(superseded(&sandbox).len(), 1);
}

#[test]
fn a_copy_of_a_file_is_nothing_new() {
    let sandbox = Sandbox::new();
    let lines = format!(
        "{}\n{}\n",
        json!({"id": "1", "text": FERRY}),
        json!({"id": "2", "text": VOLCANO})
    );
    sandbox
        .write("plan.jsonl", &lines)
        .write("copy.jsonl", &lines);
    sandbox.write("a.txt", FERRY).write("b.txt", FERRY);
    assert_eq!(ingest(&sandbox, "plan.jsonl"), [2, 0, 0]);
    assert_eq!(ingest(&sandbox, "copy.jsonl"), [0, 0, 2]);
    assert_eq!(ingest(&sandbox, "a.txt"), [1, 0, 0]);
    assert_eq!(ingest(&sandbox, "b.txt"), [0, 0, 1]);
}

#[test]
fn what_comes_back_at_an_address_comes_last() {
    let sandbox = Sandbox::new();
    let say = |passengers: u8| {
        let text = format!("The ferry to Malta had {passengers} passengers on 3 May 2017.");
        let line = json!({"url": "https://a.example/ferry", "text": text}).to_string();
        sandbox.write("page.jsonl", line + "\n");
        let counts = ingest(&sandbox, "page.jsonl");
        sandbox.annals(&["check"]).exits(0);
        counts
    };
    assert_eq!(say(30), [1, 0, 0]);
    for passengers in [31, 30, 31] {
        assert_eq!(say(passengers), [0, 1, 0]);
        assert_eq!(say(passengers), [0, 0, 1]);
    }
    let mut old = superseded(&sandbox);
    old.sort();
    old.dedup();
    assert_eq!(old.len(), 3, "{old:?}");
    let loops = sandbox.column("SELECT ?a { ?a annals:supersedes+ ?a }");
    assert!(loops.is_empty(), "{loops:?}");
    sandbox.annals(&["validate"]).exits(0);
    let history = ["history", "https://a.example/ferry", "--format", "json"];
    let history = sandbox.annals(&history).exits(0).json();
    assert_eq!(history.as_array().unwrap().len(), 4);
    assert_eq!(history[3]["document"], "https://a.example/ferry");
    let quads = sandbox.quads();
    sandbox.annals(&["rebuild"]).exits(0);
    assert!(sandbox.quads() == quads);
}

/// Two pages that each list the other as the older one.
#[test]
fn validate_finds_a_circle_that_pages_state() {
    let sandbox = Sandbox::new();
    let page = |own: &str, other: &str| {
        format!(
            "### [2017-05-3](/news/2017/05/3/index.md)\n\n# Ferry {own} sinks off Malta.\n\n### Changes:\n\n\
             1. [Ferry {other} sinks off Malta.](/news/2017/05/3/{other}.md) _2017-05-03 12:00:00 (First version)_\n\
             2. [Ferry {own} sinks off Malta.](/news/2017/05/3/{own}.md) _2017-05-03 13:00:00 (Current version)_\n"
        )
    };
    sandbox.write("news/2017/05/3/a.md", page("a", "b"));
    sandbox.write("news/2017/05/3/b.md", page("b", "a"));
    sandbox.annals(&["ingest", "news"]).exits(0);
    assert_eq!(superseded(&sandbox).len(), 2);
    let found = sandbox.annals(&["validate"]);
    assert_ne!(found.code(), Some(0));
    assert!(
        found.text().contains("supersedes-cycle"),
        "{}",
        found.text()
    );
}
