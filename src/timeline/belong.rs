//! Which ranked events belong to a timeline.
//!
//! A phrase that is nothing but names ("Syria", "Angela Merkel") asks for all that names them. In
//! any other phrase the words matter too: an event belongs that scores at least [`CUT`] of what the
//! ten best score on average, whether or not it says any word of the phrase; so does, whatever its
//! score, an event that says every word of the phrase or is of a storyline whose name does. While
//! all together are no more than a page, less is asked of an event that has all the names. Where
//! the phrase is the name of a storyline, an event that is not filed there has to score more than
//! the lowest that are.

use std::collections::BTreeSet;

use super::filed::Filed;
use super::phrase::Topic;
use super::rank::{self, Days, Ranking};
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
/// The share of the events filed under a storyline that count as its lowest, when the phrase is its name: what is not
/// filed there has to score more than they. For 118 headings of Current Events 2018 to 2026, half of each one's
/// events without it, timelines then have precision .45 and recall .66 (0: .43 and .67; without the rule: .16 and .79).
const LOWEST: f64 = 0.1;
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
    /// Events that have every name of the phrase, or half the score that is needed, or are only filed under what the
    /// phrase names, and do not belong, the best first.
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
    rank::sort(words, &mut events);
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
    filed: &Filed,
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
    let all_terms = topic.terms.iter().cloned().collect();
    let saying_all = matching(vec![vec![Condition::Terms(all_terms)]], vec![])?;
    let cut = (!topic.is_names_only()).then(|| Cut::of(&ranking.events, &named, &filed.asked_for));
    let belongs = |slot: &Slot, score: f64| {
        filed.members.contains(slot)
            || saying_all.contains(slot)
            || match cut {
                None => named.contains(slot),
                Some(cut) if named.contains(slot) => score >= cut.named,
                Some(cut) => score >= cut.others,
            }
    };
    let is_near = |slot: &Slot, score: f64| {
        let is_near = |cut: Cut| named.contains(slot) || score >= LESS_RELEVANT * cut.others;
        filed.strays.contains(slot) || cut.is_some_and(is_near)
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
        .chain(&filed.members)
        .chain(&saying_all)
        .collect();
    let unranked = unranked.into_iter();
    let unranked = unranked.filter(|slot| !is_ranked[slot.index()] && belongs(slot, 0.0));
    events.extend(unranked.map(|slot| (*slot, 0.0)));
    let strays = filed.strays.iter();
    let strays = strays.filter(|slot| !is_ranked[slot.index()] && !belongs(slot, 0.0));
    less_relevant.extend(strays.map(|slot| (*slot, 0.0)));
    rank::prefer(&mut events, &filed.asked_for);
    rank::sort(words, &mut events);
    rank::sort(words, &mut less_relevant);
    Ok(Members {
        events,
        named,
        cut,
        less_relevant,
        is_met: !saying_all.is_empty() || !filed.members.is_empty(),
    })
}

/// Looks for all events of a period that meet all of some conditions and one of some keys.
pub(super) fn looking_for(
    must: Vec<Vec<Condition>>,
    or_keys: Vec<String>,
    days: Option<Days>,
) -> Search {
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
    fn of(ranked: &[(Slot, f64)], named: &BTreeSet<Slot>, asked_for: &BTreeSet<Slot>) -> Self {
        let best = mean_of_best(ranked);
        let (low, others) = (NAMED_CUT * best, CUT * best);
        let answers = |(slot, score): &&(Slot, f64)| match named.contains(slot) {
            true => *score >= low,
            false => *score >= others,
        };
        let mut scores: Vec<f64> = ranked.iter().filter(answers).map(|(_, s)| *s).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        let last = scores.get(PAGE).copied().unwrap_or(low);
        let filed = score_of_filed(ranked, asked_for).unwrap_or(0.0);
        Self {
            named: last.clamp(low, others).max(filed),
            others: others.max(filed),
        }
    }
}

/// The score that all but the lowest of the events have that are filed under what was asked for.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "far fewer than 2^52 events, and the share is from 0 to 1"
)]
fn score_of_filed(ranked: &[(Slot, f64)], asked_for: &BTreeSet<Slot>) -> Option<f64> {
    let filed = ranked.iter().filter(|(slot, _)| asked_for.contains(slot));
    let mut scores: Vec<f64> = filed.map(|(_, score)| *score).collect();
    scores.sort_by(f64::total_cmp);
    let place = scores.len().saturating_sub(1) as f64 * LOWEST;
    scores.get(place as usize).copied()
}

#[expect(clippy::cast_precision_loss, reason = "ten at most")]
fn mean_of_best(ranked: &[(Slot, f64)]) -> f64 {
    let best = &ranked[..BEST.min(ranked.len())];
    let sum: f64 = best.iter().map(|(_, score)| score).sum();
    sum / best.len().max(1) as f64
}
