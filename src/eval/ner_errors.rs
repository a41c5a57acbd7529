//! Named entities: the kinds of error, how often each occurs, and examples.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::matching::{one_to_one, overlap};
use super::ner::{self, Compared, Found, Measure, NerRow};
use super::{EvalError, Lines};
use crate::extract::EntityKind;

/// A kind of error under the strict measure. A missed mention and a wrong answer that overlap are
/// one error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// Nothing was found where the gold has a mention.
    Missed(EntityKind),
    /// A mention was found where the gold has none.
    Spurious(EntityKind),
    /// Right type; words at its edges are left out.
    TooShort(EntityKind),
    /// Right type; words around it are taken in.
    TooLong(EntityKind),
    /// Right type; too short at one edge and too long at the other.
    Shifted(EntityKind),
    /// Of the first kind and called the second, whatever the edges.
    Confused(EntityKind, EntityKind),
}

/// One error with the words around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NerError {
    /// Id of the text.
    pub id: String,
    /// The words of the gold mention.
    pub gold: Option<String>,
    /// The words of the answer.
    pub answer: Option<String>,
    /// Both, with up to thirty code points on either side, on one line.
    pub context: String,
}

/// All errors of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorTally {
    /// The kind in words: "organization found too short".
    pub kind: String,
    /// How many there are.
    pub count: usize,
    /// Spread over the file, as many as were asked for at most.
    pub examples: Vec<NerError>,
}

/// Code points shown on either side of an error.
const CONTEXT: usize = 30;

/// The kinds of error, the most frequent first, each with up to `examples` examples.
///
/// # Errors
/// As [`score_ner`](super::score_ner).
pub fn ner_errors(
    gold: &Lines<NerRow>,
    system: &Lines<NerRow>,
    raw: bool,
    examples: usize,
) -> Result<Vec<ErrorTally>, EvalError> {
    let mut kinds: BTreeMap<ErrorKind, Vec<NerError>> = BTreeMap::new();
    for text in ner::compare(gold, system, raw)? {
        for (kind, error) in errors_of(&text) {
            kinds.entry(kind).or_default().push(error);
        }
    }
    let mut tallies: Vec<ErrorTally> = kinds
        .into_iter()
        .map(|(kind, errors)| ErrorTally {
            kind: kind.to_string(),
            count: errors.len(),
            examples: spread(errors, examples),
        })
        .collect();
    tallies.sort_by_key(|tally| Reverse(tally.count));
    Ok(tallies)
}

fn errors_of(text: &Compared<'_>) -> Vec<(ErrorKind, NerError)> {
    let outcome = text.matched(Measure::Strict);
    let mut candidates = Vec::new();
    for (g, gold) in outcome
        .missed
        .iter()
        .map(|&g| &text.required[g])
        .enumerate()
    {
        for (a, answer) in outcome
            .spurious
            .iter()
            .map(|&a| &text.answers[a])
            .enumerate()
        {
            let shared = overlap(gold.span, answer.span);
            if shared > 0 {
                candidates.push(((gold.accepts(answer), shared), g, a));
            }
        }
    }
    let pairs = one_to_one(candidates);
    let mut errors = Vec::new();
    for (g, gold) in outcome.missed.iter().enumerate() {
        let answer = pairs.iter().find(|pair| pair.0 == g);
        let answer = answer.map(|pair| &text.answers[outcome.spurious[pair.1]]);
        let kind = answer.map_or(ErrorKind::Missed(text.required[*gold].kind), |answer| {
            kind_of_pair(&text.required[*gold], answer)
        });
        errors.push((kind, shown(text, Some(&text.required[*gold]), answer)));
    }
    for (a, answer) in outcome.spurious.iter().enumerate() {
        if !pairs.iter().any(|pair| pair.1 == a) {
            let answer = &text.answers[*answer];
            errors.push((
                ErrorKind::Spurious(answer.kind),
                shown(text, None, Some(answer)),
            ));
        }
    }
    errors
}

