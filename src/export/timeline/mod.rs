//! A timeline in, one file format out.
//!
//! Entries keep the order of the timeline, except in pictures and calendars, which are always in
//! date order. Text for a terminal is left to `cli`.

mod csv;
mod grouped;
mod html;
mod ics;
mod markdown;
mod svg;
#[cfg(test)]
mod tests;
mod timelinejs;
mod vis;

use std::io::{BufWriter, Write};

use super::date::{self, PartialDate};
use super::{ExportError, TimelineFormat, names};
use crate::counted::counted;
use crate::timeline::{By, Entry, Timeline};

/// Writes a timeline.
///
/// # Errors
/// When `out` refuses the bytes, or a score is not a number.
pub fn write_timeline(
    timeline: &Timeline,
    format: TimelineFormat,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut out = BufWriter::new(out);
    match format {
        TimelineFormat::Markdown => markdown::write(timeline, &mut out)?,
        TimelineFormat::Html => html::write(timeline, &mut out)?,
        TimelineFormat::Svg => svg::write(timeline, &mut out)?,
        TimelineFormat::Json => grouped::write(timeline, &mut out)?,
        TimelineFormat::Csv => csv::write(timeline, &mut out)?,
        TimelineFormat::TimelineJs => write_json(&timelinejs::value(timeline), &mut out)?,
        TimelineFormat::Vis => write_json(&vis::items(timeline), &mut out)?,
        TimelineFormat::Ics => ics::write(timeline, &mut out)?,
    }
    Ok(out.flush()?)
}

/// Indented JSON with a line break at the end.
fn write_json(value: &impl serde::Serialize, out: &mut impl Write) -> Result<(), ExportError> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}

/// Where an entry is in time; `None` when its year is unknown.
fn when(entry: &Entry) -> Option<PartialDate> {
    entry.date.as_deref().and_then(PartialDate::parse)
}

/// Whether the entries are in date order with those of unknown year last, so that headings by year
/// make sense.
fn is_chronological(timeline: &Timeline) -> bool {
    let days = |entry: &Entry| {
        when(entry)
            .map(|date| (false, date.first_day()))
            .unwrap_or((true, jiff::civil::Date::ZERO))
    };
    timeline.entries.is_sorted_by_key(days)
}

/// The phrase, or `Timeline` when there is none.
fn title(timeline: &Timeline) -> String {
    let phrase = names::visible(&timeline.phrase);
    if phrase.is_empty() {
        String::from("Timeline")
    } else {
        phrase
    }
}

/// `12 events from 1 January 2015 to 31 December 2017`.
fn subtitle(timeline: &Timeline) -> String {
    let mut words = match timeline.chosen_of {
        Some(all) => format!("{} of {}", timeline.entries.len(), counted(all, "event")),
        None => counted(timeline.entries.len(), "event"),
    };
    for (preposition, day) in [("from", &timeline.from), ("to", &timeline.to)] {
        if let Some(day) = day {
            words.push_str(&format!(" {preposition} {}", date::spell(Some(day))));
        }
    }
    if let Some(day) = &timeline.known_at {
        words.push_str(&format!(", as known on {}", date::spell(Some(day))));
    }
    words
}

/// The heading an entry stands under: its year unless grouped otherwise; `None` without headings,
/// which make sense in date order only.
fn heading(timeline: &Timeline, entry: &Entry) -> Option<String> {
    if !is_chronological(timeline) {
        return None;
    }
    let by = timeline.by.unwrap_or(By::Year);
    let unknown = || String::from("Year unknown");
    if when(entry).is_none() {
        return Some(unknown());
    }
    let group = by.group(entry);
    Some(group.map_or_else(unknown, |group| date::spell(Some(group))))
}

/// What is to be said about an entry besides its title: how its date is known, what replaces it.
fn remarks(entry: &Entry) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(how) = &entry.inferred_date {
        remarks.push(format!("date inferred: {}", names::visible(how)));
    }
    if entry.is_dated_by_report() {
        remarks.push(String::from("date of the report, which states no other"));
    }
    if let Some(source) = entry.attribution() {
        remarks.push(names::visible(&source));
    }
    if entry.superseded_by.is_some() {
        remarks.push(String::from("superseded by a newer version"));
    }
    if let Some(why) = &entry.why {
        remarks.push(format!("why: {}", names::visible(&why.to_string())));
    }
    remarks
}

/// The title, with a word before it when it tells of no fact: `[planned] Parliament votes`.
fn headline(entry: &Entry) -> String {
    let title = names::visible(&entry.title);
    match entry.caveat() {
        Some(caveat) => format!("[{}] {title}", names::visible(&caveat)),
        None => title,
    }
}

/// The names of the sources, each once, in the order given; an address stands in for a missing
/// name.
fn source_names(entry: &Entry) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for source in &entry.sources {
        let name = source_name(source);
        if !name.is_empty() && !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

fn source_name(source: &crate::timeline::SourceRef) -> String {
    let name = names::visible(&source.name);
    if name.is_empty() {
        names::visible(&source.url)
    } else {
        name
    }
}

/// The entries in date order, those of unknown year last; equal dates keep their order.
fn chronological(timeline: &Timeline) -> Vec<(&Entry, Option<PartialDate>)> {
    let mut entries: Vec<_> = timeline
        .entries
        .iter()
        .map(|entry| (entry, when(entry)))
        .collect();
    entries.sort_by_key(|(_, date)| (date.is_none(), *date));
    entries
}
