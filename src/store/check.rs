//! Whether what a store holds is what follows from its journal.
//!
//! Nothing is counted through an index that could be damaged itself: every quad is read, every
//! record's fingerprint compared, and Tantivy checks its own files. A flipped byte in
//! RocksDB can make a count wrong or endless while reading one by one fails properly.

use std::path::Path;

use oxigraph::model::NamedNodeRef;

use super::{Derived, Folder, Graph, Store, StoreError};
use crate::store::fingerprints::Fingerprints;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Damage {
    /// `journal`, `graph` or `index`.
    pub part: &'static str,
    /// What is wrong.
    pub what: String,
}

/// A part that cannot be looked at is damaged.
fn unreadable(part: &'static str) -> impl Fn(StoreError) -> Vec<Damage> {
    move |error| {
        let what = error.to_string();
        vec![Damage { part, what }]
    }
}

fn damaged(error: crate::journal::JournalError) -> Damage {
    Damage {
        part: "journal",
        what: error.to_string(),
    }
}

impl Store {
    /// The damaged segments of a store's journal where the rest cannot be opened.
    ///
    /// # Errors
    /// When there is no store, or its settings or manifest cannot be read.
    pub fn check_journal_of(path: &Path) -> Result<Vec<Damage>, StoreError> {
        let (journal, _) = Folder::read(path)?;
        Ok(journal.damages().map(damaged).collect())
    }

    /// The journal's damaged segments.
    #[must_use]
    pub fn check_journal(&self) -> Vec<Damage> {
        let lost = match self.index.position() {
            Ok(seen) => self.journal.must_reach(seen).err(),
            // The index is looked at afterwards.
            Err(_) => None,
        };
        self.journal.damages().chain(lost).map(damaged).collect()
    }

    /// Where the graph on disk differs from what it should hold.
    #[must_use]
    pub fn check_graph(&self, derived: &impl Derived) -> Vec<Damage> {
        let wanted = Fingerprints::of(derived);
        let found = self.compare_graph(derived.shared_graphs(), &wanted);
        found.unwrap_or_else(unreadable("graph"))
    }

    /// Where the index differs from what it should hold.
    #[must_use]
    pub fn check_index(&self, derived: &impl Derived) -> Vec<Damage> {
        self.compare_index(derived)
            .unwrap_or_else(unreadable("index"))
    }

    /// Where graph and index are not what was written: for a store that holds more than follows from
    /// its journal at present, because documents wait for a consolidation.
    #[must_use]
    pub fn check_written(&self, shared: &[NamedNodeRef<'static>]) -> Vec<Damage> {
        let mut found = Vec::new();
        if Graph::is_durable() {
            let graph = self.check_written_graph(shared);
            found.extend(graph.unwrap_or_else(unreadable("graph")));
        }
        found.extend(self.check_files().unwrap_or_else(unreadable("index")));
        found
    }

    fn check_written_graph(
        &self,
        shared: &[NamedNodeRef<'static>],
    ) -> Result<Vec<Damage>, StoreError> {
        let folder = self.folder.as_ref().map(super::Folder::fingerprints);
        let position = self.graph()?.position()?;
        match folder.and_then(|folder| Fingerprints::read(&folder, position)) {
            Some(wanted) => self.compare_graph(shared, &wanted),
            None => Ok(vec![Damage {
                part: "graph",
                what: "its fingerprints are missing or damaged".to_owned(),
            }]),
        }
    }

    fn compare_graph(
        &self,
        shared: &[NamedNodeRef<'static>],
        wanted: &Fingerprints,
    ) -> Result<Vec<Damage>, StoreError> {
        let graph = self.graph()?;
        let held = graph.fingerprints(shared)?;
        let parts = [
            ("document", &held.documents, &wanted.documents),
            ("subject", &held.subjects, &wanted.subjects),
        ];
        let mut found = Vec::new();
        for (kind, held, wanted) in parts {
            let names: std::collections::BTreeSet<_> = held.keys().chain(wanted.keys()).collect();
            let differing = names
                .into_iter()
                .filter(|name| held.get(*name) != wanted.get(*name));
            found.extend(differing.map(|name| Damage {
                part: "graph",
                what: format!("{kind} <{name}> is not what the journal says"),
            }));
        }
        if found.is_empty() && !graph.tables_agree()? {
            found.push(Damage {
                part: "graph",
                what: "its tables do not hold the same quads".to_owned(),
            });
        }
        Ok(found)
    }

    /// The index's files that are not as they were written.
    fn check_files(&self) -> Result<Vec<Damage>, StoreError> {
        let damage = |file: &std::path::PathBuf| Damage {
            part: "index",
            what: format!("file {} has another checksum", file.display()),
        };
        Ok(self.index.damaged_files()?.iter().map(damage).collect())
    }

    fn compare_index(&self, derived: &impl Derived) -> Result<Vec<Damage>, StoreError> {
        let files = self.check_files()?;
        if !files.is_empty() {
            return Ok(files);
        }
        let differing = self.index.differing(derived.records())?;
        let damage = |count: usize| Damage {
            part: "index",
            what: match count {
                1 => "1 record is not what the journal says".to_owned(),
                _ => format!("{count} records are not what the journal says"),
            },
        };
        Ok((differing > 0)
            .then(|| damage(differing))
            .into_iter()
            .collect())
    }
}
