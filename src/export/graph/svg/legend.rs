//! The legend: the kinds of node and link that the picture holds, each with a sample, and a
//! summary.

use std::io::{self, Write};

use super::super::super::draw::frame::{Ink, line};
use super::super::super::draw::style::{QUIET, RULE};
use super::super::super::draw::text::Face;
use super::super::super::names;
use super::super::super::xml::XmlWriter;
use super::super::layout::{Point, Size};
use super::boxes::write_outline;
use super::links::write_line;
use crate::graph::{Edge, EdgeKind, EventGraph, NodeKind};

const FACE: Face = Face::plain(11.0);
const ROW: f64 = 22.0;
/// Room of a sample, and the gap before the next.
const SAMPLE: f64 = 36.0;
const GAP: f64 = 20.0;

enum Sample {
    Node(NodeKind),
    Link(EdgeKind),
}

/// A legend to be placed under a picture.
pub(super) struct Legend {
    samples: Vec<(Sample, &'static str)>,
    summary: String,
}

impl Legend {
    /// The kinds present, in the order of their enums.
    pub(super) fn of(graph: &EventGraph) -> Self {
        let mut nodes: Vec<NodeKind> = graph.node_weights().map(|node| node.kind).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut links: Vec<EdgeKind> = graph.edge_weights().map(|edge| edge.kind).collect();
        links.sort_unstable();
        links.dedup();
        let nodes = nodes
            .into_iter()
            .map(|kind| (Sample::Node(kind), names::node_kind(kind)));
        let links = links
            .into_iter()
            .map(|kind| (Sample::Link(kind), wording(kind)));
        Self {
            samples: nodes.chain(links).collect(),
            summary: super::summary(graph),
        }
    }

    /// Replaces the summary, for pictures that leave something out.
    pub(super) fn with_summary(self, summary: String) -> Self {
        Self { summary, ..self }
    }

    /// The width it needs, at least `width`, and its height at that width.
    pub(super) fn size(&self, width: f64) -> Size {
        let summary = FACE.width(&self.summary);
        let width = width.max(summary);
        let rows = self
            .places(width)
            .last()
            .map_or(0.0, |place| place.1 / ROW + 1.0);
        (width, rows * ROW + ROW)
    }

    /// Left middle of each sample, rows filled from the left.
    fn places(&self, width: f64) -> Vec<Point> {
        let (mut x, mut y) = (0.0, 0.0);
        let mut places = Vec::new();
        for (_, words) in &self.samples {
            let needed = SAMPLE + 7.0 + FACE.width(words);
            if x > 0.0 && x + needed > width {
                (x, y) = (0.0, y + ROW);
            }
            places.push((x, y));
            x += needed + GAP;
        }
        places
    }

    /// Draws a rule, the samples, and the summary under them.
    pub(super) fn write<W: Write>(
        &self,
        xml: &mut XmlWriter<W>,
        (left, top): Point,
        width: f64,
    ) -> io::Result<()> {
        xml.element("line")
            .num("x1", left)
            .num("y1", top - 14.0)
            .num("x2", left + width)
            .num("y2", top - 14.0)
            .attr("stroke", RULE)
            .empty()?;
        let ink = Ink {
            face: FACE,
            colour: QUIET,
            anchor: "start",
        };
        let places = self.places(width);
        for ((sample, words), (x, y)) in self.samples.iter().zip(&places) {
            let (x, y) = (left + x, top + y + ROW / 2.0);
            write_sample(xml, sample, (x, y))?;
            line(xml, (x + SAMPLE + 7.0, y + 4.0), ink, words)?;
        }
        let bottom = places.last().map_or(0.0, |place| place.1 + ROW);
        line(xml, (left, top + bottom + 16.0), ink, &self.summary)
    }
}

fn write_sample<W: Write>(
    xml: &mut XmlWriter<W>,
    sample: &Sample,
    (x, y): Point,
) -> io::Result<()> {
    match sample {
        Sample::Node(kind) => {
            write_outline(xml, *kind, (x + SAMPLE / 2.0, y), (SAMPLE - 4.0, 15.0))
        }
        Sample::Link(kind) => {
            let edge = Edge {
                kind: *kind,
                label: String::new(),
                weight: 4.0,
            };
            write_line(xml, &edge, &[(x, y), (x + SAMPLE, y)])
        }
    }
}

/// What a link says.
const fn wording(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Related => "related (wider: more reports)",
        EdgeKind::Context => "part of, about",
        EdgeKind::Supersedes => "supersedes (points at the older)",
        EdgeKind::Actor => "took part",
        EdgeKind::Place => "happened at",
    }
}
