//! Names of storylines that are one name written differently.

use std::collections::BTreeSet;

use super::Naming;
use super::census::Census;
use super::edges::Edges;
use super::known::line;
use super::reason::Reason;
use crate::resolve::storylines;

/// Joins context names that nobody bears and that name one storyline.
pub(super) fn storyline_names(census: &Census, edges: &mut Edges) {
    let borne: BTreeSet<&str> = census
        .nodes
        .iter()
        .filter(|node| node.kind.is_some())
        .map(|node| node.key.as_str())
        .collect();
    let free = census.nodes.iter().enumerate().filter(|(index, node)| {
        let is_free = node.kind.is_none() && !borne.contains(node.key.as_str());
        is_free && line(census, *index).is_none()
    });
    let named = free.filter_map(|(index, _)| {
        let (name, _) = census.usage[index].names.first_key_value()?;
        Some((index, name.as_str()))
    });
    let named = named.filter(|(_, name)| storylines::naming_of(name) == Naming::Storyline);
    for (one, other) in storylines::same_names(named) {
        let of = census.usage[one].name().to_owned();
        edges.add(one, other, Reason::Storyline { of });
    }
}
