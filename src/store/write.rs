//! Writing what is derived: everything at first, later only what differs.
//!
//! A first graph is filled under another name and renamed when it is whole, so that a graph that
//! can be seen can be opened. So is one of which so much differs that filling is quicker. All that takes time is
//! done beside readers; they are kept out only while the graph changes and the index shows what it has.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc;
use std::thread;

use oxigraph::model::{NamedNode, NamedNodeRef, Quad};

use super::derived::{Derived, count_quads, for_documents};
use super::fingerprints::{Fingerprints, Print};
use super::folder::{discard, remove, rename};
use super::index::Prepared;
use super::lock::Moment;
use super::{Folder, Graph, GraphChanges, Index, Store, StoreError};

/// From so many changed documents on, a graph is filled anew: a transaction is kept in memory until
/// it is committed, and filling is many times quicker (a guess at where it pays).
const REFILL_FROM: usize = 4096;

impl Store {
    /// Makes the graph and the index hold what follows from the journal, and notes what the owner
    /// wants to find again with [`Index::note`](super::Index::note): `note` is given the number of
    /// quads.
    ///
    /// # Errors
    /// When a part cannot be written; it is then as it was.
    pub fn write(
        &mut self,
        derived: &impl Derived,
        note: impl FnOnce(usize) -> String,
    ) -> Result<usize, StoreError> {
        let position = self.journal.position();
        let (written, prepared) = self.prepare(derived, position)?;
        let note = note(written.quads);
        match self.folder.clone().filter(|_| self.is_fresh) {
            Some(folder) => {
                prepared.commit(position, &note, || Ok(()))?;
                self.exchange(&folder, &written, position)?;
            }
            None => prepared.commit(position, &note, || self.change_graph(&written, position))?,
        }
        self.index.reload()?;
        if let Some(folder) = &self.folder {
            folder.remove_discarded()?;
        }
        Ok(written.quads)
    }

    /// Writes what is to be seen of graph and index, so that it is not seen yet.
    fn prepare(
        &mut self,
        derived: &impl Derived,
        position: u64,
    ) -> Result<(Written, Prepared), StoreError> {
        let folder = self.folder.clone().filter(|_| Graph::is_durable());
        let old = (self.graph.take()).filter(|_| !self.is_fresh);
        let (index, is_fresh) = (&self.index, self.is_fresh);
        let (feeding, all_fed) = mpsc::channel();
        // Once the graph has all its quads, RocksDB sorts them on one core; the index is built on the other.
        let (written, prepared) = thread::scope(|scope| {
            let prepared = scope.spawn(move || {
                let _: Result<(), mpsc::RecvError> = all_fed.recv();
                index.prepare(derived.records())
            });
            let written = match &folder {
                Some(folder) if is_fresh => Written::filled(folder, derived, position, feeding),
                Some(folder) => Written::new(folder, old, derived, position, feeding),
                None => {
                    drop(feeding);
                    Ok(Written::in_memory(count_quads(derived)))
                }
            };
            (written, prepared.join())
        });
        let prepared = prepared.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((written?, prepared?))
    }

    /// Waits for the moment in which nobody reads and makes the graph what it is to be. Whoever gets the graph
    /// closes it before readers are let in.
    fn change_graph(
        &self,
        written: &Written,
        position: u64,
    ) -> Result<(Option<Graph>, Option<Moment>), StoreError> {
        let moment = self.moment()?;
        let graph = match &self.folder {
            Some(folder) => written.put_in_place(folder, position)?,
            None => None,
        };
        Ok((graph, moment))
    }

    /// Puts graph and index in place that were made anew under other names. Without an index, which is the first to go
    /// and the last to come, everything is derived again, should the process die meanwhile.
    fn exchange(
        &mut self,
        folder: &Folder,
        written: &Written,
        position: u64,
    ) -> Result<(), StoreError> {
        let place = folder.index();
        // Where open files cannot be renamed, this one must not be open.
        self.index = Index::in_memory()?;
        let _moment = self.moment()?;
        discard(&place)?;
        written.put_in_place(folder, position)?;
        rename(&folder.fresh_index(), &place)?;
        folder.sync()?;
        self.index = Index::open(&place)?;
        self.is_fresh = false;
        Ok(())
    }
}

