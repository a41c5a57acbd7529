//! One name, one kind: what the rest of the document says of a word, after all of it was read once.
//!
//! After a first reading each capitalised word has votes: how often it was part of a person, a place,
//! an organization or of nothing. In a second reading the votes of its other occurrences are added to
//! the scores of each occurrence, so that a clear one helps an unclear one and many help one.

use super::label::{LABELS, OUTSIDE, Part, parts};
use super::viterbi::Scores;
use super::word::{Case, Word};
use crate::extract::EntityKind;
use crate::extract::hash::HashTable;

/// Weight of a unanimous vote, in natural logarithms of odds. Of 0.5 to 3, all better than none by .003
/// to .006 of mean F1 on the development sets (November 2026), the middle.
const WEIGHT: f32 = 1.5;
/// Weight of a definition, in the same unit. A guess: no development set has enough of them.
const DEFINED: f32 = 5.0;
/// Votes at which the full weight is reached.
const ENOUGH: u16 = 3;

/// Votes for each kind, and for none.
type Counts = [u16; 4];

/// The votes of one document's words.
#[derive(Default)]
pub(super) struct Votes {
    counts: HashTable<Counts>,
    /// Acronyms with the kind of their long form.
    defined: HashTable<EntityKind>,
}

/// A sentence as it was read first.
pub(super) struct Reading {
    /// The hash of each word that is written as a name.
    pub(super) names: Vec<Option<u64>>,
    /// The scores of each word.
    pub(super) scores: Vec<Scores>,
    /// The labels found.
    pub(super) labels: Vec<usize>,
}

impl Votes {
    /// Counts the labels of a sentence.
    pub(super) fn count(&mut self, reading: &Reading) {
        for (name, &label) in reading.names.iter().zip(&reading.labels) {
            if let Some(name) = name {
                let votes = self.counts.entry(*name).or_default();
                votes[column(label)] = votes[column(label)].saturating_add(1);
            }
        }
    }

    /// Notes the kind of an acronym's long form: "Economic Community (EC)". `labels` are those of
    /// the first reading.
    pub(super) fn count_definitions(&mut self, words: &[Word], labels: &[usize]) {
        for open in (2..words.len().saturating_sub(2)).filter(|&at| words[at].mark == '(') {
            let (short, long_end) = (&words[open + 1], open - 1);
            let defined = short.case == Case::Upper && words[open + 2].mark == ')';
            let Some((kind, Part::Last)) = parts(labels[long_end]).filter(|_| defined) else {
                continue;
            };
            let start = (0..long_end)
                .rev()
                .take_while(|&at| is_inner(labels[at]))
                .last()
                .unwrap_or(long_end);
            if words[start].first == short.first {
                self.defined.insert(short.lower, kind);
            }
        }
    }

    /// Adds the votes of other occurrences to the scores of a sentence's words. `unit` is the score
    /// of one natural logarithm. Returns whether there were any.
    pub(super) fn add(&self, reading: &mut Reading, unit: f32) -> bool {
        let mut any = false;
        for (at, name) in reading.names.iter().enumerate() {
            let Some(mut votes) = name.and_then(|name| self.counts.get(&name).copied()) else {
                continue;
            };
            let own = column(reading.labels[at]);
            votes[own] = votes[own].saturating_sub(1);
            any |= match name.and_then(|name| self.defined.get(&name)) {
                Some(kind) => define(*kind, unit, &mut reading.scores[at]),
                None => weigh(votes, unit, &mut reading.scores[at]),
            };
        }
        any
    }
}

/// Adds the weight of a definition to the labels of its kind.
fn define(kind: EntityKind, unit: f32, scores: &mut Scores) -> bool {
    for (label, score) in scores.iter_mut().enumerate() {
        if column(label) == kind as usize {
            *score += (DEFINED * unit) as i32;
        }
    }
    true
}

/// Adds votes to scores; false when there is none.
fn weigh(votes: Counts, unit: f32, scores: &mut Scores) -> bool {
    let all: u16 = votes.iter().fold(0, |sum, vote| sum.saturating_add(*vote));
    if all == 0 {
        return false;
    }
    let trust = WEIGHT * unit * f32::from(all.min(ENOUGH)) / f32::from(ENOUGH);
    for (label, score) in scores.iter_mut().enumerate().take(LABELS) {
        *score += (trust * f32::from(votes[column(label)]) / f32::from(all)) as i32;
    }
    true
}

/// Whether the mention of a label goes on after it.
fn is_inner(label: usize) -> bool {
    matches!(parts(label), Some((_, Part::Begin | Part::Inside)))
}

/// The kind of a label, or the column of none.
fn column(label: usize) -> usize {
    if label == OUTSIDE {
        3
    } else {
        parts(label).map_or(3, |(kind, _)| kind as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::super::label::label;
    use super::*;
    use crate::extract::EntityKind;
    use crate::span::Span;

    #[test]
    fn the_long_form_votes_for_its_acronym() {
        let text = "Economic Community (EC)";
        let spans = crate::extract::tokenize(text, Span::new(0, text.len()));
        let words: Vec<Word> = spans.iter().map(|&token| Word::new(text, token)).collect();
        let mut votes = Votes::default();
        let (begin, last) = (
            label(EntityKind::Organization, Part::Begin),
            label(EntityKind::Organization, Part::Last),
        );
        votes.count_definitions(&words, &[begin, last, 0, 0, 0]);
        assert_eq!(
            votes.defined.get(&words[3].lower),
            Some(&EntityKind::Organization)
        );
    }

    #[test]
    fn other_occurrences_vote_and_the_own_does_not() {
        let reading = |label| Reading {
            names: vec![Some(7)],
            scores: vec![[0; LABELS]],
            labels: vec![label],
        };
        let mut votes = Votes::default();
        [4, 4, 8]
            .into_iter()
            .for_each(|label| votes.count(&reading(label)));
        let mut last = reading(8);
        assert!(votes.add(&mut last, 30.0));
        assert_eq!(
            (last.scores[0][4], last.scores[0][8]),
            ((20.0 * WEIGHT) as i32, 0)
        );
        let mut other = Reading {
            names: vec![Some(8)],
            ..reading(0)
        };
        assert!(!votes.add(&mut other, 30.0));
    }
}
