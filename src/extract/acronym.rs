//! Acronym definitions: "Islamic State of Iraq and the Levant (ISIL)".
//!
//! The algorithm of Schwartz and Hearst ("A simple algorithm for identifying abbreviation
//! definitions in biomedical text", PSB 2003): the characters of the short form, read backwards,
//! must be found in order in the words before the parenthesis, and its first character must begin
//! a word.

use crate::span::Span;

/// A short form and the long form that a text gives for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcronymDefinition {
    /// The short form, without its parentheses.
    pub short: Span,
    /// The long form.
    pub long: Span,
}

/// Finds the definitions in one sentence of `text`, in order.
#[must_use]
pub fn find_acronyms(text: &str, sentence: Span) -> Vec<AcronymDefinition> {
    let words = sentence.of(text);
    let mut found = Vec::new();
    for (open, _) in words.match_indices('(') {
        let inside = &words[open + 1..];
        // No further: a text of brackets alone would be read again for each.
        let mut near = inside.char_indices().take(MAX_INSIDE);
        let Some((length, _)) = near.find(|(_, c)| *c == ')') else {
            continue;
        };
        let short = inside[..length].trim();
        if !is_short_form(short) {
            continue;
        }
        let before = words[..open].trim_end();
        let at = sentence.start
            + open
            + 1
            + (inside[..length].len() - inside[..length].trim_start().len());
        if let Some(start) = long_form_start(before, short) {
            found.push(AcronymDefinition {
                short: Span::new(at, at + short.len()),
                long: Span::new(sentence.start + start, sentence.start + before.len()),
            });
        }
    }
    found
}

/// Characters between parentheses that are looked at: a short form with white space around it.
const MAX_INSIDE: usize = 16;

/// Two to ten characters, one word, beginning with a letter or digit, with a capital (the paper's
/// conditions; the capital is ours, because news puts ages and parties in parentheses too).
fn is_short_form(short: &str) -> bool {
    (2..=10).contains(&short.chars().count())
        && !short.contains(char::is_whitespace)
        && short.chars().next().is_some_and(char::is_alphanumeric)
        && short.chars().any(char::is_uppercase)
}

/// Byte offset in `before` where the long form of `short` starts.
fn long_form_start(before: &str, short: &str) -> Option<usize> {
    let window = window_start(before, short.chars().count());
    let mut candidates = before[window..].char_indices().rev().peekable();
    let letters: Vec<char> = short
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let mut start = None;
    for (place, letter) in letters.iter().enumerate().rev() {
        start = loop {
            let (at, c) = candidates.next()?;
            let begins_word = candidates.peek().is_none_or(|(_, p)| !p.is_alphanumeric());
            if c.to_lowercase().eq([*letter]) && (place > 0 || begins_word) {
                break Some(window + at);
            }
        };
    }
    let long = &before[start?..];
    let plausible = long.chars().count() > short.chars().count() && long.contains(' ');
    start.filter(|_| plausible)
}

/// Start of the last `min(|short| + 5, 2 |short|)` words (the paper's window).
fn window_start(before: &str, short: usize) -> usize {
    let words = (short + 5).min(short * 2);
    let nearest = before.floor_char_boundary(before.len().saturating_sub(MAX_WINDOW_BYTES));
    let start = word_starts_backwards(&before[nearest..]).nth(words.saturating_sub(1));
    nearest + start.unwrap_or(0)
}

/// Bytes before a short form that are looked at: twenty long words.
const MAX_WINDOW_BYTES: usize = 1000;

/// Start offsets of white-space separated words, the last first.
fn word_starts_backwards(text: &str) -> impl Iterator<Item = usize> {
    let mut characters = text.char_indices().rev().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, c) = characters.next()?;
            let is_first = characters
                .peek()
                .is_none_or(|(_, before)| before.is_whitespace());
            if is_first && !c.is_whitespace() {
                return Some(at);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(&str, &str)> {
        let found = find_acronyms(text, Span::new(0, text.len()));
        found
            .iter()
            .map(|pair| (pair.short.of(text), pair.long.of(text)))
            .collect()
    }

    #[test]
    fn definitions_are_found() {
        for (text, short, long) in [
            (
                "The World Food Programme (WFP) warned",
                "WFP",
                "World Food Programme",
            ),
            (
                "Front of National Salvation in Aden (FNSA) said",
                "FNSA",
                "Front of National Salvation in Aden",
            ),
            (
                "a Coast Guard Agency ( CGA ) boat",
                "CGA",
                "Coast Guard Agency",
            ),
        ] {
            assert_eq!(pairs(text), [(short, long)], "{text}");
        }
    }

    #[test]
    fn parentheses_that_define_nothing_are_left() {
        for text in [
            "the senator (42) spoke",
            "the senator (Ohio) spoke",
            "it rose (see below)",
            "rain (",
            "()",
        ] {
            assert_eq!(pairs(text), [], "{text}");
        }
    }
}
