//! Which documents have to be read again beside new ones: those that can share an event with them.
//!
//! In order: contents of the same sources; documents that list the new ones' addresses, since a page at
//! hand is described by itself; documents at the addresses that the new ones list, and what else lists
//! those; and documents whose events are told in like words about the same time.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::catalogue::Catalogue;
use super::records::{listed, lists_key};
use crate::document::{Document, SectionKind};
use crate::extract::terms;
use crate::rdf::Namespace;
use crate::record::{DocumentRecord, EventRecord, day_number};
use crate::store::{Condition, Index, RecordKind, Search, StoreError};

/// Events that are looked at for each new document.
const LIKE: usize = 16;
/// Terms that a document's events are looked for by.
const LOOKUP_TERMS: usize = 24;
/// Days before and after a document's own within which its events are looked for: the delay of
/// reports, and a weekend (a guess).
const DAYS: (i64, i64) = (10, 4);
/// Documents that list an address which a new document lists too, at most; others add little.
const MOST_LISTING: usize = 8;

/// Finds neighbours in a store.
#[derive(Debug)]
pub(super) struct Neighbours<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) index: &'a Index,
    pub(super) namespace: &'a Namespace,
}

impl Neighbours<'_> {
    /// The neighbours of new documents.
    pub(super) fn of(&self, new: &[Document]) -> Result<BTreeSet<usize>, StoreError> {
        let near = |document: &Document| {
            let mut found = self.at_addresses(document)?;
            found.extend(self.told_alike(document)?);
            Ok(found)
        };
        let near: Vec<BTreeSet<usize>> = new
            .par_iter()
            .map(near)
            .collect::<Result<_, StoreError>>()?;
        Ok(near.into_iter().flatten().collect())
    }

    /// The documents of an event, as far as its record names them.
    pub(super) fn telling(&self, event: &EventRecord) -> BTreeSet<usize> {
        let reports = event.documents.iter().map(|document| &document.iri);
        let told = event.told.iter();
        let told = told.filter_map(|told| told.document.as_ref());
        let iris = reports.chain(told);
        self.catalogue
            .of_ids(iris.map(|iri| self.namespace.id(iri)))
    }

    /// The documents that list an address.
    pub(super) fn listing(&self, address: &str) -> Result<BTreeSet<usize>, StoreError> {
        let hits = self
            .index
            .lookup(RecordKind::Document, &lists_key(address))?;
        let records = hits.iter().filter_map(|hit| {
            let record: DocumentRecord = serde_json::from_str(&hit.stored).ok()?;
            Some(record.iri)
        });
        let iris: Vec<String> = records.collect();
        let ids = iris.iter().map(|iri| self.namespace.id(iri));
        Ok(self.catalogue.of_ids(ids))
    }

    fn at_addresses(&self, document: &Document) -> Result<BTreeSet<usize>, StoreError> {
        let mut found = BTreeSet::new();
        if let Some(own) = &document.address {
            found.extend(self.listing(own)?);
        }
        for address in listed(document) {
            let held = self.catalogue.of_address(address);
            found.extend(held);
            if held.is_empty() {
                found.extend(self.listing(address)?.into_iter().take(MOST_LISTING));
            }
        }
        Ok(found)
    }

    fn told_alike(&self, document: &Document) -> Result<BTreeSet<usize>, StoreError> {
        let opening = [SectionKind::Summary, SectionKind::Paragraph]
            .into_iter()
            .find_map(|kind| document.section(kind));
        let opening = opening.map_or("", |span| document.words(span));
        let mut words = Vec::new();
        for term in terms(&format!("{} {opening}", document.headline())) {
            if words.len() < LOOKUP_TERMS && !words.contains(&term) {
                words.push(term);
            }
        }
        if words.is_empty() {
            return Ok(BTreeSet::new());
        }
        let day = document.dct.map(day_number);
        let any = words
            .iter()
            .map(|term| Condition::Terms(vec![term.clone()]));
        let hits = self.index.search(&Search {
            must: vec![any.collect()],
            should: words.iter().map(|term| (term.clone(), 1.0)).collect(),
            days: day.map(|day| (day - DAYS.0, day + DAYS.1)),
            ..Search::of(RecordKind::Event, LIKE)
        })?;
        let events = hits
            .iter()
            .filter_map(|hit| serde_json::from_str::<EventRecord>(&hit.stored).ok());
        Ok(events.flat_map(|event| self.telling(&event)).collect())
    }
}
