//! A later report that revises a figure updates the earlier one, supersedes nothing, hides nothing.

use serde_json::json;

use crate::support::{Sandbox, xml_elements};

fn with_items(items: &[(&str, &str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new();
    let lines = items
        .iter()
        .map(|(id, date, text)| json!({"id": id, "date": date, "text": text}).to_string() + "\n");
    sandbox.write("items.jsonl", lines.collect::<String>());
    sandbox
        .annals(&["ingest", "items.jsonl", "--quiet"])
        .exits(0);
    sandbox
}

const CHANGES: &str = "SELECT (CONCAT(?a, ' ', ?b, ' ', ?q, ' ', ?old, ' ', ?new) AS ?change) { ?link annals:quantity ?q ; \
     annals:oldValue ?old ; annals:newValue ?new ; annals:from/annals:id ?a ; annals:to/annals:id ?b }";

/// Stated once, however many figures say it: what is counted while it is written is what can be read.
#[test]
fn two_figures_of_one_report_are_one_update() {
    let sandbox = with_items(&[
        (
            "flood-1",
            "2019-07-02",
            "Floods in the Laotian province of Attapeu kill at least twelve people and injure forty.",
        ),
        (
            "flood-2",
            "2019-07-04",
            "The death toll from the floods in Attapeu, Laos, rises to 31, with 90 people injured.",
        ),
    ]);
    let mut changes = sandbox.column(CHANGES);
    changes.sort();
    assert_eq!(
        changes,
        [
            "flood-2 flood-1 dead 12 31",
            "flood-2 flood-1 injured 40 90"
        ]
    );
    sandbox.annals(&["check"]).exits(0);
    let report = sandbox.annals(&["ingest", "items.jsonl", "--format", "json"]);
    let counted = report.exits(0).json()["quads"].as_u64().unwrap();
    assert_eq!(counted, sandbox.quads().lines().count() as u64);
}

#[test]
fn a_rising_toll_updates_the_earlier_report() {
    let sandbox = with_items(&[
        (
            "flood-1",
            "2019-07-02",
            "Floods in the Laotian province of Attapeu kill at least twelve people.",
        ),
        (
            "flood-2",
            "2019-07-04",
            "The death toll from the floods in Attapeu, Laos, rises to 31.",
        ),
        (
            "quake",
            "2019-07-04",
            "The death toll from the earthquake in Albania rises to 40.",
        ),
        (
            "flood-0",
            "2019-05-01",
            "Floods in the Laotian province of Attapeu kill five people.",
        ),
    ]);
    assert_eq!(sandbox.column(CHANGES), ["flood-2 flood-1 dead 12 31"]);
    assert!(
        sandbox
            .column("SELECT ?a { ?a annals:supersedes ?b }")
            .is_empty()
    );
    assert_eq!(
        sandbox.column("SELECT ?a { ?a annals:updates ?b }").len(),
        1
    );
    let history = sandbox
        .annals(&["history", "flood-1", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(history[0]["old"], "12");
    assert_eq!(history[0]["new"], "31");
    let drawn = sandbox.annals(&["history", "flood-2"]).exits(0).text();
    assert!(drawn.contains("updates: dead 12 → 31"), "{drawn}");
    sandbox
        .annals(&["history", "flood-2", "-o", "flood.svg"])
        .exits(0);
    let picture = std::fs::read(sandbox.path("flood.svg")).unwrap();
    let elements = xml_elements(&picture);
    let count = |name: &str| elements.iter().filter(|e| *e == name).count();
    assert_eq!(count("polygon"), 1 + 1, "one arrow, one in the legend");
    let text = String::from_utf8(picture).unwrap();
    assert!(text.contains("dead: 12 → 31"), "{text}");
    let shown = sandbox
        .annals(&["history", "flood-2", "--format", "svg"])
        .exits(0);
    assert!(shown.text() == text);
    sandbox
        .annals(&["history", "flood-2", "-o", "flood.csv"])
        .exits(2)
        .says(".svg");
    sandbox.annals(&["validate"]).exits(0);
}

#[test]
fn one_attack_does_not_update_another() {
    let sandbox = with_items(&[
        (
            "a",
            "2019-07-02",
            "A car bomb in Mogadishu kills at least seven people.",
        ),
        (
            "b",
            "2019-07-04",
            "A suicide bomber kills 20 people at a hotel in Mogadishu.",
        ),
        ("c", "2019-07-05", "A car bomb in Kismayo kills 26 people."),
    ]);
    assert!(sandbox.column(CHANGES).is_empty());
}

#[test]
fn the_order_of_reading_does_not_matter() {
    let items = [
        (
            "a",
            "2019-07-02",
            "A ferry sinks off Pemba, Tanzania, killing twelve people.",
        ),
        (
            "b",
            "2019-07-03",
            "The death toll from the ferry disaster off Pemba, Tanzania, rises to 20.",
        ),
        (
            "c",
            "2019-07-06",
            "The death toll from the sinking of a ferry off Pemba in Tanzania reaches 34.",
        ),
    ];
    let mut backwards = items;
    backwards.reverse();
    let changes = with_items(&items).column(CHANGES);
    assert_eq!(changes.len(), 3);
    assert_eq!(changes, with_items(&backwards).column(CHANGES));
}
