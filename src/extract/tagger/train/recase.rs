//! Copies of labelled text as headlines and ledes write it: in capitals, or each word capitalised.
//!
//! Corpora are written in plain prose, so a tagger trained on them alone is lost in "VLADIMIR PUTIN
//! yesterday announced". A copy keeps its mentions; only letters change.

use super::corpus::Labelled;
use super::random::Random;
use crate::extract::{Mention, split_sentences};
use crate::span::Span;

/// How a sentence is rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rewriting {
    /// Left alone.
    Prose,
    /// All in capitals.
    Capitals,
    /// Each word of four letters or more begins with a capital.
    Headline,
    /// The first name, or the first few words, in capitals.
    Lede,
}

/// The document with some sentences rewritten.
pub(super) fn recased(document: &Labelled, random: &mut Random) -> Labelled {
    let text = &document.text;
    let mut upper = vec![false; text.len()];
    for sentence in split_sentences(text, Span::new(0, text.len()), "en") {
        let choices = [
            Rewriting::Prose,
            Rewriting::Capitals,
            Rewriting::Headline,
            Rewriting::Lede,
        ];
        rewrite(
            document,
            sentence,
            choices[random.below(4)],
            random,
            &mut upper,
        );
    }
    apply(document, &upper)
}

/// Marks the bytes at which a character becomes a capital.
fn rewrite(
    document: &Labelled,
    sentence: Span,
    how: Rewriting,
    random: &mut Random,
    upper: &mut [bool],
) {
    match how {
        Rewriting::Prose => {}
        Rewriting::Capitals => upper[sentence.start..sentence.end].fill(true),
        Rewriting::Headline => {
            for word in words(&document.text, sentence)
                .into_iter()
                .filter(|word| word.len() > 3)
            {
                upper[word.start] = true;
            }
        }
        Rewriting::Lede => {
            let end = lede_end(document, sentence, random);
            upper[sentence.start..end].fill(true);
        }
    }
}

/// Where the capitals of a lede end: after a name at the front, else after one to five words, but
/// never inside a name.
fn lede_end(document: &Labelled, sentence: Span, random: &mut Random) -> usize {
    let inside = |at: usize| {
        document
            .mentions
            .iter()
            .find(|m| m.span.start <= at && at < m.span.end)
    };
    if let Some(mention) = inside(sentence.start) {
        return mention.span.end.min(sentence.end);
    }
    let words = words(&document.text, sentence);
    let end = words
        .get(random.below(5))
        .map_or(sentence.end, |word| word.end);
    inside(end).map_or(end, |mention| mention.span.end.min(sentence.end))
}

/// The words of a part of the text, parted by white space.
fn words(text: &str, part: Span) -> Vec<Span> {
    let base = text.as_ptr() as usize;
    let at = |word: &str| word.as_ptr() as usize - base;
    part.of(text)
        .split_whitespace()
        .map(|word| Span::new(at(word), at(word) + word.len()))
        .collect()
}

/// The document with the marked characters as capitals, its mentions moved along.
fn apply(document: &Labelled, upper: &[bool]) -> Labelled {
    let mut text = String::with_capacity(document.text.len() + 8);
    let mut moved = vec![0; document.text.len() + 1];
    for (at, c) in document.text.char_indices() {
        moved[at] = text.len();
        if upper[at] {
            text.extend(c.to_uppercase());
        } else {
            text.push(c);
        }
    }
    moved[document.text.len()] = text.len();
    let shift = |span: Span| Span::new(moved[span.start], moved[span.end]);
    let shifted = |m: &Mention| Mention {
        span: shift(m.span),
        ..*m
    };
    let mentions = document.mentions.iter().map(shifted).collect();
    let unknown = document.unknown.iter().map(|&span| shift(span)).collect();
    Labelled {
        text,
        mentions,
        unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::EntityKind;

    #[test]
    fn mentions_move_with_letters_that_grow() {
        let document = Labelled {
            text: "Die Straße in Łódź".to_owned(),
            mentions: vec![Mention {
                span: Span::new(15, 22),
                kind: EntityKind::Place,
            }],
            unknown: Vec::new(),
        };
        let capitals = apply(&document, &vec![true; document.text.len()]);
        assert_eq!(capitals.text, "DIE STRASSE IN ŁÓDŹ");
        assert_eq!(capitals.mentions[0].span.of(&capitals.text), "ŁÓDŹ");
    }
}
