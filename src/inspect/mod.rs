//! Looking at one thing: names to IRIs, and the cards, words and histories behind them.
//!
//! Everything here reads a graph and an index and returns plain data; rendering is left to `cli`.

pub mod alias;
mod card;
mod entity;
mod history;
mod lookup;
mod reports;
mod storyline;
mod suggest;
mod updates;
mod validate;
mod why;

pub use card::{Card, Fact, card, strayed_from};
pub use entity::{Companion, EntityCard, LatestEvent, entity_card};
pub use history::{HistoryEntry, history};
pub use lookup::{Candidate, bearer, find};
pub use reports::{ReportEntry, reports};
pub use storyline::{Nested, OtherName, StorylineCard, reported_events, storyline_card};
pub use suggest::{mend, suggest};
pub use updates::{UpdateEntry, updates};
pub use validate::{ValidateError, Violation, validate};
pub use why::{Grounds, STATEMENTS, why};

use oxigraph::model::{NamedNode, Term};

use crate::rdf::vocab::{annals, dcterms, nif, skos};
use crate::store::{Graph, Index, StoreError};

/// A store's two derived parts together.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// The full-text index.
    pub index: &'a Index,
}

impl View<'_> {
    /// A name for a thing: its label, else the end of its IRI.
    fn label(&self, node: &NamedNode) -> Result<String, StoreError> {
        let terms = [
            skos::PREF_LABEL,
            oxigraph::model::vocab::rdfs::LABEL,
            dcterms::TITLE,
            nif::ANCHOR_OF,
        ];
        for term in terms {
            let quads = self.graph.quads_of(Some(node.as_ref()), Some(term), None)?;
            let mut labels: Vec<String> = quads
                .into_iter()
                .filter_map(|quad| literal(quad.object))
                .collect();
            labels.sort();
            if let Some(label) = labels.into_iter().next() {
                return Ok(label);
            }
        }
        Ok(node
            .as_str()
            .rsplit(['/', '#'])
            .next()
            .unwrap_or_default()
            .to_owned())
    }
}

/// The text of a literal.
fn literal(term: Term) -> Option<String> {
    match term {
        Term::Literal(literal) => Some(literal.destruct().0),
        _ => None,
    }
}

/// A thing, and the documents that report it when it is an event.
fn with_reporting(view: View<'_>, thing: NamedNode) -> Result<Vec<NamedNode>, StoreError> {
    let reporting = view
        .graph
        .quads_of(None, Some(annals::REPORTS), Some(thing.as_ref()))?;
    let documents = reporting
        .into_iter()
        .filter_map(|quad| node(quad.subject.into()));
    Ok(std::iter::once(thing).chain(documents).collect())
}

/// The node of an IRI term.
fn node(term: Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}
