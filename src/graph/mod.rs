//! Events and what connects them as petgraph graphs: the projections that paths, centralities,
//! communities, neighbourhoods and pictures work on.
//!
//! `project`, `skeleton` and `connection` read an open store through an `inspect` [`View`]; everything else works on the
//! graph in memory, and nothing here opens, writes or knows the layout of a store.
//!
//! [`View`]: crate::inspect::View

mod betweenness;
mod centrality;
mod communities;
mod connection;
mod paths;
mod project;
mod skeleton;

pub use betweenness::{Betweenness, MOST_FOR_EXACT, PIVOTS, betweenness, sampled_betweenness};
pub use centrality::{degrees, page_rank};
pub use communities::{Communities, CommunityError, communities};
pub use connection::{Connection, Step, connection, links};
pub use paths::{Path, cheapest_paths};
pub use project::{Projection, Selection, drawn, node, project};
pub use skeleton::{Skeleton, Tie};

use petgraph::graph::UnGraph;
use serde::{Deserialize, Serialize};

/// Events, storylines and entities, and the links between them.
///
/// Nodes are sorted by IRI and edges by their end points, so equal contents give equal graphs.
pub type EventGraph = UnGraph<Node, Edge>;

/// A thing in the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its IRI.
    pub iri: String,
    /// Its title or preferred name.
    pub label: String,
    /// What it is.
    pub kind: NodeKind,
    /// When it happened, in EDTF level 1; events only.
    pub date: Option<String>,
}

/// The kinds of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// Something that happened.
    Event,
    /// A long event that others belong to.
    Storyline,
    /// A human being.
    Person,
    /// A place.
    Place,
    /// A body.
    Organization,
    /// A context name of no known kind.
    Concept,
}

impl NodeKind {
    /// All kinds, in order.
    pub const ALL: [Self; 6] = [
        Self::Event,
        Self::Storyline,
        Self::Person,
        Self::Place,
        Self::Organization,
        Self::Concept,
    ];

    /// The lower-case word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Storyline => "storyline",
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Concept => "concept",
        }
    }
}

/// A link between two things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// What the link says.
    pub kind: EdgeKind,
    /// Shared context or role, for people to read; can be empty.
    pub label: String,
    /// Number of documents that state it, or its score when inferred; above 0.
    pub weight: f64,
}

/// The kinds of link. `Supersedes` points from the source node (newer) to the target (older); the
/// others have no direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EdgeKind {
    /// Two events a page states as related.
    Related,
    /// An event and what frames it.
    Context,
    /// A newer version and the older one.
    Supersedes,
    /// An event and who took part.
    Actor,
    /// An event and where it happened.
    Place,
}

impl EdgeKind {
    /// The lower-case word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Related => "related",
            Self::Context => "context",
            Self::Supersedes => "supersedes",
            Self::Actor => "actor",
            Self::Place => "place",
        }
    }
}
