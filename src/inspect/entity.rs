//! The card of a person, place, organization or concept: its names, its time, its company, its latest events.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};

use super::alias::names_of;
use super::{View, node};
use crate::rdf::vocab::sem;
use crate::store::{RecordKind, StoreError};

/// Companions that are listed.
const MOST_COMPANIONS: usize = 10;
/// Events that are listed.
const MOST_EVENTS: usize = 5;
/// Events whose participants are counted, the latest ones: a country has tens of thousands, and each is some
/// reads of the graph.
const MOST_COUNTED: usize = 2000;

/// What is known of an entity as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntityCard {
    /// `person`, `place`, `organization` or `concept`.
    pub kind: String,
    /// Number of documents that name it.
    pub documents: usize,
    /// Number of events that it takes part in or frames.
    pub events: usize,
    /// The date of the first of them, in EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The date of the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Its names, each with the number of documents that write it so, the most used first.
    pub names: Vec<(String, usize)>,
    /// What takes part in most of its events.
    pub companions: Vec<Companion>,
    /// How many of its events, the latest ones, `companions` was counted in.
    pub counted_events: usize,
    /// Its latest events, the latest first.
    pub latest: Vec<LatestEvent>,
}

/// What shares events with an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Companion {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: String,
    /// Number of events shared.
    pub events: usize,
}

/// An event in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LatestEvent {
    /// When it happened, in EDTF.
    pub date: Option<String>,
    /// What happened, in one line.
    pub title: String,
    /// Its IRI.
    pub event: String,
    /// The word of its status, unless it is asserted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// On whose word it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<String>,
}

/// Makes the card of an entity; `None` for what is none.
///
/// # Errors
/// When the graph or the index cannot be read.
pub fn entity_card(view: View<'_>, iri: &str) -> Result<Option<EntityCard>, StoreError> {
    let Some(record) = names_of(view.index, iri)? else {
        return Ok(None);
    };
    let mut events: Vec<LatestEvent> = Vec::new();
    for hit in view.index.lookup(RecordKind::Event, iri)? {
        events.push(serde_json::from_str(&hit.stored)?);
    }
    events.sort_by(|a, b| {
        let key = |event: &LatestEvent| dated(event).map(str::to_owned);
        (Reverse(key(a)), &a.event).cmp(&(Reverse(key(b)), &b.event))
    });
    let dates = || events.iter().filter_map(dated);
    let (first, last) = (
        dates().min().map(str::to_owned),
        dates().max().map(str::to_owned),
    );
    let counted = &events[..events.len().min(MOST_COUNTED)];
    Ok(Some(EntityCard {
        kind: record.kind,
        documents: record.documents,
        events: events.len(),
        first,
        last,
        names: names(&record.surfaces),
        companions: companions(view, counted, iri)?,
        counted_events: counted.len(),
        latest: events.iter().take(MOST_EVENTS).cloned().collect(),
    }))
}

/// The date of an event whose year is known.
fn dated(event: &LatestEvent) -> Option<&str> {
    event.date.as_deref().filter(|date| !date.starts_with('X'))
}

/// Names as they are written, those that differ in case only counted together.
fn names(surfaces: &[crate::record::SurfaceRecord]) -> Vec<(String, usize)> {
    let mut names: Vec<(String, usize)> = Vec::new();
    for surface in surfaces {
        let same =
            |(known, _): &&mut (String, usize)| known.to_lowercase() == surface.name.to_lowercase();
        match names.iter_mut().find(same) {
            Some((_, count)) => *count += surface.documents,
            None => names.push((surface.name.clone(), surface.documents)),
        }
    }
    names.sort_by_key(|(_, count)| Reverse(*count));
    names
}

/// Who and what takes part in most of some events, without `own` itself.
fn companions(
    view: View<'_>,
    events: &[LatestEvent],
    own: &str,
) -> Result<Vec<Companion>, StoreError> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for event in events {
        let event = NamedNode::new_unchecked(&event.event);
        let mut present: BTreeSet<String> = BTreeSet::new();
        for role in [sem::HAS_ACTOR, sem::HAS_PLACE] {
            let quads = view
                .graph
                .quads_of(Some(event.as_ref()), Some(role), None)?;
            let things = quads.into_iter().filter_map(|quad| node(quad.object));
            present.extend(things.map(NamedNode::into_string));
        }
        for thing in present.into_iter().filter(|thing| thing != own) {
            *counts.entry(thing).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(MOST_COMPANIONS);
    let mut companions = Vec::new();
    for (iri, events) in counts {
        if let Some(record) = names_of(view.index, &iri)? {
            let (name, kind) = (record.name, record.kind);
            companions.push(Companion {
                iri,
                name,
                kind,
                events,
            });
        }
    }
    Ok(companions)
}
