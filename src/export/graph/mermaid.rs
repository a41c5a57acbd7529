//! A Mermaid flowchart, for pages that draw it themselves (GitHub, GitLab, Obsidian).
//!
//! Mermaid's own limits are 500 edges and 50,000 characters
//! (<https://mermaid.js.org/config/schema-docs/config.html>); larger graphs are written all the
//! same and need a page that raises them. Labels are quoted, with every character that Mermaid or
//! HTML could take for mark-up written as a numbered entity.

use std::io::{self, Write};

use super::super::{date, names};
use crate::graph::{Edge, EdgeKind, EventGraph, Node, NodeKind};

/// Writes the graph as a flowchart.
pub(super) fn write(graph: &EventGraph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (at, node) in super::nodes(graph) {
        writeln!(out, "  n{at}{}", shape(node))?;
    }
    for (_, source, target, edge) in super::edges(graph) {
        writeln!(out, "  n{source} {} n{target}", arrow(edge))?;
    }
    Ok(())
}

fn shape(node: &Node) -> String {
    let label = match &node.date {
        Some(edtf) => format!(
            "{}<br/>{}",
            text(&date::spell(Some(edtf))),
            text(&node.label)
        ),
        None => text(&node.label),
    };
    match node.kind {
        NodeKind::Event => format!("(\"{label}\")"),
        NodeKind::Storyline => format!("[[\"{label}\"]]"),
        NodeKind::Person => format!("([\"{label}\"])"),
        NodeKind::Place => format!("{{{{\"{label}\"}}}}"),
        NodeKind::Organization => format!("[/\"{label}\"/]"),
        NodeKind::Concept => format!("[\"{label}\"]"),
    }
}

fn arrow(edge: &Edge) -> String {
    let line = match edge.kind {
        EdgeKind::Supersedes => "-.->",
        EdgeKind::Related => "===",
        EdgeKind::Context | EdgeKind::Actor | EdgeKind::Place => "---",
    };
    match (edge.kind, edge.label.trim()) {
        (EdgeKind::Supersedes, "") => format!("{line}|\"supersedes\"|"),
        (_, "") => String::from(line),
        (_, label) => format!("{line}|\"{}\"|", text(label)),
    }
}

/// A label as plain text: `"`, `#` and mark-up as numbered entities, on one line.
fn text(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    for c in names::visible(raw).chars() {
        if matches!(
            c,
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' | ';' | '$'
        ) {
            escaped.push_str(&format!("#{};", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    if escaped.is_empty() {
        String::from("#160;")
    } else {
        escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_cannot_break_out() {
        assert_eq!(text("\"]; click n0 <b>"), "#34;]#59; click n0 #60;b#62;");
        assert_eq!(text(" \n"), "#160;");
    }
}
