//! Since when and in which words an event could be read of, and which other days its reports name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::records::cited;
use crate::document::{Document, DocumentKind};
use crate::extract::{EventOrigin, Status};
use crate::rdf::Namespace;
use crate::record::{DateBasis, Told};
use crate::resolve::{Event, Reading, Resolution, Telling, source_of_telling, telling_parts};
use crate::span::inside;

/// Makes the tellings of events.
#[derive(Clone, Copy)]
pub(super) struct Tellings<'a> {
    pub(super) readings: &'a [Reading],
    pub(super) resolution: &'a Resolution,
    pub(super) namespace: &'a Namespace,
}

impl Tellings<'_> {
    /// The tellings of an event by day, each day's words once; those of related lists, which only
    /// repeat a title, are left out when anything else tells it.
    pub(super) fn of(self, event: &Event) -> Vec<Told> {
        let stored = self.stored_days(event);
        let is_listed = |telling: &&Telling| {
            matches!(
                telling.of(self.readings).origin,
                EventOrigin::Related(_) | EventOrigin::Item(_)
            )
        };
        let mut tellings: Vec<&Telling> = event.tellings.iter().collect();
        if !tellings.iter().all(is_listed) {
            tellings.retain(|telling| !is_listed(telling));
        }
        let mut told: Vec<Told> = Vec::new();
        for telling in tellings {
            let made = self.told(event, *telling, &stored);
            if !told.contains(&made) {
                told.push(made);
            }
        }
        told.sort_by(|a, b| {
            let key = |told: &Told| (told.since, told.title.clone(), told.document.clone());
            key(a).cmp(&key(b))
        });
        told
    }

    fn told(self, event: &Event, telling: Telling, stored: &BTreeMap<String, Date>) -> Told {
        let reading = &self.readings[telling.reading];
        let document = &reading.document;
        let mention = telling.of(self.readings);
        let reports = matches!(mention.origin, EventOrigin::Headline | EventOrigin::Body(_));
        let status = mention.standing.status;
        let open = (status != Status::Asserted).then_some(telling);
        let evidence = reports || telling == event.describer;
        let sources = cited(document, mention.origin).map(|source| source.url);
        let sources: BTreeSet<String> = sources.collect();
        Told {
            since: self.since(event, telling, stored),
            title: self.title(telling),
            describes: telling == event.describer,
            document: evidence.then(|| self.namespace.iri(reading.id.as_str()).into_string()),
            sources: sources.into_iter().collect(),
            time: mention.time.as_ref().map(|time| time.value.clone()),
            date_basis: mention
                .time
                .as_ref()
                .map(|time| match (time.words, document.kind) {
                    (Some(_), _) => DateBasis::Stated,
                    (None, DocumentKind::Article) => DateBasis::Report,
                    (None, DocumentKind::EventPage | DocumentKind::DayIndex) => DateBasis::Filed,
                }),
            status: open.map(|_| status.word().to_owned()),
            attributed_to: open
                .and_then(|telling| source_of_telling(self.readings, self.resolution, telling)),
        }
    }

    /// First day on which all tellings of an event could be read; `None` when one bears no date.
    pub(super) fn all_told_since(self, event: &Event) -> Option<Date> {
        let stored = self.stored_days(event);
        let tellings = event.tellings.iter();
        let days = tellings.map(|telling| self.since(event, *telling, &stored));
        days.collect::<Option<Vec<Date>>>()?.into_iter().max()
    }

    /// First day on which a telling could be read.
    fn since(
        self,
        event: &Event,
        telling: Telling,
        stored: &BTreeMap<String, Date>,
    ) -> Option<Date> {
        let document = telling.document(self.readings);
        let origin = telling.of(self.readings).origin;
        match (stored.get(&self.title(telling)), origin) {
            (Some(day), _) => Some(*day),
            (None, EventOrigin::Headline | EventOrigin::Version(_)) => last_change(document),
            // A list of related items is made long after the page: it tells of later events too.
            (None, EventOrigin::Related(_)) => document.dct.max(first_day(event)),
            _ => document.dct,
        }
    }

    /// The words of a telling on one line, as entries have them.
    fn title(self, telling: Telling) -> String {
        let document = telling.document(self.readings);
        let span = match telling.of(self.readings).origin {
            EventOrigin::Version(place) => document.versions[place].title,
            _ => telling.of(self.readings).words,
        };
        let words: Vec<&str> = document.words(span).split_whitespace().collect();
        words.join(" ")
    }

    /// The first day each listed version was stored on, by its title.
    fn stored_days(self, event: &Event) -> BTreeMap<String, Date> {
        let mut days: BTreeMap<String, Date> = BTreeMap::new();
        for telling in &event.tellings {
            let document = telling.document(self.readings);
            let EventOrigin::Version(place) = telling.of(self.readings).origin else {
                continue;
            };
            if let Some(stored) = document.versions[place].stored {
                let day = days.entry(self.title(*telling)).or_insert(stored.date());
                *day = (*day).min(stored.date());
            }
        }
        days
    }
}

fn first_day(event: &Event) -> Option<Date> {
    let interval = event.interval.as_ref();
    interval.map(|interval| interval.earliest.date())
}

/// The day from which a page read as it now does: its own date, or the last day on which a version
/// before it was stored.
fn last_change(document: &Document) -> Option<Date> {
    let stored = document
        .versions
        .iter()
        .filter_map(|version| version.stored);
    stored.map(|stored| stored.date()).chain(document.dct).max()
}

/// The full days that the tellings of an event name besides its own, once for each document.
pub(super) fn referred_days(event: &Event, readings: &[Reading]) -> Vec<String> {
    let own = event.date();
    let mut days: BTreeSet<(usize, &str)> = BTreeSet::new();
    for telling in &event.tellings {
        let reading = &readings[telling.reading];
        let parts = telling_parts(reading, *telling);
        let timexes = &reading.extraction.timexes;
        for (_, timex) in parts
            .into_iter()
            .flat_map(|part| inside(timexes, part, |timex| timex.span))
        {
            let is_day = timex.value.parse::<Date>().is_ok();
            if is_day && own.as_deref() != Some(&timex.value) {
                days.insert((telling.reading, &timex.value));
            }
        }
    }
    let mut days: Vec<String> = days.into_iter().map(|(_, day)| day.to_owned()).collect();
    days.sort();
    days
}
