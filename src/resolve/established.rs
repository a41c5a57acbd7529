//! What has been resolved before, beside documents that are resolved now without all the others.
//!
//! Everything that is known of a name or an event stays what it is: new documents join it, and nothing
//! that was one falls apart because the documents that made it one are not at hand.

use super::Naming;
use crate::decision::NameRef;
use crate::id::{EntityId, EventId};

/// What is established.
pub trait Established: Sync {
    /// The entity that a name has been found to be a name of.
    fn name(&self, name: &NameRef) -> Option<EstablishedName>;

    /// The event that a telling has been found to tell, by the telling's key (see
    /// [`telling_key`](super::telling_key)).
    fn event(&self, telling: &str) -> Option<EventId>;

    /// How many events there are.
    fn events(&self) -> usize;

    /// Whether there is nothing.
    fn is_empty(&self) -> bool {
        self.events() == 0
    }
}

/// An entity that is established.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EstablishedName {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    pub naming: Naming,
    /// Its preferred name.
    pub name: String,
}

/// Nothing is established: all documents are at hand.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

impl Established for Nothing {
    fn name(&self, _: &NameRef) -> Option<EstablishedName> {
        None
    }

    fn event(&self, _: &str) -> Option<EventId> {
        None
    }

    fn events(&self) -> usize {
        0
    }
}
