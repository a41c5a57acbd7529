//! The layout of a store on disk, and its settings file.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::journal::Journal;
use crate::rdf::Namespace;
use crate::store_mark::STORE_MARK;

/// The format this version writes and reads.
const FORMAT: u32 = 2;

/// A store's folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// The contents of `annals.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Version of the folder's format.
    pub format: u32,
    /// Base of all IRIs that the store mints.
    pub base: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: FORMAT,
            base: Namespace::default().base().to_owned(),
        }
    }
}

impl Settings {
    /// The namespace in which the store mints IRIs; the default one where the base cannot be one.
    #[must_use]
    pub fn namespace(&self) -> Namespace {
        Namespace::new(&self.base).unwrap_or_default()
    }
}

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
        }
    }

    /// The journal and the settings of a store, without taking its lock: what is acknowledged never
    /// changes.
    ///
    /// # Errors
    /// When there is no store, or its settings or manifest cannot be read.
    pub fn read(path: &Path) -> Result<(Journal, Settings), StoreError> {
        let folder = Self::new(path);
        folder.must_exist()?;
        let journal = Journal::open_existing(&folder.journal())?;
        Ok((journal, folder.settings()?))
    }

    /// The process id of who writes a store, empty where it is not to be read; `None` where nobody writes.
    ///
    /// # Errors
    /// When its lock cannot be opened.
    pub fn writer(path: &Path) -> Result<Option<String>, StoreError> {
        super::lock::writer(&Self::new(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.path.join("journal")
    }

    pub(super) fn graph(&self) -> PathBuf {
        self.path.join("graph")
    }

    /// Where a graph is filled before it takes its place.
    pub(super) fn fresh_graph(&self) -> PathBuf {
        self.path.join("graph.new")
    }

    /// Where the fingerprints of the graph's parts are.
    pub(super) fn fingerprints(&self) -> PathBuf {
        self.path.join("graph.prints")
    }

    /// Where they are written before the graph that they are of takes its place.
    pub(super) fn fresh_fingerprints(&self) -> PathBuf {
        self.path.join("graph.prints.new")
    }

    pub(super) fn index(&self) -> PathBuf {
        self.path.join("index")
    }

    /// Where an index is built anew before it takes its place.
    pub(super) fn fresh_index(&self) -> PathBuf {
        self.path.join("index.new")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.path.join("lock")
    }

    pub(super) fn turn_lock(&self) -> PathBuf {
        self.path.join("lock.turn")
    }

    pub(super) fn readers_lock(&self) -> PathBuf {
        self.path.join("lock.readers")
    }

    fn settings_file(&self) -> PathBuf {
        self.path.join(STORE_MARK)
    }

    pub(super) fn exists(&self) -> bool {
        self.settings_file().is_file()
    }

    /// Fails where there is no store.
    pub(super) fn must_exist(&self) -> Result<(), StoreError> {
        match self.exists() {
            true => Ok(()),
            false => Err(StoreError::Missing(self.path.clone())),
        }
    }

    /// Makes the folder and its settings file where they are missing. A folder that holds other
    /// things is left alone.
    pub(super) fn create(&self) -> Result<(), StoreError> {
        if self.exists() {
            return Ok(());
        }
        self.create_with(&Settings::default())
    }

    /// Makes the folder with these settings; it must not hold anything.
    pub(super) fn create_with(&self, settings: &Settings) -> Result<(), StoreError> {
        fs::create_dir_all(&self.path).map_err(|e| StoreError::io(&self.path, e))?;
        let inside = fs::read_dir(&self.path).map_err(|e| StoreError::io(&self.path, e))?;
        // A crash while the settings were written leaves a temporary file and nothing else.
        if inside
            .flatten()
            .any(|entry| !is_leftover(&entry.file_name()))
        {
            let reason = "the folder is not empty and not a store; name a new folder".to_owned();
            return Err(StoreError::Settings {
                path: self.path.clone(),
                reason,
            });
        }
        self.write_settings(settings)
    }

    /// Replaces the settings file durably.
    pub(super) fn write_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let path = self.settings_file();
        let text = toml::to_string(settings).expect("numbers and strings are TOML");
        let write = || {
            let file = tempfile::NamedTempFile::new_in(&self.path)?;
            fs::write(file.path(), text)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            fs::File::open(&self.path)?.sync_all()
        };
        write().map_err(|error| StoreError::io(&path, error))
    }

    pub(super) fn settings(&self) -> Result<Settings, StoreError> {
        let path = self.settings_file();
        let text = fs::read_to_string(&path).map_err(|error| StoreError::io(&path, error))?;
        let bad = |reason: String| StoreError::Settings {
            path: path.clone(),
            reason,
        };
        let settings: Settings = toml::from_str(&text).map_err(|error| bad(error.to_string()))?;
        if settings.format != FORMAT {
            let found = settings.format;
            return Err(bad(format!(
                "format {found} is not format {FORMAT}, which this version reads"
            )));
        }
        Namespace::new(&settings.base).map_err(|error| bad(error.to_string()))?;
        Ok(settings)
    }

    /// Removes files that were being written when a process died; only whoever holds the lock for writing may.
    pub(super) fn remove_leftovers(&self) -> Result<(), StoreError> {
        let folders = [self.journal(), self.index(), self.fingerprints()];
        for folder in folders.iter().chain([&self.path]) {
            let entries = match fs::read_dir(folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(StoreError::io(folder, error)),
            };
            for entry in entries.flatten().filter(|e| is_leftover(&e.file_name())) {
                remove(&entry.path())?;
            }
        }
        let fresh = [
            self.fresh_graph(),
            self.fresh_fingerprints(),
            self.fresh_index(),
        ];
        fresh.iter().try_for_each(|path| remove(path))?;
        self.remove_discarded()
    }

    /// Removes the graph and the index that others have taken the place of.
    pub(super) fn remove_discarded(&self) -> Result<(), StoreError> {
        let mut places = [self.graph(), self.index()].into_iter();
        places.try_for_each(|path| remove(&discarded(&path)))
    }

    /// Makes sure that renames inside the folder survive a loss of power.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        let sync = fs::File::open(&self.path).and_then(|folder| folder.sync_all());
        sync.map_err(|error| StoreError::io(&self.path, error))
    }
}

/// Whether a file is one of `tempfile`, which names them so until they are renamed.
fn is_leftover(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".tmp")
}

/// Where a file or folder lies while it is being removed.
fn discarded(path: &Path) -> PathBuf {
    let mut old = path.as_os_str().to_owned();
    old.push(".old");
    PathBuf::from(old)
}

/// Puts away a folder that may be missing, so that nobody meets half of it while it is removed, which takes longer.
pub(super) fn discard(path: &Path) -> Result<(), StoreError> {
    let old = discarded(path);
    remove(&old)?;
    match fs::rename(path, &old) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        renamed => renamed.map_err(|error| StoreError::io(path, error)),
    }
}

/// Gives a folder the name it is to have, which nothing has.
pub(super) fn rename(fresh: &Path, place: &Path) -> Result<(), StoreError> {
    fs::rename(fresh, place).map_err(|error| StoreError::io(place, error))
}

/// Removes a file or folder that may be missing.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(path, error))
        }
        _ => Ok(()),
    }
}
