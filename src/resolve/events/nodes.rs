//! What is compared before anything is joined: the tellings of one address together, every other
//! telling alone.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Telling;
use crate::document::{Document, DocumentKind};
use crate::extract::EventOrigin;
use crate::id::DocumentId;
use crate::resolve::Reading;

/// What a telling is known by before tellings are joined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    Address(String),
    Told(DocumentId, usize),
}

/// Tellings that are of one event by themselves.
pub(super) struct Node {
    pub(super) key: Key,
    pub(super) tellings: Vec<Telling>,
    /// The day of the event, where it is complete.
    pub(super) date: Option<Date>,
}

impl Node {
    /// Whether it is an item of an archive, rather than an article or a sentence.
    pub(super) fn is_item(&self) -> bool {
        matches!(self.key, Key::Address(_))
    }
}

/// The nodes of all readings, sorted by key.
pub(super) fn nodes(readings: &[Reading]) -> Vec<Node> {
    let mut tellings: BTreeMap<Key, Vec<Telling>> = BTreeMap::new();
    for (reading, read) in readings.iter().enumerate() {
        for mention in 0..read.extraction.events.len() {
            let telling = Telling { reading, mention };
            tellings
                .entry(key_of(read, mention))
                .or_default()
                .push(telling);
        }
    }
    let node = |(key, tellings): (Key, Vec<Telling>)| {
        let date = match &key {
            Key::Address(address) => Document::date_of_address(address),
            Key::Told(..) => None,
        };
        let told = || {
            tellings[0]
                .of(readings)
                .time
                .as_ref()
                .and_then(|time| time.value.parse().ok())
        };
        let date = date.or_else(told);
        Node {
            key,
            tellings,
            date,
        }
    };
    tellings.into_iter().map(node).collect()
}

/// The key of one event mention.
pub(super) fn key_of(reading: &Reading, mention: usize) -> Key {
    let document = &reading.document;
    let address = match reading.extraction.events[mention].origin {
        EventOrigin::Version(place) => Some(document.versions[place].address.clone()),
        EventOrigin::Related(place) => Some(document.related[place].address.clone()),
        EventOrigin::Item(place) => Some(document.items[place].address.clone()),
        EventOrigin::Headline if document.kind == DocumentKind::EventPage => {
            document.address.clone()
        }
        EventOrigin::Headline | EventOrigin::Body(_) => None,
    };
    address.map_or_else(|| Key::Told(reading.id.clone(), mention), Key::Address)
}
