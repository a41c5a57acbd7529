//! Later reports that revise what earlier ones said of the same happening: a death toll that rises,
//! a magnitude measured again, an arrest that has become a charge.
//!
//! An update is a weak link with its evidence: the quantity, the old and the new value, and the words
//! that say so on either side. It hides nothing and supersedes nothing: both reports stand as they
//! are. Two reports are compared when they state the same quantity, the later one at most
//! [`WINDOW_DAYS`] after the earlier one, and either tell one event or share names and hazard.

mod quantity;
mod wording;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rayon::prelude::*;

pub use quantity::Quantity;
use quantity::{Stated, stated};
use wording::{Wording, may_continue, may_revise};

use super::{Reading, Resolution};
use crate::document::SectionKind;
use crate::extract::term_weight;
use crate::span::Span;

/// How long after a report another may revise it (of 102 labelled pairs the longest gap is 10 days).
const WINDOW_DAYS: i32 = 14;
/// Prose that is read for figures, in bytes; a guess.
const READ_BYTES: usize = 2000;
/// Terms by which earlier reports are looked up.
const LOOKUP_TERMS: usize = 12;
/// A term that more reports of one day have finds nothing: what bounds the work.
const MOST_SHARING: usize = 200;
/// A report revises at most so many earlier ones of a quantity, the nearest in time first; a guess.
const MOST_REVISED: usize = 12;

/// One revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// Index of the later reading.
    pub later: usize,
    /// Index of the earlier reading.
    pub earlier: usize,
    /// What changed.
    pub quantity: Quantity,
    /// Value the earlier one gives: digits, or the word of a status.
    pub old: String,
    /// Value the later one gives.
    pub new: String,
    /// Where the earlier one says so.
    pub old_words: Span,
    /// Where the later one says so.
    pub new_words: Span,
}

struct Report {
    reading: usize,
    date: Date,
    event: usize,
    stated: Vec<Stated>,
    wording: Wording,
    lookup: Vec<String>,
}

/// All updates between readings, sorted by the later and then the earlier one.
pub(super) fn find_updates(readings: &[Reading], resolution: &Resolution) -> Vec<Update> {
    let reports: Vec<Report> = (0..readings.len())
        .into_par_iter()
        .filter_map(|reading| report(readings, resolution, reading))
        .collect();
    let mut by_day: BTreeMap<Date, HashMap<&str, Vec<usize>>> = BTreeMap::new();
    let mut by_event: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, report) in reports.iter().enumerate() {
        let day = by_day.entry(report.date).or_default();
        for term in &report.lookup {
            day.entry(term).or_default().push(place);
        }
        by_event.entry(report.event).or_default().push(place);
    }
    let mut updates: Vec<Update> = reports
        .par_iter()
        .flat_map_iter(|later| {
            let earlier = candidates(later, &reports, &by_day, &by_event);
            revisions(later, earlier.into_iter().map(|place| &reports[place]))
        })
        .collect();
    updates.sort_by_key(|update| (update.later, update.earlier, update.quantity));
    updates
}

fn report(readings: &[Reading], resolution: &Resolution, index: usize) -> Option<Report> {
    let reading = &readings[index];
    let event = resolution.headline_event(readings, index)?;
    let date = reading.document.dct?;
    if reading.document.language != "en" {
        return None;
    }
    let parts = parts(reading);
    let mut stated_all: Vec<Stated> = Vec::new();
    for part in &parts {
        for mut found in stated(reading.document.words(*part)) {
            found.span = Span::new(found.span.start + part.start, found.span.end + part.start);
            if !stated_all
                .iter()
                .any(|known| known.quantity == found.quantity)
            {
                stated_all.push(found);
            }
        }
    }
    if stated_all.is_empty() {
        return None;
    }
    let words: Vec<&str> = parts
        .iter()
        .map(|part| reading.document.words(*part))
        .collect();
    let wording = Wording::of(reading, &words.join("\n"), &parts);
    let mut lookup: Vec<String> = wording.telling.iter().cloned().collect();
    lookup.sort_by(|a, b| term_weight(b).total_cmp(&term_weight(a)).then(a.cmp(b)));
    lookup.truncate(LOOKUP_TERMS);
    Some(Report {
        reading: index,
        date,
        event,
        stated: stated_all,
        wording,
        lookup,
    })
}

/// Title, summary and the first paragraphs.
fn parts(reading: &Reading) -> Vec<Span> {
    let mut left = READ_BYTES;
    let mut parts = Vec::new();
    for section in &reading.document.sections {
        let is_read = matches!(
            section.kind,
            SectionKind::Title | SectionKind::Summary | SectionKind::Paragraph
        );
        if is_read && left > 0 {
            let text = reading.document.words(section.span);
            let end = text.floor_char_boundary(left.min(text.len()));
            parts.push(Span::new(section.span.start, section.span.start + end));
            left -= end;
        }
    }
    parts
}

/// Earlier reports that share a telling term or the event, nearest in time first.
fn candidates(
    later: &Report,
    reports: &[Report],
    by_day: &BTreeMap<Date, HashMap<&str, Vec<usize>>>,
    by_event: &HashMap<usize, Vec<usize>>,
) -> Vec<usize> {
    let first = later
        .date
        .saturating_sub(jiff::Span::new().days(WINDOW_DAYS));
    let mut places: Vec<usize> = Vec::new();
    for (_, day) in by_day.range(first..later.date) {
        let lists = later
            .wording
            .telling
            .iter()
            .filter_map(|term| day.get(term.as_str()));
        let short = lists.filter(|list| list.len() <= MOST_SHARING);
        short.for_each(|list| places.extend(list));
    }
    let told = by_event.get(&later.event).into_iter().flatten();
    places.extend(told.filter(|&&place| (first..later.date).contains(&reports[place].date)));
    places.sort_unstable();
    places.dedup();
    places.sort_by_key(|&place| (std::cmp::Reverse(reports[place].date), place));
    places
}

fn revisions<'a>(later: &Report, earlier: impl Iterator<Item = &'a Report>) -> Vec<Update> {
    let mut updates: Vec<Update> = Vec::new();
    for report in earlier {
        let is_one = report.event == later.event;
        let fits = may_revise(&report.wording, &later.wording)
            || is_one && may_continue(&report.wording, &later.wording);
        if !fits {
            continue;
        }
        for new in &later.stated {
            let count = updates
                .iter()
                .filter(|u| u.quantity == new.quantity)
                .count();
            let old = report
                .stated
                .iter()
                .find(|old| old.quantity == new.quantity);
            if let Some(old) =
                old.filter(|old| count < MOST_REVISED && revises(new, old, later, is_one))
            {
                updates.push(Update {
                    later: later.reading,
                    earlier: report.reading,
                    quantity: new.quantity,
                    old: old.value.clone(),
                    new: new.value.clone(),
                    old_words: old.span,
                    new_words: new.span,
                });
            }
        }
    }
    updates
}

/// Whether a value takes the place of another: it differs, and has grown where it can only grow.
fn revises(new: &Stated, old: &Stated, later: &Report, is_one: bool) -> bool {
    let grows = new.amount > old.amount;
    let may_shrink = !new.quantity.accumulates() || later.wording.corrects;
    let needs_event = matches!(new.quantity, Quantity::Status | Quantity::Magnitude);
    (new.amount - old.amount).abs() > f64::EPSILON
        && (grows || may_shrink)
        && (is_one || !needs_event)
}
