//! The only truth: an append-only sequence of documents as read and of the user's decisions.
//!
//! Records go into numbered segments (`000001.jsonl.zst`, one JSON object a line, readable with
//! `zstdcat`); a manifest (`manifest.jsonl`) has one line for each segment with its SHA-256, and
//! that line is what acknowledges it. A segment is written under another name, fsynced, renamed,
//! and the folder fsynced, before its manifest line is appended and fsynced. So a crash at any
//! moment leaves acknowledged segments whole and at most an unnamed leftover, which the next
//! append replaces. Everything else in a store is derived from here. Beside each segment lies its
//! outline, the records without what documents contain, which can be lost without loss.

mod manifest;
mod outline;
mod record;
mod segment;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use manifest::SegmentEntry;
pub use record::{Acquisition, OutsideReading, Record};

/// What can go wrong with a journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system refused.
    #[error("{action} {path:?}: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// A segment's bytes are not those that were acknowledged, or segments are lost.
    #[error("journal {path:?} is damaged: {reason}")]
    Damaged {
        /// The segment's file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
}

impl JournalError {
    fn io(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            action,
            path: path.to_path_buf(),
            source,
        }
    }

    fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_path_buf(),
            reason: reason.into(),
        }
    }
}

/// A journal folder. Opening it reads the manifest only.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    entries: Vec<SegmentEntry>,
    /// Bytes of the manifest that are acknowledged.
    manifest_bytes: u64,
}

impl Journal {
    /// Opens a journal folder, creating it when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made or read, or the manifest is damaged before its last line.
    pub fn open(folder: &Path) -> Result<Self, JournalError> {
        fs::create_dir_all(folder).map_err(|e| JournalError::io("create", folder, e))?;
        Self::open_existing(folder)
    }

