//! The members of storylines near an event, in days and in words.

use std::collections::{BTreeMap, HashMap};

use super::likeness::Likeness;
use super::{Frames, Membership};
use crate::extract::{term_weight, terms};
use crate::record::day_number;
use crate::resolve::similarity::Signature;
use crate::resolve::{Entities, Event};

/// Members that lie further from an event, in days, are not looked at; a guess: storylines rest
/// now and then, but two months later another story with the same names is as likely.
const WINDOW_DAYS: i64 = 60;
/// Terms by which members are found; those of an event that weigh most.
const LOOKUP_TERMS: usize = 10;
/// Members less alike than this are not counted.
const FAINT: f64 = 0.12;
/// Members that a membership names as its support.
const SUPPORT: usize = 3;

/// All events as they are compared, and the members by their terms.
pub(super) struct Neighbourhood<'a> {
    events: &'a [Event],
    frames: &'a Frames,
    days: Vec<Option<i64>>,
    signatures: &'a [Signature],
    /// The weight of each entity's rarest word.
    rarity: Vec<f64>,
    /// For each storyline the terms of its name with their weights.
    names: Vec<Signature>,
    /// Days and members that have a term among their heaviest, sorted.
    by_term: HashMap<u64, Vec<(i64, usize)>>,
}

/// One storyline's members near an event.
#[derive(Default)]
struct Nearby {
    /// Likeness and event, best first.
    members: Vec<(f64, usize)>,
}

/// The best that speaks for any other storyline.
#[derive(Clone, Copy)]
struct Rival {
    nearest: f64,
    name: f64,
}

/// The highest of the values of all storylines but one.
fn best_other(values: &BTreeMap<usize, f64>, storyline: usize) -> f64 {
    let others = values.iter().filter(|(other, _)| **other != storyline);
    others.map(|(_, value)| *value).fold(0.0, f64::max)
}

impl<'a> Neighbourhood<'a> {
    pub(super) fn new(
        entities: &Entities,
        events: &'a [Event],
        frames: &'a Frames,
        signatures: &'a [Signature],
    ) -> Self {
        let days: Vec<Option<i64>> = events.iter().map(day).collect();
        let mut by_term: HashMap<u64, Vec<(i64, usize)>> = HashMap::new();
        for (event, signature) in signatures.iter().enumerate() {
            if let Some(day) = days[event].filter(|_| !frames.of_event()[event].is_empty()) {
                for term in signature.heaviest(LOOKUP_TERMS) {
                    by_term.entry(term).or_default().push((day, event));
                }
            }
        }
        by_term.values_mut().for_each(|list| list.sort_unstable());
        let rarity = entities.list().iter().map(|e| rarest(&e.name)).collect();
        let names = frames
            .storylines()
            .iter()
            .map(|&entity| Signature::of(&entities.list()[entity].name))
            .collect();
        Self {
            events,
            frames,
            days,
            signatures,
            rarity,
            names,
            by_term,
        }
    }

    /// The likeliest storyline of an event; none for an undated event, or one like nothing near it.
    pub(super) fn best(&self, event: usize) -> Option<Membership> {
        let day = self.days[event]?;
        let nearby = self.nearby(event, day);
        let all: f64 = nearby.values().map(|near| near.sum(5)).sum();
        let said: BTreeMap<usize, f64> = nearby
            .keys()
            .map(|&storyline| (storyline, self.said(event, storyline)))
            .collect();
        let scored = nearby.iter().map(|(&storyline, near)| {
            let others = nearby.iter().filter(|(other, _)| **other != storyline);
            let rival = Rival {
                nearest: others.map(|(_, near)| near.nearest()).fold(0.0, f64::max),
                name: best_other(&said, storyline),
            };
            let likeness = self.likeness(event, day, storyline, near, all, rival);
            (likeness.score(), storyline, near, likeness)
        });
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
        let (score, storyline, near, likeness) = best?;
        let support: Vec<usize> = near.members.iter().take(SUPPORT).map(|m| m.1).collect();
        Some(Membership {
            event,
            storyline,
            score,
            shared: self.shared(event, &support),
            support,
            likeness,
        })
    }

