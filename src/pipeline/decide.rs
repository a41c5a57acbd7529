//! Decisions of the user: into the journal first, then into what is derived.

use std::ops::ControlFlow;

use jiff::Timestamp;

use super::catalogue::Catalogue;
use super::catch_up;
use crate::decision::{Choice, Decision};
use crate::journal::Record;
use crate::store::{Store, StoreError};

/// Writes decisions into the journal of a store opened for writing and brings graph and index up to
/// them. Returns the decisions as they were numbered.
///
/// # Errors
/// When the journal or a derived part cannot be read or written.
pub fn decide(
    store: &mut Store,
    choices: Vec<Choice>,
    author: &str,
    time: Timestamp,
    reason: Option<&str>,
) -> Result<Vec<Decision>, StoreError> {
    let next = decisions(store)?.last().map_or(1, |last| last.number + 1);
    let decided = (next..).zip(choices).map(|(number, choice)| Decision {
        number,
        author: author.to_owned(),
        time: time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        reason: reason.map(str::to_owned),
        choice,
    });
    let decided: Vec<Decision> = decided.collect();
    let records: Vec<Record> = decided.iter().cloned().map(Record::Decision).collect();
    store.journal.append(&records)?;
    let catalogue = Catalogue::of_journal(&store.journal)?;
    catch_up(store, &catalogue, &|_| ControlFlow::Continue(()))?;
    Ok(decided)
}

/// All decisions in a store's journal, in the order in which they were made.
///
/// # Errors
/// When the journal cannot be read.
pub fn decisions(store: &Store) -> Result<Vec<Decision>, StoreError> {
    let mut found = Vec::new();
    for record in store.journal.outlines()? {
        if let Record::Decision(decision) = record {
            found.push(decision);
        }
    }
    Ok(found)
}
