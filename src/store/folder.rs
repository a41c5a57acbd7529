//! The layout of a store on disk, and its settings file.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::rdf::Namespace;

/// The format this version writes and reads.
const FORMAT: u32 = 1;

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

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
        }
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

    pub(super) fn index(&self) -> PathBuf {
        self.path.join("index")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.path.join("lock")
    }

    fn settings_file(&self) -> PathBuf {
        self.path.join("annals.toml")
    }

    pub(super) fn exists(&self) -> bool {
        self.settings_file().is_file()
    }

    /// Makes the folder and its settings file where they are missing. A folder that holds other
    /// things is left alone.
    pub(super) fn create(&self) -> Result<(), StoreError> {
        if self.exists() {
            return Ok(());
        }
        fs::create_dir_all(&self.path).map_err(|e| StoreError::io(&self.path, e))?;
        let mut inside = fs::read_dir(&self.path).map_err(|e| StoreError::io(&self.path, e))?;
        if inside.next().is_some() {
            let reason = "the folder is not empty and not a store; name a new folder".to_owned();
            return Err(StoreError::Settings {
                path: self.path.clone(),
                reason,
            });
        }
        self.write_settings(&Settings::default())
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

    pub(super) fn remove_derived(&self) -> Result<(), StoreError> {
        for path in [self.graph(), self.index()] {
            match fs::remove_dir_all(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
