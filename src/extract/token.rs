//! Tokens: words, numbers and punctuation marks with their spans.
//!
//! Unicode word boundaries (UAX #29) with three changes that news needs: a possessive is a token
//! of its own (`Russia` + `'s`), the parts of a hyphenated word stay separate tokens, as UAX #29
//! has them, and a full stop belongs to an abbreviation of single letters (`U.S.`).

use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;

/// Splits the part of `text` under `part` into tokens, in order, white space left out.
///
/// ```
/// use annals::{Span, extract::tokenize};
/// let text = "Russia's U.S. envoy";
/// let words: Vec<_> = tokenize(text, Span::new(0, text.len())).iter().map(|t| t.of(text)).collect();
/// assert_eq!(words, ["Russia", "'s", "U.S.", "envoy"]);
/// ```
#[must_use]
pub fn tokenize(text: &str, part: Span) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::with_capacity(part.len() / 5);
    for (at, word) in part.of(text).split_word_bound_indices() {
        if word.chars().all(|c| c.is_whitespace() || c.is_control()) {
            continue;
        }
        let span = without_underscores(
            text,
            Span::new(part.start + at, part.start + at + word.len()),
        );
        match tokens.last_mut() {
            Some(last) if word == "." && last.end == span.start && is_initials(last.of(text)) => {
                last.end = span.end;
            }
            _ => push_without_possessive(text, span, &mut tokens),
        }
    }
    tokens
}

/// The token without underscores at its edges: to UAX #29 they are letters, in text they are emphasis
/// or blanks. A token of nothing else stays as it is.
fn without_underscores(text: &str, span: Span) -> Span {
    let word = span.of(text);
    let bare = word.trim_matches('_');
    if bare.len() == word.len() || bare.is_empty() {
        return span;
    }
    let start = span.start + (word.len() - word.trim_start_matches('_').len());
    Span::new(start, start + bare.len())
}

/// Whether a token is single letters joined by full stops, as in `U.S` or `U`.
fn is_initials(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.chars().count() == 1)
        && word.chars().next().is_some_and(char::is_alphabetic)
}

/// Pushes a token, its possessive ending as a second one.
fn push_without_possessive(text: &str, span: Span, tokens: &mut Vec<Span>) {
    let word = span.of(text);
    let ending = ["'s", "’s", "'S", "’S"]
        .into_iter()
        .find(|ending| word.ends_with(ending));
    let cut = span.end - ending.map_or(0, str::len);
    if cut > span.start && cut < span.end {
        tokens.push(Span::new(span.start, cut));
        tokens.push(Span::new(cut, span.end));
    } else {
        tokens.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_is_no_part_of_a_word() {
        for (text, words) in [
            ("_Vladimir Putin_ said", vec!["Vladimir", "Putin", "said"]),
            ("snake_case ___", vec!["snake_case", "___"]),
            ("Assad's al-Qaeda", vec!["Assad", "'s", "al", "-", "Qaeda"]),
        ] {
            let tokens = tokenize(text, Span::new(0, text.len()));
            assert_eq!(
                tokens
                    .iter()
                    .map(|token| token.of(text))
                    .collect::<Vec<_>>(),
                words
            );
        }
    }
}
