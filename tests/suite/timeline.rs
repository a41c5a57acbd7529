//! `annals timeline`: the events of a story in order, each once, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{SYRIA, Sandbox, keys, strings, xml_elements};

fn entries(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["timeline", "--format", "json"];
    all.extend(arguments);
    let Value::Array(entries) = sandbox.annals(&all).exits(0).json() else {
        panic!("an array of entries")
    };
    entries
}

/// Dates without those whose year is unknown.
fn dates(entries: &[Value]) -> Vec<&str> {
    entries
        .iter()
        .filter_map(|entry| entry["date"].as_str())
        .filter(|date| !date.starts_with('X'))
        .collect()
}

fn title(entry: &Value) -> &str {
    entry["title"].as_str().unwrap()
}

#[test]
fn entries_have_the_agreed_keys() {
    let sandbox = Sandbox::with_news();
    let required = [
        "date",
        "precision",
        "title",
        "event",
        "score",
        "documents",
        "sources",
        "context",
    ];
    let optional = [
        "supersededBy",
        "inferredDate",
        "dateBasis",
        "versions",
        "status",
        "attributedTo",
    ];
    for entry in entries(&sandbox, &[SYRIA]) {
        let keys = keys(&entry);
        assert!(required.iter().all(|key| keys.contains(key)), "{keys:?}");
        assert!(
            keys.iter()
                .all(|key| required.contains(key) || optional.contains(key)),
            "{keys:?}"
        );
        for document in entry["documents"].as_array().unwrap() {
            assert_eq!(self::keys(document), BTreeSet::from(["iri", "id", "path"]));
        }
        for source in entry["sources"].as_array().unwrap() {
            assert_eq!(self::keys(source), BTreeSet::from(["name", "url"]));
        }
        assert!(
            !entry["documents"].as_array().unwrap().is_empty(),
            "{}",
            title(&entry)
        );
        assert!(entry["score"].is_number());
    }
}

#[test]
fn the_story_is_told_in_order_and_each_event_once() {
    let sandbox = Sandbox::with_news();
    let entries = entries(&sandbox, &[SYRIA]);
    let dates = dates(&entries);
    assert!(dates.is_sorted(), "{dates:?}");
    for day in [
        "2015-09-30",
        "2015-10-02",
        "2015-11-17",
        "2015-11-24",
        "2016-03-27",
        "2016-12-29",
        "2017-04-04",
        "2017-11-08",
        "2017-12-06",
    ] {
        assert!(dates.contains(&day), "{day} is missing");
    }
    let withdrawal: Vec<&Value> = entries
        .iter()
        .filter(|entry| entry["date"] == "2017-12-11")
        .collect();
    assert_eq!(withdrawal.len(), 1, "one entry for the order to withdraw");
    let paths = strings(&withdrawal[0]["documents"], "path");
    assert_eq!(paths.len(), 6, "{paths:?}");
    assert!(paths.contains(&"examples/news/wire.jsonl"));
    assert_eq!(withdrawal[0]["versions"].as_array().unwrap().len(), 3);
    assert!(
        withdrawal[0].get("supersededBy").is_none(),
        "the newest version stands for all"
    );
}

#[test]
fn folded_versions_come_oldest_first() {
    let sandbox = Sandbox::with_news();
    let entries = entries(&sandbox, &[SYRIA]);
    let withdrawal = entries
        .iter()
        .find(|entry| entry["date"] == "2017-12-11")
        .unwrap();
    let versions = withdrawal["versions"].as_array().unwrap();
    let verbs = [
        "turns up at Khmeimim",
        "says that Russian troops will leave",
        "orders Russian troops out",
    ];
    for (version, verb) in versions.iter().zip(verbs) {
        assert!(version.as_str().unwrap().contains(verb), "{versions:#?}");
    }
}

#[test]
fn what_only_shares_a_person_does_not_belong() {
    let sandbox = Sandbox::with_news();
    for entry in entries(&sandbox, &[SYRIA]) {
        for decoy in [
            "Moldova",
            "nuclear arms",
            "eastern Ukraine",
            "Cassini",
            "Amatrice",
            "Monte dei Paschi",
        ] {
            assert!(!title(&entry).contains(decoy), "{}", title(&entry));
        }
        assert!(
            entry["date"]
                .as_str()
                .is_none_or(|date| date.starts_with('X') || ("2015".."2018").contains(&&date[..4]))
        );
    }
}

