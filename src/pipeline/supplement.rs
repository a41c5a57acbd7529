//! A few new documents into a large store, without deriving everything again.
//!
//! The new documents are resolved together with their neighbours, beside what the store has
//! established: known names and known events stay what they are, and the new ones join them. Only what
//! the new documents say, and the events they tell, is written. What this leaves open is what only all
//! documents together can tell: whether a new name makes two old ones one, which related events are the
//! nearest now, how far a storyline reaches. A *consolidation*, which derives everything, settles that;
//! it comes by itself when the store has grown by a sixteenth, and after it the store is the same as if
//! all had been read at once.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};

use super::catalogue::Catalogue;
use super::derivation::Derivation;
use super::neighbourhood::Neighbours;
use super::records::name_record;
use super::report::Noted;
use super::standing::Standing;
use super::{Counts, namespace};
use crate::document::Document;
use crate::journal::Record;
use crate::rdf::vocab::{annals, nif};
use crate::rdf::{Namespace, entity_quads, link_quads, storyline_quads};
use crate::record::NameRecord;
use crate::resolve::telling_key;
use crate::store::{Derived, Graph, Patch, Store, StoreError};
use crate::timeline::EventRecord;

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
    let noted = Noted::of(store)?;
    let waiting = noted.waiting + new.len();
    Ok(old >= SMALL && waiting <= old / WAITING && noted.counts.events > 0)
}

/// Writes what new documents change; graph and index must stand where the journal stood before them.
pub(super) fn supplement(
    store: &mut Store,
    catalogue: &Catalogue,
    new: &[usize],
) -> Result<(), StoreError> {
    let namespace = namespace(store);
    let noted = Noted::of(store)?;
    let (patch, counts) = {
        let standing = Standing {
            index: &store.index,
            namespace: &namespace,
            events: noted.counts.events,
        };
        let affected = catalogue.kin(new.iter().copied());
        let derivation = derive(store, catalogue, &affected, &standing)?;
        let changes = Changes::of(store, catalogue, &derivation, &affected, &standing)?;
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
    documents: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let ids: HashSet<_> = documents.iter().map(|&index| catalogue.id(index)).collect();
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
    let readings = readings_of(catalogue, derivation, documents);
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
            found.insert(record.entry.event.clone(), record);
        }
    }
    Ok(found.into_values().collect())
}

/// What some documents change in a store.
struct Changes<'a> {
    store: &'a Store,
    derivation: &'a Derivation,
    namespace: &'a Namespace,
    /// The readings of the documents.
    new: BTreeSet<usize>,
    /// The events they tell, with what the index has of them.
    events: BTreeMap<usize, Vec<EventRecord>>,
    /// Entities that these events and documents name.
    entities: BTreeMap<usize, Option<NameRecord>>,
}

impl<'a> Changes<'a> {
    fn of(
        store: &'a Store,
        catalogue: &Catalogue,
        derivation: &'a Derivation,
        affected: &BTreeSet<usize>,
        standing: &Standing<'a>,
    ) -> Result<Self, StoreError> {
        let mut events = BTreeMap::new();
        for event in touched(catalogue, derivation, affected) {
            events.insert(event, old_records(derivation, event, standing)?);
        }
        let mut changes = Self {
            store,
            derivation,
            namespace: standing.namespace,
            new: readings_of(catalogue, derivation, affected),
            events,
            entities: BTreeMap::new(),
        };
        for entity in changes.named() {
            let known = store.index.record(&changes.iri(entity))?;
            let known = known.and_then(|hit| serde_json::from_str(&hit.stored).ok());
            changes.entities.insert(entity, known);
        }
        Ok(changes)
    }

    /// Entities that the documents and the events they tell name.
    fn named(&self) -> BTreeSet<usize> {
        let resolution = self.derivation.resolution();
        let entities = &resolution.entities;
        let mut named = BTreeSet::new();
        for &reading in &self.new {
            let locals = self.derivation.readings()[reading]
                .extraction
                .entities
                .len();
            named.extend((0..locals).filter_map(|local| entities.of_local(reading, local)));
            named.extend(entities.framing(reading));
        }
        for &event in self.events.keys() {
            named.extend(resolution.events[event].entities());
        }
        named.retain(|&entity| entity < entities.list().len());
        named
    }

    fn iri(&self, entity: usize) -> String {
        let entity = &self.derivation.resolution().entities.list()[entity];
        self.namespace.iri(entity.id.as_str()).into_string()
    }

