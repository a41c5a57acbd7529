//! From the best events to a better query (RM3).

use std::collections::{BTreeMap, BTreeSet};

use super::vector::vector;
use super::{UNIT, Weights, normalized};
use crate::store::{EventWords, Slot, StoreError};

/// Events learned from in the first round, when the ranking is still rough, and in later ones.
const FIRST_EVENTS: usize = 15;
const LATER_EVENTS: usize = 30;
/// Terms kept of what was learned.
const TERMS: usize = 30;
/// Share of the learned terms in the new query.
const SHARE: f64 = 0.6;
/// How much more a better event teaches: its score relative to the best one's, to this power.
const SHARPNESS: i32 = 2;

/// Events to learn from, the best first.
#[derive(Clone, Copy, Debug)]
pub(super) enum Teachers<'a> {
    /// The best of a round, which may answer or not.
    Best { of: &'a [(Slot, f64)], round: usize },
    /// What is known to answer.
    Judged(&'a [(Slot, f64)]),
}

/// The query mixed with what the best events of a round share; `None` when they share nothing.
pub(super) fn expanded(
    words: &EventWords,
    query: &Weights,
    teachers: Teachers<'_>,
) -> Result<Option<Weights>, StoreError> {
    let (best, count) = match teachers {
        Teachers::Best { of, round: 0 } => (of, FIRST_EVENTS),
        Teachers::Best { of, .. } | Teachers::Judged(of) => (of, LATER_EVENTS),
    };
    let best = &best[..count.min(best.len())];
    let learned = learned(words, query, best)?;
    if learned.is_empty() {
        return Ok(None);
    }
    let mut mixed: Weights = query
        .iter()
        .map(|(term, weight)| (term.clone(), weight * (1.0 - SHARE)))
        .collect();
    for (term, weight) in normalized(&learned) {
        *mixed.entry(term).or_default() += weight * SHARE;
    }
    Ok(Some(mixed))
}

/// The heaviest terms of the events; those of one event alone only when the query has them.
fn learned(
    words: &EventWords,
    query: &Weights,
    best: &[(Slot, f64)],
) -> Result<Weights, StoreError> {
    let slots: Vec<Slot> = best.iter().map(|(slot, _)| *slot).collect();
    let highest = best.first().map_or(1.0, |(_, score)| *score);
    let mut sums: BTreeMap<String, (f64, u32)> = BTreeMap::new();
    for (terms, (_, score)) in words.terms(&slots)?.into_iter().zip(best) {
        let say = (score / highest).powi(SHARPNESS);
        for (term, weight) in vector(terms) {
            let sum = sums.entry(term).or_default();
            sum.0 += say * weight;
            sum.1 += 1;
        }
    }
    // A part of a unit teaches nothing: it would bring what says it alone.
    let units = query.keys().filter(|term| term.contains(UNIT));
    let parts: BTreeSet<&str> = units.flat_map(|unit| unit.split(UNIT)).collect();
    let shared = |(term, (weight, events)): (String, (f64, u32))| {
        let teaches = (events > 1 || query.contains_key(&term)) && !parts.contains(term.as_str());
        teaches.then_some((term, weight))
    };
    let mut heaviest: Vec<(String, f64)> = sums.into_iter().filter_map(shared).collect();
    heaviest.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    heaviest.truncate(TERMS);
    heaviest.retain(|(_, weight)| *weight > 0.0);
    Ok(heaviest.into_iter().collect())
}
