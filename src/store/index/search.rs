//! Finds records: by key, by IRI, by words.

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{TantivyDocument, Term};

use super::{Index, RecordKind, StoreError, guarded, hash};

/// Records of a key that are asked for at first, since room is made for as many as are asked for. More
/// are rare: the lines of one long file, say.
const USUAL: usize = 1000;

/// Records that one hash of an IRI could find; two would be one pair in 2^64.
const SAME_HASH: usize = 4;

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

impl Index {
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

fn exact(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}
