//! Events filed under a heading that tell nothing of it.
//!
//! Stated members in, those out that do not fit. In archives kept by hand a heading runs on over the next item that
//! has none, and some are slips. Such a *stray* has no word of the storyline's name and hardly a word in common
//! with the events filed there that do, its *core*, or little and lies in another country. What the document states
//! stays stated; but a stray is no evidence of the storyline, and does not answer to its name.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Strays;
use super::frames::filed;
use super::home::Home;
use crate::extract::{gazetteer, is_number, terms};
use crate::resolve::similarity::{Signature, TermSet};
use crate::resolve::{Entities, Event};

/// A core has at least so many events, and at least this share of all that are filed there (guesses); else all others
/// are asked, which then are at least [`LEAST_OTHERS`].
const LEAST_CORE: usize = 2;
const CORE_SHARE: usize = 4;
const LEAST_OTHERS: usize = 5;
/// The cosine to the sum of the core below which an event is a stray. In Current Events of 24 years all of 28 that were
/// read below .03 had strayed, and 16 of 30 between .03 and .045 that are in a country of the core (November 2026).
const LEAST_LIKE: f64 = 0.03;
/// The same for an event in other countries than the core's: 35 of 40 that were read between .045 and .12 had strayed,
/// and about half of the few from .15 to .3.
const LEAST_LIKE_ABROAD: f64 = 0.12;
/// The same for the sum of all others, among which there are strays.
const LEAST_LIKE_OTHERS: f64 = 0.065;

/// The strays under each heading and storyline; `wordings` has one for each event.
pub(super) fn strays(entities: &Entities, events: &[Event], wordings: &[Signature]) -> Strays {
    let filing = Filing {
        entities,
        events,
        wordings,
    };
    let filed = filed(entities, events);
    let strays = filed
        .par_iter()
        .map(|(&entity, members)| (entity, filing.strays(entity, members)));
    strays.filter(|(_, strays)| !strays.is_empty()).collect()
}

struct Filing<'a> {
    entities: &'a Entities,
    events: &'a [Event],
    wordings: &'a [Signature],
}

impl Filing<'_> {
    fn strays(&self, heading: usize, members: &[usize]) -> Vec<usize> {
        let name = name_terms(&self.entities.list()[heading].name);
        let (core, others): (Vec<usize>, Vec<usize>) =
            members.iter().partition(|&&event| self.says(event, &name));
        let has_core = core.len() >= LEAST_CORE && core.len() * CORE_SHARE >= members.len();
        if others.is_empty() || (!has_core && members.len() <= LEAST_OTHERS) {
            return Vec::new();
        }
        match has_core {
            true => self.unlike_the_core(&core, others),
            false => self.unlike_the_others(members, others),
        }
    }

    fn unlike_the_core(&self, core: &[usize], mut others: Vec<usize>) -> Vec<usize> {
        let told = self.told(core);
        let home = Home::of(self.entities, core.iter().map(|&event| &self.events[event]));
        others.retain(|&event| {
            let least = match home.is_abroad(&self.events[event]) {
                true => LEAST_LIKE_ABROAD,
                false => LEAST_LIKE,
            };
            told.likeness(&self.wordings[event]) < least
        });
        others
    }

    fn unlike_the_others(&self, members: &[usize], mut asked: Vec<usize>) -> Vec<usize> {
        let told = self.told(members);
        asked.retain(|&event| told.likeness_of_others(&self.wordings[event]) < LEAST_LIKE_OTHERS);
        asked
    }

    fn told(&self, events: &[usize]) -> Told {
        Told::by(events.iter().map(|&event| &self.wordings[event]))
    }

    /// Whether an event says a word of a name, or whoever takes part or the country of a place does.
    fn says(&self, event: usize, name: &TermSet) -> bool {
        let said = |words: &str| terms(words).iter().any(|term| name.contains(term));
        let has = |entity: usize| {
            let entity = &self.entities.list()[entity];
            let country = gazetteer::country_of_place(&entity.name).filter(|_| entity.is_place());
            said(&entity.name) || country.is_some_and(said)
        };
        let wording = &self.wordings[event];
        let event = &self.events[event];
        let mut taking_part = event.actors.iter().chain(&event.places);
        name.weighted().any(|(term, _)| wording.has(term)) || taking_part.any(|&entity| has(entity))
    }
}

/// The terms of a name but its numbers: a year says nothing of a story.
fn name_terms(name: &str) -> TermSet {
    let is_word = |term: &String| !is_number(term);
    TermSet::new(terms(name).into_iter().filter(is_word).collect())
}

/// What the events of a storyline are told with: the sum of their wordings, each of length 1.
#[derive(Default)]
struct Told {
    weights: HashMap<u64, f64>,
    square: f64,
}

impl Told {
    fn by<'a>(wordings: impl Iterator<Item = &'a Signature>) -> Self {
        let mut told = Self::default();
        wordings.for_each(|wording| told.add(wording));
        told
    }

    fn add(&mut self, wording: &Signature) {
        // The square of the sum's length, kept up without asking all of a map that has no order.
        self.square += 2.0 * self.dot(wording) + length(wording);
        for (term, weight) in wording.units() {
            *self.weights.entry(term).or_default() += weight;
        }
    }

    fn dot(&self, wording: &Signature) -> f64 {
        let products = wording
            .units()
            .map(|(term, weight)| weight * self.weights.get(&term).copied().unwrap_or(0.0));
        products.sum()
    }

    /// The cosine of a wording to the sum, in [0, 1].
    fn likeness(&self, wording: &Signature) -> f64 {
        cosine(self.dot(wording), length(wording), self.square)
    }

    /// The cosine of a wording that is part of the sum to the sum of the others, in [0, 1].
    fn likeness_of_others(&self, wording: &Signature) -> f64 {
        let (both, own) = (self.dot(wording), length(wording));
        cosine(both - own, own, self.square - 2.0 * both + own)
    }
}

/// The square of a wording's length: 1, or 0 where it has no words.
fn length(wording: &Signature) -> f64 {
    wording.units().map(|(_, weight)| weight * weight).sum()
}

fn cosine(dot: f64, own: f64, square: f64) -> f64 {
    match own > 0.0 && square > 0.0 {
        true => (dot / (own * square).sqrt()).max(0.0),
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(texts: &[&str]) -> Vec<Signature> {
        texts.iter().map(|text| Signature::of(text)).collect()
    }

    #[test]
    fn likeness_is_that_to_the_others_alone() {
        let wordings = told(&["the dam breaks", "a dam gives way", "ministers resign"]);
        let all = Told::by(wordings.iter());
        let others = Told::by(wordings[1..].iter());
        let direct = others.dot(&wordings[0]) / others.square.sqrt();
        assert!((others.likeness(&wordings[0]) - direct).abs() < 1e-9);
        assert!((all.likeness_of_others(&wordings[0]) - direct).abs() < 1e-9);
        assert!(direct > 0.1, "both tell of a dam: {direct}");
        assert!(all.likeness_of_others(&wordings[2]).abs() < 1e-9);
    }

    #[test]
    fn a_year_is_no_word_of_a_name() {
        assert_eq!(name_terms("2019 Ruritanian floods").weighted().count(), 2);
    }
}
