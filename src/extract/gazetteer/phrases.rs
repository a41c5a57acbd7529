//! The tables as one set of phrases with classes, for the tagger's features.
//!
//! A phrase is a run of tokens in lower case. The set is one hash table from the mixed hash of the
//! tokens to a mask of classes; a bit says that a longer phrase begins so, which ends the search
//! early. Case is folded, because headlines are: whether capitals matter is left to the tagger.

use std::sync::OnceLock;

use super::country::countries;
use super::{CITIES, FIRST_NAMES, ORGANIZATIONS, REGIONS, SURNAMES, WORDS, lines, names, rows};
use crate::extract::hash::{HashTable, lower_hash, mix};
use crate::extract::tokenize;
use crate::span::Span;

/// What a phrase is known as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Country,
    Demonym,
    Metropolis,
    City,
    Town,
    Region,
    Organization,
    FirstName,
    Surname,
    Title,
    PersonAfter,
    OrganizationHead,
    PlaceHead,
    Calendar,
    Particle,
    Belief,
}

impl Class {
    /// The class as a mask.
    pub(crate) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The class that a row of `words.tsv` names.
    fn of_row(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::Title,
            "person_after" => Self::PersonAfter,
            "organization_head" => Self::OrganizationHead,
            "place_head" => Self::PlaceHead,
            "calendar" => Self::Calendar,
            "particle" => Self::Particle,
            "belief" => Self::Belief,
            _ => return None,
        })
    }
}

/// Set when a longer phrase begins with this one.
const PREFIX: u32 = 1 << 31;
/// Longest phrase looked for, in tokens.
const LONGEST: usize = 6;

/// The set of phrases.
pub(crate) struct Phrases {
    classes: HashTable<u32>,
}

impl Phrases {
    /// The set of the shipped tables, built on first use.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Phrases> = OnceLock::new();
        SHARED.get_or_init(Self::build)
    }

    /// The classes of a single word.
    pub(crate) fn classes_of(&self, word: &str) -> u32 {
        self.classes_of_hash(lower_hash(word))
    }

    /// The classes of a single word by its [`lower_hash`].
    pub(crate) fn classes_of_hash(&self, word: u64) -> u32 {
        self.classes
            .get(&mix(0, word))
            .map_or(0, |classes| classes & !PREFIX)
    }

    /// The longest phrase of two words or more at the front of `words`: its length and classes.
    pub(crate) fn longest(&self, words: &[u64]) -> Option<(usize, u32)> {
        let (mut hash, mut best) = (0, None);
        for (at, &word) in words.iter().take(LONGEST).enumerate() {
            hash = mix(hash, word);
            let classes = *self.classes.get(&hash)?;
            if at > 0 && classes & !PREFIX != 0 {
                best = Some((at + 1, classes & !PREFIX));
            }
            if classes & PREFIX == 0 {
                return best;
            }
        }
        best
    }

    fn build() -> Self {
        let mut set = Self {
            classes: HashTable::with_capacity_and_hasher(80_000, Default::default()),
        };
        for country in countries() {
            set.add(country.name, Class::Country);
            country
                .others
                .iter()
                .for_each(|name| set.add(name, Class::Country));
            country
                .demonyms
                .iter()
                .for_each(|name| set.add(name, Class::Demonym));
        }
        for city in lines(CITIES) {
            let mut cells = city.split('\t');
            let Some((name, population)) = cells.next().zip(cells.nth(3)) else {
                continue;
            };
            let class = class_of_city(population);
            set.add(name, class);
            names(cells.next().unwrap_or("")).for_each(|name| set.add(name, class));
        }
        lines(REGIONS).for_each(|name| set.add(name, Class::Region));
        lines(ORGANIZATIONS).for_each(|name| set.add(name, Class::Organization));
        lines(FIRST_NAMES).for_each(|name| set.add(name, Class::FirstName));
        lines(SURNAMES).for_each(|name| set.add(name, Class::Surname));
        for row in rows(WORDS) {
            let Some((class, words)) = Class::of_row(row[0]).zip(row.get(1)) else {
                continue;
            };
            words.split(' ').for_each(|word| set.add(word, class));
        }
        set
    }

    fn add(&mut self, phrase: &str, class: Class) {
        // Letters and spaces need no tokenizer, which would take most of the time of building.
        if phrase.chars().all(|c| c.is_alphabetic() || c == ' ') {
            self.add_words(phrase.split_ascii_whitespace(), class);
        } else {
            let tokens = tokenize(phrase, Span::new(0, phrase.len()));
            self.add_words(tokens.iter().map(|token| token.of(phrase)), class);
        }
    }

    fn add_words<'a>(&mut self, words: impl Iterator<Item = &'a str>, class: Class) {
        let (mut hash, mut words) = (0, words.peekable());
        while let Some(word) = words.next() {
            hash = mix(hash, lower_hash(word));
            let mask = if words.peek().is_none() {
                class.bit()
            } else {
                PREFIX
            };
            *self.classes.entry(hash).or_default() |= mask;
        }
    }
}

/// The class of a city by its inhabitants: half a million, a hundred thousand, or fewer.
fn class_of_city(population: &str) -> Class {
    match (population.len(), population.as_bytes().first()) {
        (7.., _) | (6, Some(b'5'..)) => Class::Metropolis,
        (6, _) => Class::City,
        _ => Class::Town,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(words: &str) -> Option<(usize, u32)> {
        let words: Vec<u64> = words.split(' ').map(lower_hash).collect();
        Phrases::shared().longest(&words)
    }

    #[test]
    fn longest_phrase_wins() {
        assert_eq!(
            longest("new york times reporters"),
            Some((3, Class::Organization.bit()))
        );
        assert_eq!(
            longest("south sudan said").map(|(length, _)| length),
            Some(2)
        );
        assert_eq!(longest("nothing of the kind"), None);
    }

    #[test]
    fn case_is_folded() {
        assert_ne!(
            Phrases::shared().classes_of("SYRIA") & Class::Country.bit(),
            0
        );
    }
}