/// What says a word of a name and not the name is something else, however much there is of it.
#[test]
fn the_words_of_a_name_count_together() {
    let bank = [
        ("2023-03-10", "Regulators close Copper Valley Bank"),
        ("2023-06-12", "Copper Valley Bank sold to a rival"),
        (
            "2024-01-20",
            "A court fines the founder of Copper Valley Bank",
        ),
    ];
    let line = |day: &str, title: &str| {
        let item = serde_json::json!({"id": format!("{day} {title}"), "title": title, "date": day});
        format!("{item}\n")
    };
    let mut lines: String = bank.iter().map(|(day, title)| line(day, title)).collect();
    for month in 1..=12 {
        for (day, words) in [(3, "copper mine"), (13, "valley road"), (23, "river bank")] {
            let title = format!("Workers repair a {words} for the {month}th time");
            lines += &line(&format!("2022-{month:02}-{day:02}"), &title);
            lines += &line(&format!("2021-{month:02}-{day:02}"), &title);
        }
    }
    let sandbox = Sandbox::new();
    sandbox.write("items.jsonl", lines);
    sandbox.annals(&["ingest", "items.jsonl"]).exits(0);
    let found = entries(&sandbox, &["Copper Valley Bank"]);
    assert_eq!(dates(&found), bank.map(|(day, _)| day));
}

#[test]
fn top_takes_the_best_and_keeps_the_order() {
    let sandbox = Sandbox::with_news();
    let titles = |arguments: &[&str]| -> Vec<String> {
        let entries = entries(&sandbox, arguments);
        entries
            .iter()
            .map(|entry| title(entry).to_owned())
            .collect()
    };
    let all = titles(&["Palmyra"]);
    let best = entries(&sandbox, &["Palmyra", "--top", "3"]);
    assert_eq!(best.len(), 3);
    assert!(dates(&best).is_sorted());
    assert!(
        best.iter()
            .all(|entry| all.contains(&title(entry).to_owned()))
    );
    let ranked = entries(&sandbox, &["Palmyra", "--rank", "relevance"]);
    let scores: Vec<f64> = ranked
        .iter()
        .map(|entry| entry["score"].as_f64().unwrap())
        .collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert!(entries(&sandbox, &["Palmyra", "--rank", "relevance", "--top", "2"]).len() == 2);
}

#[test]
fn a_period_is_inclusive() {
    let sandbox = Sandbox::with_news();
    let within = entries(
        &sandbox,
        &["Syria", "--from", "2016-03-14", "--to", "2016-03"],
    );
    assert_eq!(dates(&within), ["2016-03-14", "2016-03-27"]);
    let year = entries(&sandbox, &["Syria", "--from", "2016", "--to", "2016"]);
    assert!(
        dates(&year).iter().all(|date| date.starts_with("2016")),
        "{:?}",
        dates(&year)
    );
    assert!(dates(&year).len() > 5);
    sandbox
        .annals(&["timeline", "Syria", "--from", "soon"])
        .exits(2);
}

#[test]
fn an_unknown_phrase_fails_with_a_hint() {
    let sandbox = Sandbox::with_news();
    let outcome = sandbox
        .annals(&["timeline", "zzqqx", "--format", "json"])
        .exits(1)
        .says("zzqqx")
        .says("hint:");
    assert_eq!(outcome.json(), serde_json::json!([]));
    sandbox
        .annals(&["timeline", "Syria", "--format", "docx"])
        .exits(2)
        .says("hint:");
    Sandbox::new()
        .annals(&["timeline", "Syria"])
        .exits(1)
        .says("no store")
        .says("hint:");
}

