//! Articles as plain text, often copied off a web page: headline, byline, date, paragraphs, and the
//! furniture of the page around them. Furniture is kept, as boilerplate, so that nothing is lost by a
//! wrong judgement; in doubt a paragraph is a paragraph. An article that does not say its date has none.

mod dateline;
mod paragraphs;
mod roles;
mod shape;

use jiff::civil::Date;

use self::dateline::Claim;
use self::paragraphs::Paragraph;
use self::roles::Role;
use super::text_builder::TextBuilder;
use super::{Document, DocumentKind, ReadError, SectionKind};
use super::{clean, language};
use crate::span::Span;

/// Reads an article.
pub(super) fn read(content: &str) -> Result<Document, ReadError> {
    let content = clean::strip(content);
    if content.lines().nth(MAX_JUDGED_LINES).is_some() {
        return Ok(unjudged(&content));
    }
    let paragraphs = paragraphs::split(&content);
    if paragraphs.is_empty() {
        return Err(ReadError::Empty);
    }
    let roles = roles::assign(&paragraphs);
    let mut writer = Writer::default();
    for (paragraph, role) in paragraphs.iter().zip(roles) {
        writer.paragraph(paragraph, role);
    }
    Ok(writer.finish())
}

/// Lines of the longest text that is judged as an article; far above any, and low enough that a file of
/// one-letter lines stays within bounds of memory.
const MAX_JUDGED_LINES: usize = 50_000;

/// A text that is too long to be an article: all of it paragraphs.
fn unjudged(content: &str) -> Document {
    let decoded = clean::decode_entities(content);
    let mut text = TextBuilder::default();
    text.push_verbatim(SectionKind::Paragraph, &clean::strip(&decoded));
    Writer {
        text,
        ..Writer::default()
    }
    .finish()
}

#[derive(Default)]
struct Writer {
    text: TextBuilder,
    byline: Option<Span>,
    /// The best claim on the document's date so far.
    date: Option<(Claim, Date)>,
    /// Prose paragraphs met.
    prose: usize,
}

impl Writer {
    fn paragraph(&mut self, paragraph: &Paragraph, role: Role) {
        let words = paragraph.words.as_str();
        if paragraph.after_gap {
            self.text.end_block();
        }
        match role {
            Role::Title => self.title(words),
            Role::Byline(names) => self.byline(words, names),
            Role::DateLine(claim, date) => {
                self.claim(claim, date);
                self.text.push_line(SectionKind::Byline, words);
            }
            Role::Boilerplate => {
                self.text.push_line(SectionKind::Boilerplate, words);
            }
            Role::Paragraph => self.prose(words),
        }
    }

    fn title(&mut self, words: &str) {
        let bare = words.strip_prefix("# ").unwrap_or(words);
        self.text.push_line(SectionKind::Title, bare);
    }

    fn byline(&mut self, words: &str, names: usize) {
        let line = self.text.push_line(SectionKind::Byline, words);
        self.byline
            .get_or_insert(Span::new(line.start + names, line.end));
        if let Some((_, date)) = super::written_date::find(words) {
            self.claim(Claim::Bare, date);
        }
    }

    /// A paragraph of prose; the place, day and agency before the first one are a byline.
    fn prose(&mut self, words: &str) {
        self.prose += 1;
        let dateline = if self.prose == 1 {
            dateline::dateline(words)
        } else {
            None
        };
        let Some((end, date)) = dateline else {
            self.text.push_line(SectionKind::Paragraph, words);
            return;
        };
        if let Some(date) = date {
            self.claim(Claim::Dateline, date);
        }
        self.text
            .push_line(SectionKind::Byline, words[..end].trim_end());
        self.text.space();
        self.text
            .push(SectionKind::Paragraph, words[end..].trim_start());
    }

    fn claim(&mut self, claim: Claim, date: Date) {
        if self.date.is_none_or(|(best, _)| claim > best) {
            self.date = Some((claim, date));
        }
    }

    fn finish(self) -> Document {
        let (text, sections) = self.text.finish();
        Document {
            language: language::guess(&text).to_owned(),
            text,
            sections,
            dct: self.date.map(|(_, date)| date),
            byline: self.byline,
            ..Document::empty(DocumentKind::Article)
        }
    }
}

#[cfg(test)]
mod tests;
