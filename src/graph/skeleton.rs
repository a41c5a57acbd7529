//! All that is linked and nothing else: the things of a store as numbers, and the links between
//! them. Names, dates and words are read later, for the few things that are shown.

use std::collections::{BTreeMap, HashMap};

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use petgraph::graph::{NodeIndex, UnGraph};
use rayon::prelude::*;

use super::project::{KINDS, LINKS};
use super::{EdgeKind, NodeKind};
use crate::inspect::View;
use crate::rdf::vocab::{annals, sem};
use crate::store::{SaidBy, StoreError};

/// A link: what it says and how many graphs say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// What the link says.
    pub kind: EdgeKind,
    /// Number of documents that state it; 0 when it was only inferred.
    pub documents: u32,
}

/// The things of a store, sorted by IRI, and their links.
#[derive(Debug, Default)]
pub struct Skeleton {
    iris: Vec<String>,
    graph: UnGraph<(), Tie>,
}

impl Skeleton {
    /// Reads all links of a store.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn of(view: View<'_>) -> Result<Self, StoreError> {
        let asked: Vec<_> = LINKS
            .iter()
            .flat_map(|link| [SaidBy::Document, SaidBy::Inference].map(|said_by| (link, said_by)))
            .collect();
        let found: Vec<_> = asked
            .into_par_iter()
            .map(|(link, said_by)| Ok((link, said_by, view.graph.links(link.0, said_by)?)))
            .collect::<Result<_, StoreError>>()?;
        let mut gathered = Gathered::default();
        for ((predicate, kind), said_by, links) in found {
            // That a whole has a part is written beside the part's heading or context, and not counted again.
            let is_counted = said_by == SaidBy::Document && *predicate != sem::HAS_SUB_EVENT;
            let tie = Tie {
                kind: *kind,
                documents: u32::from(is_counted),
            };
            for (from, to) in links {
                gathered.link(from.as_str(), to.as_str(), tie);
            }
        }
        Ok(gathered.into_skeleton())
    }

    /// Things without a store, linked in pairs.
    #[cfg(test)]
    pub(super) fn linking(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut gathered = Gathered::default();
        for (a, b) in pairs {
            let kind = EdgeKind::Context;
            gathered.tie(&a, &b, Tie { kind, documents: 1 });
        }
        gathered.into_skeleton()
    }

    /// The graph; node numbers are places in the sorted list of IRIs.
    #[must_use]
    pub fn graph(&self) -> &UnGraph<(), Tie> {
        &self.graph
    }

    /// The IRI of a node.
    #[must_use]
    pub fn iri(&self, node: NodeIndex) -> &str {
        &self.iris[node.index()]
    }

    /// The node of an IRI; none for a thing without links.
    #[must_use]
    pub fn node(&self, iri: &str) -> Option<NodeIndex> {
        let found = self.iris.binary_search_by(|known| known.as_str().cmp(iri));
        found.ok().map(NodeIndex::new)
    }

    /// The kind of every node, by its type in the store.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn kinds(&self, view: View<'_>) -> Result<Vec<NodeKind>, StoreError> {
        let mut kinds = vec![NodeKind::Concept; self.iris.len()];
        for (class, kind) in KINDS {
            for thing in view.graph.things(class)? {
                if let Some(node) = self.node(thing.as_str()) {
                    kinds[node.index()] = kind;
                }
            }
        }
        Ok(kinds)
    }

    /// The same without the events that cannot have happened in a period (first and last day,
    /// inclusive, `2018-01-31`) and without what then has no link.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn within(
        self,
        view: View<'_>,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Self, StoreError> {
        let kinds = self.kinds(view)?;
        let ends = |term: NamedNodeRef<'static>| self.moments(view, term);
        let (earliest, latest) = (ends(annals::EARLIEST)?, ends(annals::LATEST)?);
        let is_in = |node: NodeIndex| {
            let (first, last) = (earliest.get(&node), latest.get(&node));
            let begins = to.is_none_or(|to| first.is_some_and(|day| day.as_str() <= to));
            let ends = from.is_none_or(|from| last.is_some_and(|day| day.as_str() >= from));
            kinds[node.index()] != NodeKind::Event || (begins && ends)
        };
        let mut kept = Gathered::default();
        for edge in self.graph.edge_indices() {
            if let Some((a, b)) = self
                .graph
                .edge_endpoints(edge)
                .filter(|ends| is_in(ends.0) && is_in(ends.1))
            {
                kept.tie(self.iri(a), self.iri(b), self.graph[edge]);
            }
        }
        Ok(kept.into_skeleton())
    }

    /// The day in a date-time of each node.
    fn moments(
        &self,
        view: View<'_>,
        term: NamedNodeRef<'static>,
    ) -> Result<HashMap<NodeIndex, String>, StoreError> {
        let quads = view.graph.quads_of(None, Some(term), None)?;
        let days = quads.into_iter().filter_map(|quad| {
            let node = self.node(&iri_of(quad.subject.into()))?;
            let Term::Literal(moment) = quad.object else {
                return None;
            };
            Some((node, moment.value().get(..10)?.to_owned()))
        });
        Ok(days.collect())
    }
}

/// Links under collection: the order in which they come does not matter.
#[derive(Default)]
struct Gathered {
    numbers: HashMap<String, usize>,
    ties: BTreeMap<(usize, usize, EdgeKind), u32>,
}

impl Gathered {
    fn number(&mut self, iri: &str) -> usize {
        if let Some(number) = self.numbers.get(iri) {
            return *number;
        }
        let next = self.numbers.len();
        self.numbers.insert(iri.to_owned(), next);
        next
    }

    /// Counts a link that one graph says.
    fn link(&mut self, from: &str, to: &str, tie: Tie) {
        // Written both ways: one way is enough to count its documents.
        if tie.kind != EdgeKind::Related || from <= to {
            self.tie(from, to, tie);
        }
    }

    /// A thing is never linked with itself.
    fn tie(&mut self, from: &str, to: &str, tie: Tie) {
        let (a, b) = (self.number(from), self.number(to));
        if a != b {
            *self.ties.entry((a.min(b), a.max(b), tie.kind)).or_default() += tie.documents;
        }
    }

    fn into_skeleton(self) -> Skeleton {
        let mut things: Vec<(String, usize)> = self.numbers.into_iter().collect();
        things.sort_unstable();
        let mut place = vec![0; things.len()];
        for (at, (_, number)) in things.iter().enumerate() {
            place[*number] = at;
        }
        let mut ties: Vec<(usize, usize, Tie)> = self
            .ties
            .into_iter()
            .map(|((a, b, kind), documents)| {
                let (a, b) = (place[a], place[b]);
                (a.min(b), a.max(b), Tie { kind, documents })
            })
            .collect();
        ties.sort_unstable_by_key(|(a, b, tie)| (*a, *b, tie.kind));
        let mut graph = UnGraph::with_capacity(things.len(), ties.len());
        for _ in &things {
            graph.add_node(());
        }
        for (a, b, tie) in ties {
            graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), tie);
        }
        Skeleton {
            iris: things.into_iter().map(|(iri, _)| iri).collect(),
            graph,
        }
    }
}

/// The IRI of a term.
pub(super) fn iri_of(term: Term) -> String {
    match term {
        Term::NamedNode(node) => node.into_string(),
        other => other.to_string(),
    }
}

/// A node of an IRI that came from the store.
pub(super) fn named(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}
