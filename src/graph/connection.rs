//! A path as people read it: every thing with its name and date, every link with the documents
//! that state it.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::paths::Path;
use super::project::{self, LINKS};
use super::skeleton::{Skeleton, named};
use super::{Edge, EdgeKind, Node, NodeKind};
use crate::inspect::View;
use crate::rdf::vocab::annals;
use crate::store::StoreError;

/// How two things are connected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Connection {
    /// What the path costs: fewer links through less crowded things cost less.
    pub cost: f64,
    /// The things on the way, both ends included.
    pub nodes: Vec<Node>,
    /// The links between them, one fewer.
    pub steps: Vec<Step>,
}

/// One link of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What the link says.
    pub kind: EdgeKind,
    /// The same in words.
    pub relation: &'static str,
    /// Whether no document states it.
    pub is_inferred: bool,
    /// IRIs of the documents that state it, sorted.
    pub documents: Vec<String>,
}

/// Reads what a path is about.
///
/// # Errors
/// When the graph cannot be read.
pub fn connection(
    view: View<'_>,
    skeleton: &Skeleton,
    path: &Path,
) -> Result<Connection, StoreError> {
    let nodes: Vec<Node> = path
        .nodes
        .iter()
        .map(|&node| project::node(view, skeleton.iri(node)))
        .collect::<Result<_, _>>()?;
    let mut steps = Vec::with_capacity(path.ties.len());
    for (place, &tie) in path.ties.iter().enumerate() {
        let kind = skeleton.graph()[tie].kind;
        let ends = (path.nodes[place], path.nodes[place + 1]);
        let documents = documents(view, skeleton, ends, kind)?;
        steps.push(Step {
            kind,
            relation: relation(kind, nodes[place].kind, nodes[place + 1].kind),
            is_inferred: documents.is_empty(),
            documents: documents.into_iter().collect(),
        });
    }
    Ok(Connection {
        cost: (path.cost * 100.0).round() / 100.0,
        nodes,
        steps,
    })
}

/// The documents that state a link, in either direction.
fn documents(
    view: View<'_>,
    skeleton: &Skeleton,
    (a, b): (NodeIndex, NodeIndex),
    kind: EdgeKind,
) -> Result<BTreeSet<String>, StoreError> {
    let (a, b) = (named(skeleton.iri(a)), named(skeleton.iri(b)));
    let mut documents = BTreeSet::new();
    for (predicate, _) in LINKS.iter().filter(|(_, of)| *of == kind) {
        for (from, to) in [(&a, &b), (&b, &a)] {
            let quads =
                view.graph
                    .quads_of(Some(from.as_ref()), Some(*predicate), Some(to.as_ref()))?;
            documents.extend(quads.into_iter().filter_map(|quad| match quad.graph_name {
                oxigraph::model::GraphName::NamedNode(graph) if graph != annals::INFERRED => {
                    Some(graph.into_string())
                }
                _ => None,
            }));
        }
    }
    Ok(documents)
}

/// A link in words, read from the first thing to the second.
fn relation(kind: EdgeKind, from: NodeKind, to: NodeKind) -> &'static str {
    match (kind, from, to) {
        (EdgeKind::Related, ..) => "is related to",
        (EdgeKind::Supersedes, ..) => "is another version of",
        (EdgeKind::Actor, NodeKind::Event, _) => "involves",
        (EdgeKind::Actor, ..) => "has a part in",
        (EdgeKind::Place, NodeKind::Event, _) => "names the place",
        (EdgeKind::Place, ..) => "is a place named in",
        (EdgeKind::Context, NodeKind::Storyline, _) => "has as a part",
        (EdgeKind::Context, _, NodeKind::Storyline) => "is part of",
        (EdgeKind::Context, NodeKind::Event, _) => "is about",
        (EdgeKind::Context, ..) => "is a subject of",
    }
}

/// All things and links of some connections once, for drawing.
#[must_use]
pub fn links(connections: &[Connection]) -> (BTreeSet<String>, Vec<(String, String, Edge)>) {
    let mut nodes = BTreeSet::new();
    let mut links: Vec<(String, String, Edge)> = Vec::new();
    for connection in connections {
        nodes.extend(connection.nodes.iter().map(|node| node.iri.clone()));
        for (place, step) in connection.steps.iter().enumerate() {
            let ends = [
                &connection.nodes[place].iri,
                &connection.nodes[place + 1].iri,
            ];
            let (from, to) = (ends[0].min(ends[1]).clone(), ends[0].max(ends[1]).clone());
            #[expect(
                clippy::cast_precision_loss,
                reason = "nobody states a link 2^53 times"
            )]
            let weight = (step.documents.len() as f64).max(0.5);
            let label = if step.is_inferred { "inferred" } else { "" };
            let edge = Edge {
                kind: step.kind,
                label: label.to_owned(),
                weight,
            };
            if !links.iter().any(|known| known.0 == from && known.1 == to) {
                links.push((from, to, edge));
            }
        }
    }
    links.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    (nodes, links)
}
