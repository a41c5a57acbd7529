//! What people meet who are new to the program: mistyped names, queries with a mistake, impossible wishes,
//! narrow windows, a card to begin with.

use unicode_width::UnicodeWidthStr;

use crate::support::Sandbox;

#[test]
fn the_card_of_a_person_can_be_read_and_leads_on() {
    let sandbox = Sandbox::with_news();
    let text = sandbox.annals(&["show", "Vladimir Putin"]).exits(0).text();
    for part in [
        "\nperson, in ",
        "\nNames\n",
        "\nMostly with\n",
        "\nLatest events\n",
        "\nMore\n",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    assert!(!text.contains("sem:hasActor"), "{text}");
    let commands = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("annals "));
    let commands: Vec<String> = commands.map(|line| line.replace('"', "")).collect();
    assert_eq!(commands.len(), 3, "{text}");
    for command in commands {
        let words: Vec<&str> = command.split(' ').collect();
        let outcome = sandbox.annals(&words).exits(0);
        assert!(outcome.text().lines().count() > 2, "{command}");
    }
    let facts = sandbox
        .annals(&["show", "--facts", "Vladimir Putin"])
        .exits(0)
        .text();
    assert!(facts.contains("^sem:hasActor"), "{facts}");
}

#[test]
fn the_cards_of_events_and_documents_are_in_plain_words() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "ferry.txt",
        "Ferry sinks off Bergen\n\nThe ferry Havbris sank off Bergen on 3 May 2019, killing four sailors.\n",
    );
    sandbox.annals(&["ingest", "ferry.txt", "-q"]).exits(0);
    let event = sandbox
        .annals(&["show", "Ferry sinks off Bergen"])
        .exits(0)
        .text();
    for part in [
        "\nDate\n  2019-05-03\n",
        "\nPlaces named\n",
        "\nTold in\n",
        "  annals why event/",
    ] {
        assert!(event.contains(part), "{part:?} in {event}");
    }
    assert!(
        !event.contains("annals:") && !event.contains("sem:"),
        "{event}"
    );
    let document = sandbox.annals(&["show", "ferry.txt"]).exits(0).text();
    assert!(document.contains("\nTells of\n"), "{document}");
    assert!(!document.contains("sha256"), "{document}");
    let text = sandbox
        .annals(&["show", "--text", "ferry.txt"])
        .exits(0)
        .text();
    let why = sandbox
        .annals(&["why", "Ferry sinks off Bergen", "--format", "json"])
        .exits(0)
        .json();
    let ground = &why[0];
    let at = |key: &str| usize::try_from(ground[key].as_u64().unwrap()).unwrap();
    let words: String = text
        .chars()
        .skip(at("start"))
        .take(at("end") - at("start"))
        .collect();
    assert_eq!(ground["words"], words, "{why}");
}

#[test]
fn the_beginning_of_one_title_means_that_event() {
    let sandbox = Sandbox::new();
    let day = "A quake shakes the islands of Tor.\nThen the wall of the port of Tor fell, when a quake shook the islands.";
    sandbox.write("a.txt", format!("{day}\n"));
    sandbox.write(
        "b.txt",
        "The governor of the islands of Tor calls the quake that shakes the islands a trial.\n",
    );
    sandbox.annals(&["ingest", "a.txt", "b.txt", "-q"]).exits(0);
    let shown = sandbox
        .annals(&["show", "a quake shakes the islands"])
        .exits(0)
        .text();
    assert!(shown.starts_with("A quake shakes"), "{shown}");
}

#[test]
fn the_card_counts_what_the_graph_says() {
    let sandbox = Sandbox::with_news();
    let card = sandbox
        .annals(&["show", "Vladimir Putin", "--format", "json"])
        .exits(0)
        .json();
    let entity = &card["entity"];
    assert_eq!(entity["kind"], "person");
    let first = entity["first"].as_str().unwrap();
    let last = entity["last"].as_str().unwrap();
    assert!(first < last);
    assert_eq!(entity["latest"][0]["date"], last);
    let companion = &entity["companions"][0];
    let (other, count) = (companion["iri"].as_str().unwrap(), &companion["events"]);
    let query = format!(
        "SELECT (COUNT(DISTINCT ?e) AS ?n) {{ ?e sem:hasActor|sem:hasPlace|annals:context|annals:topic <{}> ; \
         sem:hasActor|sem:hasPlace <{other}> }}",
        card["iri"].as_str().unwrap()
    );
    let counted = sandbox
        .annals(&["query", &query, "--format", "csv"])
        .exits(0)
        .text();
    assert_eq!(counted.lines().nth(1), Some(&*count.to_string()));
}

