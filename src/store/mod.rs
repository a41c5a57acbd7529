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
use std::time::Duration;

pub use backup::{Backup, backup};
pub use check::Damage;
pub use derived::{Derived, all_quads};
pub use folder::{Folder, Settings};
pub use graph::{Graph, GraphChanges};
pub use guard::is_guarded;
pub use index::{Condition, EventWords, Hit, Index, IndexRecord, RecordKind, Search, Slot};
pub use links::SaidBy;
pub use lock::Access;
pub(crate) use lock::FOR_A_CHANGE;
pub use patch::Patch;

use crate::journal::{Journal, JournalError};
use lock::{Lock, Moment};

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store where one was looked for.
    #[error("no store at {0:?}")]
    Missing(std::path::PathBuf),
    /// Another process is writing.
    #[error("{}", in_use(holder))]
    Locked {
        /// The other's process id, as it wrote it into the lock file; nothing where it only keeps writers out.
        holder: String,
    },
    /// Others read for so long that graph and index cannot be changed.
    #[error("the graph and the index cannot be changed while another command reads the store")]
    BeingRead,
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
        "" => "the store is in use by another command".to_owned(),
        holder => format!("the store is in use by process {holder}"),
    }
}

/// Whether the file system does not let this user write.
fn is_forbidden(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), ReadOnlyFilesystem | PermissionDenied)
}

impl StoreError {
    /// Whether it only keeps from writing.
    pub(crate) fn leaves_reading(&self) -> bool {
        match self {
            Self::Locked { .. } | Self::BeingRead => true,
            Self::Io { source, .. } => is_forbidden(source),
            _ => false,
        }
    }

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
    /// Whether the index is built under another name, and the graph is to be, whatever there was before.
    is_fresh: bool,
    /// How long a writer waits until nobody reads.
    patience: Duration,
    unseen: Option<Unseen>,
}

/// What a store's journal has that its graph and index have not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Number of records: documents, decisions, and whatever else a journal keeps.
    pub records: usize,
    /// The process id of who is writing, empty where it is not to be read; `None` where nobody is.
    pub writer: Option<String>,
}

impl Store {
    /// Opens a store folder; with [`Access::Write`] it is made when missing.
    ///
    /// # Errors
    /// When there is none to read, another process writes what is to be read or written, or a part cannot be opened.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let folder = Folder::new(path);
        match access {
            Access::Write => folder.create()?,
            Access::Read => folder.must_exist()?,
        }
        let lock = Lock::take(&folder, access)?;
        let settings = folder.settings()?;
        let (journal, index) = match access {
            Access::Write => {
                folder.remove_leftovers()?;
                (Journal::open(&folder.journal())?, index_to_write(&folder)?)
            }
            // In this order, so that the index has seen nothing that is not in the journal.
            Access::Read => {
                let index = Index::open(&folder.index())?;
                (Journal::open_existing(&folder.journal())?, index)
            }
        };
        let is_fresh = false;
        Ok(Self::of(folder, settings, lock, (journal, index, is_fresh)))
    }

    /// A store whose graph is still to be opened; `is_fresh` tells whether its parts are being made anew.
    fn of(
        folder: Folder,
        settings: Settings,
        lock: Lock,
        (journal, index, is_fresh): (Journal, Index, bool),
    ) -> Self {
        Self {
            folder: Some(folder),
            settings,
            journal,
            index,
            graph: OnceLock::new(),
            lock: Some(lock),
            is_fresh,
            patience: lock::FOR_READERS,
            unseen: None,
        }
    }

    /// The graph, for reading: from disk with RocksDB, an empty one where there is none yet; without RocksDB an
    /// empty one in memory, at position 0, which the caller fills from the journal.
    ///
    /// # Errors
    /// When the graph's files cannot be opened.
    pub fn graph(&self) -> Result<Graph, StoreError> {
        if let Some(graph) = self.graph.get() {
            return Ok(graph.clone());
        }
        let graph = match &self.folder {
            Some(folder) => Graph::open(&folder.graph())?,
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

    /// Who is writing, as in [`Unseen::writer`].
    pub(crate) fn writer(&self) -> Result<Option<String>, StoreError> {
        match &self.folder {
            Some(folder) => lock::writer(folder),
            None => Ok(None),
        }
    }

    /// Whether graph and index hold something, and the same.
    pub(crate) fn can_answer(&self) -> Result<bool, StoreError> {
        let seen = self.index.position()?;
        Ok(seen > 0 && self.graph_stands_at(seen)?)
    }

    /// The same store as it was when graph and index were written: what its journal has got since is left out.
    pub(crate) fn until_derived(mut self, writer: Option<String>) -> Result<Self, StoreError> {
        let seen = self.index.position()?;
        let later = self.journal.segments().iter();
        let later = later.filter(|entry| entry.segment > seen);
        let records = later.map(|entry| entry.records).sum();
        self.unseen = Some(Unseen { records, writer });
        self.journal = self.journal.until(seen);
        Ok(self)
    }

    /// What is left out of a store that was opened for reading while it was behind its journal.
    #[must_use]
    pub fn unseen(&self) -> Option<&Unseen> {
        self.unseen.as_ref()
    }

    /// Waits for readers no longer than a reader would wait.
    pub(crate) fn hurry(&mut self) {
        self.patience = lock::FOR_A_CHANGE;
    }

    /// Waits until nobody reads, and keeps it so.
    fn moment(&self) -> Result<Option<Moment>, StoreError> {
        let folder = self.folder.as_ref();
        folder
            .map(|folder| Moment::take(folder, self.patience))
            .transpose()
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

    /// Opens a store for writing with nothing derived in it, after the journal has been found whole. What was derived
    /// before, even where it is too damaged to be opened, stays until it is written anew.
    ///
    /// # Errors
    /// When there is no store, another process writes it, or the journal is damaged.
    pub fn open_underived(path: &Path) -> Result<Self, StoreError> {
        let folder = Folder::new(path);
        folder.must_exist()?;
        let lock = Lock::take(&folder, Access::Write)?;
        folder.remove_leftovers()?;
        let (settings, journal) = (folder.settings()?, Journal::open(&folder.journal())?);
        journal.verify()?;
        let index = Index::create(&folder.fresh_index())?;
        let is_fresh = true;
        Ok(Self::of(folder, settings, lock, (journal, index, is_fresh)))
    }
}

/// The index, made where there is none that this version can read: then nobody may be reading.
fn index_to_write(folder: &Folder) -> Result<Index, StoreError> {
    if let Some(index) = Index::open_existing(&folder.index())? {
        return Ok(index);
    }
    let _moment = Moment::take(folder, lock::FOR_READERS)?;
    Index::create(&folder.index())
}
