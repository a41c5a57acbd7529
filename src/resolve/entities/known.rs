//! Names that belong together by what everybody knows, and context names beside the entities that
//! bear them.

use std::collections::{BTreeMap, HashMap};

use super::census::Census;
use super::edges::Edges;
use super::reason::Reason;
use super::sense;
use crate::extract::{EntityKind, name_key};
use crate::resolve::alias::{self, Known};

/// The line of the table of aliases that a node is on.
pub(super) fn line(census: &Census, node: usize) -> Option<&'static Known> {
    let known = &census.nodes[node];
    match &known.sense {
        None => alias::meant_by(known.kind, &known.key),
        Some(sense) => {
            let name = sense::name_of(census.usage[node].name(), sense)?;
            alias::meant_by(Some(EntityKind::Place), &name_key(name))
        }
    }
}

/// Joins the names of each line of the table of aliases.
pub(super) fn known(census: &Census, edges: &mut Edges) {
    let mut first: HashMap<(EntityKind, &str, Option<u64>), usize> = HashMap::new();
    for node in 0..census.nodes.len() {
        if let Some(known) = line(census, node) {
            let key = (known.kind, known.name, edges.split_by(node));
            let other = *first.entry(key).or_insert(node);
            let line = known.name.to_owned();
            edges.add(other, node, Reason::Table { line });
        }
    }
}

/// Joins each context name with the entity that bears it: of several kinds, the one most documents
/// name.
pub(super) fn framing(census: &Census, edges: &mut Edges) {
    let mut bearers: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for (index, node) in census
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, n)| n.kind.is_some())
    {
        let key = (node.key.as_str(), node.sense.as_deref());
        let best = bearers.entry(key).or_insert(index);
        if census.spread(index) > census.spread(*best) {
            *best = index;
        }
    }
    for (index, node) in census
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, n)| n.kind.is_none())
    {
        let key = (node.key.as_str(), node.sense.as_deref());
        if let Some(&bearer) = bearers.get(&key) {
            edges.add(bearer, index, Reason::Context);
        }
    }
}
