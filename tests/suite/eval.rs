//! `annals eval` and `annals train`: figures against gold, taggers from labelled text.

use serde_json::Value;

use crate::support::Sandbox;

const GOLD: &str = r#"{"id":"a","text":"Mr Grün met the Party of Work in Ulmania.","entities":[{"start":3,"end":7,"type":"person"},{"start":16,"end":29,"type":"organization"},{"start":33,"end":40,"type":"place"}]}
{"id":"b","text":"Nobody spoke.","entities":[]}
"#;
const ANSWERS: &str = r#"{"id":"a","entities":[{"start":0,"end":7,"type":"PERSON"},{"start":12,"end":21,"type":"ORG"},{"start":33,"end":40,"type":"ORG"}]}
"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("gold.jsonl", GOLD)
        .write("answers.jsonl", ANSWERS);
    sandbox
}

fn json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let arguments = [&["eval"], arguments, &["--format", "json"]].concat();
    sandbox.annals(&arguments).exits(0).json()
}

#[test]
fn names_are_scored() {
    let sandbox = sandbox();
    let all = json(
        &sandbox,
        &["ner", "gold.jsonl", "answers.jsonl", "--errors", "2"],
    );
    let strict = &all["scores"]["strict"]["all"];
    assert_eq!([&strict["tp"], &strict["fp"], &strict["fn"]], [1, 2, 2]);
    assert_eq!(all["scores"]["relaxed"]["organization"]["tp"], 1);
    let kinds: Vec<&str> = all["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["organization found too short", "place called organization"]
    );
    let raw = json(&sandbox, &["ner", "gold.jsonl", "answers.jsonl", "--raw"]);
    assert_eq!(
        raw["scores"]["strict"]["all"]["tp"], 0,
        "the title counts when nothing is normalized"
    );
}

#[test]
fn tables_are_aligned_and_csv_is_csv() {
    let sandbox = sandbox();
    let table = sandbox
        .annals(&["eval", "ner", "gold.jsonl", "answers.jsonl"])
        .exits(0)
        .text();
    let widths: Vec<usize> = table.lines().map(str::len).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    let csv = sandbox
        .annals(&[
            "eval",
            "ner",
            "gold.jsonl",
            "answers.jsonl",
            "--format",
            "csv",
        ])
        .exits(0)
        .text();
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let first = rows.records().next().unwrap().unwrap();
    assert_eq!(&first[0], "strict");
    assert_eq!(&first[2], "0.3333");
}

