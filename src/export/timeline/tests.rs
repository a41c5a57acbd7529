//! Every format read back by an independent reader, with texts that break careless writers.

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::super::samples::{HOSTILE, bridge_timeline, hostile_timeline, long_timeline};
use super::*;

fn written(timeline: &Timeline, format: TimelineFormat) -> String {
    let mut out = Vec::new();
    write_timeline(timeline, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(timeline: &Timeline, format: TimelineFormat) -> Value {
    serde_json::from_str(&written(timeline, format)).unwrap()
}

#[test]
fn equal_timelines_give_equal_bytes() {
    for format in TimelineFormat::ALL {
        for timeline in [bridge_timeline(), long_timeline(200), Timeline::default()] {
            assert_eq!(
                written(&timeline, *format),
                written(&timeline, *format),
                "{format}"
            );
        }
    }
}

#[test]
fn a_date_that_is_the_reports_own_is_said_to_be() {
    let mut timeline = bridge_timeline();
    timeline.entries[0].date_basis = Some(crate::timeline::DateBasis::Report);
    for format in [TimelineFormat::Markdown, TimelineFormat::Html] {
        let said = written(&timeline, format)
            .matches("date of the report")
            .count();
        assert_eq!(said, 1, "{format}");
    }
}

#[test]
fn small_timelines_read_as_expected() {
    let timeline = bridge_timeline();
    insta::assert_snapshot!("markdown", written(&timeline, TimelineFormat::Markdown));
    insta::assert_snapshot!("csv", written(&timeline, TimelineFormat::Csv));
    insta::assert_snapshot!(
        "ics",
        written(&timeline, TimelineFormat::Ics).replace('\r', "")
    );
    insta::assert_snapshot!("timelinejs", written(&timeline, TimelineFormat::TimelineJs));
    insta::assert_snapshot!("vis", written(&timeline, TimelineFormat::Vis));
    let html = written(&timeline, TimelineFormat::Html);
    insta::assert_snapshot!("html", html.split_once("<body>").unwrap().1);
}

#[test]
fn json_is_what_serde_reads() {
    let timeline = hostile_timeline(HOSTILE[5]);
    let entries: Vec<Entry> =
        serde_json::from_str(&written(&timeline, TimelineFormat::Json)).unwrap();
    assert_eq!(entries, timeline.entries);
}

#[test]
fn entries_without_a_year_are_told_not_dropped_in_silence() {
    let timeline = bridge_timeline();
    let value = json(&timeline, TimelineFormat::TimelineJs);
    assert_eq!(
        value["events"].as_array().unwrap().len(),
        timeline.entries.len() - 1
    );
    assert!(
        value["title"]["text"]["text"]
            .as_str()
            .unwrap()
            .contains("1 event without a year left out")
    );
    assert!(written(&timeline, TimelineFormat::Ics).contains("BEGIN:VJOURNAL"));
}

#[test]
fn by_relevance_there_are_no_year_headings() {
    let mut timeline = bridge_timeline();
    timeline.entries.reverse();
    assert!(!written(&timeline, TimelineFormat::Markdown).contains("## "));
    assert!(!written(&timeline, TimelineFormat::Html).contains("<h2>"));
}

#[test]
fn hostile_texts_stay_texts() {
    for text in HOSTILE {
        check(text);
    }
    check(&"long ".repeat(2000));
    check(&"x".repeat(10_000));
}

/// Reads every format of a timeline with this text back.
fn check(text: &str) {
    let timeline = hostile_timeline(text);
    check_svg(&written(&timeline, TimelineFormat::Svg));
    check_csv(&timeline);
    check_ics(&written(&timeline, TimelineFormat::Ics), 2);
    check_html(&written(&timeline, TimelineFormat::Html));
    let js = json(&timeline, TimelineFormat::TimelineJs);
    let headline = js["events"][0]["text"]["headline"].as_str().unwrap();
    assert!(!headline.contains('<'), "{headline}");
    assert_eq!(
        html_escape::decode_html_entities(headline),
        names::visible(text)
    );
    let vis = json(&timeline, TimelineFormat::Vis);
    assert!(!vis[0]["content"].as_str().unwrap().contains('<'));
    let markdown = written(&timeline, TimelineFormat::Markdown);
    let links = markdown.replace("\\]", "");
    assert!(
        links
            .split("](")
            .skip(1)
            .all(|link| link.starts_with("<http")),
        "{markdown}"
    );
    assert!(!markdown.contains("\n<"), "{markdown}");
}

fn check_svg(svg: &str) {
    let mut reader = Reader::from_str(svg);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                assert!(!matches!(
                    start.name().as_ref(),
                    "script" | "a" | "image" | "foreignObject"
                ));
                start
                    .attributes()
                    .for_each(|attribute| drop(attribute.unwrap()));
            }
            _ => {}
        }
    }
}

fn check_csv(timeline: &Timeline) {
    let text = written(timeline, TimelineFormat::Csv);
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), timeline.entries.len());
    for (row, entry) in rows.iter().zip(&timeline.entries) {
        let cell = &row[2];
        assert_eq!(
            cell.strip_prefix('\'')
                .filter(|rest| *rest == entry.title)
                .unwrap_or(cell),
            entry.title
        );
        assert!(
            row.iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])),
            "{row:?}"
        );
    }
}

fn check_ics(ics: &str, entries: usize) {
    assert!(ics.ends_with("END:VCALENDAR\r\n"));
    for line in ics.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
    }
    let unfolded = ics.replace("\r\n ", "");
    for name in ["VEVENT", "VJOURNAL"] {
        let begins = unfolded
            .lines()
            .filter(|line| *line == format!("BEGIN:{name}"))
            .count();
        let ends = unfolded
            .lines()
            .filter(|line| *line == format!("END:{name}"))
            .count();
        assert_eq!(begins, ends);
    }
    assert_eq!(
        unfolded
            .lines()
            .filter(|line| line.starts_with("UID:"))
            .count(),
        entries,
        "{unfolded}"
    );
}

/// Only the tags the writer itself writes, and no attribute that runs anything.
fn check_html(html: &str) {
    let body = html.split_once("<body>").unwrap().1;
    for tag in body.split('<').skip(1) {
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap();
        let known = [
            "main", "h1", "h2", "h3", "p", "section", "ol", "ul", "li", "time", "span", "a", "bdi",
            "details", "summary", "body", "html",
        ];
        assert!(known.contains(&name), "<{tag}");
        let outside_quotes: String = tag.split('"').step_by(2).collect();
        assert!(!outside_quotes.contains("onload"), "<{tag}");
        assert!(!tag.contains("\"javascript:"), "<{tag}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_stays_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_date_is_drawn(dates in prop::collection::vec("-?[0-9X]{4}(-[0-3][0-9]){0,2}[?~]?", 0..8)) {
        let mut timeline = long_timeline(dates.len());
        for (entry, date) in timeline.entries.iter_mut().zip(dates) {
            entry.date = Some(date);
        }
        for format in TimelineFormat::ALL {
            written(&timeline, *format);
        }
        check_ics(&written(&timeline, TimelineFormat::Ics), timeline.entries.len());
    }
}
