//! The user's decisions about names: this name and that one are one entity, this name is none of
//! that entity's, that earlier decision no longer holds. Plain data: the journal keeps it, `resolve`
//! obeys it, `rdf` writes it down. Nothing is ever erased; taking a decision back is a decision too.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::extract::EntityKind;

/// A decision, with who made it, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number in the journal, from 1.
    pub number: u64,
    /// Who decided.
    pub author: String,
    /// When, as an `xsd:dateTime` in UTC to the second.
    pub time: String,
    /// Why, in the author's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was decided.
    #[serde(flatten)]
    pub choice: Choice,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
pub enum Choice {
    /// Two names are one entity.
    Merge {
        /// The one.
        first: NameRef,
        /// The other.
        second: NameRef,
    },
    /// A name is no name of the entity it was found in.
    Split {
        /// The name, once for each kind of thing it names there.
        names: Vec<NameRef>,
        /// What that entity is named by.
        from: NameRef,
    },
    /// An earlier decision holds no longer.
    Retract {
        /// That decision's number.
        #[serde(rename = "retracts")]
        number: u64,
    },
}

/// A name as one kind of thing: what a decision is about. Entities come and go with the documents;
/// names stay.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NameRef {
    /// What kind of entity the name names; `None` for names that only lists of contexts use.
    pub kind: Option<EntityKind>,
    /// Its [`name_key`](crate::extract::name_key).
    pub key: String,
    /// Which of several namesakes, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sense: Option<String>,
    /// The name as the user saw it.
    pub name: String,
}

impl Choice {
    /// The decision as one word, as `annals:decision` has it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Retract { .. } => "retract",
        }
    }

    /// The names it is about.
    #[must_use]
    pub fn names(&self) -> Vec<&NameRef> {
        match self {
            Self::Merge { first, second } => vec![first, second],
            Self::Split { names, .. } => names.iter().collect(),
            Self::Retract { .. } => Vec::new(),
        }
    }
}

/// The decisions that hold: those that no other takes back.
///
/// ```
/// use annals::decision::{Choice, Decision, standing};
/// let decision = |number, choice| Decision {
///     number,
///     author: "ana".to_owned(),
///     time: "2026-11-22T10:00:00Z".to_owned(),
///     reason: None,
///     choice,
/// };
/// let all = [decision(1, Choice::Retract { number: 7 }), decision(2, Choice::Retract { number: 1 })];
/// assert_eq!(standing(&all).len(), 1);
/// ```
#[must_use]
pub fn standing(decisions: &[Decision]) -> Vec<&Decision> {
    let retracted: BTreeSet<u64> = decisions
        .iter()
        .filter_map(|decision| match decision.choice {
            Choice::Retract { number } => Some(number),
            _ => None,
        })
        .collect();
    decisions
        .iter()
        .filter(|decision| !retracted.contains(&decision.number))
        .collect()
}
