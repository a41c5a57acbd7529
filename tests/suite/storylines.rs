//! Storylines: what belongs to them, what they lie in, and how they are shown.

use serde_json::Value;

use crate::support::Sandbox;

/// A page of the archive with a heading or without.
fn page(date: (u16, u8, u8), slug: &str, heading: &str, title: &str) -> (String, String) {
    let (year, month, day) = date;
    let base = format!("/news/{year}/{month:02}/{day}");
    let heading = match heading {
        "" => String::new(),
        heading => format!("##### {heading}\n"),
    };
    let text = format!(
        "\nFormats: [HTML]({base}/{slug}.html)  [JSON]({base}/{slug}.json)  [XML]({base}/{slug}.xml)  \n\n\
         ### [{year}-{month:02}-{day}]({base}/index.md)\n\n{heading}# {title} \n\n\n\
         ### Sources:\n\n1. [Vale Post](https://vale.example/{slug})\n"
    );
    (format!("pages{base}/{slug}.md"), text)
}

/// A store of a few made-up pages about two quarrels.
fn store() -> Sandbox {
    let sandbox = Sandbox::new();
    let strike = "Strike of the Ostrava tram drivers";
    let pages = [
        page(
            (2018, 3, 1),
            "a",
            strike,
            "Tram drivers of Ostrava stop work over a roster dispute at the Poruba depot.",
        ),
        page(
            (2018, 3, 2),
            "b",
            strike,
            "The Ostrava tram drivers picket the Poruba depot for a second day over the roster.",
        ),
        page(
            (2018, 3, 4),
            "c",
            strike,
            "Ostrava city council offers the striking tram drivers of the Poruba depot a new roster.",
        ),
        page(
            (2018, 3, 3),
            "d",
            "",
            "Striking tram drivers in Ostrava block the Poruba depot over the disputed roster.",
        ),
        page(
            (2018, 3, 3),
            "e",
            "",
            "A volcano erupts on the island of Ambae and 5,000 islanders leave their homes.",
        ),
        page(
            (2018, 3, 9),
            "f",
            "Trial after the strike of the Ostrava tram drivers",
            "A court in Ostrava hears two drivers who blocked the Poruba depot.",
        ),
        page(
            (2018, 5, 2),
            "g",
            "Norlandish military intervention in Sudland",
            "Norlandish jets bomb a bridge in Sudland.",
        ),
        page(
            (2018, 5, 5),
            "h",
            "Norlandish intervention in Sudland",
            "Norland lands 300 soldiers on the coast of Sudland.",
        ),
    ];
    for (path, text) in pages {
        sandbox.write(&path, text);
    }
    sandbox.annals(&["ingest", "pages", "--quiet"]).exits(0);
    sandbox
}

fn card(sandbox: &Sandbox, name: &str) -> Value {
    let arguments = ["show", name, "--format", "json"];
    sandbox.annals(&arguments).exits(0).json()["storyline"].clone()
}

#[test]
fn a_storyline_spans_its_members() {
    let card = card(&store(), "Strike of the Ostrava tram drivers");
    assert_eq!(card["span"], "2018-03-01/2018-03-04");
    assert_eq!(card["statedEvents"], 3);
}

#[test]
fn names_that_differ_little_are_one_storyline() {
    let card = card(&store(), "Norlandish intervention in Sudland");
    assert_eq!(card["statedEvents"], 2);
    assert_eq!(card["otherNames"][0]["apart"][0], "military");
}

#[test]
fn a_name_inside_another_makes_a_part() {
    let sandbox = store();
    let whole = card(&sandbox, "Strike of the Ostrava tram drivers");
    assert_eq!(
        whole["parts"][0]["name"],
        "Trial after the strike of the Ostrava tram drivers"
    );
    assert_eq!(whole["parts"][0]["method"], "name-containment");
    let part = card(
        &sandbox,
        "Trial after the strike of the Ostrava tram drivers",
    );
    assert_eq!(
        part["partOf"][0]["name"],
        "Strike of the Ostrava tram drivers"
    );
}

