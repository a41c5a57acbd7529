//! A report as a box: its day, its title, what it changes.

use std::io::{self, Write};

use super::super::date;
use super::super::draw::frame::{Ink, line};
use super::super::draw::style::{ACCENT, INK, LINE, PAPER, QUIET};
use super::super::draw::text::Face;
use super::super::xml::XmlWriter;
use super::reports::Report;

/// Of every box, in pixels.
pub(super) const WIDTH: f64 = 520.0;
const PADDING: f64 = 14.0;
const LINES: usize = 4;
const TITLE: Face = Face::plain(13.0);
const DAY: Face = Face::bold(11.0);
const CHANGE: Face = Face::bold(12.0);
const LINE_HEIGHT: f64 = 17.0;

/// A report broken into lines.
pub(super) struct Card {
    pub(super) height: f64,
    title: String,
    day: String,
    lines: Vec<String>,
    changes: Vec<String>,
    is_held: bool,
    is_superseded: bool,
}

impl Card {
    pub(super) fn new(report: &Report) -> Self {
        let width = WIDTH - 2.0 * PADDING;
        let lines = TITLE.wrap(&report.title, width, LINES);
        let changes: Vec<String> = report
            .changes
            .iter()
            .map(|change| CHANGE.clip(change, width))
            .collect();
        let rows = u8::try_from(lines.len() + changes.len()).unwrap_or(u8::MAX);
        Self {
            height: f64::from(rows + 1) * LINE_HEIGHT + 2.0 * PADDING - 8.0,
            title: report.title.clone(),
            day: DAY.clip(&caption(report), width),
            lines,
            changes,
            is_held: report.is_held,
            is_superseded: report.is_superseded,
        }
    }

    /// Draws the box with its left edge at x, around the middle y.
    pub(super) fn write<W: Write>(
        &self,
        xml: &mut XmlWriter<W>,
        (x, middle): (f64, f64),
    ) -> io::Result<()> {
        let top = middle - self.height / 2.0;
        xml.element("g").open()?;
        xml.element("title").text(&self.title)?;
        let mut outline = xml
            .element("rect")
            .num("x", x)
            .num("y", top)
            .num("width", WIDTH)
            .num("height", self.height)
            .attr("rx", "8")
            .attr("fill", if self.is_held { "#ffffff" } else { PAPER })
            .attr("stroke", if self.is_superseded { QUIET } else { LINE })
            .attr("stroke-width", "1.4");
        if !self.is_held {
            outline = outline.attr("stroke-dasharray", "3 3");
        }
        outline.empty()?;
        let title = if self.is_superseded { QUIET } else { INK };
        let mut rows = vec![(DAY, ACCENT, &self.day)];
        rows.extend(self.lines.iter().map(|text| (TITLE, title, text)));
        rows.extend(self.changes.iter().map(|text| (CHANGE, LINE, text)));
        let mut y = top + PADDING + 8.0;
        for (face, colour, text) in rows {
            let anchor = "start";
            let ink = Ink {
                face,
                colour,
                anchor,
            };
            line(xml, (x + PADDING, y), ink, text)?;
            y += LINE_HEIGHT;
        }
        xml.close("g")
    }
}

/// Its day, and what has to be known of it.
fn caption(report: &Report) -> String {
    let day = report.date.as_deref().map(|date| {
        let day = date.get(..10).unwrap_or(date);
        date::spell(Some(day))
    });
    let notes = [
        day.or_else(|| (!report.is_current).then(|| "undated".to_owned())),
        report.is_current.then(|| "current version".to_owned()),
        report.is_superseded.then(|| "superseded".to_owned()),
        (!report.is_held).then(|| "only its title is known".to_owned()),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    notes.join(" · ")
}
