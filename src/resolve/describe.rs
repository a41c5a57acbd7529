//! Who, where and in what context: fills in what the tellings of an event say of it.

use std::collections::BTreeSet;

use super::{Event, Reading, Resolution, Telling};
use crate::document::{DocumentKind, SectionKind};
use crate::extract::EventOrigin;
use crate::span::{Span, inside};

pub(super) fn describe_events(readings: &[Reading], resolution: &mut Resolution) {
    let entity_of: Vec<Vec<Option<usize>>> = readings
        .iter()
        .enumerate()
        .map(|(index, reading)| entity_of_mention(index, reading, resolution))
        .collect();
    let mut frames = vec![Frame::default(); resolution.events.len()];
    for (index, reading) in readings.iter().enumerate() {
        frame_by_lists(readings, resolution, index, &mut frames);
        for mention in 0..reading.extraction.events.len() {
            let event = resolution.event_of[index][mention];
            let telling = Telling {
                reading: index,
                mention,
            };
            let describes = resolution.events[event].describer == telling;
            if describes || telling.of(readings).origin == EventOrigin::Headline {
                let taking_part = participants(reading, telling, &entity_of[index]);
                let entities = resolution.entities.list();
                let (places, actors) = taking_part
                    .into_iter()
                    .partition::<Vec<_>, _>(|&entity| entities[entity].is_place());
                frames[event].places.extend(places);
                frames[event].actors.extend(actors);
            }
        }
    }
    for (event, frame) in resolution.events.iter_mut().zip(frames) {
        event.actors = frame.actors.into_iter().collect();
        event.places = frame.places.into_iter().collect();
        event.context = frame.context.into_iter().collect();
        event.topics = frame.topics.into_iter().collect();
    }
}

#[derive(Clone, Default)]
struct Frame {
    actors: BTreeSet<usize>,
    places: BTreeSet<usize>,
    context: BTreeSet<usize>,
    topics: BTreeSet<usize>,
}

/// The entity index of each mention of a reading; `index` is the reading's own.
pub(crate) fn entity_of_mention(
    index: usize,
    reading: &Reading,
    resolution: &Resolution,
) -> Vec<Option<usize>> {
    let mut entities = vec![None; reading.extraction.mentions.len()];
    for (place, local) in reading.extraction.entities.iter().enumerate() {
        let entity = resolution.entities.of_local(index, place);
        local
            .mentions
            .iter()
            .for_each(|&mention| entities[mention] = entity);
    }
    entities
}

/// Topics, shared context names of related pairs, context names of index items.
fn frame_by_lists(
    readings: &[Reading],
    resolution: &Resolution,
    index: usize,
    frames: &mut [Frame],
) {
    let document = &readings[index].document;
    let name = |span: Span| resolution.entities.of_framing(index, document.words(span));
    for relation in resolution.stated_related(readings, index) {
        frames[relation.from].context.extend(&relation.context);
        frames[relation.to].context.extend(&relation.context);
    }
    if let (Some(event), Some(topic)) = (
        resolution.headline_event(readings, index),
        document.section(SectionKind::Topic),
    ) {
        frames[event].topics.extend(name(topic));
    }
    for (place, item) in document.items.iter().enumerate() {
        if let Some(event) = resolution.event_of_origin(readings, index, EventOrigin::Item(place)) {
            frames[event]
                .topics
                .extend(item.topics.iter().filter_map(|span| name(*span)));
            frames[event]
                .context
                .extend(item.context.iter().filter_map(|span| name(*span)));
        }
    }
}

/// Who and what takes part in what a telling tells: the entities of the names in its words, in no order.
/// `entity_of` has the entity of each mention of the reading.
pub(crate) fn participants(
    reading: &Reading,
    telling: Telling,
    entity_of: &[Option<usize>],
) -> BTreeSet<usize> {
    let mentions = &reading.extraction.mentions;
    let parts = telling_parts(reading, telling).into_iter();
    parts
        .flat_map(|part| inside(mentions, part, |mention| mention.span))
        .filter(|(_, mention)| stands_alone(&reading.document.text, mention.span))
        .filter_map(|(place, _)| entity_of[place])
        .collect()
}

/// Whether a name is more than the first half of a compound: "UK-based" and "Saudi-led" say something
/// of another, who takes part.
pub(crate) fn stands_alone(text: &str, name: Span) -> bool {
    let mut rest = text[name.end..].chars();
    rest.next() != Some('-') || !rest.next().is_some_and(char::is_lowercase)
}

/// The words of the telling that describes an event.
pub(super) fn describing_words(readings: &[Reading], event: &Event) -> String {
    let reading = &readings[event.describer.reading];
    let parts = telling_parts(reading, event.describer);
    let words: Vec<&str> = parts
        .into_iter()
        .map(|part| reading.document.words(part))
        .collect();
    words.join(" ")
}

/// The words of a telling: a page's title and summary, an article's title and dated sentence or
/// first paragraph, otherwise the entry or sentence itself.
pub(crate) fn telling_parts(reading: &Reading, telling: Telling) -> Vec<Span> {
    let mention = &reading.extraction.events[telling.mention];
    let mut parts = vec![mention.words];
    if mention.origin == EventOrigin::Headline {
        let lede = match reading.document.kind {
            DocumentKind::Article => mention
                .dated_by
                .or_else(|| reading.document.section(SectionKind::Paragraph)),
            DocumentKind::EventPage | DocumentKind::DayIndex => {
                reading.document.section(SectionKind::Summary)
            }
        };
        parts.extend(lede);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_half_of_a_compound_takes_no_part() {
        for (text, name, expected) in [
            ("the UK-based observers", "UK", false),
            ("Saudi-led raids", "Saudi", false),
            ("trains from Basel-Stadt", "Basel", true),
            ("from Aleppo - by road", "Aleppo", true),
        ] {
            let start = text.find(name).unwrap();
            let span = Span::new(start, start + name.len());
            assert_eq!(stands_alone(text, span), expected, "{text}");
        }
    }
}
