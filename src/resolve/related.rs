//! Events that have much to do with each other, found rather than stated.
//!
//! What two events share (people, bodies, places, topics, storylines) counts by its rarity among the
//! events at hand; likeness of wording and closeness in time add to it. Every event keeps its best
//! few; the relation is symmetric. Candidates come from the rarest things an event has, up to a
//! bound, so that the work grows with the number of events. What pages state is left out of account:
//! stated and inferred relations stand beside each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::describe::describing_words;
use super::similarity::{Probe, Signature};
use super::{Reading, Resolution};
use crate::record::day_number;

/// Related events that an event keeps at most: what readers of an archive page are shown.
const MOST_KEPT: usize = 10;
/// Related events that an event keeps in large sets, and pairs from which on fewer are kept: a link
/// costs eight quads or more, and an archive page some thirty without them.
const LEAST_KEPT: usize = 1;
const MOST_LINKS: usize = 10_000;
/// Events that one is compared with, those that share its rarest things first; a guess.
const MOST_COMPARED: usize = 300;
/// Heaviest terms of the wording that also find candidates.
const LOOKUP_TERMS: usize = 6;
/// What an idf of 1 in shared context weighs beside a likeness of wording of 1; chosen, as the next
/// two, on 54 archive pages with 156 stated relations (any of 0.05 to 0.2 does about as well).
const CONTEXT: f64 = 0.1;
/// What closeness in time weighs at most, and the days after which it has fallen to 1/e.
const CLOSENESS: f64 = 0.1;
const FADING_DAYS: f64 = 365.0;
/// What likeness of wording adds at most, with room for what is rounded.
const MOST_LIKENESS: f64 = 1.0 + 1e-9;
/// Pairs below this score say nothing.
const LEAST_SCORE: f64 = 0.1;

/// Two related events, the smaller index first.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// One event.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// How much they have to do with each other, in [0, 1).
    pub score: f64,
    /// What they share, as entity indices, rarest first, at most three.
    pub shared: Vec<usize>,
}

struct Profile {
    /// Entities, rarest first.
    context: Vec<usize>,
    wording: Signature,
    /// Days since 1970-01-01.
    day: Option<i64>,
}

/// The related events of a resolution, sorted; `elsewhere` is the number of events that are known and
/// perhaps not at hand.
pub(super) fn find_related(
    readings: &[Reading],
    resolution: &Resolution,
    elsewhere: usize,
) -> Vec<Related> {
    let frequencies = frequencies(resolution);
    let rarity = rarity(&frequencies, resolution.events.len());
    let profiles: Vec<Profile> = (0..resolution.events.len())
        .into_par_iter()
        .map(|event| profile(readings, resolution, event, &rarity))
        .collect();
    let (by_entity, by_term) = postings(&profiles, resolution.entities.list().len());
    let kept = (MOST_LINKS / profiles.len().max(elsewhere).max(1)).clamp(LEAST_KEPT, MOST_KEPT);
    let best: Vec<Vec<Related>> = (0..profiles.len())
        .into_par_iter()
        .map(|event| {
            let candidates = candidates(event, &profiles, &by_entity, &by_term);
            best(event, &candidates, kept, &profiles, &rarity)
        })
        .collect();
    let pairs: BTreeMap<(usize, usize), Related> = best
        .into_iter()
        .flatten()
        .map(|related| ((related.from, related.to), related))
        .collect();
    pairs.into_values().collect()
}

fn entities(resolution: &Resolution, event: usize) -> BTreeSet<usize> {
    let event = &resolution.events[event];
    let roles = [&event.actors, &event.places, &event.topics];
    roles.into_iter().flatten().copied().collect()
}

fn frequencies(resolution: &Resolution) -> Vec<u32> {
    let mut frequencies = vec![0; resolution.entities.list().len()];
    for event in 0..resolution.events.len() {
        for entity in entities(resolution, event) {
            frequencies[entity] += 1;
        }
    }
    frequencies
}

/// ln((N + 1) / n) of each entity.
fn rarity(frequencies: &[u32], events: usize) -> Vec<f64> {
    let all = f64::from(u32::try_from(events).unwrap_or(u32::MAX)) + 1.0;
    let of = |&count: &u32| (all / f64::from(count.max(1))).ln();
    frequencies.iter().map(of).collect()
}

fn profile(readings: &[Reading], resolution: &Resolution, event: usize, rarity: &[f64]) -> Profile {
    let mut context: Vec<usize> = entities(resolution, event).into_iter().collect();
    context.sort_by(|&a, &b| rarity[b].total_cmp(&rarity[a]).then(a.cmp(&b)));
    let event = &resolution.events[event];
    Profile {
        context,
        wording: Signature::of(&describing_words(readings, event)),
        day: event
            .value
            .as_deref()
            .and_then(|value| value.parse().ok())
            .map(day_number),
    }
}

