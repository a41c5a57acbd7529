//! What one document says about a word, gathered over all its sentences before any is tagged.
//!
//! A name is easy in one place and hard in another: "Mr Kabila" once, "Kabila" later; a word in a
//! headline is a name when the body writes it with a capital, and none when the body writes it
//! small. Each word that stands capitalised somewhere gets a mask of such observations.

use super::sentence::{Sentence, Style};
use super::word::{Case, Word};
use crate::extract::gazetteer::{Class, Phrases};
use crate::extract::hash::{HashTable, lower_hash};

/// Number of observations.
pub(super) const OBSERVATIONS: usize = 18;

const SMALL: u32 = 1 << 0;
const CAPITAL_INSIDE: u32 = 1 << 1;
const UPPER_IN_PROSE: u32 = 1 << 2;
const AFTER_TITLE: u32 = 1 << 3;
const AFTER_FIRST_NAME: u32 = 1 << 4;
const AFTER_IN: u32 = 1 << 5;
const BEFORE_BODY_HEAD: u32 = 1 << 6;
const BEFORE_PERSON_WORD: u32 = 1 << 7;
const LAST_OF_RUN: u32 = 1 << 8;
const FIRST_OF_RUN: u32 = 1 << 9;
const ACRONYM: u32 = 1 << 10;
const POSSESSIVE: u32 = 1 << 11;
const AFTER_THE: u32 = 1 << 12;
const BEFORE_PLACE_HEAD: u32 = 1 << 13;
const BEFORE_COUNTRY: u32 = 1 << 14;
const ALONE: u32 = 1 << 15;
const TWICE: u32 = 1 << 16;
const AFTER_BY: u32 = 1 << 17;

/// The observations of one document.
pub(super) struct Observations(HashTable<u32>);

/// Words the observations look for.
pub(super) struct Cues {
    inside: Vec<u64>,
    by: Vec<u64>,
    the: u64,
    possessive: u64,
}

impl Cues {
    pub(super) fn new() -> Self {
        let hashes = |words: &[&str]| words.iter().map(|word| lower_hash(word)).collect();
        Self {
            inside: hashes(&[
                "in", "at", "near", "from", "outside", "across", "around", "to", "into",
            ]),
            by: hashes(&["by", "with", "told", "against"]),
            the: lower_hash("the"),
            possessive: lower_hash("'s"),
        }
    }
}

impl Observations {
    /// Gathers over the sentences of one document.
    pub(super) fn gather(sentences: &[Sentence<'_>], cues: &Cues, phrases: &Phrases) -> Self {
        let mut seen = HashTable::default();
        for sentence in sentences {
            for at in 0..sentence.words.len() {
                observe(sentence, at, cues, phrases, &mut seen);
            }
        }
        Self(seen)
    }

    /// The mask of a word, 0 for one never seen.
    pub(super) fn of(&self, word: &Word) -> u32 {
        self.0.get(&word.lower).copied().unwrap_or(0)
    }
}

fn observe(
    sentence: &Sentence<'_>,
    at: usize,
    cues: &Cues,
    phrases: &Phrases,
    seen: &mut HashTable<u32>,
) {
    let word = &sentence.words[at];
    if sentence.style != Style::Prose {
        return;
    }
    if word.case == Case::Lower {
        *seen.entry(word.lower).or_default() |= SMALL;
        return;
    }
    if !word.case.is_capital() {
        return;
    }
    let run = sentence.runs[at];
    if run.end == 0 {
        return;
    }
    let mut mask = 0;
    let mut note = |holds: bool, bit: u32| mask |= if holds { bit } else { 0 };
    note(at > 0 && word.case == Case::Capital, CAPITAL_INSIDE);
    note(word.case == Case::Upper, UPPER_IN_PROSE);
    note(run.end - run.start == 1, ALONE);
    note(run.end - run.start > 1 && at + 1 == run.end, LAST_OF_RUN);
    note(run.end - run.start > 1 && at == run.start, FIRST_OF_RUN);
    if at > 0 {
        let classes = sentence.single[at - 1];
        note(classes & Class::Title.bit() != 0, AFTER_TITLE);
        note(
            classes & Class::FirstName.bit() != 0 && at > run.start,
            AFTER_FIRST_NAME,
        );
    }
    if let Some(before) = run.start.checked_sub(1).map(|at| sentence.words[at].lower) {
        note(cues.inside.contains(&before), AFTER_IN);
        note(cues.by.contains(&before), AFTER_BY);
        note(before == cues.the, AFTER_THE);
    }
    let last = sentence.single[run.end - 1];
    note(
        at + 1 < run.end && last & Class::OrganizationHead.bit() != 0,
        BEFORE_BODY_HEAD,
    );
    note(
        at + 1 < run.end && last & Class::PlaceHead.bit() != 0,
        BEFORE_PLACE_HEAD,
    );
    if let Some(after) = sentence.words.get(run.end) {
        note(after.lower == cues.possessive, POSSESSIVE);
        let classes = phrases.classes_of_hash(after.lower);
        note(classes & Class::PersonAfter.bit() != 0, BEFORE_PERSON_WORD);
        let comma = after.mark == ',';
        let next = sentence.single.get(run.end + 1).copied().unwrap_or(0);
        note(
            comma && next & (Class::Country.bit() | Class::Region.bit()) != 0,
            BEFORE_COUNTRY,
        );
    }
    note(is_defined_acronym(sentence, at), ACRONYM);
    let known = seen.entry(word.lower).or_default();
    note(*known & !SMALL != 0, TWICE);
    *known |= mask;
}

/// Whether the word stands in brackets after words whose initials it is made of.
fn is_defined_acronym(sentence: &Sentence<'_>, at: usize) -> bool {
    let words = sentence.words;
    let bracketed = at >= 3
        && words[at - 1].mark == '('
        && words.get(at + 1).is_some_and(|word| word.mark == ')');
    bracketed && words[at].case == Case::Upper && {
        let run = sentence.long_runs[at - 2];
        run.end == at - 1 && run.end > run.start + 1 && words[run.start].first == words[at].first
    }
}
