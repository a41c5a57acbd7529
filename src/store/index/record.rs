//! What the index keeps of one thing.

use crate::hash;

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// Something that happened.
    Event,
    /// A document.
    Document,
    /// An entity, storyline or concept.
    Name,
}

impl RecordKind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Document => "document",
            Self::Name => "name",
        }
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexRecord {
    /// What it is about.
    pub kind: RecordKind,
    /// The IRI of that.
    pub iri: String,
    /// Exact keys under which it is looked up: name keys, addresses, ids.
    pub keys: Vec<String>,
    /// Terms of its title.
    pub title: String,
    /// Terms of what frames it.
    pub context: String,
    /// Terms of the rest.
    pub body: String,
    /// Of an event, all terms by which a phrase ranks it, as often as they are said; empty for
    /// other kinds.
    pub words: String,
    /// First and last day, as days since 1970-01-01; `None` when nothing is known.
    pub days: Option<(i64, i64)>,
    /// What its owner wants back.
    pub stored: String,
}

/// A record's content as a number.
pub(super) fn fingerprint(record: &IndexRecord) -> u64 {
    let days = record
        .days
        .map_or_else(String::new, |(first, last)| format!("{first} {last}"));
    let keys = record.keys.iter().map(String::as_str);
    // How many keys there are tells them from what follows.
    let count = record.keys.len().to_string();
    let rest = [
        record.kind.word(),
        &record.title,
        &record.context,
        &record.body,
        &record.words,
        &days,
        &record.stored,
        &count,
    ];
    hash::number(rest.into_iter().chain(keys))
}