#[test]
fn every_format_can_be_read() {
    let sandbox = Sandbox::with_news();
    let count = entries(&sandbox, &[SYRIA]).len();
    let write = |format: &str| {
        sandbox
            .annals(&["timeline", SYRIA, "--format", format])
            .exits(0)
    };
    assert_eq!(xml_elements(write("svg").bytes())[0], "svg");
    let html = write("html").text();
    assert!(html.starts_with("<!DOCTYPE html>") && html.trim_end().ends_with("</html>"));
    assert!(
        !html.contains("<script") && !html.contains("src=\"http"),
        "nothing runs and nothing is fetched"
    );
    assert!(write("md").text().contains("Khmeimim"));
    let table = write("csv");
    assert_eq!(
        csv::Reader::from_reader(table.bytes())
            .records()
            .filter(Result::is_ok)
            .count(),
        count
    );
    let lines = write("jsonl").text();
    assert_eq!(
        lines
            .lines()
            .filter(|line| serde_json::from_str::<Value>(line).is_ok())
            .count(),
        count
    );
    assert_eq!(write("tsv").text().lines().count(), count + 1);
    assert!(write("timelinejs").json()["events"].is_array());
    assert!(write("vis").json().is_array());
    let calendar = write("ics").text();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(
        calendar.split("\r\n").all(|line| line.len() <= 75),
        "lines are folded"
    );
}

#[test]
fn a_file_gets_the_format_of_its_extension() {
    let sandbox = Sandbox::with_news();
    sandbox
        .annals(&["timeline", "Palmyra", "--output", "palmyra.svg"])
        .exits(0);
    assert_eq!(
        xml_elements(&std::fs::read(sandbox.path("palmyra.svg")).unwrap())[0],
        "svg"
    );
    sandbox
        .annals(&["timeline", "Palmyra", "--output", "palmyra.docx"])
        .exits(2);
    assert!(!sandbox.path("palmyra.docx").exists());
}

#[test]
fn what_happened_on_different_days_is_not_one_event() {
    let sandbox = Sandbox::new();
    let lines: String = (1..10)
        .map(|day| format!("{{\"id\":{day},\"title\":\"Visit {day}\",\"text\":\"Angela Merkel came to Paris on {day} May 2017.\",\"dct\":\"2017-05-0{day}\"}}\n"))
        .collect();
    sandbox.annals_reading(lines, &["ingest", "-"]).exits(0);
    let told = entries(&sandbox, &["Merkel"]);
    assert!(told.len() > 1, "nine days are one event: {told:#?}");
}

/// Items that tell of a hurricane and of other things, without headings.
const STORM: &[(&str, &str)] = &[
    (
        "2017-08-25",
        "Hurricane Harvey makes landfall in Texas near the town of Rockport.",
    ),
    (
        "2017-08-26",
        "Harvey floods Houston, and the mayor opens shelters in schools.",
    ),
    (
        "2017-08-27",
        "A chemical plant near Houston in Texas burns after Harvey has cut its power.",
    ),
    (
        "2017-08-28",
        "Refineries near Houston in Texas close, and petrol prices rise by a fifth.",
    ),
    (
        "2017-08-26",
        "Angela Merkel opens a bridge over the Rhine in Cologne.",
    ),
    (
        "2017-08-27",
        "A bank in Milan is sold to a rival for one euro.",
    ),
    (
        "2017-08-28",
        "Chess champions meet in Oslo for a tournament.",
    ),
    ("2017-08-29", "Nurses in Lyon strike over pay and shifts."),
];

fn with_storm() -> Sandbox {
    let sandbox = Sandbox::new();
    let lines: String = STORM
        .iter()
        .enumerate()
        .map(|(id, (day, text))| {
            format!(
                "{}\n",
                serde_json::json!({"id": id, "text": text, "dct": day})
            )
        })
        .collect();
    sandbox
        .annals_reading(lines, &["ingest", "-", "--quiet"])
        .exits(0);
    sandbox
}

#[test]
fn what_says_no_word_of_the_phrase_can_belong() {
    let sandbox = with_storm();
    let told = entries(&sandbox, &["Hurricane Harvey storm", "--explain"]);
    let days = dates(&told);
    assert_eq!(
        days,
        ["2017-08-25", "2017-08-26", "2017-08-27", "2017-08-28"],
        "{told:#?}"
    );
    let why = &told[3]["why"];
    assert!(why.get("words").is_none(), "{why}");
    assert!(strings_of(&why["feedback"]).contains(&"houston"), "{why}");
    assert!(strings_of(&told[0]["why"]["words"]).contains(&"harvey"));
    let parts = ["wordsScore", "feedbackScore", "neighboursScore"];
    let sum: f64 = parts.iter().map(|part| why[part].as_f64().unwrap()).sum();
    assert!((sum - told[3]["score"].as_f64().unwrap()).abs() < 1e-9);
}

