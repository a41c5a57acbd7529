//! Cytoscape.js elements: ids are IRIs for nodes, and `kind source target` for edges, so that they
//! stay the same when the graph around them changes.

use std::collections::HashMap;
use std::io::Write;

use serde_json::{Value, json};

use super::super::{ExportError, names};
use crate::graph::{EventGraph, Node};

/// Writes the graph as Cytoscape JSON.
pub(super) fn write(graph: &EventGraph, out: &mut impl Write) -> Result<(), ExportError> {
    let nodes: Vec<Value> = super::nodes(graph).map(|(_, node)| element(node)).collect();
    let value = json!({ "elements": { "nodes": nodes, "edges": edges(graph) } });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    Ok(writeln!(out)?)
}

fn element(node: &Node) -> Value {
    let kind = names::node_kind(node.kind);
    let mut data = json!({ "id": node.iri, "label": node.label, "kind": kind });
    if let Some(date) = &node.date {
        data["date"] = json!(date);
    }
    json!({ "data": data, "classes": kind })
}

/// The edges; a second one of the same kind between the same ends gets a number.
fn edges(graph: &EventGraph) -> Vec<Value> {
    let iris: Vec<&str> = super::nodes(graph)
        .map(|(_, node)| node.iri.as_str())
        .collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    super::edges(graph)
        .map(|(_, source, target, edge)| {
            let kind = names::edge_kind(edge.kind);
            let mut id = format!("{kind} {} {}", iris[source], iris[target]);
            let times = seen.entry(id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                id = format!("{id} {times}");
            }
            json!({
                "data": {
                    "id": id,
                    "source": iris[source],
                    "target": iris[target],
                    "kind": kind,
                    "label": edge.label,
                    "weight": edge.weight,
                    "directed": names::is_directed(edge.kind),
                },
                "classes": kind,
            })
        })
        .collect()
}
