//! The span of a mention in, the span of the bare name out, so that conventions on articles, titles
//! and punctuation do not decide a score. Gold and answers go through the same rules.

use super::lines::Characters;
use crate::extract::EntityKind;

/// Characters that are never the first or last of a name; a final stop is trimmed as well.
const EDGE: &str = " \t\r\n\u{a0}\"'`“”‘’«»()[]{}<>,;:!?…—–-/|*•";

const ARTICLES: [&str; 3] = ["the", "a", "an"];

/// Words that stand before a person's name and are no part of it, in lower case.
const TITLES: &str = "\
president president-elect ex-president vice-president premier prime ex-prime minister prime-minister \
prime-minister-designate minister-designate deputy vice chief acting first senior high special former state \
vice-president/high candidate chancellor secretary secretary-general speaker attorney attorney-general governor mayor \
ambassador envoy senator congressman congresswoman representative mp mep foreign interior defence defense finance press \
spokesman spokeswoman spokesperson director ceo chair chairman chairwoman head leader coach manager lawyer judge justice \
detective inspector officer constable actor actress singer author writer journalist \
king queen prince princess emperor sultan emir sheikh shaykh sheik baron baroness lord lady sir dame miss \
pope cardinal archbishop bishop reverend imam mullah ayatollah grand \
general lieutenant-general lieutenant major brigadier colonel captain commander commander-in-chief corporal sergeant \
staff private admiral rear";
/// Shortened titles, with or without their stop.
const SHORT_TITLES: &str = "lt gen maj col capt sgt adm mr mrs ms dr prof sen rep gov rev";
/// Shortened titles that are titles only with their stop.
const STOPPED_TITLES: &str = "brig. cmdr. cpl. spc. pfc. pvt.";
/// After these an office is described, not a person named: "Minister of …".
const OF: [&str; 5] = ["of", "for", "and", "to", "in"];
/// Endings of adjectives of origin ("Iraqi", "French", "Turkish", "Egyptian", "Greek").
const ORIGIN_ENDINGS: [&str; 7] = ["an", "ish", "ese", "ss", "ch", "i", "k"];
/// Words of origin that the endings do not cover.
const ORIGINS: [&str; 8] = ["U.S", "U.S.", "US", "UK", "U.K", "U.K.", "UN", "EU"];

/// The bare name in a span; `None` when nothing with a letter or digit is left.
pub(super) fn normal(
    text: &Characters,
    span: (usize, usize),
    kind: EntityKind,
) -> Option<(usize, usize)> {
    let (mut start, mut end) = span;
    loop {
        let before = (start, end);
        (start, end) = trimmed(text, start, end);
        if end - start > 2 && is_possessive(text.slice(end - 2, end)) {
            end -= 2;
        }
        start += article(text.slice(start, end));
        if kind == EntityKind::Person {
            start += titles(text.slice(start, end));
        }
        if before == (start, end) {
            break;
        }
    }
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    text.slice(start, end)
        .iter()
        .any(is_word)
        .then_some((start, end))
}

fn trimmed(text: &Characters, start: usize, end: usize) -> (usize, usize) {
    let (start, mut end) = text.trimmed(start, end, EDGE);
    while start < end
        && (text.slice(end - 1, end)[0] == '.' || EDGE.contains(text.slice(end - 1, end)[0]))
    {
        end -= 1;
    }
    (start, end)
}

fn is_possessive(ending: &[char]) -> bool {
    matches!(ending, ['\'' | '’', 's'])
}

/// Length of a leading article with the space behind it.
fn article(words: &[char]) -> usize {
    let is_word = |c: &&char| c.is_alphanumeric() || **c == '_';
    let length = words.iter().take_while(is_word).count();
    let first: String = words[..length]
        .iter()
        .flat_map(|c| c.to_lowercase())
        .collect();
    let space = words[length..]
        .iter()
        .take_while(|c| c.is_whitespace())
        .count();
    let is_article = ARTICLES.contains(&first.as_str());
    let goes_on = space > 0 && length + space < words.len();
    if is_article && goes_on {
        length + space
    } else {
        0
    }
}

/// Length of the titles before a name, with an adjective of origin before them.
fn titles(words: &[char]) -> usize {
    let tokens = tokens(words);
    let last = tokens.len().saturating_sub(1);
    let from_origin = tokens.len() >= 3
        && !is_title(&tokens[0].lower)
        && is_title(&tokens[1].lower)
        && is_origin(&tokens[0].written);
    let first = usize::from(from_origin);
    let mut name = first;
    while name < last
        && is_title(&tokens[name].lower)
        && !OF.contains(&tokens[name + 1].lower.as_str())
    {
        name += 1;
    }
    if name > first { tokens[name].start } else { 0 }
}

struct Token {
    start: usize,
    written: String,
    /// In lower case, without commas at its edges.
    lower: String,
}

fn tokens(words: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for word in words.split(|c| c.is_whitespace()) {
        if !word.is_empty() {
            let written: String = word.iter().collect();
            let lower = written.trim_matches(',').to_lowercase();
            tokens.push(Token {
                start,
                written,
                lower,
            });
        }
        start += word.len() + 1;
    }
    tokens
}

fn is_title(word: &str) -> bool {
    let is_in = |list: &str, word: &str| list.split_whitespace().any(|title| title == word);
    let bare = word.strip_suffix('.').unwrap_or(word);
    is_in(TITLES, word) || is_in(SHORT_TITLES, bare) || is_in(STOPPED_TITLES, word)
}

fn is_origin(word: &str) -> bool {
    let Some(rest) = word.strip_prefix(|c: char| c.is_ascii_uppercase()) else {
        return false;
    };
    let is_plain = rest
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let ends = ORIGIN_ENDINGS.iter().any(|ending| rest.ends_with(ending));
    (is_plain && ends) || word == "Welsh" || ORIGINS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(words: &str, kind: EntityKind) -> Option<String> {
        let text = Characters::new(words);
        normal(&text, (0, text.len()), kind).map(|(start, end)| text.words(start, end))
    }

    #[test]
    fn titles_articles_and_punctuation_go() {
        let cases = [
            ("Iraqi President Fuad Masum", "Fuad Masum"),
            ("U.S. Defense Secretary James Mattis's", "James Mattis"),
            ("the late Mr. Brown,", "late Mr. Brown"),
            ("Lt. Gen. Grey", "Grey"),
            ("President", "President"),
            ("Minister of Peace", "Minister of Peace"),
            ("“Dr Who”", "Who"),
            ("A. B. Clark Jr.", "A. B. Clark Jr"),
        ];
        for (words, name) in cases {
            assert_eq!(
                bare(words, EntityKind::Person).as_deref(),
                Some(name),
                "{words}"
            );
        }
    }

    #[test]
    fn other_kinds_keep_their_titles() {
        let kept = bare("the President Hotel", EntityKind::Place);
        assert_eq!(kept.as_deref(), Some("President Hotel"));
        assert_eq!(bare("the", EntityKind::Place).as_deref(), Some("the"));
        assert_eq!(bare("“—”", EntityKind::Place), None);
        assert_eq!(bare("U.S.", EntityKind::Place).as_deref(), Some("U.S"));
    }
}
