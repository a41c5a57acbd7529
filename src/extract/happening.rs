//! Names of happenings that a tagger of people, places and organizations takes for one of them.
//!
//! The tagger knows three kinds, so that "Cyclone Nargis" looks to it like a person and "Mexican Drug War" like an
//! organization. Such a name says what it is: by its head ("…Civil War", "Battle of …"), or by what stands first
//! ("Typhoon …", "Operation …").

use unicode_segmentation::UnicodeSegmentation;

use super::{EntityKind, Mention, without_possessive};

/// Heads of names of happenings, sorted: read off the names with such a head that the tagger found in Current Events
/// 2002–2014 and 2018–2026. Left out is what is as often the last word of a firm, club or party ("Games", "Rally",
/// "Blizzard", "Rebellion").
const HEADS: [&str; 42] = [
    "battle",
    "bombing",
    "bombings",
    "championship",
    "championships",
    "conflict",
    "crash",
    "crisis",
    "cup",
    "earthquake",
    "election",
    "elections",
    "explosion",
    "final",
    "finals",
    "fire",
    "flood",
    "floods",
    "hijacking",
    "inquiry",
    "insurgency",
    "invasion",
    "landslide",
    "marathon",
    "massacre",
    "offensive",
    "olympics",
    "pandemic",
    "prix",
    "protests",
    "referendum",
    "riots",
    "shooting",
    "shootings",
    "siege",
    "summit",
    "tournament",
    "tsunami",
    "uprising",
    "war",
    "wars",
    "wildfire",
];

/// What stands before the name that a storm or an undertaking was given.
const GENERIC: [&str; 5] = ["cyclone", "hurricane", "operation", "storm", "typhoon"];

/// Words behind the head of a name.
const PREPOSITIONS: [&str; 8] = ["against", "at", "for", "in", "of", "on", "over", "with"];

/// Mentions without those that name a happening.
pub(super) fn without_happenings(text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.retain(|mention| !is_happening(mention.span.of(text), mention.kind));
    mentions
}

/// Whether a name is a happening's, though it looks like one of a kind. A person's last name may be any word.
fn is_happening(name: &str, kind: EntityKind) -> bool {
    let words: Vec<String> = name
        .unicode_words()
        .map(|word| without_possessive(word).to_lowercase())
        .collect();
    let words = match words.split_first() {
        Some((first, rest)) if first == "the" => rest,
        _ => &words,
    };
    is_given_to_a_storm(words)
        || (kind != EntityKind::Person && (is_headed(words) || is_flight(words)))
}

/// "Typhoon Haiyan", "Tropical Storm Ana", "Operation Inherent Resolve"; longer names are of what bears the storm's in
/// turn, such as a fund.
fn is_given_to_a_storm(words: &[String]) -> bool {
    let words = match words {
        [first, rest @ ..] if first == "tropical" => rest,
        all => all,
    };
    matches!(words, [first, _] | [first, _, _] if GENERIC.contains(&first.as_str()))
}

/// Whether the last word before a preposition is the head of a happening's name, and not all of it.
fn is_headed(words: &[String]) -> bool {
    let is_preposition = |word: &String| PREPOSITIONS.contains(&word.as_str());
    let end = words.iter().position(is_preposition).unwrap_or(words.len());
    let head = words[..end].last();
    words.len() > 1 && head.is_some_and(|head| HEADS.binary_search(&head.as_str()).is_ok())
}

/// "Air France Flight 447": the news calls a flight by its number for what befell it. `words` are in lower case.
pub(crate) fn is_flight(words: &[impl AsRef<str>]) -> bool {
    let is_number = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    words
        .windows(2)
        .any(|pair| pair[0].as_ref() == "flight" && is_number(pair[1].as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_sorted() {
        assert!(HEADS.is_sorted());
    }

    #[test]
    fn happenings_are_nobody() {
        use EntityKind::{Organization, Person, Place};
        for (name, kind) in [
            ("Cyclone Irna", Person),
            ("Tropical Storm Odo", Organization),
            ("Hurricane Irna’s", Place),
            ("the Second Norland Civil War", Organization),
            ("Battle of Tor", Place),
            ("Vale Air Flight 12", Organization),
            ("Operation Grey Heron", Organization),
        ] {
            assert!(is_happening(name, kind), "{name}");
        }
        for (name, kind) in [
            ("Lena War", Person),
            ("War", Organization),
            ("War Office", Organization),
            ("Norland Crisis Group", Organization),
            ("Storm Prediction Center of Norland", Organization),
            ("Hurricane Irna Relief Fund", Organization),
            ("Tropical Islands", Place),
            ("Flight Safety Board", Organization),
        ] {
            assert!(!is_happening(name, kind), "{name}");
        }
    }
}
