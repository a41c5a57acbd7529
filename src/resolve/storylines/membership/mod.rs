//! Events that no page files under a storyline, and the storyline each belongs to.
//!
//! An event is compared with the stated members of a few weeks before and after it; the storyline
//! whose members it resembles most is scored by [`likeness`], and taken when the score is high
//! enough. Precision first: most events without a heading belong to no storyline of the archive.

mod likeness;
mod neighbours;

use rayon::prelude::*;

pub use likeness::Likeness;

use super::frames::Frames;
use crate::resolve::{Entities, Event, Reading};
use neighbours::Neighbourhood;

/// An event joins a storyline from this score on: the least at which precision on the years that
/// the weights were fitted on is .85 in each with room to spare (2018 .90, 2019 .98, 2020 .91).
/// Measured on years not looked at before: 2021 .90, 2011 .88, 2022 .79, 2023 .77, most of the
/// rest under a sister or a parent of the right storyline (`examples/hidden_headings.rs`, seed 1,
/// November 2026). Recall is .07 to .2 of what can be found.
pub const THRESHOLD: f64 = 0.85;

/// The method's name in the graph.
pub(crate) const METHOD: &str = "storyline-membership";

/// An event that belongs to a storyline though no document says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The event, as an index.
    pub event: usize,
    /// The storyline, as an index into the list of storylines.
    pub storyline: usize,
    /// How probable that is, in [0, 1].
    pub score: f64,
    /// People, organizations and places that it shares with the events it rests on, as entity
    /// indices, sorted.
    pub shared: Vec<usize>,
    /// The members it resembles most, as event indices, best first.
    pub support: Vec<usize>,
    /// What the score was made of.
    pub likeness: Likeness,
}

/// Memberships of all events that no document puts into a storyline, sorted by event.
pub(super) fn memberships(
    readings: &[Reading],
    entities: &Entities,
    events: &[Event],
    frames: &Frames,
) -> Vec<Membership> {
    let loose: Vec<usize> = (0..events.len())
        .filter(|&event| frames.of_event()[event].is_empty())
        .collect();
    let mut found = best(readings, entities, events, frames, &loose);
    found.retain(|membership| membership.score >= THRESHOLD);
    found
}

/// The best storyline of each of some events, however unlikely.
pub(super) fn best(
    readings: &[Reading],
    entities: &Entities,
    events: &[Event],
    frames: &Frames,
    loose: &[usize],
) -> Vec<Membership> {
    let neighbourhood = Neighbourhood::new(readings, entities, events, frames);
    loose
        .par_iter()
        .filter_map(|&event| neighbourhood.best(event))
        .collect()
}
