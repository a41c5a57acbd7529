//! One row for each entry, for spreadsheets.
//!
//! Text that a spreadsheet would calculate gets a `'` in front (see `formula`). Lists are joined by
//! ` | `. Everything else is byte-exact.

use std::io::Write;

use csv::{Terminator, WriterBuilder};

use super::super::{ExportError, guarded};
use crate::timeline::{Entry, Timeline};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 15] = [
    "date",
    "precision",
    "title",
    "event",
    "score",
    "sources",
    "source_urls",
    "documents",
    "context",
    "versions",
    "superseded_by",
    "inferred_date",
    "status",
    "attributed_to",
    "date_basis",
];

/// Writes the timeline as CSV with a header row and CRLF line ends (RFC 4180).
pub(super) fn write(timeline: &Timeline, out: &mut impl Write) -> Result<(), ExportError> {
    let mut rows = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    rows.write_record(COLUMNS)?;
    for entry in &timeline.entries {
        rows.write_record(row(entry))?;
    }
    Ok(rows.flush()?)
}

fn row(entry: &Entry) -> [String; 15] {
    let text = |text: &Option<String>| guarded(text.as_deref().unwrap_or_default());
    [
        text(&entry.date),
        guarded(&entry.precision),
        guarded(&entry.title),
        guarded(&entry.event),
        entry.score.to_string(),
        list(entry.sources.iter().map(|source| source.name.as_str())),
        list(entry.sources.iter().map(|source| source.url.as_str())),
        list(entry.documents.iter().map(|document| document.id.as_str())),
        list(entry.context.iter().map(String::as_str)),
        list(entry.versions.iter().map(String::as_str)),
        text(&entry.superseded_by),
        text(&entry.inferred_date),
        text(&entry.status),
        text(&entry.attributed_to),
        entry
            .date_basis
            .map_or_else(String::new, |basis| basis.word().to_owned()),
    ]
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    guarded(&items.collect::<Vec<_>>().join(" | "))
}
