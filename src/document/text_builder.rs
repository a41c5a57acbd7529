//! Builds a document's text piece by piece and records where each piece stands.

use super::{Section, SectionKind};
use crate::span::Span;

/// A text in the making, with its sections in text order.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    text: String,
    sections: Vec<Section>,
    /// Whether the end of the text is as written, and stays.
    verbatim: bool,
}

impl TextBuilder {
    /// Appends a piece as a section; an empty piece gives an empty span and no section.
    pub(super) fn push(&mut self, kind: SectionKind, piece: &str) -> Span {
        if piece.is_empty() {
            // The text can still lose the white space at its end; what a section holds stays.
            let end = self.sections.last().map_or(0, |section| section.span.end);
            return Span::new(end, end);
        }
        let start = self.text.len();
        self.text.push_str(piece);
        let span = Span::new(start, self.text.len());
        self.sections.push(Section { kind, span });
        span
    }

    /// Appends a piece as a section on a line of its own.
    pub(super) fn push_line(&mut self, kind: SectionKind, piece: &str) -> Span {
        self.end_line();
        self.push(kind, piece)
    }

    /// Appends pieces as sections on one line of their own, `, ` between them.
    pub(super) fn push_list(&mut self, kind: SectionKind, pieces: &[&str]) -> Vec<Span> {
        self.end_line();
        let mut spans = Vec::with_capacity(pieces.len());
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            if !spans.is_empty() {
                self.text.push_str(", ");
            }
            spans.push(self.push(kind, piece));
        }
        spans
    }

    /// Ends the line in hand, if it has begun.
    pub(super) fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Ends the block in hand: what follows stands after a blank line.
    pub(super) fn end_block(&mut self) {
        self.end_line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Appends a text as it is; each of its blocks between blank lines is a section.
    pub(super) fn push_verbatim(&mut self, kind: SectionKind, text: &str) {
        let base = self.text.len();
        self.text.push_str(text);
        let mut start = 0;
        let mut block: Option<Span> = None;
        for line in text.split_inclusive('\n') {
            let (from, words) = (start, line.trim());
            start += line.len();
            let Some(indent) = line.find(words).filter(|_| !words.is_empty()) else {
                self.sections
                    .extend(block.take().map(|span| Section { kind, span }));
                continue;
            };
            let at = base + from + indent;
            let first = block.map_or(at, |span| span.start);
            block = Some(Span::new(first, at + words.len()));
        }
        self.sections
            .extend(block.map(|span| Section { kind, span }));
        self.verbatim = true;
    }

    /// Appends a space inside a line.
    pub(super) fn space(&mut self) {
        self.text.push(' ');
    }

    /// The text, without white space at its end unless written so, and its sections.
    pub(super) fn finish(mut self) -> (String, Vec<Section>) {
        if !self.verbatim {
            let end = self.sections.last().map_or(0, |section| section.span.end);
            self.text.truncate(end);
        }
        (self.text, self.sections)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_their_places() {
        let mut builder = TextBuilder::default();
        builder.push_line(SectionKind::Title, "Ferry sinks");
        builder.end_block();
        builder.push_line(SectionKind::Summary, "");
        let names = builder.push_list(SectionKind::Context, &["Malta", "", "Łódź"]);
        builder.end_block();
        let nothing = builder.push_line(SectionKind::Summary, "");
        let (text, sections) = builder.finish();
        assert_eq!(text, "Ferry sinks\n\nMalta, Łódź");
        assert_eq!(sections.len(), 3);
        assert_eq!(nothing.of(&text), "");
        assert_eq!(
            names.iter().map(|name| name.of(&text)).collect::<Vec<_>>(),
            ["Malta", "Łódź"]
        );
    }
}
