//! What the journal's records amount to: the documents held now, their ids, and which replaced which.
//!
//! Three notions:
//!
//! - A *source* is what may say a newer version of itself: an address that means the same
//!   everywhere; a record that its file names; a file that is one document as a whole. A later run
//!   that finds other content at the same source has found a newer version, also where that content
//!   was there before. Everything else is its own source, which nothing replaces: nobody says that
//!   the second text through a pipe is the first one's successor.
//! - A *base id* is what a document is called by its address, else by its first words and content.
//! - A *version id* tells apart the documents of one base id. The newest is called by the base id, the
//!   others by their content as well (`?version=1a2b3c4d`), and by their number where one content
//!   was held several times (`?version=1a2b3c4d-2`).
//!
//! In one run there is no order: two contents of one source neither replace each other nor are they
//! older or newer. What the journal holds is held, whatever the rules were when it was read. The
//! documents themselves stay in the journal; here are only their identities.

mod source;
#[cfg(test)]
mod tests;
mod verdict;
mod versions;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::decision::Decision;
use crate::id::DocumentId;
use crate::journal::{Acquisition, Journal, JournalError, OutsideReading, Record};
use crate::rdf::Namespace;
use source::Source;
pub(super) use verdict::Settled;

/// What adding a document did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    New,
    Changed,
    Unchanged,
}

/// A document held, by its identity.
#[derive(Clone, Debug)]
struct Held {
    /// Its place among the journal's records, from 0.
    record: usize,
    base: DocumentId,
    sha256: String,
    address: Option<String>,
    /// Its file, with its own id where it has one.
    origin: String,
    path: String,
    run: u64,
    /// Its source, by number.
    source: usize,
    /// Whether its source was known before its run.
    follows: bool,
}

impl Held {
    fn content(&self) -> (&DocumentId, &str) {
        (&self.base, &self.sha256)
    }
}

/// A document's part in the graph.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) id: DocumentId,
    pub(super) base: DocumentId,
    pub(super) sha256: String,
    pub(super) path: String,
    /// The id of the document that this one replaced.
    pub(super) replaces: Option<DocumentId>,
    /// Whether none of a later run replaced it.
    pub(super) is_current: bool,
}

/// What outside extractors found, by the base id and the SHA-256 of the document.
pub(super) type OutsideReadings = HashMap<(String, String), OutsideReading>;

/// All documents held.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    held: Vec<Held>,
    sources: HashMap<Source, usize>,
    /// The documents of each source, in the order in which they came.
    of_source: Vec<Vec<usize>>,
    by_base: HashMap<DocumentId, Vec<usize>>,
    /// The last document of each origin.
    by_origin: HashMap<String, usize>,
    /// Documents that were found again in the run at hand.
    seen: HashSet<usize>,
    /// Readings of the run at hand that cannot be judged before its end.
    put_off: Vec<Acquisition>,
    outside: OutsideReadings,
    /// How many records the journal has.
    records: usize,
    last_run: u64,
    /// In the order in which they were made.
    pub(super) decisions: Vec<Decision>,
}

/// The place of the last record that forgets a content, by base id and SHA-256.
type Forgotten = HashMap<(String, String), usize>;

fn forgotten(records: &[Record]) -> Forgotten {
    let places = records.iter().enumerate();
    let forget = places.filter_map(|(place, record)| match record {
        Record::Forget { base, sha256, .. } => Some(((base.clone(), sha256.clone()), place)),
        _ => None,
    });
    forget.collect()
}

impl Catalogue {
    /// Replays a journal.
    pub(super) fn of_journal(journal: &Journal) -> Result<Self, JournalError> {
        let records = journal.outlines()?;
        let forgotten = forgotten(&records);
        let is_forgotten = |base: &str, sha256: &str, place: usize| {
            let key = || (base.to_owned(), sha256.to_owned());
            !forgotten.is_empty() && forgotten.get(&key()).is_some_and(|last| *last > place)
        };
        let mut catalogue = Self::default();
        for (place, record) in records.into_iter().enumerate() {
            catalogue.records = place;
            match record {
                Record::Document(read) => {
                    catalogue.last_run = catalogue.last_run.max(read.run);
                    if !is_forgotten(read.base.as_str(), &read.sha256, place) {
                        catalogue.insert(&read);
                    }
                }
                Record::Mentions(reading) => {
                    if !is_forgotten(&reading.base, &reading.sha256, place) {
                        catalogue.read_outside(reading);
                    }
                }
                Record::Forget { .. } => {}
                Record::Decision(decision) => catalogue.decisions.push(decision),
            }
            catalogue.records = place + 1;
        }
        Ok(catalogue)
    }

