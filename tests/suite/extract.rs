//! `annals extract`: JSON lines in, JSON lines out, offsets in code points.

use serde_json::{Value, json};

use crate::support::Sandbox;

const TEXTS: [&str; 4] = [
    "Angela Merkel met Sergey Lavrov in Berlin on 3 May 2017.",
    "“Café Été” – 😀😀 said François Hollande of Paris, yesterday.",
    "С утра 👨‍👩‍👧 Vladimir Putin flew to Sochi; n\u{303}o one said why on Monday.",
    "西雅那牧山銀行 in Italy: 2016年12月22日, Matteo Renzi resigned last week.",
];

fn answers(sandbox: &Sandbox, lines: &[Value]) -> Vec<Value> {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let output = sandbox
        .annals_reading(input, &["extract", "--input-format", "jsonl"])
        .exits(0)
        .text();
    output
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn offsets_count_code_points() {
    let sandbox = Sandbox::new();
    let lines: Vec<Value> = TEXTS
        .iter()
        .enumerate()
        .map(|(id, text)| json!({"id": id, "text": text, "dct": "2017-05-04"}))
        .collect();
    let answers = answers(&sandbox, &lines);
    assert_eq!(answers.len(), TEXTS.len());
    for (id, (answer, text)) in answers.iter().zip(TEXTS).enumerate() {
        assert_eq!(answer["id"], id);
        let characters: Vec<char> = text.chars().collect();
        let span = |found: &Value| -> String {
            let end = |key: &str| found[key].as_u64().unwrap() as usize;
            characters[end("start")..end("end")].iter().collect()
        };
        let entities = answer["entities"].as_array().unwrap();
        assert!(!entities.is_empty(), "{answer}");
        for entity in entities {
            assert_eq!(entity["text"], span(entity));
            assert!(
                ["person", "place", "organization"].contains(&entity["type"].as_str().unwrap())
            );
        }
        for timex in answer["timexes"].as_array().unwrap() {
            assert!(!span(timex).trim().is_empty());
            assert!(
                ["DATE", "TIME", "DURATION", "SET"].contains(&timex["type"].as_str().unwrap()),
                "{timex}"
            );
        }
    }
    assert_eq!(
        answers[0]["timexes"],
        json!([{"start": 45, "end": 55, "type": "DATE", "value": "2017-05-03"}])
    );
    assert_eq!(answers[1]["timexes"][0]["value"], "2017-05-03");
}

#[test]
fn ids_and_order_are_kept() {
    let sandbox = Sandbox::new();
    let ids = [
        json!("b"),
        json!(7),
        json!("a"),
        json!(null),
        json!({"nested": [1]}),
    ];
    let mut lines: Vec<Value> = ids
        .iter()
        .map(|id| json!({"id": id, "text": TEXTS[0]}))
        .collect();
    lines.extend((0..600).map(|n| json!({"id": n, "text": "Nobody said anything."})));
    let answers = answers(&sandbox, &lines);
    assert_eq!(answers.len(), lines.len());
    assert!(
        answers
            .iter()
            .zip(&lines)
            .all(|(answer, line)| answer["id"] == line["id"])
    );
}

#[test]
fn files_and_standard_input_are_read() {
    let sandbox = Sandbox::new();
    let line = json!({"id": 1, "text": TEXTS[0]}).to_string();
    sandbox.write("one.jsonl", format!("{line}\n\n"));
    let answer = sandbox.annals(&["extract", "one.jsonl"]).exits(0).text();
    assert_eq!(answer.lines().count(), 1);
    assert_eq!(
        sandbox
            .annals_reading(line, &["extract", "-"])
            .exits(0)
            .text(),
        answer
    );
    sandbox
        .annals(&["extract", "missing.jsonl"])
        .exits(1)
        .says("missing.jsonl");
    assert_eq!(sandbox.annals_reading("", &["extract"]).exits(0).text(), "");
}

#[test]
fn a_bad_line_is_named() {
    let sandbox = Sandbox::new();
    for bad in [
        "no json",
        "[]",
        r#"{"id": 1}"#,
        r#"{"id": 1, "text": 2}"#,
        r#"{"id": 1, "text": "x", "dct": "soon"}"#,
    ] {
        let input = format!("{}\n{bad}\n", json!({"id": 1, "text": "x"}));
        sandbox
            .annals_reading(input, &["extract"])
            .without_panic()
            .exits(2)
            .says("line 2")
            .says("hint:");
    }
    sandbox
        .annals_reading(
            r#"{"id": 1, "text": "x", "dct": "20ü7-05-03"}"#,
            &["extract"],
        )
        .without_panic()
        .exits(2);
    sandbox
        .annals_reading(b"\xff\xfe\n".to_vec(), &["extract"])
        .without_panic();
}

#[test]
fn odd_texts_are_survived() {
    let sandbox = Sandbox::new();
    let texts = [
        "",
        " ",
        "\u{0}",
        "\u{feff}",
        "\r\n\r\n",
        "....",
        "\u{202e}abc",
        "𝔸𝔹ℂ",
        &"A".repeat(100_000),
        &"Mr ".repeat(20_000),
    ];
    let lines: Vec<Value> = texts
        .iter()
        .map(|text| json!({"id": 0, "text": text}))
        .collect();
    assert_eq!(answers(&sandbox, &lines).len(), texts.len());
}
