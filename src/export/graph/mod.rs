//! A graph of events in, one file format out.
//!
//! Nodes and edges are written in the order of the graph, which is sorted; only links of kind
//! `Supersedes` have a direction, from the newer event to the older.

mod cyjs;
mod dot;
mod gexf;
mod graphml;
mod layout;
mod mermaid;
mod svg;
#[cfg(test)]
mod tests;

use std::io::{BufWriter, Write};

use petgraph::visit::EdgeRef;

use super::{ExportError, GraphFormat};
use crate::graph::{Edge, EventGraph, Node};

/// Writes a graph.
///
/// # Errors
/// When `out` refuses the bytes.
pub fn write_graph(
    graph: &EventGraph,
    format: GraphFormat,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut out = BufWriter::new(out);
    match format {
        GraphFormat::Dot => dot::write(graph, &mut out)?,
        GraphFormat::Svg => svg::write(graph, &mut out)?,
        GraphFormat::GraphMl => graphml::write(graph, &mut out)?,
        GraphFormat::Gexf => gexf::write(graph, &mut out)?,
        GraphFormat::Cyjs => cyjs::write(graph, &mut out)?,
        GraphFormat::Mermaid => mermaid::write(graph, &mut out)?,
    }
    Ok(out.flush()?)
}

/// The nodes with their positions, from 0.
fn nodes(graph: &EventGraph) -> impl Iterator<Item = (usize, &Node)> {
    graph
        .node_indices()
        .map(|node| (node.index(), &graph[node]))
}

/// The edges with their position and those of their ends, from 0.
fn edges(graph: &EventGraph) -> impl Iterator<Item = (usize, usize, usize, &Edge)> {
    graph.edge_references().map(|edge| {
        (
            edge.id().index(),
            edge.source().index(),
            edge.target().index(),
            edge.weight(),
        )
    })
}
