//! Index records of events, documents and names.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::tellings::{Tellings, referred_days};
use crate::character::replaced;
use crate::document::{Document, SourceRole};
use crate::extract::{EventOrigin, Status, gazetteer, name_key, terms};
use crate::rdf::{Namespace, kind_name};
use crate::record::{
    DateBasis, DocumentRecord, DocumentRef, EventRecord, FoundStoryline, NameRecord, SourceRef,
    SurfaceRecord, day_number, stray_key,
};
use crate::resolve::{
    Entity, Event, Naming, Reading, Resolution, Surface, source_of_event, status_of_event,
    telling_key, telling_parts,
};
use crate::store::{IndexRecord, RecordKind};

/// Records made in parallel at a time.
const BATCH: usize = 4096;

/// All records, events first.
pub(super) fn records(maker: Maker<'_>) -> impl Iterator<Item = IndexRecord> + '_ {
    let readings = maker.readings;
    let events = in_batches(maker.resolution.events.len(), move |index| {
        maker.event(index)
    });
    let documents = in_batches(readings.len(), move |index| {
        maker.document(&readings[index])
    });
    events.chain(documents).chain(maker.names())
}

fn in_batches<'a>(
    count: usize,
    make: impl Fn(usize) -> IndexRecord + Sync + 'a,
) -> impl Iterator<Item = IndexRecord> + 'a {
    (0..count).step_by(BATCH).flat_map(move |start| {
        let end = (start + BATCH).min(count);
        (start..end).into_par_iter().map(&make).collect::<Vec<_>>()
    })
}

/// Storylines less sure than this are left to the graph: a storyline twice removed on names alone
/// still counts, a third time no more (a guess).
const LEAST_SURE: f64 = 0.75;

/// Makes records.
#[derive(Clone, Copy)]
pub(super) struct Maker<'a> {
    pub(super) readings: &'a [Reading],
    pub(super) resolution: &'a Resolution,
    pub(super) namespace: &'a Namespace,
}

/// The key by which an event is found that a telling tells.
pub(super) fn told_key(telling: &str) -> String {
    hashed_key("told", telling)
}

/// The key by which documents are found that list an address.
pub(super) fn lists_key(address: &str) -> String {
    hashed_key("lists", address)
}

/// A key that is only asked for, never shown: the index keeps sixteen hexadecimal digits for less than an address.
fn hashed_key(kind: &str, of: &str) -> String {
    format!("{kind}:{}", crate::hash::long(of))
}

/// The addresses of a document's versions, related items and entries.
pub(super) fn listed(document: &Document) -> impl Iterator<Item = &str> {
    let versions = document.versions.iter().map(|version| &version.address);
    let related = document.related.iter().map(|related| &related.address);
    let items = document.items.iter().map(|item| &item.address);
    versions.chain(related).chain(items).map(String::as_str)
}

impl<'a> Maker<'a> {
    /// The record of an event.
    pub(super) fn event(self, index: usize) -> IndexRecord {
        let event = &self.resolution.events[index];
        let stated = event.context.iter().chain(&event.topics).copied();
        let (strayed_from, framing): (BTreeSet<usize>, BTreeSet<usize>) =
            stated.partition(|&entity| self.resolution.storylines.is_stray(index, entity));
        let record = EventRecord {
            storylines: self.found_storylines(index),
            unlike: strayed_from
                .iter()
                .map(|&e| self.entity(e).name.clone())
                .collect(),
            ..self.event_record(event)
        };
        let taking_part: BTreeSet<usize> =
            event.actors.iter().chain(&event.places).copied().collect();
        let mut keys: Vec<String> = framing
            .union(&taking_part)
            .chain(&strayed_from)
            .map(|&e| self.iri(self.entity(e)))
            .collect();
        keys.extend(
            strayed_from
                .iter()
                .map(|&e| stray_key(&self.iri(self.entity(e)))),
        );
        keys.extend(record.documents.iter().map(|document| document.iri.clone()));
        keys.extend(record.storylines.iter().map(|found| found.iri.clone()));
        let told = event.tellings.iter();
        let told: BTreeSet<String> = told
            .map(|telling| told_key(&telling_key(self.readings, *telling)))
            .collect();
        keys.extend(told);
        let names = |entities: &BTreeSet<usize>| {
            let names: Vec<&str> = entities
                .iter()
                .map(|&e| self.entity(e).name.as_str())
                .collect();
            names.join(" ")
        };
        let words: Vec<&str> = self.told_words(event).into_iter().collect();
        IndexRecord {
            kind: RecordKind::Event,
            iri: record.event.clone(),
            keys,
            title: joined_terms(&event.title),
            context: joined_terms(&names(&framing)),
            body: joined_terms(&format!("{} {}", words.join(" "), names(&taking_part))),
            words: self.words(event, &framing, &words),
            days: days(event, self.readings),
            stored: json(&record),
        }
    }

