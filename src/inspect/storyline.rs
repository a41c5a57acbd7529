//! The card of a storyline: when it ran, what it lies in and what lies in it, who and where.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef};
use serde::Serialize;

use super::{View, literal, node};
use crate::rdf::vocab::{annals, sem, skos};
use crate::resolve::storylines::difference;
use crate::store::StoreError;

/// People and places that are listed.
const MOST: usize = 8;

/// What is known of a storyline as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StorylineCard {
    /// From when to when, in EDTF.
    pub span: Option<String>,
    /// Other names, each with the words that tell it from the preferred one.
    pub other_names: Vec<OtherName>,
    /// Storylines it lies in, surest first.
    pub part_of: Vec<Nested>,
    /// Storylines that lie in it, surest first.
    pub parts: Vec<Nested>,
    /// Events that documents file under it.
    pub stated_events: usize,
    /// Events that were found to belong to it, though no document says so.
    pub inferred_events: usize,
    /// People and organizations in most of its events, with the number of events.
    pub actors: Vec<(String, usize)>,
    /// Places of most of its events, likewise.
    pub places: Vec<(String, usize)>,
}

/// Another name of a storyline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// Words that only one of the two names has.
    pub apart: Vec<String>,
}

/// A storyline that another lies in, or the other way round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nested {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// How sure that is, in [0, 1].
    pub score: f64,
    /// The method that found it.
    pub method: String,
}

/// Makes the card of a storyline.
///
/// # Errors
/// When the graph cannot be read.
pub fn storyline_card(view: View<'_>, iri: &str) -> Result<StorylineCard, StoreError> {
    let own = NamedNode::new_unchecked(iri);
    let name = view.label(&own)?;
    let mut card = StorylineCard {
        span: values(view, &own, annals::DATE)?.into_iter().next(),
        other_names: values(view, &own, skos::ALT_LABEL)?
            .into_iter()
            .map(|other| OtherName {
                apart: difference(&name, &other),
                name: other,
            })
            .collect(),
        ..StorylineCard::default()
    };
    let mut events: BTreeMap<NamedNode, bool> = BTreeMap::new();
    for quad in view
        .graph
        .quads_of(Some(own.as_ref()), Some(sem::HAS_SUB_EVENT), None)?
    {
        let is_stated = quad.graph_name != GraphName::from(annals::INFERRED);
        if let Some(part) = node(quad.object) {
            *events.entry(part).or_default() |= is_stated;
        }
    }
    for part in events.keys() {
        if is_storyline(view, part)? {
            card.parts.push(nested(view, &own, part, part)?);
        }
    }
    events.retain(|part, _| !card.parts.iter().any(|nested| nested.iri == part.as_str()));
    for above in subjects(view, sem::HAS_SUB_EVENT, &own)? {
        card.part_of.push(nested(view, &above, &own, &above)?);
    }
    for list in [&mut card.parts, &mut card.part_of] {
        list.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.name.cmp(&b.name))
        });
    }
    card.stated_events = events.values().filter(|is_stated| **is_stated).count();
    card.inferred_events = events.len() - card.stated_events;
    card.actors = commonest(view, events.keys(), sem::HAS_ACTOR)?;
    card.places = commonest(view, events.keys(), sem::HAS_PLACE)?;
    Ok(card)
}

/// The events that a document reports.
///
/// # Errors
/// When the graph cannot be read.
pub fn reported_events(view: View<'_>, document: &str) -> Result<Vec<String>, StoreError> {
    let document = NamedNode::new_unchecked(document);
    let quads = view
        .graph
        .quads_of(Some(document.as_ref()), Some(annals::REPORTS), None)?;
    let events: BTreeSet<String> = quads
        .into_iter()
        .filter_map(|quad| Some(node(quad.object)?.into_string()))
        .collect();
    Ok(events.into_iter().collect())
}

fn values(
    view: View<'_>,
    subject: &NamedNode,
    term: NamedNodeRef<'_>,
) -> Result<Vec<String>, StoreError> {
    let quads = view
        .graph
        .quads_of(Some(subject.as_ref()), Some(term), None)?;
    let mut values: Vec<String> = quads
        .into_iter()
        .filter_map(|quad| literal(quad.object))
        .collect();
    values.sort();
    Ok(values)
}

fn subjects(
    view: View<'_>,
    term: NamedNodeRef<'_>,
    object: &NamedNode,
) -> Result<BTreeSet<NamedNode>, StoreError> {
    let quads = view
        .graph
        .quads_of(None, Some(term), Some(object.as_ref()))?;
    Ok(quads
        .into_iter()
        .filter_map(|quad| node(quad.subject.into()))
        .collect())
}

fn is_storyline(view: View<'_>, thing: &NamedNode) -> Result<bool, StoreError> {
    let types = view.graph.quads_of(
        Some(thing.as_ref()),
        Some(rdf::TYPE),
        Some(annals::STORYLINE),
    )?;
    Ok(!types.is_empty())
}

/// What the link between two storylines says, told of one of them.
fn nested(
    view: View<'_>,
    above: &NamedNode,
    below: &NamedNode,
    told: &NamedNode,
) -> Result<Nested, StoreError> {
    let mut nested = Nested {
        iri: told.as_str().to_owned(),
        name: view.label(told)?,
        score: 0.0,
        method: String::new(),
    };
    for link in subjects(view, annals::TO, below)? {
        let from = view.graph.quads_of(
            Some(link.as_ref()),
            Some(annals::FROM),
            Some(above.as_ref()),
        )?;
        if !from.is_empty() {
            let score = values(view, &link, annals::SCORE)?;
            nested.score = score.first().and_then(|s| s.parse().ok()).unwrap_or(0.0);
            nested.method = values(view, &link, annals::METHOD)?.join(", ");
        }
    }
    Ok(nested)
}

/// The things that most events have under a predicate, with their numbers of events.
fn commonest<'a>(
    view: View<'_>,
    events: impl Iterator<Item = &'a NamedNode>,
    predicate: NamedNodeRef<'_>,
) -> Result<Vec<(String, usize)>, StoreError> {
    let mut counts: BTreeMap<NamedNode, usize> = BTreeMap::new();
    for event in events {
        let quads = view
            .graph
            .quads_of(Some(event.as_ref()), Some(predicate), None)?;
        let things: BTreeSet<NamedNode> = quads
            .into_iter()
            .filter_map(|quad| node(quad.object))
            .collect();
        things
            .into_iter()
            .for_each(|thing| *counts.entry(thing).or_default() += 1);
    }
    let mut counts: Vec<(NamedNode, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(MOST);
    let named = counts
        .into_iter()
        .map(|(thing, count)| Ok((view.label(&thing)?, count)));
    named.collect()
}
