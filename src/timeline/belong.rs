//! Which ranked events belong to a timeline.
//!
//! A phrase that is nothing but names ("Syria", "Angela Merkel") asks for all that names them. In
//! any other phrase the words matter too: an event belongs that scores at least [`CUT`] of what the
//! ten best score on average, whether or not it says any word of the phrase; so does, whatever its
//! score, an event that says every word of the phrase or is of a storyline whose name does. While all
//! together are no more than a page, less is asked of an event that has all the names.

use std::collections::{BTreeMap, BTreeSet};

use super::phrase::Topic;
use super::rank::{Days, Ranking};
use crate::store::{Condition, EventWords, Index, RecordKind, Search, Slot, StoreError};

/// Share of the mean of the best scores that an event needs. On the development topics .5 gives precision .86, recall
/// .73 and the highest mean F1 but for .45; .6 gives recall .67, and of the 155 and 203 events of the two largest
/// topics only a fifth and a third (November 2026).
const CUT: f64 = 0.5;
/// The share that an event with all names of the phrase needs where few answer: in a store about one story even a
/// far answer is a part of it.
const NAMED_CUT: f64 = 0.35;
/// So many are few: what a reader looks over at once (a guess).
const PAGE: usize = 50;
/// Share of the cut from which an event counts as left out for being less relevant, not as foreign. A
/// guess.
const LESS_RELEVANT: f64 = 0.5;
/// How many are the best.
const BEST: usize = 10;

/// Why events belong.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// The events, best first, with their scores.
    pub(super) events: Vec<(Slot, f64)>,
    /// Those that have every name of the phrase.
    pub(super) named: BTreeSet<Slot>,
    /// The scores from which events belong by their score; `None` where scores do not matter.
    pub(super) cut: Option<Cut>,
    /// Events that have every name of the phrase, or half the score that is needed, and do not belong, the
    /// best first.
    pub(super) less_relevant: Vec<(Slot, f64)>,
    /// Whether an event says the whole phrase or is of a storyline named so.
    pub(super) is_met: bool,
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
    let mut events: Vec<(Slot, f64)> = words
        .matching(index, &looking_for(vec![], vec![], days))?
        .into_iter()
        .map(|slot| (slot, 0.0))
        .collect();
    super::rank::sort(words, &mut events);
    Ok(Members {
        events,
        is_met: true,
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
        let found = words.matching(index, &looking_for(must, or_keys, days))?;
        Ok(found.into_iter().collect())
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
    let all_terms = topic.terms.iter().cloned().collect();
    let saying_all = matching(vec![vec![Condition::Terms(all_terms)]], vec![])?;
    let cut = (!topic.is_names_only()).then(|| Cut::of(&ranking.events, &named));
    let belongs = |slot: &Slot, score: f64| {
        of_storyline.contains(slot)
            || saying_all.contains(slot)
            || match cut {
                None => named.contains(slot),
                Some(cut) if named.contains(slot) => score >= cut.named,
                Some(cut) => score >= cut.others,
            }
    };
    let is_near = |slot: &Slot, score: f64| {
        cut.is_some_and(|cut| named.contains(slot) || score >= LESS_RELEVANT * cut.others)
    };
    let mut is_ranked = vec![false; words.slots()];
    let (mut events, mut less_relevant) = (Vec::new(), Vec::new());
    for (slot, score) in &ranking.events {
        is_ranked[slot.index()] = true;
        if belongs(slot, *score) {
            events.push((*slot, *score));
        } else if is_near(slot, *score) {
            less_relevant.push((*slot, *score));
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
    super::rank::sort(words, &mut less_relevant);
    Ok(Members {
        events,
        named,
        cut,
        less_relevant,
        is_met: !saying_all.is_empty() || !of_storyline.is_empty(),
    })
}

/// The storylines of the phrase that each event is of, by their names.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn storylines_of_each(
    index: &Index,
    words: &EventWords,
    topic: &Topic,
    days: Option<Days>,
) -> Result<BTreeMap<Slot, Vec<String>>, StoreError> {
    let mut of_each: BTreeMap<Slot, Vec<String>> = BTreeMap::new();
    for (iri, name) in &topic.storylines {
        let search = looking_for(vec![], vec![iri.clone()], days);
        for slot in words.matching(index, &search)? {
            let names = of_each.entry(slot).or_default();
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    Ok(of_each)
}

/// Looks for all events of a period that meet all of some conditions and one of some keys.
fn looking_for(must: Vec<Vec<Condition>>, or_keys: Vec<String>, days: Option<Days>) -> Search {
    Search {
        must,
        or_keys,
        days,
        ..Search::of(RecordKind::Event, 0)
    }
}

/// The scores that events need.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cut {
    /// With all names of the phrase.
    pub(super) named: f64,
    /// Without.
    pub(super) others: f64,
}

impl Cut {
    /// Wide for events with the names while no more than a page answer; else so high that a page is left, up to
    /// the cut of the others.
    fn of(ranked: &[(Slot, f64)], named: &BTreeSet<Slot>) -> Self {
        let best = mean_of_best(ranked);
        let (low, others) = (NAMED_CUT * best, CUT * best);
        let answers = |(slot, score): &&(Slot, f64)| match named.contains(slot) {
            true => *score >= low,
            false => *score >= others,
        };
        let mut scores: Vec<f64> = ranked.iter().filter(answers).map(|(_, s)| *s).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        let last = scores.get(PAGE).copied().unwrap_or(low);
        Self {
            named: last.clamp(low, others),
            others,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "ten at most")]
fn mean_of_best(ranked: &[(Slot, f64)]) -> f64 {
    let best = &ranked[..BEST.min(ranked.len())];
    let sum: f64 = best.iter().map(|(_, score)| score).sum();
    sum / best.len().max(1) as f64
}
