//! Entities across documents: which local entities and context names are one.
//!
//! In: all readings and the user's decisions. Out: [`Entities`], with the reason for every name. The
//! steps, each a file: the census of names, in the sense each document means; then edges between
//! names, each with its reason (aliases everybody knows, spellings, forms of given names, kinds taken
//! by mistake, acronyms that documents define, context names, decisions); then documents that give
//! only a surname. Which words a name is read from, and what events it takes part in, is left to
//! others. Everything is a function of the set of readings and the sequence of decisions.

mod acronym;
mod build;
mod census;
mod context;
mod edges;
mod established;
mod fold;
mod given;
mod kinds;
mod known;
mod naming;
mod node;
mod reason;
mod sense;
mod spelling;
mod storyline;
mod surname;

use std::collections::{BTreeMap, HashMap};

pub use naming::Naming;
pub use reason::Reason;

use super::{Established, Nothing, Reading};
use crate::decision::{Choice, Decision, NameRef, standing};
use crate::extract::name_key;
use crate::id::EntityId;
use census::Census;
use edges::Edges;
use node::Node;

/// A person, place, organization, storyline or concept.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    pub naming: Naming,
    /// Its preferred name.
    pub name: String,
    /// Its other names as written, sorted.
    pub aliases: Vec<String>,
    /// All its names, the preferred one among them, the most used first.
    pub surfaces: Vec<Surface>,
    /// What a decision about the entity calls it.
    pub root: NameRef,
    /// The user's merges that hold it together.
    pub merges: Vec<Held>,
    /// How many documents name it.
    pub documents: usize,
}

/// One way an entity is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// The name as written.
    pub name: String,
    /// How many documents write it so.
    pub documents: usize,
    /// Why it is a name of this entity.
    pub reason: Reason,
    /// What a decision about it calls it.
    pub node: NameRef,
    /// The same name as other kinds of thing that are the entity too.
    pub other_kinds: Vec<NameRef>,
    /// Which part of the entity it belongs to, when the user's merges are left out.
    pub part: usize,
    /// The number of the decision that split it off from another entity.
    pub split: Option<u64>,
}

/// A merge that the user decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The decision's number.
    pub number: u64,
    /// The parts it holds together.
    pub parts: [usize; 2],
}

impl Entity {
    /// Whether it is somewhere rather than someone.
    #[must_use]
    pub fn is_place(&self) -> bool {
        self.naming == Naming::Entity(crate::extract::EntityKind::Place)
    }
}

/// All entities of a set of readings.
#[derive(Debug, Default)]
pub struct Entities {
    list: Vec<Entity>,
    /// The entity of each local entity of each reading, where it is one's.
    locals: Vec<Vec<Option<usize>>>,
    /// The entities of each reading's context names and topic headings, by key.
    framing: Vec<Vec<(String, usize)>>,
    /// The entity of each context name in its usual sense.
    by_name: HashMap<String, usize>,
}

impl Entities {
    /// The entities, sorted by id.
    #[must_use]
    pub fn list(&self) -> &[Entity] {
        &self.list
    }

    /// The index of the entity that a local entity of a reading belongs to.
    #[must_use]
    pub fn of_local(&self, reading: usize, local: usize) -> Option<usize> {
        self.locals.get(reading)?.get(local).copied().flatten()
    }

    /// The index of the entity that a reading means by a context name or topic heading.
    #[must_use]
    pub fn of_framing(&self, reading: usize, name: &str) -> Option<usize> {
        let key = name_key(name);
        let named = self.framing.get(reading)?.iter();
        let mut of_key = named.filter(|(known, _)| *known == key);
        of_key.next().map(|(_, entity)| *entity)
    }

    /// The indices of the entities that a reading means by its context names and topic headings.
    pub fn framing(&self, reading: usize) -> impl Iterator<Item = usize> + '_ {
        let named = self.framing.get(reading).into_iter().flatten();
        named.map(|(_, entity)| *entity)
    }

    /// The index of the entity that a context name or topic heading usually names.
    #[must_use]
    pub fn of_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name_key(name)).copied()
    }
}

/// Resolves the names of all readings, which must be sorted by id; decisions in their order.
#[must_use]
pub fn resolve_entities(readings: &[Reading], decisions: &[Decision]) -> Entities {
    resolve_beside(readings, decisions, &Nothing)
}

/// As [`resolve_entities`], with names that are known from other documents.
pub(super) fn resolve_beside(
    readings: &[Reading],
    decisions: &[Decision],
    known: &dyn Established,
) -> Entities {
    let census = Census::of(readings);
    let decisions = standing(decisions);
    let mut edges = Edges::new(census.nodes.len(), split_off(&census, &decisions));
    known::known(&census, &mut edges);
    kinds::kinds(&census, &mut edges);
    spelling::spellings(&census, &mut edges);
    given::given_names(&census, &mut edges);
    acronym::acronyms(readings, &census, &mut edges);
    known::framing(&census, &mut edges);
    storyline::storyline_names(&census, &mut edges);
    let bearers = established::bearers(&census, known, &mut edges);
    merge(&census, &decisions, &mut edges);
    let moved = surname::surnames(&census, &edges);
    build::build(&census, &edges, &moved, &hidden(&decisions), &bearers)
}

/// Nodes that the user split off, with the decision's number.
fn split_off(census: &Census, decisions: &[&Decision]) -> BTreeMap<usize, u64> {
    let mut split = BTreeMap::new();
    for decision in decisions {
        if let Choice::Split { names, .. } = &decision.choice {
            let nodes = names
                .iter()
                .filter_map(|name| census.find(&Node::from(name)));
            split.extend(nodes.map(|node| (node, decision.number)));
        }
    }
    split
}

/// Names that the user split off, whether any document gives them alone or not.
fn hidden(decisions: &[&Decision]) -> Vec<(NameRef, NameRef)> {
    let mut hidden = Vec::new();
    for decision in decisions {
        if let Choice::Split { names, from } = &decision.choice {
            hidden.extend(names.iter().map(|name| (name.clone(), from.clone())));
        }
    }
    hidden
}

fn merge(census: &Census, decisions: &[&Decision], edges: &mut Edges) {
    for decision in decisions {
        if let Choice::Merge { first, second } = &decision.choice {
            let nodes = [first, second].map(|name| census.find(&Node::from(name)));
            if let [Some(a), Some(b)] = nodes {
                let reason = Reason::Decision {
                    number: decision.number,
                    author: decision.author.clone(),
                    why: decision.reason.clone(),
                };
                edges.decide(a, b, reason);
            }
        }
    }
}

#[cfg(test)]
mod tests;
