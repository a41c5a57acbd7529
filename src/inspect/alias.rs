//! Names of entities, why they are theirs, and which decision would change that.

use crate::decision::Choice;
use crate::record::{NameRecord, SurfaceRecord};
use crate::store::{Index, RecordKind, StoreError};

use crate::extract::name_key;

/// All entities that have more than one name, by kind and name.
///
/// # Errors
/// When the index cannot be read.
pub fn named(index: &Index) -> Result<Vec<NameRecord>, StoreError> {
    let mut found: Vec<NameRecord> = Vec::new();
    for hit in index.all(RecordKind::Name)? {
        let record: NameRecord = serde_json::from_str(&hit.stored)?;
        if record.surfaces.len() > 1 {
            found.push(record);
        }
    }
    found.sort_by(|a, b| (&a.kind, &a.name, &a.iri).cmp(&(&b.kind, &b.name, &b.iri)));
    Ok(found)
}

/// The names of one entity; `None` for what is no entity.
///
/// # Errors
/// When the index cannot be read.
pub fn names_of(index: &Index, iri: &str) -> Result<Option<NameRecord>, StoreError> {
    let hit = index.record(iri)?;
    Ok(hit.and_then(|hit| serde_json::from_str(&hit.stored).ok()))
}

/// What to decide so that two entities become one: to take back a split that parted them, or a merge.
/// Nothing when they are one already.
#[must_use]
pub fn merging(first: &NameRecord, second: &NameRecord) -> Vec<Choice> {
    if first.iri == second.iri {
        return Vec::new();
    }
    let splits = parted(first).chain(parted(second));
    let splits: std::collections::BTreeSet<u64> = splits.collect();
    if splits.is_empty() {
        let (first, second) = (first.root.clone(), second.root.clone());
        return vec![Choice::Merge { first, second }];
    }
    let retract = |number| Choice::Retract { number };
    splits.into_iter().map(retract).collect()
}

/// The splits by which an entity's names stand apart from another's.
fn parted(record: &NameRecord) -> impl Iterator<Item = u64> + '_ {
    record.surfaces.iter().filter_map(|surface| surface.split)
}

/// Why a name cannot be taken out of an entity.
#[derive(Debug, thiserror::Error)]
pub enum SplitError {
    /// The entity has no such name.
    #[error("{entity:?} is not called {name:?}")]
    Unknown {
        /// The entity's name.
        entity: String,
        /// The name.
        name: String,
    },
    /// The entity has no other name.
    #[error("{0:?} has no other name to be taken apart from")]
    Alone(String),
}

/// What to decide so that a name is taken out of an entity, as whatever kinds of thing it is named there:
/// to take back the merges by which it came in, or a split.
///
/// # Errors
/// When the entity is not called so, or has no other name.
pub fn splitting(record: &NameRecord, name: &str) -> Result<Vec<Choice>, SplitError> {
    let key = name_key(name);
    let same = |surface: &&SurfaceRecord| surface.node.key == key;
    let taken: Vec<&SurfaceRecord> = record.surfaces.iter().filter(same).collect();
    let Some(first) = taken.first() else {
        return Err(SplitError::Unknown {
            entity: record.name.clone(),
            name: name.to_owned(),
        });
    };
    if let merges @ [_, ..] = &merges_of(record, &taken)[..] {
        let retract = |number: &u64| Choice::Retract { number: *number };
        return Ok(merges.iter().map(retract).collect());
    }
    let mut rest = record
        .surfaces
        .iter()
        .filter(|surface| surface.node.key != key);
    let named_by = match record.root.key == key {
        true => rest.next().map(|surface| surface.node.clone()),
        false => Some(record.root.clone()),
    };
    let from = named_by.ok_or_else(|| SplitError::Alone(first.name.clone()))?;
    let nodes = taken
        .iter()
        .flat_map(|surface| std::iter::once(&surface.node).chain(&surface.other_kinds));
    let mut names: Vec<_> = nodes.cloned().collect();
    names.sort();
    names.dedup_by(|a, b| (a.kind, &a.key, &a.sense) == (b.kind, &b.key, &b.sense));
    Ok(vec![Choice::Split { names, from }])
}

/// The user's merges that bind the parts these names belong to.
fn merges_of(record: &NameRecord, taken: &[&SurfaceRecord]) -> Vec<u64> {
    let touches = |parts: &[usize; 2]| taken.iter().any(|surface| parts.contains(&surface.part));
    let all = record.merges.iter();
    all.filter(|(_, parts)| touches(parts))
        .map(|(number, _)| *number)
        .collect()
}
