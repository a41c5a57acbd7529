//! The full-text index: a Tantivy index of events, documents and names.
//!
//! Callers bring index terms already made (see `extract::terms`), separated by spaces; the index
//! splits at white space and knows no language. Each record carries whatever its owner wants back
//! as JSON. The journal position is the payload of Tantivy's own commit.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use tantivy::collector::{Count, TopDocs};
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::{IndexReader, IndexWriter, TantivyDocument, Term};

use super::StoreError;
use super::event_words::EventWords;
use super::guard::guarded;
use crate::hash;

/// Memory for building postings, in bytes; Tantivy wants at least 15 MB a thread.
const WRITER_BYTES: usize = 64_000_000;

/// The same for a few records: the least that Tantivy takes.
const PATCH_BYTES: usize = 15_000_000;

/// Names of the fields that are also read by column.
pub(super) const WORDS: &str = "words";
pub(super) const LENGTH: &str = "length";
pub(super) const FIRST: &str = "first";
pub(super) const LAST: &str = "last";
pub(super) const FINGERPRINT: &str = "fingerprint";
const IRI_HASH: &str = "iri_hash";

/// Records of a key that are asked for at first, since room is made for as many as are asked for. More
/// are rare: the lines of one long file, say.
const USUAL: usize = 1000;

/// Records that one hash of an IRI could find; two would be one pair in 2^64.
const SAME_HASH: usize = 4;

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// Something that happened.
    Event,
    /// A document.
    Document,
    /// An entity, storyline or concept.
    Name,
}

impl RecordKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Document => "document",
            Self::Name => "name",
        }
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexRecord {
    /// What it is about.
    pub kind: RecordKind,
    /// The IRI of that.
    pub iri: String,
    /// Exact keys under which it is looked up: name keys, addresses, ids.
    pub keys: Vec<String>,
    /// Terms of its title.
    pub title: String,
    /// Terms of what frames it.
    pub context: String,
    /// Terms of the rest.
    pub body: String,
    /// Of an event, all terms by which a phrase ranks it, as often as they are said; empty for
    /// other kinds.
    pub words: String,
    /// First and last day, as days since 1970-01-01; `None` when nothing is known.
    pub days: Option<(i64, i64)>,
    /// What its owner wants back.
    pub stored: String,
}

/// Something a record can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// This key.
    Key(String),
    /// All these terms, each in any field.
    Terms(Vec<String>),
}

/// A search: records that match every `must` and score by every `should`.
#[derive(Clone, Debug)]
pub struct Search {
    /// Kind of the records wanted.
    pub kind: RecordKind,
    /// Conditions that a record has to meet, any one of each group.
    pub must: Vec<Vec<Condition>>,
    /// Terms that raise the score, with their weights.
    pub should: Vec<(String, f32)>,
    /// IRIs of which a record's `keys` must hold at least one, as an alternative to `must`.
    pub or_keys: Vec<String>,
    /// Only records whose days overlap these, inclusive.
    pub days: Option<(i64, i64)>,
    /// At most so many, best first.
    pub limit: usize,
}

impl Search {
    /// Asks for at most so many records of a kind, whatever they hold.
    #[must_use]
    pub const fn of(kind: RecordKind, limit: usize) -> Self {
        Self {
            kind,
            must: Vec::new(),
            should: Vec::new(),
            or_keys: Vec::new(),
            days: None,
            limit,
        }
    }
}

