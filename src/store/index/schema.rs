//! The fields of the index.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::{IndexRecord, RecordKind, hash};

/// Names of the fields that are also read by column.
pub(super) const WORDS: &str = "words";
pub(super) const LENGTH: &str = "length";
pub(super) const FIRST: &str = "first";
pub(super) const LAST: &str = "last";
pub(super) const FINGERPRINT: &str = "fingerprint";
pub(super) const IRI_HASH: &str = "iri_hash";

#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) kind: Field,
    pub(super) iri: Field,
    pub(super) key: Field,
    pub(super) name_key: Field,
    pub(super) title: Field,
    pub(super) context: Field,
    pub(super) body: Field,
    pub(super) words: Field,
    pub(super) length: Field,
    pub(super) first: Field,
    pub(super) last: Field,
    pub(super) iri_hash: Field,
    pub(super) fingerprint: Field,
    pub(super) stored: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
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

impl Fields {
    /// A record as Tantivy takes it; `iri` is the hash of its IRI.
    pub(super) fn document(
        self,
        record: &IndexRecord,
        iri: u64,
        fingerprint: u64,
    ) -> TantivyDocument {
        let fields = self;
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
}