    /// The words told, then, where they do not say it: the preferred names of who takes part and of
    /// what frames it, and the countries of its places. So "Idlib" is found under "Syria".
    fn words(self, event: &Event, framing: &BTreeSet<usize>, told: &[&str]) -> String {
        let mut words = terms(&told.join(" "));
        let mut known: BTreeSet<String> = words.iter().cloned().collect();
        let framing = |entity: &&usize| framing.contains(entity);
        let framing = event.context.iter().chain(&event.topics).filter(framing);
        for &index in event.actors.iter().chain(&event.places).chain(framing) {
            let entity = self.entity(index);
            let country = entity
                .is_place()
                .then(|| gazetteer::country_of_place(&entity.name));
            let country = country.flatten().unwrap_or_default();
            for term in terms(&entity.name).into_iter().chain(terms(country)) {
                if known.insert(term.clone()) {
                    words.push(term);
                }
            }
        }
        words.join(" ")
    }

    /// What the index keeps of an event, all but the storylines it was found to belong to.
    fn event_record(self, event: &Event) -> EventRecord {
        let (documents, sources) = self.reports(event);
        let names = event
            .topics
            .iter()
            .chain(&event.context)
            .map(|&e| self.entity(e).name.clone());
        let context: BTreeSet<String> = names.collect();
        let date = event.date();
        let precision = event.precision();
        let precision = precision.map_or_else(|| "unknown".to_owned(), |known| known.to_string());
        let status = status_of_event(self.readings, event);
        let source = source_of_event(self.readings, self.resolution, event);
        let inferred_date = inference(event, date.as_deref(), self.readings);
        let told = self.tellings().of(event);
        EventRecord {
            date_basis: match inferred_date {
                Some(_) => date.as_ref().map(|_| DateBasis::Inferred),
                None => DateBasis::of(&told, date.as_deref()),
            },
            inferred_date,
            date,
            precision,
            title: event.title.clone(),
            event: self.namespace.iri(event.id.as_str()).into_string(),
            documents,
            sources,
            context: context.into_iter().collect(),
            versions: self.older_titles(event),
            status: (status != Status::Asserted).then(|| status.word().to_owned()),
            attributed_to: source.filter(|_| status != Status::Asserted),
            storylines: Vec::new(),
            unlike: Vec::new(),
            told,
            all_told_since: self.tellings().all_told_since(event),
            refers: referred_days(event, self.readings),
        }
    }

