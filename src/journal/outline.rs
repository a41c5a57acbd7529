//! Outlines: a segment's records without the contents of documents, in a file of their own beside it.
//!
//! Who is held, and where from, can so be told without reading every document ever read. An outline
//! is derived: it names the SHA-256 of its segment, carries zstd's checksum, and one that is missing,
//! damaged or of another segment is made from the segment again.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::manifest::SegmentEntry;
use super::{JournalError, Record, segment};

/// zstd's quickest level: outlines are read at every start.
const LEVEL: i32 = 1;

fn path_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{number:06}.outline.zst"))
}

/// A record as an outline has it.
fn outlined(mut record: Record) -> Record {
    if let Record::Document(acquisition) = &mut record {
        acquisition.raw.content = String::new();
    }
    record
}

/// Writes the outline of a segment.
///
/// It is not made durable: a lost one is made again.
pub(super) fn write(
    folder: &Path,
    entry: &SegmentEntry,
    records: &[Record],
) -> std::io::Result<()> {
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL)?;
    encoder.include_checksum(true)?;
    writeln!(encoder, "{}", entry.sha256)?;
    for record in records {
        serde_json::to_writer(&mut encoder, &outlined(record.clone()))?;
        encoder.write_all(b"\n")?;
    }
    fs::write(path_of(folder, entry.segment), encoder.finish()?)
}

/// Copies an outline, where there is one.
pub(super) fn copy(from: &Path, to: &Path, entry: &SegmentEntry) {
    let _ = fs::copy(path_of(from, entry.segment), path_of(to, entry.segment));
}

/// The outline of a segment, from its file where that is whole, else from the segment.
pub(super) fn read(folder: &Path, entry: &SegmentEntry) -> Result<Vec<Record>, JournalError> {
    if let Some(records) = written(folder, entry) {
        // A lost segment is noticed by whoever reads the journal, and not when it is too late.
        segment::verify(folder, entry)?;
        return Ok(records);
    }
    let records = segment::read(folder, entry)?;
    Ok(records.into_iter().map(outlined).collect())
}

fn written(folder: &Path, entry: &SegmentEntry) -> Option<Vec<Record>> {
    let bytes = fs::read(path_of(folder, entry.segment)).ok()?;
    let text = String::from_utf8(zstd::decode_all(&bytes[..]).ok()?).ok()?;
    let mut lines = text.lines();
    if lines.next()? != entry.sha256 {
        return None;
    }
    let records: Vec<Record> = lines
        .map(|line| serde_json::from_str(line).ok())
        .collect::<Option<_>>()?;
    (records.len() == entry.records).then_some(records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;

    #[test]
    fn an_outline_that_is_damaged_or_missing_is_made_from_the_segment() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(folder.path()).unwrap();
        let forget = Record::Forget {
            document: "a".to_owned(),
            base: String::new(),
            sha256: String::new(),
        };
        journal.append(&[forget]).unwrap();
        let whole = journal.outlines().unwrap();
        assert_eq!(whole.len(), 1);
        let path = path_of(folder.path(), 1);
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            fs::write(&path, &flipped).unwrap();
            assert_eq!(journal.outlines().unwrap(), whole, "byte {at}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(journal.outlines().unwrap(), whole);
    }
}
