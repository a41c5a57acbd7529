//! XML writing over `quick-xml`: elements and attributes in, well-formed indented XML out.
//!
//! `quick-xml` escapes mark-up; what it lets through, and XML 1.0 forbids, are most control
//! characters. Here they become U+FFFD, so that no title can make a file unreadable.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Writes one XML document.
pub(super) struct XmlWriter<W: Write> {
    inner: Writer<W>,
}

impl<W: Write> XmlWriter<W> {
    /// Starts a document in UTF-8.
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut inner = Writer::new_with_indent(out, b' ', 1);
        inner.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { inner })
    }

    /// Prepares an element, to be finished by one of [`Element`]'s last three methods.
    pub(super) fn element(&mut self, name: &'static str) -> Element<'_, W> {
        Element {
            start: BytesStart::new(name),
            xml: self,
        }
    }

    /// Ends an element that [`Element::open`] began.
    pub(super) fn close(&mut self, name: &'static str) -> io::Result<()> {
        self.inner.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Ends the document with a line break.
    pub(super) fn finish(self) -> io::Result<()> {
        let mut out = self.inner.into_inner();
        writeln!(out)
    }
}

/// An element in the making.
#[must_use = "an element is written by open, empty or text"]
pub(super) struct Element<'a, W: Write> {
    xml: &'a mut XmlWriter<W>,
    start: BytesStart<'static>,
}

impl<W: Write> Element<'_, W> {
    /// Adds an attribute.
    pub(super) fn attr(mut self, name: &'static str, value: impl Display) -> Self {
        let value = value.to_string();
        self.start.push_attribute((name, allowed(&value).as_ref()));
        self
    }

    /// Adds a coordinate or length, to a tenth.
    pub(super) fn num(self, name: &'static str, value: f64) -> Self {
        self.attr(name, tenth(value))
    }

    /// Writes the start tag; [`XmlWriter::close`] ends the element.
    pub(super) fn open(self) -> io::Result<()> {
        self.xml.inner.write_event(Event::Start(self.start))
    }

    /// Writes the element without content.
    pub(super) fn empty(self) -> io::Result<()> {
        self.xml.inner.write_event(Event::Empty(self.start))
    }

    /// Writes the element with a text as its content.
    pub(super) fn text(self, text: &str) -> io::Result<()> {
        let end = self.start.to_end().into_owned();
        self.xml.inner.write_event(Event::Start(self.start))?;
        self.xml
            .inner
            .write_event(Event::Text(BytesText::new(&allowed(text))))?;
        self.xml.inner.write_event(Event::End(end))
    }
}

/// A number to a tenth, without `-0` and without a needless `.0`.
pub(super) fn tenth(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    String::from(if text == "-0" { "0" } else { text })
}

/// `text` with every character that XML 1.0 forbids replaced by U+FFFD.
///
/// The characters allowed are those of <https://www.w3.org/TR/xml/#charsets>.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_control_characters_are_replaced() {
        let mut out = Vec::new();
        let mut xml = XmlWriter::new(&mut out).unwrap();
        xml.element("a")
            .attr("b", "\"<\n\u{1}")
            .text("]]>&\u{1b}[31m")
            .unwrap();
        xml.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("b=\"&quot;&lt;&#10;\u{fffd}\""), "{text}");
        assert!(text.contains("]]&gt;&amp;\u{fffd}[31m"), "{text}");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(tenth(-0.01), "0");
        assert_eq!(tenth(3.0), "3");
        assert_eq!(tenth(3.24), "3.2");
    }
}