fn kind_of_pair(gold: &Found, answer: &Found) -> ErrorKind {
    if !gold.accepts(answer) {
        return ErrorKind::Confused(gold.kind, answer.kind);
    }
    let is_cut = answer.span.0 > gold.span.0 || answer.span.1 < gold.span.1;
    let is_grown = answer.span.0 < gold.span.0 || answer.span.1 > gold.span.1;
    match (is_cut, is_grown) {
        (true, true) => ErrorKind::Shifted(gold.kind),
        (false, true) => ErrorKind::TooLong(gold.kind),
        (_, false) => ErrorKind::TooShort(gold.kind),
    }
}

fn shown(text: &Compared<'_>, gold: Option<&Found>, answer: Option<&Found>) -> NerError {
    let words = |found: &Found| text.text.words(found.span.0, found.span.1);
    let both = || gold.into_iter().chain(answer);
    let start = both().map(|found| found.span.0).min().unwrap_or(0);
    let end = both().map(|found| found.span.1).max().unwrap_or(0);
    let start = start.saturating_sub(CONTEXT);
    let end = (end + CONTEXT).min(text.text.len());
    NerError {
        id: text.id.to_owned(),
        gold: gold.map(words),
        answer: answer.map(words),
        context: text
            .text
            .words(start, end)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// Up to `wanted` of the errors, evenly spread over them.
fn spread(errors: Vec<NerError>, wanted: usize) -> Vec<NerError> {
    let step = errors.len().div_ceil(wanted.max(1)).max(1);
    errors.into_iter().step_by(step).take(wanted).collect()
}

impl std::fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Missed(kind) => write!(f, "{} missed", kind.word()),
            Self::Spurious(kind) => write!(f, "{} found where none is", kind.word()),
            Self::TooShort(kind) => write!(f, "{} found too short", kind.word()),
            Self::TooLong(kind) => write!(f, "{} found too long", kind.word()),
            Self::Shifted(kind) => write!(f, "{} found shifted", kind.word()),
            Self::Confused(gold, answer) => write!(f, "{} called {}", gold.word(), answer.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(gold: &str, answers: &str) -> Vec<(String, usize)> {
        let text = "Bank of Ulm in Ulm sued Mr Grey of Oslo";
        let rows = |entities: &str| {
            let line = format!(r#"{{"id":"a","text":"{text}","entities":[{entities}]}}"#);
            Lines::parse("rows.jsonl", &line).unwrap()
        };
        ner_errors(&rows(gold), &rows(answers), false, 1)
            .unwrap()
            .into_iter()
            .map(|tally| (tally.kind, tally.count))
            .collect()
    }

    const BANK: &str = r#"{"start":0,"end":11,"type":"ORG"}"#;

    #[test]
    fn a_miss_and_an_overlapping_answer_are_one_error() {
        let one = |kind: &str| vec![(kind.to_owned(), 1)];
        assert_eq!(
            kinds(BANK, r#"{"start":8,"end":11,"type":"ORG"}"#),
            one("organization found too short")
        );
        assert_eq!(
            kinds(BANK, r#"{"start":0,"end":18,"type":"ORG"}"#),
            one("organization found too long")
        );
        assert_eq!(
            kinds(BANK, r#"{"start":8,"end":18,"type":"ORG"}"#),
            one("organization found shifted")
        );
        assert_eq!(
            kinds(BANK, r#"{"start":8,"end":11,"type":"LOC"}"#),
            one("organization called place")
        );
        assert_eq!(kinds(BANK, ""), one("organization missed"));
        assert_eq!(kinds("", BANK), one("organization found where none is"));
        assert_eq!(kinds(BANK, BANK), []);
    }

    #[test]
    fn the_most_frequent_kind_comes_first() {
        let answers = r#"{"start":27,"end":31,"type":"PER"},{"start":15,"end":18,"type":"LOC"},{"start":35,"end":39,"type":"LOC"}"#;
        let found = kinds("", answers);
        assert_eq!(found[0], ("place found where none is".to_owned(), 2));
    }
}
