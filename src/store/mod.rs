//! The only place that keeps things: a folder with the journal and what is derived from it, the
//! graph (Oxigraph) and the full-text index (Tantivy).
//!
//! The store knows quads and index records, not news: `pipeline` derives both from the journal and
//! hands them over. Each derived part carries the journal position it stands at, written together
//! with its contents, so that whoever opens a store can see what is missing.

mod backup;
mod check;
mod derived;
mod fingerprints;
mod folder;
mod graph;
mod guard;
mod index;
mod links;
mod lock;
mod patch;
mod write;

use std::path::Path;
use std::sync::OnceLock;

pub use backup::{Backup, backup};
pub use check::Damage;
pub use derived::{Derived, all_quads};
pub use folder::{Folder, Settings};
pub use graph::{Graph, GraphChanges};
pub use guard::is_guarded;
pub use index::{Condition, EventWords, Hit, Index, IndexRecord, RecordKind, Search, Slot};
pub use links::SaidBy;
pub use lock::Access;
pub use patch::Patch;

use crate::journal::{Journal, JournalError};
use lock::Lock;

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store where one was looked for.
    #[error("no store at {0:?}")]
    Missing(std::path::PathBuf),
    /// Another process is writing.
    #[error("{}", in_use(holder))]
    Locked {
        /// The other's process id, as it wrote it into the lock file; nothing where others are reading.
        holder: String,
    },
    /// The settings cannot be used.
    #[error("{path:?}: {reason}")]
    Settings {
        /// The settings file.
        path: std::path::PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file system refused.
    #[error("{path:?}: {source}")]
    Io {
        /// The file or folder.
        path: std::path::PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The graph failed.
    #[error("graph: {0}")]
    Graph(#[from] oxigraph::store::StorageError),
    /// A question of our own to the graph failed.
    #[error("graph: {0}")]
    Links(#[from] oxigraph::sparql::QueryEvaluationError),
    /// The full-text index failed.
    #[error("index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// A record of the index is not what was written.
    #[error("index: a record cannot be read: {0}")]
    Record(#[from] serde_json::Error),
}

fn in_use(holder: &str) -> String {
    match holder {
        "" => "the store is in use: another command is reading it".to_owned(),
        holder => format!("the store is in use by process {holder}"),
    }
}

impl StoreError {
    fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.to_path_buf(),
            source,
        }
    }
}

/// An open store. Only one process has it open for writing.
#[derive(Debug)]
pub struct Store {
    /// Where it lies; `None` for one in memory.
    folder: Option<Folder>,
    /// Its settings.
    pub settings: Settings,
    /// The truth.
    pub journal: Journal,
    /// The full-text index.
    pub index: Index,
    graph: OnceLock<Graph>,
    lock: Option<Lock>,
}

impl Store {
    /// Opens a store folder; with [`Access::Write`] it is made when missing.
    ///
    /// # Errors
    /// When there is none to read, another process writes, or a part cannot be opened.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let folder = Folder::new(path);
        if access == Access::Write {
            folder.create()?;
        } else if !folder.exists() {
            return Err(StoreError::Missing(path.to_path_buf()));
        }
        let lock = Lock::take(&folder, access)?;
        if access == Access::Write {
            folder.remove_leftovers()?;
        }
        let settings = folder.settings()?;
        let journal = match access {
            Access::Write => Journal::open(&folder.journal())?,
            Access::Read => Journal::open_existing(&folder.journal())?,
        };
        let index = match access {
            Access::Write => Index::create(&folder.index())?,
            Access::Read => Index::open(&folder.index())?,
        };
        Ok(Self {
            folder: Some(folder),
            settings,
            journal,
            index,
            graph: OnceLock::new(),
            lock: Some(lock),
        })
    }

    /// The graph: from disk with RocksDB, an empty one where there is none yet; without RocksDB an
    /// empty one in memory, at position 0, which the caller fills from the journal.
    ///
    /// # Errors
    /// When the graph's files cannot be opened.
    pub fn graph(&self) -> Result<Graph, StoreError> {
        if let Some(graph) = self.graph.get() {
            return Ok(graph.clone());
        }
        let graph = match &self.folder {
            Some(folder) => Graph::open(&folder.graph(), self.access())?,
            None => Graph::in_memory()?,
        };
        Ok(self.graph.get_or_init(|| graph).clone())
    }

    /// Whether a derived part has not seen the whole journal.
    ///
    /// # Errors
    /// When a part cannot be read, or the journal has lost what the index has seen.
    pub fn is_behind(&self) -> Result<bool, StoreError> {
        let (position, seen) = (self.journal.position(), self.index.position()?);
        self.journal.must_reach(seen)?;
        Ok(seen != position || !self.graph_stands_at(position)?)
    }

    /// Fingerprints are written after the graph: where they are of a position, the graph
    /// has it, and need not be opened to ask.
    fn graph_stands_at(&self, position: u64) -> Result<bool, StoreError> {
        let Some(folder) = self.folder.as_ref().filter(|_| Graph::is_durable()) else {
            return Ok(true);
        };
        let noted = || fingerprints::Fingerprints::position(&folder.fingerprints());
        if folder.graph().is_dir() && noted() == Some(position) {
            return Ok(true);
        }
        Ok(position == 0 || self.graph()?.position()? == position)
    }

    /// How the store was opened.
    #[must_use]
    pub fn access(&self) -> Access {
        self.lock
            .as_ref()
            .map_or(Access::Read, |lock| lock.access())
    }

    /// The folder, when there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.folder.as_ref().map(Folder::path)
    }

    /// Opens a store for writing with nothing derived in it: graph and index are thrown away, even
    /// where they are too damaged to be opened, after the journal has been found whole.
    ///
    /// # Errors
    /// When there is no store, another process uses it, or the journal is damaged; then nothing is
    /// thrown away.
    pub fn open_underived(path: &Path) -> Result<Self, StoreError> {
        let folder = Folder::new(path);
        if !folder.exists() {
            return Err(StoreError::Missing(path.to_path_buf()));
        }
        let lock = Lock::take(&folder, Access::Write)?;
        Journal::open(&folder.journal())?.verify()?;
        folder.remove_derived()?;
        drop(lock);
        Self::open(path, Access::Write)
    }
}
