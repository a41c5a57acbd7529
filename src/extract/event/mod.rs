//! Event mentions: which words of a document tell of something that happened, when, on whose word,
//! and whether it happened at all.
//!
//! An archive page tells one event in its headline and names others in its lists. An article tells
//! one event in its headline and lede, and others in sentences that carry a date of their own.
//! Few and right is preferred to many.

mod article;
mod page;
mod status;
mod time;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use status::Status;

use super::{Mention, Quotation, Timex};
use crate::document::{Document, DocumentKind};
use crate::span::Span;

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
    /// Whether it happened, as these words have it.
    pub standing: Standing,
}

/// What the words of a telling say of whether it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Told as a fact, on somebody's word, as a plan, as a possibility, or as not so.
    pub status: Status,
    /// The words that say so ("will", "denied"); none for what is asserted or merely attributed.
    pub cue: Option<Span>,
    /// Index of the quotation that tells it, into the document's.
    pub quotation: Option<usize>,
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
    /// The day that the words were counted from, when the document does not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<Date>,
}

/// What of a document events are found in.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) document: &'a Document,
    /// The sentences of its prose, in order.
    pub(super) sentences: &'a [Span],
    pub(super) mentions: &'a [Mention],
    pub(super) timexes: &'a [Timex],
    pub(super) quotations: &'a [Quotation],
    /// What stands between quotation marks as somebody's speech.
    pub(super) speech: &'a [Span],
}

/// Finds the event mentions of a document.
#[must_use]
pub(super) fn find_events(told: Told<'_>) -> Vec<EventMention> {
    match told.document.kind {
        DocumentKind::DayIndex => page::items(told),
        DocumentKind::EventPage => page::page(told),
        DocumentKind::Article => article::article(told),
    }
}

/// The day that an undated article must have been written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// That day.
    pub day: Date,
    /// The day of the event in its headline, from which it follows.
    pub event: Date,
}

/// The body events of an article, counted from a day that the article itself does not state.
#[must_use]
pub(super) fn find_body_events(
    told: Told<'_>,
    from: Written,
    headline: &EventMention,
) -> Vec<EventMention> {
    article::body(told, Some(from), headline)
}

fn at(date: Option<Date>) -> Option<EventTime> {
    date.map(|date| EventTime {
        value: date.to_string(),
        words: None,
        counted_from: None,
    })
}
