//! What an event mention is known by when tellings are compared: the wording of its opening, whom
//! and what places it names, its days, its figures and the kind of happening.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use unicode_segmentation::UnicodeSegmentation;

use super::focus::{core, foreground, is_further, kinds};
use super::ground::Ground;
use super::nodes::{Key, Node};
use super::substance::Substance;
use super::trigger::Kinds;
use crate::document::{Document, SectionKind};
use crate::extract::{EntityKind, EventOrigin, TimexKind, terms};
use crate::resolve::Reading;
use crate::resolve::figures::{counted_figures, is_toll};
use crate::resolve::meaning::Meaning;
use crate::resolve::similarity::{Signature, TermSet, with_full_names};
use crate::span::Span;

/// Prose read of a report beside its title, in bytes: news says first what happened (inverted
/// pyramid). About three sentences: with five, long articles that recount an event joined it.
const OPENING_BYTES: usize = 450;

/// Months that are words of other meanings as well.
const MONTHS: [&str; 2] = ["March", "May"];

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
    /// What its words mean together.
    pub(super) meaning: Meaning,
    /// The words of its title, and those of the foreground of title and first sentence.
    pub(super) title: Signature,
    pub(super) foreground: Signature,
    /// Stems of the names of people (surnames), places, and bodies.
    pub(super) names: [TermSet; 3],
    /// Those of all three that stand in its title and first sentence, and people of its title.
    pub(super) core_names: TermSet,
    pub(super) title_people: TermSet,
    /// Where it happened.
    pub(super) ground: Ground,
    /// Days it speaks of, as TIMEX3 values, in text order.
    pub(super) days: Vec<String>,
    /// Its figures.
    pub(super) figures: Figures,
    /// What the foreground of its title and first sentence tells of, and what that of its title does.
    pub(super) kinds: Kinds,
    pub(super) title_kinds: Kinds,
    /// Whether it says that its happening is not the first of its kind.
    pub(super) is_further: bool,
    /// What it says beside where, when and how many.
    pub(super) substance: Substance,
}

/// The figures of a telling.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// By the stems of what they count; tolls, which are revised from day to day, left out.
    pub(super) counted: BTreeMap<String, Vec<u64>>,
    /// Those that two stories seldom share by chance: above a dozen, and no year.
    pub(super) large: BTreeSet<u64>,
    /// Numbers of victims, from three on.
    pub(super) tolls: BTreeSet<u64>,
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
    let text = undated(reading, &parts);
    let core = core(&reading.document, &parts);
    let core_text = undated(reading, &core);
    let title = undated(reading, &[mention.words]);
    let title = title.trim();
    let names = Names::of(reading, &parts, &core);
    let stems = terms(&with_full_names(&text));
    let wording = Signature::counting(stems.clone());
    let kinds_all = names.kinds.map(TermSet::new);
    let is_name = |term: &String| kinds_all.iter().any(|set| set.contains(term));
    let is_plain =
        |term: &String| !is_name(term) && !term.starts_with(|c: char| c.is_ascii_digit());
    let plain = Signature::counting(stems.into_iter().filter(is_plain).collect());
    let mut ground = names.ground;
    core_text
        .unicode_words()
        .for_each(|word| ground.add_word(word));
    Some(Account {
        node: index,
        date: node.date,
        value: time.map(|time| time.value.clone()),
        is_page,
        is_stated: is_page || time.is_some_and(|time| time.words.is_some()),
        days: days(reading, &parts),
        figures: figures(&text),
        kinds: kinds(&core_text),
        title_kinds: kinds(title),
        is_further: is_further(&core_text),
        substance: Substance::of(&text),
        meaning: Meaning::of(&text),
        title: Signature::of(title),
        foreground: Signature::of(&foreground(&core_text).join(" ")),
        core_names: TermSet::new(names.core),
        title_people: TermSet::new(names.title_people),
        names: kinds_all,
        ground,
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

/// The words of some parts, without the dates of the calendar in them: that two reports of one day write it
/// out does not make them more alike, 4 is no figure of theirs, and nobody marches in March. Days are compared
/// by themselves.
fn undated(reading: &Reading, parts: &[Span]) -> String {
    let document = &reading.document;
    let is_calendar = |span: &Span| {
        let words = document.words(*span);
        words.contains(|c: char| c.is_ascii_digit()) || MONTHS.contains(&words)
    };
    let timexes = reading.extraction.timexes.iter();
    let dates = timexes.filter(|timex| timex.kind == TimexKind::Date);
    let mut dates: Vec<Span> = dates.map(|timex| timex.span).filter(is_calendar).collect();
    dates.sort_unstable_by_key(|span| span.start);
    let without = |part: &Span| {
        let mut kept = String::new();
        let mut at = part.start;
        for date in dates.iter().filter(|date| part.contains(**date)) {
            if date.start >= at {
                kept.push_str(document.words(Span::new(at, date.start)));
                at = date.end;
            }
        }
        kept + document.words(Span::new(at, part.end))
    };
    let words: Vec<String> = parts.iter().map(without).collect();
    words.join("\n")
}

/// The names of a telling, as stems, and where they stand.
#[derive(Default)]
struct Names {
    kinds: [Vec<String>; 3],
    core: Vec<String>,
    title_people: Vec<String>,
    ground: Ground,
}

impl Names {
    /// The names in some parts of a document, of which `core` are those about the happening, the
    /// title first.
    fn of(reading: &Reading, parts: &[Span], core: &[Span]) -> Self {
        let mut names = Self::default();
        let holds = |spans: &[Span], span| spans.iter().any(|part: &Span| part.contains(span));
        for mention in &reading.extraction.mentions {
            if !holds(parts, mention.span) {
                continue;
            }
            let name = reading.document.words(mention.span);
            let mut stems = terms(name);
            let is_core = holds(core, mention.span);
            let kind = match mention.kind {
                EntityKind::Person => {
                    stems = stems.pop().into_iter().collect();
                    if holds(&core[..1], mention.span) {
                        names.title_people.extend(stems.clone());
                    }
                    0
                }
                EntityKind::Place => {
                    names.ground.add(name, is_core);
                    1
                }
                EntityKind::Organization => 2,
            };
            if is_core {
                names.core.extend(stems.clone());
            }
            names.kinds[kind].extend(stems);
        }
        names
    }
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

fn figures(text: &str) -> Figures {
    let mut figures = Figures::default();
    for figure in counted_figures(text) {
        let value = figure.value;
        if value > 12 && !(1900..=2100).contains(&value) {
            figures.large.insert(value);
        }
        if figure.counted.iter().any(|stem| is_toll(stem)) {
            if value > 2 {
                figures.tolls.insert(value);
            }
            continue;
        }
        for stem in figure.counted {
            figures.counted.entry(stem).or_default().push(value);
        }
    }
    figures
}