#[test]
fn what_is_left_out_is_counted_and_can_be_had() {
    let sandbox = Sandbox::with_news();
    let phrase = "Syria chemical weapons";
    let cut = sandbox.annals(&["timeline", phrase]).exits(0);
    let words = cut.messages().to_owned();
    let count: usize = words
        .split_once(" less relevant events are left out; --all adds them")
        .and_then(|(count, _)| count.rsplit([' ', '\n']).next()?.parse().ok())
        .unwrap_or_else(|| panic!("{words}"));
    let (kept, all) = (
        entries(&sandbox, &[phrase]),
        entries(&sandbox, &[phrase, "--all"]),
    );
    assert_eq!(all.len(), kept.len() + count);
    assert!(kept.iter().all(|entry| all.contains(entry)));
    assert!(dates(&all).is_sorted());
    let needed = entries(&sandbox, &[phrase, "--explain"])[0]["why"]["needed"].as_f64();
    assert!(needed.is_some_and(|needed| needed > 0.0));
    sandbox
        .annals(&["timeline", phrase, "--explain"])
        .says("an event belongs that scores");
    let names_only = sandbox.annals(&["timeline", "Syria"]).exits(0);
    assert!(!names_only.messages().contains("left out"));
}

fn strings_of(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

#[test]
fn scores_do_not_depend_on_what_was_deleted() {
    let sandbox = with_storm();
    let phrase = &["Houston refineries", "--rank", "relevance"];
    let before = entries(&sandbox, phrase);
    let extra = serde_json::json!({"id": "extra", "text": "Reporters leave Houston for Galveston.", "dct": "2017-09-09"});
    sandbox
        .annals_reading(extra.to_string(), &["ingest", "-", "--quiet"])
        .exits(0);
    assert_eq!(entries(&sandbox, phrase).len(), before.len() + 1);
    sandbox.annals(&["forget", "extra"]).exits(0);
    assert_eq!(entries(&sandbox, phrase), before);
}

#[test]
fn a_timeline_can_be_told_as_it_was_known() {
    let sandbox = Sandbox::with_news();
    let on = |day: &str| {
        let entries = entries(&sandbox, &["Khan Shaykhun", "--known-at", day]);
        let attack = entries
            .iter()
            .find(|entry| entry["date"] == "2017-04-04" && title(entry).contains("At least"));
        attack.map(|entry| {
            (
                title(entry).to_owned(),
                entry["versions"].as_array().map_or(0, Vec::len),
            )
        })
    };
    sandbox
        .annals(&["timeline", "Khan Shaykhun", "--known-at", "2017-04-03"])
        .exits(1);
    let (first, folded) = on("2017-04-04").unwrap();
    assert!(first.starts_with("At least 58") && folded == 0, "{first}");
    let (second, folded) = on("2017-04-05").unwrap();
    assert!(!second.starts_with("At least 58") && folded > 0, "{second}");
    let (last, folded) = on("2019").unwrap();
    assert!(last.starts_with("At least 86") && folded == 2, "{last}");
    for entry in entries(&sandbox, &["Syria", "--known-at", "2016"]) {
        let date = entry["date"].as_str().unwrap_or_default();
        assert!(date.starts_with('X') || date < "2017", "{}", title(&entry));
    }
}

/// Four hundred later events say the word more often than the three that were known.
#[test]
fn the_best_are_chosen_among_what_was_known() {
    let sandbox = Sandbox::new();
    let first: jiff::civil::Date = "2018-01-01".parse().unwrap();
    let later = (0..400).map(|day| {
        let date = first.checked_add(jiff::Span::new().days(day)).unwrap();
        (
            format!("Comet, comet, comet over station {day}"),
            date.to_string(),
        )
    });
    let towns = ["Bern", "Oslo", "Lyon"].iter().enumerate();
    let early = towns.map(|(month, town)| {
        let title =
            format!("A comet is seen by many people in the old streets and parks of {town}");
        (title, format!("2015-0{}-02", month + 1))
    });
    let lines: String = later
        .chain(early)
        .enumerate()
        .map(|(id, (title, date))| {
            let line = serde_json::json!({"id": id, "title": title, "text": title, "dct": date});
            format!("{line}\n")
        })
        .collect();
    sandbox
        .annals_reading(lines, &["ingest", "-", "--quiet"])
        .exits(0);
    let all = entries(&sandbox, &["comet"]);
    assert!(all.len() > 350, "{}", all.len());
    let known = entries(&sandbox, &["comet", "--known-at", "2016", "--top", "2"]);
    assert_eq!(known.len(), 2, "{known:#?}");
    assert!(dates(&known).iter().all(|date| date.starts_with("2015")));
}

#[test]
fn a_year_of_which_nothing_is_known_stays_a_year() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "a.txt",
        "Council of Tor adopts a plan on 4 May 2014. The harbour is to be built by 2017.\n",
    );
    sandbox.annals(&["ingest", "a.txt", "-q"]).exits(0);
    sandbox
        .annals(&["timeline", "Tor 2017"])
        .exits(1)
        .says("in that time");
}

