//! The index of one day, line by line.

use super::edition::{self, Part};
use super::{Draft, lines, wiki};
use crate::document::{DiagnosticCode, Document, Item, ReadError, SectionKind};
use crate::span::Span;

/// Reads the lines of a day index into a document.
pub(super) fn read(
    content: &str,
    document: &mut Document,
    draft: &mut Draft,
) -> Result<(), ReadError> {
    let mut reader = Reader {
        document,
        draft,
        topic: None,
        closed: false,
    };
    for (index, line) in content.lines().enumerate() {
        reader.line(line.trim(), index + 1);
    }
    if reader.document.dct.is_none() && reader.document.items.is_empty() {
        return Err(ReadError::NoTitle);
    }
    Ok(())
}

struct Reader<'a> {
    document: &'a mut Document,
    draft: &'a mut Draft,
    /// The topic heading that waits for its item.
    topic: Option<Span>,
    /// Whether the link to the day before, the last line, has been met.
    closed: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, number: usize) {
        if line.is_empty() {
            return;
        }
        let taken = match lines::heading(line) {
            Some((2, words)) => self.day(words),
            Some((3, words)) => self.item(words),
            Some((5, words)) => {
                self.topic(words);
                Some(())
            }
            _ => self.below_item(line, number),
        };
        if taken.is_none() {
            let what = "line of a day index could not be read";
            self.draft
                .report(DiagnosticCode::UnreadableLine, what, line, number);
        }
    }

    /// The heading with the date, or the link to the day before.
    fn day(&mut self, words: &str) -> Option<()> {
        let (label, _) = words.strip_prefix('[')?.split_once(']')?;
        if let Some(edition) = edition::of_previous_day(label) {
            self.draft.met(edition);
            self.closed = true;
            return Some(());
        }
        self.document.dct = Some(lines::date(label)?);
        // An event page links the day without its edition, so this tells for an index only.
        let link = lines::page_link(words);
        if let Some(edition) = link.and_then(|link| edition::of_address(link.address)) {
            self.draft.met(edition);
        }
        Some(())
    }

    fn topic(&mut self, words: &str) {
        self.draft.text.end_block();
        let span = self
            .draft
            .text
            .push_line(SectionKind::Topic, &wiki::readable(words));
        self.topic = Some(span).filter(|span| !span.is_empty());
    }

    fn item(&mut self, words: &str) -> Option<()> {
        if words.strip_suffix(':').and_then(edition::part).is_some() {
            return Some(());
        }
        let link = lines::page_link(words)?;
        if self.topic.is_none() {
            self.draft.text.end_block();
        }
        let title = wiki::readable(link.label);
        let title = self.draft.text.push_line(SectionKind::ItemTitle, &title);
        let item = Item {
            topics: self.topic.take().into_iter().collect(),
            title,
            address: link.address.to_owned(),
            summary: None,
            context: Vec::new(),
            sources: Vec::new(),
        };
        self.document.items.push(item);
        Some(())
    }

    /// The summary or the context of the item above; above all items, the Formats line.
    fn below_item(&mut self, line: &str, number: usize) -> Option<()> {
        let Some(item) = self.document.items.last_mut().filter(|_| !self.closed) else {
            return self.formats(line);
        };
        if let Some(context) = lines::context(line) {
            let names = self.draft.push_context(&context, number);
            item.context.extend(names);
            return Some(());
        }
        let words = wiki::readable(line);
        let span = self.draft.text.push_line(SectionKind::ItemSummary, &words);
        item.summary.get_or_insert(span);
        Some(())
    }

    fn formats(&mut self, line: &str) -> Option<()> {
        let is_list = lines::list_item(line).is_some();
        let word = line.split_once(':').map(|(word, _)| word);
        let is_line = word
            .and_then(edition::part)
            .is_some_and(|(part, _)| part == Part::Formats);
        (is_list || is_line).then(|| self.draft.take_formats(line))
    }
}
