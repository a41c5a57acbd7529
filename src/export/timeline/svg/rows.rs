//! The rows of the picture: years, gaps and entries, from top to bottom.

use std::io::{self, Write};

use jiff::Unit;
use jiff::civil::Date;

use super::super::super::date::PartialDate;
use super::super::super::draw::frame::{Ink, line};
use super::super::super::draw::style::{INK, QUIET, RULE};
use super::super::super::draw::text::Face;
use super::super::super::names::count;
use super::super::super::xml::XmlWriter;
use super::block::Block;
use super::{DATES_END, MARGIN, TITLES, WIDTH};
use crate::timeline::Entry;

/// Days without an entry that are said in words (a guess: what a reader would remark on).
const REMARKABLE_DAYS: i32 = 60;

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

/// The rows for entries in date order, those of unknown year last.
pub(super) fn rows(entries: &[(&Entry, Option<PartialDate>)]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut year = None;
    let mut latest: Option<Date> = None;
    for (entry, when) in entries {
        if let (Some(latest), Some(when)) = (latest, when) {
            rows.extend(gap(latest, when.first_day()).map(Row::Gap));
        }
        if year != Some(when.map(|when| when.year)) {
            year = Some(when.map(|when| when.year));
            rows.push(Row::Year(
                when.map_or(String::from("no year"), |when| when.year.to_string()),
            ));
        }
        latest = latest.max(when.map(PartialDate::end));
        rows.push(Row::Entry(Block::new(entry, *when), when.is_some()));
    }
    rows
}

/// `5 months without an entry`, when the days from `from` to `to` are worth remarking on.
fn gap(from: Date, to: Date) -> Option<String> {
    let days = from.until(to).ok()?.get_days();
    if days < REMARKABLE_DAYS {
        return None;
    }
    let span = from.until((Unit::Year, to)).ok()?;
    let unit = |number: i32, noun: &str| {
        usize::try_from(number)
            .ok()
            .filter(|number| *number > 0)
            .map(|number| count(number, noun))
    };
    let years = unit(i32::from(span.get_years()), "year");
    let months = unit(span.get_months(), "month");
    let words: Vec<String> = years.into_iter().chain(months).collect();
    Some(format!("{} without an entry", words.join(" and ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_said_in_words() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let words = |from, to| gap(day(from), day(to));
        assert_eq!(words("2015-01-01", "2015-02-20"), None);
        assert_eq!(words("2015-02-01", "2015-01-01"), None);
        assert_eq!(
            words("2015-01-01", "2015-03-02").unwrap(),
            "2 months without an entry"
        );
        assert_eq!(
            words("2015-01-01", "2016-02-10").unwrap(),
            "1 year and 1 month without an entry"
        );
        assert_eq!(
            words("2015-01-31", "2015-04-01").unwrap(),
            "2 months without an entry"
        );
    }
}
