//! Everything that follows from the documents held: readings, their resolution, quads and index
//! records.
//!
//! Quads and records are made when they are asked for, some thousand at a time: an archive's would
//! not fit into memory.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::batch::Batch;
use super::catalogue::{Catalogue, Role};
use super::outside;
use super::records::{self, Maker};
use crate::decision::Decision;
use crate::document::{RawDocument, Refusal};
use crate::extract::{Tagger, extract_with};
use crate::id::DocumentId;
use crate::journal::{JournalError, Record};
use crate::rdf::vocab::annals;
use crate::rdf::{
    Namespace, decision_quads, document_quads, entity_quads, link_quads, storyline_quads,
};
use crate::resolve::{
    Established, Nothing, Reading, Resolution, anchor_undated, entity_of_mention, resolve_beside,
};
use crate::store::{Derived, IndexRecord, Store, StoreError};

/// Most documents that are taken from the journal and read together.
const BATCH: usize = 4096;

/// What follows from a set of documents.
#[derive(Debug)]
pub struct Derivation {
    namespace: Namespace,
    readings: Vec<Reading>,
    resolution: Resolution,
    decisions: Vec<Decision>,
    unfit_answers: usize,
    left_out: Vec<DocumentId>,
}

/// What a derivation holds, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Events.
    pub events: usize,
    /// People, places, organizations, storylines and concepts.
    pub entities: usize,
    /// Pairs of events that are stated as related, each counted once.
    pub related: usize,
    /// Pairs of events that are found to be related.
    #[serde(default)]
    pub inferred: usize,
    /// Events with what frames them: distinct pairs.
    pub context: usize,
    /// Documents that supersede another.
    pub supersedes: usize,
    /// Names in documents that denote an entity, each place counted.
    #[serde(default)]
    pub mentions: usize,
    /// Documents whose answer from an outside extractor fits their text no more.
    #[serde(default)]
    pub unfit_answers: usize,
    /// Documents that nothing is derived from: they can be read no more, or break what reads them.
    #[serde(default)]
    pub left_out: usize,
}

impl Derivation {
    /// The graphs that documents share: what is inferred, and what the user decided.
    pub(super) const SHARED_GRAPHS: &[NamedNodeRef<'static>] =
        &[annals::INFERRED, annals::DECISIONS];

    /// Derives everything from a store's journal.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn of_journal(store: &Store) -> Result<Self, StoreError> {
        Self::until(store, store.journal.position())
    }

