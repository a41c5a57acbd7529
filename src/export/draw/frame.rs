//! The sheet of a picture and lines of text on it.

use std::io::{self, Write};

use super::super::xml::{XmlWriter, tenth};
use super::style::{FONT, INK, PAPER, RULE};
use super::text::Face;

/// Begins a picture of that size in pixels: root element, description for screen readers, sheet.
/// [`end`] closes it.
pub(in crate::export) fn begin<W: Write>(
    xml: &mut XmlWriter<W>,
    (width, height): (f64, f64),
    title: &str,
    description: &str,
) -> io::Result<()> {
    let (w, h) = (tenth(width), tenth(height));
    xml.element("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("width", &w)
        .attr("height", &h)
        .attr("viewBox", format_args!("0 0 {w} {h}"))
        .attr("role", "img")
        .attr("font-family", FONT)
        .attr("fill", INK)
        .open()?;
    xml.element("title").text(title)?;
    xml.element("desc").text(description)?;
    xml.element("rect")
        .attr("x", "0.5")
        .attr("y", "0.5")
        .num("width", width - 1.0)
        .num("height", height - 1.0)
        .attr("rx", "10")
        .attr("fill", PAPER)
        .attr("stroke", RULE)
        .empty()
}

/// Ends a picture.
pub(in crate::export) fn end<W: Write>(mut xml: XmlWriter<W>) -> io::Result<()> {
    xml.close("svg")?;
    xml.finish()
}

/// How a line of text is set.
#[derive(Clone, Copy, Debug)]
pub(in crate::export) struct Ink {
    pub(in crate::export) face: Face,
    pub(in crate::export) colour: &'static str,
    /// `start`, `middle` or `end` of the line is at the given x.
    pub(in crate::export) anchor: &'static str,
}

/// Writes one line with its baseline at y; nothing for an empty line.
pub(in crate::export) fn line<W: Write>(
    xml: &mut XmlWriter<W>,
    (x, y): (f64, f64),
    ink: Ink,
    text: &str,
) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let mut element = xml
        .element("text")
        .num("x", x)
        .num("y", y)
        .num("font-size", ink.face.size);
    if ink.face.bold {
        element = element.attr("font-weight", "600");
    }
    if ink.anchor != "start" {
        element = element.attr("text-anchor", ink.anchor);
    }
    if ink.colour != INK {
        element = element.attr("fill", ink.colour);
    }
    element.text(text)
}