type Postings = (Vec<Vec<usize>>, HashMap<u64, Vec<usize>>);

fn postings(profiles: &[Profile], entities: usize) -> Postings {
    let mut by_entity = vec![Vec::new(); entities];
    let mut by_term: HashMap<u64, Vec<usize>> = HashMap::new();
    for (event, profile) in profiles.iter().enumerate() {
        profile
            .context
            .iter()
            .for_each(|&entity| by_entity[entity].push(event));
        for term in profile.wording.heaviest(LOOKUP_TERMS) {
            by_term.entry(term).or_default().push(event);
        }
    }
    (by_entity, by_term)
}

/// Events that share something with one, found by its rarest things until there are enough. Of a
/// list that is too long, those nearest in the order of ids are taken, and ids begin with the day.
fn candidates(
    event: usize,
    profiles: &[Profile],
    by_entity: &[Vec<usize>],
    by_term: &HashMap<u64, Vec<usize>>,
) -> Vec<usize> {
    let profile = &profiles[event];
    let terms = profile.wording.heaviest(LOOKUP_TERMS);
    let terms = terms.iter().filter_map(|term| by_term.get(term));
    let mut lists: Vec<&Vec<usize>> = profile
        .context
        .iter()
        .map(|&e| &by_entity[e])
        .chain(terms)
        .collect();
    lists.sort_by_key(|list| (list.len(), list.first().copied()));
    let mut found: Vec<usize> = Vec::with_capacity(MOST_COMPARED);
    for list in lists {
        let room = MOST_COMPARED.saturating_sub(found.len());
        if room == 0 {
            break;
        }
        let own = list.partition_point(|&other| other < event);
        let start = own.saturating_sub(room / 2);
        let end = (start + room).min(list.len());
        found.extend(list[start..end].iter().filter(|&&other| other != event));
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// A candidate, and what it has in common with an event apart from its wording.
struct Likely {
    other: usize,
    context: f64,
    closeness: f64,
}

/// The `kept` candidates that score best. Wordings are compared only where they can still decide.
fn best(
    event: usize,
    candidates: &[usize],
    kept: usize,
    profiles: &[Profile],
    rarity: &[f64],
) -> Vec<Related> {
    let own = &profiles[event];
    let wording = Probe::new(&own.wording);
    let likely = candidates.iter().map(|&other| {
        let shared = shared(own, &profiles[other]).map(|entity| rarity[entity]);
        Likely {
            other,
            context: CONTEXT * shared.sum::<f64>(),
            closeness: closeness(own.day, profiles[other].day),
        }
    });
    let mut likely: Vec<Likely> = likely.collect();
    likely.sort_unstable_by(|a, b| {
        let order = (b.context + b.closeness).total_cmp(&(a.context + a.closeness));
        order.then(a.other.cmp(&b.other))
    });
    let mut best: Vec<(f64, (usize, usize))> = Vec::with_capacity(kept + 1);
    for candidate in likely {
        let most = candidate.context + candidate.closeness + MOST_LIKENESS;
        if best.len() == kept && best.last().is_some_and(|(worst, _)| most < *worst) {
            break;
        }
        let other = candidate.other;
        let likeness = wording.cosine(&profiles[other].wording);
        let sum = candidate.context + likeness + candidate.closeness;
        let pair = (event.min(other), event.max(other));
        let place = best.partition_point(|&(known, known_pair)| {
            known
                .total_cmp(&sum)
                .reverse()
                .then(known_pair.cmp(&pair))
                .is_lt()
        });
        best.insert(place, (sum, pair));
        best.truncate(kept);
    }
    let scored = best
        .into_iter()
        .map(|(sum, pair)| (sum / (1.0 + sum), pair));
    let told = scored.filter(|(score, _)| *score >= LEAST_SCORE);
    told.map(|(score, (from, to))| Related {
        from,
        to,
        score,
        shared: shared(&profiles[from], &profiles[to]).take(3).collect(),
    })
    .collect()
}

/// What two events have in common, rarest first.
fn shared<'a>(left: &'a Profile, right: &'a Profile) -> impl Iterator<Item = usize> + 'a {
    let is_shared = |entity: &usize| right.context.contains(entity);
    left.context.iter().copied().filter(is_shared)
}

fn closeness(a: Option<i64>, b: Option<i64>) -> f64 {
    let (Some(a), Some(b)) = (a, b) else {
        return 0.0;
    };
    let days = u32::try_from(a.abs_diff(b)).unwrap_or(u32::MAX);
    CLOSENESS * (-f64::from(days) / FADING_DAYS).exp()
}
