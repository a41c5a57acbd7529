//! Whether the words around a time expression look back or forward.
//!
//! No parser: the nearest verb form before the expression decides, then the nearest one after it,
//! as far as the sentence goes. That is enough to tell "announced on Friday" from "will meet on
//! Friday".

use super::lex::Lex;
use super::tokens::Tokens;

/// The direction of a sentence in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    #[default]
    Unknown,
}

/// How many tokens to look at on either side (a guess).
const REACH: usize = 18;

const FUTURE: &[&str] = &[
    "will",
    "shall",
    "would",
    "ll",
    "wo",
    "should",
    "may",
    "might",
    "could",
    "must",
    "scheduled",
    "expected",
    "due",
    "planned",
    "plans",
    "slated",
    "upcoming",
    "forthcoming",
    "begins",
    "starts",
    "opens",
    "expires",
    "tomorrow",
    "until",
    "effective",
    "till",
    "expects",
    "hopes",
    "aims",
    "intends",
    "deadline",
    "ahead",
];

const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "has",
    "have",
    "did",
    "said",
    "told",
    "made",
    "took",
    "went",
    "came",
    "got",
    "gave",
    "held",
    "met",
    "left",
    "won",
    "lost",
    "fell",
    "rose",
    "began",
    "became",
    "brought",
    "bought",
    "built",
    "broke",
    "caught",
    "chose",
    "cut",
    "drew",
    "drove",
    "felt",
    "fought",
    "found",
    "flew",
    "grew",
    "heard",
    "hit",
    "kept",
    "knew",
    "led",
    "let",
    "paid",
    "put",
    "ran",
    "saw",
    "sent",
    "set",
    "sold",
    "shot",
    "showed",
    "spoke",
    "spent",
    "stood",
    "struck",
    "swore",
    "taken",
    "taught",
    "thought",
    "threw",
    "withdrew",
    "wrote",
    "been",
    "since",
    "shut",
    "sank",
    "quit",
    "resigns",
    "dies",
    "kills",
    "denies",
    "yesterday",
    "ago",
    "dealt",
    "sought",
    "hurt",
    "wore",
    "woke",
    "overthrew",
];

/// Verbs whose "to" points forward.
const FORWARD: &[&str] = &[
    "expected",
    "due",
    "set",
    "scheduled",
    "plan",
    "plans",
    "planned",
    "planning",
    "going",
    "likely",
    "about",
    "hope",
    "hopes",
    "hoping",
    "want",
    "wants",
    "intends",
    "is",
    "are",
    "be",
    "vows",
    "agrees",
    "ready",
    "poised",
    "slated",
    "prepares",
    "preparing",
    "aims",
    "aiming",
    "begin",
    "continue",
    "unlikely",
    "intend",
    "intended",
    "promised",
    "sure",
];

/// Words in "-ed" that are no past tense.
const NOT_PAST: &[&str] = &[
    "need",
    "indeed",
    "speed",
    "feed",
    "seed",
    "unprecedented",
    "united",
    "hundred",
    "red",
    "bed",
];

/// The tense at the expression of tokens `start..end`.
pub(super) fn tense_at(tokens: &Tokens<'_>, start: usize, end: usize) -> Tense {
    let first = tokens.sentence_start(start, REACH);
    let last = tokens.sentence_end(end, REACH);
    if tokens.is_before(start, &["by", "until", "till"]) {
        return deadline(tokens, first, start);
    }
    let mut before = (first..start).rev().map(|i| cue(tokens, i));
    let mut after = (end..last).map(|i| cue(tokens, i));
    before
        .find(|tense| *tense != Tense::Unknown)
        .or_else(|| after.find(|tense| *tense != Tense::Unknown))
        .unwrap_or(Tense::Unknown)
}

/// "until Friday" looks forward unless something was so until Friday.
fn deadline(tokens: &Tokens<'_>, first: usize, start: usize) -> Tense {
    let past = (first..start).any(|i| {
        tokens.is(
            i,
            &["was", "were", "had", "did", "lasted", "rose", "fell", "ran"],
        )
    });
    if past { Tense::Past } else { Tense::Future }
}

/// What one word says about the tense.
fn cue(tokens: &Tokens<'_>, i: usize) -> Tense {
    if tokens.lex(i) != Lex::Other {
        return Tense::Unknown;
    }
    if tokens.is(i, &["to"]) {
        return infinitive(tokens, i);
    }
    if tokens.is(i, &["effect"]) && tokens.is_before(i, &["take", "takes", "taking"]) {
        return Tense::Future;
    }
    if tokens.is(i, FUTURE) {
        return Tense::Future;
    }
    if tokens.is(i, AUXILIARIES) && (i + 1..i + 4).any(|next| tokens.is(next, FUTURE)) {
        return Tense::Future;
    }
    if tokens.is(i, PAST) || regular_past(tokens, i) {
        return if tokens.is_before(i, &["be", "get"]) {
            Tense::Future
        } else {
            Tense::Past
        };
    }
    Tense::Unknown
}

/// Forms before "expected", "scheduled", "due": these look forward, whatever the auxiliary.
const AUXILIARIES: &[&str] = &["is", "are", "was", "were", "has", "have", "had", "been"];

fn regular_past(tokens: &Tokens<'_>, i: usize) -> bool {
    let word = tokens.word(i);
    word.len() > 3 && word.ends_with("ed") && !tokens.is_capital(i) && !tokens.is(i, NOT_PAST)
}

/// "set to meet" and "President to visit" look forward, "refused to sign" back.
fn infinitive(tokens: &Tokens<'_>, i: usize) -> Tense {
    let verb = tokens.lex(i + 1) == Lex::Other
        && !tokens.is_capital(i + 1)
        && !tokens.is(i + 1, &["his", "her", "its", "their", "all"]);
    if verb && tokens.is_before(i, FORWARD) {
        Tense::Future
    } else {
        Tense::Unknown
    }
}
