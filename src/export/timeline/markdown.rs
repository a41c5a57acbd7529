//! CommonMark: a heading for each year, a list item for each entry.
//!
//! Everything that could be mark-up is escaped with a backslash, and only `http` and `https`
//! addresses become links.

use std::io::{self, Write};

use super::super::date;
use super::super::names;
use super::super::names::visible;
use crate::timeline::{Entry, Timeline, silences};

/// Writes the timeline as Markdown.
pub(super) fn write(timeline: &Timeline, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "# {}\n\n{}.",
        text(&super::title(timeline)),
        super::subtitle(timeline)
    )?;
    let mut last = None;
    for (at, (entry, silence)) in timeline.entries.iter().zip(silences(timeline)).enumerate() {
        let heading = super::heading(timeline, entry);
        if let Some(silence) = silence {
            writeln!(out, "\n*— {silence} —*")?;
        }
        match &heading {
            Some(words) if heading != last => writeln!(out, "\n## {}\n", text(words))?,
            _ if at == 0 || silence.is_some() => writeln!(out)?,
            _ => {}
        }
        last = heading;
        write_entry(entry, out)?;
    }
    Ok(())
}

fn write_entry(entry: &Entry, out: &mut impl Write) -> io::Result<()> {
    let date = text(&date::spell(entry.date.as_deref()));
    write!(out, "- **{date}** {}", text(&super::headline(entry)))?;
    let sources: Vec<String> = entry
        .sources
        .iter()
        .map(source)
        .filter(|s| !s.is_empty())
        .collect();
    if !sources.is_empty() {
        write!(out, " ({})", sources.join(", "))?;
    }
    writeln!(out)?;
    for remark in super::remarks(entry) {
        writeln!(out, "  - *{}*", text(&remark))?;
    }
    for version in &entry.versions {
        writeln!(out, "  - earlier: {}", text(&visible(version)))?;
    }
    Ok(())
}

fn source(source: &crate::timeline::SourceRef) -> String {
    let name = text(&super::source_name(source));
    match names::web_address(&source.url) {
        Some(url) => format!("[{name}](<{}>)", address(url)),
        None => name,
    }
}

/// An address between `<` and `>`: what could end it or look like another link is percent-encoded.
fn address(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '\\' => encoded.push_str("%5C"),
            '[' => encoded.push_str("%5B"),
            ']' => encoded.push_str("%5D"),
            c => encoded.push(c),
        }
    }
    encoded
}

/// Text on one line with every character escaped that CommonMark or GitHub gives a meaning to.
fn text(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    for c in raw.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#' | '$' | '!'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