#[test]
fn annals_reads_the_gold_itself_without_a_system_file() {
    let sandbox = Sandbox::new();
    sandbox.write("ner.jsonl", r#"{"id":"a","text":"Angela Merkel flew to Paris.","entities":[{"start":0,"end":13,"type":"person"},{"start":22,"end":27,"type":"place"}]}"#);
    let scores = json(&sandbox, &["ner", "ner.jsonl"]);
    assert_eq!(scores["scores"]["strict"]["all"]["f1"], 1.0);
    sandbox.write("timex.jsonl", r#"{"id":"a","text":"She left yesterday.","dct":"2016-05-05","timexes":[{"start":9,"end":18,"type":"DATE","value":"2016-05-04"}]}"#);
    let scores = json(&sandbox, &["timex", "timex.jsonl"]);
    assert_eq!(scores["value"]["f1"], 1.0);
    sandbox.write("events.jsonl", r#"{"id":"a","text":"Dockers strike\nThe dockers of Valletta went on strike on 4 May 2016.","dct":"2016-05-06","events":[{"start":0,"end":14,"date":"2016-05-04","participants":[],"places":[]}]}"#);
    let scores = json(&sandbox, &["events", "events.jsonl"]);
    assert_eq!(scores["strict"]["tp"], 1, "{scores}");
    sandbox.write(
        "bad.jsonl",
        "\n{\"id\":\"a\",\"text\":\"x\",\"dct\":\"soon\",\"timexes\":[]}",
    );
    sandbox
        .annals(&["eval", "timex", "bad.jsonl"])
        .exits(2)
        .says("bad.jsonl:2: dct")
        .says("hint:");
}

#[test]
fn rankings_pairs_and_updates_are_scored() {
    let sandbox = Sandbox::new();
    sandbox
        .write("topics.jsonl", r#"{"topic":"Dam","split":"dev","from":"2015-01-01","to":"2015-12-31","events":[{"id":"2015-02-01#1"}],"unjudged":[]}"#)
        .write("ranking.jsonl", "{\"topic\":\"Dam\",\"ranking\":[\"2015-03-01#1\",\"2015-02-01#1\"]}\n{\"topic\":\"Ship\",\"ranking\":[]}");
    let scores = json(
        &sandbox,
        &["timeline", "topics.jsonl", "ranking.jsonl", "--quiet"],
    );
    assert_eq!(scores["strict"]["average_precision"], 0.5);
    sandbox
        .annals(&["eval", "timeline", "topics.jsonl", "ranking.jsonl"])
        .exits(0)
        .says("Ship");
    sandbox
        .annals(&[
            "eval",
            "timeline",
            "topics.jsonl",
            "ranking.jsonl",
            "--split",
            "test",
        ])
        .exits(2);

    sandbox
        .write("pairs.jsonl", "{\"a\":1,\"b\":2,\"same\":true}\n{\"a\":1,\"b\":3,\"same\":false}")
        .write("same.jsonl", "{\"doc\":1,\"cluster\":\"x\"}\n{\"doc\":2,\"cluster\":\"x\"}\n{\"doc\":3,\"cluster\":\"x\"}");
    let scores = json(&sandbox, &["pairs", "pairs.jsonl", "same.jsonl"]);
    assert_eq!(scores["pairwise"]["precision"], 0.5);

    sandbox
        .write(
            "updates.jsonl",
            r#"{"id":"p","label":"update","reason":"","cue":true,"old":3,"new":5}"#,
        )
        .write("found.jsonl", r#"{"id":"p","update":true,"old":3,"new":5}"#);
    let scores = json(&sandbox, &["updates", "updates.jsonl", "found.jsonl"]);
    assert_eq!(
        [
            &scores["all"]["both_figures"],
            &scores["without_cue"]["pairs"]
        ],
        [1, 0]
    );
}

#[test]
fn what_cannot_be_scored_is_named_with_file_and_line() {
    let sandbox = sandbox();
    let cases = [
        ("no json", "bad.jsonl:3: "),
        (r#"{"id":"zz","entities":[]}"#, "\"zz\""),
        (
            r#"{"id":"b","entities":[{"start":5,"end":99,"type":"place"}]}"#,
            "5–99",
        ),
        (
            r#"{"id":"b","entities":[{"start":-1,"end":2,"type":"place"}]}"#,
            "bad.jsonl:3: ",
        ),
        (r#"{"id":"a","entities":[]}"#, "line 1 too"),
        (
            r#"{"id":"b","text":"Nobody came.","entities":[]}"#,
            "not the text of the gold",
        ),
    ];
    for (line, words) in cases {
        sandbox.write("bad.jsonl", format!("{ANSWERS}\n{line}\n"));
        sandbox
            .annals(&["eval", "ner", "gold.jsonl", "bad.jsonl"])
            .without_panic()
            .exits(2)
            .says("bad.jsonl:3: ")
            .says(words)
            .says("hint:");
    }
    sandbox
        .annals(&["eval", "ner", "missing.jsonl"])
        .exits(1)
        .says("missing.jsonl");
}

#[test]
fn a_tagger_is_trained_used_and_reproducible() {
    let sandbox = Sandbox::new();
    let line = r#"{"text":"Mr Brown met the Party of Work in Ulmania.","entities":[{"start":3,"end":8,"type":"person"},{"start":17,"end":30,"type":"organization"},{"start":34,"end":41,"type":"place"}]}"#;
    let text = format!("{line}\n").repeat(6);
    let gold = line.replacen('{', r#"{"id":"a","#, 1);
    sandbox.write("text.jsonl", &text).write("dev.jsonl", &gold);
    let train = |output: &str, weighted: &str| {
        let options = [
            "--epochs",
            "20",
            "--rate",
            "0.1",
            "--log-buckets",
            "10",
            "--dev",
            "dev.jsonl",
            "-o",
            output,
        ];
        sandbox
            .annals(&[&["train", weighted], &options as &[&str]].concat())
            .exits(0)
    };
    let outcome = train("one.bin", "text.jsonl").says("pass 20 of 20");
    assert!(
        outcome.text().contains("dev.jsonl\t1.0000"),
        "{}",
        outcome.text()
    );
    train("two.bin", "1:text.jsonl");
    let bytes = |name: &str| std::fs::read(sandbox.path(name)).unwrap();
    assert!(
        bytes("one.bin") == bytes("two.bin"),
        "the same input gives the same bytes"
    );
    let found = sandbox
        .annals(&["extract", "--model", "one.bin", "dev.jsonl"])
        .exits(0)
        .json();
    assert_eq!(found["entities"].as_array().unwrap().len(), 3);
    let scores = json(&sandbox, &["ner", "dev.jsonl", "--model", "one.bin"]);
    assert_eq!(scores["scores"]["strict"]["all"]["f1"], 1.0);
}

#[test]
fn training_that_cannot_succeed_fails_before_it_begins() {
    let sandbox = Sandbox::new();
    sandbox
        .write("text.jsonl", "{\"text\":\"a b\",\"entities\":[]}\n")
        .write("bad.jsonl", "\n{}\n");
    let cases: [(&[&str], &str); 5] = [
        (&["missing.jsonl", "-o", "x.bin"], "missing.jsonl"),
        (&["bad.jsonl", "-o", "x.bin"], "bad.jsonl: line 2"),
        (
            &["text.jsonl", "-o", "no/folder/x.bin"],
            "cannot be written",
        ),
        (
            &["text.jsonl", "-o", "x.bin", "--dev", "bad.jsonl"],
            "bad.jsonl:2: ",
        ),
        (&["text.jsonl", "-o", "x.bin", "--dropout", "1"], "below 1"),
    ];
    for (arguments, words) in cases {
        let outcome = sandbox
            .annals(&[&["train"], arguments].concat())
            .without_panic()
            .says(words);
        assert_ne!(outcome.code(), Some(0));
        assert!(!sandbox.path("x.bin").exists());
    }
    sandbox.write("x.bin", "no model");
    sandbox
        .annals_reading("", &["extract", "--model", "x.bin"])
        .exits(1)
        .says("x.bin")
        .says("hint:");
}

#[test]
fn training_that_is_stopped_leaves_nothing() {
    use std::io::{BufRead, BufReader};

    let sandbox = Sandbox::new();
    let line = r#"{"text":"Mr Brown left.","entities":[{"start":3,"end":8,"type":"person"}]}"#;
    sandbox.write("work/text.jsonl", format!("{line}\n"));
    let arguments = [
        "train",
        "work/text.jsonl",
        "--epochs",
        "100000000",
        "-o",
        "work/x.bin",
    ];
    let mut child = sandbox.process(&arguments).spawn().unwrap();
    let mut messages = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(messages.next().unwrap().unwrap().starts_with("pass 1 "));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(sandbox.files("work"), ["work/text.jsonl"]);
}
