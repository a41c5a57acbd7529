//! A few new documents into a large store, without deriving everything again.
//!
//! The new documents are resolved together with their neighbours, beside what the store has
//! established: known names and known events stay what they are, and the new ones join them. Only what
//! the new documents say, and the events they tell, is written. What this leaves open is what only all
//! documents together can tell: whether a new name makes two old ones one, which related events are the
//! nearest now, how far a storyline reaches. A *consolidation*, which derives everything, settles that;
//! it comes by itself when the store has grown by a sixteenth, and after it the store is the same as if
//! all had been read at once.

mod changes;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::catalogue::Catalogue;
use super::derivation::Derivation;
use super::namespace;
use super::neighbourhood::Neighbours;
use super::report::Noted;
use super::standing::Standing;
use crate::document::Document;
use crate::journal::Record;
use crate::record::EventRecord;
use crate::resolve::telling_key;
use crate::store::{Store, StoreError};
use changes::{Changes, Concerned};

/// Stores with fewer documents are derived whole: that takes a second or two.
const SMALL: usize = 4096;
/// The part of a store that may wait for a consolidation: its cost is then shared by enough
/// documents (a guess).
const WAITING: usize = 16;
/// How often the neighbourhood is widened by the documents of events that turn out to be told.
const ROUNDS: usize = 3;

/// Whether documents that were added to a store can be supplemented; `new` are their numbers.
pub(super) fn is_worth_while(
    store: &Store,
    catalogue: &Catalogue,
    new: &[usize],
) -> Result<bool, StoreError> {
    let old = catalogue.len() - new.len();
    let noted = Noted::of(&store.index)?;
    let waiting = noted.waiting + new.len();
    let is_little = !new.is_empty() && waiting <= old / WAITING;
    Ok(is_little && old >= SMALL && noted.counts.events > 0)
}

/// Writes what new documents change; graph and index must stand where the journal stood before them.
pub(super) fn supplement(
    store: &mut Store,
    catalogue: &Catalogue,
    new: &[usize],
) -> Result<(), StoreError> {
    let namespace = namespace(store);
    let noted = Noted::of(&store.index)?;
    let (patch, counts) = {
        let standing = Standing {
            index: &store.index,
            namespace: &namespace,
            events: noted.counts.events,
        };
        let affected = catalogue.kin(new.iter().copied());
        let derivation = derive(store, catalogue, &affected, &standing)?;
        let concerned = Concerned {
            affected: &affected,
            fresh: new,
        };
        let changes = Changes::of(store, catalogue, &derivation, concerned, &standing)?;
        (changes.patch()?, changes.counts(noted.counts))
    };
    let waiting = noted.waiting + new.len();
    store.patch(&patch, |grown| {
        let quads = i64::try_from(noted.quads).unwrap_or(i64::MAX) + grown;
        let quads = usize::try_from(quads).unwrap_or(0);
        Noted {
            counts,
            quads,
            waiting,
        }
        .written()
    })
}

/// Derives what follows from some documents and their neighbours.
fn derive(
    store: &Store,
    catalogue: &Catalogue,
    affected: &BTreeSet<usize>,
    standing: &Standing<'_>,
) -> Result<Derivation, StoreError> {
    let neighbours = Neighbours {
        catalogue,
        index: &store.index,
        namespace: standing.namespace,
    };
    let mut documents = affected.clone();
    documents.extend(neighbours.of(&read(store, catalogue, affected)?)?);
    let mut derivation = derived(store, catalogue, &documents, standing)?;
    for _ in 1..ROUNDS {
        let mut wider = documents.clone();
        for event in touched(catalogue, &derivation, affected) {
            for record in old_records(&derivation, event, standing)? {
                wider.extend(neighbours.telling(&record));
            }
        }
        if wider.len() == documents.len() {
            break;
        }
        documents = wider;
        derivation = derived(store, catalogue, &documents, standing)?;
    }
    Ok(derivation)
}

fn derived(
    store: &Store,
    catalogue: &Catalogue,
    documents: &BTreeSet<usize>,
    standing: &Standing<'_>,
) -> Result<Derivation, StoreError> {
    let places = catalogue.places(documents.iter().copied());
    let records = store.journal.records_at(&places)?;
    let namespace = standing.namespace.clone();
    Ok(Derivation::beside(
        catalogue, documents, records, namespace, standing,
    )?)
}

fn read(
    store: &Store,
    catalogue: &Catalogue,
    documents: &BTreeSet<usize>,
) -> Result<Vec<Document>, StoreError> {
    let places = catalogue.places(documents.iter().copied());
    let records = store.journal.records_at(&places)?;
    let read = records.into_iter().filter_map(|(_, record)| match record {
        Record::Document(acquisition) => crate::document::read(&acquisition.raw).ok(),
        _ => None,
    });
    Ok(read.collect())
}

