//! One row for each entry, for spreadsheets.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a
//! formula, also after leading white space; such text gets a `'` in front
//! (<https://owasp.org/www-community/attacks/CSV_Injection>). Lists are joined by ` | `. Everything
//! else is byte-exact.

use std::io::Write;

use csv::{Terminator, WriterBuilder};

use super::super::ExportError;
use crate::timeline::{Entry, Timeline};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 14] = [
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

fn row(entry: &Entry) -> [String; 14] {
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
    ]
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    guarded(&items.collect::<Vec<_>>().join(" | "))
}

/// The text with a `'` in front when a spreadsheet would calculate it; full-width signs count,
/// since some spreadsheets fold them.
pub(super) fn guarded(text: &str) -> String {
    let risky = text.starts_with(['\t', '\r'])
        || text
            .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if risky {
        format!("'{text}")
    } else {
        String::from(text)
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_disarmed() {
        for bad in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            " \n=1",
            "\u{a0}=1",
            "＝1",
            "-0044-03-15",
        ] {
            assert_eq!(guarded(bad), format!("'{bad}"));
        }
        for good in ["", "a=b", "2015-10-02", "'quoted", "1-1"] {
            assert_eq!(guarded(good), good);
        }
    }
}
