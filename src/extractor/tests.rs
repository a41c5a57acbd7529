//! The program's sins, each with a small shell script.

use std::time::{Duration, Instant};

use super::*;
use crate::span::Span;

fn run(
    script: &str,
    texts: &[&str],
) -> Result<Vec<Result<Vec<Mention>, AnswerError>>, ExtractorError> {
    let command = format!("sh -c '{script}'");
    let timeout = Duration::from_millis(500);
    let extractor =
        Extractor::new(&command, OutsideMode::Replace, timeout).expect("the command can be split");
    let request = |text| Request {
        id: "doc".to_owned(),
        text,
        language: "en",
        dct: None,
    };
    extractor.read(texts.iter().map(|text| request(*text)).collect())
}

/// A script that answers one line with these words, after reading everything.
fn saying(answer: &str) -> String {
    format!("cat >/dev/null; echo \"{}\"", answer.replace('"', "\\\""))
}

fn error(script: &str) -> String {
    run(script, &["Łódź calls"])
        .expect_err("the program sins")
        .to_string()
}

#[test]
fn offsets_are_code_points_and_edges_are_trimmed() {
    let answer = r#"{"id":"doc","entities":[{"start":0,"end":5,"type":"place"},{"start":1,"end":2,"type":"person"}],"x":1}"#;
    let results = run(&saying(answer), &["Łódź calls"]).unwrap();
    let mentions = results[0].as_ref().unwrap();
    assert_eq!(mentions.len(), 1, "of overlapping names the longer is kept");
    assert_eq!(mentions[0].span, Span::new(0, "Łódź".len()));
}

#[test]
fn ids_are_made_unique_and_answers_come_in_any_order() {
    let script = "cat >/dev/null; for id in \"doc (2)\" doc; do echo \"{\\\"id\\\":\\\"$id\\\",\\\"entities\\\":[]}\"; done";
    assert_eq!(run(script, &["a", "b"]).unwrap(), [Ok(vec![]), Ok(vec![])]);
}

#[test]
fn a_fault_of_one_answer_is_that_documents() {
    let fault = |answer: &str| {
        run(&saying(answer), &["Łódź calls"])
            .unwrap()
            .remove(0)
            .unwrap_err()
    };
    let entity = |entity: &str| fault(&format!(r#"{{"id":"doc","entities":[{entity}]}}"#));
    let offsets = entity(r#"{"start":6,"end":11,"type":"place"}"#);
    assert_eq!(
        offsets.to_string(),
        "the extractor found a name at 6–11, the text has 10 code points"
    );
    assert!(matches!(
        entity(r#"{"start":3,"end":3,"type":"place"}"#),
        AnswerError::Offsets { .. }
    ));
    assert_eq!(
        entity(r#"{"start":0,"end":4,"type":"GPE"}"#),
        AnswerError::Type("GPE".to_owned())
    );
    assert_eq!(fault(r#"{"id":"doc"}"#), AnswerError::Empty);
    assert_eq!(
        fault(r#"{"id":"doc","error":"too odd"}"#),
        AnswerError::Refused("too odd".to_owned())
    );
}

#[test]
fn a_fault_of_the_program_is_the_runs() {
    assert!(
        error("cat >/dev/null").contains("1 documents without an answer, the first is \"doc\"")
    );
    assert!(error("echo broken >&2; exit 3").contains("exit status: 3"));
    assert!(error("echo broken >&2; exit 3").ends_with("its last messages:\n  broken"));
    assert!(error(&saying("no json")).starts_with("line 1 of the extractor's output is no answer"));
    assert!(error(&saying(r#"{"id":"other","entities":[]}"#)).contains("no document of this run"));
    let twice = r#"{"id":"doc","entities":[]}"#.replace('"', "\\\"");
    assert!(
        error(&format!(
            "cat >/dev/null; echo \"{twice}\"; echo \"{twice}\""
        ))
        .contains("already")
    );
    assert!(
        error(&format!(
            "{}; exit 1",
            saying(r#"{"id":"doc","entities":[]}"#)
        ))
        .contains("after its last answer")
    );
}

#[test]
fn a_missing_program_is_named() {
    let extractor = Extractor::new(
        "no-such-program-here -x",
        OutsideMode::Replace,
        Duration::from_secs(1),
    )
    .unwrap();
    let request = Request {
        id: "doc".to_owned(),
        text: "a",
        language: "en",
        dct: None,
    };
    let error = extractor.read(vec![request]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("\"no-such-program-here\" cannot be started"),
        "{error}"
    );
}

#[test]
fn a_program_that_hangs_is_ended() {
    let start = Instant::now();
    assert!(error("echo waiting >&2; sleep 60").contains("silent for 0 s"));
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn much_text_does_not_block() {
    let long = "word ".repeat(100_000);
    let script = "while read -r line; do echo \"$line\" | cut -c1-12 >&2; done; echo \"{\\\"id\\\":\\\"doc\\\",\\\"entities\\\":[]}\"";
    assert_eq!(run(script, &[&long]).unwrap().len(), 1);
}
