//! What a report is about: its title and first sentence, and of these what stands in the foreground.
//!
//! News tells the newest happening first and the older ones it hangs on in clauses beside it: "a bomb wounded
//! four on Friday, a day after the attack on a bus". A clause from such a word to the next
//! comma, colon or semicolon is background. A rough rule, without a parser.

use unicode_segmentation::UnicodeSegmentation;

use super::trigger::Kinds;
use crate::document::Document;
use crate::span::Span;

/// Words that open a background clause (our own list).
const BACKGROUND: [&str; 10] = [
    "after",
    "amid",
    "before",
    "despite",
    "following",
    "over",
    "since",
    "until",
    "who",
    "whose",
];

/// Words that say that it is not the first of its kind (our own list).
const FURTHER: [&str; 13] = [
    "aftershock",
    "again",
    "another",
    "fifth",
    "fourth",
    "fresh",
    "further",
    "latest",
    "new",
    "next",
    "second",
    "sixth",
    "third",
];

/// The title and the sentence after it; `parts` are the title and what follows, as spans.
pub(super) fn core(document: &Document, parts: &[Span]) -> Vec<Span> {
    let mut core: Vec<Span> = parts.first().copied().into_iter().collect();
    let mut rest = parts.iter().skip(1);
    core.extend(rest.find_map(|part| {
        let text = document.words(*part);
        let lead = text.len() - text.trim_start().len();
        let first = sentence_end(&text[lead..]);
        (first > 0).then(|| Span::new(part.start + lead, part.start + lead + first))
    }));
    core
}

/// Where the first sentence ends, in bytes: at a full stop and a space.
fn sentence_end(text: &str) -> usize {
    let mut marks = text.match_indices(['.', '!', '?']);
    let end = marks.find_map(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches(['"', '”', '’']);
        rest.starts_with(char::is_whitespace).then_some(at + 1)
    });
    end.unwrap_or(text.len())
}

/// The kinds of happening that a text tells in its foreground, else anywhere.
pub(super) fn kinds(text: &str) -> Kinds {
    Kinds::of(foreground(text).into_iter()).or(Kinds::of(text.unicode_words()))
}

/// Whether a text says that its happening is not the first of its kind.
pub(super) fn is_further(text: &str) -> bool {
    let mut words = text.unicode_words().map(str::to_lowercase);
    words.any(|word| FURTHER.contains(&word.as_str()))
}

/// The words of a text that stand in no background clause.
pub(super) fn foreground(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut last, mut in_background) = (0, false);
    for (at, word) in text.unicode_word_indices() {
        let between = &text[last..at];
        if between.contains([',', ';', ':', '\n']) || between.contains(". ") {
            in_background = false;
        }
        in_background |= BACKGROUND.contains(&word.to_lowercase().as_str());
        if !in_background {
            words.push(word);
        }
        last = at + word.len();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_hangs_on_is_background() {
        let words = foreground("Bomb wounds four, a day after the attack on a bus; none died");
        assert_eq!(
            words,
            ["Bomb", "wounds", "four", "a", "day", "none", "died"]
        );
        assert!(kinds("Fear after the kidnapping").shared(kinds("Pupils abducted")) > 0);
    }

    #[test]
    fn the_first_sentence_ends_at_a_stop_and_a_space() {
        for (text, expected) in [("It fell 6.3 m. Then", 14), ("No stop", 7), ("Out! Now", 4)] {
            assert_eq!(sentence_end(text), expected, "{text}");
        }
    }
}
