//! GEXF 1.3 for Gephi: dynamic, with intervals only, as Gephi wants them.
//!
//! A dated event has a `start`, and an `end` on the last day its date can mean; edges say one by
//! one whether they are directed.

use std::io::{self, Write};

use super::super::date::PartialDate;
use super::super::names;
use super::super::xml::XmlWriter;
use crate::graph::{Edge, EventGraph, Node};

/// Writes the graph as GEXF.
pub(super) fn write(graph: &EventGraph, out: &mut impl Write) -> io::Result<()> {
    let mut xml = XmlWriter::new(out)?;
    xml.element("gexf")
        .attr("xmlns", "http://gexf.net/1.3")
        .attr("version", "1.3")
        .open()?;
    xml.element("graph")
        .attr("mode", "dynamic")
        .attr("timeformat", "date")
        .attr("timerepresentation", "interval")
        .attr("defaultedgetype", "undirected")
        .open()?;
    declare(&mut xml, "node", &["kind", "date"])?;
    declare(&mut xml, "edge", &["kind"])?;
    xml.element("nodes").open()?;
    for (_, node) in super::nodes(graph) {
        write_node(&mut xml, node)?;
    }
    xml.close("nodes")?;
    write_edges(&mut xml, graph)?;
    xml.close("graph")?;
    xml.close("gexf")?;
    xml.finish()
}

/// Declares string attributes, numbered from 0.
fn declare<W: Write>(xml: &mut XmlWriter<W>, class: &str, titles: &[&str]) -> io::Result<()> {
    xml.element("attributes")
        .attr("class", class)
        .attr("mode", "static")
        .open()?;
    for (id, title) in titles.iter().enumerate() {
        xml.element("attribute")
            .attr("id", id)
            .attr("title", title)
            .attr("type", "string")
            .empty()?;
    }
    xml.close("attributes")
}

fn write_node<W: Write>(xml: &mut XmlWriter<W>, node: &Node) -> io::Result<()> {
    let mut element = xml
        .element("node")
        .attr("id", &node.iri)
        .attr("label", &node.label);
    if let Some(date) = node.date.as_deref().and_then(PartialDate::parse) {
        let last = date.end().yesterday().unwrap_or(date.end());
        element = element.attr("start", date.first_day()).attr("end", last);
    }
    element.open()?;
    xml.element("attvalues").open()?;
    value(xml, "0", names::node_kind(node.kind))?;
    if let Some(date) = &node.date {
        value(xml, "1", date)?;
    }
    xml.close("attvalues")?;
    xml.close("node")
}

fn write_edges<W: Write>(xml: &mut XmlWriter<W>, graph: &EventGraph) -> io::Result<()> {
    xml.element("edges").open()?;
    let iris: Vec<&str> = super::nodes(graph)
        .map(|(_, node)| node.iri.as_str())
        .collect();
    for (at, source, target, edge) in super::edges(graph) {
        write_edge(xml, at, (iris[source], iris[target]), edge)?;
    }
    xml.close("edges")
}

fn write_edge<W: Write>(
    xml: &mut XmlWriter<W>,
    at: usize,
    (source, target): (&str, &str),
    edge: &Edge,
) -> io::Result<()> {
    let direction = if names::is_directed(edge.kind) {
        "directed"
    } else {
        "undirected"
    };
    let element = xml
        .element("edge")
        .attr("id", at)
        .attr("source", source)
        .attr("target", target)
        .attr("type", direction)
        .attr("weight", edge.weight);
    if edge.label.is_empty() {
        element
    } else {
        element.attr("label", &edge.label)
    }
    .open()?;
    xml.element("attvalues").open()?;
    value(xml, "0", names::edge_kind(edge.kind))?;
    xml.close("attvalues")?;
    xml.close("edge")
}

fn value<W: Write>(xml: &mut XmlWriter<W>, id: &str, value: &str) -> io::Result<()> {
    xml.element("attvalue")
        .attr("for", id)
        .attr("value", value)
        .empty()
}
