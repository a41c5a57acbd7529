//! Which storylines frame which events, as documents state it.
//!
//! A heading that lists several storylines ("2018 hurricane season, Hurricane Tor") frames its
//! events with each of them that the archive knows by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Strays, is_storyline};
use crate::resolve::{Entities, Event};

/// Storylines numbered in the order of their entities, and who belongs to whom.
#[derive(Clone, Debug)]
pub(super) struct Frames {
    storylines: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// For each event the storylines that frame it, sorted; the parts of a list stand for it.
    of_event: Vec<Vec<usize>>,
    /// For each storyline whose name is a list, the storylines listed.
    parts: Vec<Vec<usize>>,
}

impl Frames {
    pub(super) fn of(entities: &Entities, events: &[Event]) -> Self {
        let storylines: Vec<usize> = (0..entities.list().len())
            .filter(|&entity| is_storyline(entities, entity))
            .collect();
        let place = |entity: usize| storylines.binary_search(&entity).ok();
        let parts: Vec<Vec<usize>> = storylines
            .iter()
            .map(|&entity| {
                let named = listed(&entities.list()[entity].name);
                let known = named.filter_map(|name| entities.of_name(name));
                let known: BTreeSet<usize> = known.filter_map(place).collect();
                known.into_iter().collect()
            })
            .collect();
        let mut members = vec![Vec::new(); storylines.len()];
        let mut of_event = Vec::with_capacity(events.len());
        for (index, event) in events.iter().enumerate() {
            let named = event.topics.iter().chain(&event.context);
            let named: BTreeSet<usize> = named.filter_map(|&entity| place(entity)).collect();
            named.iter().for_each(|&s| members[s].push(index));
            let framing: BTreeSet<usize> = named
                .into_iter()
                .flat_map(|s| {
                    if parts[s].is_empty() {
                        vec![s]
                    } else {
                        parts[s].clone()
                    }
                })
                .collect();
            of_event.push(framing.into_iter().collect());
        }
        Self {
            storylines,
            members,
            of_event,
            parts,
        }
    }

    /// The same without some members of storylines, by their entities; others are passed over.
    pub(super) fn without(mut self, left_out: &Strays) -> Self {
        for (entity, events) in left_out {
            let Ok(storyline) = self.storylines.binary_search(entity) else {
                continue;
            };
            self.members[storyline].retain(|event| events.binary_search(event).is_err());
            for &event in events {
                let parts = &self.parts[storyline];
                self.of_event[event].retain(|s| *s != storyline && !parts.contains(s));
            }
        }
        self
    }

    /// The entities that are storylines, sorted.
    pub(super) fn storylines(&self) -> &[usize] {
        &self.storylines
    }

    /// For each storyline the events it is stated to frame.
    pub(super) fn members(&self) -> &[Vec<usize>] {
        &self.members
    }

    /// For each event the storylines that frame it, a list of several replaced by its parts.
    pub(super) fn of_event(&self) -> &[Vec<usize>] {
        &self.of_event
    }

    /// For each storyline the parts of its name that are storylines themselves.
    pub(super) fn parts(&self) -> &[Vec<usize>] {
        &self.parts
    }
}

/// Every entity that documents file events under, and every storyline that frames some, with those events, sorted.
pub(super) fn filed(entities: &Entities, events: &[Event]) -> BTreeMap<usize, Vec<usize>> {
    let mut filed: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        let framing = event.context.iter().copied();
        let framing = framing.filter(|&entity| is_storyline(entities, entity));
        let under: BTreeSet<usize> = event.topics.iter().copied().chain(framing).collect();
        under
            .into_iter()
            .for_each(|entity| filed.entry(entity).or_default().push(index));
    }
    filed
}

/// The names in a list of names; nothing when there is only one.
fn listed(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split([',', ';']).map(str::trim);
    let is_list = name.contains([',', ';']);
    parts.filter(move |part| is_list && !part.is_empty())
}
