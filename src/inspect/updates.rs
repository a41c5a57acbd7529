//! Which reports of an event revise which: the updates that resolution inferred, with their words.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;
use serde::Serialize;

use super::{View, literal, node, with_reporting};
use crate::rdf::vocab::{annals, schema};
use crate::store::StoreError;

/// A later report with another figure or status.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateEntry {
    /// Day of the later report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What changed: `dead`, `injured`, `missing`, `arrested`, `displaced`, `cases`, `magnitude` or
    /// `status`.
    pub quantity: String,
    /// The value of the earlier report.
    pub old: String,
    /// The value of the later report.
    pub new: String,
    /// IRI of the later report.
    pub document: String,
    /// Its title.
    pub title: String,
    /// IRI of the earlier report.
    pub updates: String,
    /// Title of the earlier report.
    pub updated_title: String,
    /// IRI of the words that give the old value.
    pub old_words: String,
    /// IRI of the words that give the new value.
    pub new_words: String,
    /// Day of the earlier report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_date: Option<String>,
}

/// The updates among the reports of an event, or of the event of a document, oldest first. Of several
/// earlier reports that one revises, the latest is given.
///
/// # Errors
/// When the graph cannot be read.
pub fn updates(view: View<'_>, iri: &str) -> Result<Vec<UpdateEntry>, StoreError> {
    let mut latest: BTreeMap<(String, String), (Option<String>, UpdateEntry)> = BTreeMap::new();
    for document in connected(view, NamedNode::new_unchecked(iri))? {
        for link in view
            .graph
            .quads_of(None, Some(annals::FROM), Some(document.as_ref()))?
        {
            let Some(link) = node(link.subject.into()) else {
                continue;
            };
            let Some((earlier_date, entry)) = entry(view, &document, &link)? else {
                continue;
            };
            let key = (entry.document.clone(), entry.quantity.clone());
            let is_later = latest.get(&key).is_none_or(|(date, known)| {
                (date, &known.updates) < (&earlier_date, &entry.updates)
            });
            if is_later {
                latest.insert(key, (earlier_date, entry));
            }
        }
    }
    let mut entries: Vec<UpdateEntry> = latest.into_values().map(|(_, entry)| entry).collect();
    entries.sort();
    Ok(entries)
}

/// The documents that report a thing, and all that updates lead to from them.
fn connected(view: View<'_>, start: NamedNode) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut open = with_reporting(view, start)?;
    let mut seen = BTreeSet::new();
    while let Some(document) = open.pop() {
        if !seen.insert(document.clone()) {
            continue;
        }
        let earlier = view
            .graph
            .quads_of(Some(document.as_ref()), Some(annals::UPDATES), None)?;
        open.extend(earlier.into_iter().filter_map(|quad| node(quad.object)));
        let later = view
            .graph
            .quads_of(None, Some(annals::UPDATES), Some(document.as_ref()))?;
        open.extend(
            later
                .into_iter()
                .filter_map(|quad| node(quad.subject.into())),
        );
    }
    Ok(seen)
}

/// The update that a link stands for, if it does, with the day of the earlier report.
fn entry(
    view: View<'_>,
    document: &NamedNode,
    link: &NamedNode,
) -> Result<Option<(Option<String>, UpdateEntry)>, StoreError> {
    let mut said: BTreeMap<NamedNode, oxigraph::model::Term> = BTreeMap::new();
    for quad in view.graph.quads_of(Some(link.as_ref()), None, None)? {
        said.insert(quad.predicate, quad.object);
    }
    let mut take = |term: oxigraph::model::NamedNodeRef<'_>| said.remove(&term.into_owned());
    let (Some(quantity), Some(earlier)) = (
        take(annals::QUANTITY).and_then(literal),
        take(annals::TO).and_then(node),
    ) else {
        return Ok(None);
    };
    let old = take(annals::OLD_VALUE)
        .and_then(literal)
        .unwrap_or_default();
    let new = take(annals::NEW_VALUE)
        .and_then(literal)
        .unwrap_or_default();
    let words = |found: Option<oxigraph::model::Term>| {
        found
            .and_then(node)
            .map(NamedNode::into_string)
            .unwrap_or_default()
    };
    let old_words = words(take(annals::OLD_WORDS));
    let new_words = words(take(annals::NEW_WORDS));
    let entry = UpdateEntry {
        date: date(view, document)?,
        quantity,
        old,
        new,
        document: document.as_str().to_owned(),
        title: view.label(document)?,
        updates: earlier.as_str().to_owned(),
        updated_title: view.label(&earlier)?,
        old_words,
        new_words,
        updated_date: date(view, &earlier)?,
    };
    Ok(Some((entry.updated_date.clone(), entry)))
}

pub(super) fn date(view: View<'_>, document: &NamedNode) -> Result<Option<String>, StoreError> {
    let terms = [schema::DATE_PUBLISHED, annals::INFERRED_DATE];
    for term in terms {
        let quads = view
            .graph
            .quads_of(Some(document.as_ref()), Some(term), None)?;
        if let Some(date) = quads
            .into_iter()
            .filter_map(|quad| literal(quad.object))
            .min()
        {
            return Ok(Some(date));
        }
    }
    Ok(None)
}
