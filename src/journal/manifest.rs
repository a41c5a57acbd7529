//! The manifest: one JSON line for each acknowledged segment.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::JournalError;

/// A segment as acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentEntry {
    /// Its number, from 1 without gaps.
    pub segment: u64,
    /// Lower-case hexadecimal SHA-256 of its compressed bytes.
    pub sha256: String,
    /// Number of records in it.
    pub records: usize,
    /// Size of its compressed bytes.
    pub bytes: u64,
    /// When it was written.
    pub written: Timestamp,
}

fn path_in(folder: &Path) -> PathBuf {
    folder.join("manifest.jsonl")
}

/// The entries of a folder's manifest. A last line without its line break was never acknowledged
/// and is left out.
pub(super) fn read(folder: &Path) -> Result<Vec<SegmentEntry>, JournalError> {
    let path = path_in(folder);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(JournalError::io("read", &path, error)),
    };
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let lines = whole.lines().enumerate();
    lines
        .map(|(index, line)| parse(&path, index, line))
        .collect()
}

fn parse(path: &Path, index: usize, line: &str) -> Result<SegmentEntry, JournalError> {
    let damaged = |reason: String| JournalError::damaged(path, reason);
    let entry: SegmentEntry =
        serde_json::from_str(line).map_err(|e| damaged(format!("line {}: {e}", index + 1)))?;
    if entry.segment == index as u64 + 1 {
        Ok(entry)
    } else {
        Err(damaged(format!(
            "line {} names segment {}",
            index + 1,
            entry.segment
        )))
    }
}

/// Appends one entry and fsyncs. A torn line left by a crash is cut off first: the manifest is
/// rewritten from `known` whenever its end is not a line break.
pub(super) fn append(
    folder: &Path,
    known: &[SegmentEntry],
    entry: &SegmentEntry,
) -> Result<(), JournalError> {
    let path = path_in(folder);
    let io = |error| JournalError::io("write", &path, error);
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(io)?;
    let whole: u64 = known.iter().map(|entry| line(entry).len() as u64).sum();
    file.set_len(whole).map_err(io)?;
    file.write_all(line(entry).as_bytes()).map_err(io)?;
    file.sync_all().map_err(io)?;
    sync_folder(folder)
}

fn line(entry: &SegmentEntry) -> String {
    let mut line = serde_json::to_string(entry).expect("a struct of numbers and strings is JSON");
    line.push('\n');
    line
}

/// Makes renames and new names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), JournalError> {
    let sync = || File::open(folder)?.sync_all();
    sync().map_err(|error| JournalError::io("fsync", folder, error))
}
