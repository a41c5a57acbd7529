//! Invented days.

use jiff::civil::date;

use super::*;

const WIKITEXT: &str = "{{Current events|year=2018|month=01|day=9|content=
<!-- All news items below this line -->
;Armed conflicts and attacks
*[[Norland civil war]]
**[[Siege of Port Alba]], [[Vale offensive|Vale]]
***[[Norland]] troops take the ''[[Old Harbour]]'' of [[Port Alba]]. [http://times.example/1?a=1&amp;b=2 (''[[The Times]]'')] [https://radio.example/2 (Radio)]
**The Red Cross asks for a truce. [https://radio.example/3 (Radio)]
'''Disasters and accidents'''
*A ferry sinks off [[Malta]]<ref>x</ref>; 12 are missing. [http://gazette.example (Gazette)]
*[[2018 Vale floods]]
<!-- All news items above this line -->|}}
";

fn topics(document: &Document, item: &Item) -> Vec<String> {
    let words = item
        .topics
        .iter()
        .map(|span| document.words(*span).to_owned());
    words.collect()
}

fn sources<'a>(document: &'a Document, item: &'a Item) -> Vec<(&'a str, &'a str)> {
    let name = |source: &'a Source| source.name.map_or("", |span| document.words(span));
    item.sources
        .iter()
        .map(|source| (name(source), source.url.as_str()))
        .collect()
}

#[test]
fn a_day_in_wikitext() {
    let day = read_wikitext(WIKITEXT, "saved.txt").unwrap();
    assert_eq!(day.kind, DocumentKind::DayIndex);
    assert_eq!(day.dct, Some(date(2018, 1, 9)));
    let address = "https://en.wikipedia.org/wiki/Portal:Current_events/2018_January_9";
    assert_eq!(day.address.as_deref(), Some(address));
    let titles: Vec<&str> = day.items.iter().map(|item| day.words(item.title)).collect();
    let expected = [
        "Norland troops take the Old Harbour of Port Alba.",
        "The Red Cross asks for a truce.",
        "A ferry sinks off Malta; 12 are missing.",
    ];
    assert_eq!(titles, expected);
    let first = &day.items[0];
    let nested = [
        "Armed conflicts and attacks",
        "Norland civil war",
        "Siege of Port Alba, Vale",
    ];
    assert_eq!(topics(&day, first), nested);
    assert_eq!(topics(&day, &day.items[1]), nested[..2]);
    assert_eq!(topics(&day, &day.items[2]), ["Disasters and accidents"]);
    let names: Vec<&str> = first.context.iter().map(|span| day.words(*span)).collect();
    assert_eq!(names, ["Norland", "Old Harbour", "Port Alba"]);
    let expected = [
        ("The Times", "http://times.example/1?a=1&b=2"),
        ("Radio", "https://radio.example/2"),
    ];
    assert_eq!(sources(&day, first), expected);
    let codes: Vec<DiagnosticCode> = day.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(
        codes,
        [DiagnosticCode::EmptyHeading],
        "{:?}",
        day.diagnostics
    );
}

#[test]
fn an_older_day_in_wikitext() {
    let page = "{{Current events header|2004|12|26}}\n* A wave drowns the coast of [[Vale]]. [http://x.example/1 (Radio)]\n\
        ==Sport==\n* Norland win the cup. [http://x.example/2 (Radio)]\n{{Current events footer}}\n";
    let day = read_wikitext(page, "x").unwrap();
    assert_eq!((day.dct, day.items.len()), (Some(date(2004, 12, 26)), 2));
    assert_eq!(topics(&day, &day.items[1]), ["Sport"]);
    let by_name =
        read_wikitext("* A boat sinks. [http://x (R)]", "a/2004_December_26.wiki").unwrap();
    assert_eq!(by_name.dct, Some(date(2004, 12, 26)));
    assert!(matches!(
        read_wikitext("* A boat sinks. [http://x (R)]", "x"),
        Err(ReadError::NoEvents(_))
    ));
}

