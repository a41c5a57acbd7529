//! An event page, line by line from top to bottom.

use jiff::civil::DateTime;

use super::edition::{self, Part};
use super::lines::{self, Link};
use super::{Draft, wiki};
use crate::document::clean;
use crate::document::{
    DiagnosticCode, Document, ReadError, Related, SectionKind, Source, SourceRole, Version,
};

/// Where in the page a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the title.
    Head,
    /// Below the title, above the first section.
    Summary,
    /// In a section that some edition knows.
    Section(Part),
    /// In a section that none knows.
    Unknown,
}

/// Reads the lines of an event page into a document.
pub(super) fn read(
    content: &str,
    document: &mut Document,
    draft: &mut Draft,
) -> Result<(), ReadError> {
    let mut reader = Reader {
        document,
        draft,
        place: Place::Head,
        titled: false,
    };
    for (index, line) in content.lines().enumerate() {
        reader.line(line.trim(), index + 1);
    }
    if reader.titled {
        Ok(())
    } else {
        Err(ReadError::NoTitle)
    }
}

struct Reader<'a> {
    document: &'a mut Document,
    draft: &'a mut Draft,
    place: Place,
    titled: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, number: usize) {
        if line.is_empty() {
            return;
        }
        match lines::heading(line) {
            Some((level, words)) if self.heading(level, words, number) => {}
            _ => self.words(line, number),
        }
    }

    /// Takes a heading; `false` when it is none of the page's and has to be read as words.
    fn heading(&mut self, level: usize, words: &str, number: usize) -> bool {
        match level {
            1 if !self.titled => self.title(words),
            5 if !self.titled => {
                self.draft
                    .text
                    .push_line(SectionKind::Topic, &wiki::readable(words));
            }
            2 | 3 if !self.titled && words.starts_with('[') => self.date(words, number),
            2 | 3 => return self.section(words, number),
            _ => return false,
        }
        true
    }

    fn title(&mut self, words: &str) {
        let title = wiki::readable(words);
        self.titled = !title.is_empty();
        self.draft.text.push_line(SectionKind::Title, &title);
        self.draft.text.end_block();
        self.place = Place::Summary;
    }

    fn date(&mut self, words: &str, number: usize) {
        self.place = Place::Head;
        // Without its bracket a date may be cut short: `2018-01-1` of `2018-01-10`.
        let written = words.trim_start_matches('[').split_once(']');
        self.document.dct = written.and_then(|(date, _)| lines::date(date));
        if self.document.dct.is_none() {
            self.draft
                .report(DiagnosticCode::NoDate, "not a date", words, number);
        }
    }

    fn section(&mut self, words: &str, number: usize) -> bool {
        let Some(name) = words.strip_suffix([':', '：']) else {
            return self.unknown(words, number);
        };
        let Some((part, edition)) = edition::part(name.trim_end()) else {
            return self.unknown(words, number);
        };
        if part != Part::Formats {
            self.draft.met(edition);
        }
        self.draft.text.end_block();
        self.place = Place::Section(part);
        true
    }

    /// A heading that no edition knows, kept with the lines below it; in the summary it may be
    /// words of the source.
    fn unknown(&mut self, words: &str, number: usize) -> bool {
        self.draft.report(
            DiagnosticCode::UnknownSection,
            "unknown section",
            words,
            number,
        );
        self.draft.text.end_block();
        self.place = Place::Unknown;
        false
    }

    fn words(&mut self, line: &str, number: usize) {
        match self.place {
            Place::Head => self.head(line, number),
            Place::Summary => self.summary(line),
            Place::Unknown => self.keep(line),
            Place::Section(Part::Formats) => self.draft.take_formats(line),
            Place::Section(part) => {
                if !self.item(part, line, number) {
                    let what = "line of a section could not be read";
                    self.draft
                        .report(DiagnosticCode::UnreadableLine, what, line, number);
                }
            }
        }
    }

    fn head(&mut self, line: &str, number: usize) {
        let formats = line
            .split_once(':')
            .and_then(|(word, _)| edition::part(word));
        if formats.is_some_and(|(part, _)| part == Part::Formats) {
            self.draft.take_formats(line);
        } else {
            let what = "line above the title could not be read";
            self.draft
                .report(DiagnosticCode::UnreadableLine, what, line, number);
        }
    }

    fn summary(&mut self, line: &str) {
        self.draft
            .text
            .push_line(SectionKind::Summary, &wiki::readable(line));
    }

    fn keep(&mut self, line: &str) {
        self.draft
            .text
            .push_line(SectionKind::Boilerplate, &wiki::readable(line));
    }

    /// Takes a line of a known section; `false` when it does not have the section's form.
    fn item(&mut self, part: Part, line: &str, number: usize) -> bool {
        let Some(item) = lines::list_item(line) else {
            return false;
        };
        let taken = match part {
            Part::Formats => None,
            Part::Sources => self.sources(item),
            Part::Changes => self.version(item),
            Part::Related => self.related(item, number),
        };
        taken.is_some()
    }

    fn sources(&mut self, item: &str) -> Option<()> {
        let (cited, cover) = lines::source_links(item)?;
        if let Some(link) = cited {
            self.source(&link);
        }
        if let Some(link) = cover {
            self.push_source(None, link.address, SourceRole::CoverImage);
        }
        Some(())
    }

    fn source(&mut self, link: &Link<'_>) {
        let readable = wiki::readable(link.label);
        let name = source_name(&readable);
        let role = if edition::is_cover(name) {
            SourceRole::CoverImage
        } else {
            SourceRole::Cited
        };
        let span = self.draft.text.push_line(SectionKind::SourceName, name);
        self.push_source(
            Some(span).filter(|span| !span.is_empty()),
            link.address,
            role,
        );
    }

    fn push_source(&mut self, name: Option<crate::Span>, address: &str, role: SourceRole) {
        let decoded = clean::decode_entities(address.trim());
        let url = clean::strip(&decoded).into_owned();
        self.document.sources.push(Source { name, url, role });
    }

    /// A line of Changes. A line without its status is not taken: the status is never guessed.
    fn version(&mut self, item: &str) -> Option<()> {
        let link = lines::page_link(item)?;
        let note = link.rest.strip_prefix('_')?.strip_suffix("_")?;
        let (time, status) = note.strip_suffix(')')?.split_once('(')?;
        let status = edition::status(status.trim())?;
        let stored = match time.trim() {
            "" => None,
            time => Some(time.parse::<DateTime>().ok()?),
        };
        let title = self
            .draft
            .text
            .push_line(SectionKind::VersionTitle, &wiki::readable(link.label));
        let address = link.address.to_owned();
        self.document.versions.push(Version {
            title,
            address,
            stored,
            status,
        });
        Some(())
    }

    fn related(&mut self, item: &str, number: usize) -> Option<()> {
        let link = lines::page_link(item)?;
        let title = wiki::readable(link.label);
        let title = self.draft.text.push_line(SectionKind::RelatedTitle, &title);
        let context = match lines::context(link.rest) {
            Some(context) => self.draft.push_context(&context, number),
            None => {
                self.rest_of_related(link.rest, number);
                Vec::new()
            }
        };
        let address = link.address.to_owned();
        self.document.related.push(Related {
            title,
            address,
            context,
        });
        Some(())
    }

    fn rest_of_related(&mut self, rest: &str, number: usize) {
        if !rest.is_empty() {
            let what = "end of a related line could not be read";
            self.draft
                .report(DiagnosticCode::CutLine, what, rest, number);
        }
    }
}

/// A source's name without the parenthesis that a broken wiki link left before it.
fn source_name(readable: &str) -> &str {
    let opened = readable.matches('(').count() > readable.matches(')').count();
    if opened {
        readable.trim_start_matches(['(', ' '])
    } else {
        readable
    }
}
