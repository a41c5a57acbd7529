//! A [`Document`] in, an [`Extraction`] out: mentions, the entities they name, timexes and event
//! mentions, each with the span of the words it claims.
//!
//! Extraction is a pure function of one document: it knows nothing of other documents, of RDF or
//! of where anything is kept. One file per family of rules.

mod acronym;
mod attribution;
mod coreference;
mod event;
pub mod gazetteer;
mod happening;
mod hash;
mod hyphen;
mod idf;
mod name;
mod nominal;
mod outside;
mod promises;
mod sentence;
mod source_note;
mod tagger;
mod terms;
mod timex;
mod token;

pub use acronym::{AcronymDefinition, find_acronyms};
pub use attribution::{Quotation, QuotationKind};
pub use coreference::LocalEntity;
pub use event::{EventMention, EventOrigin, EventTime, Standing, Status, Written};
pub(crate) use happening::is_flight;
pub use idf::{RAREST, term_weight};
pub(crate) use name::without_possessive;
pub use name::{name_key, written_name};
pub use outside::{OutsideMentions, OutsideMode};
pub use promises::check_promises;
pub use sentence::split_sentences;
pub(crate) use tagger::without_overlap;
pub use tagger::{Corpus, CorpusError, ModelError, Tagger, TrainOptions, TrainReport, train};
pub(crate) use terms::is_number;
pub use terms::terms;
pub use timex::extract_timexes;
pub use token::tokenize;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::{Document, SectionKind};
use crate::span::{Cover, Span};

/// Everything extracted from one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extraction {
    /// Spans that name entities, sorted, not overlapping.
    pub mentions: Vec<Mention>,
    /// The entities they name, in the order of their first mentions.
    pub entities: Vec<LocalEntity>,
    /// Time expressions, sorted, not overlapping.
    pub timexes: Vec<Timex>,
    /// Who says what, sorted by content.
    pub quotations: Vec<Quotation>,
    /// What the document tells, the headline first.
    pub events: Vec<EventMention>,
}

impl Extraction {
    /// Gives back the room that extracting took in advance.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.mentions.shrink_to_fit();
        self.entities.shrink_to_fit();
        self.timexes.shrink_to_fit();
        self.quotations.shrink_to_fit();
        self.events.shrink_to_fit();
        for entity in &mut self.entities {
            entity.name.shrink_to_fit();
            entity.key.shrink_to_fit();
            entity.other_keys.shrink_to_fit();
            entity.mentions.shrink_to_fit();
        }
    }
}

/// Extracts everything from a document. `reads_entry` says whether the title of a listed item
/// (related, version, index item) with this address is to be read for mentions too; entries whose
/// own pages are at hand need not be.
#[must_use]
pub fn extract(
    document: &Document,
    tagger: &Tagger,
    reads_entry: &dyn Fn(&str) -> bool,
) -> Extraction {
    extract_with(document, tagger, None, reads_entry)
}

/// As [`extract`], with mentions that another program found.
#[must_use]
pub fn extract_with(
    document: &Document,
    tagger: &Tagger,
    outside: Option<&OutsideMentions>,
    reads_entry: &dyn Fn(&str) -> bool,
) -> Extraction {
    let prose = prose(document);
    let entries = entry_titles(document, reads_entry);
    let mut parts: Vec<Span> = prose.iter().copied().chain(entries).collect();
    parts.sort_unstable();
    let sentences = sentences_of(document, &parts);
    let own = || tag(&document.text, &document.language, &sentences, tagger);
    let mentions = outside.map_or_else(own, |outside| outside.joined(&parts, own));
    let notes = Cover::of(source_note::find_source_notes(document, &parts));
    let told = |mention: &Mention| !notes.contains(mention.span);
    let mentions = mentions.into_iter().filter(told).collect();
    let mut found = entities(document, &sentences, mentions);
    found.timexes = timexes(document, &prose, document.dct);
    if document.language == "en" {
        let (text, times) = (&document.text, &found.timexes);
        found.quotations =
            attribution::find_quotations(text, &parts, &sentences, &found.mentions, times);
    }
    found.events = with_told(document, &found, event::find_events);
    found
}

/// The extraction of an undated document, its body read again in the light of the day it must have
/// been written on. The headline's event stays as it is: it gave that day.
#[must_use]
pub fn anchor(document: &Document, extraction: &Extraction, written: Written) -> Extraction {
    let mut found = extraction.clone();
    let Some(headline) = found.events.first().cloned() else {
        return found;
    };
    found.timexes = timexes_counted_from(document, written.day);
    let body = with_told(document, &found, |told| {
        event::find_body_events(told, written, &headline)
    });
    found.events = std::iter::once(headline).chain(body).collect();
    found
}

/// The time expressions of a document as they count from a day.
#[must_use]
pub fn timexes_counted_from(document: &Document, day: Date) -> Vec<Timex> {
    timexes(document, &prose(document), Some(day))
}

