//! The graph: an Oxigraph store that knows which journal segment it holds last.

use std::path::Path;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNodeRef, NamedOrBlankNode, Quad, QuadRef, Term,
};
use oxigraph::store::{StorageError, Store as Oxigraph};

use super::StoreError;
use super::fingerprints::Fingerprints;
use crate::rdf::vocab::annals;

/// Memory that bulk loading is told to use, in megabytes (Oxigraph's own default is about 2,000 a thread), and its
/// threads: it loads a thousand quads a megabyte at once, divided by the threads.
const BULK_MEGABYTES: usize = 256;
const BULK_THREADS: usize = 2;

/// A graph on disk or in memory.
#[derive(Clone)]
pub struct Graph {
    store: Oxigraph,
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Graph")
    }
}

/// Quads to take out and to put in, as one transaction.
#[derive(Debug, Default)]
pub struct GraphChanges {
    /// Quads that no longer hold.
    pub removed: Vec<Quad>,
    /// Quads that are new.
    pub added: Vec<Quad>,
}

impl Graph {
    /// An empty graph in memory.
    ///
    /// # Errors
    /// When Oxigraph cannot make one.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self {
            store: Oxigraph::new()?,
        })
    }

    /// The graph in a folder, for reading; an empty one in memory where there is none. Without the `rocksdb` feature
    /// it is an empty one in memory.
    #[cfg(feature = "rocksdb")]
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let store = match path.exists() {
            true => Oxigraph::open_read_only(path)?,
            false => Oxigraph::new()?,
        };
        Ok(Self { store })
    }

    /// The graph in a folder, for writing; a new one where there is none. Nobody else may have it open, not even for
    /// reading: RocksDB says nothing of what they would see.
    #[cfg(feature = "rocksdb")]
    pub(super) fn open_alone(path: &Path) -> Result<Self, StoreError> {
        let store = Oxigraph::open(path)?;
        Ok(Self { store })
    }

    #[cfg(not(feature = "rocksdb"))]
    pub(super) fn open_alone(_: &Path) -> Result<Self, StoreError> {
        Self::in_memory()
    }

    #[cfg(not(feature = "rocksdb"))]
    pub(super) fn open(_: &Path) -> Result<Self, StoreError> {
        Self::in_memory()
    }

    /// Whether graphs of stores are kept on disk in this build.
    #[must_use]
    pub const fn is_durable() -> bool {
        cfg!(feature = "rocksdb")
    }

    /// Oxigraph's own store, for queries.
    #[must_use]
    pub fn oxigraph(&self) -> &Oxigraph {
        &self.store
    }

    /// The journal position the graph stands at; 0 when it holds nothing.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn position(&self) -> Result<u64, StoreError> {
        let mut found = 0;
        for quad in self.position_quads()? {
            if let Term::Literal(value) = quad.object {
                found = value.value().parse().unwrap_or(0);
            }
        }
        Ok(found)
    }

    fn position_quads(&self) -> Result<Vec<Quad>, StorageError> {
        let term = Some(annals::JOURNAL_POSITION);
        self.store
            .quads_for_pattern(None, term, None, Some(GraphNameRef::DefaultGraph))
            .collect()
    }

    /// Fills an empty graph quickly and notes the position it then stands at.
    ///
    /// # Errors
    /// When loading fails; the graph is then as it was.
    pub fn fill(
        &self,
        quads: impl IntoIterator<Item = Quad>,
        position: u64,
    ) -> Result<(), StoreError> {
        let mut loader = self
            .store
            .bulk_loader()
            .with_num_threads(BULK_THREADS)
            .with_max_memory_size_in_megabytes(BULK_MEGABYTES);
        loader.load_quads(quads.into_iter().chain([position_quad(position)]))?;
        loader.commit()?;
        Ok(())
    }

    /// Makes one sorted table of each of those that loading has left, which otherwise every read would ask and
    /// every writer would begin to merge.
    #[cfg(feature = "rocksdb")]
    pub(super) fn compact(&self) -> Result<(), StoreError> {
        Ok(self.store.optimize()?)
    }

    #[cfg(not(feature = "rocksdb"))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the durable build has something to merge"
    )]
    pub(super) fn compact(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Applies changes in one transaction and notes the position the graph then stands at.
    ///
    /// # Errors
    /// When the transaction fails; the graph is then as it was.
    pub fn change(&self, changes: &GraphChanges, position: u64) -> Result<(), StoreError> {
        let old = self.position_quads()?;
        let mut transaction = self.store.start_transaction()?;
        changes
            .removed
            .iter()
            .chain(&old)
            .for_each(|quad| transaction.remove(quad));
        transaction.extend(changes.added.iter());
        transaction.insert(&position_quad(position));
        transaction.commit()?;
        self.flush()
    }

    #[cfg(feature = "rocksdb")]
    fn flush(&self) -> Result<(), StoreError> {
        Ok(self.store.flush()?)
    }

    #[cfg(not(feature = "rocksdb"))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the durable build has something to flush"
    )]
    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// All quads but the note of the position.
    ///
    /// # Errors
    /// The iterator yields an error when the graph cannot be read.
    pub fn quads(&self) -> impl Iterator<Item = Result<Quad, StorageError>> + use<> {
        let note = |quad: &Quad| quad.predicate == annals::JOURNAL_POSITION;
        self.store
            .iter()
            .filter(move |quad| !quad.as_ref().is_ok_and(note))
    }

    /// The quads of one named graph, and those about its document in the default graph.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn document_quads(&self, document: NamedNodeRef<'_>) -> Result<Vec<Quad>, StoreError> {
        let own = self
            .store
            .quads_for_pattern(None, None, None, Some(document.into()));
        let about = self.store.quads_for_pattern(
            Some(document.into()),
            None,
            None,
            Some(GraphNameRef::DefaultGraph),
        );
        Ok(own.chain(about).collect::<Result<_, _>>()?)
    }

    /// The quads of one graph, of one subject where it is given.
    pub(super) fn quads_in(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        graph: NamedNodeRef<'_>,
    ) -> Result<Vec<Quad>, StoreError> {
        let subject = subject.map(Into::into);
        let found = self
            .store
            .quads_for_pattern(subject, None, None, Some(graph.into()));
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Whether the graph gives the same number of quads read as a whole, by predicate and by graph, that
    /// is through three of its tables. Every read stops at its first error: Oxigraph's own check counts on
    /// over damaged tables and never ends. The tables by object are not read.
    pub(super) fn tables_agree(&self) -> Result<bool, StoreError> {
        let mut predicates = std::collections::HashSet::new();
        let mut total = 0_usize;
        for quad in self.store.iter() {
            predicates.insert(quad?.predicate);
            total += 1;
        }
        let count = |predicate: Option<NamedNodeRef<'_>>, graph: Option<GraphNameRef<'_>>| {
            let quads = self.store.quads_for_pattern(None, predicate, None, graph);
            quads
                .into_iter()
                .try_fold(0_usize, |count, quad| quad.map(|_| count + 1))
        };
        let mut by_predicate = 0;
        for predicate in &predicates {
            by_predicate += count(Some(predicate.as_ref()), None)?;
        }
        let mut by_graph = count(None, Some(GraphNameRef::DefaultGraph))?;
        for name in self.store.named_graphs() {
            by_graph += count(None, Some(name?.as_ref().into()))?;
        }
        Ok(by_predicate == total && by_graph == total)
    }

    /// The fingerprints of what the graph holds, by reading all of it.
    pub(super) fn fingerprints(
        &self,
        shared: &[NamedNodeRef<'static>],
    ) -> Result<Fingerprints, StoreError> {
        let mut prints = Fingerprints::default();
        for quad in self.quads() {
            let quad = quad?;
            match &quad.graph_name {
                GraphName::NamedNode(name) if shared.contains(&name.as_ref()) => {
                    prints.add_shared(&quad);
                }
                GraphName::NamedNode(name) => prints.add_of_document(name.as_str(), &quad),
                _ => prints.add_of_document(iri_of(&quad.subject), &quad),
            }
        }
        Ok(prints)
    }

    /// The quads with a given subject and predicate, in any graph.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn quads_of(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<NamedNodeRef<'_>>,
    ) -> Result<Vec<Quad>, StoreError> {
        let found = self.store.quads_for_pattern(
            subject.map(Into::into),
            predicate,
            object.map(Into::into),
            None,
        );
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The names of all named graphs.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn graph_names(&self) -> Result<Vec<String>, StoreError> {
        let names = self.store.named_graphs();
        let names = names.map(|name| {
            name.map(|name| match name {
                NamedOrBlankNode::NamedNode(node) => node.into_string(),
                NamedOrBlankNode::BlankNode(node) => node.into_string(),
            })
        });
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Whether the graph has a quad.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn contains(&self, quad: QuadRef<'_>) -> Result<bool, StoreError> {
        Ok(self.store.contains(quad)?)
    }
}

/// The IRI of a subject; Annals writes no blank nodes.
pub(super) fn iri_of(subject: &NamedOrBlankNode) -> &str {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

fn position_quad(position: u64) -> Quad {
    let value = Literal::new_typed_literal(position.to_string(), xsd::INTEGER);
    Quad::new(
        annals::INFERRED,
        annals::JOURNAL_POSITION,
        value,
        GraphName::DefaultGraph,
    )
}
