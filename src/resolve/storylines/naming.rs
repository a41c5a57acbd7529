//! Which names are an event's: recognition by words alone, and the years a name states.
//!
//! A name in, a [`Naming`] or a pair of years out. Names of people, places and organizations never
//! come here: who bears a name is decided before. Nothing else of the archive is looked at, so that
//! more documents never turn a storyline into a concept.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::{is_flight, name_key};
use crate::resolve::Naming;

/// Longer names are headlines that slipped into a list of names (a guess; the longest heading of
/// the development pages that names an event has 11 words).
const LONGEST_NAME_WORDS: usize = 14;

/// Whether a name without a bearer reads like an event ("Battle of …", "2016 … earthquake").
pub(in crate::resolve) fn naming_of(name: &str) -> Naming {
    let key = name_key(name);
    let words: Vec<&str> = key.split(' ').collect();
    let is_event = is_cued(&words)
        || is_flight(&words)
        || named_years(name).is_some()
        || is_cued_in_chinese(name);
    if is_event && !is_sentence(&words) && !SECTIONS.contains(&key.as_str()) {
        Naming::Storyline
    } else {
        Naming::Concept
    }
}

/// Sections of the news that hold a word of an event and are no single one, as keys: the standing
/// headings of Wikipedia's Current Events, as counted in its days from 2002 to 2026.
const SECTIONS: &[&str] = &[
    "armed attacks and conflicts",
    "armed conflict and attack",
    "armed conflict and attacks",
    "armed conflicts and attacks",
    "armed conflicts and incidents",
    "attacks and armed conflicts",
    "attacks and conflicts",
    "conflicts and attacks",
    "disasters and incidents",
    "politics and election",
    "politics and elections",
    "video games",
];

fn is_cued(words: &[&str]) -> bool {
    let is_cue = |word: &&str| WORDS.binary_search(word).is_ok();
    words.len() > 1 && words.iter().any(is_cue)
}

fn is_cued_in_chinese(name: &str) -> bool {
    ENDINGS_ZH.iter().any(|ending| name.ends_with(ending))
}

/// A headline in the place of a name: too long for one, or with a finite verb.
fn is_sentence(words: &[&str]) -> bool {
    const VERBS: &[&str] = &["are", "has", "have", "is", "was", "were", "will"];
    words.len() > LONGEST_NAME_WORDS || words.iter().any(|word| VERBS.contains(word))
}

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(1[89]\d\d|20\d\d)(?:\s?[-–—/]\s?(\d{4}|\d\d\b|present|ongoing))?\b")
        .expect("tested pattern")
});

/// The first and last year that a name states, inclusive: "2016 … election", "2017–18 … crisis",
/// "… (2014–present)", whose end is open.
pub(super) fn named_years(name: &str) -> Option<(i16, Option<i16>)> {
    let found = YEARS.captures(name)?;
    let first: i16 = found[1].parse().ok()?;
    let last = match found.get(2).map(|end| end.as_str()) {
        None => Some(first),
        Some("present" | "ongoing") => None,
        Some(digits) => {
            let end: i16 = digits.parse().ok()?;
            let end = if digits.len() == 2 {
                first / 100 * 100 + end
            } else {
                end
            };
            Some(end.max(first))
        }
    };
    Some((first, last))
}

/// A name without the years it states.
pub(super) fn without_years(name: &str) -> String {
    YEARS.replace(name, " ").into_owned()
}