    /// Opens a journal folder for reading; a missing one is an empty journal.
    ///
    /// # Errors
    /// When the manifest cannot be read or is damaged before its last line.
    pub fn open_existing(folder: &Path) -> Result<Self, JournalError> {
        let manifest::Manifest { entries, bytes } = manifest::read(folder)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            entries,
            manifest_bytes: bytes,
        })
    }

    /// Number of the last acknowledged segment; 0 for an empty journal.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.segment)
    }

    /// Makes sure that the journal has not lost its end: what is derived never stands at a segment
    /// before that is acknowledged, so one that it has seen was there.
    pub(crate) fn must_reach(&self, seen: u64) -> Result<(), JournalError> {
        let position = self.position();
        if seen <= position {
            return Ok(());
        }
        let reason = format!(
            "it ends at segment {position}, but segment {seen} was acknowledged and has been derived from; annals \
             rebuild goes on without what is lost"
        );
        Err(JournalError::damaged(&self.folder, reason))
    }

    /// The acknowledged segments, oldest first.
    #[must_use]
    pub fn segments(&self) -> &[SegmentEntry] {
        &self.entries
    }

    /// Writes records as one new segment. When this returns, they are acknowledged: on disk,
    /// fsynced, and named by the manifest. Returns the segment's number; an empty slice writes
    /// nothing.
    ///
    /// # Errors
    /// When a write fails; then nothing of the records is acknowledged.
    pub fn append(&mut self, records: &[Record]) -> Result<u64, JournalError> {
        if records.is_empty() {
            return Ok(self.position());
        }
        let number = self.position() + 1;
        let entry = segment::write(&self.folder, number, records)?;
        self.manifest_bytes = manifest::append(&self.folder, self.manifest_bytes, &entry)?;
        // Acknowledged it is by now, and an outline that cannot be written is made when it is read.
        let _ = outline::write(&self.folder, &entry, records);
        self.entries.push(entry);
        Ok(number)
    }

    /// Checks every acknowledged segment against its hash.
    ///
    /// # Errors
    /// At the first segment that is missing or damaged.
    pub fn verify(&self) -> Result<(), JournalError> {
        self.entries
            .iter()
            .try_for_each(|entry| segment::read(&self.folder, entry).map(drop))
    }

    /// What is wrong with the acknowledged segments.
    pub fn damages(&self) -> impl Iterator<Item = JournalError> + '_ {
        let read = |entry| segment::read(&self.folder, entry).err();
        self.entries.iter().filter_map(read)
    }

    /// Copies the journal as it stood when it was opened into a new folder, durably; returns the
    /// number of bytes.
    ///
    /// # Errors
    /// When a segment is damaged or the folder cannot be written.
    pub fn copy_to(&self, folder: &Path) -> Result<u64, JournalError> {
        fs::create_dir_all(folder).map_err(|e| JournalError::io("create", folder, e))?;
        let mut manifest_bytes = 0;
        for entry in &self.entries {
            segment::copy(&self.folder, folder, entry)?;
            manifest_bytes = manifest::append(folder, manifest_bytes, entry)?;
            outline::copy(&self.folder, folder, entry);
        }
        Ok(self.entries.iter().map(|entry| entry.bytes).sum())
    }

    /// Every acknowledged record in order, documents without their contents.
    ///
    /// # Errors
    /// When a segment is missing or damaged.
    pub fn outlines(&self) -> Result<Vec<Record>, JournalError> {
        let read = |entry| outline::read(&self.folder, entry);
        let outlines: Vec<Vec<Record>> = self
            .entries
            .par_iter()
            .map(read)
            .collect::<Result<_, _>>()?;
        Ok(outlines.into_iter().flatten().collect())
    }

    /// Some records with their places among all records, from 0; `places` must be ascending.
    ///
    /// # Errors
    /// When a segment that holds one of them is missing or damaged.
    pub fn records_at(&self, places: &[usize]) -> Result<Vec<(usize, Record)>, JournalError> {
        let mut wanted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut starts = Vec::with_capacity(self.entries.len());
        let mut start = 0;
        for entry in &self.entries {
            starts.push(start);
            start += entry.records;
        }
        for &place in places.iter().filter(|place| **place < start) {
            let segment = starts.partition_point(|first| *first <= place) - 1;
            wanted
                .entry(segment)
                .or_default()
                .push(place - starts[segment]);
        }
        let read = |(segment, lines): (usize, Vec<usize>)| {
            let records = segment::read_lines(&self.folder, &self.entries[segment], &lines)?;
            let places = lines.into_iter().map(|line| starts[segment] + line);
            Ok(places.zip(records).collect::<Vec<_>>())
        };
        let found: Vec<Vec<(usize, Record)>> = wanted
            .into_par_iter()
            .map(read)
            .collect::<Result<_, JournalError>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The same journal, for reading, as it stood after a segment; later segments are left out.
    #[must_use]
    pub fn until(&self, segment: u64) -> Self {
        let until = self.entries.iter().filter(|entry| entry.segment <= segment);
        Self {
            folder: self.folder.clone(),
            entries: until.cloned().collect(),
            manifest_bytes: self.manifest_bytes,
        }
    }

    /// Reads every acknowledged record in order, checking each segment's SHA-256 first.
    ///
    /// # Errors
    /// The iterator yields an error, and then ends, when a segment is missing or damaged.
    pub fn records(&self) -> impl Iterator<Item = Result<Record, JournalError>> + '_ {
        let mut failed = false;
        let batches = self
            .entries
            .iter()
            .map(|entry| segment::read(&self.folder, entry));
        batches
            .flat_map(|batch| match batch {
                Ok(records) => records.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            })
            .take_while(move |record| !std::mem::replace(&mut failed, record.is_err()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forget(iri: &str) -> Record {
        Record::Forget {
            document: iri.to_owned(),
            base: String::new(),
            sha256: String::new(),
        }
    }

    fn iris(journal: &Journal) -> Vec<String> {
        let name = |record| match record {
            Record::Forget { document, .. } => document,
            other => panic!("unexpected {other:?}"),
        };
        journal
            .records()
            .map(|record| name(record.unwrap()))
            .collect()
    }

    #[test]
    fn what_was_appended_is_read_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(folder.path()).unwrap();
        assert_eq!(journal.append(&[forget("a"), forget("b")]).unwrap(), 1);
        assert_eq!(journal.append(&[forget("c")]).unwrap(), 2);
        let again = Journal::open(folder.path()).unwrap();
        assert_eq!(again.position(), 2);
        assert_eq!(iris(&again), ["a", "b", "c"]);
    }

    #[test]
    fn records_are_found_by_their_places() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(folder.path()).unwrap();
        journal.append(&[forget("a"), forget("b")]).unwrap();
        journal.append(&[forget("c")]).unwrap();
        journal
            .append(&[forget("d"), forget("e"), forget("f")])
            .unwrap();
        let found = journal.records_at(&[1, 2, 5, 6]).unwrap();
        assert_eq!(
            found,
            [(1, forget("b")), (2, forget("c")), (5, forget("f"))]
        );
    }

    #[test]
    fn a_torn_manifest_line_is_not_acknowledged_and_its_number_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(folder.path()).unwrap();
        journal.append(&[forget("a")]).unwrap();
        journal.append(&[forget("torn")]).unwrap();
        let manifest = folder.path().join("manifest.jsonl");
        let bytes = fs::read(&manifest).unwrap();
        fs::write(&manifest, &bytes[..bytes.len() - 7]).unwrap();

        let mut journal = Journal::open(folder.path()).unwrap();
        assert_eq!(journal.position(), 1);
        assert_eq!(journal.append(&[forget("b")]).unwrap(), 2);
        assert_eq!(iris(&Journal::open(folder.path()).unwrap()), ["a", "b"]);
    }

    #[test]
    fn manifest_lines_in_another_layout_stay_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(folder.path()).unwrap();
        journal.append(&[forget("a")]).unwrap();
        let manifest = folder.path().join("manifest.jsonl");
        let line = fs::read_to_string(&manifest).unwrap();
        let wide = line.replace(",\"", ",   \"");
        assert!(wide.len() > line.len());
        let torn = [wide.as_bytes(), b"{\"segment\": 2, \xE9"].concat();
        for whole in [torn.as_slice(), wide.as_bytes()] {
            fs::write(&manifest, whole).unwrap();
            let mut journal = Journal::open(folder.path()).unwrap();
            journal.append(&[forget("b")]).unwrap();
            journal.append(&[forget("c")]).unwrap();
            assert_eq!(
                iris(&Journal::open(folder.path()).unwrap()),
                ["a", "b", "c"]
            );
        }
    }

    #[test]
    fn every_flipped_byte_of_a_segment_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        Journal::open(folder.path())
            .unwrap()
            .append(&[forget("a")])
            .unwrap();
        let path = folder.path().join("000001.jsonl.zst");
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            let journal = Journal::open(folder.path()).unwrap();
            let results: Vec<_> = journal.records().collect();
            assert!(
                matches!(results[..], [Err(JournalError::Damaged { .. })]),
                "byte {at}"
            );
        }
    }
}
