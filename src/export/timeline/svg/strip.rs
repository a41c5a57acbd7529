//! The strip on top: a true axis of time with a bar wherever something happened, so that rushes
//! and silences are seen at a glance. What is known to the month or year only is a pale band.

use std::io::{self, Write};

use jiff::civil::Date;

use super::super::super::date::{PartialDate, month_name};
use super::super::super::draw::frame::{Ink, line};
use super::super::super::draw::style::{ACCENT, LINE, QUIET};
use super::super::super::draw::text::Face;
use super::super::super::xml::XmlWriter;
use super::{MARGIN, WIDTH};
use crate::timeline::Entry;

/// Height of the strip with the room under it.
pub(super) const HEIGHT: f64 = 112.0;
/// From the top of the strip to its axis.
const BASE: f64 = 62.0;
/// Highest bar.
const BAR: f64 = 50.0;
/// Width of a bar with the gap to the next; a whole number of them fills the strip.
const BIN: f64 = 7.0;
const BINS: usize = 116;
const LABEL: Face = Face::plain(11.0);

/// A strip ready to be drawn.
pub(super) struct Strip {
    from: Date,
    to: Date,
    /// Entries in each bin, from the left.
    bars: Vec<u16>,
    /// First day and end of what is not known to the day.
    vague: Vec<(Date, Date)>,
}

/// A mark on the axis.
struct Tick {
    at: Date,
    words: String,
    is_year: bool,
}

impl Strip {
    /// The strip of entries in date order; `None` when fewer than two have a year.
    pub(super) fn of(entries: &[(&Entry, Option<PartialDate>)]) -> Option<Self> {
        let dates: Vec<PartialDate> = entries.iter().filter_map(|(_, when)| *when).collect();
        let from = dates.iter().map(|date| date.first_day()).min()?;
        let to = dates.iter().map(|date| date.end()).max()?;
        if dates.len() < 2 {
            return None;
        }
        let from = from.first_of_month();
        let to = to
            .last_of_month()
            .max(from.saturating_add(jiff::Span::new().months(2)));
        let mut strip = Self {
            from,
            to,
            bars: vec![0; BINS],
            vague: Vec::new(),
        };
        for date in dates {
            if date.day.is_none() {
                strip.vague.push((date.first_day(), date.end()));
                continue;
            }
            let bin = strip.bin((strip.x(date.first_day()) + strip.x(date.end())) / 2.0);
            strip.bars[bin] = strip.bars[bin].saturating_add(1);
        }
        Some(strip)
    }

    /// Days since the beginning of the strip.
    fn days(&self, date: Date) -> f64 {
        f64::from(self.from.until(date).map_or(0, |span| span.get_days()))
    }

    /// Where a day begins, from the left edge of the strip.
    fn x(&self, date: Date) -> f64 {
        let width = BIN * f64::from(u16::try_from(BINS).unwrap_or(u16::MAX));
        width * self.days(date) / self.days(self.to).max(1.0)
    }

    fn bin(&self, x: f64) -> usize {
        (0..BINS - 1)
            .find(|bin| x < BIN * (f64::from(u16::try_from(*bin).unwrap_or(u16::MAX)) + 1.0))
            .unwrap_or(BINS - 1)
    }

    /// Draws the strip with its upper edge at `top`.
    pub(super) fn write<W: Write>(&self, xml: &mut XmlWriter<W>, top: f64) -> io::Result<()> {
        let base = top + BASE;
        self.write_ticks(xml, base)?;
        xml.element("line")
            .num("x1", MARGIN)
            .num("y1", base)
            .num("x2", WIDTH - MARGIN)
            .num("y2", base)
            .attr("stroke", LINE)
            .attr("stroke-width", "1.5")
            .empty()?;
        for (from, to) in &self.vague {
            xml.element("rect")
                .num("x", MARGIN + self.x(*from))
                .num("y", base - 6.0)
                .num("width", (self.x(*to) - self.x(*from)).max(2.0))
                .attr("height", "4")
                .attr("fill", ACCENT)
                .attr("fill-opacity", "0.35")
                .empty()?;
        }
        let most = self.bars.iter().copied().max().unwrap_or(1);
        let unit = (BAR / f64::from(most.max(1))).min(9.0);
        let lefts = std::iter::successors(Some(MARGIN), |x| Some(x + BIN));
        for (number, left) in self
            .bars
            .iter()
            .zip(lefts)
            .filter(|(number, _)| **number > 0)
        {
            let height = f64::from(*number) * unit;
            xml.element("rect")
                .num("x", left + 0.75)
                .num("y", base - 1.0 - height)
                .num("width", BIN - 1.5)
                .num("height", height)
                .attr("rx", "1.5")
                .attr("fill", ACCENT)
                .empty()?;
        }
        Ok(())
    }

    /// Draws every tick, and words where they do not run into others; years come first.
    fn write_ticks<W: Write>(&self, xml: &mut XmlWriter<W>, base: f64) -> io::Result<()> {
        let mut ticks = self.ticks();
        ticks.sort_by_key(|tick| !tick.is_year);
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for tick in ticks {
            let x = MARGIN + self.x(tick.at);
            xml.element("line")
                .num("x1", x)
                .num("y1", base)
                .num("x2", x)
                .num("y2", base + if tick.is_year { 9.0 } else { 5.0 })
                .attr("stroke", LINE)
                .empty()?;
            let face = Face {
                bold: tick.is_year,
                ..LABEL
            };
            let end = x + face.width(&tick.words) + 8.0;
            let free = taken.iter().all(|(from, to)| end <= *from || x >= *to);
            if free && end <= WIDTH - MARGIN + 12.0 {
                taken.push((x, end));
                let ink = Ink {
                    face,
                    colour: QUIET,
                    anchor: "start",
                };
                line(xml, (x, base + 22.0), ink, &tick.words)?;
            }
        }
        Ok(())
    }

    /// Months up to four years, years up to a century, decades beyond (guesses, tuned by eye).
    fn ticks(&self) -> Vec<Tick> {
        let years = self.to.year() - self.from.year();
        let step = match years {
            0..=4 => jiff::Span::new().months(1),
            5..=99 => jiff::Span::new().years(1),
            _ => jiff::Span::new().years(10 * i64::from(years / 200 + 1)),
        };
        let mut at = if years <= 4 {
            self.from
        } else {
            self.from.first_of_year()
        };
        let mut ticks = Vec::new();
        while at <= self.to && ticks.len() < 400 {
            if at >= self.from {
                ticks.push(Tick {
                    at,
                    words: words(at),
                    is_year: at.month() == 1,
                });
            }
            match at.checked_add(step) {
                Ok(next) => at = next,
                Err(_) => break,
            }
        }
        ticks
    }
}

/// The year in January, else the month's first three letters.
fn words(at: Date) -> String {
    if at.month() == 1 {
        return at.year().to_string();
    }
    month_name(at.month()).chars().take(3).collect()
}
