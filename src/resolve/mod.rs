//! Many documents' extractions in, a [`Resolution`] out: entities with their aliases, events with
//! their reports, and where each telling and each name belongs.
//!
//! Everything here is a function of the *set* of readings: their order, and the order of any hash
//! map, cannot show in the result. What is decided of names and tellings is decided with all of them in view,
//! so more documents can change it. This module knows nothing of files or RDF.

mod alias;
mod anchor;
mod describe;
mod entities;
mod established;
mod events;
mod figures;
mod groups;
mod meaning;
mod related;
mod similarity;
mod status;
pub mod storylines;
mod updates;

use std::collections::BTreeSet;

pub use anchor::anchor_undated;
pub(crate) use describe::{entity_of_mention, participants, telling_parts};
pub use entities::{Entities, Entity, Held, Naming, Reason, Surface, resolve_entities};
pub use established::{Established, EstablishedName, Nothing};
pub use events::{Event, Telling, telling_key};
pub use related::Related;
pub(crate) use status::{source_of_event, source_of_telling, status_of_event};
pub use storylines::{Storyline, Storylines};
pub use updates::{Quantity, Update};

use crate::decision::Decision;
use crate::document::Document;
use crate::extract::Extraction;
use crate::id::DocumentId;

/// A document with everything known of it before resolution.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its id in the graph.
    pub id: DocumentId,
    /// The document.
    pub document: Document,
    /// Hexadecimal SHA-256 of the content it was read from.
    pub sha256: String,
    /// Where it was read from, as the user named it.
    pub path: String,
    /// The id of the content that this one replaced, when the source changed between two runs.
    pub replaces: Option<DocumentId>,
    /// Whether no later content replaced this one.
    pub is_current: bool,
    /// What was extracted from it.
    pub extraction: Extraction,
}

/// What a set of readings says, taken together.
#[derive(Debug)]
pub struct Resolution {
    /// People, places, organizations, storylines and concepts.
    pub entities: Entities,
    /// What happened, sorted by id.
    pub events: Vec<Event>,
    /// For each reading, the event of each of its event mentions, as an index into `events`.
    pub event_of: Vec<Vec<usize>>,
    /// What the events belong to.
    pub storylines: Storylines,
    /// Which reading revises what of which, sorted by the later one.
    pub updates: Vec<Update>,
    /// Pairs of events that were found to be related, sorted.
    pub related: Vec<Related>,
}

/// Resolves readings. They must be sorted by id, without repeats; decisions in the order in which they
/// were made.
#[must_use]
pub fn resolve(readings: &[Reading], decisions: &[Decision]) -> Resolution {
    resolve_beside(readings, decisions, &Nothing)
}

/// As [`resolve`], with what other documents have established before.
#[must_use]
pub fn resolve_beside(
    readings: &[Reading],
    decisions: &[Decision],
    established: &dyn Established,
) -> Resolution {
    let entities = entities::resolve_beside(readings, decisions, established);
    let (events, event_of) = events::resolve_events(readings, established);
    let mut resolution = Resolution {
        entities,
        events,
        event_of,
        storylines: Storylines::default(),
        updates: Vec::new(),
        related: Vec::new(),
    };
    describe::describe_events(readings, &mut resolution);
    resolution.storylines =
        storylines::resolve_storylines(readings, &resolution.entities, &resolution.events);
    resolution.updates = updates::find_updates(readings, &resolution);
    resolution.related = related::find_related(readings, &resolution, established.events());
    resolution
}

impl Resolution {
    /// Pairs of distinct events that the reading states as related, with the shared context.
    pub(crate) fn stated_related<'a>(
        &'a self,
        readings: &'a [Reading],
        reading: usize,
    ) -> impl Iterator<Item = StatedRelation> + 'a {
        let document = &readings[reading].document;
        let own = self.headline_event(readings, reading);
        document
            .related
            .iter()
            .enumerate()
            .filter_map(move |(place, related)| {
                let from = own?;
                let to = self.event_of_origin(
                    readings,
                    reading,
                    crate::extract::EventOrigin::Related(place),
                )?;
                let names = related.context.iter().map(|span| document.words(*span));
                let context = names
                    .filter_map(|name| self.entities.of_framing(reading, name))
                    .collect();
                (from != to).then_some(StatedRelation {
                    from,
                    to,
                    place,
                    context,
                })
            })
    }

    /// The event that a reading's headline tells.
    pub(crate) fn headline_event(&self, readings: &[Reading], reading: usize) -> Option<usize> {
        self.event_of_origin(readings, reading, crate::extract::EventOrigin::Headline)
    }

    /// The event that one part of a reading tells.
    pub(crate) fn event_of_origin(
        &self,
        readings: &[Reading],
        reading: usize,
        origin: crate::extract::EventOrigin,
    ) -> Option<usize> {
        let mentions = &readings[reading].extraction.events;
        let place = mentions
            .iter()
            .position(|mention| mention.origin == origin)?;
        Some(self.event_of[reading][place])
    }
}

/// Two events that a page states as related.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatedRelation {
    /// The page's own event.
    pub(crate) from: usize,
    /// The related one.
    pub(crate) to: usize,
    /// Its place in the page's list, from 0.
    pub(crate) place: usize,
    /// The entities behind the names both share.
    pub(crate) context: BTreeSet<usize>,
}