    /// Members not too faintly alike, by storyline.
    fn nearby(&self, event: usize, day: i64) -> BTreeMap<usize, Nearby> {
        let mut members: Vec<usize> = Vec::new();
        for term in self.signatures[event].heaviest(LOOKUP_TERMS) {
            let list = self.by_term.get(&term).map_or(&[][..], Vec::as_slice);
            let from = list.partition_point(|(other, _)| *other < day - WINDOW_DAYS);
            let to = list.partition_point(|(other, _)| *other <= day + WINDOW_DAYS);
            members.extend(list[from..to].iter().map(|(_, member)| *member));
        }
        members.sort_unstable();
        members.dedup();
        let mut nearby: BTreeMap<usize, Nearby> = BTreeMap::new();
        for member in members.into_iter().filter(|&member| member != event) {
            let likeness = self.signatures[event].cosine(&self.signatures[member]);
            if likeness >= FAINT {
                for &storyline in &self.frames.of_event()[member] {
                    let near = nearby.entry(storyline).or_default();
                    near.members.push((likeness, member));
                }
            }
        }
        for near in nearby.values_mut() {
            near.members
                .sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        nearby
    }

    fn likeness(
        &self,
        event: usize,
        day: i64,
        storyline: usize,
        near: &Nearby,
        all: f64,
        rival: Rival,
    ) -> Likeness {
        let name = self.said(event, storyline);
        let closest = &near.members[..near.members.len().min(5)];
        let gaps = closest
            .iter()
            .filter_map(|(_, member)| Some((self.days[*member]? - day).abs()));
        let shared = self.shared(event, &closest.iter().map(|m| m.1).collect::<Vec<_>>());
        let rarest = shared.iter().map(|&e| self.rarity[e]).fold(0.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "days and counts are small")]
        Likeness {
            nearest: near.nearest(),
            nearest_three: near.sum(3) / 3.0,
            share: near.sum(5) / all,
            margin: near.nearest() - rival.nearest,
            name,
            name_margin: name - rival.name,
            rarest: rarest / 10.0,
            gap: (1.0 + gaps.min().unwrap_or(WINDOW_DAYS) as f64).ln(),
            count: (1.0 + near.members.len() as f64).ln(),
        }
    }

    /// How much of a storyline's name an event says, in [0, 1].
    fn said(&self, event: usize, storyline: usize) -> f64 {
        self.names[storyline].covered_by(&self.signatures[event])
    }

    /// Entities of an event that some of the others have too, sorted.
    fn shared(&self, event: usize, others: &[usize]) -> Vec<usize> {
        let own = &self.events[event];
        let mut shared: Vec<usize> = named(own)
            .filter(|entity| {
                let has = |other: &usize| named(&self.events[*other]).any(|e| e == *entity);
                others.iter().any(has)
            })
            .collect();
        shared.sort_unstable();
        shared.dedup();
        shared
    }
}

impl Nearby {
    fn nearest(&self) -> f64 {
        self.members.first().map_or(0.0, |(likeness, _)| *likeness)
    }

    fn sum(&self, count: usize) -> f64 {
        self.members.iter().take(count).map(|(l, _)| l).sum()
    }
}

fn named(event: &Event) -> impl Iterator<Item = usize> + '_ {
    event.actors.iter().chain(&event.places).copied()
}

/// The day of an event that is dated to the day.
fn day(event: &Event) -> Option<i64> {
    let interval = event.interval.as_ref()?;
    let is_one = interval.first_day() == interval.last_day();
    is_one.then(|| day_number(interval.first_day()))
}

/// The weight of a name's rarest word.
fn rarest(name: &str) -> f64 {
    let weights = terms(name).into_iter().map(|term| term_weight(&term));
    weights.fold(0.0, f64::max)
}
