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

/// A manifest as read.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// One entry a line.
    pub(super) entries: Vec<SegmentEntry>,
    /// Bytes of these lines as they are written, whatever wrote them.
    pub(super) bytes: u64,
}

/// A folder's manifest. What stands behind the last line break was never acknowledged and is left
/// out.
pub(super) fn read(folder: &Path) -> Result<Manifest, JournalError> {
    let path = path_in(folder);
    let mut bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Manifest::default());
        }
        Err(error) => return Err(JournalError::io("read", &path, error)),
    };
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    bytes.truncate(end.map_or(0, |end| end + 1));
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| JournalError::damaged(&path, error.to_string()))?;
    let lines = text.lines().enumerate();
    let entries = lines.map(|(index, line)| parse(&path, index, line));
    Ok(Manifest {
        entries: entries.collect::<Result<_, _>>()?,
        bytes: bytes.len() as u64,
    })
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

/// Appends one entry behind the acknowledged bytes and fsyncs; returns how many are acknowledged now.
/// A torn line left by a crash is cut off first.
pub(super) fn append(
    folder: &Path,
    acknowledged: u64,
    entry: &SegmentEntry,
) -> Result<u64, JournalError> {
    let path = path_in(folder);
    let io = |error| JournalError::io("write", &path, error);
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(io)?;
    let line = line(entry);
    file.set_len(acknowledged).map_err(io)?;
    file.write_all(line.as_bytes()).map_err(io)?;
    file.sync_all().map_err(io)?;
    sync_folder(folder)?;
    Ok(acknowledged + line.len() as u64)
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