#[test]
fn an_answer_to_a_part_of_the_phrase_says_so() {
    let news = Sandbox::with_news();
    let part = "no event says all of";
    news.annals(&["timeline", "Palmyra volcano choir"])
        .exits(0)
        .says(part);
    let whole = news.annals(&["timeline", "Palmyra"]).exits(0);
    assert!(!whole.messages().contains(part), "{}", whole.messages());
}

#[test]
fn a_number_of_something_is_no_year() {
    let news = Sandbox::with_news();
    let told = entries(&news, &["Metrojet Flight 9268"]);
    assert!(
        told.iter().any(|entry| title(entry).contains("9268")),
        "{told:#?}"
    );
    let sandbox = Sandbox::new();
    let lines: String = [
        ("2017-05-06", "Asteroid 1998 passes the Earth"),
        ("2011-03-17", "Council adopts Resolution 1973 on Libya"),
    ]
    .iter()
    .map(|(day, title)| {
        let line =
            serde_json::json!({"id": day, "title": title, "text": "Nobody spoke.", "dct": day});
        format!("{line}\n")
    })
    .collect();
    sandbox
        .annals_reading(lines, &["ingest", "-", "--quiet"])
        .exits(0);
    assert_eq!(
        dates(&entries(&sandbox, &["Resolution 1973"])),
        ["2011-03-17"]
    );
    assert_eq!(
        dates(&entries(&sandbox, &["Asteroid 1998"])),
        ["2017-05-06"]
    );
    for phrase in ["asteroid 1997", "asteroid in 1998", "Earth May 1998"] {
        sandbox.annals(&["timeline", phrase]).exits(1);
    }
}

#[test]
fn entries_can_be_grouped() {
    let sandbox = Sandbox::with_news();
    let all = entries(&sandbox, &["Palmyra"]);
    let groups = entries(&sandbox, &["Palmyra", "--by", "year"]);
    let grouped: Vec<&Value> = groups
        .iter()
        .flat_map(|group| group["entries"].as_array().unwrap())
        .collect();
    assert_eq!(grouped, all.iter().collect::<Vec<_>>());
    assert!(groups.iter().any(|group| group["period"] == "2016"));
    let text = sandbox
        .annals(&["timeline", "Palmyra", "--by", "month"])
        .exits(0)
        .text();
    assert!(text.lines().any(|line| line == "2016-03"), "{text}");
    let story = sandbox.annals(&["timeline", SYRIA]).exits(0).text();
    assert!(
        story.contains("months with nothing in the store —"),
        "{story}"
    );
    assert!(story.contains("months without an entry —"), "{story}");
    let page = sandbox.annals(&["timeline", "Palmyra", "--by", "month", "--format", "md"]);
    assert!(page.exits(0).text().contains("## March 2016"));
}