#[test]
fn a_mistyped_name_is_asked_about() {
    let sandbox = Sandbox::with_news();
    for (command, meant) in [
        (&["show", "Vladimr Putn"] as &[&str], "Vladimir Putin"),
        (&["show", "Khmeimin"], "Hmeimim Air Base"),
        (&["why", "Palmira mins"], "Palmyra mines"),
        (&["timeline", "Palmira"], "Palmyra"),
        (&["alias", "list", "Islamc State"], "Islamic State"),
        (&["path", "Putin", "Erdogann"], "Recep Tayyip Erdoğan"),
        (
            &["export", "--around", "Vladimr Putin", "-f", "svg"],
            "Vladimir Putin",
        ),
        (&["search", "Palmira"], "Palmyra"),
        (&["query", "--saved", "companoins"], "companions"),
    ] {
        let outcome = sandbox.annals(command).says("did you mean").says(meant);
        assert_ne!(outcome.code(), Some(0), "{command:?}");
    }
    // What has nothing like it is not guessed at.
    let unknown = sandbox.annals(&["show", "Wolverhampton"]).exits(1);
    assert!(
        !unknown.messages().contains("did you mean"),
        "{}",
        unknown.messages()
    );
}

#[test]
fn a_quiet_period_is_told_from_an_unknown_name() {
    let sandbox = Sandbox::with_news();
    sandbox
        .annals(&["timeline", "Palmyra 2030"])
        .exits(1)
        .says("in that time")
        .says("at other times there are");
}

#[test]
fn a_mistake_in_a_query_is_shown_in_its_line() {
    let sandbox = Sandbox::with_news();
    let outcome = sandbox
        .annals(&["query", "SELECT ?x {\n  ?x foo:bar ?y\n}"])
        .exits(2)
        .says("line 2, column 6: the prefix foo: is not declared")
        .says("known without it: annals, dcterms");
    let lines: Vec<&str> = outcome.messages().lines().collect();
    assert_eq!(lines[1], "2 |   ?x foo:bar ?y");
    assert_eq!(lines[2], format!("{}^^^^", " ".repeat(9)));
    sandbox
        .annals(&["query", "SELECT * { ?s ?p ?o FILTRE(?o > 1) }"])
        .exits(2)
        .says("FILTRE is no word of SPARQL")
        .says("did you mean FILTER?");
}

#[test]
fn what_cannot_be_is_a_usage_error() {
    let sandbox = Sandbox::with_news();
    for (command, reason) in [
        (
            &["timeline", "Syria", "--from", "2017", "--to", "2015"] as &[&str],
            "ends before it begins",
        ),
        (
            &["graph", "central", "--from", "2017", "--to", "2015"],
            "ends before it begins",
        ),
        (&["timeline", "Syria", "--top", "0"], "want 1 or more"),
        (&["search", "Syria", "--limit", "0"], "want 1 or more"),
        (
            &["timeline", "Syria", "--from", "2015-02-30"],
            "there is no 2015-02-30",
        ),
        (&["timeline", "Syria 2015-02-30"], "there is no 2015-02-30"),
        (
            &["diff", ".annals@99", ".annals"],
            "no segment 99: it has 1 segment",
        ),
        (&["watch", "/nope"], "cannot watch /nope"),
        (&["backup", ".annals"], "it is the store"),
        (&["backup", ".annals/copy"], "lies in it"),
        (&["backup", "./examples/../.annals/copy"], "lies in it"),
    ] {
        let outcome = sandbox.annals(command).exits(2).says(reason);
        assert!(outcome.bytes().is_empty(), "{command:?}");
    }
    sandbox.annals(&["backup", "copy"]).exits(0);
    sandbox
        .annals(&["backup", "copy"])
        .exits(2)
        .says("a store already");
    sandbox.annals(&["check"]).exits(0);
}

