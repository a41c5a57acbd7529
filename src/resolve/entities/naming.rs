//! What kind of thing a name names.

use crate::extract::EntityKind;

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// A person, place or organization.
    Entity(EntityKind),
    /// A long event that others belong to.
    Storyline,
    /// Anything else that frames events: an office, a topic.
    Concept,
}
