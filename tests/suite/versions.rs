//! A file that changed becomes a new version, and the old one stays.

use serde_json::{Value, json};

use crate::support::{Sandbox, strings};

const FIRST: &str = "Angela Merkel visited Paris on 3 May 2017. She met Emmanuel Macron.\n";
const SECOND: &str = "Angela Merkel visited Paris on 3 May 2017. She met François Hollande.\n";

fn changed() -> (Sandbox, Value) {
    let sandbox = Sandbox::new();
    sandbox
        .write("story.txt", FIRST)
        .annals(&["ingest", "story.txt"])
        .exits(0);
    sandbox.write("story.txt", SECOND);
    let report = sandbox
        .annals(&["ingest", "story.txt", "--format", "json"])
        .exits(0)
        .json();
    (sandbox, report)
}

#[test]
fn a_changed_file_supersedes_what_it_was() {
    let (sandbox, report) = changed();
    assert_eq!(
        report["documents"],
        json!({"new": 0, "changed": 1, "unchanged": 0, "refused": 0})
    );
    assert_eq!(report["supersedes"], 1);
    let old = sandbox
        .column("SELECT ?old { ?new annals:supersedes ?old }")
        .pop()
        .unwrap();
    let new = sandbox
        .column("SELECT ?new { ?new annals:supersedes ?old }")
        .pop()
        .unwrap();
    let history = sandbox
        .annals(&["history", &new, "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(strings(&history, "document"), [old.as_str(), new.as_str()]);
    assert_eq!(history[0]["supersededBy"], json!([new]));
    assert_eq!(history[0]["isHeld"], true);
    assert_eq!(history[1]["supersededBy"], json!([]));
    let picture = sandbox
        .annals(&["history", &new, "--format", "svg"])
        .exits(0)
        .text();
    assert!(picture.contains("superseded</text>"), "{picture}");
    sandbox.annals(&["show", "Emmanuel Macron"]).exits(0);
    sandbox.annals(&["show", "François Hollande"]).exits(0);
}

#[test]
fn an_event_is_called_what_its_report_calls_it_now() {
    let sandbox = Sandbox::new();
    for passengers in ["thirty", "sixty", "thirty", "ninety"] {
        let headline = format!("Ferry with {passengers} passengers sinks off Malta");
        sandbox.write("ferry.txt", format!("{headline}\n\nIt sank at noon.\n"));
        sandbox.annals(&["ingest", "ferry.txt"]).exits(0);
        let found = sandbox.annals(&["search", "ferry", "--format", "json"]);
        assert_eq!(strings(&found.exits(0).json(), "title"), [headline]);
    }
}

/// A correction of the day corrects the event's day; what was replaced counts no more and stays to be seen.
#[test]
fn a_corrected_day_takes_the_place_of_the_old_one() {
    let sandbox = Sandbox::new();
    for day in ["3", "4"] {
        let text = format!("A bridge collapsed on {day} May 2018 in Oslo, killing two people.\n");
        sandbox.write("bridge.txt", text);
        sandbox.annals(&["ingest", "bridge.txt"]).exits(0);
    }
    let timeline = sandbox.annals(&["timeline", "bridge Oslo", "--format", "json"]);
    let timeline = timeline.exits(0).json();
    let entries = timeline.as_array().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["date"], "2018-05-04");
    assert_eq!(entries[0]["documents"].as_array().unwrap().len(), 1);
    let history = sandbox.annals(&["history", "bridge.txt", "--format", "json"]);
    assert_eq!(strings(&history.exits(0).json(), "document").len(), 2);
}

#[test]
fn history_takes_the_path_of_a_file_that_changed() {
    let (sandbox, _) = changed();
    let history = sandbox
        .annals(&["history", "story.txt", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(history.as_array().unwrap().len(), 2);
}

#[test]
fn a_file_changed_back_is_a_third_version() {
    let (sandbox, _) = changed();
    sandbox.write("story.txt", FIRST);
    let ingest = || {
        let report = sandbox.annals(&["ingest", "story.txt", "--format", "json"]);
        report.exits(0).without_panic().json()["documents"].clone()
    };
    assert_eq!(
        ingest(),
        json!({"new": 0, "changed": 1, "unchanged": 0, "refused": 0})
    );
    assert_eq!(ingest()["unchanged"], 1);
    let shown = sandbox
        .annals(&["show", "story.txt", "--format", "json"])
        .exits(0)
        .json();
    let shown = shown["iri"].as_str().unwrap();
    let history = sandbox
        .annals(&["history", "story.txt", "--format", "json"])
        .exits(0)
        .json();
    let versions = strings(&history, "document");
    assert_eq!(versions.len(), 3);
    assert_eq!(versions[2], shown);
    assert_eq!(history[2]["supersededBy"], json!([]));
    let told = sandbox.column(&format!(
        "SELECT ?name {{ GRAPH <{shown}> {{ ?mention nif:anchorOf ?name }} }}"
    ));
    assert!(told.contains(&"Emmanuel Macron".to_owned()), "{told:?}");
    sandbox.annals(&["validate"]).exits(0);
    sandbox.annals(&["check"]).exits(0);
}

#[test]
fn pages_of_one_story_are_told_oldest_first() {
    let sandbox = Sandbox::with_news();
    let history = sandbox
        .annals(&["history", "Turkish F-16s shoot down", "--format", "json"])
        .exits(0)
        .json();
    let starts: Vec<String> = strings(&history, "title")
        .iter()
        .map(|title| title.chars().take(32).collect())
        .collect();
    assert_eq!(
        starts,
        [
            "Turkish fighters bring down an u",
            "Turkish fighters bring down a Ru",
            "Turkish F-16s shoot down a Russi"
        ]
    );
    assert_eq!(history[2]["supersededBy"], json!([]));
}
