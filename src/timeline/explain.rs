//! Why an entry is in a timeline.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Entry;
use super::belong::Members;
use super::phrase::Topic;
use super::rank::{self, Ranking};
use crate::store::{EventWords, Slot, StoreError};

/// Feedback words shown: the ones that add most.
const FEEDBACK: usize = 5;

/// Why an entry is in a timeline. Words are index terms: stems in lower case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Why {
    /// The names of the phrase, when the event has all of them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub names: Vec<String>,
    /// Storylines that the phrase names and the event is of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub storylines: Vec<String>,
    /// Storylines that it is filed under and tells nothing of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unlike: Vec<String>,
    /// Words of the phrase that the event says.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub words: Vec<String>,
    /// Words learned from the best answers that the event says, the weightiest five.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub feedback: Vec<String>,
    /// The score from which an event belongs, when the score decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub needed: Option<f64>,
    /// What the phrase's words add to the score before neighbours are looked at.
    pub words_score: f64,
    /// What the learned words add likewise.
    pub feedback_score: f64,
    /// What the nearest neighbours change, and being filed under what was asked for: final score less the two above.
    pub neighbours_score: f64,
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lists = [
            ("names", &self.names),
            ("storylines", &self.storylines),
            ("filed without a word of it under", &self.unlike),
            ("words", &self.words),
            ("feedback", &self.feedback),
        ];
        for (label, list) in lists {
            if !list.is_empty() {
                write!(f, "{label} {}; ", list.join(", "))?;
            }
        }
        let (words, feedback, near) =
            (self.words_score, self.feedback_score, self.neighbours_score);
        write!(f, "score {:.3}", words + feedback + near)?;
        if let Some(needed) = self.needed {
            write!(f, " of {needed:.3} needed")?;
        }
        write!(
            f,
            ": {words:.3} from words {feedback:+.3} from feedback {near:+.3} from neighbours"
        )
    }
}

/// Explains one event of a ranking; `storylines` has those of the phrase that each event is of.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn explain(
    words: &EventWords,
    topic: &Topic,
    ranking: &Ranking,
    members: &Members,
    storylines: &BTreeMap<Slot, BTreeSet<String>>,
    (slot, entry): (Slot, &Entry),
) -> Result<Why, StoreError> {
    let mut why = Why {
        needed: members.cut.map(|cut| match members.named.contains(&slot) {
            true => cut.named,
            false => cut.others,
        }),
        unlike: entry.unlike.clone(),
        ..Why::default()
    };
    if members.named.contains(&slot) {
        why.names = topic
            .names
            .iter()
            .map(|name| name.surface.clone())
            .collect();
    }
    let of = storylines.get(&slot).into_iter().flatten();
    why.storylines = of.cloned().collect();
    for (term, part) in rank::contributions(words, &ranking.model, slot)? {
        if topic.weights.contains_key(&term) {
            why.words_score += part;
            why.words.push(term);
        } else {
            why.feedback_score += part;
            if why.feedback.len() < FEEDBACK {
                why.feedback.push(term);
            }
        }
    }
    why.neighbours_score = entry.score - why.words_score - why.feedback_score;
    Ok(why)
}
