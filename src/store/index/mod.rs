//! The full-text index: a Tantivy index of events, documents and names.
//!
//! Callers bring index terms already made (see `extract::terms`), separated by spaces; the index
//! splits at white space and knows no language. Each record carries whatever its owner wants back
//! as JSON. The journal position is the payload of Tantivy's own commit.

mod directory;
mod event_words;
mod record;
mod resembling;
mod schema;
mod search;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use tantivy::directory::META_LOCK;
use tantivy::{Directory, IndexReader};

use directory::IndexFolder;
pub use event_words::{EventWords, Slot};
pub use record::{IndexRecord, RecordKind};
use schema::{Fields, schema};
pub use search::{Condition, Hit, Search};
pub(super) use writing::Prepared;

use super::StoreError;
use super::guard::guarded;
use crate::hash;

/// A full-text index on disk or in memory.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    words: OnceLock<Arc<EventWords>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Index")
    }
}

impl Index {
    /// An empty index in memory.
    ///
    /// # Errors
    /// When Tantivy cannot make one.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::of(tantivy::Index::create_in_ram(schema().0))
    }

    /// The index in a folder; one in memory, empty, when the folder is missing or was written by a
    /// version with other fields: the caller fills it from the journal.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_existing(path)?.map_or_else(Self::in_memory, Ok)
    }

    /// The index in a folder; `None` when the folder is missing or was written by a version with other fields.
    pub(super) fn open_existing(path: &Path) -> Result<Option<Self>, StoreError> {
        guarded(|| Self::existing(path)?.map(Self::of).transpose())
    }

    fn existing(path: &Path) -> Result<Option<tantivy::Index>, StoreError> {
        if !path.join("meta.json").is_file() {
            return Ok(None);
        }
        let index = tantivy::Index::open(IndexFolder::open(path)?)?;
        Ok((index.schema() == schema().0).then_some(index))
    }

    /// Makes sure that the index lies in a folder, starting an empty one if need be. An index with
    /// other fields is thrown away, since all it holds is derived.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        guarded(|| Self::create_unguarded(path))
    }

    fn create_unguarded(path: &Path) -> Result<Self, StoreError> {
        if let Some(index) = Self::existing(path)? {
            return Self::of(index);
        }
        if path.is_dir() {
            std::fs::remove_dir_all(path).map_err(|error| StoreError::io(path, error))?;
        }
        std::fs::create_dir_all(path).map_err(|error| StoreError::io(path, error))?;
        Self::of(tantivy::Index::create_in_dir(path, schema().0)?)
    }

    fn of(index: tantivy::Index) -> Result<Self, StoreError> {
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            index,
            reader,
            fields: schema().1,
            words: OnceLock::new(),
        })
    }

    /// The journal position the index stands at; 0 when it holds nothing.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn position(&self) -> Result<u64, StoreError> {
        Ok(self.payload()?.position)
    }

    /// What the owner noted with the last commit.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn note(&self) -> Result<String, StoreError> {
        Ok(self.payload()?.note)
    }

    fn payload(&self) -> Result<Payload, StoreError> {
        let payload = self.index.load_metas()?.payload;
        Ok(payload
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// The index's files whose checksums do not fit.
    pub(super) fn damaged_files(&self) -> Result<Vec<PathBuf>, StoreError> {
        match self.files_with_other_checksums() {
            Ok(none) if none.is_empty() => Ok(none),
            // A writer may have merged files, and have removed those that were merged. Those that are there now stay
            // while this lock is held; then nobody opens the index either, so it is not held from the first.
            _ => {
                let _kept = self.index.directory().acquire_lock(&META_LOCK);
                self.files_with_other_checksums()
            }
        }
    }

    fn files_with_other_checksums(&self) -> Result<Vec<PathBuf>, StoreError> {
        guarded(|| {
            let mut files: Vec<_> = self.index.validate_checksum()?.into_iter().collect();
            files.sort();
            Ok(files)
        })
    }

    /// Sees what was committed since.
    pub(super) fn reload(&mut self) -> Result<(), StoreError> {
        self.words = OnceLock::new();
        Ok(self.reader.reload()?)
    }

    /// The words of the events, by column; made once for each state of the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn words(&self) -> Result<Arc<EventWords>, StoreError> {
        if let Some(words) = self.words.get() {
            return Ok(Arc::clone(words));
        }
        let words = guarded(|| EventWords::new(self.reader.searcher(), self.fields))?;
        let words = Arc::new(words);
        Ok(Arc::clone(self.words.get_or_init(|| words)))
    }
}

/// What a commit carries beside the records.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Payload {
    position: u64,
    note: String,
}

fn hash(iri: &str) -> u64 {
    hash::number([iri])
}
