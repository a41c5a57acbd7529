//! What differs between two stores, or between two moments of their journals.
//!
//! Both sides are derived from their journals, so a diff needs no graph and shows what this version
//! of the program makes of the documents on either side.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use oxigraph::model::Quad;

use super::Derivation;
use super::catalogue::Catalogue;
use crate::journal::Journal;
use crate::store::{Derived, Folder, StoreError};

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The store's folder.
    pub store: PathBuf,
    /// How much of its journal counts.
    pub moment: Moment,
}

/// How much of a journal counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// All of it.
    Now,
    /// As far as this segment, inclusive.
    Segment(u64),
    /// What was acknowledged by then, inclusive.
    Time(Timestamp),
}

/// What one side has and the other has not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Documents only the first side has, as IRIs, sorted.
    pub removed_documents: Vec<String>,
    /// Documents only the second side has.
    pub added_documents: Vec<String>,
    /// Documents both have, of which something else follows.
    pub changed_documents: Vec<String>,
    /// Quads only the first side has, as N-Quads without the full stop, sorted.
    pub removed: BTreeSet<String>,
    /// Quads only the second side has.
    pub added: BTreeSet<String>,
}

impl Difference {
    /// Whether both sides are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty()
    }
}

/// Compares two sides.
///
/// # Errors
/// When there is no store, or a journal cannot be read.
pub fn diff(old: &Side, new: &Side) -> Result<Difference, StoreError> {
    let (old, new) = (derive(old)?, derive(new)?);
    let names = |side: &Derivation| -> HashMap<String, usize> {
        let name = |index| (side.document_name(index).into_string(), index);
        (0..side.documents()).map(name).collect()
    };
    let (old_names, new_names) = (names(&old), names(&new));
    let mut difference = Difference::default();
    let all: BTreeSet<&String> = old_names.keys().chain(new_names.keys()).collect();
    for name in all {
        let quads = |side: &Derivation, index: Option<&usize>| {
            lines(
                index
                    .map(|&index| side.document_quads(index))
                    .unwrap_or_default(),
            )
        };
        let (before, after) = (old_names.get(name), new_names.get(name));
        let is_changed = difference.add(&quads(&old, before), &quads(&new, after));
        match (before, after) {
            (Some(_), None) => difference.removed_documents.push(name.clone()),
            (None, Some(_)) => difference.added_documents.push(name.clone()),
            _ if is_changed => difference.changed_documents.push(name.clone()),
            _ => {}
        }
    }
    difference.add(&lines(old.shared_quads()), &lines(new.shared_quads()));
    Ok(difference)
}

impl Difference {
    /// Adds what two sets do not share; returns whether there was anything.
    fn add(&mut self, old: &BTreeSet<String>, new: &BTreeSet<String>) -> bool {
        self.removed.extend(old.difference(new).cloned());
        self.added.extend(new.difference(old).cloned());
        old != new
    }
}

fn lines(quads: impl IntoIterator<Item = Quad>) -> BTreeSet<String> {
    quads.into_iter().map(|quad| quad.to_string()).collect()
}

fn derive(side: &Side) -> Result<Derivation, StoreError> {
    let (journal, settings) = Folder::read(&side.store)?;
    let journal = match side.moment {
        Moment::Now => journal,
        Moment::Segment(segment) => journal.until(segment),
        Moment::Time(time) => {
            let last = last_before(&journal, time);
            journal.until(last)
        }
    };
    let catalogue = Catalogue::of_journal(&journal)?;
    let namespace = settings.namespace();
    Ok(Derivation::of_records(
        &catalogue,
        journal.records(),
        namespace,
    )?)
}

fn last_before(journal: &Journal, time: Timestamp) -> u64 {
    let written = journal
        .segments()
        .iter()
        .filter(|entry| entry.written <= time);
    written.map(|entry| entry.segment).max().unwrap_or(0)
}

/// Reads `DIR`, `DIR@SEGMENT` or `DIR@TIME`, where a time is a day (all of it, UTC) or a timestamp.
/// A folder whose own name has an `@` is taken as it is when it exists.
///
/// # Errors
/// When what follows the `@` is neither a number nor a time.
pub fn parse_side(text: &str) -> Result<Side, String> {
    let whole = Side {
        store: PathBuf::from(text),
        moment: Moment::Now,
    };
    let Some((store, moment)) = text.rsplit_once('@').filter(|_| !Path::new(text).is_dir()) else {
        return Ok(whole);
    };
    let end_of_day = |date: jiff::civil::Date| {
        let next = date
            .tomorrow()
            .ok()?
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?;
        next.timestamp()
            .checked_sub(jiff::SignedDuration::from_nanos(1))
            .ok()
    };
    let moment = match (moment.parse(), moment.parse::<Timestamp>(), moment.parse()) {
        (Ok(segment), ..) => Some(Moment::Segment(segment)),
        (_, Ok(time), _) => Some(Moment::Time(time)),
        (.., Ok(day)) => end_of_day(day).map(Moment::Time),
        _ => None,
    };
    let moment = moment.ok_or_else(|| {
        format!("{text:?} does not end in @SEGMENT, @YYYY-MM-DD or @ a timestamp with its zone")
    })?;
    Ok(Side {
        store: PathBuf::from(store),
        moment,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_a_store_and_perhaps_a_moment() {
        let moment = |text: &str| parse_side(text).map(|side| side.moment);
        assert_eq!(moment("news"), Ok(Moment::Now));
        assert_eq!(moment("news@3"), Ok(Moment::Segment(3)));
        let last = "2026-11-22T23:59:59.999999999Z".parse().unwrap();
        assert_eq!(moment("news@2026-11-22"), Ok(Moment::Time(last)));
        assert!(moment("news@yesterday").is_err());
    }
}
