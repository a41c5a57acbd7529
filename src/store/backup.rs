//! A copy of a store, made while it is in use.
//!
//! Acknowledged segments never change, so the journal can always be copied: first its manifest,
//! then the segments that it names, each checked against its hash. Graph and index are copied only
//! where nobody writes; without them the copy derives them when it is first opened.

use std::fs;
use std::path::{Path, PathBuf};

use super::lock::keep_writers_out;
use super::{Folder, StoreError};
use crate::journal::Journal;

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Number of journal segments.
    pub segments: usize,
    /// Bytes copied.
    pub bytes: u64,
    /// Whether graph and index were copied too.
    pub has_derived: bool,
}

/// Copies a store into a folder that does not exist yet or is empty.
///
/// # Errors
/// When there is no store, the journal is damaged, or the folder is not empty or cannot be written.
pub fn backup(store: &Path, target: &Path) -> Result<Backup, StoreError> {
    let (from, to) = (Folder::new(store), Folder::new(target));
    from.must_exist()?;
    let settings = from.settings()?;
    to.create_with(&settings)?;
    // A writer's files come and go also while readers are let in.
    let lock = keep_writers_out(&from)?;
    let journal = Journal::open_existing(&from.journal())?;
    let mut bytes = journal.copy_to(&to.journal())?;
    if lock.is_some() {
        let parts = [
            (from.graph(), to.graph()),
            (from.index(), to.index()),
            (from.fingerprints(), to.fingerprints()),
        ];
        for (from, to) in parts {
            bytes += copy(&from, &to)?;
        }
    }
    to.sync()?;
    Ok(Backup {
        segments: journal.segments().len(),
        bytes,
        has_derived: lock.is_some(),
    })
}

/// Copies a file or a folder, when there is one; returns the number of bytes.
fn copy(from: &Path, to: &Path) -> Result<u64, StoreError> {
    let io = |path: &Path| {
        let path: PathBuf = path.to_path_buf();
        move |error| StoreError::io(&path, error)
    };
    if !from.is_dir() {
        let is_there = from.is_file();
        return if is_there {
            fs::copy(from, to).map_err(io(to))
        } else {
            Ok(0)
        };
    }
    fs::create_dir_all(to).map_err(io(to))?;
    let mut bytes = 0;
    for entry in fs::read_dir(from).map_err(io(from))? {
        let entry = entry.map_err(io(from))?;
        bytes += copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(bytes)
}
