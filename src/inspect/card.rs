//! One card: everything the graph says of a thing, with names instead of IRIs.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Quad, Term};
use serde::Serialize;

use super::View;
use crate::query::shorten;
use crate::rdf::vocab::{annals, sem};
use crate::record::EventRecord;
use crate::store::StoreError;

/// A thing and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its IRI.
    pub iri: String,
    /// Its name or title.
    pub label: String,
    /// What is said of it, sorted by predicate and value.
    pub facts: Vec<Fact>,
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// The predicate, shortened; with `^` before it, the thing is the object.
    pub predicate: String,
    /// The other side: a literal, or an IRI.
    pub value: String,
    /// The name of the other side, when it is an IRI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The documents that say so, sorted.
    pub documents: Vec<String>,
}

/// Makes the card of a thing. Mentions and evidence are left to [`why`](super::why()).
///
/// # Errors
/// When the graph cannot be read.
pub fn card(view: View<'_>, iri: &str) -> Result<Card, StoreError> {
    let subject = NamedNode::new_unchecked(iri);
    let about = view.graph.quads_of(Some(subject.as_ref()), None, None)?;
    let mut said: BTreeMap<(String, String), (Option<String>, Vec<String>)> = BTreeMap::new();
    for quad in about
        .into_iter()
        .filter(|quad| !GROUNDS.contains(&quad.predicate.as_ref()))
    {
        let predicate = name_of(&quad.predicate);
        add(view, &mut said, predicate, quad.object.clone(), &quad)?;
    }
    for predicate in INVERSE {
        for quad in view
            .graph
            .quads_of(None, Some(predicate), Some(subject.as_ref()))?
        {
            let name = format!("^{}", name_of(&predicate.into_owned()));
            add(
                view,
                &mut said,
                name,
                Term::from(quad.subject.clone()),
                &quad,
            )?;
        }
    }
    let facts = said
        .into_iter()
        .map(|((predicate, value), (label, mut documents))| {
            documents.sort();
            documents.dedup();
            Fact {
                predicate,
                value,
                label,
                documents,
            }
        });
    Ok(Card {
        iri: iri.to_owned(),
        label: view.label(&subject)?,
        facts: facts.collect(),
    })
}

/// The names of the storylines under which documents file an event that is unlike all else there.
///
/// # Errors
/// When the index cannot be read.
pub fn strayed_from(view: View<'_>, event: &str) -> Result<Vec<String>, StoreError> {
    let hit = view.index.record(event)?;
    let record = hit.and_then(|hit| serde_json::from_str::<EventRecord>(&hit.stored).ok());
    Ok(record.map(|record| record.unlike).unwrap_or_default())
}

/// Predicates that lead to words only.
const GROUNDS: [oxigraph::model::NamedNodeRef<'static>; 3] = [
    annals::EVIDENCE,
    annals::STATUS_EVIDENCE,
    annals::ATTRIBUTION_EVIDENCE,
];

/// Predicates by which other things point at one. `related` is written both ways already.
const INVERSE: [oxigraph::model::NamedNodeRef<'static>; 9] = [
    annals::REPORTS,
    annals::SUPERSEDES,
    annals::CONTEXT,
    annals::TOPIC,
    annals::ATTRIBUTED_TO,
    annals::SPEAKER,
    sem::HAS_ACTOR,
    sem::HAS_PLACE,
    sem::HAS_SUB_EVENT,
];

fn name_of(predicate: &NamedNode) -> String {
    shorten(predicate).unwrap_or_else(|| predicate.as_str().to_owned())
}

type Said = BTreeMap<(String, String), (Option<String>, Vec<String>)>;

fn add(
    view: View<'_>,
    said: &mut Said,
    predicate: String,
    other: Term,
    quad: &Quad,
) -> Result<(), StoreError> {
    let (value, label) = match &other {
        Term::NamedNode(node) => (node.as_str().to_owned(), Some(view.label(node)?)),
        Term::Literal(literal) => (literal.value().to_owned(), None),
        _ => return Ok(()),
    };
    let entry = said
        .entry((predicate, value))
        .or_insert_with(|| (label, Vec::new()));
    if let oxigraph::model::GraphName::NamedNode(graph) = &quad.graph_name {
        entry.1.push(graph.as_str().to_owned());
    }
    Ok(())
}
