//! `annals show`, `why`, `history`, `search`, `stats`: one thing, by the names people use.

use serde_json::Value;

use crate::support::{SYRIA, Sandbox, strings};

#[test]
fn one_thing_has_one_card_under_all_its_names() {
    let sandbox = Sandbox::with_news();
    let card = |name: &str| {
        sandbox
            .annals(&["show", name, "--format", "json"])
            .exits(0)
            .json()
    };
    let group = card("Islamic State");
    assert_eq!(group["label"], "Islamic State");
    for name in [
        "ISIL",
        "ISIS",
        "Daesh",
        "islamic state",
        group["iri"].as_str().unwrap(),
        "organization/islamic-state",
    ] {
        assert_eq!(card(name), group, "{name}");
    }
    assert!(!group["facts"].as_array().unwrap().is_empty());
}

#[test]
fn a_town_has_one_card_under_all_its_spellings() {
    let sandbox = Sandbox::with_news();
    let card = |name: &str| {
        sandbox
            .annals(&["show", name, "--format", "json"])
            .exits(0)
            .json()
    };
    assert_eq!(card("Raqqa")["iri"], card("Raqqah")["iri"]);
    assert_eq!(card("Raqqa")["iri"], card("Al-Raqqah")["iri"]);
}

#[test]
fn documents_are_known_by_path_and_address() {
    let sandbox = Sandbox::with_news();
    let card = |name: &str| {
        sandbox
            .annals(&["show", name, "--format", "json"])
            .exits(0)
            .json()
    };
    let path = sandbox
        .files("examples/news/news/2017/09/15")
        .pop()
        .unwrap();
    let by_path = card(&path);
    let address = by_path["facts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|fact| fact["predicate"] == "annals:address")
        .unwrap();
    assert_eq!(card(address["value"].as_str().unwrap()), by_path);
    assert_eq!(card(by_path["iri"].as_str().unwrap()), by_path);
    assert!(
        sandbox
            .annals(&["show", "wire-0001"])
            .exits(0)
            .text()
            .contains("Khmeimim")
    );
}

#[test]
fn every_format_of_a_card_can_be_read() {
    let sandbox = Sandbox::with_news();
    let write = |format: &str| {
        sandbox
            .annals(&["show", "Vladimir Putin", "--format", format])
            .exits(0)
            .text()
    };
    let facts = sandbox
        .annals(&["show", "Vladimir Putin", "--format", "json"])
        .exits(0)
        .json()["facts"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(write("tsv").lines().count(), facts + 1);
    assert_eq!(
        write("jsonl")
            .lines()
            .filter(|line| serde_json::from_str::<Value>(line).is_ok())
            .count(),
        facts
    );
    assert!(write("table").starts_with("Vladimir Putin\n<"));
}

#[test]
fn an_ambiguous_name_lists_what_it_can_mean() {
    let sandbox = Sandbox::with_news();
    for command in ["show", "why", "history"] {
        let outcome = sandbox.annals(&[command, "Palmyra mines retake back plays"]);
        assert_eq!(
            outcome.code(),
            Some(1),
            "{command}: no event has all these words"
        );
    }
    let outcome = sandbox
        .annals(&["why", "Palmyra"])
        .exits(2)
        .says("can mean")
        // A place is no event: who asks for its words is told what has its events.
        .says("\"Palmyra\" is also a name (place, ")
        .says("annals timeline \"Palmyra\" lists its events")
        .says("hint:");
    let iris: Vec<&str> = outcome
        .messages()
        .lines()
        .filter(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next_back())
        .collect();
    assert!(iris.len() > 3, "{}", outcome.messages());
    assert!(outcome.bytes().is_empty());
    for iri in iris {
        sandbox.annals(&["why", iri]).exits(0);
    }
}

/// Articles that name one Okafor often and another once.
fn with_two_of_a_surname() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut lines = String::new();
    for (day, text) in [
        (1, "Mayor Tamsin Okafor opens the harbour of Valletta."),
        (2, "Mayor Tamsin Okafor visits a school in Valletta."),
        (9, "Mayor Tamsin Okafor meets fishermen in Valletta."),
        (20, "The singer Julius Okafor gives a concert in Lagos."),
    ] {
        let item = serde_json::json!({"id": day.to_string(), "text": text, "dct": format!("2017-05-{day:02}")});
        lines += &format!("{item}\n");
    }
    sandbox
        .annals_reading(lines, &["ingest", "-", "--quiet"])
        .exits(0);
    sandbox
}

#[test]
fn a_surname_means_who_bears_it_far_more_often() {
    let sandbox = with_two_of_a_surname();
    let card = sandbox
        .annals(&["show", "Okafor"])
        .exits(0)
        .says("is taken for Tamsin Okafor (3 documents)")
        .says("Julius Okafor (1: person/julius-okafor)");
    assert!(card.text().starts_with("Tamsin Okafor\n"));
    sandbox.annals(&["show", "person/julius-okafor"]).exits(0);
    sandbox
        .annals(&["alias", "merge", "Okafor", "Valletta"])
        .exits(2)
        .says("can mean 2 things")
        .says("3 documents");
}

#[test]
fn what_is_not_known_fails_with_a_hint() {
    let sandbox = Sandbox::with_news();
    for command in ["show", "why", "history", "forget"] {
        sandbox
            .annals(&[command, "zzqqx"])
            .exits(1)
            .says("zzqqx")
            .says("hint:");
    }
    sandbox.annals(&["search", "zzqqx"]).exits(1);
    sandbox
        .annals(&["why", "https://w3id.org/annals/id/person/vladimir-putin"])
        .exits(1);
}

#[test]
fn every_event_rests_on_words_that_stand_where_it_says() {
    let sandbox = Sandbox::with_news();
    let entries = sandbox
        .annals(&["timeline", SYRIA, "--format", "json"])
        .exits(0)
        .json();
    for event in strings(&entries, "event") {
        let grounds = sandbox
            .annals(&["why", event, "--format", "json"])
            .exits(0)
            .json();
        let grounds = grounds.as_array().unwrap();
        assert!(!grounds.is_empty(), "nothing speaks for {event}");
        for ground in grounds {
            let words = ground["words"].as_str().unwrap();
            let (start, end) = (
                ground["start"].as_u64().unwrap(),
                ground["end"].as_u64().unwrap(),
            );
            assert!(
                !words.is_empty() && end - start == words.chars().count() as u64,
                "{ground}"
            );
            assert!(
                sandbox.path(ground["path"].as_str().unwrap()).is_file(),
                "{ground}"
            );
        }
    }
}

#[test]
fn words_are_quoted_from_the_very_text() {
    let sandbox = Sandbox::new();
    let text = "Überall — 😀 — sagte man: On 3 May 2017 Angela Merkel visited Paris. Сергей Лавров came, too.";
    let line = serde_json::json!({"id": "x", "text": text, "dct": "2017-05-04"}).to_string();
    sandbox.annals_reading(line, &["ingest", "-"]).exits(0);
    let characters: Vec<char> = text.chars().collect();
    let event = sandbox.event("Merkel");
    let grounds = sandbox
        .annals(&["why", &event, "--format", "json"])
        .exits(0)
        .json();
    assert!(!grounds.as_array().unwrap().is_empty());
    for ground in grounds.as_array().unwrap() {
        let (start, end) = (
            ground["start"].as_u64().unwrap() as usize,
            ground["end"].as_u64().unwrap() as usize,
        );
        let words: String = characters[start..end].iter().collect();
        assert_eq!(ground["words"], words);
    }
}

#[test]
fn search_finds_events_documents_and_names() {
    let sandbox = Sandbox::with_news();
    let search = |arguments: &[&str]| {
        let mut all = vec!["search", "--format", "json"];
        all.extend(arguments);
        sandbox.annals(&all).exits(0).json()
    };
    let events = search(&["Palmyra"]);
    assert!(
        strings(&events, "iri")
            .iter()
            .all(|iri| iri.contains("/event/"))
    );
    assert_eq!(
        search(&["Palmyra", "--limit", "2"])
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert!(
        search(&["--kind", "document", "Cassini"])
            .as_array()
            .unwrap()
            .len()
            >= 3
    );
    let names = search(&["--kind", "name", "Putin"]);
    assert!(strings(&names, "iri").contains(&"https://w3id.org/annals/id/person/vladimir-putin"));
    assert_eq!(
        search(&["bombing"]),
        search(&["bombs"]),
        "inflections are matched"
    );
}

#[test]
fn the_figures_of_stats_are_those_of_the_report() {
    let sandbox = Sandbox::new();
    let report = sandbox
        .annals(&["ingest", "examples/news", "--format", "json"])
        .exits(3)
        .json();
    let stats = sandbox
        .annals(&["stats", "--format", "json"])
        .exits(0)
        .json();
    for figure in ["events", "related", "context", "supersedes", "quads"] {
        assert_eq!(stats[figure], report[figure], "{figure}");
    }
    let kinds = [
        "persons",
        "places",
        "organizations",
        "storylines",
        "concepts",
    ];
    let entities: u64 = kinds
        .iter()
        .map(|kind| stats[*kind].as_u64().unwrap())
        .sum();
    assert_eq!(entities, report["entities"].as_u64().unwrap());
    assert_eq!(
        sandbox.annals(&["stats"]).exits(0).text().lines().next(),
        Some("what\tcount")
    );
}

#[test]
fn the_examples_are_valid() {
    let sandbox = Sandbox::with_news();
    assert_eq!(sandbox.annals(&["validate"]).exits(0).text(), "valid\n");
    assert_eq!(
        sandbox
            .annals(&["validate", "--format", "json"])
            .exits(0)
            .json(),
        serde_json::json!([])
    );
}

#[test]
fn every_shell_is_completed() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            sandbox
                .annals(&["completions", shell])
                .exits(0)
                .text()
                .contains("timeline"),
            "{shell}"
        );
    }
    sandbox.annals(&["completions", "nonesuch"]).exits(2);
}