/// A graph as it is to be, before anybody sees it.
struct Written {
    quads: usize,
    /// What is to be done with the one on disk, where there is one.
    change: Option<Change>,
}

enum Change {
    /// Is to be changed by a transaction.
    Transaction(GraphChanges),
    /// Has been filled under another name.
    Renaming,
}

impl Written {
    /// The graph is made from the journal when it is asked for.
    const fn in_memory(quads: usize) -> Self {
        let change = None;
        Self { quads, change }
    }

    /// Finds out what has to change in a graph, or fills a new one.
    fn new(
        folder: &Folder,
        graph: Option<Graph>,
        derived: &impl Derived,
        position: u64,
        feeding: Feeding,
    ) -> Result<Self, StoreError> {
        let graph = match graph {
            Some(graph) => graph,
            None => Graph::open(&folder.graph())?,
        };
        let known = graph.position()?;
        if known > 0 {
            let found = differences(folder, &graph, derived, known)?;
            if found.documents.len() < REFILL_FROM {
                let changes = Change::Transaction(found.changes(&graph, derived)?);
                return Self::with_prints(folder, changes, &found.prints, position);
            }
        }
        drop(graph);
        Self::filled(folder, derived, position, feeding)
    }

    /// Fills a new graph.
    fn filled(
        folder: &Folder,
        derived: &impl Derived,
        position: u64,
        feeding: Feeding,
    ) -> Result<Self, StoreError> {
        let fresh = folder.fresh_graph();
        remove(&fresh)?;
        let graph = Graph::open_alone(&fresh)?;
        let prints = fill(&graph, derived, position, feeding)?;
        graph.compact()?;
        Self::with_prints(folder, Change::Renaming, &prints, position)
    }

    /// Writes the fingerprints of what the graph will be, under another name.
    fn with_prints(
        folder: &Folder,
        change: Change,
        prints: &Fingerprints,
        position: u64,
    ) -> Result<Self, StoreError> {
        let fresh = folder.fresh_fingerprints();
        remove(&fresh)?;
        prints.write(&fresh, position)?;
        Ok(Self {
            quads: prints.quads(),
            change: Some(change),
        })
    }

    /// Makes it what readers open, who must not be there; returns the graph where it is still open.
    fn put_in_place(&self, folder: &Folder, position: u64) -> Result<Option<Graph>, StoreError> {
        let Some(change) = &self.change else {
            return Ok(None);
        };
        let place = folder.graph();
        // Fingerprints tell that the graph is there: they go before it changes and come when it has.
        remove(&folder.fingerprints())?;
        let graph = match change {
            Change::Transaction(changes) => {
                let graph = Graph::open_alone(&place)?;
                graph.change(changes, position)?;
                Some(graph)
            }
            Change::Renaming => {
                discard(&place)?;
                rename(&folder.fresh_graph(), &place)?;
                folder.sync()?;
                None
            }
        };
        rename(&folder.fresh_fingerprints(), &folder.fingerprints())?;
        Ok(graph)
    }
}

/// What is dropped when the graph has got all its quads, or has failed.
type Feeding = mpsc::Sender<()>;

fn fill(
    graph: &Graph,
    derived: &impl Derived,
    position: u64,
    feeding: Feeding,
) -> Result<Fingerprints, StoreError> {
    let prints = RefCell::new(Fingerprints::default());
    let documents = for_documents(derived, |index| {
        let quads = derived.document_quads(index);
        (derived.document_name(index), Print::of(&quads), quads)
    });
    let documents = documents.flat_map(|(name, print, quads)| {
        prints
            .borrow_mut()
            .documents
            .insert(name.into_string(), print);
        quads
    });
    let shared = derived.shared_quads();
    let shared = shared.inspect(|quad| prints.borrow_mut().add_shared(quad));
    let mut feeding = Some(feeding);
    let end = std::iter::from_fn(|| {
        drop(feeding.take());
        None
    });
    graph.fill(documents.chain(shared).chain(end), position)?;
    Ok(prints.into_inner())
}