    /// Derives everything from a store's journal as it stood after a segment.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn until(store: &Store, segment: u64) -> Result<Self, StoreError> {
        let journal = store.journal.until(segment);
        let catalogue = Catalogue::of_journal(&journal)?;
        Ok(Self::of_records(
            &catalogue,
            journal.records(),
            super::namespace(store),
        )?)
    }

    /// Derives everything from documents read on the spot; what cannot be read is left out.
    #[must_use]
    pub fn of_documents(documents: impl Iterator<Item = Result<RawDocument, Refusal>>) -> Self {
        super::derive(documents, &mut super::Report::default())
    }

    /// The documents with what was extracted from them, sorted by id.
    #[must_use]
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// What they say, taken together.
    #[must_use]
    pub fn resolution(&self) -> &Resolution {
        &self.resolution
    }

    /// Derives everything from the documents that a catalogue says are held, out of the records
    /// it was made from.
    pub(super) fn of_records(
        catalogue: &Catalogue,
        records: impl Iterator<Item = Result<Record, JournalError>>,
        namespace: Namespace,
    ) -> Result<Self, JournalError> {
        let roles = catalogue.roles(0..catalogue.len());
        let records = records
            .enumerate()
            .map(|(place, record)| Ok((place, record?)));
        Self::of_roles(catalogue, roles, records, namespace, &Nothing)
    }

    /// Derives what follows from some documents beside what is established, out of their records.
    pub(super) fn beside(
        catalogue: &Catalogue,
        documents: &BTreeSet<usize>,
        records: Vec<(usize, Record)>,
        namespace: Namespace,
        established: &dyn Established,
    ) -> Result<Self, JournalError> {
        let roles = catalogue.roles(documents.iter().copied());
        let records = records.into_iter().map(Ok);
        Self::of_roles(catalogue, roles, records, namespace, established)
    }

    fn of_roles(
        catalogue: &Catalogue,
        roles: HashMap<usize, Role>,
        records: impl Iterator<Item = Result<(usize, Record), JournalError>>,
        namespace: Namespace,
        established: &dyn Established,
    ) -> Result<Self, JournalError> {
        let Found {
            mut readings,
            left_out,
            unfit_answers,
        } = readings(catalogue, roles, records)?;
        let decisions = catalogue.decisions.clone();
        let mut resolution = resolve_beside(&readings, &decisions, established);
        if anchor_undated(&mut readings, &resolution) {
            // Two of them would not fit beside a large archive.
            drop(resolution);
            resolution = resolve_beside(&readings, &decisions, established);
        }
        Ok(Self {
            namespace,
            readings,
            resolution,
            decisions,
            unfit_answers,
            left_out,
        })
    }

    /// The documents that nothing is derived from, sorted: they can be read no more, or break what reads
    /// them.
    #[must_use]
    pub fn left_out(&self) -> &[DocumentId] {
        &self.left_out
    }

    /// What makes its index records.
    pub(super) fn maker(&self) -> Maker<'_> {
        Maker {
            readings: &self.readings,
            resolution: &self.resolution,
            namespace: &self.namespace,
        }
    }

    /// All quads.
    pub fn quads(&self) -> impl Iterator<Item = Quad> + '_ {
        crate::store::all_quads(self)
    }

    pub(super) fn counts(&self) -> Counts {
        let events = &self.resolution.events;
        Counts {
            events: events.len(),
            entities: self.resolution.entities.list().len(),
            inferred: self.resolution.related.len(),
            unfit_answers: self.unfit_answers,
            left_out: self.left_out.len(),
            ..self.counts_of(&(0..self.readings.len()).collect())
        }
    }

    /// What some readings state, in figures; what they do not state is 0.
    pub(super) fn counts_of(&self, readings: &BTreeSet<usize>) -> Counts {
        let relations = readings
            .iter()
            .flat_map(|&r| self.resolution.stated_related(&self.readings, r));
        let related: BTreeSet<(usize, usize)> = relations
            .map(|relation| {
                (
                    relation.from.min(relation.to),
                    relation.from.max(relation.to),
                )
            })
            .collect();
        let told = readings.iter().flat_map(|&r| &self.resolution.event_of[r]);
        let told: BTreeSet<usize> = told.copied().collect();
        let mentions = readings.iter().map(|&r| self.mentions(r)).sum();
        let readings = readings.iter().map(|&r| &self.readings[r]);
        let supersedes: BTreeSet<_> = readings.flat_map(superseded).collect();
        Counts {
            related: related.len(),
            context: told.into_iter().map(|event| self.framing(event)).sum(),
            supersedes: supersedes.len(),
            mentions,
            ..Counts::default()
        }
    }

    /// How many things frame an event.
    pub(super) fn framing(&self, event: usize) -> usize {
        let event = &self.resolution.events[event];
        let framing = event.context.iter().chain(&event.topics);
        framing.collect::<BTreeSet<_>>().len()
    }

    fn mentions(&self, reading: usize) -> usize {
        let entities = entity_of_mention(reading, &self.readings[reading], &self.resolution);
        entities.into_iter().flatten().count()
    }
}

impl Derived for Derivation {
    fn documents(&self) -> usize {
        self.readings.len()
    }

    fn document_name(&self, index: usize) -> NamedNode {
        self.namespace.iri(self.readings[index].id.as_str())
    }

    fn document_quads(&self, index: usize) -> Vec<Quad> {
        document_quads(&self.readings, &self.resolution, index, &self.namespace)
    }

    fn shared_graphs(&self) -> &[NamedNodeRef<'static>] {
        Self::SHARED_GRAPHS
    }

    fn shared_quads(&self) -> Box<dyn Iterator<Item = Quad> + '_> {
        let entities = self.resolution.entities.list().iter();
        let entities = entities.flat_map(|entity| entity_quads(entity, &self.namespace));
        let storylines = storyline_quads(&self.resolution, &self.namespace);
        let decisions = decision_quads(&self.decisions, &self.namespace);
        let links = link_quads(&self.readings, &self.resolution, &self.namespace);
        Box::new(entities.chain(storylines).chain(links).chain(decisions))
    }

    fn records(&self) -> Box<dyn Iterator<Item = IndexRecord> + '_> {
        Box::new(records::records(self.maker()))
    }
}

/// What reading the documents held gave.
#[derive(Default)]
struct Found {
    /// Sorted by id.
    readings: Vec<Reading>,
    /// Documents that gave none, sorted.
    left_out: Vec<DocumentId>,
    unfit_answers: usize,
}

