//! Nodes: what is joined into entities. A node is a key as one kind of thing, in one sense.

use crate::decision::NameRef;
use crate::extract::EntityKind;

/// A name as one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node {
    /// `None` while only context lines have used it.
    pub(super) kind: Option<EntityKind>,
    /// [`name_key`](crate::extract::name_key) of the name.
    pub(super) key: String,
    /// Which of several namesakes the documents mean; `None` for the usual one.
    pub(super) sense: Option<String>,
}

impl Node {
    pub(super) fn new(kind: Option<EntityKind>, key: &str) -> Self {
        Self {
            kind,
            key: key.to_owned(),
            sense: None,
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.kind == Some(EntityKind::Person)
    }

    pub(super) fn words(&self) -> usize {
        self.key.split(' ').count()
    }

    pub(super) fn last_word(&self) -> &str {
        self.key.rsplit(' ').next().unwrap_or_default()
    }

    /// What a decision about the node says.
    pub(super) fn name_ref(&self, name: &str) -> NameRef {
        NameRef {
            kind: self.kind,
            key: self.key.clone(),
            sense: self.sense.clone(),
            name: name.to_owned(),
        }
    }
}

impl From<&NameRef> for Node {
    fn from(name: &NameRef) -> Self {
        Self {
            kind: name.kind,
            key: name.key.clone(),
            sense: name.sense.clone(),
        }
    }
}