/// Words that make a name of several words an event's, sorted (our own list, from reading the
/// headings of the archive and of Current Events 2002–2012).
const WORDS: &[&str] = &[
    "abduction",
    "abductions",
    "accident",
    "accidents",
    "affair",
    "aftermath",
    "airstrike",
    "airstrikes",
    "allegations",
    "ambush",
    "annexation",
    "assassination",
    "attack",
    "attacks",
    "avalanche",
    "battle",
    "battles",
    "blackout",
    "blizzard",
    "blockade",
    "bombardment",
    "bombing",
    "bombings",
    "boycott",
    "breach",
    "breaches",
    "campaign",
    "ceasefire",
    "championship",
    "championships",
    "civil",
    "clash",
    "clashes",
    "collapse",
    "collision",
    "conclave",
    "conflict",
    "controversy",
    "coup",
    "crackdown",
    "crash",
    "crisis",
    "cup",
    "cyclone",
    "debate",
    "demonstrations",
    "derailment",
    "disappearance",
    "disaster",
    "dispute",
    "drought",
    "earthquake",
    "eclipse",
    "election",
    "elections",
    "embargo",
    "epidemic",
    "eruption",
    "evacuation",
    "execution",
    "explosion",
    "explosions",
    "famine",
    "final",
    "finals",
    "fire",
    "fires",
    "flood",
    "flooding",
    "floods",
    "funeral",
    "games",
    "genocide",
    "hearings",
    "hijacking",
    "hurricane",
    "impeachment",
    "inauguration",
    "incident",
    "inquiry",
    "insurgency",
    "intervention",
    "invasion",
    "investigation",
    "kidnapping",
    "killing",
    "killings",
    "landslide",
    "landslides",
    "lockdown",
    "marathon",
    "massacre",
    "mudslide",
    "mudslides",
    "murder",
    "mutiny",
    "negotiations",
    "nomination",
    "occupation",
    "offensive",
    "olympics",
    "operation",
    "outage",
    "outbreak",
    "pandemic",
    "playoffs",
    "poisoning",
    "primaries",
    "prix",
    "probe",
    "protest",
    "protests",
    "raid",
    "raids",
    "rally",
    "reactions",
    "rebellion",
    "recession",
    "referendum",
    "rescue",
    "resignation",
    "revolt",
    "revolution",
    "riots",
    "scandal",
    "season",
    "secession",
    "shooting",
    "shootings",
    "siege",
    "sinking",
    "spill",
    "stampede",
    "standoff",
    "storm",
    "storms",
    "strike",
    "strikes",
    "summit",
    "surrender",
    "takeover",
    "talks",
    "tornado",
    "tournament",
    "transition",
    "trial",
    "trials",
    "tsunami",
    "typhoon",
    "unrest",
    "uprising",
    "violence",
    "visit",
    "war",
    "wars",
    "wedding",
    "wildfire",
    "wildfires",
    "withdrawal",
];

const ENDINGS_ZH: &[&str] = &[
    "战争", "戰爭", "内战", "內戰", "冲突", "衝突", "危机", "危機", "地震", "选举", "選舉", "袭击",
    "襲擊", "事件", "空难", "空難", "示威", "抗议", "抗議",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cue_words_are_sorted() {
        assert!(WORDS.is_sorted());
    }

    #[test]
    fn names_of_events_are_storylines() {
        for (name, naming) in [
            ("Harbour strike of Port Alba", Naming::Storyline),
            ("2016 Vale floods", Naming::Storyline),
            ("2016 Vale", Naming::Storyline),
            ("Vale Air Flight 12", Naming::Storyline),
            ("President of Norland", Naming::Concept),
            ("War", Naming::Concept),
            ("Economy of Norland", Naming::Concept),
            ("Armed conflicts and attacks", Naming::Concept),
            ("Politics and elections", Naming::Concept),
            (
                "The war in the Vale is over for its miners",
                Naming::Concept,
            ),
        ] {
            assert_eq!(naming_of(name), naming, "{name}");
        }
    }

    #[test]
    fn years_of_names() {
        for (name, years) in [
            ("2016 Vale elections", Some((2016, Some(2016)))),
            ("2017–18 Vale crisis", Some((2017, Some(2018)))),
            ("2009-2010 Vale crisis", Some((2009, Some(2010)))),
            ("Vale insurgency (2014–present)", Some((2014, None))),
            ("Vale 1500 metres", None),
            ("Battle of Tor", None),
        ] {
            assert_eq!(named_years(name), years, "{name}");
        }
    }
}
