//! From a store's quads to a petgraph graph: all of it, or what lies around one thing.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};

use super::skeleton::iri_of;
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
    /// At most so many things around one; `None` takes all.
    pub limit: Option<usize>,
}

/// A part of the graph, and how much of what was asked for is not in it.
#[derive(Debug)]
pub struct Projection {
    /// The things and the links between them.
    pub graph: EventGraph,
    /// Things left out for the limit; what lies behind them is not counted.
    pub left_out: usize,
}

/// Projects events and what links them. Reads no more of the store than the selection needs.
///
/// # Errors
/// When the graph cannot be read.
pub fn project(view: View<'_>, selection: &Selection) -> Result<Projection, StoreError> {
    let mut edges = Edges::new();
    let (nodes, left_out) = match &selection.around {
        Some(start) => around(view, start, selection, &mut edges)?,
        None => (everything(view, selection, &mut edges)?, 0),
    };
    edges.retain(|(from, to, _), _| nodes.contains(from) && nodes.contains(to));
    let graph = build(view, &nodes, edges)?;
    Ok(Projection { graph, left_out })
}

/// Documents that state each edge.
type Edges = BTreeMap<(String, String, EdgeKind), BTreeSet<String>>;

/// The predicates that link things, and what they say; those of people and places last.
pub(super) const LINKS: &[(NamedNodeRef<'static>, EdgeKind)] = &[
    (annals::RELATED, EdgeKind::Related),
    (annals::CONTEXT, EdgeKind::Context),
    (annals::TOPIC, EdgeKind::Context),
    (sem::HAS_SUB_EVENT, EdgeKind::Context),
    (sem::HAS_ACTOR, EdgeKind::Actor),
    (sem::HAS_PLACE, EdgeKind::Place),
];

fn predicates(selection: &Selection) -> &'static [(NamedNodeRef<'static>, EdgeKind)] {
    let framing = LINKS.len() - 2;
    if selection.entities {
        LINKS
    } else {
        &LINKS[..framing]
    }
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
    for &(predicate, kind) in predicates(selection) {
        for quad in view.graph.quads_of(None, Some(predicate), None)? {
            nodes.extend(add(quad, kind, edges));
        }
    }
    Ok(nodes)
}

/// What lies around one thing, step by step; when a step would go over the limit, the things with
/// most links to those already there stay, and it is the last.
fn around(
    view: View<'_>,
    start: &str,
    selection: &Selection,
    edges: &mut Edges,
) -> Result<(BTreeSet<String>, usize), StoreError> {
    let mut nodes = BTreeSet::from([start.to_owned()]);
    let mut edge_of_view = nodes.clone();
    for _ in 0..selection.depth {
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        for node in &edge_of_view {
            for end in step(view, node, selection, edges)? {
                if !nodes.contains(&end) {
                    *next.entry(end).or_default() += 1;
                }
            }
        }
        let room = selection
            .limit
            .map_or(usize::MAX, |limit| limit.saturating_sub(nodes.len()));
        let left_out = next.len().saturating_sub(room);
        edge_of_view = match left_out {
            0 => next.into_keys().collect(),
            _ => foremost(view, next, room)?,
        };
        nodes.extend(edge_of_view.iter().cloned());
        if left_out > 0 {
            return Ok((nodes, left_out));
        }
    }
    Ok((nodes, 0))
}

/// The things that one is linked with, once for each link.
fn step(
    view: View<'_>,
    from: &str,
    selection: &Selection,
    edges: &mut Edges,
) -> Result<Vec<String>, StoreError> {
    let node = NamedNode::new_unchecked(from);
    let mut ends = Vec::new();
    for &(predicate, kind) in predicates(selection) {
        let out = view
            .graph
            .quads_of(Some(node.as_ref()), Some(predicate), None)?;
        let back = view
            .graph
            .quads_of(None, Some(predicate), Some(node.as_ref()))?;
        for quad in out.into_iter().chain(back) {
            ends.extend(add(quad, kind, edges).into_iter().filter(|end| end != from));
        }
    }
    Ok(ends)
}

