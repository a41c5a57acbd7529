//! What the journal's records amount to: the documents held now, their ids, and which content
//! replaced which.
//!
//! A page's address, a web address or (for a file without either) the file itself identifies a
//! *source*. A later run that finds other content at the same source has found a newer version. In
//! one run there is no order: two contents of one address are copies, and neither replaces the
//! other.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::decision::Decision;
use crate::document::Document;
use crate::hash;
use crate::id::DocumentId;
use crate::journal::{Acquisition, Journal, JournalError, Record};
use crate::rdf::Namespace;

/// What adding a document did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    New,
    Changed,
    Unchanged,
}

/// A document held.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) document: Document,
    pub(super) sha256: String,
    pub(super) path: String,
    run: u64,
    source: String,
    base: DocumentId,
}

/// All documents held.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    held: Vec<Held>,
    by_source: HashMap<String, Vec<usize>>,
    /// Id and SHA-256 of everything held, so that a copy elsewhere is seen at once.
    contents: HashSet<(DocumentId, String)>,
    last_run: u64,
    /// In the order in which they were made.
    pub(super) decisions: Vec<Decision>,
}

impl Catalogue {
    /// Replays a journal.
    pub(super) fn of_journal(journal: &Journal) -> Result<Self, JournalError> {
        let mut catalogue = Self::default();
        for record in journal.records() {
            match record? {
                Record::Document(acquisition) => {
                    // What was read once is readable; a reader that has become stricter drops it.
                    if let Ok(document) = crate::document::read(&acquisition.raw) {
                        catalogue.add(&acquisition, document);
                    }
                }
                Record::Forget { base, sha256, .. } => catalogue.forget(&base, &sha256),
                Record::Decision(decision) => catalogue.decisions.push(decision),
            }
        }
        Ok(catalogue)
    }

    /// The number of the last run; 0 before the first.
    pub(super) fn last_run(&self) -> u64 {
        self.last_run
    }

    /// Adds a document unless the same content is there and current.
    pub(super) fn add(&mut self, acquisition: &Acquisition, document: Document) -> Change {
        self.last_run = self.last_run.max(acquisition.run);
        let sha256 = hash::whole(&acquisition.raw.content);
        let base = DocumentId::of_document(&document, &sha256);
        let source = source_of(&document, &acquisition.origin);
        let known = self.by_source.entry(source.clone()).or_default();
        let newest = known.iter().map(|&index| self.held[index].run).max();
        let same = |&index: &usize| {
            let held = &self.held[index];
            held.sha256 == sha256 && held.base == base && Some(held.run) == newest
        };
        let content = (base.clone(), sha256.clone());
        let elsewhere = document.address.is_none() && self.contents.contains(&content);
        if known.iter().any(same) || elsewhere {
            return Change::Unchanged;
        }
        let change = if known.is_empty() {
            Change::New
        } else {
            Change::Changed
        };
        known.push(self.held.len());
        self.contents.insert(content);
        let path = acquisition.raw.path.clone();
        self.held.push(Held {
            document,
            sha256,
            path,
            run: acquisition.run,
            source,
            base,
        });
        change
    }

    fn forget(&mut self, base: &str, sha256: &str) {
        self.held
            .retain(|held| held.base.as_str() != base || held.sha256 != sha256);
        self.contents
            .retain(|(id, hash)| id.as_str() != base || hash != sha256);
        self.by_source.clear();
        for (index, held) in self.held.iter().enumerate() {
            self.by_source
                .entry(held.source.clone())
                .or_default()
                .push(index);
        }
    }

    /// The records that take documents out, by their IRIs.
    pub(super) fn forgetting(self, documents: &[String], namespace: &Namespace) -> Vec<Record> {
        let named = self.with_ids().into_iter().filter_map(|(held, id, _)| {
            let document = namespace.iri(id.as_str()).into_string();
            let base = held.base.as_str().to_owned();
            documents.contains(&document).then_some(Record::Forget {
                document,
                base,
                sha256: held.sha256,
            })
        });
        named.collect()
    }

    /// Every document with its id and the id of what it replaced, sorted by id.
    pub(super) fn with_ids(self) -> Vec<(Held, DocumentId, Option<DocumentId>)> {
        let ids = self.ids();
        let replaces: Vec<Option<DocumentId>> = (0..self.held.len())
            .map(|index| self.replaced_by(index).map(|old| ids[old].clone()))
            .collect();
        let mut all: Vec<_> = self
            .held
            .into_iter()
            .zip(ids)
            .zip(replaces)
            .map(|((held, id), old)| (held, id, old))
            .collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all
    }

    /// The newest content of an id bears it plain, the others with their version.
    fn ids(&self) -> Vec<DocumentId> {
        let mut groups: BTreeMap<&DocumentId, Vec<usize>> = BTreeMap::new();
        for (index, held) in self.held.iter().enumerate() {
            groups.entry(&held.base).or_default().push(index);
        }
        let mut ids: Vec<DocumentId> = self.held.iter().map(|held| held.base.clone()).collect();
        for group in groups.values_mut() {
            group.sort_by_key(|&index| (self.held[index].run, &self.held[index].sha256));
            group.pop();
            for &older in group.iter() {
                ids[older] = self.held[older].base.version(&self.held[older].sha256);
            }
        }
        ids
    }

    /// The content that one replaced: the newest of its source from an earlier run.
    fn replaced_by(&self, index: usize) -> Option<usize> {
        let held = &self.held[index];
        let earlier = self.by_source[&held.source]
            .iter()
            .copied()
            .filter(|&o| self.held[o].run < held.run);
        earlier.max_by_key(|&other| (self.held[other].run, &self.held[other].sha256))
    }
}

/// What identifies where a document comes from: an address that means the same everywhere, else
/// its file.
fn source_of(document: &Document, origin: &str) -> String {
    match &document.address {
        Some(address) if address.starts_with('/') || address.contains("://") => address.clone(),
        _ => origin.to_owned(),
    }
}
