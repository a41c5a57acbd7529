//! What a store's derived parts are to hold, made on demand and some documents at a time.

use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use rayon::prelude::*;

use super::IndexRecord;

/// Documents whose quads are made together.
const BATCH: usize = 1024;

/// What follows from a journal.
pub trait Derived: Sync {
    /// Number of documents.
    fn documents(&self) -> usize;

    /// The IRI of a document, which is also the name of its graph.
    fn document_name(&self, index: usize) -> NamedNode;

    /// The quads that a document states, in its own graph, and those about it, in the default
    /// graph; without repeats.
    fn document_quads(&self, index: usize) -> Vec<Quad>;

    /// The names of the graphs that documents share.
    fn shared_graphs(&self) -> &[NamedNodeRef<'static>];

    /// The quads of those graphs.
    fn shared_quads(&self) -> Box<dyn Iterator<Item = Quad> + '_>;

    /// The records of the full-text index.
    fn records(&self) -> Box<dyn Iterator<Item = IndexRecord> + '_>;
}

/// All quads, those of documents first.
pub fn all_quads(derived: &impl Derived) -> impl Iterator<Item = Quad> + '_ {
    for_documents(derived, |index| derived.document_quads(index))
        .flatten()
        .chain(derived.shared_quads())
}

/// How many quads there are.
pub(super) fn count_quads(derived: &impl Derived) -> usize {
    let documents = (0..derived.documents()).into_par_iter();
    let count: usize = documents
        .map(|index| derived.document_quads(index).len())
        .sum();
    count + derived.shared_quads().count()
}

/// Something of every document, in their order, made in parallel.
pub(super) fn for_documents<'a, T: Send + 'a>(
    derived: &'a impl Derived,
    make: impl Fn(usize) -> T + Sync + 'a,
) -> impl Iterator<Item = T> + 'a {
    let count = derived.documents();
    (0..count).step_by(BATCH).flat_map(move |start| {
        let end = (start + BATCH).min(count);
        (start..end).into_par_iter().map(&make).collect::<Vec<_>>()
    })
}
