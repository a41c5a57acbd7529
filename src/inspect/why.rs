//! The very words, in the very document, behind what is said of an event.

use std::cmp::Reverse;

use oxigraph::model::{GraphName, NamedNode, Quad};
use serde::Serialize;

use super::{View, literal, node};
use crate::rdf::vocab::{annals, nif, sem};
use crate::record::DocumentRecord;
use crate::span::Span;
use crate::store::StoreError;

/// The kinds of statement that [`why`] gives grounds for, in the order of its answer: the words that
/// tell or date the event, whether it happened, on whose word, who took part, where, and the lists
/// of pages that frame it.
pub const STATEMENTS: [&str; 8] = [
    "tells", "status", "source", "who", "where", "topic", "context", "related",
];

/// A statement and the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Grounds {
    /// What kind of statement the words are for: one of [`STATEMENTS`].
    pub statement: String,
    /// What is said: a name or a value; empty for the event itself.
    pub value: String,
    /// The document's IRI.
    pub document: String,
    /// Where the document was read from.
    pub path: String,
    /// First code point of the words in the document's text.
    pub start: usize,
    /// One past their last code point.
    pub end: usize,
    /// The words.
    pub words: String,
}

/// Finds the words behind an event: its tellings, who and where, and the lists that frame it.
///
/// # Errors
/// When the graph or the index cannot be read.
pub fn why(view: View<'_>, event: &str) -> Result<Vec<Grounds>, StoreError> {
    let event = NamedNode::new_unchecked(event);
    let mut grounds = Vec::new();
    for quad in view
        .graph
        .quads_of(Some(event.as_ref()), Some(annals::EVIDENCE), None)?
    {
        if let Some(words) = node(quad.object) {
            grounds.extend(words_at(view, "tells", "", words.as_str())?);
        }
    }
    let tellings: Vec<Grounds> = grounds.clone();
    grounds.extend(standing(view, &event)?);
    for (term, statement) in [(sem::HAS_ACTOR, "who"), (sem::HAS_PLACE, "where")] {
        for quad in view
            .graph
            .quads_of(Some(event.as_ref()), Some(term), None)?
        {
            grounds.extend(mentions(view, statement, &quad, &tellings)?);
        }
    }
    for (term, statement) in [
        (annals::TOPIC, "topic"),
        (annals::CONTEXT, "context"),
        (annals::RELATED, "related"),
    ] {
        for quad in view
            .graph
            .quads_of(Some(event.as_ref()), Some(term), None)?
        {
            grounds.extend(listed(view, statement, &quad)?);
        }
    }
    let rank = |grounds: &Grounds| {
        STATEMENTS
            .iter()
            .position(|known| *known == grounds.statement)
    };
    grounds.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.cmp(b)));
    grounds.dedup();
    Ok(grounds)
}

/// Whether it happened and on whose word, each with the words of the document that says so.
fn standing(view: View<'_>, event: &NamedNode) -> Result<Vec<Grounds>, StoreError> {
    let mut found = Vec::new();
    for (term, words, statement) in [
        (annals::STATUS, annals::STATUS_EVIDENCE, "status"),
        (
            annals::ATTRIBUTED_TO,
            annals::ATTRIBUTION_EVIDENCE,
            "source",
        ),
    ] {
        let said = view
            .graph
            .quads_of(Some(event.as_ref()), Some(term), None)?;
        let places = view
            .graph
            .quads_of(Some(event.as_ref()), Some(words), None)?;
        for said in &said {
            let value = match node(said.object.clone()) {
                Some(speaker) => view.label(&speaker)?,
                None => literal(said.object.clone()).unwrap_or_default(),
            };
            let same = places
                .iter()
                .filter(|place| place.graph_name == said.graph_name);
            for words in same.filter_map(|place| node(place.object.clone())) {
                found.extend(words_at(view, statement, &value, words.as_str())?);
            }
        }
    }
    Ok(found)
}

/// Mentions of a participant inside the words that tell the event, in the graph that says so.
fn mentions(
    view: View<'_>,
    statement: &str,
    quad: &Quad,
    tellings: &[Grounds],
) -> Result<Vec<Grounds>, StoreError> {
    let (Some(entity), GraphName::NamedNode(graph)) = (node(quad.object.clone()), &quad.graph_name)
    else {
        return Ok(Vec::new());
    };
    let name = view.label(&entity)?;
    let mut found = Vec::new();
    for mention in view
        .graph
        .quads_of(None, Some(annals::DENOTES), Some(entity.as_ref()))?
    {
        if mention.graph_name != GraphName::NamedNode(graph.clone()) {
            continue;
        }
        let words = mention.subject.to_string();
        found.extend(words_at(
            view,
            statement,
            &name,
            words.trim_matches(['<', '>']),
        )?);
    }
    if found.iter().any(|words| is_told(words, tellings)) {
        found.retain(|words| is_told(words, tellings));
    }
    Ok(found)
}

fn is_told(words: &Grounds, tellings: &[Grounds]) -> bool {
    let inside = |telling: &Grounds| {
        telling.document == words.document
            && telling.start <= words.start
            && words.end <= telling.end
    };
    tellings.iter().any(inside)
}

