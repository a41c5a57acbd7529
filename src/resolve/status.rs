//! Whether an event happened, as its tellings together have it.

use super::{Event, Reading, Resolution, Telling, entity_of_mention};
use crate::extract::Status;

/// The status of an event: asserted when any telling asserts it, else what the telling that describes it
/// best says.
#[must_use]
pub(crate) fn status_of_event(readings: &[Reading], event: &Event) -> Status {
    let status = |telling: &Telling| telling.of(readings).standing.status;
    if event
        .tellings
        .iter()
        .any(|telling| status(telling) == Status::Asserted)
    {
        return Status::Asserted;
    }
    status(&event.describer)
}

/// The name of the one on whose word the describing telling has an event, in the words of the text when it
/// is no entity.
#[must_use]
pub(crate) fn source_of_event(
    readings: &[Reading],
    resolution: &Resolution,
    event: &Event,
) -> Option<String> {
    let reading = &readings[event.describer.reading];
    let standing = event.describer.of(readings).standing;
    let quotation = reading.extraction.quotations[standing.quotation?];
    let entities = entity_of_mention(reading, resolution);
    let entity = quotation.mention.and_then(|mention| entities[mention]);
    if let Some(entity) = entity {
        return Some(resolution.entities.list()[entity].name.clone());
    }
    let named = quotation.is_named(&reading.document.text);
    named.then(|| reading.document.words(quotation.speaker).to_owned())
}
