//! Writing a few changes into what is derived, without looking at all the rest.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad};

use super::fingerprints::{Fingerprints, Print};
use super::graph::iri_of;
use super::{Graph, GraphChanges, IndexRecord, Store, StoreError};

/// Changes to graph and index.
#[derive(Debug, Default)]
pub struct Patch {
    /// Quads that go and come. One that is there already, or is not, does no harm.
    pub graph: GraphChanges,
    /// The graphs that documents share.
    pub shared: Vec<NamedNodeRef<'static>>,
    /// Index records that are new, or take the place of those of the same IRIs.
    pub records: Vec<IndexRecord>,
    /// IRIs whose index records go.
    pub gone: Vec<String>,
}

impl Store {
    /// Applies changes to graph and index, which then stand at the journal's position. `note` is given
    /// by how many quads the graph has grown.
    ///
    /// # Errors
    /// When a part cannot be written; it is then as it was.
    pub fn patch(
        &mut self,
        patch: &Patch,
        note: impl FnOnce(i64) -> String,
    ) -> Result<(), StoreError> {
        let position = self.journal.position();
        let before = self.index.position()?;
        let prepared = self.index.prepare_patch(&patch.records, &patch.gone)?;
        let changes = if Graph::is_durable() {
            Some(self.real_changes(patch)?)
        } else {
            None
        };
        let (added, removed) = match &changes {
            Some(changes) => (changes.added.len(), changes.removed.len()),
            None => (patch.graph.added.len(), patch.graph.removed.len()),
        };
        // It is open for reading.
        drop(self.graph.take());
        prepared.commit(position, &note(difference(added, removed)), || {
            let moment = self.moment()?;
            let graph = match (&changes, &self.folder) {
                (Some(changes), Some(folder)) => {
                    let graph = Graph::open_alone(&folder.graph())?;
                    graph.change(changes, position)?;
                    let prints = prints(&graph, changes, &patch.shared)?;
                    prints.write_changed(&folder.fingerprints(), before, position)?;
                    Some(graph)
                }
                _ => None,
            };
            // Whoever gets both closes the graph first.
            Ok((graph, moment))
        })?;
        self.index.reload()
    }

    /// The changes without quads that are there already, or are not.
    fn real_changes(&self, patch: &Patch) -> Result<GraphChanges, StoreError> {
        let graph = self.graph()?;
        let mut changes = GraphChanges::default();
        for quad in &patch.graph.removed {
            if graph.contains(quad.as_ref())? {
                changes.removed.push(quad.clone());
            }
        }
        for quad in &patch.graph.added {
            if !graph.contains(quad.as_ref())? {
                changes.added.push(quad.clone());
            }
        }
        Ok(changes)
    }
}

/// The fingerprints of all parts that some changes touch, read from the changed graph.
fn prints(
    graph: &Graph,
    changes: &GraphChanges,
    shared: &[NamedNodeRef<'static>],
) -> Result<Fingerprints, StoreError> {
    let mut documents: BTreeSet<&str> = BTreeSet::new();
    let mut subjects: BTreeSet<&str> = BTreeSet::new();
    for quad in changes.removed.iter().chain(&changes.added) {
        match &quad.graph_name {
            GraphName::NamedNode(name) if shared.contains(&name.as_ref()) => {
                subjects.insert(iri_of(&quad.subject));
            }
            GraphName::NamedNode(name) => {
                documents.insert(name.as_str());
            }
            _ => {
                documents.insert(iri_of(&quad.subject));
            }
        }
    }
    let mut prints = Fingerprints::default();
    for name in documents {
        let quads = graph.document_quads(NamedNodeRef::new_unchecked(name))?;
        prints.documents.insert(name.to_owned(), Print::of(&quads));
    }
    for subject in subjects {
        let mut quads: Vec<Quad> = Vec::new();
        for name in shared {
            let subject = NamedNode::new_unchecked(subject);
            quads.extend(graph.quads_in(Some(subject.as_ref()), *name)?);
        }
        prints
            .subjects
            .insert(subject.to_owned(), Print::of(&quads));
    }
    Ok(prints)
}

fn difference(added: usize, removed: usize) -> i64 {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    count(added) - count(removed)
}