    fn event_iri(&self, event: usize) -> NamedNode {
        let event = &self.derivation.resolution().events[event];
        self.namespace.iri(event.id.as_str())
    }

    /// IRIs of events that turned out to be others.
    fn gone(&self) -> BTreeSet<String> {
        let old = self.events.iter().flat_map(|(&event, records)| {
            let now = self.event_iri(event).into_string();
            let iris = records.iter().map(|record| record.entry.event.clone());
            iris.filter(move |iri| *iri != now)
        });
        old.collect()
    }

    fn patch(&self) -> Result<Patch, StoreError> {
        let gone = self.gone();
        let mut patch = Patch {
            shared: self.derivation.shared_graphs().to_vec(),
            records: self.records(),
            gone: gone.iter().cloned().collect(),
            ..Patch::default()
        };
        if Graph::is_durable() {
            self.stated(&gone, &mut patch)?;
            self.inferred(&gone, &mut patch)?;
        } else {
            let quads = self
                .new
                .iter()
                .map(|&reading| self.derivation.document_quads(reading));
            patch.graph.added = quads.flatten().collect();
        }
        Ok(patch)
    }

    /// The new documents' own quads, and what other documents' graphs say otherwise of the events.
    fn stated(&self, gone: &BTreeSet<String>, patch: &mut Patch) -> Result<(), StoreError> {
        let graph = self.store.graph()?;
        let resolution = self.derivation.resolution();
        let mut about: BTreeSet<String> = gone.clone();
        about.extend(
            self.events
                .keys()
                .map(|&event| self.event_iri(event).into_string()),
        );
        let tellings = self
            .events
            .keys()
            .flat_map(|&event| &resolution.events[event].tellings);
        let telling: BTreeSet<usize> = tellings.map(|telling| telling.reading).collect();
        for &reading in telling.union(&self.new) {
            let name = self.derivation.document_name(reading);
            let is_new = self.new.contains(&reading);
            let concerns = |quad: &Quad| is_new || is_about(quad, &about) || is_mention(quad);
            let known: HashSet<Quad> = graph
                .document_quads(name.as_ref())?
                .into_iter()
                .filter(concerns)
                .collect();
            let wanted = self.derivation.document_quads(reading).into_iter();
            let wanted: HashSet<Quad> = wanted.filter(concerns).collect();
            patch
                .graph
                .removed
                .extend(known.difference(&wanted).cloned());
            patch.graph.added.extend(wanted.difference(&known).cloned());
        }
        Ok(())
    }

    /// New entities and names, links of the events and documents; links of events that are others now
    /// go.
    fn inferred(&self, gone: &BTreeSet<String>, patch: &mut Patch) -> Result<(), StoreError> {
        let resolution = self.derivation.resolution();
        for (&entity, known) in &self.entities {
            let mut quads = entity_quads(&resolution.entities.list()[entity], self.namespace);
            if known.is_some() {
                quads.retain(|quad| quad.predicate == crate::rdf::vocab::skos::ALT_LABEL);
            }
            patch.graph.added.extend(quads);
        }
        let mut about: BTreeSet<String> = BTreeSet::new();
        about.extend(
            self.events
                .keys()
                .map(|&event| self.event_iri(event).into_string()),
        );
        let documents = self.new.iter();
        about
            .extend(documents.map(|&reading| self.derivation.document_name(reading).into_string()));
        let links = link_quads(self.derivation.readings(), resolution, self.namespace);
        let storylines = storyline_quads(resolution, self.namespace);
        let links: Vec<Quad> = links.chain(storylines).collect();
        let ends = |quad: &&Quad| is_about(quad, &about);
        let named: HashSet<NamedOrBlankNode> = links
            .iter()
            .filter(ends)
            .map(|quad| quad.subject.clone())
            .collect();
        let is_link = |quad: &&Quad| quad.predicate == annals::FROM || quad.predicate == annals::TO;
        let nodes: HashSet<&NamedOrBlankNode> = links
            .iter()
            .filter(is_link)
            .map(|quad| &quad.subject)
            .collect();
        let concerns = |quad: &Quad| match nodes.contains(&quad.subject) {
            true => named.contains(&quad.subject),
            false => is_about(quad, &about),
        };
        patch
            .graph
            .added
            .extend(links.iter().filter(|quad| concerns(quad)).cloned());
        self.unlink(gone, patch)
    }

