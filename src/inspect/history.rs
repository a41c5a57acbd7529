//! The versions of what reports an event: which superseded which, as pages and re-reads state.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;
use serde::Serialize;

use super::{View, literal, node, with_reporting};
use crate::rdf::vocab::{annals, prov};
use crate::store::StoreError;

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Its IRI.
    pub document: String,
    /// Its title.
    pub title: String,
    /// When the archive stored it, where a page says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stored: Option<String>,
    /// Whether the document itself is in the store, or only its title.
    pub is_held: bool,
    /// What supersedes it directly.
    pub superseded_by: Vec<String>,
}

/// The versions behind an event or document, oldest first: every version comes after all that it
/// supersedes.
///
/// # Errors
/// When the graph cannot be read.
pub fn history(view: View<'_>, iri: &str) -> Result<Vec<HistoryEntry>, StoreError> {
    let start = NamedNode::new_unchecked(iri);
    let mut open = with_reporting(view, start)?;
    let mut newer: BTreeMap<NamedNode, BTreeSet<NamedNode>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    while let Some(document) = open.pop() {
        if !seen.insert(document.clone()) {
            continue;
        }
        for quad in view
            .graph
            .quads_of(Some(document.as_ref()), Some(annals::SUPERSEDES), None)?
        {
            if let Some(older) = node(quad.object) {
                newer
                    .entry(older.clone())
                    .or_default()
                    .insert(document.clone());
                newer.entry(document.clone()).or_default();
                open.push(older);
            }
        }
        for quad in view
            .graph
            .quads_of(None, Some(annals::SUPERSEDES), Some(document.as_ref()))?
        {
            open.extend(node(quad.subject.into()));
        }
    }
    oldest_first(newer)
        .into_iter()
        .map(|(document, newer)| entry(view, &document, &newer))
        .collect()
}

/// Takes out, again and again, what supersedes nothing that is left; a cycle goes out as it comes.
fn oldest_first(
    mut newer: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
) -> Vec<(NamedNode, BTreeSet<NamedNode>)> {
    let mut ordered = Vec::new();
    while !newer.is_empty() {
        let is_oldest = |node: &&NamedNode| !newer.values().any(|later| later.contains(*node));
        let next = newer
            .keys()
            .find(is_oldest)
            .or_else(|| newer.keys().next())
            .cloned();
        if let Some((node, later)) = next.and_then(|node| newer.remove_entry(&node)) {
            ordered.push((node, later));
        }
    }
    ordered
}

fn entry(
    view: View<'_>,
    document: &NamedNode,
    newer: &BTreeSet<NamedNode>,
) -> Result<HistoryEntry, StoreError> {
    let stamps =
        view.graph
            .quads_of(Some(document.as_ref()), Some(prov::GENERATED_AT_TIME), None)?;
    Ok(HistoryEntry {
        document: document.as_str().to_owned(),
        title: view.label(document)?,
        stored: stamps
            .into_iter()
            .filter_map(|quad| literal(quad.object))
            .min(),
        is_held: view.index.record(document.as_str())?.is_some(),
        superseded_by: newer.iter().map(|node| node.as_str().to_owned()).collect(),
    })
}
