//! GraphML with typed keys.
//!
//! The graph is declared undirected, since networkx refuses files with both kinds of edge; the
//! ends of a `supersedes` edge are still newer, then older, and its key `directed` says so. Ids are
//! `n0`, `n1` … because the schema allows no slashes in them; the IRI is a key.

use std::io::{self, Write};

use super::super::names;
use super::super::xml::XmlWriter;
use crate::graph::{Edge, EventGraph, Node};

/// Key id, what it belongs to, name, type.
const KEYS: [(&str, &str, &str, &str); 8] = [
    ("iri", "node", "iri", "string"),
    ("label", "node", "label", "string"),
    ("kind", "node", "kind", "string"),
    ("date", "node", "date", "string"),
    ("link", "edge", "kind", "string"),
    ("note", "edge", "label", "string"),
    ("weight", "edge", "weight", "double"),
    ("directed", "edge", "directed", "boolean"),
];

/// Writes the graph as GraphML.
pub(super) fn write(graph: &EventGraph, out: &mut impl Write) -> io::Result<()> {
    let mut xml = XmlWriter::new(out)?;
    xml.element("graphml")
        .attr("xmlns", "http://graphml.graphdrawing.org/xmlns")
        .open()?;
    for (id, domain, name, kind) in KEYS {
        xml.element("key")
            .attr("id", id)
            .attr("for", domain)
            .attr("attr.name", name)
            .attr("attr.type", kind)
            .empty()?;
    }
    xml.element("graph")
        .attr("id", "annals")
        .attr("edgedefault", "undirected")
        .open()?;
    for (at, node) in super::nodes(graph) {
        write_node(&mut xml, at, node)?;
    }
    for (at, source, target, edge) in super::edges(graph) {
        xml.element("edge")
            .attr("id", format_args!("e{at}"))
            .attr("source", format_args!("n{source}"))
            .attr("target", format_args!("n{target}"))
            .open()?;
        write_edge_data(&mut xml, edge)?;
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

fn write_node<W: Write>(xml: &mut XmlWriter<W>, at: usize, node: &Node) -> io::Result<()> {
    xml.element("node")
        .attr("id", format_args!("n{at}"))
        .open()?;
    data(xml, "iri", &node.iri)?;
    data(xml, "label", &node.label)?;
    data(xml, "kind", names::node_kind(node.kind))?;
    if let Some(date) = &node.date {
        data(xml, "date", date)?;
    }
    xml.close("node")
}

fn write_edge_data<W: Write>(xml: &mut XmlWriter<W>, edge: &Edge) -> io::Result<()> {
    data(xml, "link", names::edge_kind(edge.kind))?;
    if !edge.label.is_empty() {
        data(xml, "note", &edge.label)?;
    }
    data(xml, "weight", &edge.weight.to_string())?;
    data(
        xml,
        "directed",
        if names::is_directed(edge.kind) {
            "true"
        } else {
            "false"
        },
    )
}

fn data<W: Write>(xml: &mut XmlWriter<W>, key: &str, value: &str) -> io::Result<()> {
    xml.element("data").attr("key", key).text(value)
}
