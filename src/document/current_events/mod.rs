//! Days of events: pages of Wikipedia's Current Events as wikitext, and the same as YAML. Either
//! becomes the index of a day, whose items carry the headings they stand under, the names they link
//! and the reports they cite. An item's address is its day and a hash of its words, so that one
//! wording of one day is one event, whatever layout it was read from.

mod daily_yaml;
mod inline;
mod sources;
mod wikitext;

use jiff::civil::Date;

use super::diagnostic::MAX_DIAGNOSTICS;
use super::text_builder::TextBuilder;
use super::{Diagnostic, DiagnosticCode, Document, DocumentKind, Item, ReadError, SectionKind};
use super::{Source, SourceRole};
use crate::hash;
use crate::span::Span;
use crate::time::MONTHS;

/// Reads a day of Current Events in wikitext.
pub(super) fn read_wikitext(content: &str, path: &str) -> Result<Document, ReadError> {
    wikitext::read(&super::clean::strip(content), path)
}

/// Reads a day of events in YAML.
pub(super) fn read_yaml(content: &str) -> Result<Document, ReadError> {
    daily_yaml::read(content)
}

/// The parts of a wikitext file that are a day each, when it holds several.
pub(super) fn days(content: &str) -> Vec<&str> {
    wikitext::days(content)
}

/// An event as a page lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    /// What happened, in readable words.
    words: String,
    /// Where in the words the names that they link stand.
    links: Vec<Span>,
    /// More about it, when the layout tells it apart.
    summary: String,
    sources: Vec<Cited>,
}

/// A report that an entry cites.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cited {
    name: String,
    /// Empty where only the name is given.
    url: String,
}

/// A day in the making.
#[derive(Default)]
struct Day {
    date: Option<Date>,
    text: TextBuilder,
    items: Vec<Item>,
    diagnostics: Vec<Diagnostic>,
    /// The headings in force with their level, outermost first; level 0 is the category.
    headings: Vec<Heading>,
}

struct Heading {
    level: usize,
    span: Span,
    words: String,
    /// Whether an event stands under it.
    used: bool,
}

/// Longest words, in characters, that can be a heading where nothing but their shape tells. A guess:
/// of the titles of Wikipedia's articles on events few are longer.
const MAX_HEADING_CHARS: usize = 90;

/// Most names that are taken as an event's context. A guess, far above what editors link.
const MAX_CONTEXT: usize = 64;

impl Day {
    /// Opens a heading; it closes those of its level and below.
    fn heading(&mut self, level: usize, words: &str) {
        self.close(level);
        if words.is_empty() {
            return;
        }
        self.text.end_block();
        let span = self.text.push_line(SectionKind::Topic, words);
        self.headings.push(Heading {
            level,
            span,
            words: words.to_owned(),
            used: false,
        });
    }

    /// Closes the headings of a level and below, and reports those under which nothing stands.
    fn close(&mut self, level: usize) {
        while self.headings.last().is_some_and(|last| last.level >= level) {
            if let Some(heading) = self.headings.pop().filter(|heading| !heading.used) {
                let code = DiagnosticCode::EmptyHeading;
                self.report(
                    code,
                    "no event stands under the heading",
                    &heading.words,
                    None,
                );
            }
        }
    }

    /// Adds an event under the headings in force.
    fn entry(&mut self, entry: &Entry) {
        let title = self.text.push_line(SectionKind::ItemTitle, &entry.words);
        if title.is_empty() {
            return;
        }
        let summary = self
            .text
            .push_line(SectionKind::ItemSummary, &entry.summary);
        let names: Vec<&str> = entry.sources.iter().map(|source| &*source.name).collect();
        let spans = self.text.push_list(SectionKind::SourceName, &names);
        let mut spans = spans.into_iter();
        let sources = entry.sources.iter().map(|source| Source {
            name: (!source.name.is_empty()).then(|| spans.next()).flatten(),
            url: source.url.clone(),
            role: SourceRole::Cited,
        });
        let day = self.date.map_or_else(String::new, |date| date.to_string());
        self.headings
            .iter_mut()
            .for_each(|heading| heading.used = true);
        self.items.push(Item {
            topics: self.headings.iter().map(|heading| heading.span).collect(),
            title,
            address: format!("current-events/{day}#{}", hash::short(&entry.words)),
            summary: Some(summary).filter(|summary| !summary.is_empty()),
            context: context(entry, title.start),
            sources: sources.collect(),
        });
    }

    fn report(&mut self, code: DiagnosticCode, what: &str, words: &str, line: Option<usize>) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            let diagnostic = Diagnostic::quoting(code, what, words, 0);
            self.diagnostics.push(Diagnostic { line, ..diagnostic });
        }
    }

    /// The document, or why it is none.
    fn finish(mut self, address: Option<String>) -> Result<Document, ReadError> {
        self.close(0);
        if self.items.is_empty() {
            return Err(ReadError::NoEvents("it has no events"));
        }
        if self.date.is_none() {
            return Err(ReadError::NoEvents("it does not say its date"));
        }
        let (text, sections) = self.text.finish();
        Ok(Document {
            address,
            text,
            sections,
            dct: self.date,
            items: self.items,
            diagnostics: self.diagnostics,
            ..Document::empty(DocumentKind::DayIndex)
        })
    }
}

/// The distinct names that an entry links, as places in the document's text.
fn context(entry: &Entry, start: usize) -> Vec<Span> {
    let mut names: Vec<&str> = Vec::new();
    let mut spans = Vec::new();
    for link in entry.links.iter().take(MAX_CONTEXT) {
        let name = link.of(&entry.words);
        if !names.contains(&name) {
            names.push(name);
            spans.push(Span::new(start + link.start, start + link.end));
        }
    }
    spans
}

/// Whether words look like a heading: short, citing nothing, no sentence.
fn is_heading(words: &str, sources: &[Cited]) -> bool {
    sources.is_empty() && words.chars().count() < MAX_HEADING_CHARS && !ends_sentence(words)
}

/// Whether words end like a sentence, closing quotes and brackets aside.
fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' '])
        .ends_with(['.', '!', '?', '…'])
}

/// The address of the page of a day in the English Wikipedia.
fn page_address(date: Date) -> String {
    let month = MONTHS[usize::try_from(date.month() - 1).unwrap_or(0)];
    format!(
        "https://en.wikipedia.org/wiki/Portal:Current_events/{}_{month}_{}",
        date.year(),
        date.day()
    )
}

#[cfg(test)]
mod tests;
