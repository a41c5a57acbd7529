//! Colours, fonts and line widths. Colour is never the only difference: kinds also differ in shape
//! or caption, links in dash pattern, precisions in marker.

use crate::graph::{Edge, EdgeKind, NodeKind};

/// Fonts in order of preference; the last ones exist on every system.
pub(in crate::export) const FONT: &str =
    "'Segoe UI', 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
/// The sheet under the picture: always light, so that dark viewers show dark text on it too.
pub(in crate::export) const PAPER: &str = "#fdfcf9";
/// The edge of the sheet, grid lines.
pub(in crate::export) const RULE: &str = "#e3ded3";
/// Text.
pub(in crate::export) const INK: &str = "#1c2733";
/// Secondary text; 5.4:1 against the paper.
pub(in crate::export) const QUIET: &str = "#5d6b78";
/// Dates.
pub(in crate::export) const ACCENT: &str = "#a2491a";
/// Outlines of events, the axis of a timeline.
pub(in crate::export) const LINE: &str = "#2f5374";

/// Fill and outline of a kind of node.
pub(in crate::export) const fn node_colours(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Event => ("#ffffff", LINE),
        NodeKind::Storyline => ("#fdf1d6", "#a8741a"),
        NodeKind::Person => ("#e4f1e8", "#3b7a55"),
        NodeKind::Organization => ("#ece8f6", "#6a58a8"),
        NodeKind::Place => ("#e1eff7", "#2b7a9e"),
        NodeKind::Concept => ("#f1efe9", "#7a7468"),
    }
}

/// Colour and dash pattern of a kind of link; an empty pattern is a solid line.
pub(in crate::export) const fn edge_line(kind: EdgeKind) -> (&'static str, &'static str) {
    match kind {
        EdgeKind::Related => ("#45617d", ""),
        EdgeKind::Context => ("#a89b78", ""),
        EdgeKind::Supersedes => ("#a2491a", "7 4"),
        EdgeKind::Actor => ("#6f9a80", "1.5 4"),
        EdgeKind::Place => ("#6aa3bf", "9 3 2 3"),
    }
}

/// Width of a link's line: grows with the root of the weight for related events, up to 6.
pub(in crate::export) fn stroke_width(edge: &Edge) -> f64 {
    let weight = if edge.weight.is_finite() {
        edge.weight.max(0.0)
    } else {
        1.0
    };
    match edge.kind {
        EdgeKind::Related => (1.0 + weight.sqrt()).min(6.0),
        EdgeKind::Supersedes => 2.0,
        EdgeKind::Context => 1.3,
        EdgeKind::Actor | EdgeKind::Place => 1.6,
    }
}