/// Calls a function with what events are found in.
fn with_told<T>(
    document: &Document,
    found: &Extraction,
    call: impl FnOnce(event::Told<'_>) -> T,
) -> T {
    let prose = prose(document);
    let sentences = sentences_of(document, &prose);
    let speech = attribution::find_speech(&document.text, &prose);
    call(event::Told {
        document,
        sentences: &sentences,
        mentions: &found.mentions,
        timexes: &found.timexes,
        quotations: &found.quotations,
        speech: &speech,
    })
}

/// Extracts mentions and timexes from a plain text, as `annals extract` does.
#[must_use]
pub fn extract_text(
    text: &str,
    language: &str,
    dct: Option<Date>,
    tagger: &Tagger,
) -> (Vec<Mention>, Vec<Timex>) {
    extract_text_with(text, language, dct, tagger, None)
}

/// As [`extract_text`], with mentions that another program found.
#[must_use]
pub fn extract_text_with(
    text: &str,
    language: &str,
    dct: Option<Date>,
    tagger: &Tagger,
    outside: Option<&OutsideMentions>,
) -> (Vec<Mention>, Vec<Timex>) {
    let whole = Span::new(0, text.len());
    let own = || {
        let sentences = split_sentences(text, whole, language);
        tag(text, language, &sentences, tagger)
    };
    let mentions = outside.map_or_else(own, |outside| outside.joined(&[whole], own));
    (mentions, extract_timexes(text, whole, dct))
}

/// The parts that are read for mentions, times and events.
fn prose(document: &Document) -> Vec<Span> {
    let read = |kind| {
        matches!(
            kind,
            SectionKind::Title | SectionKind::Summary | SectionKind::Paragraph
        )
    };
    document
        .sections
        .iter()
        .filter(|s| read(s.kind))
        .map(|s| s.span)
        .collect()
}

fn entry_titles(document: &Document, reads_entry: &dyn Fn(&str) -> bool) -> Vec<Span> {
    let versions = document.versions.iter().map(|v| (v.title, &v.address));
    let related = document.related.iter().map(|r| (r.title, &r.address));
    let items = document.items.iter().map(|i| (i.title, &i.address));
    let entries = versions.chain(related).chain(items);
    entries
        .filter(|(_, address)| reads_entry(address))
        .map(|(title, _)| title)
        .collect()
}

fn sentences_of(document: &Document, parts: &[Span]) -> Vec<Span> {
    let split = |part: &Span| split_sentences(&document.text, *part, &document.language);
    parts.iter().flat_map(split).collect()
}

/// Mentions and the entities they name.
fn entities(document: &Document, sentences: &[Span], mentions: Vec<Mention>) -> Extraction {
    let text = &document.text;
    let acronyms: Vec<_> = sentences
        .iter()
        .flat_map(|s| find_acronyms(text, *s))
        .collect();
    let mut entities = coreference::resolve_coreference(text, &mentions, &acronyms);
    let nominal = nominal::find_nominal_mentions(text, sentences, &mentions, &entities);
    let mentions = with_nominal_mentions(mentions, &mut entities, &nominal);
    Extraction {
        mentions,
        entities,
        ..Extraction::default()
    }
}

/// The tagger reads English only; other languages wait for a model of theirs.
fn tag(text: &str, language: &str, sentences: &[Span], tagger: &Tagger) -> Vec<Mention> {
    if language != "en" {
        return Vec::new();
    }
    let tokens: Vec<Vec<Span>> = sentences.iter().map(|s| tokenize(text, *s)).collect();
    let whole = hyphen::with_whole_names(text, tagger.tag(text, &tokens));
    happening::without_happenings(text, whole)
}

/// Adds mentions like "the ministry" to their entities and keeps mentions sorted.
fn with_nominal_mentions(
    mentions: Vec<Mention>,
    entities: &mut [LocalEntity],
    nominal: &[(Span, usize)],
) -> Vec<Mention> {
    let named = mentions.into_iter().enumerate();
    let named = named.map(|(place, mention)| (mention, Origin::Named(place)));
    let described = nominal.iter().map(|&(span, entity)| {
        let kind = entities[entity].kind;
        (Mention { span, kind }, Origin::Described(entity))
    });
    let mut all: Vec<(Mention, Origin)> = described.chain(named).collect();
    all.sort_by_key(|(mention, _)| mention.span);
    let mut places = vec![0; all.len()];
    for (place, (_, origin)) in all.iter().enumerate() {
        if let Origin::Named(old) = origin {
            places[*old] = place;
        }
    }
    for member in entities.iter_mut().flat_map(|e| &mut e.mentions) {
        *member = places[*member];
    }
    for (place, (_, origin)) in all.iter().enumerate() {
        if let Origin::Described(entity) = origin {
            entities[*entity].mentions.push(place);
        }
    }
    for entity in entities {
        entity.mentions.sort_unstable();
    }
    all.into_iter().map(|(mention, _)| mention).collect()
}

/// Where a mention comes from: the place it had among the names, or the entity it describes.
enum Origin {
    Named(usize),
    Described(usize),
}

fn timexes(document: &Document, parts: &[Span], dct: Option<Date>) -> Vec<Timex> {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return Vec::new();
    };
    if document.language != "en" {
        return Vec::new();
    }
    // In one pass, so that "the next day" finds the day before it in an earlier paragraph.
    let mut timexes = extract_timexes(&document.text, Span::new(first.start, last.end), dct);
    timexes.retain(|timex| {
        let part = parts.partition_point(|part| part.end < timex.span.end);
        parts
            .get(part)
            .is_some_and(|part| part.contains(timex.span))
    });
    timexes
}

/// The kinds of entity Annals tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A geographical or geopolitical place, or a facility.
    Place,
    /// A company, party, armed group, agency or other body.
    Organization,
}

impl EntityKind {
    /// Its word, as ids, records and gold files have it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
        }
    }
}

/// A span that names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// The surface form's place in the text.
    pub span: Span,
    /// What kind of entity it names.
    pub kind: EntityKind,
}

/// The types of TIMEX3 (TimeML 1.2.1, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A calendar time of a day or longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// The expression's place in the text.
    pub span: Span,
    /// Its TIMEX3 type.
    pub kind: TimexKind,
    /// Its TIMEX3 value (`2017-12-11`, `2016-SU`, `P2Y`, `XXXX-03-27`). A component that neither the
    /// expression nor the document date fixes is `X`.
    pub value: String,
}