    /// Storylines that an event was found to belong to: those above the ones that documents name, or
    /// the one it resembles and those above that; the surest first.
    fn found_storylines(self, event: usize) -> Vec<FoundStoryline> {
        let storylines = &self.resolution.storylines;
        let framing = &self.resolution.events[event];
        let framing = framing.topics.iter().chain(&framing.context);
        let stated: BTreeSet<usize> = framing.filter_map(|&e| storylines.of_entity(e)).collect();
        let mut found: BTreeMap<usize, f64> = BTreeMap::new();
        let mut note = |storyline: usize, score: f64| {
            let known = found.entry(storyline).or_insert(score);
            *known = known.max(score);
        };
        let fits = |storyline: &&usize| {
            let entity = storylines.list()[**storyline].entity;
            !storylines.is_stray(event, entity)
        };
        for &storyline in stated.iter().filter(fits) {
            let above = storylines.ancestors(storyline);
            above
                .into_iter()
                .for_each(|(parent, score)| note(parent, score));
        }
        if let Some(membership) = storylines.membership_of(event) {
            note(membership.storyline, membership.score);
            for (parent, score) in storylines.ancestors(membership.storyline) {
                note(parent, score * membership.score);
            }
        }
        found.retain(|storyline, score| !stated.contains(storyline) && *score >= LEAST_SURE);
        let mut found: Vec<FoundStoryline> = found
            .into_iter()
            .map(|(storyline, score)| {
                let entity = self.entity(storylines.list()[storyline].entity);
                FoundStoryline {
                    iri: self.iri(entity),
                    name: entity.name.clone(),
                    score: (score * 100.0).round() / 100.0,
                }
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.iri.cmp(&b.iri)));
        found
    }

    /// The documents that report an event (of an event that is only listed, the document whose list
    /// describes it; contents that were replaced left out), and the sources that its reports and list items cite.
    fn reports(self, event: &Event) -> (Vec<DocumentRef>, Vec<SourceRef>) {
        let told = event.tellings.iter().filter(|telling| {
            matches!(
                telling.of(self.readings).origin,
                EventOrigin::Headline | EventOrigin::Body(_)
            )
        });
        let mut readings: BTreeSet<usize> = told.map(|telling| telling.reading).collect();
        // What was replaced reports nothing any more, unless nothing else does.
        if readings
            .iter()
            .any(|&reading| self.readings[reading].is_current)
        {
            readings.retain(|&reading| self.readings[reading].is_current);
        }
        let tellings = event.tellings.iter();
        let sources: BTreeSet<SourceRef> = tellings
            .flat_map(|telling| {
                let origin = telling.of(self.readings).origin;
                cited(telling.document(self.readings), origin)
            })
            .collect();
        if readings.is_empty() {
            readings.insert(event.describer.reading);
        }
        let documents: BTreeSet<DocumentRef> = readings
            .into_iter()
            .map(|reading| self.document_ref(&self.readings[reading]))
            .collect();
        (
            documents.into_iter().collect(),
            sources.into_iter().collect(),
        )
    }

    /// Titles of the listed versions other than the event's own, oldest first: by the time they were
    /// stored, then by their place in the list.
    fn older_titles(self, event: &Event) -> Vec<String> {
        let mut listed: Vec<(bool, Option<jiff::civil::DateTime>, usize, String)> = Vec::new();
        for telling in &event.tellings {
            let document = telling.document(self.readings);
            if let EventOrigin::Version(place) = telling.of(self.readings).origin {
                let version = &document.versions[place];
                let words = document.words(version.title).split_whitespace();
                let title = words.collect::<Vec<_>>().join(" ");
                listed.push((version.stored.is_none(), version.stored, place, title));
            }
        }
        listed.sort();
        let mut titles: Vec<String> = Vec::new();
        for (.., title) in listed {
            if title != event.title && !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles
    }

    const fn tellings(self) -> Tellings<'a> {
        Tellings {
            readings: self.readings,
            resolution: self.resolution,
            namespace: self.namespace,
        }
    }

