//! What kind of thing a name names, and which names without a bearer are events'.

use crate::extract::{EntityKind, name_key};

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

/// Whether a name without a bearer reads like an event ("Battle of …", "2016 … earthquake").
pub(super) fn naming_of(name: &str) -> Naming {
    let key = name_key(name);
    let is_cue = |word: &str| STORYLINE_WORDS.binary_search(&word).is_ok();
    let named = key.split(' ').count() > 1 && key.split(' ').any(is_cue);
    let dated = key.split(' ').any(|word| {
        word.len() == 4 && word.parse::<u16>().is_ok_and(|y| (1800..2100).contains(&y))
    });
    let chinese = STORYLINE_ENDINGS_ZH
        .iter()
        .any(|ending| name.ends_with(ending));
    if named || dated || chinese {
        Naming::Storyline
    } else {
        Naming::Concept
    }
}

/// Words that make a name of several words an event's, sorted (our own list, from reading the
/// headings of the archive).
const STORYLINE_WORDS: &[&str] = &[
    "affair",
    "attack",
    "attacks",
    "battle",
    "blockade",
    "bombing",
    "bombings",
    "boycott",
    "campaign",
    "ceasefire",
    "championship",
    "championships",
    "civil",
    "clashes",
    "collapse",
    "conflict",
    "coup",
    "crackdown",
    "crash",
    "crisis",
    "cup",
    "cyclone",
    "derailment",
    "disaster",
    "drought",
    "earthquake",
    "election",
    "elections",
    "epidemic",
    "eruption",
    "explosion",
    "famine",
    "fire",
    "fires",
    "flood",
    "floods",
    "games",
    "genocide",
    "hurricane",
    "impeachment",
    "incident",
    "insurgency",
    "intervention",
    "invasion",
    "investigation",
    "kidnapping",
    "killing",
    "killings",
    "landslide",
    "massacre",
    "murder",
    "negotiations",
    "occupation",
    "offensive",
    "olympics",
    "operation",
    "outbreak",
    "pandemic",
    "primaries",
    "protest",
    "protests",
    "rebellion",
    "referendum",
    "revolt",
    "revolution",
    "riots",
    "scandal",
    "shooting",
    "shootings",
    "siege",
    "spill",
    "standoff",
    "storm",
    "strike",
    "strikes",
    "summit",
    "talks",
    "tornado",
    "trial",
    "tsunami",
    "typhoon",
    "unrest",
    "uprising",
    "violence",
    "war",
    "wildfire",
    "wildfires",
];

const STORYLINE_ENDINGS_ZH: &[&str] = &[
    "战争", "戰爭", "内战", "內戰", "冲突", "衝突", "危机", "危機", "地震", "选举", "選舉", "袭击",
    "襲擊", "事件", "空难", "空難", "示威", "抗议", "抗議",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cue_words_are_sorted() {
        assert!(STORYLINE_WORDS.is_sorted());
    }

    #[test]
    fn names_of_events_are_storylines() {
        for (name, naming) in [
            ("Harbour strike of Port Alba", Naming::Storyline),
            ("2016 Vale floods", Naming::Storyline),
            ("President of Norland", Naming::Concept),
            ("War", Naming::Concept),
        ] {
            assert_eq!(naming_of(name), naming, "{name}");
        }
    }
}