#[test]
fn an_event_without_a_heading_joins_its_storyline_and_says_why() {
    let sandbox = store();
    let found = sandbox.column(
        "SELECT ?title WHERE { GRAPH annals:inferred { ?link annals:method \"storyline-membership\" ; \
         annals:to ?event ; annals:score ?score ; annals:support ?member } \
         ?event rdfs:label ?title } GROUP BY ?title",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("block the Poruba depot"), "{found:?}");
    let stated = sandbox.column(
        "SELECT ?event WHERE { GRAPH ?document { ?storyline sem:hasSubEvent ?event } \
         ?event rdfs:label ?title FILTER (CONTAINS(?title, \"block the Poruba\") && ?document != annals:inferred) }",
    );
    assert_eq!(
        stated,
        Vec::<String>::new(),
        "what is inferred is not stated"
    );
    sandbox.annals(&["validate"]).exits(0);
}

#[test]
fn a_timeline_has_the_inferred_members_marked() {
    let sandbox = store();
    let arguments = [
        "timeline",
        "Strike of the Ostrava tram drivers",
        "--format",
        "json",
    ];
    let entries = sandbox.annals(&arguments).exits(0).json();
    let entry = entries
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| {
            entry["title"]
                .as_str()
                .unwrap()
                .contains("block the Poruba")
        })
        .expect("the member without a heading is there");
    assert_eq!(entry["context"], Value::Array(Vec::new()));
    assert!(entry["storylines"][0]["score"].as_f64().unwrap() > 0.0);
}

/// A store of an archive whose headings run on over the next item, and of other floods.
fn flood() -> Sandbox {
    let sandbox = Sandbox::new();
    let flood = "2019 Orlava flood";
    let pages = [
        (
            4,
            "a",
            flood,
            "The river Orlava floods the old town of Brenz after a week of rain.",
        ),
        (
            5,
            "b",
            flood,
            "Soldiers rescue two hundred people from roofs in Brenz as the Orlava rises.",
        ),
        (
            6,
            "c",
            flood,
            "Insurers put the damage of the Orlava flood at Brenz at two billion crowns.",
        ),
        (
            6,
            "d",
            flood,
            "A film festival opens in Lisbon with a comedy about dentists.",
        ),
        (
            9,
            "e",
            flood,
            "Brenz lets its people back into the old town; the dam upstream holds.",
        ),
        (7, "f", "", "Rain floods a railway tunnel in Madrid."),
        (8, "g", "", "A flood sweeps a bridge away in Nepal."),
    ];
    for (day, slug, heading, title) in pages {
        let (path, text) = page((2019, 3, day), slug, heading, title);
        sandbox.write(&path, text);
    }
    let (path, text) = page(
        (2020, 1, 14),
        "h",
        flood,
        "A court in Brenz tries two keepers of the Orlava dam for the flood.",
    );
    sandbox.write(&path, text);
    sandbox.annals(&["ingest", "pages"]).exits(0);
    sandbox
}

