use crate::document::{Document, DocumentKind, Section, SectionKind};
use crate::extract::{EventMention, EventOrigin, Status, Tagger, extract};
use crate::span::Span;

/// The events of an article with a title, if it is not empty, and one paragraph.
fn events(title: &str, body: &str, dct: Option<&str>) -> Vec<EventMention> {
    let mut document = Document {
        language: "en".into(),
        text: format!("{title}\n{body}"),
        dct: dct.map(|day| day.parse().unwrap()),
        ..Document::empty(DocumentKind::Article)
    };
    let start = title.len() + 1;
    let parts = [
        (SectionKind::Title, Span::new(0, title.len())),
        (SectionKind::Paragraph, Span::new(start, start + body.len())),
    ];
    let parts = parts.into_iter().filter(|(_, span)| !span.is_empty());
    document.sections = parts.map(|(kind, span)| Section { kind, span }).collect();
    extract(&document, Tagger::shipped(), &|_| false).events
}

fn day(event: &EventMention) -> &str {
    event.time.as_ref().map_or("-", |time| &time.value)
}

#[test]
fn a_headline_is_dated_by_its_own_words() {
    let body = "The port of Oslo lies at the head of a long fjord.";
    for (title, body, dct, expected) in [
        (
            "",
            "Ice sank a ferry in Oslo on 5 May 2020.",
            None,
            "2020-05-05",
        ),
        (
            "",
            "Ice sank a ferry in Oslo on 5 May 2020.",
            Some("2020-05-10"),
            "2020-05-05",
        ),
        (
            "",
            "The great frost began on 3 January 1709.",
            Some("2020-01-01"),
            "1709-01-03",
        ),
        (
            "Ferry sinks off Oslo on Tuesday",
            body,
            Some("2020-05-07"),
            "2020-05-05",
        ),
        (
            "Harbour of the 5 May 2020 fire reopens",
            body,
            Some("2020-06-01"),
            "2020-06-01",
        ),
        (
            "Berg says Oslo will open the port on 9 May",
            body,
            Some("2020-05-07"),
            "2020-05-07",
        ),
        (
            "Ferry may have sunk on 5 May",
            body,
            Some("2020-05-07"),
            "2020-05-07",
        ),
    ] {
        let found = events(title, body, dct);
        assert_eq!(day(&found[0]), expected, "{title} {body}");
        assert_eq!(found.len(), 1, "{title} {body}");
    }
}

#[test]
fn a_headline_of_a_day_to_come_is_a_plan() {
    let found = events(
        "",
        "Oslo opens its new port on 9 May 2020.",
        Some("2020-05-07"),
    );
    assert_eq!(day(&found[0]), "2020-05-09");
    assert_eq!(found[0].standing.status, Status::Planned);
}

#[test]
fn a_short_sentence_that_says_the_same_dates_the_headline() {
    let found = events(
        "Ferry collision in Oslo",
        "Two ferries collided in Oslo on Tuesday.",
        Some("2021-03-04"),
    );
    let all: Vec<_> = found
        .iter()
        .map(|event| (event.origin, day(event)))
        .collect();
    assert_eq!(all, [(EventOrigin::Headline, "2021-03-02")]);
    assert!(found[0].dated_by.is_some());
}

#[test]
fn a_weekday_in_the_headline_fits_the_lede_or_stands() {
    let agrees = events(
        "Ferry sinks in Oslo on Tuesday",
        "The ferry sank off the port of Oslo on 5 May 2020.",
        None,
    );
    assert_eq!(day(&agrees[0]), "2020-05-05");
    let other = events(
        "Ferry sinks in Oslo on Tuesday",
        "The port of Oslo was opened by the king on 5 May 1960, a Thursday.",
        None,
    );
    assert_eq!(day(&other[0]), "XXXX-WXX-2");
}
