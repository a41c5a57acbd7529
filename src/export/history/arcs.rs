//! Arrows from newer reports to older ones, beside the column of boxes: each bends out as far as it
//! must to pass those inside it.

use std::io::{self, Write};

use super::super::draw::style::{ACCENT, LINE};
use super::super::xml::{XmlWriter, tenth};

/// How far the first lane is from the boxes, and each from the next, in pixels.
const LANE: f64 = 18.0;
const HEAD: f64 = 9.0;
/// How far from the middle of a box arrows begin and end, so that they do not meet.
const OFFSET: f64 = 7.0;
/// Pattern of arrows that say what supersedes what.
pub(super) const DASHES: &str = "7 4";

/// On which side of the boxes an arrow runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// An arrow between two boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) newer: usize,
    pub(super) older: usize,
    /// From 0, counted from the boxes.
    lane: u32,
}

/// Gives each link, (newer, older), the innermost lane that is free along its way; short ones first.
pub(super) fn placed(links: &[(usize, usize)]) -> Vec<Arc> {
    let mut links = links.to_vec();
    links.sort_by_key(|(newer, older)| (newer.abs_diff(*older), *newer));
    let mut arcs: Vec<Arc> = Vec::new();
    for (newer, older) in links {
        let (low, high) = (newer.min(older), newer.max(older));
        let overlaps = |arc: &&Arc| {
            let ends = (arc.newer.min(arc.older), arc.newer.max(arc.older));
            ends.0 < high && low < ends.1
        };
        let taken: Vec<u32> = arcs.iter().filter(overlaps).map(|arc| arc.lane).collect();
        let lane = (0..).find(|lane| !taken.contains(lane)).unwrap_or(0);
        arcs.push(Arc { newer, older, lane });
    }
    arcs
}

/// The width that arrows need beside the boxes.
pub(super) fn room(arcs: &[Arc]) -> f64 {
    let lanes = arcs.iter().map(|arc| arc.lane + 1).max();
    lanes.map_or(0.0, |lanes| f64::from(lanes + 1) * LANE)
}

impl Arc {
    /// Draws it along boxes whose edge is at x, between the middles of its boxes.
    pub(super) fn write<W: Write>(
        self,
        xml: &mut XmlWriter<W>,
        (newer, older): (f64, f64),
        x: f64,
        side: Side,
    ) -> io::Result<()> {
        let (out, colour, dashes) = match side {
            Side::Left => (-1.0, ACCENT, DASHES),
            Side::Right => (1.0, LINE, ""),
        };
        let down = if older > newer { 1.0 } else { -1.0 };
        let (from, to) = (newer + down * OFFSET, older - down * OFFSET);
        let bend = x + out * f64::from(self.lane + 1) * LANE;
        let corner = 8.0;
        let path = format!(
            "M{} {} H{} Q{} {} {} {} V{} Q{} {} {} {} H{}",
            tenth(x),
            tenth(from),
            tenth(bend - out * corner),
            tenth(bend),
            tenth(from),
            tenth(bend),
            tenth(from + down * corner),
            tenth(to - down * corner),
            tenth(bend),
            tenth(to),
            tenth(bend - out * corner),
            tenth(to),
            tenth(x + out * HEAD)
        );
        write_line(xml, path, colour, dashes)?;
        write_head(xml, (x, to), -out, colour)
    }
}

/// A short arrow for a legend.
pub(super) fn write_sample<W: Write>(
    xml: &mut XmlWriter<W>,
    (x, y): (f64, f64),
    colour: &str,
    dashes: &str,
) -> io::Result<()> {
    let (start, tip) = (tenth(x), tenth(x + 28.0));
    write_line(xml, format!("M{start} {} H{tip}", tenth(y)), colour, dashes)?;
    write_head(xml, (x + 36.0, y), 1.0, colour)
}

fn write_line<W: Write>(
    xml: &mut XmlWriter<W>,
    path: String,
    colour: &str,
    dashes: &str,
) -> io::Result<()> {
    let mut line = xml
        .element("path")
        .attr("d", path)
        .attr("fill", "none")
        .attr("stroke", colour)
        .attr("stroke-width", "1.8");
    if !dashes.is_empty() {
        line = line.attr("stroke-dasharray", dashes);
    }
    line.empty()
}

/// An arrowhead with its tip at a point, pointing right (1) or left (-1).
fn write_head<W: Write>(
    xml: &mut XmlWriter<W>,
    (x, y): (f64, f64),
    towards: f64,
    colour: &str,
) -> io::Result<()> {
    let back = tenth(x - towards * HEAD);
    let (up, down) = (tenth(y - HEAD / 2.0), tenth(y + HEAD / 2.0));
    xml.element("polygon")
        .attr(
            "points",
            format!("{},{} {back},{up} {back},{down}", tenth(x), tenth(y)),
        )
        .attr("fill", colour)
        .empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_that_overlap_run_in_lanes() {
        let arcs = placed(&[(3, 0), (1, 0), (2, 1), (3, 2)]);
        let lane = |newer, older| {
            let mut found = arcs.iter().filter(|a| (a.newer, a.older) == (newer, older));
            found.next().unwrap().lane
        };
        assert_eq!(
            [lane(1, 0), lane(2, 1), lane(3, 2), lane(3, 0)],
            [0, 0, 0, 1]
        );
        assert!(room(&[]) < room(&arcs));
    }
}
