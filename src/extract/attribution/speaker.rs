//! The noun phrase beside a reporting verb: a name, or a noun for somebody who speaks.

use super::cue::{is_determiner, is_edge, is_light, is_modifier, is_preposition, is_speaker_noun};
use super::words::Words;
use crate::extract::EntityKind;
use crate::extract::timex::is_cardinal;
use crate::span::Span;

/// How far a speaker's phrase may reach, in tokens (a guess: "the head of the press service of …").
const REACH: usize = 10;

/// How far a relative clause may part a speaker from the verb, in tokens (a guess).
const CLAUSE: usize = 30;

/// A speaker as a text words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The words.
    pub(super) span: Span,
    /// Index of the mention that they are, when they are a name.
    pub(super) mention: Option<usize>,
    /// First and last token.
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The speaker whose phrase ends right before token `verb`.
pub(super) fn before(words: &Words<'_>, verb: usize) -> Option<Speaker> {
    let last = last_of_subject(words, verb)?;
    // "over his claims", "the mayor's alleged debts", "leaders of 16 states": the verb is none; in "soldiers said to
    // have fled" others say so.
    let word = words.lower(last);
    let is_attribute = matches!(word, "'s" | "’s" | "own") || is_cardinal(word);
    let is_passive = matches!(words.lower(verb), "said" | "alleged" | "reported")
        && words.lower(verb + 1) == "to"
        && matches!(words.lower(verb + 2), "be" | "have");
    if is_preposition(word) || is_determiner(word) || is_attribute || is_passive {
        return None;
    }
    named_until(words, last)
        .or_else(|| described_until(words, last))
        .or_else(|| pronoun(words, last))
}

/// The last token of the subject: adverbs, auxiliaries and times left out, and an apposition between
/// commas ("Dmitry Peskov, the spokesman, said").
fn last_of_subject(words: &Words<'_>, verb: usize) -> Option<usize> {
    let mut last = verb.checked_sub(1)?;
    while is_light(words.lower(last)) || words.in_timex(last) {
        last = last.checked_sub(1)?;
    }
    if words.lower(last) != "," {
        return Some(last);
    }
    let commas = || {
        (last.saturating_sub(CLAUSE)..last)
            .rev()
            .filter(|&i| words.lower(i) == ",")
    };
    let relative = commas().find(|&i| matches!(words.lower(i + 1), "who" | "which" | "whose"));
    let near = commas().next().filter(|&i| last - i <= REACH + 4);
    let name = relative.or(near)?.checked_sub(1)?;
    words.mention_ending(name).map(|_| name)
}

/// Whether the subject of a verb is parted from it by an aside between commas.
pub(super) fn has_aside(words: &Words<'_>, verb: usize) -> bool {
    let comma = verb.checked_sub(1).filter(|&i| words.lower(i) == ",");
    let from = |comma: usize| {
        let commas = (comma.saturating_sub(CLAUSE)..comma).rev();
        commas.into_iter().find(|&i| words.lower(i) == ",")
    };
    comma.and_then(from).is_some_and(|open| {
        let opener = words.lower(open + 1);
        matches!(opener, "who" | "which" | "whose") || is_determiner(opener)
    }) && before(words, verb).is_some()
}

fn named_until(words: &Words<'_>, last: usize) -> Option<Speaker> {
    let mention = words.mention_ending(last)?;
    let first = words.first_of(mention);
    let inside = first
        .checked_sub(1)
        .is_some_and(|i| is_preposition(words.lower(i)));
    if inside {
        return None;
    }
    let span = words.mentions[mention].span;
    let first = before_titles(words, first);
    Some(Speaker {
        span,
        mention: Some(mention),
        first,
        last,
    })
}

/// The first token of a name with its titles: "Russian Defence Minister Sergei Shoigu".
fn before_titles(words: &Words<'_>, mut first: usize) -> usize {
    while let Some(next) = first.checked_sub(1) {
        let word = words.lower(next);
        let title = is_speaker_noun(word) || words.is_capital(next) || is_determiner(word);
        if !title || is_edge(word) || is_preposition(word) {
            break;
        }
        first = next;
    }
    first
}

/// "a Pentagon spokesman", "officials in Moscow": a phrase whose head is a noun for a speaker.
fn described_until(words: &Words<'_>, last: usize) -> Option<Speaker> {
    let from = last.saturating_sub(REACH);
    let head = (from..=last)
        .rev()
        .take_while(|&i| !is_edge(words.lower(i)))
        .find(|&i| {
            let ends = i == last || is_preposition(words.lower(i + 1));
            ends && is_speaker_noun(words.lower(i))
        })
        .filter(|&head| !(head..last).any(|i| is_infinitive(words, i)))?;
    let first = first_of_phrase(words, head);
    let span = Span::new(words.tokens[first].start, words.tokens[last].end);
    let mention = words.mention_over(span);
    Some(Speaker {
        span,
        mention,
        first,
        last,
    })
}