    fn told_words(self, event: &Event) -> BTreeSet<&'a str> {
        let mut words = BTreeSet::new();
        for telling in &event.tellings {
            let origin = telling.of(self.readings).origin;
            if matches!(origin, EventOrigin::Headline | EventOrigin::Body(_))
                || *telling == event.describer
            {
                let reading = &self.readings[telling.reading];
                let parts = telling_parts(reading, *telling);
                words.extend(parts.into_iter().map(|part| reading.document.words(part)));
            }
        }
        words
    }

    /// The record of a document.
    pub(super) fn document(self, reading: &Reading) -> IndexRecord {
        let record = self.document_record(reading);
        let mut keys = vec![reading.sha256.clone()];
        // A path or an address means what it holds now; what was replaced is reached by its IRI.
        if reading.is_current {
            keys.extend([record.id.clone(), record.path.clone()]);
        }
        keys.extend(listed(&reading.document).map(lists_key));
        keys.sort();
        keys.dedup();
        let day = reading.document.dct.map(day_number);
        IndexRecord {
            kind: RecordKind::Document,
            iri: record.iri.clone(),
            keys,
            title: joined_terms(record.title.as_deref().unwrap_or_default()),
            context: String::new(),
            words: String::new(),
            body: joined_terms(&record.text),
            days: day.map(|day| (day, day)),
            stored: json(&record),
        }
    }

    fn document_ref(self, reading: &Reading) -> DocumentRef {
        let document = &reading.document;
        let id = document.id.clone().or_else(|| document.address.clone());
        DocumentRef {
            iri: self.namespace.iri(reading.id.as_str()).into_string(),
            id: id.unwrap_or_else(|| replaced(&reading.path)),
            path: replaced(&reading.path),
        }
    }

    fn document_record(self, reading: &Reading) -> DocumentRecord {
        let document = &reading.document;
        let DocumentRef { iri, id, path } = self.document_ref(reading);
        DocumentRecord {
            iri,
            id,
            path,
            kind: kind_name(document.kind).to_owned(),
            title: Some(document.headline().to_owned()),
            date: document.dct.map(|date| date.to_string()),
            text: document.text.clone(),
        }
    }

    fn names(self) -> impl Iterator<Item = IndexRecord> + 'a {
        let mut events = vec![0_usize; self.resolution.entities.list().len()];
        for event in &self.resolution.events {
            let roles = [&event.actors, &event.places, &event.context, &event.topics];
            let entities: BTreeSet<usize> = roles.into_iter().flatten().copied().collect();
            entities.into_iter().for_each(|entity| events[entity] += 1);
        }
        self.resolution
            .entities
            .list()
            .iter()
            .zip(events)
            .map(move |(entity, events)| self.name(entity, events))
    }

    /// The record of a name; `events` is the number of its events.
    pub(super) fn name(self, entity: &Entity, events: usize) -> IndexRecord {
        let short = self.short_key(entity);
        name_record(&self.named(entity, events), short)
    }

    /// What the index keeps of an entity with so many events.
    pub(super) fn named(self, entity: &Entity, events: usize) -> NameRecord {
        NameRecord {
            iri: self.iri(entity),
            kind: naming_word(entity.naming).to_owned(),
            name: entity.name.clone(),
            aliases: entity.aliases.clone(),
            events,
            documents: entity.documents,
            surfaces: entity.surfaces.iter().map(surface_record).collect(),
            root: entity.root.clone(),
            merges: entity.merges.iter().map(|m| (m.number, m.parts)).collect(),
        }
    }

    /// "Sinai insurgency (2011–present)" is looked up as "Sinai insurgency" too, where nothing else
    /// bears that name.
    pub(super) fn short_key(self, entity: &Entity) -> Option<String> {
        let (short, _) = entity.name.split_once(" (")?;
        let is_free = self.resolution.entities.of_name(short).is_none();
        (entity.naming == Naming::Storyline && is_free).then(|| name_key(short))
    }

    /// An entity by its index.
    fn entity(self, index: usize) -> &'a Entity {
        &self.resolution.entities.list()[index]
    }

    fn iri(self, entity: &Entity) -> String {
        self.namespace.iri(entity.id.as_str()).into_string()
    }
}

