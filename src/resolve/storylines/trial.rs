//! How well lost headings are found again: measurement, not product.

use super::frames::Frames;
use super::membership::{Membership, best};
use crate::resolve::{Reading, Resolution};

/// One event whose headings were hidden.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The event, as an index.
    pub event: usize,
    /// The storylines it really belongs to, as entity indices, those above them included last.
    pub stated: Vec<usize>,
    /// How many of `stated` a document names; the others are above those.
    pub named: usize,
    /// Whether one of the named storylines keeps a member that was not hidden.
    pub is_findable: bool,
    /// The storyline found, as an entity index, however unlikely, with what speaks for it.
    pub found: Option<(usize, Membership)>,
}

/// Hides the headings and context names of about one in `every` events that have a storyline, chosen
/// by `seed`, and looks for them. Entities stay as they were resolved; what strays under a heading is no trial.
#[must_use]
pub fn hide_headings(
    readings: &[Reading],
    resolution: &Resolution,
    every: u64,
    seed: u64,
) -> Vec<Trial> {
    let entities = &resolution.entities;
    let strays = &resolution.storylines.strays;
    let truth = Frames::of(entities, &resolution.events).without(strays);
    let mut events = resolution.events.clone();
    let hidden: Vec<usize> = (0..events.len())
        .filter(|&event| !truth.of_event()[event].is_empty())
        .filter(|&event| drawn(events[event].id.as_str(), seed).is_multiple_of(every))
        .collect();
    for &event in &hidden {
        events[event].topics.clear();
        events[event].context.clear();
    }
    let wordings = super::wordings(readings, &events);
    let visible = Frames::of(entities, &events);
    let strays = super::strays::strays(entities, &events, &wordings);
    let visible = visible.without(&strays);
    let mut left = vec![0_usize; visible.storylines().len()];
    visible
        .of_event()
        .iter()
        .flatten()
        .for_each(|&s| left[s] += 1);
    let found = best(entities, &events, &visible, &wordings, &hidden);
    let mut found = found.into_iter().peekable();
    let mut trials = Vec::new();
    for event in hidden {
        let own = &truth.of_event()[event];
        let named = events_named(resolution, event, &truth);
        let above = own
            .iter()
            .flat_map(|&s| resolution.storylines.ancestors(s))
            .map(|(s, _)| truth.storylines()[s]);
        let count = named.len();
        trials.push(Trial {
            event,
            is_findable: own.iter().any(|&s| left[s] > 0),
            stated: named.into_iter().chain(above).collect(),
            named: count,
            found: found
                .next_if(|membership| membership.event == event)
                .map(|membership| (truth.storylines()[membership.storyline], membership)),
        });
    }
    trials
}

/// The storylines that documents name for an event, lists and their parts, as entities.
fn events_named(resolution: &Resolution, event: usize, truth: &Frames) -> Vec<usize> {
    let event_of = &resolution.events[event];
    let named = event_of.topics.iter().chain(&event_of.context).copied();
    let parts = truth.of_event()[event]
        .iter()
        .map(|&s| truth.storylines()[s]);
    let mut all: Vec<usize> = named.chain(parts).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A number drawn for an id.
fn drawn(id: &str, seed: u64) -> u64 {
    crate::hash::number([&seed.to_string(), id])
}