impl Found {
    fn add(
        &mut self,
        batch: Vec<(Role, RawDocument)>,
        read: impl Fn(Role, &RawDocument) -> Option<Reading> + Sync,
    ) {
        let attempt = |(role, raw): (Role, RawDocument)| {
            let id = role.id.clone();
            // The journal keeps the document: a fault in reading it must not take the whole store along.
            let read = catch_unwind(AssertUnwindSafe(|| read(role, &raw)));
            read.ok().flatten().ok_or(id)
        };
        let read: Vec<Result<Reading, DocumentId>> = batch.into_par_iter().map(attempt).collect();
        for read in read {
            match read {
                Ok(reading) => self.readings.push(reading),
                Err(id) => self.left_out.push(id),
            }
        }
    }
}

/// Reads and extracts every document held; counts answers of outside extractors that fit no more.
fn readings(
    catalogue: &Catalogue,
    mut roles: HashMap<usize, Role>,
    records: impl Iterator<Item = Result<(usize, Record), JournalError>>,
) -> Result<Found, JournalError> {
    let tagger = Tagger::shipped();
    let unfit = AtomicUsize::new(0);
    let read = |role: Role, raw: &RawDocument| {
        // What was read once is readable; a reader that has become stricter leaves it out.
        let mut document = crate::document::read(raw).ok()?;
        let answer = outside::answer(catalogue.outside(), &role.base, &role.sha256, &document);
        let outside = answer.unwrap_or_else(|| {
            unfit.fetch_add(1, Ordering::Relaxed);
            None
        });
        let reads_entry = |address: &str| !catalogue.holds(address);
        let mut extraction = extract_with(&document, tagger, outside, &reads_entry);
        document.shrink_to_fit();
        extraction.shrink_to_fit();
        Some(Reading {
            id: role.id,
            document,
            sha256: role.sha256,
            path: role.path,
            replaces: role.replaces,
            is_current: role.is_current,
            extraction,
        })
    };
    let mut found = Found {
        readings: Vec::with_capacity(roles.len()),
        ..Found::default()
    };
    let mut batch = Batch::new(BATCH);
    for record in records {
        let (place, record) = record?;
        if let (Record::Document(acquisition), Some(role)) = (record, roles.remove(&place)) {
            let bytes = acquisition.raw.content.len();
            batch.push((role, acquisition.raw), bytes);
        }
        if batch.is_full() {
            found.add(batch.take(), read);
        }
    }
    found.add(batch.take(), read);
    found.readings.par_sort_by(|a, b| a.id.cmp(&b.id));
    found.left_out.sort();
    found.unfit_answers = unfit.into_inner();
    Ok(found)
}

/// Pairs of a newer and an older document: of a page's list of versions, and of a source whose
/// content was replaced.
fn superseded(reading: &Reading) -> Vec<(DocumentId, DocumentId)> {
    let versions = &reading.document.versions;
    let listed = versions
        .windows(2)
        .filter(|pair| pair[0].address != pair[1].address);
    let id = |address: &str| DocumentId::of_address(address);
    let mut pairs: Vec<_> = listed
        .map(|pair| (id(&pair[1].address), id(&pair[0].address)))
        .collect();
    pairs.extend(
        reading
            .replaces
            .clone()
            .map(|old| (reading.id.clone(), old)),
    );
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, DocumentKind, Format};
    use crate::extract::Extraction;

    fn document(name: &str) -> (Role, RawDocument) {
        let id = DocumentId::of_string(name);
        let role = Role {
            base: id.clone(),
            id,
            sha256: String::new(),
            path: String::new(),
            replaces: None,
            is_current: true,
        };
        let raw = RawDocument {
            path: name.to_owned(),
            part: None,
            format: Format::Article,
            charset: None,
            content: name.to_owned(),
        };
        (role, raw)
    }

    #[test]
    fn a_document_that_breaks_its_reader_is_left_out_alone() {
        let read = |role: Role, raw: &RawDocument| match raw.content.as_str() {
            "breaks" => panic!("a fault of a reader"),
            "refused" => None,
            _ => Some(Reading {
                id: role.id,
                document: Document::empty(DocumentKind::Article),
                sha256: role.sha256,
                path: role.path,
                replaces: role.replaces,
                is_current: role.is_current,
                extraction: Extraction::default(),
            }),
        };
        let mut found = Found::default();
        found.add(["fine", "breaks", "refused"].map(document).into(), read);
        assert_eq!(found.readings.len(), 1);
        assert_eq!(found.readings[0].id.as_str(), "fine");
        let left_out: Vec<&str> = found.left_out.iter().map(DocumentId::as_str).collect();
        assert_eq!(left_out, ["breaks", "refused"]);
    }
}
