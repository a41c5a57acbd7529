//! Everything that follows from the documents held: readings, their resolution, quads and index
//! records.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Quad};
use rayon::prelude::*;

use super::catalogue::Catalogue;
use super::records;
use crate::extract::{Tagger, extract};
use crate::id::DocumentId;
use crate::rdf::vocab::annals;
use crate::rdf::{Namespace, document_quads, entity_quads, link_quads};
use crate::resolve::{Reading, Resolution, resolve};
use crate::store::{IndexRecord, Store, StoreError};

/// What follows from a set of documents.
#[derive(Debug)]
pub struct Derivation {
    namespace: Namespace,
    readings: Vec<Reading>,
    resolution: Resolution,
    /// Quads of each reading, without repeats.
    quads: Vec<Vec<Quad>>,
}

/// Sizes of a derivation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) events: usize,
    pub(super) entities: usize,
    pub(super) related: usize,
    pub(super) context: usize,
    pub(super) supersedes: usize,
    pub(super) quads: usize,
}

impl Derivation {
    /// Derives everything from a store's journal.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn of_journal(store: &Store) -> Result<Self, StoreError> {
        let catalogue = Catalogue::of_journal(&store.journal)?;
        Ok(Self::of_catalogue(catalogue, super::namespace(store)))
    }

    pub(super) fn of_catalogue(catalogue: Catalogue, namespace: Namespace) -> Self {
        let held = catalogue.with_ids();
        let pages: BTreeSet<String> = held
            .iter()
            .filter_map(|(held, ..)| held.document.address.clone())
            .collect();
        let replaced: BTreeSet<DocumentId> =
            held.iter().filter_map(|(.., old)| old.clone()).collect();
        let tagger = Tagger::shipped();
        let readings: Vec<Reading> = held
            .into_par_iter()
            .map(|(held, id, replaces)| {
                let extraction =
                    extract(&held.document, tagger, &|address| !pages.contains(address));
                let is_current = !replaced.contains(&id);
                let (document, sha256, path) = (held.document, held.sha256, held.path);
                Reading {
                    id,
                    document,
                    sha256,
                    path,
                    replaces,
                    is_current,
                    extraction,
                }
            })
            .collect();
        let resolution = resolve(&readings);
        let quads = (0..readings.len())
            .into_par_iter()
            .map(|reading| document_quads(&readings, &resolution, reading, &namespace))
            .collect();
        Self {
            namespace,
            readings,
            resolution,
            quads,
        }
    }

    /// All quads.
    pub fn quads(&self) -> impl Iterator<Item = Quad> + '_ {
        let documents = self.quads.iter().flatten().cloned();
        documents.chain(self.entity_quads())
    }

    /// The quads of each document, by its IRI, then those found across documents.
    pub(super) fn quads_by_graph(&self) -> impl Iterator<Item = (NamedNode, Vec<Quad>)> + '_ {
        let node = |reading: &Reading| self.namespace.iri(reading.id.as_str());
        let documents = self
            .readings
            .iter()
            .map(node)
            .zip(self.quads.iter().cloned());
        let inferred =
            std::iter::once_with(|| (annals::INFERRED.into_owned(), self.entity_quads().collect()));
        documents.chain(inferred)
    }

    fn entity_quads(&self) -> impl Iterator<Item = Quad> + '_ {
        self.resolution
            .entities
            .list()
            .iter()
            .flat_map(|entity| entity_quads(entity, &self.namespace))
            .chain(link_quads(
                &self.readings,
                &self.resolution,
                &self.namespace,
            ))
    }

    /// The records of the full-text index.
    pub fn records(&self) -> impl Iterator<Item = IndexRecord> + '_ {
        records::records(&self.readings, &self.resolution, &self.namespace)
    }

    pub(super) fn counts(&self) -> Counts {
        let relations = (0..self.readings.len())
            .flat_map(|r| self.resolution.stated_related(&self.readings, r));
        let pairs: BTreeSet<(usize, usize)> = relations
            .map(|relation| {
                (
                    relation.from.min(relation.to),
                    relation.from.max(relation.to),
                )
            })
            .collect();
        let events = &self.resolution.events;
        let framed = |event: &crate::resolve::Event| {
            event
                .context
                .iter()
                .chain(&event.topics)
                .collect::<BTreeSet<_>>()
                .len()
        };
        let of = |predicate| {
            self.quads
                .iter()
                .flatten()
                .filter(move |quad| quad.predicate == predicate)
        };
        let supersedes: BTreeSet<String> = of(annals::SUPERSEDES)
            .map(|quad| format!("{} {}", quad.subject, quad.object))
            .collect();
        Counts {
            events: events.len(),
            entities: self.resolution.entities.list().len(),
            related: pairs.len(),
            context: events.iter().map(framed).sum(),
            supersedes: supersedes.len(),
            quads: self.quads.iter().map(Vec::len).sum::<usize>() + self.entity_quads().count(),
        }
    }
}