/// The things with most links to those already there, at most so many; of equal ones those that more
/// documents report and that are related to more, then in the order of their IRIs.
fn foremost(
    view: View<'_>,
    things: BTreeMap<String, usize>,
    room: usize,
) -> Result<BTreeSet<String>, StoreError> {
    let mut ranked: Vec<(usize, usize, String)> = Vec::with_capacity(things.len());
    for (thing, links) in things {
        let node = NamedNode::new_unchecked(&thing);
        let node = Some(node.as_ref());
        let reports = view.graph.quads_of(None, Some(annals::REPORTS), node)?;
        let related = view.graph.quads_of(node, Some(annals::RELATED), None)?;
        ranked.push((links, reports.len() + related.len(), thing));
    }
    ranked.sort_by(|a, b| (b.0, b.1, &a.2).cmp(&(a.0, a.1, &b.2)));
    ranked.truncate(room);
    Ok(ranked.into_iter().map(|(_, _, thing)| thing).collect())
}

/// Notes an edge and returns its ends; `related` is kept once, its ends sorted, and a part leads to
/// its whole whichever way that was said.
fn add(quad: Quad, kind: EdgeKind, edges: &mut Edges) -> [String; 2] {
    let is_turned = quad.predicate == sem::HAS_SUB_EVENT;
    let mut ends = [iri_of(quad.subject.into()), iri_of(quad.object)];
    if kind == EdgeKind::Related {
        ends.sort();
    } else if is_turned {
        ends.swap(0, 1);
    }
    let key = (ends[0].clone(), ends[1].clone(), kind);
    edges
        .entry(key)
        .or_default()
        .insert(quad.graph_name.to_string());
    ends
}

fn build(view: View<'_>, nodes: &BTreeSet<String>, edges: Edges) -> Result<EventGraph, StoreError> {
    let mut graph = EventGraph::default();
    let mut place = BTreeMap::new();
    for iri in nodes {
        place.insert(iri.clone(), graph.add_node(node(view, iri)?));
    }
    let inferred = annals::INFERRED.to_string();
    for ((from, to, kind), mut documents) in edges {
        let is_inferred = documents.remove(&inferred) && documents.is_empty();
        #[expect(
            clippy::cast_precision_loss,
            reason = "nobody states a link 2^53 times"
        )]
        let stated = documents.len() as f64;
        let edge = Edge {
            kind,
            label: String::from(if is_inferred { INFERRED } else { "" }),
            weight: if is_inferred { INFERRED_WEIGHT } else { stated },
        };
        graph.add_edge(place[&from], place[&to], edge);
    }
    Ok(graph)
}

/// What a link that no document states is labelled with, and its weight against a stated one.
const INFERRED: &str = "inferred";
const INFERRED_WEIGHT: f64 = 0.5;

/// A part of a graph: some things by IRI, and the links between them that are given by their ends.
///
/// # Errors
/// When the graph cannot be read.
pub fn drawn(
    view: View<'_>,
    nodes: &BTreeSet<String>,
    links: &[(String, String, Edge)],
) -> Result<EventGraph, StoreError> {
    let mut graph = build(view, nodes, Edges::new())?;
    let place: BTreeMap<&String, _> = nodes.iter().zip(graph.node_indices()).collect();
    for (from, to, edge) in links {
        graph.add_edge(place[from], place[to], edge.clone());
    }
    Ok(graph)
}

/// A thing with its name, kind and date.
///
/// # Errors
/// When the graph cannot be read.
pub fn node(view: View<'_>, iri: &str) -> Result<Node, StoreError> {
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

pub(super) const KINDS: [(NamedNodeRef<'static>, NodeKind); 6] = [
    (annals::EVENT, NodeKind::Event),
    (annals::STORYLINE, NodeKind::Storyline),
    (annals::PERSON, NodeKind::Person),
    (annals::PLACE, NodeKind::Place),
    (annals::ORGANIZATION, NodeKind::Organization),
    (annals::CONCEPT, NodeKind::Concept),
];
