//! What is filed under the storylines that a phrase names: relevance judged by whoever filed it.

use std::collections::{BTreeMap, BTreeSet};

use super::belong::looking_for;
use super::phrase::{NamedStoryline, Topic};
use super::rank::Days;
use crate::record::stray_key;
use crate::store::{EventWords, Index, Slot, StoreError};

/// So many events of a storyline are needed to learn from them (a guess).
const LEAST: usize = 3;

/// Events of the storylines that a phrase names.
#[derive(Debug, Default)]
pub(super) struct Filed {
    /// Those that stray under none of them.
    pub(super) members: BTreeSet<Slot>,
    /// Those that are filed under one of them and tell nothing of it.
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
        let under = |named: &[&NamedStoryline]| -> Result<_, StoreError> {
            let of = |key: &dyn Fn(&str) -> String| -> Result<BTreeSet<Slot>, StoreError> {
                let keys: Vec<String> = named.iter().map(|s| key(&s.iri)).collect();
                if keys.is_empty() {
                    return Ok(BTreeSet::new());
                }
                let found = words.matching(index, &looking_for(vec![], keys, days))?;
                Ok(found.into_iter().collect())
            };
            let strays = of(&stray_key)?;
            let mut members = of(&|iri| iri.to_owned())?;
            members.retain(|slot| !strays.contains(slot));
            Ok((members, strays))
        };
        let all: Vec<&NamedStoryline> = topic.storylines.iter().collect();
        let whole: Vec<&NamedStoryline> = all.iter().copied().filter(|s| s.is_whole()).collect();
        let (mut members, mut strays) = under(&all)?;
        let (mut asked_for, _) = under(&whole)?;
        // What strays under one storyline may be what another is about.
        strays.retain(|slot| !asked_for.contains(slot));
        members.extend(&asked_for);
        if asked_for.len() < LEAST {
            asked_for.clear();
        }
        Ok(Self {
            members,
            strays,
            asked_for,
        })
    }

    /// The names of the storylines of the phrase that each event is of, strays left out.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn storylines_of_each(
        &self,
        index: &Index,
        words: &EventWords,
        topic: &Topic,
    ) -> Result<BTreeMap<Slot, BTreeSet<String>>, StoreError> {
        let mut of_each: BTreeMap<Slot, BTreeSet<String>> = BTreeMap::new();
        for storyline in &topic.storylines {
            let search = looking_for(vec![], vec![storyline.iri.clone()], None);
            for slot in words.matching(index, &search)? {
                if self.members.contains(&slot) {
                    of_each
                        .entry(slot)
                        .or_default()
                        .insert(storyline.name.clone());
                }
            }
        }
        Ok(of_each)
    }
}
