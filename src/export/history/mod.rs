//! A picture of how a report changed: its versions and the reports that revise it from top to
//! bottom, oldest first, with a dashed arrow from each version to the one it supersedes on the left,
//! and a solid arrow from each revising report to the one it revises on the right.

mod arcs;
mod cards;
mod reports;

use std::io::Write;

use super::ExportError;
use super::draw::frame::{self, Ink, line};
use super::draw::style::{ACCENT, INK, LINE, QUIET, RULE};
use super::draw::text::Face;
use super::xml::XmlWriter;
use crate::counted::counted;
use crate::inspect::{HistoryEntry, UpdateEntry};
use arcs::{Arc, Side};
use cards::Card;
use reports::Reports;

/// Around everything, between two cards, and from one line of the heading or legend to the next, in
/// pixels.
const MARGIN: f64 = 28.0;
const GAP: f64 = 22.0;
const ROW: f64 = 20.0;
/// Most lines of the title.
const TITLE_LINES: usize = 3;
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
    let (superseding, revising) = (
        arcs::placed(&reports.superseding),
        arcs::placed(&reports.revising),
    );
    let left = MARGIN + arcs::room(&superseding);
    let width = left + cards::WIDTH + arcs::room(&revising) + MARGIN;
    let heading = TITLE.wrap(title, width - 2.0 * MARGIN, TITLE_LINES);
    let top = MARGIN + ROW * rows(heading.len() + 2);
    let (middles, bottom) = stacked(&cards, top);
    let samples = samples(&reports);
    let height = bottom + ROW * rows(samples.len()) + MARGIN;
    let summary = summary(&reports);
    let mut xml = XmlWriter::new(out)?;
    frame::begin(&mut xml, (width, height), title, &summary)?;
    write_heading(&mut xml, &heading, &summary)?;
    draw_arcs(&mut xml, &superseding, &middles, (left, Side::Left))?;
    let right = left + cards::WIDTH;
    draw_arcs(&mut xml, &revising, &middles, (right, Side::Right))?;
    for (card, middle) in cards.iter().zip(&middles) {
        card.write(&mut xml, (left, *middle))?;
    }
    write_legend(&mut xml, &samples, (MARGIN, bottom), width - 2.0 * MARGIN)?;
    Ok(frame::end(xml)?)
}

/// The middles of cards under each other, and where the next would begin.
fn stacked(cards: &[Card], top: f64) -> (Vec<f64>, f64) {
    let mut y = top;
    let mut middles = Vec::with_capacity(cards.len());
    for card in cards {
        middles.push(y + card.height / 2.0);
        y += card.height + GAP;
    }
    (middles, y)
}

fn rows(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn write_heading<W: Write>(
    xml: &mut XmlWriter<W>,
    heading: &[String],
    summary: &str,
) -> std::io::Result<()> {
    let mut y = MARGIN + 14.0;
    for text in heading {
        line(xml, (MARGIN, y), ink(TITLE, INK), text)?;
        y += ROW;
    }
    line(xml, (MARGIN, y), ink(SMALL, QUIET), summary)
}

const fn ink(face: Face, colour: &'static str) -> Ink {
    Ink {
        face,
        colour,
        anchor: "start",
    }
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

/// `3 reports, 2 supersessions, 1 revision`, without what there is none of.
fn summary(reports: &Reports) -> String {
    let counts = [
        (reports.list.len(), "report"),
        (reports.superseding.len(), "supersession"),
        (reports.revising.len(), "revision"),
    ];
    let present = counts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = present.map(|(count, noun)| counted(count, noun)).collect();
    parts.join(", ")
}

/// Colour, dashes and meaning of an arrow.
type Sample = (&'static str, &'static str, &'static str);

/// The kinds of arrow that the picture has.
fn samples(reports: &Reports) -> Vec<Sample> {
    let stated = (ACCENT, arcs::DASHES, "supersedes, as the page says");
    let inferred = (LINE, "", "revises, inferred from the figures in the words");
    let stated = (!reports.superseding.is_empty()).then_some(stated);
    let inferred = (!reports.revising.is_empty()).then_some(inferred);
    stated.into_iter().chain(inferred).collect()
}

/// A rule, and a sample of each kind of arrow.
fn write_legend<W: Write>(
    xml: &mut XmlWriter<W>,
    samples: &[Sample],
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
    let mut y = y + ROW;
    for (colour, dashes, words) in samples {
        arcs::write_sample(xml, (x, y), colour, dashes)?;
        line(xml, (x + 46.0, y + 4.0), ink(SMALL, QUIET), words)?;
        y += ROW;
    }
    Ok(())
}