#[test]
fn several_days_of_a_file() {
    let file = format!("Saved\n{WIKITEXT}{}", WIKITEXT.replace("day=9", "day=10"));
    let days = days(&file);
    assert_eq!(days.len(), 2);
    let dates: Vec<_> = days
        .iter()
        .map(|day| read_wikitext(day, "x").unwrap().dct)
        .collect();
    assert_eq!(dates, [Some(date(2018, 1, 9)), Some(date(2018, 1, 10))]);
    assert_eq!(super::days("no template"), ["no template"]);
}

const FLAT: &str = "Date: '2018-01-09'
Source_URI: Portal:Current events/2018 January 9
Intelligence_Payload:
  Uncategorized:
  - A ferry sinks off Malta; 12 are
    missing. (The Gazette) (Radio)
  Armed conflicts:
  - Norland civil war
  - Siege of Port Alba
  - Troops take the harbour. (Radio)
  - Ships leave it. (Radio)
  - Vale war
  - A truce is signed (BBC News)
  Sport:
  - Norland cup
";

#[test]
fn a_day_in_yaml() {
    let day = read_yaml(FLAT).unwrap();
    assert_eq!(day.dct, Some(date(2018, 1, 9)));
    let wikitext = read_wikitext(WIKITEXT, "x").unwrap();
    assert_eq!(day.address, wikitext.address);
    let all: Vec<(Vec<String>, &str)> = day
        .items
        .iter()
        .map(|item| (topics(&day, item), day.words(item.title)))
        .collect();
    let path = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let siege = path(&["Armed conflicts", "Norland civil war", "Siege of Port Alba"]);
    let expected = [
        (path(&[]), "A ferry sinks off Malta; 12 are missing."),
        (siege.clone(), "Troops take the harbour."),
        (siege, "Ships leave it."),
        (path(&["Armed conflicts", "Vale war"]), "A truce is signed"),
    ];
    assert_eq!(all, expected);
    assert_eq!(
        sources(&day, &day.items[0]),
        [("The Gazette", ""), ("Radio", "")]
    );
    // One wording of one day is one event, whatever it was read from.
    assert_eq!(day.items[0].address, wikitext.items[2].address);
    assert_eq!(day.diagnostics.len(), 2, "{:?}", day.diagnostics);
}

#[test]
fn events_with_fields_of_their_own() {
    let yaml = "date: 2018-01-09
dataset: {version: 1}
events:
- id: 1
  category: Disasters
  subcategory: Ships
  headline: A ferry sinks off Malta
  summary: >
    Twelve are
    missing.
  sources:
    portal: {included: false}
    external:
    - {outlet: Radio, url: 'https://radio.example/1'}
- category: Disasters
  summary: no headline
";
    let day = read_yaml(yaml).unwrap();
    assert_eq!(day.items.len(), 1);
    let item = &day.items[0];
    assert_eq!(topics(&day, item), ["Disasters", "Ships"]);
    assert_eq!(
        item.summary.map(|span| day.words(span)),
        Some("Twelve are missing.")
    );
    assert_eq!(sources(&day, item), [("Radio", "https://radio.example/1")]);
    assert_eq!(day.diagnostics.len(), 1);
}

#[test]
fn yaml_bombs_are_refused_at_once() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..12 {
        let inner = format!("*a{},", i - 1).repeat(10);
        laughs.push_str(&format!("a{i}: &a{i} [{inner}]\n"));
    }
    laughs.push_str("date: 2018-01-09\nevents: *a11\n");
    let deep = format!("events: {}", "[".repeat(100_000));
    let deep_blocks: String = (0..2000)
        .map(|i| format!("{}- \n", " ".repeat(i)))
        .collect();
    let keys = "? ".repeat(50_000);
    for bomb in [
        laughs,
        deep,
        format!("events:\n{deep_blocks}"),
        keys,
        "&a ".repeat(50_000),
        "events: &a [*a]".to_owned(),
    ] {
        let start = std::time::Instant::now();
        assert!(read_yaml(&bomb).is_err(), "{}", &bomb[..20]);
        assert!(start.elapsed().as_secs() < 5, "{}", &bomb[..20]);
    }
}