#[test]
fn text_fits_narrow_windows() {
    let sandbox = Sandbox::with_news();
    let line = serde_json::json!({
        "id": "wide",
        "title": "Angela Merkel 访问北京并会见中国国家主席习近平讨论两国贸易关系以及气候变化问题",
        "text": "Angela Merkel 访问北京并会见中国国家主席习近平讨论两国贸易关系以及气候变化问题。",
        "dct": "2017-05-04",
    });
    sandbox
        .annals_reading(line.to_string(), &["ingest", "-", "--quiet"])
        .exits(0);
    for columns in [40, 60] {
        for command in [
            &["timeline", "Palmyra"] as &[&str],
            &["timeline", "Merkel"],
            &["show", "Vladimir Putin"],
            &["why", "triumphal arch of Palmyra"],
        ] {
            let columns_said = columns.to_string();
            let variables = [("COLUMNS", columns_said.as_str())];
            let outcome = sandbox.annals_with(&variables, command).exits(0);
            // An IRI and a command to copy stay whole.
            let is_whole = |line: &&str| !line.starts_with('<') && !line.starts_with("  annals ");
            for line in outcome.text().lines().filter(is_whole) {
                assert!(line.width() <= columns, "{command:?} {columns}: {line}");
            }
        }
    }
}

#[test]
fn a_date_that_is_only_the_reports_is_marked() {
    let sandbox = Sandbox::new();
    let lines = [
        (
            "1",
            "Dockers of Valletta end their strike",
            "The dockers went back to work, their union said.",
            "2016-05-05",
        ),
        (
            "2",
            "Ferry to Gozo stops",
            "On 7 May 2016 the ferry from Valletta to Gozo stopped.",
            "2016-05-09",
        ),
    ];
    let lines: Vec<String> = lines
        .iter()
        .map(|(id, title, text, dct)| {
            serde_json::json!({"id": id, "title": title, "text": text, "dct": dct}).to_string()
        })
        .collect();
    sandbox
        .annals_reading(lines.join("\n"), &["ingest", "-", "--quiet"])
        .exits(0);
    let text = sandbox.annals(&["timeline", "Valletta"]).exits(0).text();
    assert!(text.contains("2016-05-05* Dockers"), "{text}");
    assert!(text.contains("2016-05-07  Ferry"), "{text}");
    assert!(text.contains("* the day of the report"), "{text}");
    let entries = sandbox
        .annals(&["timeline", "Valletta", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(entries[0]["dateBasis"], "report");
    assert_eq!(entries[1]["dateBasis"], "stated");
    let news = Sandbox::with_news();
    let filed = news.annals(&["timeline", "Cassini"]).exits(0).text();
    assert!(!filed.contains('*'), "{filed}");
}

#[test]
fn what_the_user_took_apart_says_so() {
    let sandbox = Sandbox::with_news();
    let split = [
        "alias",
        "split",
        "Daesh",
        "--author",
        "ana",
        "--reason",
        "another word",
    ];
    sandbox.annals(&split).exits(0);
    let text = sandbox
        .annals(&["alias", "list", "--explain", "Daesh"])
        .exits(0)
        .text();
    assert!(
        text.contains("by decision 1 of ana: another word"),
        "{text}"
    );
}

#[test]
fn passages_behind_an_event_come_with_names() {
    let sandbox = Sandbox::with_news();
    let rows = sandbox
        .annals(&["query", "--saved", "words-behind", "--format", "csv"])
        .exits(0)
        .text();
    assert!(rows.lines().next().unwrap().ends_with("names"), "{rows}");
    assert!(rows.contains("Vladimir Putin, "), "{rows}");
}

#[test]
fn a_picture_around_a_person_shows_their_events() {
    let sandbox = Sandbox::with_news();
    let svg = sandbox
        .annals(&["export", "--around", "Vladimir Putin", "--format", "svg"])
        .exits(0)
        .text();
    assert!(svg.contains("Khmeimim"), "{svg}");
}