/// Which parts of a graph are not what they should be.
struct Differences {
    /// Documents to write, by their index.
    documents: Vec<usize>,
    /// Documents to take out.
    gone: Vec<String>,
    /// Subjects to write or take out in the graphs that documents share.
    subjects: HashSet<String>,
    prints: Fingerprints,
}

fn differences(
    folder: &Folder,
    graph: &Graph,
    derived: &impl Derived,
    position: u64,
) -> Result<Differences, StoreError> {
    let known = match Fingerprints::read(&folder.fingerprints(), position) {
        Some(known) => known,
        None => graph.fingerprints(derived.shared_graphs())?,
    };
    let prints = Fingerprints::of(derived);
    let differs = |index: &usize| {
        let name = derived.document_name(*index).into_string();
        known.documents.get(&name) != prints.documents.get(&name)
    };
    Ok(Differences {
        documents: (0..derived.documents()).filter(differs).collect(),
        gone: differing(&known.documents, &prints.documents, |_, new| new.is_none()),
        subjects: subjects_that_differ(&known, &prints),
        prints,
    })
}

/// The names of the first map whose print in the second passes.
fn differing(
    first: &HashMap<String, Print>,
    second: &HashMap<String, Print>,
    passes: impl Fn(&Print, Option<&Print>) -> bool,
) -> Vec<String> {
    let names = first
        .iter()
        .filter(|(name, print)| passes(print, second.get(*name)));
    names.map(|(name, _)| name.clone()).collect()
}

fn subjects_that_differ(known: &Fingerprints, wanted: &Fingerprints) -> HashSet<String> {
    let differs = |print: &Print, other: Option<&Print>| Some(print) != other;
    let old = differing(&known.subjects, &wanted.subjects, differs);
    let new = differing(&wanted.subjects, &known.subjects, differs);
    old.into_iter().chain(new).collect()
}

impl Differences {
    fn changes(&self, graph: &Graph, derived: &impl Derived) -> Result<GraphChanges, StoreError> {
        let mut changes = GraphChanges::default();
        for &index in &self.documents {
            let known = graph.document_quads(derived.document_name(index).as_ref())?;
            difference(known, derived.document_quads(index), &mut changes);
        }
        for name in &self.gone {
            let name = NamedNode::new_unchecked(name);
            changes.removed.extend(graph.document_quads(name.as_ref())?);
        }
        if !self.subjects.is_empty() {
            let known = self.known_shared(graph, derived.shared_graphs())?;
            let is_changed =
                |quad: &Quad| self.subjects.contains(super::graph::iri_of(&quad.subject));
            difference(
                known,
                derived.shared_quads().filter(is_changed).collect(),
                &mut changes,
            );
        }
        Ok(changes)
    }

    fn known_shared(
        &self,
        graph: &Graph,
        shared: &[NamedNodeRef<'static>],
    ) -> Result<Vec<Quad>, StoreError> {
        let mut known = Vec::new();
        for subject in &self.subjects {
            let subject = NamedNode::new_unchecked(subject);
            for name in shared {
                known.extend(graph.quads_in(Some(subject.as_ref()), *name)?);
            }
        }
        Ok(known)
    }
}

fn difference(known: Vec<Quad>, wanted: Vec<Quad>, changes: &mut GraphChanges) {
    let known: HashSet<_> = known.into_iter().collect();
    let wanted: HashSet<_> = wanted.into_iter().collect();
    changes.removed.extend(known.difference(&wanted).cloned());
    changes.added.extend(wanted.difference(&known).cloned());
}
