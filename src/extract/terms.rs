//! Index terms: the stems by which wordings are compared and found.
//!
//! Lower-case ASCII-folded words without function words, demonyms turned into their country
//! ("Syrian" and "Syria" are one term), then stemmed with Porter's English stemmer. Text of scripts
//! written without spaces is cut into pairs of characters, as full-text indexes do for Chinese.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use super::{gazetteer, without_possessive};

/// Whether a term is a number: of a name, mostly its year.
pub(crate) fn is_number(term: &str) -> bool {
    term.chars().all(|c| c.is_ascii_digit())
}

/// The terms of a text, in order, repeats kept.
///
/// ```
/// use annals::extract::terms;
/// assert_eq!(terms("Russian forces withdrew"), terms("russia force withdrew"));
/// ```
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let mut ideographs = String::new();
    for word in text.unicode_words() {
        if word.chars().next().is_some_and(is_unspaced) {
            ideographs.push_str(word);
            continue;
        }
        push_pairs(&mut ideographs, &mut terms);
        push_word(word, &mut terms);
    }
    push_pairs(&mut ideographs, &mut terms);
    terms
}

/// Words whose terms a thread remembers: more than an archive's frequent ones, some 6 MB.
const REMEMBERED: usize = 1 << 16;

thread_local! {
    /// A news text's words are mostly words that came before, and stemming one takes a microsecond.
    static TERMS_OF: RefCell<HashMap<Box<str>, Box<[String]>>> = RefCell::default();
}

fn push_word(word: &str, terms: &mut Vec<String>) {
    TERMS_OF.with_borrow_mut(|known| {
        if let Some(found) = known.get(word) {
            terms.extend_from_slice(found);
            return;
        }
        let found = terms_of_word(word);
        terms.extend_from_slice(&found);
        if known.len() < REMEMBERED {
            known.insert(word.into(), found.into());
        }
    });
}

/// None of a function word, several of the demonym of a country with several words.
fn terms_of_word(word: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let stem = |word: &str| stemmer.stem(word).into_owned();
    let word = without_possessive(word);
    if let Some(country) = gazetteer::country_of_demonym(word) {
        let parts = country.unicode_words().map(fold);
        let parts = parts.filter(|part| !is_function_word(part));
        return parts.map(|part| stem(&part)).collect();
    }
    let folded = fold(word);
    if is_acronym(word) || !is_function_word(&folded) {
        vec![stem(&folded)]
    } else {
        Vec::new()
    }
}

/// Adds the overlapping pairs of a run of unspaced characters and empties it.
fn push_pairs(run: &mut String, terms: &mut Vec<String>) {
    let chars: Vec<char> = run.chars().collect();
    match chars[..] {
        [] => {}
        [only] => terms.push(only.to_string()),
        _ => terms.extend(chars.windows(2).map(|pair| pair.iter().collect())),
    }
    run.clear();
}

/// Han, kana and Hangul: scripts that UAX #29 cuts into single characters or leaves unsegmented.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Lower case, Latin letters without diacritics.
fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            return Cow::Owned(word.to_ascii_lowercase());
        }
        return Cow::Borrowed(word);
    }
    let folded = deunicode::deunicode(word).to_lowercase();
    let ascii: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
    Cow::Owned(if ascii.is_empty() {
        word.to_lowercase()
    } else {
        ascii
    })
}

/// "US" and "IS" are names, "us" and "is" are not.
fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// English words that carry grammar rather than meaning (our own short list).
fn is_function_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "about", "after", "against", "all", "also", "amid", "an", "and", "any", "are", "as",
        "at", "be", "been", "before", "being", "but", "by", "can", "could", "did", "do", "does",
        "during", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into",
        "is", "it", "its", "may", "more", "most", "no", "nor", "not", "now", "of", "off", "on",
        "one", "or", "other", "our", "out", "over", "s", "said", "say", "says", "she", "should",
        "since", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then",
        "there", "these", "they", "this", "those", "to", "under", "until", "up", "upon", "us",
        "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "will",
        "with", "would", "you",
    ];
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_sorted_and_left_out() {
        assert!(terms("the after upon").is_empty());
    }

    #[test]
    fn chinese_becomes_pairs() {
        assert_eq!(terms("月球探测"), ["月球", "球探", "探测"]);
    }
}