/// A record found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// BM25 score over all fields.
    pub score: f32,
    /// What the record's owner stored.
    pub stored: String,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    kind: Field,
    pub(super) iri: Field,
    key: Field,
    pub(super) name_key: Field,
    pub(super) title: Field,
    context: Field,
    body: Field,
    pub(super) words: Field,
    length: Field,
    first: Field,
    last: Field,
    iri_hash: Field,
    fingerprint: Field,
    pub(super) stored: Field,
}

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

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqs);
    let words = TextOptions::default().set_indexing_options(indexing);
    let columnar = words.clone().set_fast("whitespace");
    let fields = Fields {
        kind: builder.add_text_field("kind", STRING),
        iri: builder.add_text_field("iri", STORED),
        key: builder.add_u64_field("key", INDEXED),
        name_key: builder.add_text_field("name_key", STRING),
        title: builder.add_text_field("title", words.clone()),
        context: builder.add_text_field("context", words.clone()),
        body: builder.add_text_field("body", words),
        words: builder.add_text_field(WORDS, columnar),
        length: builder.add_u64_field(LENGTH, FAST),
        first: builder.add_i64_field(FIRST, INDEXED | FAST),
        last: builder.add_i64_field(LAST, INDEXED | FAST),
        iri_hash: builder.add_u64_field(IRI_HASH, INDEXED | FAST),
        fingerprint: builder.add_u64_field(FINGERPRINT, FAST),
        stored: builder.add_text_field("stored", STORED),
    };
    (builder.build(), fields)
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
        match guarded(|| Self::existing(path))? {
            Some(index) => guarded(|| Self::of(index)),
            None => Self::in_memory(),
        }
    }

    fn existing(path: &Path) -> Result<Option<tantivy::Index>, StoreError> {
        if !path.join("meta.json").is_file() {
            return Ok(None);
        }
        let index = tantivy::Index::open_in_dir(path)?;
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
        self.prepare(records)?.commit(position, note)?;
        self.reload()
    }

    /// Writes what differs without showing it yet.
    pub(super) fn prepare(
        &self,
        records: impl Iterator<Item = IndexRecord>,
    ) -> Result<Prepared, StoreError> {
        guarded(|| self.prepare_unguarded(records))
    }

    fn prepare_unguarded(
        &self,
        records: impl Iterator<Item = IndexRecord>,
    ) -> Result<Prepared, StoreError> {
        let mut known = self.fingerprints()?;
        let writer = self.writer(WRITER_BYTES)?;
        if known.is_empty() {
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        for record in records {
            let (iri, fingerprint) = (hash(&record.iri), fingerprint(&record));
            match known.remove(&iri) {
                Some(old) if old == fingerprint => continue,
                Some(_) => {
                    writer.delete_term(Term::from_field_u64(self.fields.iri_hash, iri));
                }
                None => {}
            }
            let document = self.document(&record, iri, fingerprint);
            if let Err(error) = writer.add_document(document) {
                return Err(cause(writer, error));
            }
        }
        for iri in known.into_keys() {
            writer.delete_term(Term::from_field_u64(self.fields.iri_hash, iri));
        }
        Ok(Prepared { writer })
    }

    /// Writes some records, in place of those of the same IRIs, and takes others out, without showing
    /// it yet.
    pub(super) fn prepare_patch(
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
            let document = self.document(record, hash(&record.iri), fingerprint(record));
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

    /// The index's files whose checksums do not fit.
    pub(super) fn damaged_files(&self) -> Result<Vec<std::path::PathBuf>, StoreError> {
        guarded(|| {
            let mut files: Vec<_> = self.index.validate_checksum()?.into_iter().collect();
            files.sort();
            Ok(files)
        })
    }

    /// How many records the index has too many, too few or in another form.
    pub(super) fn differing(
        &self,
        records: impl Iterator<Item = IndexRecord>,
    ) -> Result<usize, StoreError> {
        let mut known = self.fingerprints()?;
        let mut is_held =
            |record: &IndexRecord| known.remove(&hash(&record.iri)) == Some(fingerprint(record));
        let held: Vec<bool> = records.map(|record| is_held(&record)).collect();
        Ok(held.into_iter().filter(|held| !held).count() + known.len())
    }

    /// Sees what was committed since.
    pub(super) fn reload(&mut self) -> Result<(), StoreError> {
        self.words = OnceLock::new();
        Ok(self.reader.reload()?)
    }

    fn document(&self, record: &IndexRecord, iri: u64, fingerprint: u64) -> TantivyDocument {
        let fields = self.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.kind, record.kind.word());
        document.add_text(fields.iri, &record.iri);
        for key in &record.keys {
            document.add_u64(fields.key, hash(key));
            if record.kind == RecordKind::Name {
                document.add_text(fields.name_key, key);
            }
        }
        document.add_text(fields.title, &record.title);
        document.add_text(fields.context, &record.context);
        document.add_text(fields.body, &record.body);
        if !record.words.is_empty() {
            document.add_text(fields.words, &record.words);
            let length = record.words.split_whitespace().count();
            document.add_u64(fields.length, length as u64);
        }
        if let Some((first, last)) = record.days {
            document.add_i64(fields.first, first);
            document.add_i64(fields.last, last);
        }
        document.add_u64(fields.iri_hash, iri);
        document.add_u64(fields.fingerprint, fingerprint);
        document.add_text(fields.stored, &record.stored);
        document
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

    /// All records of a kind that have a key.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn lookup(&self, kind: RecordKind, key: &str) -> Result<Vec<Hit>, StoreError> {
        let query = BooleanQuery::intersection(vec![self.kind_query(kind), self.key_query(key)]);
        let hits = self.hits(&query, USUAL)?;
        if hits.len() < USUAL {
            return Ok(hits);
        }
        self.hits(&query, self.records())
    }

    pub(super) const fn fields(&self) -> Fields {
        self.fields
    }

    pub(super) fn searcher(&self) -> tantivy::Searcher {
        self.reader.searcher()
    }

    /// Number of records.
    fn records(&self) -> usize {
        usize::try_from(self.reader.searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// The record of an IRI.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn record(&self, iri: &str) -> Result<Option<Hit>, StoreError> {
        let same_hash = TermQuery::new(
            Term::from_field_u64(self.fields.iri_hash, hash(iri)),
            IndexRecordOption::Basic,
        );
        let hits = guarded(|| self.found(&same_hash, SAME_HASH))?;
        let found = hits.into_iter().find(|(found, _)| found == iri);
        Ok(found.map(|(_, hit)| hit))
    }

    /// Number of records of a kind.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn count(&self, kind: RecordKind) -> Result<usize, StoreError> {
        guarded(|| {
            Ok(self
                .reader
                .searcher()
                .search(&*self.kind_query(kind), &Count)?)
        })
    }

    /// All records of a kind, in no order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn all(&self, kind: RecordKind) -> Result<Vec<Hit>, StoreError> {
        self.hits(&*self.kind_query(kind), self.records())
    }

    /// Searches, best first; equal scores in the order of their IRIs.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, search: &Search) -> Result<Vec<Hit>, StoreError> {
        self.hits(&self.query(search), search.limit)
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

    pub(super) fn query(&self, search: &Search) -> BooleanQuery {
        let mut parts: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, self.kind_query(search.kind))];
        if let Some((first, last)) = search.days {
            parts.push((Occur::Must, self.overlap(first, last)));
        }
        if let Some(required) = self.required(search) {
            parts.push((Occur::Must, required));
        }
        for (term, weight) in &search.should {
            parts.push((
                Occur::Should,
                Box::new(BoostQuery::new(self.any_field(term), *weight)),
            ));
        }
        BooleanQuery::new(parts)
    }

    /// `must`, or one of `or_keys`; adds nothing to the score that `should` does not.
    fn required(&self, search: &Search) -> Option<Box<dyn Query>> {
        let silent = |query| -> Box<dyn Query> { Box::new(BoostQuery::new(query, 0.0)) };
        let groups = search.must.iter().map(|group| -> Box<dyn Query> {
            Box::new(BooleanQuery::union(
                group.iter().map(|one| self.condition(one)).collect(),
            ))
        });
        let groups: Vec<Box<dyn Query>> = groups.collect();
        let keys = search.or_keys.iter().map(|key| self.key_query(key));
        let mut ways: Vec<Box<dyn Query>> = keys.collect();
        if !groups.is_empty() {
            ways.push(Box::new(BooleanQuery::intersection(groups)));
        }
        (!ways.is_empty()).then(|| silent(Box::new(BooleanQuery::union(ways))))
    }

    fn condition(&self, condition: &Condition) -> Box<dyn Query> {
        match condition {
            Condition::Key(key) => self.key_query(key),
            Condition::Terms(terms) => {
                let terms = terms.iter().map(|term| self.any_field(term)).collect();
                Box::new(BooleanQuery::intersection(terms))
            }
        }
    }

    fn hits(&self, query: &dyn Query, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let found = guarded(|| self.found(query, limit))?;
        Ok(found.into_iter().map(|(_, hit)| hit).collect())
    }

    /// The best records, each with its IRI.
    fn found(&self, query: &dyn Query, limit: usize) -> Result<Vec<(String, Hit)>, StoreError> {
        let searcher = self.reader.searcher();
        let found = searcher.search(query, &TopDocs::with_limit(limit.max(1)).order_by_score())?;
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let text = |field| {
                let value = document.get_first(field);
                value
                    .and_then(|value| value.as_str().map(str::to_owned))
                    .unwrap_or_default()
            };
            hits.push((
                text(self.fields.iri),
                Hit {
                    score,
                    stored: text(self.fields.stored),
                },
            ));
        }
        hits.sort_by(|(a, x), (b, y)| y.score.total_cmp(&x.score).then_with(|| a.cmp(b)));
        Ok(hits)
    }

    fn kind_query(&self, kind: RecordKind) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.kind, kind.word());
        Box::new(BoostQuery::new(exact(term), 0.0))
    }

    /// Keys are known by their hashes, which make a dictionary of an eighth of the size: digests and IRIs
    /// have next to nothing in common. Any two of a million keys have one hash with a chance of 3 in 10^8.
    fn key_query(&self, key: &str) -> Box<dyn Query> {
        exact(Term::from_field_u64(self.fields.key, hash(key)))
    }

    /// A term in any field; a title counts twice, context one and a half times (guesses).
    fn any_field(&self, term: &str) -> Box<dyn Query> {
        let field = |field, boost| -> Box<dyn Query> {
            let query = TermQuery::new(
                Term::from_field_text(field, term),
                IndexRecordOption::WithFreqs,
            );
            Box::new(BoostQuery::new(Box::new(query), boost))
        };
        Box::new(BooleanQuery::union(vec![
            field(self.fields.title, 2.0),
            field(self.fields.context, 1.5),
            field(self.fields.body, 1.0),
        ]))
    }

    fn overlap(&self, first: i64, last: i64) -> Box<dyn Query> {
        use std::ops::Bound::{Included, Unbounded};
        let day = |field, value| Term::from_field_i64(field, value);
        let begins = RangeQuery::new(Unbounded, Included(day(self.fields.first, last)));
        let ends = RangeQuery::new(Included(day(self.fields.last, first)), Unbounded);
        let both: Vec<Box<dyn Query>> = vec![Box::new(begins), Box::new(ends)];
        Box::new(BoostQuery::new(
            Box::new(BooleanQuery::intersection(both)),
            0.0,
        ))
    }
}

