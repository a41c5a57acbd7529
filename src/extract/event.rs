//! Event mentions: which words of a document tell of something that happened, and when.
//!
//! An archive page tells one event in its headline and names others in its lists. An article tells
//! one event in its headline and lede, and others in sentences that carry a date of their own.
//! Few and right is preferred to many: a sentence of the body counts only when it states a day, as
//! the time of what it tells, and names somebody or somewhere.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Mention, Timex, TimexKind};
use crate::document::{Document, DocumentKind, SectionKind};
use crate::span::Span;

/// Sentences in which an article's headline event may state its date (inverted-pyramid style: who,
/// what, when in the lede; three is a guess).
const LEDE_SENTENCES: usize = 3;

/// Words that tell of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMention {
    /// Which part of the document tells it.
    pub origin: EventOrigin,
    /// The headline, list entry or sentence.
    pub words: Span,
    /// The sentence that dates it, when it is not `words` itself.
    pub dated_by: Option<Span>,
    /// When, as the document has it.
    pub time: Option<EventTime>,
}

/// Which part of a document tells an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventOrigin {
    /// The headline.
    Headline,
    /// An entry of the page's list of versions, by its place from 0.
    Version(usize),
    /// An entry of the page's list of related items, by its place from 0.
    Related(usize),
    /// An entry of a day index, by its place from 0.
    Item(usize),
    /// A sentence of the body, by its place among the body's sentences from 0.
    Body(usize),
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTime {
    /// A TIMEX3 value; components that nothing fixes are `X`.
    pub value: String,
    /// The words that say so; `None` when it is the document's own date.
    pub words: Option<Span>,
}

/// Finds the event mentions of a document. `sentences` are those of its prose in order, `mentions`
/// and `timexes` those found in it.
#[must_use]
pub(super) fn find_events(
    document: &Document,
    sentences: &[Span],
    mentions: &[Mention],
    timexes: &[Timex],
) -> Vec<EventMention> {
    match document.kind {
        DocumentKind::DayIndex => items(document),
        DocumentKind::EventPage => headline_of_page(document)
            .into_iter()
            .chain(listed(document))
            .collect(),
        DocumentKind::Article => article(document, sentences, mentions, timexes),
    }
}

fn headline_of_page(document: &Document) -> Option<EventMention> {
    let words = document.section(SectionKind::Title)?;
    Some(EventMention {
        origin: EventOrigin::Headline,
        words,
        dated_by: None,
        time: at(document.dct),
    })
}

/// The versions and related items a page lists.
fn listed(document: &Document) -> impl Iterator<Item = EventMention> + '_ {
    let versions = document.versions.iter().enumerate();
    let versions = versions.map(|(i, v)| entry(EventOrigin::Version(i), v.title, &v.address));
    let related = document.related.iter().enumerate();
    versions.chain(related.map(|(i, r)| entry(EventOrigin::Related(i), r.title, &r.address)))
}

fn items(document: &Document) -> Vec<EventMention> {
    let items = document.items.iter().enumerate();
    items
        .map(|(i, item)| {
            let mut told = entry(EventOrigin::Item(i), item.title, &item.address);
            told.time = told.time.or_else(|| at(document.dct));
            told
        })
        .collect()
}

fn entry(origin: EventOrigin, words: Span, address: &str) -> EventMention {
    let time = at(Document::date_of_address(address));
    EventMention {
        origin,
        words,
        dated_by: None,
        time,
    }
}

fn at(date: Option<Date>) -> Option<EventTime> {
    date.map(|date| EventTime {
        value: date.to_string(),
        words: None,
    })
}

fn article(
    document: &Document,
    sentences: &[Span],
    mentions: &[Mention],
    timexes: &[Timex],
) -> Vec<EventMention> {
    let title = document.section(SectionKind::Title);
    let body: Vec<Span> = sentences
        .iter()
        .copied()
        .filter(|s| title.is_none_or(|title| !title.overlaps(*s)))
        .collect();
    let Some(words) = title.or(body.first().copied()) else {
        return Vec::new();
    };
    let dated: Vec<Option<EventTime>> = body
        .iter()
        .map(|sentence| told_time(document, *sentence, mentions, timexes))
        .collect();
    let lede = dated.iter().take(LEDE_SENTENCES).position(Option::is_some);
    let stated = lede.and_then(|place| dated[place].clone());
    let headline = EventMention {
        origin: EventOrigin::Headline,
        words,
        dated_by: lede.map(|place| body[place]),
        time: stated.or_else(|| at(document.dct)),
    };
    let headline_value = headline.time.as_ref().map(|time| time.value.clone());
    let others = body
        .iter()
        .zip(dated)
        .enumerate()
        .skip(lede.map_or(0, |place| place + 1));
    let others = others.filter_map(|(place, (sentence, time))| {
        let time = time.filter(|time| is_calendar_day(&time.value))?;
        (Some(&time.value) != headline_value.as_ref()).then_some(EventMention {
            origin: EventOrigin::Body(place),
            words: *sentence,
            dated_by: None,
            time: Some(time),
        })
    });
    std::iter::once(headline).chain(others).collect()
}

/// The day on which a sentence says that what it tells happened.
fn told_time(
    document: &Document,
    sentence: Span,
    mentions: &[Mention],
    timexes: &[Timex],
) -> Option<EventTime> {
    let text = &document.text;
    let named = mentions
        .iter()
        .any(|mention| sentence.contains(mention.span));
    if !named || is_not_yet(sentence.of(text)) {
        return None;
    }
    let inside = timexes.iter().filter(|timex| sentence.contains(timex.span));
    let mut days = inside
        .filter(|t| t.kind != TimexKind::Duration && t.kind != TimexKind::Set && is_day(&t.value));
    let timex = days.find(|timex| is_adverbial(&text[sentence.start..timex.span.start]))?;
    let day = timex
        .value
        .split('T')
        .next()
        .unwrap_or(&timex.value)
        .to_owned();
    Some(EventTime {
        value: day,
        words: Some(timex.span),
    })
}

/// `2017-12-11`, `XXXX-03-27`, `XXXX-WXX-1`, `XXXX-XX-XX` and their times of day.
fn is_day(value: &str) -> bool {
    value
        .split('T')
        .next()
        .is_some_and(|day| day.split('-').count() == 3)
}

/// A day with at least its month and day known.
fn is_calendar_day(value: &str) -> bool {
    is_day(value) && !value.contains('W') && !value.ends_with("XX")
}

/// Whether the words before a time expression leave it to say when, rather than name something
/// ("the communiqué of 30 June", "since Monday", "until 1 May").
fn is_adverbial(before: &str) -> bool {
    let word = before.split_whitespace().next_back().unwrap_or("");
    let word = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let apart = [
        "of", "from", "since", "until", "till", "by", "to", "dated", "for", "before", "after",
        "between",
    ];
    !apart.contains(&word.as_str())
}

/// Whether a sentence speaks of plans, hopes or duties.
fn is_not_yet(sentence: &str) -> bool {
    const CUES: [&str; 9] = [
        " will ",
        " would ",
        " shall ",
        " is due to ",
        " are due to ",
        " plans to ",
        " plan to ",
        " is expected to ",
        " are expected to ",
    ];
    CUES.iter().any(|cue| sentence.contains(cue))
}