    /// How many documents are held. They are numbered from 0 in the order in which they came.
    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    /// The number of the last run; 0 before the first.
    pub(super) fn last_run(&self) -> u64 {
        self.last_run
    }

    /// The document that a file held when it was last read, if it has this content: then the file
    /// need not be read again.
    pub(super) fn known(&self, origin: &str, sha256: &str) -> Option<usize> {
        let last = self.by_origin.get(origin).copied();
        last.filter(|&index| self.held[index].sha256 == sha256)
    }

    /// Holds a document, which is the journal's next record.
    fn insert(&mut self, read: &Acquisition) {
        let index = self.held.len();
        let next = self.of_source.len();
        let source = *self.sources.entry(Source::of(read)).or_insert(next);
        if source == next {
            self.of_source.push(Vec::new());
        }
        let mut before = self.of_source[source].iter();
        let follows = before.any(|&other| self.held[other].run < read.run);
        self.of_source[source].push(index);
        let of_base = self.by_base.entry(read.base.clone()).or_default();
        of_base.push(index);
        self.by_origin.insert(read.origin.clone(), index);
        self.held.push(Held {
            record: self.records,
            base: read.base.clone(),
            sha256: read.sha256.clone(),
            address: read.address.clone(),
            origin: read.origin.clone(),
            path: read.raw.path.clone(),
            run: read.run,
            source,
            follows,
        });
    }

    /// Notes what an outside extractor found in a document. It is the journal's next record.
    pub(super) fn read_outside(&mut self, reading: OutsideReading) {
        let key = (reading.base.clone(), reading.sha256.clone());
        self.outside.insert(key, reading);
        self.records += 1;
    }

    /// What outside extractors found.
    pub(super) fn outside(&self) -> &OutsideReadings {
        &self.outside
    }

    /// The records that take documents out, by their IRIs, with all others of the same content.
    pub(super) fn forgetting(&self, documents: &[String], namespace: &Namespace) -> Vec<Record> {
        let named = self.held.iter().enumerate().filter_map(|(index, held)| {
            let document = namespace.iri(self.id(index).as_str()).into_string();
            documents.contains(&document).then(|| Record::Forget {
                document,
                base: held.base.as_str().to_owned(),
                sha256: held.sha256.clone(),
            })
        });
        named.collect()
    }

    /// Whether a document of this address is held.
    pub(super) fn holds(&self, address: &str) -> bool {
        let named = self.by_base.get(&DocumentId::of_address(address));
        let mut named = named.into_iter().flatten();
        named.any(|&index| self.held[index].address.as_deref() == Some(address))
    }

    /// The documents of an address.
    pub(super) fn of_address(&self, address: &str) -> &[usize] {
        let named = self.by_base.get(&DocumentId::of_address(address));
        named.map_or(&[], Vec::as_slice)
    }

    /// The places of documents among the journal's records, ascending.
    pub(super) fn places(&self, documents: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let places = documents.into_iter().map(|index| self.held[index].record);
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        places
    }

    /// The part of documents held, by its place among the journal's records.
    pub(super) fn roles(&self, documents: impl IntoIterator<Item = usize>) -> HashMap<usize, Role> {
        let role = |index: usize| (self.held[index].record, self.role(index));
        documents.into_iter().map(role).collect()
    }

    /// The documents whose part can be another because of some: contents of the same id or source.
    pub(super) fn kin(&self, documents: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let kin = documents.into_iter().flat_map(|index| {
            let of_base = self.by_base[&self.held[index].base].iter().copied();
            of_base.chain(self.beside(index))
        });
        kin.collect()
    }

    /// The documents of some ids, as far as they are held.
    pub(super) fn of_ids<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for id in ids {
            let base = id.rsplit_once("?version=").map_or(id, |(base, _)| base);
            let known = |base: &str| self.by_base.get(&DocumentId::of_string(base));
            let of_base = known(id).or_else(|| known(base)).into_iter().flatten();
            found.extend(
                of_base
                    .copied()
                    .filter(|&index| self.id(index).as_str() == id),
            );
        }
        found
    }
}
