//! What the features look at in one sentence beyond single tokens: how it is capitalised, the runs
//! of capitalised words, and which known phrases lie in it.

use super::word::{Case, Word};
use crate::extract::gazetteer::{Class, Phrases};

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As prose is.
    Prose,
    /// Nearly every word begins with a capital.
    Headline,
    /// Nearly every word is in capitals.
    Capitals,
}

/// A run of capitalised words that a token belongs to, as token positions, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// One sentence, ready for features.
pub(super) struct Sentence<'a> {
    /// The words in order.
    pub(super) words: &'a [Word],
    /// How it is capitalised.
    pub(super) style: Style,
    /// For each word its run of capitalised words; empty outside one.
    pub(super) runs: Vec<Run>,
    /// For each word the run with joining words ("Bank of England").
    pub(super) long_runs: Vec<Run>,
    /// Classes of each word by itself.
    pub(super) single: Vec<u32>,
    /// Classes of the known phrase of several words that each word is in.
    pub(super) phrase: Vec<u32>,
    /// Whether that phrase begins with this word.
    pub(super) phrase_start: Vec<bool>,
}

impl<'a> Sentence<'a> {
    /// Looks at the words of one sentence.
    pub(super) fn new(words: &'a [Word], joiners: &Joiners, phrases: &Phrases) -> Self {
        let runs = runs(words, |word| joiners.tight(word));
        let long_runs = runs_over(words, joiners);
        let single = words
            .iter()
            .map(|word| phrases.classes_of_hash(word.lower))
            .collect();
        let (mut phrase, mut phrase_start) = (vec![0; words.len()], vec![false; words.len()]);
        let mut lower = Vec::with_capacity(8);
        let mut at = 0;
        while at < words.len() {
            lower.clear();
            lower.extend(words[at..].iter().take(6).map(|word| word.lower));
            match phrases
                .longest(&lower)
                .filter(|(_, classes)| *classes != Class::Title.bit())
            {
                Some((length, classes)) => {
                    phrase[at..at + length].fill(classes);
                    phrase_start[at] = true;
                    at += length;
                }
                None => at += 1,
            }
        }
        Self {
            words,
            style: style(words),
            runs,
            long_runs,
            single,
            phrase,
            phrase_start,
        }
    }
}

/// Words that join capitalised words to one name.
pub(super) struct Joiners {
    tight: Vec<u64>,
    loose: Vec<u64>,
}

impl Joiners {
    pub(super) fn new() -> Self {
        let hashes = |words: &[&str]| {
            words
                .iter()
                .map(|word| crate::extract::hash::lower_hash(word))
                .collect()
        };
        Self {
            tight: hashes(&[
                "-", "–", "&", "'", "al", "el", "bin", "ibn", "van", "von", "der", "den", "de",
                "da", "di", "del", "du", "la", "e",
            ]),
            loose: hashes(&[
                "of", "for", "and", "the", "on", "in", ".", "'s", "to", "against", "with",
            ]),
        }
    }

    fn tight(&self, word: &Word) -> bool {
        self.tight.contains(&word.lower)
    }

    fn loose(&self, word: &Word) -> bool {
        self.loose.contains(&word.lower)
    }
}

/// Runs of capitalised words; one or two joining words between capitalised ones belong to the run.
fn runs(words: &[Word], joins: impl Fn(&Word) -> bool) -> Vec<Run> {
    let mut runs = vec![Run::default(); words.len()];
    let mut at = 0;
    while at < words.len() {
        if !words[at].case.is_capital() {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        while end < words.len() {
            let skip = words[end..]
                .iter()
                .take(2)
                .take_while(|word| !word.case.is_capital() && joins(word))
                .count();
            match words.get(end + skip) {
                Some(word) if word.case.is_capital() => end += skip + 1,
                _ => break,
            }
        }
        runs[start..end].fill(Run { start, end });
        at = end;
    }
    runs
}

/// Runs with looser joining words.
fn runs_over(words: &[Word], joiners: &Joiners) -> Vec<Run> {
    runs(words, |word| joiners.tight(word) || joiners.loose(word))
}

fn style(words: &[Word]) -> Style {
    let (mut letters, mut capitals, mut upper) = (0, 0, 0);
    for word in words {
        match word.case {
            Case::Mark | Case::Number => {}
            Case::Lower => letters += 1,
            Case::Capital | Case::Mixed => (letters, capitals) = (letters + 1, capitals + 1),
            Case::Upper | Case::Initial => {
                (letters, capitals, upper) = (letters + 1, capitals + 1, upper + 1)
            }
        }
    }
    // Guesses: three words in four.
    if letters >= 3 && upper * 4 >= letters * 3 {
        Style::Capitals
    } else if letters >= 4 && capitals * 4 >= letters * 3 {
        Style::Headline
    } else {
        Style::Prose
    }
}
