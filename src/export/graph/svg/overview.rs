//! The picture of a large graph: dots sized by their links, the best connected ones with a name.

use std::io::{self, Write};

use super::super::super::draw::frame::{self, Ink};
use super::super::super::draw::style::{INK, PAPER, edge_line, node_colours, stroke_width};
use super::super::super::draw::text::Face;
use super::super::super::names;
use super::super::super::xml::XmlWriter;
use super::super::layout::force::force;
use super::super::layout::{Point, Size};
use super::MARGIN;
use super::legend::Legend;
use super::links::write_line;
use crate::graph::{EdgeKind, EventGraph, Node, NodeKind};

/// Nodes drawn at most: the best connected ones.
const MOST_NODES: usize = 2000;
/// Names written at most; fewer when they would overlap.
const MOST_NAMES: usize = 120;
const NAME: Face = Face::bold(11.5);
const NAME_WIDTH: f64 = 170.0;
const NAME_LINES: usize = 3;
const LINE_HEIGHT: f64 = 14.0;
/// How far the dots are pulled apart until enough names have room, the least first (guesses) …
const STRETCHES: [f64; 6] = [1.0, 1.4, 2.0, 2.8, 4.0, 5.6];
/// … which is this share of those that could be written …
const ENOUGH: f64 = 0.95;
/// … on a sheet whose longest side nobody has to scroll for long, in pixels.
const LONGEST_SIDE: f64 = 2400.0;

/// A node drawn as a dot.
struct Dot<'a> {
    node: &'a Node,
    middle: Point,
    radius: f64,
}

/// Writes the overview as SVG.
pub(super) fn write<W: Write>(graph: &EventGraph, mut xml: XmlWriter<W>) -> io::Result<()> {
    let degrees = degrees(graph);
    let shown = best_connected(&degrees);
    let place_of = positions(&shown, graph.node_count());
    let links: Vec<(usize, usize)> = super::super::edges(graph)
        .filter_map(|(_, source, target, _)| Some((place_of[source]?, place_of[target]?)))
        .filter(|(a, b)| a != b)
        .collect();
    let (middles, sheet) = force(shown.len(), &links, 60.0);
    let nodes: Vec<&Node> = graph.node_weights().collect();
    let mut dots: Vec<Dot<'_>> = shown
        .iter()
        .zip(middles)
        .map(|(&at, middle)| Dot {
            node: nodes[at],
            middle,
            radius: radius(degrees[at]),
        })
        .collect();
    let (stretch, names) = stretched(&dots, &shown, &degrees, sheet);
    let drawing = (sheet.0 * stretch, sheet.1 * stretch);
    for dot in &mut dots {
        dot.middle = (dot.middle.0 * stretch, dot.middle.1 * stretch);
    }
    let summary = summary(graph, shown.len(), names.len());
    let legend = Legend::of(graph).with_summary(summary.clone());
    let (width, legend_height) = legend.size(drawing.0.max(320.0));
    let size = (
        width + 2.0 * MARGIN,
        drawing.1 + legend_height + 3.0 * MARGIN,
    );
    frame::begin(&mut xml, size, "A graph of events", &summary)?;
    xml.element("g")
        .attr("transform", format_args!("translate({MARGIN} {MARGIN})"))
        .open()?;
    write_links(&mut xml, graph, &place_of, &dots)?;
    for dot in &dots {
        write_dot(&mut xml, dot)?;
    }
    for name in &names {
        write_name(&mut xml, name)?;
    }
    xml.close("g")?;
    legend.write(&mut xml, (MARGIN, drawing.1 + 2.0 * MARGIN), width)?;
    frame::end(xml)
}

/// The number of links of each node.
fn degrees(graph: &EventGraph) -> Vec<u32> {
    let mut degrees = vec![0; graph.node_count()];
    for (_, source, target, _) in super::super::edges(graph) {
        degrees[source] += 1;
        degrees[target] += 1;
    }
    degrees
}

/// The nodes to draw, in the order of the graph.
fn best_connected(degrees: &[u32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..degrees.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(degrees[at]));
    order.truncate(MOST_NODES);
    order.sort_unstable();
    order
}

/// Where each node of the graph is among those drawn.
fn positions(shown: &[usize], nodes: usize) -> Vec<Option<usize>> {
    let mut positions = vec![None; nodes];
    for (place, &at) in shown.iter().enumerate() {
        positions[at] = Some(place);
    }
    positions
}

