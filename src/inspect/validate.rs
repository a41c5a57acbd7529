//! Checks that a graph is what Annals promises: the invariants of `ontology/shapes.ttl` as queries,
//! and that every mention's words are what its document says at that place.
//!
//! A SHACL engine would bring 240 packages; the shapes themselves are run over exported graphs by
//! `tools/check_ontology.py`, with other people's validators.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use oxigraph::model::{NamedNode, Term};
use rayon::prelude::*;
use serde::Serialize;

use super::View;
use super::why::{anchor, document, parse_range};
use crate::query::{Answer, Limits, QueryError, run};
use crate::rdf::vocab::annals;
use crate::store::{SaidBy, StoreError};

/// Something that does not conform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The check's name.
    pub check: String,
    /// The node that fails it.
    pub node: String,
    /// What is wrong.
    pub message: String,
}

/// What can go wrong while validating.
#[derive(Debug, thiserror::Error)]
pub enum ValidateError {
    /// A check could not run.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The graph or the index could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One check may take so long: on a hundred thousand documents the slowest takes seconds.
const MOST_TIME: Duration = Duration::from_hours(1);

/// Name, message, and a query for the nodes (`?node`) that fail.
const CHECKS: &[(&str, &str, &str)] = &[
    (
        "document-title",
        "a document has a title",
        "SELECT DISTINCT ?node { ?node a annals:Document . FILTER NOT EXISTS { ?node dcterms:title ?t } }",
    ),
    (
        "document-hash",
        "a document that was read has a kind and a SHA-256",
        "SELECT DISTINCT ?node { ?node annals:kind ?k . FILTER NOT EXISTS { ?node annals:sha256 ?h } }",
    ),
    (
        "event-label",
        "an event has a label",
        "SELECT DISTINCT ?node { ?node a annals:Event . FILTER NOT EXISTS { ?node rdfs:label ?l } }",
    ),
    (
        "event-date",
        "a date is in EDTF",
        "SELECT DISTINCT ?node { ?node annals:date ?d . FILTER (!REGEX(?d, \"^-?[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2}(T[0-9:]+)?)?)?[~?%]?(/.*)?$\")) }",
    ),
    (
        "event-interval",
        "earliest and latest stand together, in order",
        "SELECT DISTINCT ?node { ?node annals:earliest ?e . OPTIONAL { ?node annals:latest ?l } FILTER (!BOUND(?l) || ?e > ?l) }",
    ),
    (
        "reported",
        "what is reported is an event",
        "SELECT DISTINCT ?node { ?d annals:reports ?node . FILTER NOT EXISTS { ?node a annals:Event } }",
    ),
    (
        "related-symmetric",
        "related is written both ways",
        "SELECT DISTINCT ?node { ?node annals:related ?b . FILTER NOT EXISTS { ?b annals:related ?node } }",
    ),
    (
        "related-event",
        "related things are events",
        "SELECT DISTINCT ?node { ?node annals:related ?b . FILTER NOT EXISTS { ?node a annals:Event } }",
    ),
    (
        "link-ends",
        "a link has two different ends",
        "SELECT DISTINCT ?node { ?node a annals:Link . FILTER NOT EXISTS { ?node annals:from ?a ; annals:to ?b . FILTER (?a != ?b) } }",
    ),
    (
        "supersedes-cycle",
        "nothing supersedes itself, directly or by way of others",
        "SELECT DISTINCT ?node { ?node annals:supersedes+ ?node }",
    ),
    (
        "entity-name",
        "an entity has one preferred name",
        "SELECT ?node { ?node skos:prefLabel ?n } GROUP BY ?node HAVING (COUNT(DISTINCT ?n) > 1)",
    ),
    (
        "denotes-known",
        "what a mention denotes is known",
        "SELECT DISTINCT ?node { ?node annals:denotes ?e . FILTER NOT EXISTS { ?e a ?class } }",
    ),
    (
        "event-status",
        "a status is one of the four that are written",
        "SELECT DISTINCT ?node { ?node annals:status ?s . FILTER (?s NOT IN (\"reported\", \"planned\", \"hypothetical\", \"denied\")) }",
    ),
    (
        "place-kind",
        "events happen at places",
        "SELECT DISTINCT ?node { ?node sem:hasPlace ?p . FILTER NOT EXISTS { ?p a annals:Place } }",
    ),
];

/// Runs every check over a graph.
///
/// # Errors
/// When the graph or the index cannot be read.
pub fn validate(view: View<'_>) -> Result<Vec<Violation>, ValidateError> {
    let answers: Vec<Vec<Violation>> = CHECKS
        .par_iter()
        .map(|check| violations(view, check))
        .collect::<Result<_, _>>()?;
    let mut violations: Vec<Violation> = answers.into_iter().flatten().collect();
    violations.extend(misquotations(view)?);
    Ok(violations)
}

/// The nodes that fail one check.
fn violations(
    view: View<'_>,
    (check, message, query): &(&str, &str, &str),
) -> Result<Vec<Violation>, QueryError> {
    let limits = Limits {
        time: MOST_TIME,
        ..Limits::default()
    };
    let Answer::Solutions { rows, .. } = run(view.graph, query, limits)? else {
        return Ok(Vec::new());
    };
    let nodes = rows
        .into_iter()
        .filter_map(|row| row.into_iter().next().flatten());
    let violation = |node: Term| Violation {
        check: (*check).to_owned(),
        node: node.to_string(),
        message: (*message).to_owned(),
    };
    Ok(nodes.map(violation).collect())
}

/// Mentions whose surface form is not what their document says there, document by document.
fn misquotations(view: View<'_>) -> Result<Vec<Violation>, StoreError> {
    let mut mentions: BTreeMap<String, BTreeSet<NamedNode>> = BTreeMap::new();
    for said_by in [SaidBy::Document, SaidBy::Inference] {
        for predicate in [annals::DENOTES, annals::SPEAKER] {
            for (mention, _) in view.graph.links(predicate, said_by)? {
                let (document, _) = document_and_range(&mention);
                let of_document = mentions.entry(document.to_owned()).or_default();
                of_document.insert(mention);
            }
        }
    }
    let found: Vec<Vec<Violation>> = mentions
        .into_par_iter()
        .map(|(iri, mentions)| misquotations_of(view, &iri, &mentions))
        .collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The document a mention stands in, and where: `12,20` for the characters 12 to 20, end-exclusive.
fn document_and_range(mention: &NamedNode) -> (&str, &str) {
    let iri = mention.as_str();
    iri.split_once("#char=").unwrap_or((iri, ""))
}

fn misquotations_of(
    view: View<'_>,
    iri: &str,
    mentions: &BTreeSet<NamedNode>,
) -> Result<Vec<Violation>, StoreError> {
    let text: Vec<char> = document(view, iri)?
        .map(|document| document.text.chars().collect())
        .unwrap_or_default();
    let mut violations = Vec::new();
    for mention in mentions {
        let quoted = anchor(view, mention)?;
        let range = parse_range(document_and_range(mention).1);
        let words = range.and_then(|(start, end)| text.get(start..end));
        let words: Option<String> = words.map(|words| words.iter().collect());
        if words.is_none() || words != quoted {
            violations.push(Violation {
                check: "mention-words".to_owned(),
                node: mention.to_string(),
                message: format!("quotes {quoted:?} where the document says {words:?}"),
            });
        }
    }
    Ok(violations)
}
