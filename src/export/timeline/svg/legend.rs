//! What the markers mean; empty when every entry has its day.

use std::io::{self, Write};

use super::super::super::date::PartialDate;
use super::super::super::draw::frame::{Ink, line};
use super::super::super::draw::style::QUIET;
use super::super::super::draw::text::Face;
use super::super::super::xml::XmlWriter;
use super::block::Precision;
use super::{AXIS, TITLES};
use crate::timeline::Entry;

const FACE: Face = Face::plain(11.5);

/// The precisions present, when there are several.
pub(super) struct Legend {
    precisions: Vec<Precision>,
}

impl Legend {
    pub(super) fn of(entries: &[(&Entry, Option<PartialDate>)]) -> Self {
        let mut precisions: Vec<Precision> = entries
            .iter()
            .map(|(_, when)| Precision::of(*when))
            .collect();
        precisions.sort_unstable();
        precisions.dedup();
        if precisions == [Precision::Day] {
            precisions.clear();
        }
        Self { precisions }
    }

    pub(super) fn height(&self) -> f64 {
        if self.precisions.is_empty() {
            0.0
        } else {
            24.0
        }
    }

    /// Draws the markers in a row with its upper edge at y.
    pub(super) fn write<W: Write>(&self, xml: &mut XmlWriter<W>, y: f64) -> io::Result<()> {
        let mut x = AXIS;
        for precision in &self.precisions {
            precision.write(xml, (x, y + 12.0))?;
            let words = wording(*precision);
            let left = x + TITLES - AXIS - 8.0;
            line(
                xml,
                (left, y + 16.0),
                Ink {
                    face: FACE,
                    colour: QUIET,
                    anchor: "start",
                },
                words,
            )?;
            x = left + FACE.width(words) + 26.0;
        }
        Ok(())
    }
}

const fn wording(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "known to the day",
        Precision::Month => "to the month",
        Precision::Year => "to the year",
        Precision::Unknown => "year unknown",
    }
}