/// The record of a name out of what the index keeps of it, with one more key.
pub(super) fn name_record(record: &NameRecord, more: Option<String>) -> IndexRecord {
    let all = std::iter::once(&record.name).chain(&record.aliases);
    let mut keys: BTreeSet<String> = all.clone().map(|name| name_key(name)).collect();
    keys.extend(more);
    let terms: BTreeSet<String> = all.flat_map(|name| terms(name)).collect();
    IndexRecord {
        kind: RecordKind::Name,
        iri: record.iri.clone(),
        keys: keys.into_iter().collect(),
        title: joined_terms(&record.name),
        context: String::new(),
        words: String::new(),
        body: terms.into_iter().collect::<Vec<_>>().join(" "),
        days: None,
        stored: json(record),
    }
}

fn surface_record(surface: &Surface) -> SurfaceRecord {
    SurfaceRecord {
        name: surface.name.clone(),
        documents: surface.documents,
        rule: surface.reason.rule().to_owned(),
        reason: surface.reason.to_string(),
        node: surface.node.clone(),
        other_kinds: surface.other_kinds.clone(),
        part: surface.part,
        split: surface.split,
    }
}

/// The word for a kind of entity.
pub(crate) const fn naming_word(naming: Naming) -> &'static str {
    match naming {
        Naming::Entity(kind) => kind.word(),
        Naming::Storyline => "storyline",
        Naming::Concept => "concept",
    }
}

/// The sources that a document cites for what it tells at a place: of an item of a list its own, of
/// a report all; a title in a list of versions or related items cites nothing.
pub(super) fn cited(
    document: &Document,
    origin: EventOrigin,
) -> impl Iterator<Item = SourceRef> + '_ {
    let sources = match origin {
        EventOrigin::Headline | EventOrigin::Body(_) => &document.sources[..],
        EventOrigin::Item(place) => &document.items[place].sources[..],
        EventOrigin::Version(_) | EventOrigin::Related(_) => &[],
    };
    let cited = sources
        .iter()
        .filter(|source| source.role == SourceRole::Cited);
    cited.map(|source| SourceRef {
        name: source
            .name
            .map(|name| document.words(name).to_owned())
            .unwrap_or_default(),
        url: source.url.clone(),
    })
}

/// How an incomplete date was come by, in words.
fn inference(event: &Event, date: Option<&str>, readings: &[Reading]) -> Option<String> {
    let time = event.describer.of(readings).time.as_ref();
    if let Some(from) = time.and_then(|time| time.counted_from) {
        return Some(format!(
            "counted from {from}, when the document must have been written, going by other reports of its headline's event"
        ));
    }
    let date = date.filter(|date| date.contains('X'))?;
    let bound = latest_day_told(event, readings);
    let bound = bound.map(|bound| {
        format!(
            "; not before {}, since the document tells of {bound}",
            bound.year()
        )
    });
    Some(format!(
        "{date}: the year is not stated{}",
        bound.unwrap_or_default()
    ))
}

/// The latest full day of which the describing document tells that something happened: it was written
/// after that. What it tells as a plan, a possibility or not so says nothing of when it was written.
fn latest_day_told(event: &Event, readings: &[Reading]) -> Option<Date> {
    let told = readings[event.describer.reading].extraction.events.iter();
    told.filter(|told| told.standing.status <= Status::Reported)
        .filter_map(|told| told.time.as_ref()?.value.parse().ok())
        .max()
}

/// First and last day an event can have happened on; open ends where nothing is known.
fn days(event: &Event, readings: &[Reading]) -> Option<(i64, i64)> {
    if let Some(interval) = &event.interval {
        return Some((
            day_number(interval.earliest.date()),
            day_number(interval.latest.date()),
        ));
    }
    let bound = latest_day_told(event, readings);
    let first = bound.map_or(i64::MIN, |date| day_number(date.first_of_year()));
    Some((first, i64::MAX))
}

fn joined_terms(text: &str) -> String {
    terms(text).join(" ")
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data is JSON")
}
