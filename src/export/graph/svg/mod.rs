//! A picture of a graph: boxes with text while it can be read, an overview of labelled dots above
//! that. Events are boxes with their date, entities ellipses that name their kind; a newer version
//! points at the older with a dashed arrow.

mod boxes;
mod legend;
mod links;
mod overview;

use std::io::{self, Write};

use super::super::draw::frame;
use super::super::xml::XmlWriter;
use super::layout::layered::layered;
use super::layout::{Layout, Link, Size};
use crate::counted::counted;
use crate::graph::{EdgeKind, EventGraph, Node, NodeKind};
use boxes::Card;

/// Up to here every node is a box with its text (`dagre`'s time grows with the cube of it).
const MOST_NODES_IN_BOXES: usize = 150;
/// Up to here links are routed around boxes (a guess; each long link adds nodes to the layout).
const MOST_LINKS_IN_BOXES: usize = 300;
/// Longest side of a sheet on which boxes may stand far apart (a guess: three screens) …
const LONGEST_SIDE: f64 = 3200.0;
/// … and what far apart means: sheet for each node, in square pixels (a guess; a story of 14 nodes
/// took 57,000, a hundred events around four names 125,000 and could not be read).
const SPARSE: f64 = 90_000.0;
/// Whatever the density, nobody scrolls through a longer sheet (a guess: a hundred events filed under
/// one storyline stood in a column of 13,500 pixels).
const ENDLESS: f64 = 8000.0;
/// Around everything.
const MARGIN: f64 = 28.0;

/// Writes the graph as SVG.
pub(super) fn write(graph: &EventGraph, out: &mut impl Write) -> io::Result<()> {
    if graph.node_count() <= MOST_NODES_IN_BOXES && graph.edge_count() <= MOST_LINKS_IN_BOXES {
        write_boxes(graph, XmlWriter::new(out)?)
    } else {
        overview::write(graph, XmlWriter::new(out)?)
    }
}

fn write_boxes<W: Write>(graph: &EventGraph, mut xml: XmlWriter<W>) -> io::Result<()> {
    let cards: Vec<Card> = super::nodes(graph)
        .map(|(_, node)| Card::new(node))
        .collect();
    let links = links_to_lay_out(graph);
    let sizes: Vec<Size> = cards.iter().map(|card| card.size).collect();
    let layout = layered(&sizes, &links);
    if is_sprawling(&layout) {
        return overview::write(graph, xml);
    }
    let legend = legend::Legend::of(graph);
    let (width, legend_height) = legend.size(layout.size.0.max(320.0));
    let size = (
        width + 2.0 * MARGIN,
        layout.size.1 + legend_height + 3.0 * MARGIN,
    );
    frame::begin(&mut xml, size, "A graph of events", &summary(graph))?;
    let left = (size.0 - layout.size.0) / 2.0;
    xml.element("g")
        .attr("transform", format_args!("translate({left:.1} {MARGIN})"))
        .open()?;
    write_links(&mut xml, graph, &cards, &links, &layout)?;
    for (card, middle) in cards.iter().zip(&layout.nodes) {
        card.write(&mut xml, *middle)?;
    }
    xml.close("g")?;
    legend.write(&mut xml, (MARGIN, layout.size.1 + 2.0 * MARGIN), width)?;
    frame::end(xml)
}

/// Whether boxes would be so far apart that dots show more.
fn is_sprawling(layout: &Layout) -> bool {
    let (width, height) = layout.size;
    let nodes = f64::from(u32::try_from(layout.nodes.len()).unwrap_or(u32::MAX));
    let longest = width.max(height);
    longest > ENDLESS || longest > LONGEST_SIDE && width * height > SPARSE * nodes
}

/// `3 events, 2 other things, 6 links`.
fn summary(graph: &EventGraph) -> String {
    let events = graph
        .node_weights()
        .filter(|node| matches!(node.kind, NodeKind::Event | NodeKind::Storyline))
        .count();
    let others = graph.node_count() - events;
    let mut parts = vec![counted(events, "event")];
    if others > 0 {
        parts.push(counted(others, "other thing"));
    }
    parts.push(counted(graph.edge_count(), "link"));
    parts.join(", ")
}

/// The links in reading order, whatever the order of their ends.
fn links_to_lay_out(graph: &EventGraph) -> Vec<Link> {
    let nodes: Vec<&Node> = graph.node_weights().collect();
    super::edges(graph)
        .map(|(_, source, target, edge)| {
            let forward =
                reading_rank(nodes[source], source) <= reading_rank(nodes[target], target);
            let (from, to) = if forward {
                (source, target)
            } else {
                (target, source)
            };
            Link {
                from,
                to,
                label: links::label_size(edge),
            }
        })
        .collect()
}

/// What comes first in reading order: who and what it is about, then events by date, then places.
fn reading_rank(node: &Node, at: usize) -> (u8, Option<&str>, usize) {
    let group = match node.kind {
        NodeKind::Storyline => 0,
        NodeKind::Person | NodeKind::Organization | NodeKind::Concept => 1,
        NodeKind::Event => 2,
        NodeKind::Place => 3,
    };
    (group, node.date.as_deref(), at)
}

/// Lines first, then their labels, so that no line crosses a label.
fn write_links<W: Write>(
    xml: &mut XmlWriter<W>,
    graph: &EventGraph,
    cards: &[Card],
    links: &[Link],
    layout: &Layout,
) -> io::Result<()> {
    for (((_, source, _, edge), link), route) in super::edges(graph).zip(links).zip(&layout.routes)
    {
        let mut points = route.points.clone();
        if points.len() < 2 {
            continue;
        }
        cards[link.from].clip(layout.nodes[link.from], &mut points, false);
        cards[link.to].clip(layout.nodes[link.to], &mut points, true);
        if edge.kind == EdgeKind::Supersedes && link.from != source {
            points.reverse();
        }
        links::write_line(xml, edge, &points)?;
    }
    for ((_, _, _, edge), route) in super::edges(graph).zip(&layout.routes) {
        if !route.points.is_empty() {
            links::write_label(xml, edge, links::label_place(&route.points, route.label))?;
        }
    }
    Ok(())
}
