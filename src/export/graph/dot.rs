//! Graphviz: `dot -Tsvg` and its relatives.
//!
//! Nodes are named by their IRI. Links without a direction are edges of a `digraph` with
//! `dir=none`, because Graphviz has no graphs with both kinds. Labels are `escString`s, in which a
//! backslash and an HTML entity mean something, so both are escaped
//! (<https://graphviz.org/docs/attr-types/escString/>).

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::{date, names};
use crate::graph::{Edge, EdgeKind, EventGraph, Node, NodeKind};

/// Writes the graph as DOT.
pub(super) fn write(graph: &EventGraph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "digraph annals {{")?;
    writeln!(
        out,
        "  graph [charset=\"UTF-8\", rankdir=LR, bgcolor=\"#fdfcf9\"];"
    )?;
    writeln!(
        out,
        "  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, style=filled];"
    )?;
    writeln!(
        out,
        "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, color=\"#5d6b78\"];"
    )?;
    for (_, node) in super::nodes(graph) {
        write_node(node, out)?;
    }
    for edge in graph.edge_indices() {
        if let Some((source, target)) = graph.edge_endpoints(edge) {
            write_edge(&graph[source], &graph[target], &graph[edge], out)?;
        }
    }
    writeln!(out, "}}")
}

fn write_node(node: &Node, out: &mut impl Write) -> io::Result<()> {
    let label = match &node.date {
        Some(edtf) => format!("{}\n{}", date::spell(Some(edtf)), folded(&node.label)),
        None => folded(&node.label),
    };
    let (shape, fill) = shape(node.kind);
    write!(out, "  {} [label={}, ", id(&node.iri), text(&label))?;
    write!(
        out,
        "shape={shape}, fillcolor=\"{fill}\", kind={}, ",
        names::node_kind(node.kind)
    )?;
    if let Some(edtf) = &node.date {
        write!(out, "date={}, ", text(edtf))?;
    }
    if let Some(address) = names::web_address(&node.iri) {
        write!(out, "URL={}, ", text(address))?;
    }
    writeln!(out, "tooltip={}];", text(&node.label))
}

fn write_edge(source: &Node, target: &Node, edge: &Edge, out: &mut impl Write) -> io::Result<()> {
    write!(out, "  {} -> {} [", id(&source.iri), id(&target.iri))?;
    if !edge.label.is_empty() {
        write!(out, "label={}, ", text(&edge.label))?;
    }
    let width = super::super::draw::style::stroke_width(edge);
    write!(
        out,
        "kind={}, weight={}, penwidth={width:.1}, ",
        names::edge_kind(edge.kind),
        whole(edge.weight)
    )?;
    writeln!(out, "{}];", style(edge.kind))
}

/// `weight` of the `dot` layout, which must be a whole number.
fn whole(weight: f64) -> f64 {
    weight.clamp(1.0, 1000.0).round()
}

/// Shape and fill of a kind of node.
const fn shape(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Event => ("box", "#ffffff"),
        NodeKind::Storyline => ("folder", "#fdf1d6"),
        NodeKind::Person => ("ellipse", "#e4f1e8"),
        NodeKind::Place => ("hexagon", "#e1eff7"),
        NodeKind::Organization => ("octagon", "#ece8f6"),
        NodeKind::Concept => ("note", "#f1efe9"),
    }
}

const fn style(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Supersedes => "style=dashed",
        EdgeKind::Related => "dir=none",
        EdgeKind::Context => "dir=none, color=\"#9aa5af\"",
        EdgeKind::Actor => "dir=none, style=dotted",
        EdgeKind::Place => "dir=none, style=dotted, color=\"#2b7a9e\"",
    }
}

/// The label broken into lines of about 30 characters.
fn folded(label: &str) -> String {
    let mut lines = String::new();
    let mut length = 0;
    for word in names::visible(label).split(' ') {
        let word_length = word.chars().count();
        if length > 0 {
            let full = length + 1 + word_length > 30;
            lines.push(if full { '\n' } else { ' ' });
            length = if full { 0 } else { length + 1 };
        }
        lines.push_str(word);
        length += word_length;
    }
    lines
}

/// An IRI as a quoted id; the few characters an IRI cannot have are percent-encoded.
fn id(iri: &str) -> String {
    let mut quoted = String::from("\"");
    for c in iri.chars() {
        match c {
            '"' | '\\' | ' ' => write_percent(c, &mut quoted),
            c if c.is_control() => write_percent(c, &mut quoted),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn write_percent(c: char, into: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a String cannot fail.
        let _ = write!(into, "%{byte:02X}");
    }
}

/// A quoted `escString`; control characters other than the line break become U+FFFD.
fn text(raw: &str) -> String {
    let mut quoted = String::from("\"");
    for c in raw.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '&' => quoted.push_str("&amp;"),
            '\t' | '\r' => quoted.push(' '),
            c if c.is_control() => quoted.push('\u{fffd}'),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_backslashes_and_entities_are_escaped() {
        assert_eq!(
            text("a \"b\" \\N &lt;\n\u{1}"),
            "\"a \\\"b\\\" \\\\N &amp;lt;\\n\u{fffd}\""
        );
        assert_eq!(
            id("https://news.example/\"\\ x"),
            "\"https://news.example/%22%5C%20x\""
        );
    }

    #[test]
    fn labels_are_folded_between_words() {
        assert_eq!(folded("one two"), "one two");
        let lines = folded("The harbour bridge of Port Ellery closes for repairs");
        assert_eq!(
            lines,
            "The harbour bridge of Port\nEllery closes for repairs"
        );
    }
}
