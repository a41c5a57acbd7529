//! The lines of a picture: smooth curves along their route, arrowheads, labels.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::super::draw::style::{PAPER, QUIET, edge_line, stroke_width};
use super::super::super::draw::text::Face;
use super::super::super::names;
use super::super::super::xml::{XmlWriter, tenth};
use super::super::layout::{Point, Size};
use crate::graph::{Edge, EdgeKind};

const LABEL: Face = Face::plain(10.5);
/// Widest label; the rest is cut.
const LABEL_WIDTH: f64 = 150.0;
/// Length of an arrowhead.
const HEAD: f64 = 10.0;

/// What is written beside a line: its own label, or `supersedes`.
fn label(edge: &Edge) -> String {
    match (edge.kind, edge.label.trim()) {
        (EdgeKind::Supersedes, "") => String::from(names::edge_kind(edge.kind)),
        (_, label) => LABEL.clip(label, LABEL_WIDTH),
    }
}

/// The room a label needs; nothing when there is none.
pub(super) fn label_size(edge: &Edge) -> Size {
    match label(edge) {
        text if text.is_empty() => (0.0, 0.0),
        text => (LABEL.width(&text) + 6.0, 16.0),
    }
}

/// Draws a link along at least two points; a supersession ends in an arrowhead at the last.
pub(super) fn write_line<W: Write>(
    xml: &mut XmlWriter<W>,
    edge: &Edge,
    points: &[Point],
) -> io::Result<()> {
    let (colour, dashes) = edge_line(edge.kind);
    let mut points = points.to_vec();
    if edge.kind == EdgeKind::Supersedes {
        write_head(xml, &mut points, colour)?;
    }
    let mut path = xml
        .element("path")
        .attr("d", smooth(&points))
        .attr("fill", "none")
        .attr("stroke", colour)
        .num("stroke-width", stroke_width(edge))
        .attr("stroke-linecap", "round");
    if !dashes.is_empty() {
        path = path.attr("stroke-dasharray", dashes);
    }
    path.empty()
}

/// Draws an arrowhead at the last point and shortens the line to end inside it.
fn write_head<W: Write>(
    xml: &mut XmlWriter<W>,
    points: &mut [Point],
    colour: &str,
) -> io::Result<()> {
    let &mut [.., before, ref mut tip] = points else {
        return Ok(());
    };
    let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
    let length = (dx * dx + dy * dy).sqrt().max(0.001);
    let (ux, uy) = (dx / length, dy / length);
    let (bx, by) = (tip.0 - ux * HEAD, tip.1 - uy * HEAD);
    let side = HEAD * 0.45;
    let corners = [
        *tip,
        (bx - uy * side, by + ux * side),
        (bx + uy * side, by - ux * side),
    ];
    let list: Vec<String> = corners
        .iter()
        .map(|(x, y)| format!("{},{}", tenth(*x), tenth(*y)))
        .collect();
    *tip = (tip.0 - ux * HEAD * 0.8, tip.1 - uy * HEAD * 0.8);
    xml.element("polygon")
        .attr("points", list.join(" "))
        .attr("fill", colour)
        .empty()
}

/// Where the curve passes the room that the layout kept for the label.
pub(super) fn label_place(points: &[Point], room: Point) -> Point {
    let distance = |p: Point| (p.0 - room.0) * (p.0 - room.0) + (p.1 - room.1) * (p.1 - room.1);
    points
        .windows(3)
        .map(|three| {
            let [a, b, c] = [three[0], three[1], three[2]];
            ((a.0 + 4.0 * b.0 + c.0) / 6.0, (a.1 + 4.0 * b.1 + c.1) / 6.0)
        })
        .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
        .unwrap_or(room)
}

/// Writes the label of a link around its middle, on a halo of paper.
pub(super) fn write_label<W: Write>(
    xml: &mut XmlWriter<W>,
    edge: &Edge,
    (x, y): Point,
) -> io::Result<()> {
    let text = label(edge);
    if text.is_empty() {
        return Ok(());
    }
    xml.element("text")
        .num("x", x)
        .num("y", y + 3.5)
        .num("font-size", LABEL.size)
        .attr("font-style", "italic")
        .attr("text-anchor", "middle")
        .attr("fill", QUIET)
        .attr("stroke", PAPER)
        .attr("stroke-width", "5")
        .attr("stroke-linejoin", "round")
        .attr("paint-order", "stroke")
        .text(&text)
}

/// A cubic B-spline that begins and ends on the first and last point.
fn smooth(points: &[Point]) -> String {
    let mut path = String::new();
    let Some((first, rest)) = points.split_first() else {
        return path;
    };
    command(&mut path, 'M', &[*first]);
    if rest.len() < 2 {
        command(&mut path, 'L', rest);
        return path;
    }
    let last = rest[rest.len() - 1];
    command(&mut path, 'L', &[mix(*first, 5.0, rest[0], 1.0)]);
    let mut previous = *first;
    let mut current = rest[0];
    for next in rest[1..].iter().copied().chain([last]) {
        let joint = (
            (previous.0 + 4.0 * current.0 + next.0) / 6.0,
            (previous.1 + 4.0 * current.1 + next.1) / 6.0,
        );
        let controls = [
            mix(previous, 2.0, current, 1.0),
            mix(previous, 1.0, current, 2.0),
            joint,
        ];
        command(&mut path, 'C', &controls);
        (previous, current) = (current, next);
    }
    command(&mut path, 'L', &[last]);
    path
}

/// The weighted mean of two points.
fn mix(a: Point, weight_a: f64, b: Point, weight_b: f64) -> Point {
    let sum = weight_a + weight_b;
    (
        (a.0 * weight_a + b.0 * weight_b) / sum,
        (a.1 * weight_a + b.1 * weight_b) / sum,
    )
}

fn command(path: &mut String, letter: char, points: &[Point]) {
    path.push(letter);
    for (at, (x, y)) in points.iter().enumerate() {
        let gap = if at > 0 { " " } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(path, "{gap}{},{}", tenth(*x), tenth(*y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_begin_and_end_on_their_points() {
        let path = smooth(&[(0.0, 0.0), (50.0, 30.0), (100.0, 0.0)]);
        assert!(path.starts_with("M0,0L"), "{path}");
        assert!(path.ends_with("L100,0"), "{path}");
        assert_eq!(smooth(&[(0.0, 0.0), (9.0, 1.0)]), "M0,0L9,1");
    }
}
