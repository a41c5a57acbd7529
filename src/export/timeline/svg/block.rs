//! One entry of the picture: marker, date, title, sources, notes.

use std::io::{self, Write};

use super::super::super::date::{self, PartialDate};
use super::super::super::draw::frame::{Ink, line};
use super::super::super::draw::style::{ACCENT, INK, LINE, PAPER, QUIET};
use super::super::super::draw::text::Face;
use super::super::super::names;
use super::super::super::xml::XmlWriter;
use super::super::{remarks, source_names};
use super::{AXIS, DATES_END, MARGIN, TITLES, WIDTH};
use crate::counted::counted;
use crate::timeline::Entry;

const DATE: Face = Face::bold(12.5);
const TITLE: Face = Face::bold(15.0);
const NOTE: Face = Face::plain(12.0);
const TITLE_HEIGHT: f64 = 20.0;
const NOTE_HEIGHT: f64 = 17.0;
const DATE_HEIGHT: f64 = 16.0;
/// Under an entry.
const SPACE: f64 = 16.0;

/// How precisely an entry is dated; each has its marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precision {
    Day,
    Month,
    Year,
    Unknown,
}

impl Precision {
    pub(super) const fn of(when: Option<PartialDate>) -> Self {
        match when {
            Some(PartialDate { day: Some(_), .. }) => Self::Day,
            Some(PartialDate { month: Some(_), .. }) => Self::Month,
            Some(_) => Self::Year,
            None => Self::Unknown,
        }
    }

    /// Draws the marker: a dot for a day, a ring for a month, a diamond for a year, a dotted ring
    /// when the year is unknown.
    pub(super) fn write<W: Write>(
        self,
        xml: &mut XmlWriter<W>,
        (x, y): (f64, f64),
    ) -> io::Result<()> {
        let shape = if self == Self::Year {
            xml.element("path")
                .attr("d", format_args!("M{x:.1} {:.1}l7 7l-7 7l-7 -7z", y - 7.0))
        } else {
            xml.element("circle")
                .num("cx", x)
                .num("cy", y)
                .attr("r", "5.5")
        };
        let shape = shape
            .attr("fill", if self == Self::Day { LINE } else { PAPER })
            .attr("stroke", LINE)
            .attr("stroke-width", "2");
        if self == Self::Unknown {
            shape.attr("stroke-dasharray", "2 2")
        } else {
            shape
        }
        .empty()
    }
}

/// An entry broken into lines.
pub(super) struct Block {
    full_title: String,
    dates: Vec<String>,
    titles: Vec<String>,
    notes: Vec<String>,
    precision: Precision,
    superseded: bool,
}

impl Block {
    pub(super) fn new(entry: &Entry, when: Option<PartialDate>) -> Self {
        let room = WIDTH - MARGIN - TITLES;
        let full_title = super::super::headline(entry);
        let title = if full_title.is_empty() {
            "(no title)"
        } else {
            &full_title
        };
        Self {
            dates: DATE.wrap(&date_words(entry, when), DATES_END - MARGIN, 3),
            titles: TITLE.wrap(title, room, 3),
            notes: notes(entry, room),
            precision: Precision::of(when),
            superseded: entry.superseded_by.is_some(),
            full_title,
        }
    }

    pub(super) fn height(&self) -> f64 {
        let text = TITLE_HEIGHT * number(&self.titles) + NOTE_HEIGHT * number(&self.notes);
        text.max(DATE_HEIGHT * number(&self.dates)) + SPACE
    }

    /// Draws the entry with its upper edge at y.
    pub(super) fn write<W: Write>(&self, xml: &mut XmlWriter<W>, y: f64) -> io::Result<()> {
        xml.element("g").open()?;
        xml.element("title").text(&self.full_title)?;
        self.precision.write(xml, (AXIS, y + 10.0))?;
        for (text, at) in self.dates.iter().zip(steps(y + 14.5, DATE_HEIGHT)) {
            line(
                xml,
                (DATES_END, at),
                Ink {
                    face: DATE,
                    colour: ACCENT,
                    anchor: "end",
                },
                text,
            )?;
        }
        let colour = if self.superseded { QUIET } else { INK };
        for (text, at) in self.titles.iter().zip(steps(y + 15.0, TITLE_HEIGHT)) {
            line(
                xml,
                (TITLES, at),
                Ink {
                    face: TITLE,
                    colour,
                    anchor: "start",
                },
                text,
            )?;
        }
        let notes_top = y + TITLE_HEIGHT * number(&self.titles) + 13.0;
        for (text, at) in self.notes.iter().zip(steps(notes_top, NOTE_HEIGHT)) {
            line(
                xml,
                (TITLES, at),
                Ink {
                    face: NOTE,
                    colour: QUIET,
                    anchor: "start",
                },
                text,
            )?;
        }
        xml.close("g")
    }
}

fn steps(first: f64, height: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(first), move |y| Some(y + height))
}

fn number(lines: &[String]) -> f64 {
    f64::from(u8::try_from(lines.len()).unwrap_or(u8::MAX))
}

/// The date beside the axis: without its year, which the heading has.
fn date_words(entry: &Entry, when: Option<PartialDate>) -> String {
    let spelled = date::spell(entry.date.as_deref());
    let words = match when {
        Some(when) if spelled == when.long() => when
            .without_year()
            .unwrap_or(format!("some time in {spelled}")),
        Some(when) => spelled.replacen(&format!(" {}, ", when.year), ", ", 1),
        None => spelled,
    };
    if entry.inferred_date.is_some() {
        format!("≈ {words}")
    } else {
        words
    }
}

/// Sources, context, older versions and remarks, a line each.
fn notes(entry: &Entry, room: f64) -> Vec<String> {
    let mut notes = Vec::new();
    let sources = source_names(entry);
    if !sources.is_empty() {
        notes.push(as_many_as_fit(&sources, room));
    }
    if !entry.context.is_empty() {
        let context: Vec<String> = entry
            .context
            .iter()
            .map(|name| names::visible(name))
            .collect();
        notes.push(NOTE.clip(&format!("in: {}", context.join(", ")), room));
    }
    if let Some(last) = entry.versions.last() {
        let number = counted(entry.versions.len(), "earlier version");
        notes.push(NOTE.clip(&format!("{number}: “{}”", names::visible(last)), room));
    }
    notes.extend(remarks(entry).iter().map(|remark| NOTE.clip(remark, room)));
    notes
}

/// `A · B · C and 4 more`.
fn as_many_as_fit(sources: &[String], room: f64) -> String {
    let mut shown = String::new();
    for (at, source) in sources.iter().enumerate() {
        let longer = if at == 0 {
            source.clone()
        } else {
            format!("{shown} · {source}")
        };
        if NOTE.width(&longer) > room - 90.0 {
            let more = sources.len() - at;
            return if at == 0 {
                NOTE.clip(source, room)
            } else {
                format!("{shown} and {more} more")
            };
        }
        shown = longer;
    }
    shown
}
