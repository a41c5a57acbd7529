//! From a phrase to entries: which events, and how well each answers.
//!
//! Names in the phrase ("Syria", "Vladimir Putin") say what a timeline is about: an event must have
//! one reading of each of them, as a participant, place, context or plain word, or belong to a
//! storyline whose name has all words of the phrase. The other words only rank. Ranking is BM25
//! with pseudo-relevance feedback (Rocchio's idea: the words that the best events share are added
//! with less weight).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Entry, Timeline};
use crate::extract::{gazetteer, name_key, term_weight, terms};
use crate::record::{NameRecord, day_number};
use crate::store::{Condition, Index, RecordKind, Search, StoreError};
use crate::time::split_period;

/// Best events whose words are added, number of words, and their weight against the phrase's own
/// (the usual 10 documents; words and weight chosen on the development topics).
const FEEDBACK_EVENTS: usize = 10;
const FEEDBACK_TERMS: usize = 20;
const FEEDBACK_WEIGHT: f32 = 0.35;

/// The order of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By date; what has no full date comes last.
    #[default]
    Date,
    /// Best answers first. Events that have none of the names come too, far down.
    Relevance,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// A phrase; years in it count as the period.
    pub phrase: String,
    /// First day; replaces the phrase's own.
    pub from: Option<Date>,
    /// Last day, inclusive; replaces the phrase's own.
    pub to: Option<Date>,
    /// At most so many entries: the best ones.
    pub top: Option<usize>,
    /// The order of entries.
    pub order: Order,
}

/// Selects the entries that answer a request.
///
/// # Errors
/// When the index cannot be read.
pub fn select(index: &Index, request: &Request) -> Result<Timeline, StoreError> {
    let (words, period) = split_period(&request.phrase);
    let from = request
        .from
        .or(period.as_ref().map(|period| period.earliest.date()));
    let to = request
        .to
        .or(period.as_ref().map(|period| period.latest.date()));
    let mut entries = ranked(index, &words, days(from, to), request)?;
    if let Some(top) = request.top {
        entries.truncate(top);
    }
    if request.order == Order::Date {
        entries.sort_by(|a, b| {
            date_key(a)
                .cmp(&date_key(b))
                .then_with(|| a.event.cmp(&b.event))
        });
    }
    let day = |date: Date| date.to_string();
    Ok(Timeline {
        phrase: request.phrase.clone(),
        from: from.map(day),
        to: to.map(day),
        entries,
    })
}

/// Full dates in order, then partial ones, then none.
fn date_key(entry: &Entry) -> (bool, Option<&str>) {
    let date = entry.date.as_deref();
    (date.is_none_or(|date| date.contains('X')), date)
}

fn days(from: Option<Date>, to: Option<Date>) -> Option<(i64, i64)> {
    (from.is_some() || to.is_some()).then(|| {
        (
            from.map_or(i64::MIN, day_number),
            to.map_or(i64::MAX, day_number),
        )
    })
}

/// All entries that answer, best first.
fn ranked(
    index: &Index,
    words: &str,
    days: Option<(i64, i64)>,
    request: &Request,
) -> Result<Vec<Entry>, StoreError> {
    let query_terms: BTreeSet<String> = terms(words).into_iter().collect();
    let limit = match (request.order, request.top) {
        (Order::Relevance, Some(top)) => top,
        _ => 100_000,
    };
    if query_terms.is_empty() {
        let search = Search {
            kind: RecordKind::Event,
            must: vec![],
            should: vec![],
            or_keys: vec![],
            days,
            limit,
        };
        return if words.trim().is_empty() {
            found(index, &search)
        } else {
            Ok(Vec::new())
        };
    }
    let should = query_terms.iter().map(|term| (term.clone(), 1.0)).collect();
    let mut search = Search {
        kind: RecordKind::Event,
        must: conditions(index, words, &query_terms)?,
        should,
        or_keys: storylines(index, &query_terms)?,
        days,
        limit,
    };
    let mut first = found(
        index,
        &Search {
            limit: FEEDBACK_EVENTS,
            ..search.clone()
        },
    )?;
    if first.is_empty() {
        search.must = vec![
            query_terms
                .iter()
                .map(|term| Condition::Terms(vec![term.clone()]))
                .collect(),
        ];
        first = found(
            index,
            &Search {
                limit: FEEDBACK_EVENTS,
                ..search.clone()
            },
        )?;
    }
    search.should.extend(feedback(&first, &query_terms));
    if request.order == Order::Relevance {
        let any = search
            .should
            .iter()
            .map(|(term, _)| Condition::Terms(vec![term.clone()]));
        search.must = vec![any.collect()];
    }
    found(index, &search)
}