/// Changes that are written and not yet to be seen.
pub(super) struct Prepared {
    writer: IndexWriter,
}

impl Prepared {
    /// Makes the changes seen, all at once, by whoever opens or reloads the index.
    pub(super) fn commit(mut self, position: u64, note: &str) -> Result<(), StoreError> {
        let payload = Payload {
            position,
            note: note.to_owned(),
        };
        guarded(|| {
            let mut commit = self.writer.prepare_commit()?;
            commit.set_payload(&serde_json::to_string(&payload)?);
            commit.commit()?;
            self.writer.wait_merging_threads()?;
            Ok(())
        })
    }
}

/// What a commit carries beside the records.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Payload {
    position: u64,
    note: String,
}

/// Why a writer takes no more: its thread that has stopped knows, and of the calls that join it only this one
/// passes on what it says.
fn cause(mut writer: IndexWriter, error: tantivy::TantivyError) -> StoreError {
    let told = writer.prepare_commit().err();
    told.unwrap_or(error).into()
}

fn exact(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn hash(iri: &str) -> u64 {
    hash::number([iri])
}

/// A record's content as a number.
fn fingerprint(record: &IndexRecord) -> u64 {
    let days = record
        .days
        .map_or_else(String::new, |(first, last)| format!("{first} {last}"));
    let keys = record.keys.iter().map(String::as_str);
    // How many keys there are tells them from what follows.
    let count = record.keys.len().to_string();
    let rest = [
        record.kind.word(),
        &record.title,
        &record.context,
        &record.body,
        &record.words,
        &days,
        &record.stored,
        &count,
    ];
    hash::number(rest.into_iter().chain(keys))
}
