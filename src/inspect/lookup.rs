//! From what a user types to the things it can mean.

use serde::Serialize;

use crate::extract::{name_key, terms};
use crate::rdf::Namespace;
use crate::record::{DocumentRecord, EventRecord, NameRecord};
use crate::store::{Condition, Hit, Index, RecordKind, Search, StoreError};

/// Something a user may have meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Its IRI.
    pub iri: String,
    /// `event`, `document`, `person`, `place`, `organization`, `storyline` or `concept`.
    pub kind: String,
    /// Its title or name.
    pub label: String,
    /// Of something with a name, the number of documents that name it, in any way; 0 for events and
    /// documents.
    #[serde(default)]
    pub documents: usize,
}

impl Candidate {
    /// Whether it is meant so much more often than another that nobody would mean that one without saying so.
    #[must_use]
    pub const fn outweighs(&self, other: &Self) -> bool {
        self.documents >= DOMINANT * other.documents && self.documents > 0
    }

    /// Whether it is of one of these kinds; none means any.
    pub(super) fn is_wanted(&self, wanted: &[&str]) -> bool {
        wanted.is_empty() || wanted.contains(&self.kind.as_str())
    }

    pub(super) fn of_name(record: NameRecord) -> Self {
        Self {
            iri: record.iri,
            kind: record.kind,
            label: record.name,
            documents: record.documents,
        }
    }

    /// A record of any kind.
    pub(super) fn of_record(stored: &str) -> Option<Self> {
        if let Ok(record) = serde_json::from_str(stored) {
            return Some(Self::of_name(record));
        }
        if let Ok(DocumentRecord { iri, title, id, .. }) = serde_json::from_str(stored) {
            return Some(Self {
                iri,
                kind: "document".to_owned(),
                label: title.unwrap_or(id),
                documents: 0,
            });
        }
        serde_json::from_str(stored).ok().map(Self::of_event)
    }

    fn of_event(event: EventRecord) -> Self {
        let date = event.date.map(|date| format!("{date} "));
        Self {
            iri: event.event,
            kind: "event".to_owned(),
            label: date.unwrap_or_default() + &event.title,
            documents: 0,
        }
    }
}

/// How many times as many documents as the next bearer of a name a bearer needs to be meant by it: as
/// clear as surnames standing alone have to be. A guess.
const DOMINANT: usize = 3;
/// At most so many events are offered for a few words of a title.
const MOST: usize = 20;

/// What `text` can mean, best first: an IRI, an id of `namespace` (an IRI without its base), a document's
/// id, address or path, a name (the one most documents mean first), a surname, or words of an event's
/// title. `wanted` narrows to kinds; empty means any.
///
/// # Errors
/// When the index cannot be read.
pub fn find(
    index: &Index,
    namespace: &Namespace,
    text: &str,
    wanted: &[&str],
) -> Result<Vec<Candidate>, StoreError> {
    let text = text.trim();
    let mut found = Vec::new();
    let iri = if text.contains("://") {
        text.to_owned()
    } else {
        format!("{}{text}", namespace.base())
    };
    if let Some(hit) = index.record(iri.trim_matches(['<', '>']))? {
        found.extend(Candidate::of_record(&hit.stored));
    }
    for hit in index.lookup(RecordKind::Document, text)? {
        found.extend(Candidate::of_record(&hit.stored));
    }
    found.extend(named(index, text)?);
    found.retain(|candidate| candidate.is_wanted(wanted));
    if found.is_empty() {
        found = surnamed(index, text)?;
        found.retain(|candidate| candidate.is_wanted(wanted));
    }
    if found.is_empty() {
        found = titled(index, text)?;
        found.retain(|candidate| candidate.is_wanted(wanted));
    }
    found.dedup_by(|a, b| a.iri == b.iri);
    Ok(found)
}

/// What `text` is the name of, where that is of none of the wanted kinds: the most named.
///
/// # Errors
/// When the index cannot be read.
pub fn bearer(index: &Index, text: &str, wanted: &[&str]) -> Result<Option<Candidate>, StoreError> {
    let found = named(index, text.trim())?.into_iter().next();
    Ok(found.filter(|first| !first.is_wanted(wanted)))
}

/// What bears a name, the most named first.
fn named(index: &Index, text: &str) -> Result<Vec<Candidate>, StoreError> {
    let mut found = Vec::new();
    for hit in index.lookup(RecordKind::Name, &name_key(text))? {
        found.push(Candidate::of_name(serde_json::from_str(&hit.stored)?));
    }
    sort_named(&mut found);
    Ok(found)
}

/// People whose name ends in these words, the most named first.
fn surnamed(index: &Index, text: &str) -> Result<Vec<Candidate>, StoreError> {
    let key = name_key(text);
    let ending = format!(" {key}");
    if !text.starts_with(char::is_uppercase) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for hit in with_words(index, &[terms(&key), terms(text)])? {
        let record: NameRecord = serde_json::from_str(&hit.stored)?;
        if record.kind == "person" && name_key(&record.name).ends_with(&ending) {
            found.push(Candidate::of_name(record));
        }
    }
    sort_named(&mut found);
    found.truncate(MOST);
    Ok(found)
}

/// Names that have all the terms of one of several ways to read a text; all names, where one has no terms.
fn with_words(index: &Index, ways: &[Vec<String>]) -> Result<Vec<Hit>, StoreError> {
    if ways.iter().any(Vec::is_empty) {
        return index.all(RecordKind::Name);
    }
    let ways = ways.iter().cloned().map(Condition::Terms);
    index.search(&Search {
        must: vec![ways.collect()],
        ..Search::of(RecordKind::Name, index.count(RecordKind::Name)?)
    })
}

fn sort_named(found: &mut [Candidate]) {
    found.sort_by(|a, b| (b.documents, &a.iri).cmp(&(a.documents, &b.iri)));
}

/// Words from which on the beginning of a title means that title alone; a guess.
const TELLING: usize = 3;

/// Events whose title or account has all the words, those whose title begins with them first.
fn titled(index: &Index, text: &str) -> Result<Vec<Candidate>, StoreError> {
    let words = terms(text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let search = Search {
        must: words
            .iter()
            .map(|word| vec![Condition::Terms(vec![word.clone()])])
            .collect(),
        should: words.iter().map(|word| (word.clone(), 1.0)).collect(),
        ..Search::of(RecordKind::Event, MOST)
    };
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for hit in index.search(&search)? {
        let event: EventRecord = serde_json::from_str(&hit.stored)?;
        match terms(&event.title).starts_with(&words) {
            true => found.push(Candidate::of_event(event)),
            false => others.push(Candidate::of_event(event)),
        }
    }
    if found.len() != 1 || words.len() < TELLING {
        found.append(&mut others);
    }
    Ok(found)
}
