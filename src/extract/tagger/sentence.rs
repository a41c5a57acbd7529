//! What the features look at in one sentence beyond single tokens: how it is capitalised, the runs
//! of capitalised words, and which known phrases lie in it.

use super::classes::{WordClass, word_class};
use super::word::{Case, Word};
use crate::extract::gazetteer::{Class, Phrases};
use crate::extract::hash::{HashTable, lower_hash};

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
    /// The distributional class of each word.
    pub(super) classes: Vec<WordClass>,
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
        let long_runs = runs(words, joiners, |word| {
            joiners.tight(word) || joiners.loose(word)
        });
        let runs = runs(words, joiners, |word| joiners.tight(word));
        let classes = words.iter().map(|word| word_class(word.lower)).collect();
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
            classes,
            single,
            phrase,
            phrase_start,
        }
    }

    /// Whether a word with a capital stands here or at most two words away. Most words need no look
    /// at their features: of 18,077 names in the training gold, tweets left out, 46 are written
    /// without capitals.
    pub(super) fn is_near_capital(&self, at: usize) -> bool {
        let near = at.saturating_sub(2)..(at + 3).min(self.words.len());
        self.words[near].iter().any(|word| word.case.is_capital())
    }
}

/// Words that join capitalised words to one name.
pub(super) struct Joiners {
    tight: Vec<u64>,
    loose: Vec<u64>,
    openers: HashTable<()>,
}

/// Words that begin sentences and headlines with a capital without being part of a name.
const OPENERS: &str = "a about according across after again against ahead all also although amid among an and another \
    any are around as at be because been before behind being below between both but by can could despite did do does \
    down during each earlier either even every few following for from had has have he her here him his how however i \
    if in including inside instead into is it its just last later like many may meanwhile more most much my near \
    nearly neither new-look next no nor not now of off on once one only or other our out outside over per several \
    she should since so some still such than that the their them then there these they this those three through \
    throughout thus to today together tomorrow tonight two under until up upon via was we were what when where \
    whether which while who whose why will with within without would yes yesterday yet you your";

impl Joiners {
    pub(super) fn new() -> Self {
        let hashes = |words: &[&str]| words.iter().map(|word| lower_hash(word)).collect();
        Self {
            tight: hashes(&[
                "-", "–", "&", "'", "al", "el", "bin", "ibn", "van", "von", "der", "den", "de",
                "da", "di", "del", "du", "la", "e",
            ]),
            loose: hashes(&[
                "of", "for", "and", "the", "on", "in", ".", "'s", "to", "against", "with",
            ]),
            openers: OPENERS
                .split_whitespace()
                .map(|word| (lower_hash(word), ()))
                .collect(),
        }
    }

    /// Whether a word may be part of a name by its capitals. "Near" may not, "WHO" may.
    fn is_capital(&self, word: &Word) -> bool {
        word.case.is_capital()
            && !(word.case == Case::Capital && self.openers.contains_key(&word.lower))
    }

    fn tight(&self, word: &Word) -> bool {
        self.tight.contains(&word.lower)
    }

    fn loose(&self, word: &Word) -> bool {
        self.loose.contains(&word.lower)
    }
}

/// Runs of capitalised words; one or two joining words between capitalised ones belong to the run.
fn runs(words: &[Word], joiners: &Joiners, joins: impl Fn(&Word) -> bool) -> Vec<Run> {
    let capital: Vec<bool> = words.iter().map(|word| joiners.is_capital(word)).collect();
    let mut runs = vec![Run::default(); words.len()];
    let mut at = 0;
    while at < words.len() {
        if !capital[at] {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        while end < words.len() {
            let skip = (end..words.len())
                .take(2)
                .take_while(|&next| !capital[next] && joins(&words[next]))
                .count();
            if !capital.get(end + skip).copied().unwrap_or(false) {
                break;
            }
            end += skip + 1;
        }
        runs[start..end].fill(Run { start, end });
        at = end;
    }
    runs
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
