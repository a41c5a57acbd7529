//! Which storyline names are one name written differently: "Syria Civil War" and "Syrian Civil
//! War", or "… military intervention in …" and "… intervention in …".
//!
//! Two names are one when the same words are left after the steps of [`canonical`]; nothing but the
//! two names is looked at. Years always count: a storyline of one year is never that of another.

use std::collections::BTreeMap;

use super::naming::{named_years, without_years};
use crate::extract::terms;

/// Stems that say how an event's kind was gone about, not which event it was: leaving one out does
/// not make another event of it (our own list, from reading the headings of the archive).
const MODIFIERS: &[&str] = &["arm", "led", "militari", "ongo"];

/// Kinds of which "X of Y" and "Y X" are one. Kinds that someone does to someone ("invasion") are
/// left out: "Norlandish invasion" is not "invasion of Norland".
const TURNABLE: &[&str] = &[
    "assassination",
    "battle",
    "death",
    "earthquake",
    "impeachment",
    "kidnapping",
    "murder",
    "poisoning",
    "siege",
    "trial",
    "war",
];

/// The words of a name that are compared: countries for demonyms, stems, no modifiers, years
/// last.
pub(super) fn canonical(name: &str) -> Vec<String> {
    let mut words = terms(&turned(&without_years(name)));
    words.retain(|word| !MODIFIERS.contains(&word.as_str()));
    if let Some((first, last)) = named_years(name) {
        words.push(first.to_string());
        words.push(last.map_or_else(|| "open".to_owned(), |last| last.to_string()));
    }
    words
}

/// "Battle of Tor" as "Tor battle".
fn turned(name: &str) -> String {
    let mut words = name.trim().splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some(kind), Some(link), Some(rest))
            if TURNABLE.contains(&kind.to_lowercase().as_str())
                && matches!(link, "of" | "in" | "Of" | "In") =>
        {
            format!("{rest} {kind}")
        }
        _ => name.to_owned(),
    }
}

/// Pairs of names that are one, by the numbers they come with. Names of fewer than two words are
/// equal to themselves only.
pub(in crate::resolve) fn same_names<'a>(
    names: impl Iterator<Item = (usize, &'a str)>,
) -> Vec<(usize, usize)> {
    let mut first_of: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (number, name) in names {
        let words = canonical(name);
        if words.len() > 1 {
            let first = *first_of.entry(words).or_insert(number);
            pairs.extend((first != number).then_some((first, number)));
        }
    }
    pairs
}

/// What tells two names of one storyline apart, for people to judge: the words that only one has.
#[must_use]
pub fn difference(name: &str, other: &str) -> Vec<String> {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (left, right) = (words(name), words(other));
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        a.iter().filter(|word| !b.contains(word)).cloned().collect()
    };
    let mut apart = only(&left, &right);
    apart.extend(only(&right, &left));
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rewritings_are_one_name() {
        for (a, b) in [
            ("Syria Civil War", "Syrian Civil War"),
            (
                "Russian military intervention in the Syrian Civil War",
                "Russian intervention in the Syrian Civil War",
            ),
            ("2017–18 Spanish crisis", "2017-2018 Spain crisis"),
            ("Battle of Tor", "Tor battle"),
            ("War In Norland", "Norland War"),
            ("2016 Norland flood", "2016 Norland floods"),
        ] {
            assert_eq!(canonical(a), canonical(b), "{a} / {b}");
        }
    }

    #[test]
    fn other_events_keep_their_names() {
        for (a, b) in [
            ("2017 Norland protests", "2018 Norland protests"),
            ("Syrian Civil War", "Second Syrian Civil War"),
            ("Invasion of Iraq", "Iraqi invasion"),
            ("War in Iraq (2003–2011)", "War in Iraq (2013–2017)"),
            ("Iraqi invasion of Kuwait", "Kuwaiti invasion of Iraq"),
            ("Battle of Tor", "Siege of Tor"),
        ] {
            assert_ne!(canonical(a), canonical(b), "{a} / {b}");
        }
    }

    #[test]
    fn the_difference_is_told() {
        let apart = difference("Russian military intervention", "Russian intervention");
        assert_eq!(apart, ["military"]);
    }
}
