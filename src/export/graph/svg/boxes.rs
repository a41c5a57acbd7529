//! The boxes of a picture: a node's text broken into lines, and the outline around it.

use std::io::{self, Write};

use super::super::super::draw::frame::{Ink, line};
use super::super::super::draw::style::{ACCENT, INK, QUIET, node_colours};
use super::super::super::draw::text::Face;
use super::super::super::xml::XmlWriter;
use super::super::super::{date, names};
use super::super::layout::{Point, Size};
use crate::graph::{Node, NodeKind};

const TITLE: Face = Face::plain(13.0);
const NAME: Face = Face::bold(13.0);
const CAPTION: Face = Face::bold(11.0);
const KIND: Face = Face::plain(10.5);
const LINE_HEIGHT: f64 = 16.5;
const CAPTION_HEIGHT: f64 = 15.0;

/// A node ready to be drawn.
pub(super) struct Card {
    pub(super) size: Size,
    kind: NodeKind,
    /// The full title, shown on hovering.
    title: String,
    lines: Vec<String>,
    /// The date of an event, else the kind.
    caption: String,
}

impl Card {
    /// Breaks the text of a node into lines and measures the outline it needs.
    pub(super) fn new(node: &Node) -> Self {
        let title = names::visible(&node.label);
        let caption = match node.kind {
            NodeKind::Event => node
                .date
                .as_deref()
                .map_or(String::new(), |edtf| date::spell(Some(edtf))),
            kind => String::from(names::node_kind(kind)),
        };
        let mut card = Self {
            size: (0.0, 0.0),
            kind: node.kind,
            title,
            lines: Vec::new(),
            caption,
        };
        let (width, most_lines) = if card.is_boxed() {
            (214.0, 4)
        } else {
            (128.0, 3)
        };
        card.lines = card.face().wrap(&card.title, width, most_lines);
        card.caption = card.caption_face().clip(&card.caption, width);
        card.size = card.outline();
        card
    }

    /// Events are boxes, everything else is an ellipse.
    fn is_boxed(&self) -> bool {
        matches!(self.kind, NodeKind::Event | NodeKind::Storyline)
    }

    fn face(&self) -> Face {
        if self.kind == NodeKind::Event {
            TITLE
        } else {
            NAME
        }
    }

    fn caption_face(&self) -> Face {
        if self.kind == NodeKind::Event {
            CAPTION
        } else {
            KIND
        }
    }

    /// Width and height of the text alone.
    fn text_size(&self) -> Size {
        let caption = if self.caption.is_empty() {
            0.0
        } else {
            CAPTION_HEIGHT
        };
        let lines = f64::from(u8::try_from(self.lines.len()).unwrap_or(u8::MAX));
        let width = self
            .face()
            .widest(&self.lines)
            .max(self.caption_face().width(&self.caption));
        (width, lines * LINE_HEIGHT + caption)
    }

    /// The outline: padded for a box; for an ellipse, one that the text is inscribed in.
    fn outline(&self) -> Size {
        let (width, height) = self.text_size();
        match self.kind {
            NodeKind::Event => ((width + 30.0).max(90.0), height + 18.0),
            NodeKind::Storyline => (width + 36.0, height + 24.0),
            _ => {
                // An ellipse 1.3 times as wide as its text must be 1.57 times as high.
                let root = std::f64::consts::SQRT_2;
                (
                    (width * root * 0.92 + 12.0).max(84.0),
                    height * root * 1.1 + 4.0,
                )
            }
        }
    }

    /// Moves the first (or last) point of a line from the box around an ellipse to its outline.
    pub(super) fn clip(&self, middle: Point, points: &mut [Point], last: bool) {
        if self.is_boxed() || points.len() < 2 {
            return;
        }
        let (end, next) = if last {
            (points.len() - 1, points.len() - 2)
        } else {
            (0, 1)
        };
        let (dx, dy) = (points[next].0 - middle.0, points[next].1 - middle.1);
        let (a, b) = (self.size.0 / 2.0, self.size.1 / 2.0);
        let scale = ((dx / a) * (dx / a) + (dy / b) * (dy / b)).sqrt();
        if scale > 1.0 {
            points[end] = (middle.0 + dx / scale, middle.1 + dy / scale);
        }
    }

    /// Draws the outline, then the text.
    pub(super) fn write<W: Write>(&self, xml: &mut XmlWriter<W>, middle: Point) -> io::Result<()> {
        xml.element("g").open()?;
        xml.element("title").text(&self.title)?;
        write_outline(xml, self.kind, middle, self.size)?;
        let (_, height) = self.text_size();
        let mut y = middle.1 - height / 2.0;
        if self.kind == NodeKind::Event && !self.caption.is_empty() {
            self.write_caption(xml, middle.0, y + 11.5, ACCENT)?;
            y += CAPTION_HEIGHT;
        }
        for text in &self.lines {
            let ink = Ink {
                face: self.face(),
                colour: INK,
                anchor: "middle",
            };
            line(xml, (middle.0, y + 13.0), ink, text)?;
            y += LINE_HEIGHT;
        }
        if self.kind != NodeKind::Event {
            self.write_caption(xml, middle.0, y + 10.5, QUIET)?;
        }
        xml.close("g")
    }

    fn write_caption<W: Write>(
        &self,
        xml: &mut XmlWriter<W>,
        x: f64,
        y: f64,
        colour: &'static str,
    ) -> io::Result<()> {
        let ink = Ink {
            face: self.caption_face(),
            colour,
            anchor: "middle",
        };
        line(xml, (x, y), ink, &self.caption)
    }
}

/// Draws the outline of a kind: rounded box, double box for storylines, ellipse for entities.
pub(super) fn write_outline<W: Write>(
    xml: &mut XmlWriter<W>,
    kind: NodeKind,
    (x, y): Point,
    (width, height): Size,
) -> io::Result<()> {
    let (fill, stroke) = node_colours(kind);
    if !matches!(kind, NodeKind::Event | NodeKind::Storyline) {
        return xml
            .element("ellipse")
            .num("cx", x)
            .num("cy", y)
            .num("rx", width / 2.0)
            .num("ry", height / 2.0)
            .attr("fill", fill)
            .attr("stroke", stroke)
            .attr("stroke-width", "1.4")
            .empty();
    }
    let insets: &[f64] = if kind == NodeKind::Storyline {
        &[0.0, 3.5]
    } else {
        &[0.0]
    };
    for inset in insets {
        xml.element("rect")
            .num("x", x - width / 2.0 + inset)
            .num("y", y - height / 2.0 + inset)
            .num("width", width - 2.0 * inset)
            .num("height", height - 2.0 * inset)
            .num("rx", 8.0 - inset)
            .attr("fill", fill)
            .attr("stroke", stroke)
            .attr("stroke-width", "1.4")
            .empty()?;
    }
    Ok(())
}