#[test]
fn wrong_usage_exits_with_two() {
    let sandbox = Sandbox::new();
    for arguments in [
        &[] as &[&str],
        &["nonesuch"],
        &["ingest"],
        &["timeline"],
        &["show"],
        &["stats", "--nonesuch"],
    ] {
        sandbox.annals(arguments).exits(2);
    }
    assert!(
        sandbox
            .annals(&["--version"])
            .exits(0)
            .text()
            .starts_with("annals ")
    );
    assert!(
        sandbox
            .annals(&["--help"])
            .exits(0)
            .text()
            .contains("Exit codes")
    );
}

/// A store whose IRIs have a base of the user's own.
#[test]
fn short_iris_are_those_of_the_store() {
    let sandbox = Sandbox::new();
    let settings = "format = 2\nbase = \"https://example.org/news/\"\n";
    sandbox.write(".annals/annals.toml", settings);
    sandbox
        .annals(&["ingest", "examples/news", "--quiet"])
        .exits(3);
    let said = sandbox.annals(&["why", "Syria"]).exits(2);
    let short = said
        .messages()
        .lines()
        .find_map(|line| line.rsplit_once("  ").map(|(_, id)| id.to_owned()))
        .unwrap();
    assert!(short.starts_with("event/"), "{}", said.messages());
    sandbox.annals(&["show", &short]).exits(0);
    let path = sandbox
        .annals(&["path", "Vladimir Putin", "Donald Trump"])
        .exits(0)
        .text();
    assert!(
        path.contains("      <") && !path.contains("example.org"),
        "{path}"
    );
    let card = sandbox
        .annals(&["show", "--facts", "Palmyra"])
        .exits(0)
        .text();
    let facts = card.lines().skip(2).filter(|line| line.contains("  <"));
    assert!(
        facts.clone().count() > 0 && facts.clone().all(|line| !line.contains("example.org/news")),
        "{card}"
    );
    let table = [
        "query",
        "SELECT ?e { ?e a annals:Event } LIMIT 1",
        "--format",
        "table",
    ];
    let table = sandbox.annals(&table).exits(0).text();
    assert!(
        table.contains(" event/") && !table.contains("example.org"),
        "{table}"
    );
}

#[test]
fn a_path_means_all_documents_of_its_file() {
    let sandbox = Sandbox::new();
    let lines: String = (0..1200)
        .map(|id| format!("{{\"id\": \"line-{id}\", \"text\": \"Ship {id} left the port.\"}}\n"))
        .collect();
    sandbox.write("ships.jsonl", lines);
    sandbox
        .annals(&["ingest", "ships.jsonl", "--quiet"])
        .exits(0);
    sandbox
        .annals(&["show", "ships.jsonl"])
        .exits(2)
        .says("can mean 1200 things");
}
