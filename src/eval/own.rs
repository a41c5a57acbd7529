//! Annals' own answers: the texts of a gold file in, what Annals reads in them out, in the form that
//! the scorers take.

use rayon::prelude::*;

use super::events::EventSpan;
use super::lines::Row;
use super::ner::{EntityRow, NerRow};
use super::timex::{TimexRow, TimexSpan};
use super::{EvalError, EventRow, Lines};
use crate::document::{Document, DocumentKind, Section, SectionKind};
use crate::extract::{EntityKind, EventMention, Extraction, Tagger, extract, extract_text};
use crate::span::{CodePoints, Span};

/// The name under which Annals' answers appear in messages.
const OWN: &str = "Annals' own answers";

/// Finds the names in the texts of a gold file.
#[must_use]
pub fn find_names(gold: &Lines<NerRow>, tagger: &Tagger) -> Lines<NerRow> {
    let read = |row: &Row<NerRow>| {
        let text = row.value.text.as_deref().unwrap_or("");
        let points = CodePoints::new(text);
        let entity = |mention: &crate::extract::Mention| EntityRow {
            start: points.of_byte(mention.span.start),
            end: points.of_byte(mention.span.end),
            kind: mention.kind.word().to_owned(),
            ..EntityRow::default()
        };
        NerRow {
            id: row.value.id.clone(),
            text: None,
            entities: extract_text(text, "en", None, tagger)
                .0
                .iter()
                .map(entity)
                .collect(),
        }
    };
    Lines::of(OWN, gold.rows.par_iter().map(read).collect::<Vec<_>>())
}

/// Finds the time expressions in the texts of a gold file.
///
/// # Errors
/// When a `dct` is no date.
pub fn find_timexes(gold: &Lines<TimexRow>) -> Result<Lines<TimexRow>, EvalError> {
    let read = |row: &Row<TimexRow>| {
        let text = row.value.text.as_deref().unwrap_or("");
        let points = CodePoints::new(text);
        let dct = date(gold, row.line, row.value.dct.as_deref())?;
        let timexes = crate::extract::extract_timexes(text, Span::new(0, text.len()), dct);
        let span = |timex: crate::extract::Timex| TimexSpan {
            start: points.of_byte(timex.span.start),
            end: points.of_byte(timex.span.end),
            kind: Some(timex.kind),
            value: Some(timex.value),
        };
        Ok(TimexRow {
            id: row.value.id.clone(),
            text: None,
            dct: None,
            timexes: timexes.into_iter().map(span).collect(),
        })
    };
    let rows: Result<Vec<_>, EvalError> = gold.rows.par_iter().map(read).collect();
    Ok(Lines::of(OWN, rows?))
}

/// Finds what the texts of a gold file tell. Each is read as an article.
///
/// # Errors
/// When a `dct` is no date.
pub fn find_events(gold: &Lines<EventRow>, tagger: &Tagger) -> Result<Lines<EventRow>, EvalError> {
    let read = |row: &Row<EventRow>| {
        let mut document = article(row.value.text.as_deref().unwrap_or(""));
        document.dct = date(gold, row.line, row.value.dct.as_deref())?;
        let extraction = extract(&document, tagger, &|_| false);
        let points = CodePoints::new(&document.text);
        let told = |event: &EventMention| told(&document, &extraction, &points, event);
        Ok(EventRow {
            id: row.value.id.clone(),
            text: None,
            dct: None,
            events: extraction.events.iter().map(told).collect(),
        })
    };
    let rows: Result<Vec<_>, EvalError> = gold.rows.par_iter().map(read).collect();
    Ok(Lines::of(OWN, rows?))
}

/// An event mention with the names in its sentence, its standing, and on whose word it is told.
fn told(
    document: &Document,
    extraction: &Extraction,
    points: &CodePoints,
    event: &EventMention,
) -> EventSpan {
    let names = |wanted: fn(EntityKind) -> bool| {
        let inside = extraction
            .mentions
            .iter()
            .filter(|mention| wanted(mention.kind) && event.words.contains(mention.span));
        Some(
            inside
                .map(|mention| document.words(mention.span).to_owned())
                .collect(),
        )
    };
    EventSpan {
        start: points.of_byte(event.words.start),
        end: points.of_byte(event.words.end),
        date: event.time.as_ref().map(|time| time.value.clone()),
        participants: names(|kind| kind != EntityKind::Place),
        places: names(|kind| kind == EntityKind::Place),
        attribution: attribution(document, extraction, event),
        status: Some(event.standing.status.word().to_owned()),
    }
}

/// The name of the one on whose word an event is told, else the text's words for the speaker.
fn attribution(
    document: &Document,
    extraction: &Extraction,
    event: &EventMention,
) -> Option<String> {
    let quotation = &extraction.quotations[event.standing.quotation?];
    let named = quotation
        .mention
        .map(|mention| extraction.mentions[mention].span);
    Some(
        document
            .words(named.unwrap_or(quotation.speaker))
            .to_owned(),
    )
}

/// A text as an article, without changing a character of it: a paragraph a line, and a first line
/// without a stop at its end is the headline.
fn article(text: &str) -> Document {
    let mut document = Document::empty(DocumentKind::Article);
    text.clone_into(&mut document.text);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let is_headline = document.sections.is_empty()
            && line.ends_with('\n')
            && !words.ends_with(['.', '!', '?', '”', '"']);
        if !words.trim().is_empty() {
            document.sections.push(Section {
                kind: if is_headline {
                    SectionKind::Title
                } else {
                    SectionKind::Paragraph
                },
                span: Span::new(start, start + words.len()),
            });
        }
        start += line.len();
    }
    document
}

fn date<T>(
    gold: &Lines<T>,
    line: usize,
    dct: Option<&str>,
) -> Result<Option<jiff::civil::Date>, EvalError> {
    let Some(dct) = dct.filter(|dct| !dct.is_empty()) else {
        return Ok(None);
    };
    let day = dct.get(..10).unwrap_or(dct);
    let bad = |error| {
        gold.error(
            line,
            format!("dct {dct:?}: {error}"),
            "write it as \"2017-12-11\"",
        )
    };
    day.parse().map(Some).map_err(bad)
}
