//! Events across documents: which tellings are of one happening.
//!
//! Tellings are one event when they are of one address, of the versions of one chain, or, on the
//! same day, nearly the same words. Reports are then clustered by the evidence of their openings:
//! wording, names, days, figures, kind of happening. Different happenings of one story on one day
//! stay apart: pages are joined only when they say the same, and no report ties two pages together.

mod account;
mod assemble;
mod day;
mod established;
mod evidence;
#[cfg(test)]
mod fitting;
mod focus;
mod ground;
mod linkage;
mod nodes;
mod reports;
mod rewordings;
mod substance;
mod trigger;
mod versions;

use super::groups::Groups;
use super::{Established, Reading};
use crate::document::Document;
use crate::extract::EventMention;
use crate::id::EventId;
use crate::time::{Interval, Precision, partial_date};

/// One event mention of one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Telling {
    /// Index of the reading.
    pub reading: usize,
    /// Index among its event mentions.
    pub mention: usize,
}

impl Telling {
    /// The event mention itself.
    #[must_use]
    pub fn of<'a>(&self, readings: &'a [Reading]) -> &'a EventMention {
        &readings[self.reading].extraction.events[self.mention]
    }

    /// The document that tells it.
    #[must_use]
    pub fn document<'a>(&self, readings: &'a [Reading]) -> &'a Document {
        &readings[self.reading].document
    }
}

/// Something that happened, however many documents tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// One line saying what happened: the words of `describer`.
    pub title: String,
    /// The telling that describes it best.
    pub describer: Telling,
    /// All tellings, sorted.
    pub tellings: Vec<Telling>,
    /// TIMEX3 value of its day; components that nothing fixes are `X`.
    pub value: Option<String>,
    /// When it happened, where the value is complete enough for it.
    pub interval: Option<Interval>,
    /// People and organizations taking part, as entity indices, sorted.
    pub actors: Vec<usize>,
    /// Where it happened, likewise.
    pub places: Vec<usize>,
    /// What frames it: shared context names, likewise.
    pub context: Vec<usize>,
    /// The topic headings it stands under, likewise.
    pub topics: Vec<usize>,
}

impl Event {
    /// Its date in EDTF, where anything of it is known: `2017-12-11`, `XXXX-03-27`. A bare weekday or
    /// a day counted from an unknown date says nothing.
    #[must_use]
    pub fn date(&self) -> Option<String> {
        if let Some(interval) = &self.interval {
            return Some(interval.edtf());
        }
        partial_date(self.value.as_deref()?).map(str::to_owned)
    }

    /// The entities that take part in it, house it or frame it, as indices; some more than once.
    pub fn entities(&self) -> impl Iterator<Item = usize> + '_ {
        let roles = [&self.actors, &self.places, &self.context, &self.topics];
        roles.into_iter().flatten().copied()
    }

    /// The precision of that date; a date without a year is known to the day.
    #[must_use]
    pub fn precision(&self) -> Option<Precision> {
        let partial = || self.date().map(|_| Precision::Day);
        self.interval
            .as_ref()
            .map(|interval| interval.precision)
            .or_else(partial)
    }
}

/// What a telling is known by, whatever else is told: the address of the page or item, or the document
/// and its place there. Sixteen hexadecimal digits of a SHA-256.
#[must_use]
pub fn telling_key(readings: &[Reading], telling: Telling) -> String {
    established::key(&nodes::key_of(&readings[telling.reading], telling.mention))
}

/// Resolves the event mentions of all readings. The second part gives, for each reading, the event
/// of each of its event mentions.
pub(super) fn resolve_events(
    readings: &[Reading],
    known: &dyn Established,
) -> (Vec<Event>, Vec<Vec<usize>>) {
    let nodes = nodes::nodes(readings);
    let mut groups = Groups::new(nodes.len());
    let told = established::told(&nodes, known, &mut groups);
    versions::join_versions(readings, &nodes, &mut groups);
    rewordings::join_rewordings(readings, &nodes, &mut groups);
    reports::join_reports(readings, &nodes, &mut groups);
    let superseded = versions::superseded_addresses(readings);
    let members = groups.members();
    let mut events: Vec<Event> = members
        .iter()
        .map(|members| {
            let mut event = assemble::event(
                readings,
                members.iter().map(|&member| &nodes[member]),
                &superseded,
            );
            // Of several events that turn out to be one, the first in the order of ids goes on.
            let ids = members.iter().filter_map(|member| told.get(member));
            event.id = ids.min().cloned().unwrap_or(event.id);
            event
        })
        .collect();
    events.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.tellings.cmp(&b.tellings)));
    let mut event_of: Vec<Vec<usize>> = readings
        .iter()
        .map(|reading| vec![0; reading.extraction.events.len()])
        .collect();
    for (index, event) in events.iter().enumerate() {
        for telling in &event.tellings {
            event_of[telling.reading][telling.mention] = index;
        }
    }
    (events, event_of)
}
