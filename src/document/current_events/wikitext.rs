//! The page of a day in wikitext: `{{Current events|year=…|month=…|day=…|content= … }}`, and the older
//! `{{Current events header|2004|12|26}}` with its list below.
//!
//! Lines are categories (`;Disasters`, `'''Disasters'''`, `==Disasters==`) and bullets. A bullet with
//! deeper ones below that cites nothing is a heading for them; every other one is an event.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{Day, ends_sentence, inline, is_heading, page_address};
use crate::document::{DiagnosticCode, Document, ReadError};
use crate::time::MONTHS;

static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\{\{\s*current events(?: header)?\s*\|").expect("tested pattern")
});

static CATEGORY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:;+\s*(?P<a>.+?)|'{3,5}(?P<b>[^'].*?)'{3,5}|={2,6}\s*(?P<c>.+?)\s*={2,6})\s*$")
        .expect("tested pattern")
});

/// The parts of a file that are a day each.
pub(super) fn days(content: &str) -> Vec<&str> {
    let starts: Vec<usize> = TEMPLATE
        .find_iter(content)
        .map(|found| found.start())
        .collect();
    let Some(first) = starts.first() else {
        return vec![content];
    };
    let ends = starts.iter().skip(1).copied().chain([content.len()]);
    let days = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &content[*start..end]);
    // What stands before the first day belongs to it.
    let mut days: Vec<&str> = days.collect();
    days[0] = &content[..first + days[0].len()];
    days
}

/// Reads a day.
pub(super) fn read(content: &str, path: &str) -> Result<Document, ReadError> {
    let mut day = Day::default();
    let mut without_comments = remove_comments(content);
    if without_comments.1 {
        day.report(
            DiagnosticCode::CutLine,
            "comment is not closed",
            "<!--",
            None,
        );
    }
    let content = std::mem::take(&mut without_comments.0);
    let (date, body) = frame(&content);
    day.date = date.or_else(|| date_of_path(path));
    let lines: Vec<(usize, &str)> = body
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    for (place, (number, line)) in lines.iter().enumerate() {
        let next = lines.get(place + 1).map_or(0, |(_, next)| bullets(next).0);
        read_line(&mut day, line, *number, next);
    }
    let address = day.date.map(page_address);
    day.finish(address)
}

/// A text without its comments, and whether one is not closed: that one takes all that follows.
fn remove_comments(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        let Some(end) = rest[start..].find("-->") else {
            return (out, true);
        };
        rest = &rest[start + end + "-->".len()..];
    }
    out.push_str(rest);
    (out, false)
}

/// The date that the template gives, and the list inside or below it.
fn frame(content: &str) -> (Option<Date>, &str) {
    let Some(found) = TEMPLATE.find(content) else {
        return (None, content);
    };
    let after = &content[found.end()..];
    let head_end = content_start(after);
    let date = date_of_arguments(&after[..head_end]);
    let body = &after[head_end..];
    let body = body.trim_start_matches("}}");
    // The template's own end stands alone after the list.
    let body = body.trim_end();
    (date, body.strip_suffix("}}").unwrap_or(body))
}

/// Where the arguments end: behind `content=`, or before the closing of a header.
fn content_start(after: &str) -> usize {
    static CONTENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\|\s*content\s*=").expect("tested pattern"));
    let close = after.find("}}").unwrap_or(after.len());
    let content = CONTENT.find(after).map(|found| found.end());
    // A header closes before its list.
    content.filter(|start| *start < close).unwrap_or(close)
}

/// Year, month and day by name, else by place.
fn date_of_arguments(arguments: &str) -> Option<Date> {
    let mut named = [None; 3];
    let mut placed = Vec::new();
    for argument in arguments.split('|').take(16) {
        match argument.split_once('=') {
            Some((name, value)) => {
                let place = ["year", "month", "day"]
                    .iter()
                    .position(|known| name.trim().eq_ignore_ascii_case(known));
                if let Some(place) = place {
                    named[place] = number(value);
                }
            }
            None => placed.extend(number(argument)),
        }
    }
    let by_place = |place: usize| placed.get(place).copied();
    let part = |place: usize| named[place].or_else(|| by_place(place));
    civil(part(0)?, part(1)?, part(2)?)
}

fn number(written: &str) -> Option<i16> {
    let written = written.trim();
    let month = MONTHS
        .iter()
        .position(|month| month.eq_ignore_ascii_case(written));
    month
        .and_then(|index| i16::try_from(index + 1).ok())
        .or_else(|| written.parse().ok())
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// The date in a path like `Portal:Current_events/2018_January_9.wiki` or `2018-01-09.wiki`.
fn date_of_path(path: &str) -> Option<Date> {
    static PAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(\d{4})[_ -]+([A-Z][a-z]+|\d{1,2})[_ -]+(\d{1,2})(?:\.[a-z]+)?$")
            .expect("tested pattern")
    });
    let found = PAGE.captures(path)?;
    civil(number(&found[1])?, number(&found[2])?, number(&found[3])?)
}

/// How many bullets a line begins with, and what follows them.
fn bullets(line: &str) -> (usize, &str) {
    let words = line.trim_start_matches(['*', '#', ':']);
    (line.len() - words.len(), words.trim())
}

fn read_line(day: &mut Day, line: &str, number: usize, next: usize) {
    let (level, words) = bullets(line);
    if level == 0 {
        return read_plain(day, line, number);
    }
    let entry = inline::read(words);
    let leads = next > level && entry.sources.is_empty() && !ends_sentence(&entry.words);
    if leads || is_heading(&entry.words, &entry.sources) {
        day.heading(level, &entry.words);
    } else {
        day.close(level);
        day.entry(&entry);
    }
}

/// A line that is no bullet: a category, markup around the list, or an event of its own.
fn read_plain(day: &mut Day, line: &str, number: usize) {
    if let Some(found) = CATEGORY.captures(line) {
        let words = ["a", "b", "c"].iter().find_map(|name| found.name(name));
        let words = words.map_or("", |words| words.as_str());
        day.heading(0, inline::read(words).words.trim_end_matches(':'));
        return;
    }
    if line.chars().all(|c| "{}|".contains(c)) || line.starts_with("{{") || line.starts_with("__") {
        return;
    }
    let entry = inline::read(line);
    if entry.sources.is_empty() {
        let what = "line of a day page could not be read";
        day.report(DiagnosticCode::UnreadableLine, what, line, Some(number));
    } else {
        day.close(1);
        day.entry(&entry);
    }
}
