//! Keys of names, and words of titles, that are written almost like given ones, for those who mistype.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::termdict::TermStreamer;

use super::{Index, StoreError, guarded};

impl Index {
    /// Keys of names that differ from one in a few letters, each with the number of names that have it; by key. A
    /// swap of neighbours is one difference.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn keys_like(&self, key: &str) -> Result<BTreeMap<String, usize>, StoreError> {
        guarded(|| self.terms_like(self.fields.name_key, key))
    }

    /// Terms of titles that differ from one in a few letters, each with the number of titles that have it;
    /// by term.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn words_like(&self, word: &str) -> Result<BTreeMap<String, usize>, StoreError> {
        guarded(|| self.terms_like(self.fields.title, word))
    }

    /// Goes through the dictionary of each segment with an automaton that drops what cannot match, so that
    /// a million terms take milliseconds.
    fn terms_like(&self, field: Field, term: &str) -> Result<BTreeMap<String, usize>, StoreError> {
        let query = FuzzyTermQuery::new(Term::from_field_text(field, term), letters(term), true);
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let dictionary = segment.inverted_index(field)?;
            let stream = dictionary.terms().search(query.automaton()?).into_stream();
            let mut stream: TermStreamer<'_, _> = stream.map_err(tantivy::TantivyError::from)?;
            while let Some((term, info)) = stream.next() {
                let term = String::from_utf8_lossy(term).into_owned();
                *found.entry(term).or_default() += info.doc_freq as usize;
            }
        }
        Ok(found)
    }
}

/// Letters that can be wrong in a word: those of Elasticsearch's `fuzziness: AUTO`, none up to two letters,
/// one up to five, else two.
fn letters(word: &str) -> u8 {
    match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{IndexRecord, RecordKind};

    #[test]
    fn few_letters_may_differ() {
        let mut index = Index::in_memory().unwrap();
        let record = |key: &str| IndexRecord {
            kind: RecordKind::Name,
            iri: format!("http://x.example/{key}"),
            keys: vec![key.to_owned()],
            title: key.to_owned(),
            context: String::new(),
            body: String::new(),
            words: String::new(),
            days: None,
            stored: String::new(),
        };
        let records = ["vladimir putin", "patna", "idlib", "ib"].map(record);
        index.replace(records.into_iter(), 1, "").unwrap();
        let keys =
            |key: &str| -> Vec<String> { index.keys_like(key).unwrap().into_keys().collect() };
        assert_eq!(keys("vladimr putni"), ["vladimir putin"]);
        assert_eq!(keys("idbil"), Vec::<String>::new());
        assert_eq!(keys("idilb"), ["idlib"]);
        assert_eq!(keys("ia"), Vec::<String>::new());
        assert_eq!(index.words_like("putni").unwrap()["putin"], 1);
    }
}
