//! One segment file: zstd-compressed JSON lines.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::manifest::{SegmentEntry, sync_folder};
use super::{JournalError, Record};

/// zstd's own default level: a year of pages compresses to about a fifth at several hundred MB/s.
const LEVEL: i32 = 3;

fn path_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:06}.jsonl.zst"))
}

/// Writes a segment durably under its final name; it is not acknowledged yet.
pub(super) fn write(
    folder: &Path,
    number: u64,
    records: &[Record],
) -> Result<SegmentEntry, JournalError> {
    let path = path_of(folder, number);
    let bytes = compress(records).map_err(|e| JournalError::io("write", &path, e))?;
    put(folder, &path, &bytes)?;
    Ok(SegmentEntry {
        segment: number,
        sha256: hex_sha256(&bytes),
        records: records.len(),
        bytes: bytes.len() as u64,
        written: Timestamp::now(),
    })
}

fn compress(records: &[Record]) -> std::io::Result<Vec<u8>> {
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL)?;
    for record in records {
        serde_json::to_writer(&mut encoder, record)?;
        encoder.write_all(b"\n")?;
    }
    encoder.finish()
}

/// Reads an acknowledged segment back, after checking its hash.
pub(super) fn read(folder: &Path, entry: &SegmentEntry) -> Result<Vec<Record>, JournalError> {
    let text = text_of(folder, entry)?;
    lines(&text)
        .map(|line| parsed(folder, entry, line))
        .collect()
}

/// Checks an acknowledged segment against its hash.
pub(super) fn verify(folder: &Path, entry: &SegmentEntry) -> Result<(), JournalError> {
    bytes_of(folder, entry).map(drop)
}

/// Reads some records of an acknowledged segment back, by their lines, from 0.
pub(super) fn read_lines(
    folder: &Path,
    entry: &SegmentEntry,
    wanted: &[usize],
) -> Result<Vec<Record>, JournalError> {
    let text = text_of(folder, entry)?;
    let lines: Vec<&[u8]> = lines(&text).collect();
    let wanted = wanted.iter().filter_map(|&line| lines.get(line));
    wanted.map(|line| parsed(folder, entry, line)).collect()
}

fn text_of(folder: &Path, entry: &SegmentEntry) -> Result<Vec<u8>, JournalError> {
    let bytes = bytes_of(folder, entry)?;
    zstd::decode_all(&bytes[..])
        .map_err(|error| JournalError::damaged(&path_of(folder, entry.segment), error.to_string()))
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
}

fn parsed(folder: &Path, entry: &SegmentEntry, line: &[u8]) -> Result<Record, JournalError> {
    serde_json::from_slice(line)
        .map_err(|error| JournalError::damaged(&path_of(folder, entry.segment), error.to_string()))
}

/// Copies an acknowledged segment durably, after checking its hash.
pub(super) fn copy(from: &Path, to: &Path, entry: &SegmentEntry) -> Result<(), JournalError> {
    let bytes = bytes_of(from, entry)?;
    put(to, &path_of(to, entry.segment), &bytes)
}

/// The compressed bytes of a segment, when they are those that were acknowledged.
fn bytes_of(folder: &Path, entry: &SegmentEntry) -> Result<Vec<u8>, JournalError> {
    let path = path_of(folder, entry.segment);
    let damaged = |reason: &str| JournalError::damaged(&path, reason);
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => damaged("it is missing"),
        _ => JournalError::io("read", &path, error),
    })?;
    if hex_sha256(&bytes) == entry.sha256 {
        Ok(bytes)
    } else {
        Err(damaged("its SHA-256 is not the one in the manifest"))
    }
}

/// Writes a file durably: whole under its name, or not at all.
fn put(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
    let io = |error| JournalError::io("write", path, error);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    file.as_file().sync_all().map_err(io)?;
    file.persist(path).map_err(|error| io(error.error))?;
    sync_folder(folder)
}

fn hex_sha256(bytes: &[u8]) -> String {
    crate::hash::hex(&Sha256::digest(bytes))
}
