//! What somebody may have meant whose words the store does not know: names and words written almost so.
//!
//! Goes through the index's dictionaries, never through its records, so that it answers at once in a large
//! store too.

use std::cmp::Reverse;

use crate::extract::{is_number, name_key, terms};
use crate::rdf::Namespace;
use crate::record::NameRecord;
use crate::store::{Condition, Index, RecordKind, Search, StoreError};

use super::lookup::{Candidate, find};

/// At most so much is suggested.
const MOST: usize = 3;
/// Titles that are looked at for the way a word is written.
const TITLES: usize = 20;
/// Words that are tried in place of one.
const MOST_WORDS: usize = 5;

/// What may have been meant by a text that means nothing, likeliest first: names of the kinds in `wanted` (any,
/// where it is empty) that are written almost so, then the text with its unknown words mended, where that
/// means something.
///
/// # Errors
/// When the index cannot be read.
pub fn suggest(
    index: &Index,
    namespace: &Namespace,
    text: &str,
    wanted: &[&str],
) -> Result<Vec<Candidate>, StoreError> {
    let mut found = resembling(index, text, wanted)?;
    if found.is_empty()
        && let Some(mended) = mend(index, text)?
    {
        let meant = find(index, namespace, &mended, wanted)?;
        let means_something = !meant.is_empty();
        found.extend(meant.into_iter().filter(|one| one.documents > 0));
        // Of several events, the words that they share are the better answer.
        if found.is_empty() && means_something {
            found.push(Candidate {
                iri: String::new(),
                kind: String::new(),
                label: mended,
                documents: 0,
            });
        }
    }
    found.truncate(MOST);
    Ok(found)
}

/// Names and documents whose key is almost the text's, the likest first, of equally like ones the most named.
fn resembling(index: &Index, text: &str, wanted: &[&str]) -> Result<Vec<Candidate>, StoreError> {
    let key = name_key(text);
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    for (like, _) in index.keys_like(&key)? {
        let letters = strsim::osa_distance(&like, &key);
        for hit in index.lookup(RecordKind::Name, &like)? {
            let record: NameRecord = serde_json::from_str(&hit.stored)?;
            found.push((letters, Candidate::of_name(record)));
        }
    }
    if text.contains(['/', '.']) {
        for (like, _) in index.keys_like(text)? {
            for hit in index.lookup(RecordKind::Document, &like)? {
                let document = Candidate::of_record(&hit.stored).map(|document| Candidate {
                    label: like.clone(),
                    ..document
                });
                found
                    .extend(document.map(|document| (strsim::osa_distance(&like, text), document)));
            }
        }
    }
    found.retain(|(_, candidate)| candidate.is_wanted(wanted));
    found.sort_by(|(a, x), (b, y)| {
        let likeness = a.cmp(b).then(y.documents.cmp(&x.documents));
        likeness.then_with(|| x.iri.cmp(&y.iri))
    });
    let mut distinct: Vec<Candidate> = Vec::new();
    for (_, candidate) in found {
        if !distinct.iter().any(|known| known.iri == candidate.iri) {
            distinct.push(candidate);
        }
    }
    Ok(distinct)
}

/// A text with each word that no title and no name has replaced by the commonest one that is written
/// almost so; `None` where there is none.
///
/// # Errors
/// When the index cannot be read.
pub fn mend(index: &Index, text: &str) -> Result<Option<String>, StoreError> {
    let mut words: Vec<String> = Vec::new();
    let mut is_mended = false;
    for word in text.split_whitespace() {
        let better = mended(index, word)?;
        is_mended |= better.is_some();
        words.push(better.unwrap_or_else(|| word.to_owned()));
    }
    Ok(is_mended.then(|| words.join(" ")))
}

/// The word that was meant by one that nothing says.
fn mended(index: &Index, word: &str) -> Result<Option<String>, StoreError> {
    let found = terms(word);
    let [term] = &found[..] else {
        return Ok(None);
    };
    if is_number(term) || is_said(index, term)? {
        return Ok(None);
    }
    let mut like: Vec<(String, usize)> = index.words_like(term)?.into_iter().collect();
    like.sort_by_key(|(like, titles)| (strsim::osa_distance(like, term), Reverse(*titles)));
    // The dictionary also has words of what was forgotten, until its segment is written anew.
    for (term, _) in like.iter().take(MOST_WORDS) {
        if let Some(way) = written(index, term, word)? {
            return Ok(Some(way));
        }
    }
    Ok(None)
}

/// Whether any event says a term, or anything is called so.
fn is_said(index: &Index, term: &str) -> Result<bool, StoreError> {
    let none = titles(index, RecordKind::Event, term, 1)?.is_empty()
        && titles(index, RecordKind::Name, term, 1)?.is_empty();
    Ok(!none)
}

/// How titles write a term; of several ways the one most like `word`.
fn written(index: &Index, term: &str, word: &str) -> Result<Option<String>, StoreError> {
    let mut ways: Vec<(usize, String)> = Vec::new();
    for kind in [RecordKind::Name, RecordKind::Event] {
        for title in titles(index, kind, term, TITLES)? {
            for way in title.split_whitespace() {
                let way = way.trim_matches(|c: char| !c.is_alphanumeric());
                if terms(way) == [term] {
                    ways.push((strsim::osa_distance(way, word), way.to_owned()));
                }
            }
        }
    }
    Ok(ways.into_iter().min().map(|(_, way)| way))
}

/// Titles of records that have a term.
fn titles(
    index: &Index,
    kind: RecordKind,
    term: &str,
    limit: usize,
) -> Result<Vec<String>, StoreError> {
    let search = Search {
        must: vec![vec![Condition::Terms(vec![term.to_owned()])]],
        ..Search::of(kind, limit)
    };
    let hits = index.search(&search)?;
    let labels = hits
        .iter()
        .filter_map(|hit| Candidate::of_record(&hit.stored));
    Ok(labels.map(|candidate| candidate.label).collect())
}