fn titles(sandbox: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["timeline"], arguments, &["--format", "json"]].concat();
    let found: Value = sandbox.annals(&arguments).exits(0).json();
    let titles = found
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["title"]);
    titles
        .map(|title| title.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_strays_under_a_heading_is_not_of_its_story() {
    let sandbox = flood();
    let festival = |titles: &[String]| titles.iter().any(|title| title.contains("festival"));
    let kept = titles(&sandbox, &["Orlava flood"]);
    assert!(!festival(&kept), "{kept:?}");
    assert!(
        kept.iter().any(|title| title.contains("upstream")),
        "{kept:?}"
    );
    assert!(festival(&titles(&sandbox, &["Orlava flood", "--all"])));
    assert!(!festival(&titles(&sandbox, &["Orlava"])));
    let explained = sandbox.annals(&["timeline", "Orlava flood", "--all", "--explain"]);
    let why = "filed without a word of it under 2019 Orlava flood";
    assert!(
        explained.text().replace("\n", " ").contains(why),
        "{}",
        explained.text()
    );
    let card = sandbox.annals(&["show", "film festival Lisbon dentists"]);
    let said = "Filed without a word of it under\n  2019 Orlava flood";
    assert!(card.text().contains(said), "{}", card.text());
    // The page states it all the same.
    let stated = sandbox.column(
        "SELECT ?title WHERE { ?event annals:topic ?topic ; rdfs:label ?title . ?topic skos:prefLabel '2019 Orlava flood' }",
    );
    assert!(festival(&stated), "{stated:?}");
}

#[test]
fn what_lies_abroad_strays_though_it_tells_of_the_killed_too() {
    // A heading need not name an event.
    for heading in ["Kayes mine collapse", "Gold mining at Kayes"] {
        let kept = titles(&mine(heading), &[heading]);
        let is_kept = |word: &str| kept.iter().any(|title| title.contains(word));
        assert!(!is_kept("Peru"), "{kept:?}");
        assert!(is_kept("buried"), "{kept:?}");
    }
}

/// A store of an archive with a heading that runs on over an accident in another country.
fn mine(heading: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let titles_of_pages = [
        "Seventeen miners are killed in a gold mine near Kayes, Mali, when a shaft gives way.",
        "Rescuers in Kayes find six miners alive; eleven people are injured.",
        "Mali closes the gold mine where seventeen people were killed.",
        "The owner of the mine at Kayes is arrested in Bamako.",
        "Four people are killed and eleven injured when a bus leaves the road near Cusco, Peru.",
        "Seventeen people are buried in Bamako, and eleven injured leave hospital.",
    ];
    for (day, title) in (3..).zip(titles_of_pages) {
        let slug = format!("kayes-{day}");
        let (path, text) = page((2019, 5, day), &slug, heading, title);
        sandbox.write(&path, text);
    }
    sandbox.annals(&["ingest", "pages"]).exits(0);
    sandbox
}

#[test]
fn a_storm_with_a_name_is_a_storyline_and_nobody() {
    let sandbox = Sandbox::new();
    let titles_of_pages = [
        "Cyclone Nargis comes ashore in the delta of the Irrawaddy in Myanmar.",
        "Myanmar lets ships with food for the victims of Cyclone Nargis land in Yangon.",
    ];
    for (day, title) in (3..).zip(titles_of_pages) {
        let slug = format!("nargis-{day}");
        let (path, text) = page((2008, 5, day), &slug, "Cyclone Nargis", title);
        sandbox.write(&path, text);
    }
    sandbox.annals(&["ingest", "pages"]).exits(0);
    let kinds =
        sandbox.column("SELECT ?kind WHERE { ?it skos:prefLabel 'Cyclone Nargis' ; a ?kind }");
    assert!(
        matches!(&kinds[..], [kind] if kind.ends_with("Storyline")),
        "{kinds:?}"
    );
}

#[test]
fn who_names_a_storyline_gets_what_is_filed_there_and_what_tells_of_it() {
    let sandbox = flood();
    let kept = titles(&sandbox, &["Orlava flood"]);
    assert_eq!(kept.len(), 5, "{kept:?}");
    let best = titles(
        &sandbox,
        &["Orlava flood", "--rank", "relevance", "--top", "3"],
    );
    assert!(best.iter().all(|title| kept.contains(title)), "{best:?}");
    // No storyline has this name.
    let floods = titles(&sandbox, &["flood in Nepal"]);
    assert!(
        floods.iter().any(|title| title.contains("Nepal")),
        "{floods:?}"
    );
}

#[test]
fn a_year_in_the_name_of_a_storyline_is_no_period() {
    let sandbox = flood();
    let has_court = |phrase: &str| {
        let titles = titles(&sandbox, &[phrase]);
        titles.iter().any(|title| title.contains("court"))
    };
    assert!(has_court("2019 Orlava flood"));
    assert!(!has_court("Orlava in 2019"));
}
