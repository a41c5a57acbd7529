//! What new documents change in graph and index.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};

use super::{old_records, readings_of, touched};
use crate::pipeline::catalogue::Catalogue;
use crate::pipeline::derivation::{Counts, Derivation};
use crate::pipeline::records::name_record;
use crate::pipeline::standing::Standing;
use crate::rdf::vocab::{annals, nif, skos};
use crate::rdf::{Namespace, entity_quads, link_quads, storyline_quads};
use crate::record::{EventRecord, NameRecord};
use crate::store::{Derived, Graph, IndexRecord, Patch, Store, StoreError};

/// The documents that changes are made for, by their numbers.
#[derive(Clone, Copy)]
pub(super) struct Concerned<'a> {
    /// All whose part is or can be another now.
    pub(super) affected: &'a BTreeSet<usize>,
    /// Those of them that were not held before.
    pub(super) fresh: &'a [usize],
}

/// What some documents change in a store.
pub(super) struct Changes<'a> {
    store: &'a Store,
    derivation: &'a Derivation,
    namespace: &'a Namespace,
    /// The readings of the documents.
    new: BTreeSet<usize>,
    /// The readings of those of them that were not held before: only they count.
    fresh: BTreeSet<usize>,
    /// The events they tell, with what the index has of them.
    events: BTreeMap<usize, Vec<EventRecord>>,
    /// Entities that these events and documents name.
    entities: BTreeMap<usize, Option<NameRecord>>,
    /// How many of the documents that were not held before gave no reading.
    left_out: usize,
}

impl<'a> Changes<'a> {
    /// What some documents change, out of a derivation of them and their neighbours.
    pub(super) fn of(
        store: &'a Store,
        catalogue: &Catalogue,
        derivation: &'a Derivation,
        concerned: Concerned<'_>,
        standing: &Standing<'a>,
    ) -> Result<Self, StoreError> {
        let affected = concerned.affected;
        let mut events = BTreeMap::new();
        for event in touched(catalogue, derivation, affected) {
            events.insert(event, old_records(derivation, event, standing)?);
        }
        let mut changes = Self {
            store,
            derivation,
            namespace: standing.namespace,
            new: readings_of(catalogue, derivation, affected.iter().copied()),
            fresh: readings_of(catalogue, derivation, concerned.fresh.iter().copied()),
            events,
            entities: BTreeMap::new(),
            left_out: 0,
        };
        changes.left_out = concerned.fresh.len() - changes.fresh.len();
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
            named.extend(self.named_in(reading));
        }
        for &event in self.events.keys() {
            named.extend(resolution.events[event].entities());
        }
        named.retain(|&entity| entity < entities.list().len());
        named
    }

    /// The entities that a reading names, some more than once.
    fn named_in(&self, reading: usize) -> impl Iterator<Item = usize> + '_ {
        let entities = &self.derivation.resolution().entities;
        let locals = &self.derivation.readings()[reading].extraction.entities;
        let locals = (0..locals.len()).filter_map(move |local| entities.of_local(reading, local));
        locals.chain(entities.framing(reading))
    }

    fn iri(&self, entity: usize) -> String {
        let entity = &self.derivation.resolution().entities.list()[entity];
        self.namespace.iri(entity.id.as_str()).into_string()
    }

    fn event_iri(&self, event: usize) -> NamedNode {
        let event = &self.derivation.resolution().events[event];
        self.namespace.iri(event.id.as_str())
    }

    /// The IRIs of the events that the documents tell.
    fn event_iris(&self) -> BTreeSet<String> {
        let events = self.events.keys();
        events
            .map(|&event| self.event_iri(event).into_string())
            .collect()
    }

    /// IRIs of events that turned out to be others.
    fn gone(&self) -> BTreeSet<String> {
        let old = self.events.iter().flat_map(|(&event, records)| {
            let now = self.event_iri(event).into_string();
            let iris = records.iter().map(|record| record.event.clone());
            iris.filter(move |iri| *iri != now)
        });
        old.collect()
    }

    /// The changes, as the store takes them.
    pub(super) fn patch(&self) -> Result<Patch, StoreError> {
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
        let mut about = self.event_iris();
        about.extend(gone.iter().cloned());
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
                quads.retain(|quad| quad.predicate == skos::ALT_LABEL);
            }
            patch.graph.added.extend(quads);
        }
        let mut about = self.event_iris();
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
                let is_end = quad.predicate == annals::FROM || quad.predicate == annals::TO;
                if let NamedOrBlankNode::NamedNode(link) = &quad.subject
                    && is_end
                {
                    let link = graph.quads_of(Some(link.as_ref()), None, None)?;
                    patch.graph.removed.extend(link);
                }
                patch.graph.removed.push(quad);
            }
        }
        Ok(())
    }

    fn records(&self) -> Vec<IndexRecord> {
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
        let events = &self.derivation.resolution().events;
        self.fresh_events()
            .filter(|&event| events[event].entities().any(|e| e == entity))
            .count()
    }

    /// How many of the documents that were not held before name an entity.
    fn documents_of(&self, entity: usize) -> usize {
        let names = |reading: &&usize| self.named_in(**reading).any(|e| e == entity);
        self.fresh.iter().filter(names).count()
    }

    /// How many pairs of events are found to be related of which one was not there before.
    fn links_inferred(&self) -> usize {
        let is_fresh = |event: &usize| self.events.get(event).is_some_and(Vec::is_empty);
        let links = self.derivation.resolution().related.iter();
        links
            .filter(|link| is_fresh(&link.from) || is_fresh(&link.to))
            .count()
    }

    /// The events that were not there before.
    fn fresh_events(&self) -> impl Iterator<Item = usize> + '_ {
        let fresh = self.events.iter().filter(|(_, old)| old.is_empty());
        fresh.map(|(&event, _)| event)
    }

    /// The figures of the store with the documents. What those that were held before say is counted already.
    pub(super) fn counts(&self, old: Counts) -> Counts {
        let names = self
            .entities
            .values()
            .filter(|known| known.is_none())
            .count();
        let known = self.derivation.counts_of(&(&self.new - &self.fresh));
        let all = self.derivation.counts_of(&self.new);
        let context = self
            .fresh_events()
            .map(|event| self.derivation.framing(event));
        Counts {
            events: (old.events + self.fresh_events().count()).saturating_sub(self.gone().len()),
            entities: old.entities + names,
            related: old.related + all.related - known.related,
            inferred: old.inferred + self.links_inferred(),
            mentions: old.mentions + all.mentions - known.mentions,
            context: old.context + context.sum::<usize>(),
            supersedes: old.supersedes + all.supersedes - known.supersedes,
            unfit_answers: old.unfit_answers,
            left_out: old.left_out + self.left_out,
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
