//! From a store's quads to a petgraph graph: all of it, or what lies around one thing.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};

use super::{Edge, EdgeKind, EventGraph, Node, NodeKind};
use crate::inspect::View;
use crate::rdf::vocab::{annals, sem, skos};
use crate::store::StoreError;

/// What to project.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// IRI of the thing to start from; `None` takes everything.
    pub around: Option<String>,
    /// Steps from there, inclusive.
    pub depth: usize,
    /// Whether people, places and organizations are nodes too.
    pub entities: bool,
}

/// Projects events and what links them. Reads no more of the store than the selection needs.
///
/// # Errors
/// When the graph cannot be read.
pub fn project(view: View<'_>, selection: &Selection) -> Result<EventGraph, StoreError> {
    let mut edges: BTreeMap<(String, String, EdgeKind), BTreeSet<String>> = BTreeMap::new();
    let nodes = match &selection.around {
        Some(start) => around(view, start, selection, &mut edges)?,
        None => everything(view, selection, &mut edges)?,
    };
    build(view, &nodes, edges)
}

/// Documents that state each edge.
type Edges = BTreeMap<(String, String, EdgeKind), BTreeSet<String>>;

fn predicates(selection: &Selection) -> Vec<(NamedNodeRef<'static>, EdgeKind)> {
    let mut predicates = vec![
        (annals::RELATED, EdgeKind::Related),
        (annals::CONTEXT, EdgeKind::Context),
        (annals::TOPIC, EdgeKind::Context),
    ];
    if selection.entities {
        predicates.extend([
            (sem::HAS_ACTOR, EdgeKind::Actor),
            (sem::HAS_PLACE, EdgeKind::Place),
        ]);
    }
    predicates
}

fn everything(
    view: View<'_>,
    selection: &Selection,
    edges: &mut Edges,
) -> Result<BTreeSet<String>, StoreError> {
    let events = view
        .graph
        .quads_of(None, Some(rdf::TYPE), Some(annals::EVENT))?;
    let mut nodes: BTreeSet<String> = events
        .into_iter()
        .map(|quad| iri_of(quad.subject.into()))
        .collect();
    for (predicate, kind) in predicates(selection) {
        for quad in view.graph.quads_of(None, Some(predicate), None)? {
            nodes.extend(add(quad, kind, edges));
        }
    }
    Ok(nodes)
}

fn around(
    view: View<'_>,
    start: &str,
    selection: &Selection,
    edges: &mut Edges,
) -> Result<BTreeSet<String>, StoreError> {
    let mut nodes = BTreeSet::from([start.to_owned()]);
    let mut edge_of_view = nodes.clone();
    for _ in 0..selection.depth {
        let mut next = BTreeSet::new();
        for node in &edge_of_view {
            let node = NamedNode::new_unchecked(node.as_str());
            for (predicate, kind) in predicates(selection) {
                let out = view
                    .graph
                    .quads_of(Some(node.as_ref()), Some(predicate), None)?;
                let back = view
                    .graph
                    .quads_of(None, Some(predicate), Some(node.as_ref()))?;
                for quad in out.into_iter().chain(back) {
                    next.extend(add(quad, kind, edges));
                }
            }
        }
        edge_of_view = next.difference(&nodes).cloned().collect();
        nodes.extend(next);
    }
    Ok(nodes)
}

/// Notes an edge and returns its ends; `related` is kept once, its ends sorted.
fn add(quad: Quad, kind: EdgeKind, edges: &mut Edges) -> [String; 2] {
    let mut ends = [iri_of(quad.subject.into()), iri_of(quad.object)];
    if kind == EdgeKind::Related {
        ends.sort();
    }
    let key = (ends[0].clone(), ends[1].clone(), kind);
    edges
        .entry(key)
        .or_default()
        .insert(quad.graph_name.to_string());
    ends
}

fn iri_of(term: Term) -> String {
    match term {
        Term::NamedNode(node) => node.into_string(),
        other => other.to_string(),
    }
}

fn build(view: View<'_>, nodes: &BTreeSet<String>, edges: Edges) -> Result<EventGraph, StoreError> {
    let mut graph = EventGraph::default();
    let mut place = BTreeMap::new();
    for iri in nodes {
        place.insert(iri.clone(), graph.add_node(node(view, iri)?));
    }
    for ((from, to, kind), documents) in edges {
        #[expect(
            clippy::cast_precision_loss,
            reason = "nobody states a link 2^53 times"
        )]
        let weight = documents.len() as f64;
        graph.add_edge(
            place[&from],
            place[&to],
            Edge {
                kind,
                label: String::new(),
                weight,
            },
        );
    }
    Ok(graph)
}

fn node(view: View<'_>, iri: &str) -> Result<Node, StoreError> {
    let subject = NamedNode::new_unchecked(iri);
    let mut node = Node {
        iri: iri.to_owned(),
        label: String::new(),
        kind: NodeKind::Concept,
        date: None,
    };
    for quad in view.graph.quads_of(Some(subject.as_ref()), None, None)? {
        match (quad.predicate.as_ref(), quad.object) {
            (predicate, Term::NamedNode(class)) if predicate == rdf::TYPE => {
                node.kind = KINDS
                    .iter()
                    .find(|(term, _)| class == *term)
                    .map_or(node.kind, |(_, kind)| *kind);
            }
            (predicate, Term::Literal(label))
                if predicate == rdfs::LABEL || predicate == skos::PREF_LABEL =>
            {
                label.value().clone_into(&mut node.label);
            }
            (predicate, Term::Literal(date)) if predicate == annals::DATE => {
                node.date = Some(date.value().to_owned());
            }
            _ => {}
        }
    }
    Ok(node)
}

const KINDS: [(NamedNodeRef<'static>, NodeKind); 6] = [
    (annals::EVENT, NodeKind::Event),
    (annals::STORYLINE, NodeKind::Storyline),
    (annals::PERSON, NodeKind::Person),
    (annals::PLACE, NodeKind::Place),
    (annals::ORGANIZATION, NodeKind::Organization),
    (annals::CONCEPT, NodeKind::Concept),
];