fn found(index: &Index, search: &Search) -> Result<Vec<Entry>, StoreError> {
    let hits = index.search(search)?;
    hits.into_iter()
        .map(|hit| {
            let entry: Entry = serde_json::from_str(&hit.stored)?;
            Ok(Entry {
                score: f64::from(hit.score),
                ..entry
            })
        })
        .collect()
}

/// One group for each name in the phrase; without names, one for each word.
fn conditions(
    index: &Index,
    words: &str,
    query_terms: &BTreeSet<String>,
) -> Result<Vec<Vec<Condition>>, StoreError> {
    let mut groups = Vec::new();
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let name = (at + 1..=words.len()).rev().find_map(|end| {
            let surface = words[at..end].join(" ");
            match readings(index, &surface) {
                Ok(readings) if readings.is_empty() => None,
                other => Some((end, surface, other)),
            }
        });
        let Some((end, surface, iris)) = name else {
            at += 1;
            continue;
        };
        let mut group: Vec<Condition> = iris?.into_iter().map(Condition::Key).collect();
        group.push(Condition::Terms(terms(&surface)));
        groups.push(group);
        at = end;
    }
    if groups.is_empty() {
        groups = query_terms
            .iter()
            .map(|term| vec![Condition::Terms(vec![term.clone()])])
            .collect();
    }
    Ok(groups)
}

/// IRIs of the people, places and organizations that a surface form names; a demonym names its
/// country.
fn readings(index: &Index, surface: &str) -> Result<Vec<String>, StoreError> {
    let key = name_key(gazetteer::country_of_demonym(surface).unwrap_or(surface));
    if terms(surface).is_empty() {
        return Ok(Vec::new());
    }
    let mut iris = Vec::new();
    for hit in index.lookup(RecordKind::Name, &key)? {
        let name: NameRecord = serde_json::from_str(&hit.stored)?;
        if matches!(name.kind.as_str(), "person" | "place" | "organization") {
            iris.push(name.iri);
        }
    }
    Ok(iris)
}

/// IRIs of storylines and concepts whose names have every word of the phrase.
fn storylines(index: &Index, query_terms: &BTreeSet<String>) -> Result<Vec<String>, StoreError> {
    let must = query_terms
        .iter()
        .map(|term| vec![Condition::Terms(vec![term.clone()])])
        .collect();
    let search = Search {
        kind: RecordKind::Name,
        must,
        should: vec![],
        or_keys: vec![],
        days: None,
        limit: 100,
    };
    let mut iris = Vec::new();
    for hit in index.search(&search)? {
        iris.push(serde_json::from_str::<NameRecord>(&hit.stored)?.iri);
    }
    Ok(iris)
}

/// The words that the best events share, with their weights.
fn feedback(best: &[Entry], query_terms: &BTreeSet<String>) -> Vec<(String, f32)> {
    let mut weights: BTreeMap<String, f64> = BTreeMap::new();
    for entry in best {
        let text = format!("{} {}", entry.title, entry.context.join(" "));
        let distinct: BTreeSet<String> = terms(&text).into_iter().collect();
        for term in distinct
            .into_iter()
            .filter(|term| !query_terms.contains(term))
        {
            *weights.entry(term.clone()).or_default() += term_weight(&term);
        }
    }
    let mut weights: Vec<(String, f64)> = weights.into_iter().collect();
    weights.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    weights.truncate(FEEDBACK_TERMS);
    let heaviest = weights
        .first()
        .map_or(1.0, |(_, weight)| weight.max(f64::MIN_POSITIVE));
    #[expect(clippy::cast_possible_truncation, reason = "weights lie in [0, 1]")]
    let scaled =
        |(term, weight): (String, f64)| (term, FEEDBACK_WEIGHT * (weight / heaviest) as f32);
    weights.into_iter().map(scaled).collect()
}