/// The readings of some documents, as indices.
fn readings_of(
    catalogue: &Catalogue,
    derivation: &Derivation,
    documents: impl IntoIterator<Item = usize>,
) -> BTreeSet<usize> {
    let ids: HashSet<_> = documents
        .into_iter()
        .map(|index| catalogue.id(index))
        .collect();
    let readings = derivation.readings().iter().enumerate();
    let of_ids = readings.filter(|(_, reading)| ids.contains(&reading.id));
    of_ids.map(|(index, _)| index).collect()
}

/// The events that some documents tell.
fn touched(
    catalogue: &Catalogue,
    derivation: &Derivation,
    documents: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let readings = readings_of(catalogue, derivation, documents.iter().copied());
    let event_of = &derivation.resolution().event_of;
    let events = readings.iter().flat_map(|&reading| &event_of[reading]);
    events.copied().collect()
}

/// What the index has of an event so far: nothing, one record, or several that turn out to be one
/// event.
fn old_records(
    derivation: &Derivation,
    event: usize,
    standing: &Standing<'_>,
) -> Result<Vec<EventRecord>, StoreError> {
    let mut found: BTreeMap<String, EventRecord> = BTreeMap::new();
    for telling in &derivation.resolution().events[event].tellings {
        for record in standing.told(&telling_key(derivation.readings(), *telling))? {
            found.insert(record.event.clone(), record);
        }
    }
    Ok(found.into_values().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::ops::ControlFlow;
    use std::path::Path;

    use super::*;
    use crate::document::{Limits, RawDocument, discover};
    use crate::pipeline::{Progress, Report, Taken};
    use crate::pipeline::{add_all, check, consolidate, ingest, read, take_all};
    use crate::store::{Access, RecordKind};

    fn examples() -> Vec<RawDocument> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/news");
        discover(&[folder], &Limits::default())
            .filter_map(Result::ok)
            .collect()
    }

    fn nothing(_: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    /// A store that read some documents as one, then others as a supplement.
    fn store(folder: &Path, first: &[RawDocument], later: &[RawDocument]) -> Store {
        let mut store = Store::open(folder, Access::Write).unwrap();
        ingest(&mut store, first.iter().cloned().map(Ok), &nothing).unwrap();
        let mut catalogue = Catalogue::of_journal(&store.journal).unwrap();
        let held = catalogue.len();
        let batch: Vec<_> = later.iter().cloned().map(Ok).collect();
        let batch: Vec<Taken> = take_all(batch, |raw| read(raw, 2));
        let answers = vec![None; batch.len()];
        let records = add_all(batch, answers, &mut catalogue, &mut Report::default());
        store.journal.append(&records).unwrap();
        let new: Vec<usize> = (held..catalogue.len()).collect();
        supplement(&mut store, &catalogue, &new).unwrap();
        store
    }

    /// The reports of every event in the index.
    fn events(store: &Store) -> BTreeMap<String, BTreeSet<String>> {
        let hits = store.index.all(RecordKind::Event).unwrap();
        let records = hits
            .iter()
            .map(|hit| serde_json::from_str::<EventRecord>(&hit.stored).unwrap());
        let reports = |record: EventRecord| {
            let documents = record.documents.into_iter();
            let documents = documents.map(|document| document.iri).collect();
            (record.event, documents)
        };
        records.map(reports).collect()
    }

    #[test]
    fn what_is_supplemented_is_what_all_together_would_be() {
        let all = examples();
        let whole = tempfile::tempdir().unwrap();
        let mut as_one = Store::open(whole.path(), Access::Write).unwrap();
        ingest(&mut as_one, all.iter().cloned().map(Ok), &nothing).unwrap();
        let wanted = events(&as_one);
        let (mut same, mut total) = (0, 0);
        for start in (0..all.len()).step_by(7) {
            let end = (start + 3).min(all.len());
            let later = &all[start..end];
            let first: Vec<_> = all[..start].iter().chain(&all[end..]).cloned().collect();
            let folder = tempfile::tempdir().unwrap();
            let mut supplemented = store(folder.path(), &first, later);
            assert_eq!(Noted::of(&supplemented.index).unwrap().waiting, later.len());
            let found = events(&supplemented);
            total += wanted.len();
            same += wanted
                .iter()
                .filter(|(event, reports)| found.get(*event) == Some(*reports))
                .count();
            let written = supplemented.check_written(Derivation::SHARED_GRAPHS);
            assert_eq!(written, [], "without {start}..{end}");

            consolidate(&mut supplemented, &nothing).unwrap();
            assert_eq!(events(&supplemented), wanted);
            drop(supplemented);
            assert_eq!(check(folder.path()).unwrap().damages, []);
        }
        // An event keeps the id it has, also where an older report comes to it.
        assert!(
            100 * same >= 97 * total,
            "{same} of {total} events are the same"
        );
    }
}
