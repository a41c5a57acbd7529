//! What an event mention is known by when tellings are compared: the wording of its opening, whom
//! and what places it names, its days, its figures and the kind of happening.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::nodes::{Key, Node};
use super::trigger::Kinds;
use crate::document::{Document, SectionKind};
use crate::extract::{EntityKind, EventOrigin, TimexKind, terms};
use crate::resolve::Reading;
use crate::resolve::figures::{counted_figures, is_toll};
use crate::resolve::similarity::{Signature, TermSet, with_full_names};
use crate::span::Span;

/// Prose read of a report beside its title, in bytes: news says first what happened (inverted
/// pyramid). About five sentences; a guess.
const OPENING_BYTES: usize = 900;

/// One telling's account of its event.
#[derive(Debug)]
pub(super) struct Account {
    /// Index of the node it stands for.
    pub(super) node: usize,
    /// The day of the event, where it is complete: told, else that of the document.
    pub(super) date: Option<Date>,
    /// The TIMEX3 value the telling gives, complete or not.
    pub(super) value: Option<String>,
    /// Whether it is an item of an archive rather than an article.
    pub(super) is_page: bool,
    /// Whether the telling itself gives its day, as pages do and articles that name one.
    pub(super) is_stated: bool,
    /// Its words.
    pub(super) wording: Signature,
    /// Its words without names and figures.
    pub(super) plain: Signature,
    /// Stems of the names of people (surnames), places, and bodies.
    pub(super) names: [TermSet; 3],
    /// Days it speaks of, as TIMEX3 values, in text order.
    pub(super) days: Vec<String>,
    /// Figures by the stems of what they count; tolls, which are revised from day to day, left out.
    pub(super) figures: BTreeMap<String, Vec<u64>>,
    /// What its title and first sentence tell of, and what its title alone does.
    pub(super) kinds: Kinds,
    pub(super) title_kinds: Kinds,
}

/// The account of a node: of its headline, else of its first entry; none for a sentence of a body.
pub(super) fn account(readings: &[Reading], index: usize, node: &Node) -> Option<Account> {
    let headline = node
        .tellings
        .iter()
        .find(|t| t.of(readings).origin == EventOrigin::Headline);
    let telling = match (&node.key, headline) {
        (_, Some(headline)) => *headline,
        (Key::Address(_), None) => *node.tellings.first()?,
        (Key::Told(..), None) => return None,
    };
    let reading = &readings[telling.reading];
    let mention = telling.of(readings);
    let time = mention.time.as_ref();
    let is_page = matches!(node.key, Key::Address(_));
    let parts = opening(&reading.document, mention.words, mention.origin);
    let text = joined(&reading.document, &parts);
    let names = names(reading, &parts);
    let stems = terms(&with_full_names(&text));
    let wording = Signature::counting(stems.clone());
    let is_name = |term: &String| names.iter().any(|set| set.contains(term));
    let is_plain =
        |term: &String| !is_name(term) && !term.starts_with(|c: char| c.is_ascii_digit());
    let plain = Signature::counting(stems.into_iter().filter(is_plain).collect());
    Some(Account {
        node: index,
        date: node.date,
        value: time.map(|time| time.value.clone()),
        is_page,
        is_stated: is_page || time.is_some_and(|time| time.words.is_some()),
        days: days(reading, &parts),
        figures: figures(&text),
        kinds: Kinds::of(&first_sentences(&text)),
        title_kinds: Kinds::of(reading.document.words(mention.words)),
        names,
        wording,
        plain,
    })
}

/// Title and opening of a document, or just the words of a listed entry.
fn opening(document: &Document, words: Span, origin: EventOrigin) -> Vec<Span> {
    let mut parts = vec![words];
    if origin != EventOrigin::Headline {
        return parts;
    }
    let mut left = OPENING_BYTES;
    let prose = document
        .sections
        .iter()
        .filter(|s| matches!(s.kind, SectionKind::Summary | SectionKind::Paragraph));
    for section in prose {
        let mut span = section.span;
        if span.start < words.end && words.overlaps(span) {
            span = Span::new(words.end, span.end.max(words.end));
        }
        let text = document.words(span);
        let end = text.floor_char_boundary(left.min(text.len()));
        left -= end;
        parts.push(Span::new(span.start, span.start + end));
        if left == 0 {
            break;
        }
    }
    parts
}

fn joined(document: &Document, parts: &[Span]) -> String {
    let words: Vec<&str> = parts.iter().map(|part| document.words(*part)).collect();
    words.join("\n")
}

/// The title and what follows it up to the end of a sentence.
fn first_sentences(text: &str) -> String {
    let mut parts = text.split('\n').filter(|part| !part.trim().is_empty());
    let title = parts.next().unwrap_or_default();
    let next = parts.next().unwrap_or_default();
    let first = next.split(". ").next().unwrap_or_default();
    format!("{title} {first}")
}

fn names(reading: &Reading, parts: &[Span]) -> [TermSet; 3] {
    let mut names: [Vec<String>; 3] = Default::default();
    for mention in &reading.extraction.mentions {
        if !parts.iter().any(|part| part.contains(mention.span)) {
            continue;
        }
        let mut stems = terms(reading.document.words(mention.span));
        let place = match mention.kind {
            EntityKind::Person => {
                stems = stems.pop().into_iter().collect();
                0
            }
            EntityKind::Place => 1,
            EntityKind::Organization => 2,
        };
        names[place].extend(stems);
    }
    names.map(TermSet::new)
}

fn days(reading: &Reading, parts: &[Span]) -> Vec<String> {
    let timexes = reading.extraction.timexes.iter();
    let told = timexes.filter(|timex| {
        matches!(timex.kind, TimexKind::Date | TimexKind::Time)
            && parts.iter().any(|part| part.contains(timex.span))
    });
    let days = told.filter_map(|timex| {
        let day = timex.value.split('T').next()?;
        (day.split('-').count() == 3).then(|| day.to_owned())
    });
    days.collect()
}

fn figures(text: &str) -> BTreeMap<String, Vec<u64>> {
    let mut figures: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for figure in counted_figures(text) {
        if figure.counted.iter().any(|stem| is_toll(stem)) {
            continue;
        }
        for stem in figure.counted {
            figures.entry(stem).or_default().push(figure.value);
        }
    }
    figures
}