fn radius(degree: u32) -> f64 {
    (4.0 + 1.7 * f64::from(degree).sqrt()).min(22.0)
}

fn summary(graph: &EventGraph, shown: usize, named: usize) -> String {
    let all = super::summary(graph);
    if shown < graph.node_count() {
        format!("{all}; only the {shown} best connected are drawn")
    } else if named < shown {
        format!("{all}; names only where there is room")
    } else {
        all
    }
}

/// How far dots have to be pulled apart for their names, and the names that then have room.
fn stretched(dots: &[Dot<'_>], shown: &[usize], degrees: &[u32], sheet: Size) -> (f64, Vec<Name>) {
    let mut order: Vec<usize> = (0..dots.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(degrees[shown[place]]));
    let wanted = order.len().min(MOST_NAMES);
    let fits = |stretch: &f64| sheet.0.max(sheet.1) * stretch <= LONGEST_SIDE;
    let mut best = (1.0, names(dots, &order, sheet, 1.0));
    for &stretch in STRETCHES[1..].iter().filter(|stretch| fits(stretch)) {
        if count(best.1.len()) >= ENOUGH * count(wanted) {
            break;
        }
        best = (stretch, names(dots, &order, sheet, stretch));
    }
    best
}

/// A number of names; exact.
fn count(names: usize) -> f64 {
    f64::from(u32::try_from(names).unwrap_or(u32::MAX))
}

fn write_links<W: Write>(
    xml: &mut XmlWriter<W>,
    graph: &EventGraph,
    place_of: &[Option<usize>],
    dots: &[Dot<'_>],
) -> io::Result<()> {
    xml.element("g").attr("stroke-opacity", "0.55").open()?;
    for (_, source, target, edge) in super::super::edges(graph) {
        let (Some(a), Some(b)) = (place_of[source], place_of[target]) else {
            continue;
        };
        if edge.kind == EdgeKind::Supersedes {
            write_line(
                xml,
                edge,
                &[dots[a].middle, outline(&dots[b], dots[a].middle)],
            )?;
            continue;
        }
        let (colour, dashes) = edge_line(edge.kind);
        let mut line = xml
            .element("line")
            .num("x1", dots[a].middle.0)
            .num("y1", dots[a].middle.1)
            .num("x2", dots[b].middle.0)
            .num("y2", dots[b].middle.1)
            .attr("stroke", colour)
            .num("stroke-width", stroke_width(edge));
        if !dashes.is_empty() {
            line = line.attr("stroke-dasharray", dashes);
        }
        line.empty()?;
    }
    xml.close("g")
}

/// The point of the circle around a dot that is nearest to `from`.
fn outline(dot: &Dot<'_>, from: Point) -> Point {
    let (dx, dy) = (from.0 - dot.middle.0, from.1 - dot.middle.1);
    let scale = (dot.radius + 1.0) / (dx * dx + dy * dy).sqrt().max(0.001);
    (dot.middle.0 + dx * scale, dot.middle.1 + dy * scale)
}

/// Squares for events, circles for entities, as in the pictures with boxes.
fn write_dot<W: Write>(xml: &mut XmlWriter<W>, dot: &Dot<'_>) -> io::Result<()> {
    let boxed = matches!(dot.node.kind, NodeKind::Event | NodeKind::Storyline);
    let (fill, stroke) = node_colours(dot.node.kind);
    xml.element("g").open()?;
    xml.element("title")
        .text(&names::visible(&dot.node.label))?;
    let ((x, y), r) = (dot.middle, dot.radius);
    let shape = if boxed {
        xml.element("rect")
            .num("x", x - r)
            .num("y", y - r * 0.8)
            .num("width", 2.0 * r)
            .num("height", 1.6 * r)
            .attr("rx", "3")
    } else {
        xml.element("circle").num("cx", x).num("cy", y).num("r", r)
    };
    shape
        .attr("fill", fill)
        .attr("stroke", stroke)
        .attr("stroke-width", "1.4")
        .empty()?;
    xml.close("g")
}

/// The lines of a name and where they stand.
struct Name {
    middle: Point,
    lines: Vec<String>,
}

/// Names for the best connected dots, where they cover neither a name nor a dot.
fn names(dots: &[Dot<'_>], order: &[usize], sheet: Size, stretch: f64) -> Vec<Name> {
    let drawing = (sheet.0 * stretch, sheet.1 * stretch);
    let at = |dot: &Dot<'_>| (dot.middle.0 * stretch, dot.middle.1 * stretch);
    let mut taken: Vec<(Point, Size)> = dots
        .iter()
        .map(|dot| (at(dot), (2.0 * dot.radius, 2.0 * dot.radius)))
        .collect();
    let mut names = Vec::new();
    for &place in order.iter().take(MOST_NAMES) {
        let dot = &dots[place];
        let lines = NAME.wrap(&label(dot.node), NAME_WIDTH, NAME_LINES);
        let widest = lines
            .iter()
            .map(|line| NAME.width(line))
            .fold(0.0, f64::max);
        let size = (widest, LINE_HEIGHT * count(lines.len()));
        let free = sides(at(dot), dot.radius, size)
            .into_iter()
            .find(|&middle| {
                inside(middle, size, drawing)
                    && !taken
                        .iter()
                        .any(|&(other, other_size)| overlap(middle, size, other, other_size))
            });
        if let Some(middle) = free {
            taken.push((middle, size));
            names.push(Name { middle, lines });
        }
    }
    names
}

/// What is written beside a dot: of an event, its date too.
fn label(node: &Node) -> String {
    match &node.date {
        Some(date) if node.kind == NodeKind::Event => format!("{date} {}", node.label),
        _ => node.label.clone(),
    }
}

/// Middles of a name right of, left of, above and below a dot.
fn sides((x, y): Point, radius: f64, (width, height): Size) -> [Point; 4] {
    let r = radius + 3.0;
    [
        (x + r + width / 2.0, y),
        (x - r - width / 2.0, y),
        (x, y - r - height / 2.0),
        (x, y + r + height / 2.0),
    ]
}

fn inside((x, y): Point, (width, height): Size, drawing: Size) -> bool {
    x - width / 2.0 >= -20.0
        && x + width / 2.0 <= drawing.0 + 20.0
        && y - height / 2.0 >= -20.0
        && y + height / 2.0 <= drawing.1 + 20.0
}

fn overlap(a: Point, a_size: Size, b: Point, b_size: Size) -> bool {
    (a.0 - b.0).abs() < (a_size.0 + b_size.0) / 2.0
        && (a.1 - b.1).abs() < (a_size.1 + b_size.1) / 2.0
}

fn write_name<W: Write>(xml: &mut XmlWriter<W>, name: &Name) -> io::Result<()> {
    xml.element("g")
        .attr("stroke", PAPER)
        .attr("stroke-width", "3.5")
        .attr("stroke-linejoin", "round")
        .attr("paint-order", "stroke")
        .open()?;
    let ink = Ink {
        face: NAME,
        colour: INK,
        anchor: "middle",
    };
    let (x, y) = name.middle;
    let mut baseline = y + 4.0 - LINE_HEIGHT * (count(name.lines.len()) - 1.0) / 2.0;
    for line in &name.lines {
        frame::line(xml, (x, baseline), ink, line)?;
        baseline += LINE_HEIGHT;
    }
    xml.close("g")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples::large_graph;

    fn dots(graph: &EventGraph) -> Vec<Dot<'_>> {
        let at = |place: usize| {
            (
                f64::from(u32::try_from(place).unwrap() % 10) * 30.0 + 60.0,
                60.0,
            )
        };
        let nodes = graph.node_weights().enumerate();
        nodes
            .map(|(place, node)| Dot {
                node,
                middle: at(place),
                radius: 5.0,
            })
            .collect()
    }

    #[test]
    fn names_cover_neither_each_other_nor_a_dot() {
        let graph = large_graph(60);
        let dots = dots(&graph);
        let order: Vec<usize> = (0..dots.len()).collect();
        let sheet = (420.0, 420.0);
        let names = names(&dots, &order, sheet, 3.0);
        assert!(!names.is_empty());
        let size = |name: &Name| {
            let widest = name
                .lines
                .iter()
                .map(|line| NAME.width(line))
                .fold(0.0, f64::max);
            (widest, LINE_HEIGHT * count(name.lines.len()))
        };
        for (place, name) in names.iter().enumerate() {
            for other in &names[..place] {
                assert!(!overlap(name.middle, size(name), other.middle, size(other)));
            }
            for dot in &dots {
                let middle = (dot.middle.0 * 3.0, dot.middle.1 * 3.0);
                assert!(!overlap(name.middle, size(name), middle, (10.0, 10.0)));
            }
        }
    }
}
