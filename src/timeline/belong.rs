//! Which ranked events belong to a timeline.
//!
//! A phrase that is nothing but names ("Syria", "Angela Merkel") asks for all that names them. In
//! any other phrase the words matter too: an event belongs that scores at least half of what the
//! ten best score on average, whether or not it says any word of the phrase, or a third when it
//! has all the names; so does, whatever its score, an event that says every word of the phrase or is
//! of a storyline whose name does.

use std::collections::BTreeSet;

use super::phrase::Topic;
use super::rank::{Days, Ranking};
use crate::store::{Condition, EventWords, Index, RecordKind, Search, Slot, StoreError};

/// Shares of the mean of the best scores that an event needs, without and with all names of the
/// phrase. On the development topics, with .35 for the named ones, .5 gives precision .80 and
/// recall .76 (F1 .75); .4 gives F1 .71, .6 gives .73. Any share for the named from .2 to .45 gives
/// the same F1 within .003.
const CUT: f64 = 0.5;
const NAMED_CUT: f64 = 0.35;
/// How many are the best.
const BEST: usize = 10;

/// Why events belong.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// The events, best first, with their scores.
    pub(super) events: Vec<(Slot, f64)>,
    /// Those that have every name of the phrase.
    pub(super) named: BTreeSet<Slot>,
    /// Those of a storyline that the phrase names.
    pub(super) of_storyline: BTreeSet<Slot>,
}

/// All events of a period, for a phrase that is nothing but one.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn everything(
    index: &Index,
    words: &EventWords,
    days: Option<Days>,
) -> Result<Members, StoreError> {
    let search = Search {
        kind: RecordKind::Event,
        must: vec![],
        should: vec![],
        or_keys: vec![],
        days,
        limit: 0,
    };
    let mut events: Vec<(Slot, f64)> = words
        .matching(index, &search)?
        .into_iter()
        .map(|slot| (slot, 0.0))
        .collect();
    super::rank::sort(words, &mut events);
    Ok(Members {
        events,
        ..Members::default()
    })
}

/// Selects the members among what was ranked.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn members(
    index: &Index,
    words: &EventWords,
    topic: &Topic,
    ranking: &Ranking,
    days: Option<Days>,
) -> Result<Members, StoreError> {
    let matching = |must, or_keys| -> Result<BTreeSet<Slot>, StoreError> {
        let search = Search {
            kind: RecordKind::Event,
            must,
            should: vec![],
            or_keys,
            days,
            limit: 0,
        };
        Ok(words.matching(index, &search)?.into_iter().collect())
    };
    let named = match topic.names.is_empty() {
        true => BTreeSet::new(),
        false => matching(topic.conditions(), vec![])?,
    };
    let storylines: Vec<String> = topic
        .storylines
        .iter()
        .map(|(iri, _)| iri.clone())
        .collect();
    let of_storyline = match storylines.is_empty() {
        true => BTreeSet::new(),
        false => matching(vec![], storylines)?,
    };
    let all_terms = topic.weights.keys().cloned().collect();
    let saying_all = matching(vec![vec![Condition::Terms(all_terms)]], vec![])?;
    let best = mean_of_best(&ranking.events);
    let belongs = |slot: &Slot, score: f64| {
        of_storyline.contains(slot)
            || saying_all.contains(slot)
            || match topic.is_names_only() {
                true => named.contains(slot),
                false if named.contains(slot) => score >= NAMED_CUT * best,
                false => score >= CUT * best,
            }
    };
    let mut is_ranked = vec![false; words.slots()];
    let mut events = Vec::new();
    for (slot, score) in &ranking.events {
        is_ranked[slot.index()] = true;
        if belongs(slot, *score) {
            events.push((*slot, *score));
        }
    }
    let unranked: BTreeSet<&Slot> = named
        .iter()
        .chain(&of_storyline)
        .chain(&saying_all)
        .collect();
    let unranked = unranked.into_iter();
    let unranked = unranked.filter(|slot| !is_ranked[slot.index()] && belongs(slot, 0.0));
    events.extend(unranked.map(|slot| (*slot, 0.0)));
    super::rank::sort(words, &mut events);
    Ok(Members {
        events,
        named,
        of_storyline,
    })
}

#[expect(clippy::cast_precision_loss, reason = "ten at most")]
fn mean_of_best(ranked: &[(Slot, f64)]) -> f64 {
    let best = &ranked[..BEST.min(ranked.len())];
    let sum: f64 = best.iter().map(|(_, score)| score).sum();
    sum / best.len().max(1) as f64
}
