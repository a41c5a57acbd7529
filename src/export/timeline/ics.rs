//! iCalendar (RFC 5545): an all-day event for each entry, as long as its date is vague.
//!
//! Entries whose year is unknown become journal notes without a day. The mandatory `DTSTAMP` is
//! the entry's own first day and not the clock, so that equal timelines give equal bytes.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;

use super::super::date::{self, PartialDate};
use super::super::names;
use crate::timeline::{Entry, Timeline};

/// Bytes of a line, its break not counted (RFC 5545 section 3.1).
const LINE: usize = 75;

/// Writes the timeline as a calendar, in date order.
pub(super) fn write(timeline: &Timeline, out: &mut impl Write) -> io::Result<()> {
    let mut lines = vec![
        String::from("BEGIN:VCALENDAR"),
        String::from("VERSION:2.0"),
        String::from("PRODID:-//Annals//Annals//EN"),
        format!("X-WR-CALNAME:{}", text(&super::title(timeline))),
    ];
    for (entry, when) in super::chronological(timeline) {
        component(entry, when, &mut lines);
    }
    lines.push(String::from("END:VCALENDAR"));
    lines.iter().try_for_each(|line| write_folded(line, out))
}

fn component(entry: &Entry, when: Option<PartialDate>, lines: &mut Vec<String>) {
    let name = if when.is_some_and(has_calendar_year) {
        "VEVENT"
    } else {
        "VJOURNAL"
    };
    lines.push(format!("BEGIN:{name}"));
    lines.push(format!("UID:{}", text(&entry.event)));
    match when.filter(|when| has_calendar_year(*when)) {
        Some(when) => {
            let first = compact(when.first_day());
            lines.push(format!("DTSTAMP:{first}T000000Z"));
            lines.push(format!("DTSTART;VALUE=DATE:{first}"));
            lines.push(format!("DTEND;VALUE=DATE:{}", compact(when.end())));
            lines.push(String::from("TRANSP:TRANSPARENT"));
        }
        None => lines.push(String::from("DTSTAMP:19700101T000000Z")),
    }
    lines.push(format!("SUMMARY:{}", text(&super::headline(entry))));
    lines.push(format!("DESCRIPTION:{}", text(&description(entry))));
    if let Some(url) = entry
        .sources
        .iter()
        .find_map(|source| names::web_address(&source.url))
    {
        lines.push(format!("URL:{url}"));
    }
    if !entry.context.is_empty() {
        let names: Vec<String> = entry
            .context
            .iter()
            .map(|name| text(&names::visible(name)))
            .collect();
        lines.push(format!("CATEGORIES:{}", names.join(",")));
    }
    lines.push(format!("END:{name}"));
}

/// iCalendar writes years with four digits and no sign.
fn has_calendar_year(date: PartialDate) -> bool {
    date.year >= 1
}

fn compact(date: jiff::civil::Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Date in words, sources, remarks and older versions, one a line.
fn description(entry: &Entry) -> String {
    let mut lines = vec![date::spell(entry.date.as_deref())];
    let sources = super::source_names(entry);
    if !sources.is_empty() {
        lines.push(format!("Sources: {}", sources.join(", ")));
    }
    lines.extend(super::remarks(entry));
    lines.extend(
        entry
            .versions
            .iter()
            .map(|version| format!("Earlier: {}", names::visible(version))),
    );
    lines.join("\n")
}

/// A value of type TEXT (RFC 5545 section 3.3.11), in which no control character may stand.
fn text(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes one content line, folded between characters a reader sees as one.
fn write_folded(line: &str, out: &mut impl Write) -> io::Result<()> {
    let mut used = 0;
    for piece in line.graphemes(true).flat_map(short_pieces) {
        if used + piece.len() > LINE {
            out.write_all(b"\r\n ")?;
            used = 1;
        }
        out.write_all(piece.as_bytes())?;
        used += piece.len();
    }
    out.write_all(b"\r\n")
}

/// The grapheme, or its characters when it is longer than a line could hold.
fn short_pieces(grapheme: &str) -> Vec<&str> {
    if grapheme.len() < LINE {
        return vec![grapheme];
    }
    grapheme
        .char_indices()
        .map(|(at, c)| &grapheme[at..at + c.len_utf8()])
        .collect()
}
