//! What goes into pipes: no colours, no progress bars, and no complaint when the reader has had
//! enough.

use std::io::Read;

use crate::support::{SYRIA, Sandbox};

/// One of everything that reads a store.
const COMMANDS: &[&[&str]] = &[
    &["timeline", SYRIA],
    &["timeline", SYRIA, "--format", "json"],
    &["timeline", SYRIA, "--format", "jsonl"],
    &["timeline", SYRIA, "--format", "tsv"],
    &["timeline", SYRIA, "--format", "csv"],
    &["timeline", SYRIA, "--format", "md"],
    &["timeline", SYRIA, "--format", "html"],
    &["timeline", SYRIA, "--format", "svg"],
    &["timeline", SYRIA, "--format", "timelinejs"],
    &["timeline", SYRIA, "--format", "vis"],
    &["timeline", SYRIA, "--format", "ics"],
    &["query", "SELECT * { ?s ?p ?o }"],
    &["query", "SELECT * { ?s ?p ?o }", "--format", "json"],
    &["query", "SELECT * { ?s ?p ?o }", "--format", "table"],
    &["query", "CONSTRUCT WHERE { ?s ?p ?o }"],
    &[
        "query",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "--format",
        "jsonld",
    ],
    &["query", "--saved"],
    &["search", "Syria", "--format", "table"],
    &["search", "Syria", "--format", "json"],
    &["show", "Vladimir Putin"],
    &["show", "Vladimir Putin", "--format", "json"],
    &["show", "Vladimir Putin", "--format", "tsv"],
    &["why", "Khan Shaykhun 86", "--format", "json"],
    &["why", "Khan Shaykhun 86"],
    &["history", "Turkish F-16s shoot down"],
    &["path", "Vladimir Putin", "Donald Trump"],
    &["path", "Vladimir Putin", "Donald Trump", "--format", "json"],
    &["path", "Vladimir Putin", "Donald Trump", "--format", "svg"],
    &["graph", "stats"],
    &["graph", "central", "--format", "csv"],
    &["graph", "central", "--format", "json"],
    &["graph", "communities", "--format", "table"],
    &["stats"],
    &["stats", "--format", "json"],
    &["validate", "--format", "json"],
    &["export", "--format", "nq"],
    &["export", "--format", "ttl"],
    &["export", "--format", "jsonld"],
    &["export", "--format", "dot"],
    &["export", "--format", "svg"],
    &["export", "--format", "graphml"],
    &["export", "--format", "gexf"],
    &["export", "--format", "cyjs"],
    &["export", "--format", "mermaid"],
    &["eval", "--help"],
    &["train", "--help"],
    &["completions", "bash"],
    &["--help"],
    &["timeline", "--help"],
    &["--version"],
];

#[test]
fn nothing_in_a_pipe_is_coloured() {
    let sandbox = Sandbox::with_news();
    for command in COMMANDS {
        let outcome = sandbox.annals(command).without_panic();
        assert!(!outcome.bytes().contains(&0x1b), "{command:?}");
        assert!(!outcome.messages().contains('\u{1b}'), "{command:?}");
        assert!(!outcome.bytes().is_empty(), "{command:?} prints something");
    }
    for command in [
        &["ingest", "examples/news"] as &[&str],
        &["rebuild"],
        &["forget", "wire-0001"],
        &["show", "zzqqx"],
        &["nonesuch"],
    ] {
        let outcome = sandbox.annals(command).without_panic();
        assert!(!outcome.bytes().contains(&0x1b), "{command:?}");
        assert!(
            !outcome.messages().contains('\u{1b}'),
            "{command:?}: {}",
            outcome.messages()
        );
    }
}

#[test]
fn results_and_messages_are_kept_apart() {
    let sandbox = Sandbox::new();
    let outcome = sandbox
        .annals(&["ingest", "examples/news", "--format", "json"])
        .exits(3)
        .says("refused:");
    outcome.json();
    let quiet = sandbox
        .annals(&["ingest", "examples/news", "--format", "json", "--quiet"])
        .exits(3);
    assert_eq!(quiet.messages(), "");
    for command in [
        &["show", "zzqqx"] as &[&str],
        &["query", "SELECT"],
        &["export", "--format", "nonesuch"],
    ] {
        let outcome = sandbox.annals(command);
        assert!(
            outcome.bytes().is_empty(),
            "{command:?} prints nothing when it fails"
        );
        assert!(
            outcome.messages().starts_with("error: "),
            "{}",
            outcome.messages()
        );
    }
}

/// Runs a command whose reader goes away, after `wanted` bytes.
fn cut_off(sandbox: &Sandbox, command: &[&str], wanted: usize) -> (Option<i32>, String) {
    let mut child = sandbox.process(command).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut start = vec![0; wanted];
    out.read_exact(&mut start).unwrap();
    drop(out);
    let mut messages = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut messages)
        .unwrap();
    (child.wait().unwrap().code(), messages)
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let sandbox = Sandbox::with_news();
    let mut failed = Vec::new();
    for command in COMMANDS {
        for wanted in [0, 1] {
            let (code, messages) = cut_off(&sandbox, command, wanted);
            assert!(!messages.contains("panicked"), "{command:?}: {messages}");
            if code != Some(0) || messages.contains("error") {
                failed.push(format!(
                    "{command:?} after {wanted} bytes: {code:?} {}",
                    messages.trim_end()
                ));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_closed_pipe_does_not_harm_an_ingest() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .process(&["ingest", "examples/news"])
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    drop(child.stderr.take());
    child.wait().unwrap();
    assert!(sandbox.quads() == Sandbox::with_news().quads());
}
