//! A picture of a timeline: on top a strip on which time runs evenly, below it the entries one
//! under the other along an axis, with gaps said in words.
//!
//! Entries are drawn in date order, those of unknown year last.

mod block;
mod legend;
mod rows;
mod strip;

use std::io::{self, Write};

use super::super::draw::frame::{self, Ink, line};
use super::super::draw::style::{INK, LINE, QUIET};
use super::super::draw::text::Face;
use super::super::xml::XmlWriter;
use crate::timeline::{Timeline, silences_in_order};
use rows::Row;

/// Width of the picture.
const WIDTH: f64 = 880.0;
/// Around everything.
const MARGIN: f64 = 34.0;
/// The axis along the entries.
const AXIS: f64 = 160.0;
/// Where dates end, left of the axis.
const DATES_END: f64 = AXIS - 18.0;
/// Where titles begin, right of the axis.
const TITLES: f64 = AXIS + 24.0;

const HEADLINE: Face = Face::bold(23.0);
const SUBTITLE: Face = Face::plain(13.0);

/// Writes the timeline as SVG.
pub(super) fn write(timeline: &Timeline, out: &mut impl Write) -> io::Result<()> {
    let headline = HEADLINE.wrap(&super::title(timeline), WIDTH - 2.0 * MARGIN, 2);
    let entries = super::chronological(timeline);
    let strip = strip::Strip::of(&entries);
    let silences = silences_in_order(timeline, entries.iter().map(|(entry, _)| *entry));
    let rows = rows::rows(&entries, &silences);
    let legend = legend::Legend::of(&entries);

    let lines = f64::from(u8::try_from(headline.len()).unwrap_or(u8::MAX));
    let strip_top = MARGIN + lines * 29.0 + 24.0;
    let rows_top = strip_top + strip.as_ref().map_or(8.0, |_| strip::HEIGHT);
    let rows_height: f64 = rows.iter().map(Row::height).sum();
    let legend_top = rows_top + rows_height + 12.0;
    let height = legend_top + legend.height() + MARGIN - 6.0;

    let mut xml = XmlWriter::new(out)?;
    let subtitle = super::subtitle(timeline);
    frame::begin(
        &mut xml,
        (WIDTH, height),
        &super::title(timeline),
        &subtitle,
    )?;
    write_head(&mut xml, &headline, &subtitle)?;
    if let Some(strip) = strip {
        strip.write(&mut xml, strip_top)?;
    }
    write_rows(&mut xml, &rows, rows_top)?;
    legend.write(&mut xml, legend_top)?;
    frame::end(xml)
}

fn write_head<W: Write>(
    xml: &mut XmlWriter<W>,
    headline: &[String],
    subtitle: &str,
) -> io::Result<()> {
    let mut y = MARGIN + 18.0;
    for text in headline {
        line(
            xml,
            (MARGIN, y),
            Ink {
                face: HEADLINE,
                colour: INK,
                anchor: "start",
            },
            text,
        )?;
        y += 29.0;
    }
    let subtitle = SUBTITLE.clip(subtitle, WIDTH - 2.0 * MARGIN);
    line(
        xml,
        (MARGIN, y - 5.0),
        Ink {
            face: SUBTITLE,
            colour: QUIET,
            anchor: "start",
        },
        &subtitle,
    )
}

/// The axis first, so that markers lie on it, then the rows.
fn write_rows<W: Write>(xml: &mut XmlWriter<W>, rows: &[Row], top: f64) -> io::Result<()> {
    let mut y = top;
    for row in rows {
        write_axis(xml, row, y)?;
        y += row.height();
    }
    let mut y = top;
    for row in rows {
        row.write(xml, y)?;
        y += row.height();
    }
    Ok(())
}

/// The piece of axis beside a row: dotted along gaps and where the year is unknown.
fn write_axis<W: Write>(xml: &mut XmlWriter<W>, row: &Row, y: f64) -> io::Result<()> {
    let axis = xml
        .element("line")
        .num("x1", AXIS)
        .num("y1", y)
        .num("x2", AXIS)
        .num("y2", y + row.height())
        .attr("stroke", LINE)
        .attr("stroke-width", "2");
    if row.is_on_axis() {
        axis
    } else {
        axis.attr("stroke-dasharray", "2 5")
    }
    .empty()
}
