//! A picture of how a report changed: its versions and the reports that revise it from top to
//! bottom, oldest first, with a dashed arrow from each version to the one it supersedes on the left,
//! and a solid arrow from each revising report to the one it revises on the right.

mod arcs;
mod cards;
mod reports;

use std::io::Write;

use super::ExportError;
use super::draw::frame::{self, Ink, line};
use super::draw::style::{ACCENT, LINE, QUIET, RULE};
use super::draw::text::Face;
use super::names;
use super::xml::XmlWriter;
use crate::inspect::{HistoryEntry, UpdateEntry};
use arcs::{Arc, Side};
use cards::Card;
use reports::Reports;

/// Around everything, between two cards, and of the heading, in pixels.
const MARGIN: f64 = 28.0;
const GAP: f64 = 22.0;
const HEADING: f64 = 44.0;
/// Room of the legend: two lines of samples.
const LEGEND: f64 = 64.0;
const TITLE: Face = Face::bold(15.0);
const SMALL: Face = Face::plain(11.0);

/// Writes the versions behind a thing, and what later reports revise, as SVG. `title` is what it is
/// called.
///
/// # Errors
/// When the writer refuses the bytes.
pub fn write_history(
    title: &str,
    versions: &[HistoryEntry],
    updates: &[UpdateEntry],
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let reports = Reports::of(versions, updates);
    let cards: Vec<Card> = reports.list.iter().map(Card::new).collect();
    let mut middles = Vec::with_capacity(cards.len());
    let mut y = MARGIN + HEADING;
    for card in &cards {
        middles.push(y + card.height / 2.0);
        y += card.height + GAP;
    }
    let (superseding, revising) = (
        arcs::placed(&reports.superseding),
        arcs::placed(&reports.revising),
    );
    let left = MARGIN + arcs::room(&superseding);
    let width = left + cards::WIDTH + arcs::room(&revising) + MARGIN;
    let mut xml = XmlWriter::new(out)?;
    let summary = summary(&reports);
    frame::begin(&mut xml, (width, y + LEGEND), title, &summary)?;
    let ink = |face, colour| Ink {
        face,
        colour,
        anchor: "start",
    };
    let heading = TITLE.clip(title, width - 2.0 * MARGIN);
    line(
        &mut xml,
        (MARGIN, MARGIN + 14.0),
        ink(TITLE, super::draw::style::INK),
        &heading,
    )?;
    line(
        &mut xml,
        (MARGIN, MARGIN + 31.0),
        ink(SMALL, QUIET),
        &summary,
    )?;
    draw_arcs(&mut xml, &superseding, &middles, (left, Side::Left))?;
    draw_arcs(
        &mut xml,
        &revising,
        &middles,
        (left + cards::WIDTH, Side::Right),
    )?;
    for (card, middle) in cards.iter().zip(&middles) {
        card.write(&mut xml, (left, *middle))?;
    }
    write_legend(&mut xml, (MARGIN, y), width - 2.0 * MARGIN)?;
    Ok(frame::end(xml)?)
}

fn draw_arcs<W: Write>(
    xml: &mut XmlWriter<W>,
    arcs: &[Arc],
    middles: &[f64],
    (x, side): (f64, Side),
) -> std::io::Result<()> {
    arcs.iter()
        .try_for_each(|arc| arc.write(xml, (middles[arc.newer], middles[arc.older]), x, side))
}

/// `3 versions, 2 revisions`.
fn summary(reports: &Reports) -> String {
    let parts = [
        names::count(reports.list.len(), "report"),
        names::count(reports.superseding.len(), "supersession"),
        names::count(reports.revising.len(), "revision"),
    ];
    parts.join(", ")
}

/// A rule, and a sample of each kind of arrow.
fn write_legend<W: Write>(
    xml: &mut XmlWriter<W>,
    (x, y): (f64, f64),
    width: f64,
) -> std::io::Result<()> {
    xml.element("line")
        .num("x1", x)
        .num("x2", x + width)
        .num("y1", y)
        .num("y2", y)
        .attr("stroke", RULE)
        .empty()?;
    let samples = [
        (ACCENT, arcs::DASHES, "supersedes: the page says so"),
        (LINE, "", "revises: inferred from the figures in the words"),
    ];
    for (row, (colour, dashes, words)) in (0_u8..).zip(samples) {
        let y = y + 20.0 + 20.0 * f64::from(row);
        arcs::write_sample(xml, (x, y), colour, dashes)?;
        let ink = Ink {
            face: SMALL,
            colour: QUIET,
            anchor: "start",
        };
        line(xml, (x + 46.0, y + 4.0), ink, words)?;
    }
    Ok(())
}
