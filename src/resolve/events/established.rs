//! Tellings whose events are known from documents that are not at hand.

use std::collections::HashMap;

use super::nodes::{Key, Node};
use crate::id::EventId;
use crate::resolve::Established;
use crate::resolve::groups::Groups;

/// The event of each node that is known to tell one. Joins the nodes of each.
pub(super) fn told(
    nodes: &[Node],
    known: &dyn Established,
    groups: &mut Groups,
) -> HashMap<usize, EventId> {
    let mut told = HashMap::new();
    if known.is_empty() {
        return told;
    }
    let mut first: HashMap<EventId, usize> = HashMap::new();
    for (index, node) in nodes.iter().enumerate() {
        if let Some(event) = known.event(&key(&node.key)) {
            let other = *first.entry(event.clone()).or_insert(index);
            groups.join(other, index);
            told.insert(index, event);
        }
    }
    told
}

/// A node's key as a short word.
pub(super) fn key(key: &Key) -> String {
    crate::hash::long(&match key {
        Key::Address(address) => format!("address {address}"),
        Key::Told(document, mention) => format!("told {document}#{mention}"),
    })
}
