//! Versions of one page, or of one source, tell one event.

use std::collections::{BTreeSet, HashMap};

use super::nodes::{Key, Node, key_of};
use crate::id::DocumentId;
use crate::resolve::Reading;
use crate::resolve::groups::Groups;

/// Joins the addresses of each chain of versions, and contents that replaced each other.
pub(super) fn join_versions(readings: &[Reading], nodes: &[Node], groups: &mut Groups) {
    let place: HashMap<&Key, usize> = nodes.iter().enumerate().map(|(i, n)| (&n.key, i)).collect();
    let headline: HashMap<&DocumentId, usize> = readings
        .iter()
        .filter(|reading| !reading.extraction.events.is_empty())
        .filter_map(|reading| Some((&reading.id, *place.get(&key_of(reading, 0))?)))
        .collect();
    for reading in readings {
        let chain = reading
            .document
            .versions
            .iter()
            .map(|version| Key::Address(version.address.clone()));
        let own = headline.get(&reading.id).copied();
        let replaced = reading
            .replaces
            .as_ref()
            .and_then(|id| headline.get(id).copied());
        let chain = chain.filter_map(|key| place.get(&key).copied());
        let all: Vec<usize> = own.into_iter().chain(replaced).chain(chain).collect();
        all.windows(2)
            .for_each(|pair| groups.join(pair[0], pair[1]));
    }
}

/// Addresses that some chain lists before its last entry.
pub(super) fn superseded_addresses(readings: &[Reading]) -> BTreeSet<String> {
    let chains = readings.iter().map(|reading| &reading.document.versions);
    let older = chains.flat_map(|chain| chain.iter().rev().skip(1));
    older.map(|version| version.address.clone()).collect()
}
