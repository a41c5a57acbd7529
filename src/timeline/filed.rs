//! What is filed under the storylines that a phrase names: relevance judged by whoever filed it.

use std::collections::{BTreeMap, BTreeSet};

use super::belong::looking_for;
use super::phrase::Topic;
use super::rank::Days;
use crate::record::stray_key;
use crate::store::{EventWords, Index, Slot, StoreError};

/// So many events of a storyline are needed to learn from them (a guess).
const LEAST: usize = 3;

/// Events of the storylines that a phrase names.
#[derive(Debug, Default)]
pub(super) struct Filed {
    /// The names of the storylines that each is of, strays left out.
    pub(super) storylines: BTreeMap<Slot, BTreeSet<String>>,
    /// Events that are filed under these storylines and tell nothing of any.
    pub(super) strays: BTreeSet<Slot>,
    /// Those of a storyline whose whole name the phrase is: that is what was asked for. Empty when they are few.
    pub(super) asked_for: BTreeSet<Slot>,
}

impl Filed {
    /// Looks for the events of a period.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn read(
        index: &Index,
        words: &EventWords,
        topic: &Topic,
        days: Option<Days>,
    ) -> Result<Self, StoreError> {
        let of_key = |key: String| words.matching(index, &looking_for(vec![], vec![key], days));
        let mut filed = Self::default();
        for storyline in &topic.storylines {
            let strays = of_key(stray_key(&storyline.iri))?;
            for slot in of_key(storyline.iri.clone())? {
                if strays.binary_search(&slot).is_ok() {
                    filed.strays.insert(slot);
                    continue;
                }
                let names = filed.storylines.entry(slot).or_default();
                names.insert(storyline.name.clone());
                if storyline.is_whole {
                    filed.asked_for.insert(slot);
                }
            }
        }
        let Self {
            storylines, strays, ..
        } = &mut filed;
        strays.retain(|slot| !storylines.contains_key(slot));
        if filed.asked_for.len() < LEAST {
            filed.asked_for.clear();
        }
        Ok(filed)
    }
}
