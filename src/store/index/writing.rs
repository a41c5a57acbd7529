//! Writes records: all of them, of which only those that differ are touched, or a few.

use std::collections::HashMap;

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::record::fingerprint;
use super::schema::{FINGERPRINT, IRI_HASH};
use super::{Index, IndexRecord, Payload, StoreError, guarded, hash};

/// Memory for building postings, in bytes; Tantivy wants at least 15 MB a thread.
const WRITER_BYTES: usize = 64_000_000;

/// The same for a few records: the least that Tantivy takes.
const PATCH_BYTES: usize = 15_000_000;

impl Index {
    /// Makes the index hold exactly these records, writing only those that differ, and notes the
    /// position it then stands at, and what the owner wants to find again with [`Index::note`].
    ///
    /// # Errors
    /// When writing fails; the index is then as it was.
    pub fn replace(
        &mut self,
        records: impl Iterator<Item = IndexRecord>,
        position: u64,
        note: &str,
    ) -> Result<(), StoreError> {
        self.prepare(records)?.commit(position, note, || Ok(()))?;
        self.reload()
    }

    /// Writes what differs without showing it yet.
    pub(in crate::store) fn prepare(
        &self,
        records: impl Iterator<Item = IndexRecord>,
    ) -> Result<Prepared, StoreError> {
        let mut known = self.fingerprints()?;
        let writer = guarded(|| self.writer(WRITER_BYTES))?;
        if known.is_empty() {
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        let mut prepared = Prepared { writer };
        // The records are made while they are asked for: a fault in that is none of the index.
        for record in records {
            let (iri, fingerprint) = (hash(&record.iri), fingerprint(&record));
            match known.remove(&iri) {
                Some(old) if old == fingerprint => continue,
                Some(_) => prepared.delete(self, iri)?,
                None => {}
            }
            prepared = prepared.add(self.fields.document(&record, iri, fingerprint))?;
        }
        for iri in known.into_keys() {
            prepared.delete(self, iri)?;
        }
        Ok(prepared)
    }

    /// Writes some records, in place of those of the same IRIs, and takes others out, without showing
    /// it yet.
    pub(in crate::store) fn prepare_patch(
        &self,
        records: &[IndexRecord],
        gone: &[String],
    ) -> Result<Prepared, StoreError> {
        guarded(|| self.prepare_patch_unguarded(records, gone))
    }

    fn prepare_patch_unguarded(
        &self,
        records: &[IndexRecord],
        gone: &[String],
    ) -> Result<Prepared, StoreError> {
        let writer = self.writer(PATCH_BYTES)?;
        let old = gone.iter().chain(records.iter().map(|record| &record.iri));
        for iri in old {
            writer.delete_term(Term::from_field_u64(self.fields.iri_hash, hash(iri)));
        }
        for record in records {
            let document = self
                .fields
                .document(record, hash(&record.iri), fingerprint(record));
            if let Err(error) = writer.add_document(document) {
                return Err(cause(writer, error));
            }
        }
        Ok(Prepared { writer })
    }

    fn writer(&self, bytes: usize) -> Result<IndexWriter, StoreError> {
        let writer: IndexWriter = self.index.writer_with_num_threads(1, bytes)?;
        // A process that died while it wrote leaves files, and Tantivy writes over none: the deletions of a
        // segment have the same name when they are written again.
        writer.garbage_collect_files().wait()?;
        Ok(writer)
    }

    /// How many records the index has too many, too few or in another form.
    pub(in crate::store) fn differing(
        &self,
        records: impl Iterator<Item = IndexRecord>,
    ) -> Result<usize, StoreError> {
        let mut known = self.fingerprints()?;
        let mut is_held =
            |record: &IndexRecord| known.remove(&hash(&record.iri)) == Some(fingerprint(record));
        let held: Vec<bool> = records.map(|record| is_held(&record)).collect();
        Ok(held.into_iter().filter(|held| !held).count() + known.len())
    }

    /// What the index holds: a fingerprint for each IRI's hash.
    fn fingerprints(&self) -> Result<HashMap<u64, u64>, StoreError> {
        guarded(|| self.read_fingerprints())
    }

    fn read_fingerprints(&self) -> Result<HashMap<u64, u64>, StoreError> {
        let mut found = HashMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let columns = segment.fast_fields();
            let iris = columns.u64(IRI_HASH)?.first_or_default_col(0);
            let prints = columns.u64(FINGERPRINT)?.first_or_default_col(0);
            let alive = segment.doc_ids_alive();
            found.extend(alive.map(|doc| (iris.get_val(doc), prints.get_val(doc))));
        }
        Ok(found)
    }
}

/// Changes that are written and not yet to be seen.
pub(in crate::store) struct Prepared {
    writer: IndexWriter,
}

impl Prepared {
    fn delete(&self, index: &Index, iri: u64) -> Result<(), StoreError> {
        let term = Term::from_field_u64(index.fields.iri_hash, iri);
        guarded(|| {
            self.writer.delete_term(term);
            Ok(())
        })
    }

    fn add(self, document: TantivyDocument) -> Result<Self, StoreError> {
        guarded(|| match self.writer.add_document(document) {
            Ok(_) => Ok(self),
            Err(error) => Err(cause(self.writer, error)),
        })
    }

    /// Makes the changes seen, all at once, by whoever opens or reloads the index. `before` is called when all the
    /// rest is done, and what it gives is dropped as soon as they are seen.
    pub(in crate::store) fn commit<T>(
        mut self,
        position: u64,
        note: &str,
        before: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<(), StoreError> {
        let payload = Payload {
            position,
            note: note.to_owned(),
        };
        let writer = &mut self.writer;
        let mut commit = guarded(move || Ok(writer.prepare_commit()?))?;
        commit.set_payload(&serde_json::to_string(&payload)?);
        let held = before()?;
        guarded(|| Ok(commit.commit()?))?;
        drop(held);
        guarded(|| Ok(self.writer.wait_merging_threads()?))
    }
}

/// Why a writer takes no more: its thread that has stopped knows, and of the calls that join it only this one
/// passes on what it says.
fn cause(mut writer: IndexWriter, error: tantivy::TantivyError) -> StoreError {
    let told = writer.prepare_commit().err();
    told.unwrap_or(error).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "a fault of ours")]
    fn a_fault_in_making_records_is_no_damage_of_the_index() {
        let records = std::iter::from_fn(|| panic!("a fault of ours"));
        let _ = Index::in_memory().unwrap().replace(records, 1, "");
    }
}