/// Whether "to" at a token leads to a verb rather than to somebody: "authorities to arrest …".
fn is_infinitive(words: &Words<'_>, i: usize) -> bool {
    let next = i + 1;
    let is_noun = is_determiner(words.lower(next)) || words.is_capital(next);
    words.lower(i) == "to" && !is_noun
}

/// Leftwards over adjectives and names to the determiner.
fn first_of_phrase(words: &Words<'_>, head: usize) -> usize {
    let mut first = head;
    while let Some(next) = first.checked_sub(1) {
        let word = words.lower(next);
        let ends = is_edge(word) || is_preposition(word) || words.in_timex(next);
        if ends || head - next > 6 || !belongs(words, next, begins(words, next)) {
            break;
        }
        first = next;
        if is_determiner(word) {
            break;
        }
    }
    first
}

/// Whether a token can be part of a noun phrase before its head; written with a capital it can.
fn belongs(words: &Words<'_>, i: usize, leads: bool) -> bool {
    words.is_capital(i) || is_modifier(words.lower(i), leads)
}

/// Whether a phrase can begin at a token, or right before it with its determiner.
fn begins(words: &Words<'_>, i: usize) -> bool {
    i.checked_sub(1).is_none_or(|before| {
        let word = words.lower(before);
        is_determiner(word) || is_edge(word) || is_preposition(word)
    })
}

/// Whether nothing but the name of a person or body stands between a comma and the comma before it: "the secretary,
/// Ana Ruiz, warns …".
pub(super) fn is_named_aside(words: &Words<'_>, comma: usize) -> bool {
    let last = comma
        .checked_sub(1)
        .and_then(|last| words.mention_ending(last));
    last.is_some_and(|mention| {
        let before = words.first_of(mention).checked_sub(1);
        let named = words.mentions[mention].kind != EntityKind::Place;
        named && before.is_some_and(|before| words.lower(before) == ",")
    })
}

/// "he", "she": resolved by the caller.
fn pronoun(words: &Words<'_>, last: usize) -> Option<Speaker> {
    let is_pronoun = matches!(words.lower(last), "he" | "she");
    is_pronoun.then(|| Speaker {
        span: words.tokens[last],
        mention: None,
        first: last,
        last,
    })
}

/// The speaker whose phrase begins right after token `verb`: "said Irina Morozova", "said the
/// ministry".
pub(super) fn after(words: &Words<'_>, verb: usize) -> Option<Speaker> {
    let first = verb + 1;
    let end = (first + REACH).min(words.len());
    for i in first..end {
        if let Some(mention) = words.mention_starting(i) {
            let span = words.mentions[mention].span;
            let last = words.last_of(mention);
            let noun = last + 1 < words.len() && is_speaker_noun(words.lower(last + 1));
            if noun {
                return Some(described(words, first, last + 1));
            }
            return Some(Speaker {
                span,
                mention: Some(mention),
                first,
                last,
            });
        }
        let word = words.lower(i);
        if is_edge(word) || is_preposition(word) || words.in_timex(i) {
            return None;
        }
        let leads = i == first || begins(words, i);
        if !is_speaker_noun(word) && !belongs(words, i, leads) {
            return None;
        }
        let more = i + 1 < words.len()
            && (is_speaker_noun(words.lower(i + 1)) || words.mention_starting(i + 1).is_some());
        if is_speaker_noun(word) && !more {
            return Some(described(words, first, end_of_origin(words, i)));
        }
    }
    None
}

/// "a report from Northern Wire": the noun with the name it comes from.
fn end_of_origin(words: &Words<'_>, noun: usize) -> usize {
    let from = matches!(words.lower(noun + 1), "from" | "in" | "of" | "by" | "at");
    let name = noun + 2 + usize::from(is_determiner(words.lower(noun + 2)));
    let mention = (from && name < words.len())
        .then(|| words.mention_starting(name))
        .flatten();
    mention.map_or(noun, |mention| words.last_of(mention))
}

fn described(words: &Words<'_>, first: usize, last: usize) -> Speaker {
    let span = Span::new(words.tokens[first].start, words.tokens[last].end);
    Speaker {
        span,
        mention: words.mention_over(span),
        first,
        last,
    }
}
