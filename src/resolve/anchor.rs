//! The day on which an undated article was written, from the day of the event in its headline.
//!
//! An article without a date of its own takes the date of its event once other documents have given
//! it, if its own words agree. "On Monday" and "three days ago" in its body can then be counted.
//!
//! One way only: the headline's event dates the article, the article dates its body, and nothing goes
//! back. So there are no loops, and the order of the documents does not matter.

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Reading, Resolution};
use crate::extract::{EventOrigin, Extraction, Written, anchor, timexes_counted_from};

/// An article appears at most so many days after its event (a week's weekdays can be told apart; a guess).
const DELAY_DAYS: i32 = 7;

/// Reads the bodies of undated articles again in the light of the days their headlines' events have. Says
/// whether any of them tells more, or otherwise, than before; then everything has to be resolved again.
#[must_use]
pub fn anchor_undated(readings: &mut [Reading], resolution: &Resolution) -> bool {
    let known: &[Reading] = readings;
    let anchored: Vec<(usize, Extraction)> = (0..known.len())
        .into_par_iter()
        .filter_map(|index| {
            let reading = &known[index];
            let event = headline_day(known, resolution, index)?;
            let written = day_written(reading, event)?;
            let extraction = anchor(&reading.document, &reading.extraction, written);
            (extraction.events != reading.extraction.events).then_some((index, extraction))
        })
        .collect();
    let changed = !anchored.is_empty();
    for (index, extraction) in anchored {
        readings[index].extraction = extraction;
    }
    changed
}

/// The day of the event that an undated article's headline tells.
fn headline_day(readings: &[Reading], resolution: &Resolution, index: usize) -> Option<Date> {
    if readings[index].document.dct.is_some() {
        return None;
    }
    let event = resolution.headline_event(readings, index)?;
    resolution.events[event].value.as_deref()?.parse().ok()
}

/// The first day, from the event's on, from which the headline's own words ("yesterday", "on Monday")
/// count back to the event. Without such words (a full date counts from nowhere), or when none of the days fits, the article stays
/// undated: that its headline resembles an event is too little to count from.
fn day_written(reading: &Reading, event: Date) -> Option<Written> {
    let mut events = reading.extraction.events.iter();
    let headline = events.find(|mention| mention.origin == EventOrigin::Headline)?;
    let time = headline.time.as_ref()?;
    let is_relative = time.value.starts_with("XXXX-WXX") || time.value.starts_with("XXXX-XX-XX");
    let words = time.words.filter(|_| is_relative)?;
    let tells = |day: &Date| {
        let timexes = timexes_counted_from(&reading.document, *day);
        let timex = timexes.iter().find(|timex| timex.span == words);
        timex.is_some_and(|timex| timex.value.get(..10) == Some(event.to_string().as_str()))
    };
    let mut days = (0..=DELAY_DAYS).filter_map(|delay| event.checked_add(delay.days()).ok());
    Some(Written {
        day: days.find(tells)?,
        event,
    })
}
