//! What a run did, in figures.

use serde::{Deserialize, Serialize};

use super::Counts;
use super::catalogue::{Change, Settled};
use crate::document::{DiagnosticCode, Document, Format, RawDocument, Refusal};
use crate::journal::Record;
use crate::store::{Index, StoreError};

/// The report of an ingest: what became of the documents, and what the store holds now.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// What became of the documents of this run.
    pub documents: DocumentCounts,
    /// Documents of this run whose names an outside extractor found.
    #[serde(skip_serializing_if = "is_zero")]
    pub read_outside: usize,
    /// Documents in the store whose answer from an outside extractor fits their text no more.
    #[serde(skip_serializing_if = "is_zero")]
    pub unfit_answers: usize,
    /// Documents in the store that nothing is derived from: they can be read no more, or break what reads
    /// them.
    #[serde(skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// Events in the store.
    pub events: usize,
    /// People, places, organizations, storylines and concepts in the store.
    pub entities: usize,
    /// Pairs of events that are stated as related, each counted once.
    pub related: usize,
    /// Pairs of events that are found to be related.
    pub inferred: usize,
    /// Events with what frames them: distinct pairs.
    pub context: usize,
    /// Documents that supersede another.
    pub supersedes: usize,
    /// Quads in the graph.
    pub quads: usize,
    /// Documents in the store whose links with the others wait for a consolidation.
    #[serde(skip_serializing_if = "is_zero")]
    pub waiting: usize,
    /// Whether reading was broken off; what was read before is kept.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_interrupted: bool,
    /// Wall time of the run in seconds.
    pub seconds: f64,
    /// What was not read, and why.
    pub refusals: Vec<Refusal>,
    /// What documents that were read say of themselves and cannot be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// Something that a document which was read says of itself and that cannot be, such as a 13th month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The path as in [`Refusal::path`].
    pub path: String,
    /// The line as in [`Refusal::part`].
    pub part: Option<usize>,
    /// What it is, as a lower-case fragment.
    pub what: String,
}

/// Whether a count has nothing to say: reports without outside extractors do not speak of them.
pub(super) fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// What became of the documents of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentCounts {
    /// Not seen before.
    pub new: usize,
    /// A new version of one that was there.
    pub changed: usize,
    /// There already, with the same content.
    pub unchanged: usize,
    /// Not readable.
    pub refused: usize,
}

impl DocumentCounts {
    pub(super) fn add(&mut self, change: Change) {
        match change {
            Change::New => self.new += 1,
            Change::Changed => self.changed += 1,
            Change::Unchanged => self.unchanged += 1,
        }
    }
}

impl Report {
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.documents.refused += 1;
        self.refusals.push(refusal);
    }

    /// Notes a date that a JSON document gives and that is none: it was meant, and the document is undated.
    pub(super) fn remark(&mut self, raw: &RawDocument, document: &Document) {
        if raw.format != Format::JsonLines {
            return;
        }
        let wrong = document.diagnostics.iter();
        let wrong = wrong.filter(|diagnostic| diagnostic.code == DiagnosticCode::NoDate);
        self.remarks.extend(wrong.map(|diagnostic| Remark {
            path: raw.path.clone(),
            part: raw.part,
            what: diagnostic.message.clone(),
        }));
    }

    /// Counts readings that were put off; returns what the journal has to learn.
    pub(super) fn settle(&mut self, settled: Settled) -> Vec<Record> {
        self.documents.unchanged += settled.unchanged;
        self.documents.changed += settled.came_back.len();
        let came_back = settled.came_back.into_iter();
        came_back.map(Record::Document).collect()
    }

    /// Takes over the figures that were noted when the store was last written.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn count(&mut self, index: &Index) -> Result<(), StoreError> {
        let noted = Noted::of(index)?;
        self.set(noted.counts, noted.quads);
        self.waiting = noted.waiting;
        Ok(())
    }

    pub(super) fn set(&mut self, counts: Counts, quads: usize) {
        self.events = counts.events;
        self.entities = counts.entities;
        self.related = counts.related;
        self.inferred = counts.inferred;
        self.context = counts.context;
        self.supersedes = counts.supersedes;
        self.unfit_answers = counts.unfit_answers;
        self.left_out = counts.left_out;
        self.quads = quads;
    }
}

/// The figures of a store, noted beside what they count.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Noted {
    pub(super) counts: Counts,
    pub(super) quads: usize,
    /// Documents that wait for a consolidation.
    #[serde(default)]
    pub(super) waiting: usize,
}

impl Noted {
    /// What was noted when an index was last written.
    pub(super) fn of(index: &Index) -> Result<Self, StoreError> {
        Ok(serde_json::from_str(&index.note()?).unwrap_or_default())
    }

    /// The figures as a note.
    pub(super) fn written(self) -> String {
        serde_json::to_string(&self).expect("numbers are JSON")
    }
}
