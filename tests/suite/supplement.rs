//! A few documents into a large store: found at once, linked with what is nearest, and the same as read
//! at once after a consolidation.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::Sandbox;

const PEOPLE: [&str; 7] = [
    "Amara Okafor",
    "Jonas Lindqvist",
    "Priya Raman",
    "Tomás Herrera",
    "Mei Tanaka",
    "Ivan Petrenko",
    "Leila Haddad",
];
const PLACES: [&str; 11] = [
    "Oslo", "Lagos", "Lima", "Osaka", "Kyiv", "Beirut", "Mumbai", "Quito", "Tunis", "Riga", "Perth",
];
const DEEDS: [&str; 13] = [
    "opens a hospital",
    "signs a fishing treaty",
    "resigns as minister",
    "wins an election",
    "is injured in a bridge collapse",
    "inaugurates a railway line",
    "is charged with fraud",
    "meets striking dockers",
    "unveils a desalination plant",
    "survives a landslide",
    "closes a coal mine",
    "announces a census",
    "receives a literary prize",
];

fn report(id: &str, date: &str, title: &str, text: &str) -> String {
    json!({"id": id, "date": date, "title": title, "text": text}).to_string()
}

/// More reports than a small store has: each of another person, place, deed and day.
fn archive() -> String {
    let mut lines = String::new();
    for index in 0..4_200 {
        let (person, place) = (PEOPLE[index % 7], PLACES[index % 11]);
        let deed = DEEDS[index % 13];
        let date = format!(
            "{}-{:02}-{:02}",
            2001 + index / 336,
            1 + index % 12,
            1 + index % 28
        );
        let title = format!("{person} {deed} in {place}");
        let text = format!("{title}, officials said, for the {index}th time since records began.");
        writeln!(
            lines,
            "{}",
            report(&format!("n-{index}"), &date, &title, &text)
        )
        .unwrap();
    }
    lines
}

/// A second report of one of them, and one of something new.
fn day() -> String {
    let again = report(
        "again",
        "2001-01-01",
        "Amara Okafor opens a hospital in Oslo",
        "Amara Okafor opens a hospital in Oslo, officials said, for the 0th time since records began.",
    );
    let fresh = report(
        "fresh",
        "2013-05-06",
        "Volcano near Quito buries the village of Sangolqui",
        "The volcano Cotopaxi buried Sangolqui near Quito on Monday, President Amara Okafor said.",
    );
    format!("{again}\n{fresh}\n")
}

fn entries(sandbox: &Sandbox, phrase: &str, day: &str) -> Vec<Value> {
    let arguments = [
        "timeline", phrase, "--from", day, "--to", day, "--format", "json",
    ];
    let timeline = sandbox.annals(&arguments).exits(0).json();
    timeline.as_array().unwrap().clone()
}

#[test]
fn a_few_documents_are_found_at_once_and_later_all_is_as_if_read_together() {
    let sandbox = Sandbox::new();
    sandbox.write("archive.jsonl", archive());
    sandbox.write("day.jsonl", day());
    let first = sandbox.annals(&["ingest", "archive.jsonl"]).exits(0);
    assert!(!first.messages().contains("--consolidate"));

    let arguments = ["ingest", "day.jsonl", "--format", "json"];
    let second = sandbox.annals(&arguments).exits(0);
    assert!(
        second
            .messages()
            .contains("2 documents linked with what is nearest")
    );
    let report = second.json();
    assert_eq!(report["waiting"], 2);
    assert_eq!(report["documents"]["new"], 2);

    let fresh = entries(&sandbox, "Cotopaxi", "2013-05-06");
    assert_eq!(fresh.len(), 1, "{fresh:?}");
    let told = entries(&sandbox, "Okafor hospital Oslo", "2001-01-01");
    let is_of_both = |entry: &Value| {
        let documents = entry["documents"].as_array().unwrap();
        let has = |id: &str| documents.iter().any(|document| document["id"] == id);
        has("again") && has("n-0")
    };
    assert!(told.iter().any(is_of_both), "{told:?}");
    let person = sandbox
        .annals(&["show", "Amara Okafor", "--format", "json"])
        .exits(0);
    assert!(
        person.json()["iri"]
            .as_str()
            .unwrap()
            .ends_with("person/amara-okafor")
    );
    sandbox.annals(&["check"]).exits(0);
    sandbox.annals(&["validate"]).exits(0);
    sandbox.annals(&["ingest", "day.jsonl"]).exits(0);
    sandbox.annals(&["check"]).exits(0);

    let third = sandbox.annals(&["ingest", "day.jsonl", "--consolidate", "--format", "json"]);
    let report = third.exits(0).json();
    assert_eq!(report["documents"]["unchanged"], 2);
    assert_eq!(report.get("waiting"), None);
    let together = Sandbox::new();
    together.write("archive.jsonl", archive());
    together.write("day.jsonl", day());
    together
        .annals(&["ingest", "archive.jsonl", "day.jsonl"])
        .exits(0);
    assert_eq!(sandbox.quads(), together.quads());
    sandbox.annals(&["check"]).exits(0);
}

/// A page that says something else the next day is counted once more, what it said before not again.
#[test]
fn a_changed_document_is_counted_as_a_rebuild_counts_it() {
    let sandbox = Sandbox::new();
    sandbox.write("archive.jsonl", archive());
    let page = |more: &str| {
        let text = format!(
            "Volcano near Quito\n\nThe volcano Cotopaxi buried Sangolqui near Quito on 6 May 2013, President Leila Haddad said.{more}"
        );
        sandbox.write("page.txt", text);
    };
    page("");
    sandbox
        .annals(&["ingest", "archive.jsonl", "page.txt"])
        .exits(0);
    page(" Nobody was hurt, Leila Haddad said.");
    let second = sandbox.annals(&["ingest", "page.txt", "--format", "json"]);
    let report = second.exits(0).json();
    assert_eq!(report["waiting"], 1);
    assert_eq!(report["documents"]["changed"], 1);
    let figures = || {
        let stats = sandbox
            .annals(&["stats", "--format", "json"])
            .exits(0)
            .json();
        let person = sandbox.annals(&["show", "Leila Haddad", "--format", "json"]);
        let documents = person.exits(0).json()["documents"].clone();
        let names = [
            "documents",
            "persons",
            "mentions",
            "supersedes",
            "context",
            "related",
        ];
        (names.map(|name| stats[name].clone()), documents)
    };
    let supplemented = figures();
    sandbox.annals(&["rebuild"]).exits(0);
    assert_eq!(supplemented, figures());
}
