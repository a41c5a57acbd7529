//! Whether an event happened, as its tellings together have it.

use super::{Event, Reading, Resolution, Telling, entity_of_mention};
use crate::extract::{EventOrigin, Status};

/// The status of an event: asserted when any headline or sentence asserts it, else what the telling
/// that describes it best says. A line in a list repeats a title and is not asked.
#[must_use]
pub(crate) fn status_of_event(readings: &[Reading], event: &Event) -> Status {
    let asserts = |telling: &&Telling| {
        let mention = telling.of(readings);
        let tells = matches!(mention.origin, EventOrigin::Headline | EventOrigin::Body(_));
        tells && mention.standing.status == Status::Asserted
    };
    if event.tellings.iter().any(|telling| asserts(&telling)) {
        return Status::Asserted;
    }
    event.describer.of(readings).standing.status
}

/// The name of the one on whose word the describing telling has an event.
#[must_use]
pub(crate) fn source_of_event(
    readings: &[Reading],
    resolution: &Resolution,
    event: &Event,
) -> Option<String> {
    source_of_telling(readings, resolution, event.describer)
}

/// The name of the one on whose word a telling tells, in the words of the text when it is no entity.
#[must_use]
pub(crate) fn source_of_telling(
    readings: &[Reading],
    resolution: &Resolution,
    telling: Telling,
) -> Option<String> {
    let reading = &readings[telling.reading];
    let standing = telling.of(readings).standing;
    let quotation = reading.extraction.quotations[standing.quotation?];
    let entities = entity_of_mention(telling.reading, reading, resolution);
    let entity = quotation.mention.and_then(|mention| entities[mention]);
    if let Some(entity) = entity {
        return Some(resolution.entities.list()[entity].name.clone());
    }
    let named = quotation.is_named(&reading.document.text);
    named.then(|| reading.document.words(quotation.speaker).to_owned())
}
