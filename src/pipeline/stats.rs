//! What a store or some files hold, in figures, without reading the graph.

use std::collections::BTreeMap;

use serde::Serialize;

use super::report::Noted;
use crate::record::NameRecord;
use crate::store::{Index, RecordKind, StoreError};

/// How much there is of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Quads in the graph.
    pub quads: usize,
    /// Documents, each version counted.
    pub documents: usize,
    /// Events.
    pub events: usize,
    /// People.
    pub persons: usize,
    /// Places.
    pub places: usize,
    /// Organizations.
    pub organizations: usize,
    /// Storylines.
    pub storylines: usize,
    /// Entities that are nothing of these.
    pub concepts: usize,
    /// Names in documents that denote one of them, each place counted.
    pub mentions: usize,
    /// Pairs of events that are stated as related.
    pub related: usize,
    /// Pairs of events that are found to be related.
    pub inferred: usize,
    /// Events with what frames them: distinct pairs.
    pub context: usize,
    /// Documents that supersede another.
    pub supersedes: usize,
    /// Documents whose links with the others wait for a consolidation.
    pub waiting: usize,
    /// Documents that nothing is derived from: they can be read no more, or break what reads them. They are
    /// none of `documents`.
    #[serde(skip_serializing_if = "super::report::is_zero")]
    pub left_out: usize,
}

impl Stats {
    /// The figures that were noted when the index was last written, and its records by their kinds.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(index: &Index) -> Result<Self, StoreError> {
        let noted = Noted::of(index)?;
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for hit in index.all(RecordKind::Name)? {
            let name: NameRecord = serde_json::from_str(&hit.stored)?;
            *kinds.entry(name.kind).or_default() += 1;
        }
        let of = |kind: &str| kinds.get(kind).copied().unwrap_or(0);
        let counts = noted.counts;
        Ok(Self {
            quads: noted.quads,
            documents: index.count(RecordKind::Document)?,
            events: counts.events,
            persons: of("person"),
            places: of("place"),
            organizations: of("organization"),
            storylines: of("storyline"),
            concepts: of("concept"),
            mentions: counts.mentions,
            related: counts.related,
            inferred: counts.inferred,
            context: counts.context,
            supersedes: counts.supersedes,
            waiting: noted.waiting,
            left_out: counts.left_out,
        })
    }
}
