//! The rows of the picture: years, gaps and entries, from top to bottom.

use std::io::{self, Write};

use super::super::super::date::PartialDate;
use super::super::super::draw::frame::{Ink, line};
use super::super::super::draw::style::{INK, QUIET, RULE};
use super::super::super::draw::text::Face;
use super::super::super::xml::XmlWriter;
use super::block::Block;
use super::{DATES_END, MARGIN, TITLES, WIDTH};
use crate::timeline::{Entry, Silence};

const YEAR: Face = Face::bold(18.0);
const GAP: Face = Face::plain(11.5);

/// One row of the picture.
pub(super) enum Row {
    /// The heading of a year, or of the entries without one.
    Year(String),
    /// Time without an entry.
    Gap(String),
    /// An entry; the flag says whether its year is known.
    Entry(Block, bool),
}

impl Row {
    pub(super) fn height(&self) -> f64 {
        match self {
            Self::Year(_) => 42.0,
            Self::Gap(_) => 34.0,
            Self::Entry(block, _) => block.height(),
        }
    }

    /// Whether time runs along this row, so that the axis is solid.
    pub(super) fn is_on_axis(&self) -> bool {
        match self {
            Self::Year(_) => true,
            Self::Gap(_) => false,
            Self::Entry(_, dated) => *dated,
        }
    }

    /// Draws the row with its upper edge at y.
    pub(super) fn write<W: Write>(&self, xml: &mut XmlWriter<W>, y: f64) -> io::Result<()> {
        match self {
            Self::Year(words) => {
                xml.element("line")
                    .num("x1", TITLES)
                    .num("y1", y + 20.0)
                    .num("x2", WIDTH - MARGIN)
                    .num("y2", y + 20.0)
                    .attr("stroke", RULE)
                    .empty()?;
                line(
                    xml,
                    (DATES_END, y + 26.0),
                    Ink {
                        face: YEAR,
                        colour: INK,
                        anchor: "end",
                    },
                    words,
                )
            }
            Self::Gap(words) => line(
                xml,
                (TITLES, y + 19.0),
                Ink {
                    face: GAP,
                    colour: QUIET,
                    anchor: "start",
                },
                words,
            ),
            Self::Entry(block, _) => block.write(xml, y),
        }
    }
}

/// The rows for entries in date order, those of unknown year last, each with the silence before it.
pub(super) fn rows(
    entries: &[(&Entry, Option<PartialDate>)],
    silences: &[Option<Silence>],
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut year = None;
    for ((entry, when), silence) in entries.iter().zip(silences) {
        rows.extend(silence.map(|silence| Row::Gap(silence.to_string())));
        if year != Some(when.map(|when| when.year)) {
            year = Some(when.map(|when| when.year));
            rows.push(Row::Year(
                when.map_or(String::from("no year"), |when| when.year.to_string()),
            ));
        }
        rows.push(Row::Entry(Block::new(entry, *when), when.is_some()));
    }
    rows
}
