//! What the journal's records amount to: the documents held now, their ids, and which content
//! replaced which.
//!
//! A page's address, a web address or (for a file without either) the file itself identifies a
//! *source*. A later run that finds other content at the same source has found a newer version. In
//! one run there is no order: two contents of one address are copies, and neither replaces the
//! other. The documents themselves stay in the journal; here are only their identities.

use std::collections::{BTreeSet, HashMap};

use crate::decision::Decision;
use crate::id::DocumentId;
use crate::journal::{Acquisition, Journal, JournalError, OutsideReading, Record};
use crate::rdf::Namespace;

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
    origin: String,
    path: String,
    run: u64,
}

impl Held {
    /// What identifies where it comes from: an address that means the same everywhere, else its
    /// file.
    fn source(&self) -> &str {
        match &self.address {
            Some(address) if address.starts_with('/') || address.contains("://") => address,
            _ => &self.origin,
        }
    }

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
    /// The id of the content that this one replaced.
    pub(super) replaces: Option<DocumentId>,
    /// Whether no later content replaced it.
    pub(super) is_current: bool,
}

/// What outside extractors found, by the base id and the SHA-256 of the document.
pub(super) type OutsideReadings = HashMap<(String, String), OutsideReading>;

/// All documents held.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    held: Vec<Held>,
    by_source: HashMap<String, Vec<usize>>,
    by_base: HashMap<DocumentId, Vec<usize>>,
    /// The last document of each origin.
    by_origin: HashMap<String, usize>,
    outside: OutsideReadings,
    /// How many records the journal has.
    records: usize,
    last_run: u64,
    /// In the order in which they were made.
    pub(super) decisions: Vec<Decision>,
}

impl Catalogue {
    /// Replays a journal.
    pub(super) fn of_journal(journal: &Journal) -> Result<Self, JournalError> {
        let mut catalogue = Self::default();
        for record in journal.outlines()? {
            let place = catalogue.records;
            match record {
                Record::Document(acquisition) => {
                    catalogue.add(&acquisition);
                }
                Record::Mentions(reading) => catalogue.read_outside(reading),
                Record::Forget { base, sha256, .. } => catalogue.forget(&base, &sha256),
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

    /// Whether an origin's newest content is this one, so that it need not be read again.
    pub(super) fn is_known(&self, origin: &str, sha256: &str) -> bool {
        let last = self.by_origin.get(origin);
        last.is_some_and(|&index| self.held[index].sha256 == sha256 && self.is_newest(index))
    }

    fn is_newest(&self, index: usize) -> bool {
        let held = &self.held[index];
        let runs = self.by_source[held.source()]
            .iter()
            .map(|&other| self.held[other].run);
        runs.max() == Some(held.run)
    }

    /// Adds a document unless the same content is there and current. What is added is the
    /// journal's next record.
    pub(super) fn add(&mut self, acquisition: &Acquisition) -> Change {
        self.last_run = self.last_run.max(acquisition.run);
        let held = Held {
            record: self.records,
            base: acquisition.base.clone(),
            sha256: acquisition.sha256.clone(),
            address: acquisition.address.clone(),
            origin: acquisition.origin.clone(),
            path: acquisition.raw.path.clone(),
            run: acquisition.run,
        };
        let known = self
            .by_source
            .get(held.source())
            .map_or(&[][..], Vec::as_slice);
        let same = |index: &usize| self.held[*index].content() == held.content();
        let again = known
            .iter()
            .copied()
            .filter(same)
            .any(|index| self.is_newest(index));
        let copies = self.by_base.get(&held.base).into_iter().flatten();
        let elsewhere = held.address.is_none() && copies.copied().any(|copy| same(&copy));
        if again || elsewhere {
            return Change::Unchanged;
        }
        let change = if known.is_empty() {
            Change::New
        } else {
            Change::Changed
        };
        self.insert(held);
        self.records += 1;
        change
    }

    fn insert(&mut self, held: Held) {
        let index = self.held.len();
        self.by_base
            .entry(held.base.clone())
            .or_default()
            .push(index);
        self.by_source
            .entry(held.source().to_owned())
            .or_default()
            .push(index);
        self.by_origin.insert(held.origin.clone(), index);
        self.held.push(held);
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

    fn forget(&mut self, base: &str, sha256: &str) {
        self.outside.remove(&(base.to_owned(), sha256.to_owned()));
        let held = std::mem::take(&mut self.held);
        self.by_source.clear();
        self.by_base.clear();
        self.by_origin.clear();
        let is_kept = |held: &Held| held.base.as_str() != base || held.sha256 != sha256;
        held.into_iter()
            .filter(is_kept)
            .for_each(|held| self.insert(held));
    }

    /// The records that take documents out, by their IRIs.
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
        let role = |index: usize| {
            let held = &self.held[index];
            let role = Role {
                id: self.id(index),
                base: held.base.clone(),
                sha256: held.sha256.clone(),
                path: held.path.clone(),
                replaces: self.replaced_by(index).map(|old| self.id(old)),
                is_current: !self.is_replaced(index),
            };
            (held.record, role)
        };
        documents.into_iter().map(role).collect()
    }

    /// The documents whose part can be another because of some: contents of the same id or source.
    pub(super) fn kin(&self, documents: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let kin = documents.into_iter().flat_map(|index| {
            let held = &self.held[index];
            let of_base = &self.by_base[&held.base];
            of_base.iter().chain(&self.by_source[held.source()])
        });
        kin.copied().collect()
    }

    /// The id of a document held.
    pub(super) fn id(&self, index: usize) -> DocumentId {
        // The newest content of an id bears it plain, the others with their version.
        let held = &self.held[index];
        let rank = |other: usize| (self.held[other].run, &self.held[other].sha256, other);
        let of_base = self.by_base[&held.base].iter();
        let newest = of_base.copied().max_by_key(|&other| rank(other));
        if newest == Some(index) {
            held.base.clone()
        } else {
            held.base.version(&held.sha256)
        }
    }

    /// The documents of some ids, as far as they are held.
    pub(super) fn of_ids<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for id in ids {
            let base = id.split_once("?version=").map_or(id, |(base, _)| base);
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

    /// The content that one replaced: the newest of its source from an earlier run.
    fn replaced_by(&self, index: usize) -> Option<usize> {
        let held = &self.held[index];
        let earlier = self
            .of_source(index)
            .filter(|&o| self.held[o].run < held.run);
        earlier.max_by_key(|&other| (self.held[other].run, &self.held[other].sha256))
    }

    /// Whether a content of the next run replaced this one.
    fn is_replaced(&self, index: usize) -> bool {
        let held = &self.held[index];
        let later = self
            .of_source(index)
            .filter(|&o| self.held[o].run > held.run);
        let next = later.min_by_key(|&other| self.held[other].run);
        next.and_then(|next| self.replaced_by(next)) == Some(index)
    }

    fn of_source(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        self.by_source[self.held[index].source()].iter().copied()
    }
}
