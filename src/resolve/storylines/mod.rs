//! Storylines: long events that others belong to, from names that frame events.
//!
//! Entities and events in, [`Storylines`] out: the span of each, the storylines it lies in, and
//! events that no page files under a storyline but that belong to one. What pages state and what is
//! found here stay apart: `members` are stated, `memberships` and `parents` are found, each with a
//! score, a method and what speaks for it. Which names are storylines, and which are one, is said
//! here too, and asked by `entities`.
//!
//! Everything is a function of the set of events. Nothing here knows of files or RDF.

mod frames;
mod home;
mod membership;
mod naming;
mod nesting;
mod same_name;
mod span;
mod strays;
mod trial;

pub use membership::{Likeness, Membership, THRESHOLD};
pub use nesting::{Nesting, Parent};
pub use same_name::difference;
pub use trial::{Trial, hide_headings};

pub(crate) use membership::METHOD;
pub(super) use naming::naming_of;
pub(super) use same_name::same_names;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::describe::describing_words;
use super::similarity::Signature;
use super::{Entities, Event, Naming, Reading};
use crate::time::Interval;
use frames::Frames;

/// All storylines of a set of readings.
#[derive(Debug, Default)]
pub struct Storylines {
    list: Vec<Storyline>,
    strays: Strays,
    memberships: Vec<Membership>,
}

/// By the entity that a heading or storyline is, the events filed there that tell nothing of it, as indices, sorted.
pub(crate) type Strays = BTreeMap<usize, Vec<usize>>;

/// A long event that others belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Storyline {
    /// The entity that bears its name, as an index.
    pub entity: usize,
    /// From the first day of its first member to the last day of its last; without dated members,
    /// the years its name states.
    pub span: Option<Interval>,
    /// Events that documents file under it or frame with it, as event indices, sorted.
    pub members: Vec<usize>,
    /// The storylines it lies in, most certain first. No storyline lies in itself, however far up.
    pub parents: Vec<Parent>,
}

impl Storylines {
    /// The storylines, in the order of their entities.
    #[must_use]
    pub fn list(&self) -> &[Storyline] {
        &self.list
    }

    /// Events that were found to belong to a storyline, sorted by event; at most one each.
    #[must_use]
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }

    /// What was found of an event, when no document says where it belongs.
    #[must_use]
    pub fn membership_of(&self, event: usize) -> Option<&Membership> {
        let found = self.memberships.binary_search_by_key(&event, |m| m.event);
        found.ok().map(|place| &self.memberships[place])
    }

    /// Every storyline above one, with the product of the scores on the surest way up; sorted.
    #[must_use]
    pub fn ancestors(&self, storyline: usize) -> Vec<(usize, f64)> {
        let mut best: BTreeMap<usize, f64> = BTreeMap::new();
        let mut open = vec![(storyline, 1.0)];
        while let Some((place, score)) = open.pop() {
            for parent in &self.list[place].parents {
                let score = score * parent.score;
                let known = best.entry(parent.storyline).or_insert(0.0);
                if score > *known {
                    *known = score;
                    open.push((parent.storyline, score));
                }
            }
        }
        best.into_iter().collect()
    }

    /// Whether an event is filed under the heading or storyline that an entity is and tells nothing of it.
    #[must_use]
    pub fn is_stray(&self, event: usize, entity: usize) -> bool {
        let strays = self.strays.get(&entity);
        strays.is_some_and(|strays| strays.binary_search(&event).is_ok())
    }

    /// The storyline that an entity is.
    #[must_use]
    pub fn of_entity(&self, entity: usize) -> Option<usize> {
        self.list.binary_search_by_key(&entity, |s| s.entity).ok()
    }
}

/// Resolves the storylines of all events.
pub(super) fn resolve_storylines(
    readings: &[Reading],
    entities: &Entities,
    events: &[Event],
) -> Storylines {
    let wordings = wordings(readings, events);
    let stated = Frames::of(entities, events);
    let strays = strays::strays(entities, events, &wordings);
    let fitting = stated.clone().without(&strays);
    let members = stated.members().iter().zip(fitting.members());
    let mut list: Vec<Storyline> = stated
        .storylines()
        .iter()
        .zip(members)
        .map(|(&entity, (members, fitting))| Storyline {
            entity,
            span: span::span(&entities.list()[entity].name, fitting, events),
            members: members.clone(),
            parents: Vec::new(),
        })
        .collect();
    nesting::nest(&mut list, entities, &fitting);
    let is_loose = |event: &usize| stated.of_event()[*event].is_empty();
    let loose: Vec<usize> = (0..events.len()).filter(is_loose).collect();
    let memberships = membership::memberships(entities, events, &fitting, &wordings, &loose);
    Storylines {
        list,
        strays,
        memberships,
    }
}

/// The wording of each event.
fn wordings(readings: &[Reading], events: &[Event]) -> Vec<Signature> {
    let wording = |event: &Event| Signature::of(&describing_words(readings, event));
    events.par_iter().map(wording).collect()
}

/// Whether an entity is a storyline.
fn is_storyline(entities: &Entities, entity: usize) -> bool {
    entities.list()[entity].naming == Naming::Storyline
}