/// A list entry of a page: the name of the other side where it stands in the page's text. That is a line of its own
/// where the page lists it, else a mention that denotes it, else the first place where one of its names stands as
/// whole words.
fn listed(view: View<'_>, statement: &str, quad: &Quad) -> Result<Vec<Grounds>, StoreError> {
    let (Some(other), GraphName::NamedNode(graph)) = (node(quad.object.clone()), &quad.graph_name)
    else {
        return Ok(Vec::new());
    };
    let Some(document) = document(view, graph.as_str())? else {
        return Ok(Vec::new());
    };
    let mut names = vec![view.label(&other)?];
    for term in [
        crate::rdf::vocab::skos::ALT_LABEL,
        oxigraph::model::vocab::rdfs::LABEL,
    ] {
        let quads = view
            .graph
            .quads_of(Some(other.as_ref()), Some(term), None)?;
        names.extend(quads.into_iter().filter_map(|quad| literal(quad.object)));
    }
    let name = names[0].clone();
    if !names.iter().any(|name| is_line(&document.text, name)) {
        let denoting = mentions(view, statement, quad, &[])?;
        if let Some(first) = denoting.into_iter().min_by_key(|grounds| grounds.start) {
            return Ok(vec![first]);
        }
    }
    let place = names
        .iter()
        .flat_map(|name| whole_words(&document.text, name))
        .min_by_key(|found| {
            let is_line = stands_in_line(&document.text, *found);
            (!is_line, found.start, Reverse(found.end))
        });
    let grounds = place.map(|found| {
        let words = found.of(&document.text);
        let start = document.text[..found.start].chars().count();
        Grounds {
            statement: statement.to_owned(),
            value: name,
            start,
            end: start + words.chars().count(),
            words: words.to_owned(),
            document: document.iri.clone(),
            path: document.path.clone(),
        }
    });
    Ok(grounds.into_iter().collect())
}

/// Where a name stands in a text as whole words: no letter or digit touches it.
fn whole_words<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = Span> + 'a {
    let places = text.match_indices(name).filter(|_| !name.is_empty());
    places.filter_map(move |(start, _)| {
        let found = Span::new(start, start + name.len());
        let before = text[..found.start].chars().next_back();
        let after = text[found.end..].chars().next();
        let free = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        (free(before) && free(after)).then_some(found)
    })
}

/// Whether a name is a line of a text.
fn is_line(text: &str, name: &str) -> bool {
    whole_words(text, name).any(|found| stands_in_line(text, found))
}

/// Whether words are all that stands in their line.
fn stands_in_line(text: &str, words: Span) -> bool {
    let (before, after) = (&text[..words.start], &text[words.end..]);
    let line_before = before.rsplit('\n').next().unwrap_or("");
    let line_after = after.split('\n').next().unwrap_or("");
    line_before.trim().is_empty() && line_after.trim().is_empty()
}

/// The words that a `char=` IRI names.
fn words_at(
    view: View<'_>,
    statement: &str,
    value: &str,
    iri: &str,
) -> Result<Vec<Grounds>, StoreError> {
    let Some((document_iri, range)) = iri.split_once("#char=") else {
        return Ok(Vec::new());
    };
    let Some((start, end)) = parse_range(range) else {
        return Ok(Vec::new());
    };
    let Some(document) = document(view, document_iri)? else {
        return Ok(Vec::new());
    };
    let words: String = document
        .text
        .chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect();
    Ok(vec![Grounds {
        statement: statement.to_owned(),
        value: value.to_owned(),
        document: document.iri,
        path: document.path,
        start,
        end,
        words,
    }])
}

/// `12,25` as two numbers.
pub(super) fn parse_range(range: &str) -> Option<(usize, usize)> {
    let (start, end) = range.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

pub(super) fn document(view: View<'_>, iri: &str) -> Result<Option<DocumentRecord>, StoreError> {
    let hit = view.index.record(iri)?;
    Ok(hit
        .map(|hit| serde_json::from_str(&hit.stored))
        .transpose()?)
}

/// The surface form that the graph gives for a mention.
pub(super) fn anchor(view: View<'_>, mention: &NamedNode) -> Result<Option<String>, StoreError> {
    let quads = view
        .graph
        .quads_of(Some(mention.as_ref()), Some(nif::ANCHOR_OF), None)?;
    Ok(quads.into_iter().find_map(|quad| literal(quad.object)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_whole_words_only() {
        let text = "NORDICA and Nordic rail: NORD wins, NORD's third";
        let words = |name| {
            let found = whole_words(text, name);
            found.map(|span| span.start).collect::<Vec<_>>()
        };
        assert_eq!(words("NORD"), [25, 36]);
        assert_eq!(words("Nordic"), [12]);
        assert_eq!(words("ord"), Vec::<usize>::new());
    }

    #[test]
    fn a_line_of_its_own_is_told_from_words_in_one() {
        assert!(is_line("Ice off Oslo\nOslo\n", "Oslo"));
        assert!(!is_line("Ice off Oslo\nOslo port\n", "Oslo"));
    }
}
