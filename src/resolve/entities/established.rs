//! Names whose bearers are known from documents that are not at hand.

use std::collections::HashMap;

use super::census::Census;
use super::edges::Edges;
use super::reason::Reason;
use crate::id::EntityId;
use crate::resolve::{Established, EstablishedName};

/// By its node, the entity that each known name names. Joins the names of each.
pub(super) fn bearers(
    census: &Census,
    known: &dyn Established,
    edges: &mut Edges,
) -> HashMap<usize, EstablishedName> {
    let mut bearers = HashMap::new();
    if known.is_empty() {
        return bearers;
    }
    let mut first: HashMap<EntityId, usize> = HashMap::new();
    for (index, node) in census.nodes.iter().enumerate() {
        let name = node.name_ref(census.usage[index].name());
        if let Some(bearer) = known.name(&name) {
            let other = *first.entry(bearer.id.clone()).or_insert(index);
            edges.add(other, index, Reason::SameName);
            bearers.insert(index, bearer);
        }
    }
    bearers
}