    /// Takes out what is inferred of events that are others now.
    fn unlink(&self, gone: &BTreeSet<String>, patch: &mut Patch) -> Result<(), StoreError> {
        let graph = self.store.graph()?;
        for iri in gone {
            let node = NamedNode::new_unchecked(iri);
            let of = graph.quads_of(Some(node.as_ref()), None, None)?;
            let to = graph.quads_of(None, None, Some(node.as_ref()))?;
            for quad in of.into_iter().chain(to) {
                if quad.graph_name != annals::INFERRED.into_owned().into() {
                    continue;
                }
                if quad.predicate == annals::FROM || quad.predicate == annals::TO {
                    if let NamedOrBlankNode::NamedNode(link) = &quad.subject {
                        let link = graph.quads_of(Some(link.as_ref()), None, None)?;
                        patch.graph.removed.extend(link);
                    }
                }
                patch.graph.removed.push(quad);
            }
        }
        Ok(())
    }

    fn records(&self) -> Vec<crate::store::IndexRecord> {
        let maker = self.derivation.maker();
        let events = self.events.keys().map(|&event| maker.event(event));
        let readings = self
            .new
            .iter()
            .map(|&reading| &self.derivation.readings()[reading]);
        let documents = readings.map(|reading| maker.document(reading));
        let names = self.entities.iter().map(|(&entity, known)| {
            let events = self.new_events_of(entity);
            let here = &self.derivation.resolution().entities.list()[entity];
            match known {
                None => maker.name(here, events),
                Some(known) => {
                    let found = maker.named(here, events);
                    let documents = self.documents_of(entity);
                    name_record(
                        &joined(known.clone(), found, documents),
                        maker.short_key(here),
                    )
                }
            }
        });
        events.chain(documents).chain(names).collect()
    }

    /// How many events that were not there before have an entity.
    fn new_events_of(&self, entity: usize) -> usize {
        let fresh = self.events.iter().filter(|(_, old)| old.is_empty());
        let events = &self.derivation.resolution().events;
        fresh
            .filter(|(event, _)| events[**event].entities().any(|e| e == entity))
            .count()
    }

    /// How many of the documents name an entity.
    fn documents_of(&self, entity: usize) -> usize {
        let entities = &self.derivation.resolution().entities;
        let names = |reading: &&usize| {
            let locals = self.derivation.readings()[**reading]
                .extraction
                .entities
                .len();
            let mut locals = (0..locals).filter_map(|local| entities.of_local(**reading, local));
            locals.any(|e| e == entity) || entities.framing(**reading).any(|e| e == entity)
        };
        self.new.iter().filter(names).count()
    }

    /// The figures of the store with the documents.
    fn counts(&self, old: Counts) -> Counts {
        let fresh = self.events.values().filter(|old| old.is_empty()).count();
        let names = self
            .entities
            .values()
            .filter(|known| known.is_none())
            .count();
        let of = self.derivation.counts_of(&self.new);
        Counts {
            events: (old.events + fresh).saturating_sub(self.gone().len()),
            entities: old.entities + names,
            related: old.related + of.related,
            context: old.context + of.context,
            supersedes: old.supersedes + of.supersedes,
            unfit_answers: old.unfit_answers,
        }
    }
}

/// Whether a quad has one of some IRIs as its subject or object.
fn is_about(quad: &Quad, iris: &BTreeSet<String>) -> bool {
    let subject =
        matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if iris.contains(node.as_str()));
    subject || matches!(&quad.object, Term::NamedNode(node) if iris.contains(node.as_str()))
}

/// Whether a quad says what some words are or denote.
fn is_mention(quad: &Quad) -> bool {
    quad.predicate == annals::DENOTES || quad.predicate == nif::ANCHOR_OF
}

/// A known name's record with what new documents add: names that were not known, and counts.
fn joined(mut known: NameRecord, found: NameRecord, documents: usize) -> NameRecord {
    for surface in found.surfaces {
        let is_known = known
            .surfaces
            .iter()
            .any(|other| other.name == surface.name);
        if !is_known {
            if surface.name != known.name {
                known.aliases.push(surface.name.clone());
            }
            known.surfaces.push(surface);
        }
    }
    known.aliases.sort();
    known.aliases.dedup();
    known.events += found.events;
    known.documents += documents;
    known
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
            let documents = record.entry.documents.into_iter();
            let documents = documents.map(|document| document.iri).collect();
            (record.entry.event, documents)
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
            assert_eq!(Noted::of(&supplemented).unwrap().waiting, later.len());
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
            assert_eq!(check(folder.path()).unwrap(), []);
        }
        // An event keeps the id it has, also where an older report comes to it.
        assert!(
            100 * same >= 97 * total,
            "{same} of {total} events are the same"
        );
    }
}
