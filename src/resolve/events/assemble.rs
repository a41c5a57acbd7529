//! One event out of the nodes that were joined: its id, its words, its date.

use std::collections::BTreeSet;

use super::nodes::{Key, Node};
use super::{Event, Telling};
use crate::document::DocumentKind;
use crate::extract::EventOrigin;
use crate::id::EventId;
use crate::resolve::Reading;
use crate::time::Interval;

/// The event that some nodes tell together; `superseded` are the addresses of older versions.
pub(super) fn event<'a>(
    readings: &[Reading],
    members: impl Iterator<Item = &'a Node>,
    superseded: &BTreeSet<String>,
) -> Event {
    let members: Vec<&Node> = members.collect();
    let speaking = speaking(readings, &members);
    let mut tellings: Vec<(bool, u8, &Key, Telling)> = Vec::new();
    for node in &members {
        let old = matches!(&node.key, Key::Address(address) if superseded.contains(address));
        for telling in &node.tellings {
            // What a document said before it was replaced describes an event no more.
            let old = old || !readings[telling.reading].is_current;
            tellings.push((old, rank(readings, *telling), &node.key, *telling));
        }
    }
    tellings.sort();
    let describer = tellings[0].3;
    let first = members
        .iter()
        .min_by_key(|node| (node.date.is_none(), node.date, &node.key));
    let first = first.expect("a group has at least one member");
    let dated = speaking
        .iter()
        .filter(|n| matches!(n.key, Key::Address(_)))
        .filter_map(|n| n.date)
        .min();
    let told = tellings
        .iter()
        .find_map(|(.., telling)| telling.of(readings).time.as_ref());
    let full = speaking.iter().filter_map(|node| node.date).min();
    let value = dated
        .or(full)
        .map(|date| date.to_string())
        .or_else(|| told.map(|time| time.value.clone()));
    let title = document_title(readings, describer);
    let id_title = document_title(readings, first.tellings[0]);
    let id = match &first.key {
        Key::Address(address) => EventId::of_address(address, first.date, &id_title),
        Key::Told(document, mention) => {
            EventId::of_telling(document, first.date, &id_title, *mention)
        }
    };
    let mut all: Vec<Telling> = tellings.into_iter().map(|(.., telling)| telling).collect();
    all.sort_unstable();
    Event {
        id,
        title,
        describer,
        tellings: all,
        interval: value.as_deref().and_then(Interval::of_timex_value),
        value,
        actors: Vec::new(),
        places: Vec::new(),
        context: Vec::new(),
        topics: Vec::new(),
    }
}

/// The nodes that say when it was: those that no later content of their documents replaced, where there are any.
/// A correction of the day corrects it.
fn speaking<'a>(readings: &[Reading], members: &[&'a Node]) -> Vec<&'a Node> {
    let is_current = |node: &&&Node| {
        let mut tellings = node.tellings.iter();
        tellings.any(|telling| readings[telling.reading].is_current)
    };
    let current: Vec<&Node> = members.iter().filter(is_current).copied().collect();
    if current.is_empty() {
        members.to_vec()
    } else {
        current
    }
}

/// How well a telling describes its event, best first.
fn rank(readings: &[Reading], telling: Telling) -> u8 {
    let page = telling.document(readings).kind == DocumentKind::EventPage;
    match telling.of(readings).origin {
        EventOrigin::Headline if page => 0,
        EventOrigin::Version(_) => 1,
        EventOrigin::Related(_) => 2,
        EventOrigin::Item(_) => 3,
        EventOrigin::Headline => 4,
        EventOrigin::Body(_) => 5,
    }
}

fn document_title(readings: &[Reading], telling: Telling) -> String {
    telling
        .document(readings)
        .words(telling.of(readings).words)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
