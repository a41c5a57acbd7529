//! Names: what of a surface form is compared, and how a name is written once.

use unicode_segmentation::UnicodeSegmentation;

/// The parts of a name that are compared: lower-case, ASCII-folded words without articles,
/// particles and titles. Equal keys are one name.
///
/// ```
/// use annals::extract::name_key;
/// assert_eq!(name_key("President Bashar al-Assad"), name_key("BASHAR ASSAD"));
/// assert_eq!(name_key("the World Bank's"), "world bank");
/// ```
#[must_use]
pub fn name_key(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in name.unicode_words() {
        for part in without_possessive(word).split(['\'', '’']) {
            let folded = fold(part);
            if !folded.is_empty() {
                words.push(folded);
            }
        }
    }
    let kept: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !is_dropped(word))
        .collect();
    if kept.is_empty() {
        words.join(" ")
    } else {
        kept.join(" ")
    }
}

/// A word or name without the ending of the possessive, `'s` or `’s`.
pub(crate) fn without_possessive(word: &str) -> &str {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    bare.unwrap_or(word)
}

fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let ascii = deunicode::deunicode(word).to_lowercase();
    let kept: String = ascii.chars().filter(char::is_ascii_alphanumeric).collect();
    if kept.is_empty() || !word.chars().any(is_latin) {
        word.to_lowercase()
    } else {
        kept
    }
}

/// Latin letters: the only script that folding to ASCII keeps readable.
fn is_latin(c: char) -> bool {
    c.is_alphabetic() && u32::from(c) < 0x0250
}

/// Articles, particles of Arabic names and forms of address.
fn is_dropped(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "al"
            | "el"
            | "ad"
            | "az"
            | "ash"
            | "mr"
            | "mrs"
            | "ms"
            | "dr"
            | "sir"
            | "president"
    )
}

/// The name without article, possessive and edge punctuation, all-capitals words of a person's or
/// place's name put into title case.
///
/// ```
/// use annals::extract::{EntityKind, written_name};
/// assert_eq!(written_name("VLADIMIR PUTIN", EntityKind::Person), "Vladimir Putin");
/// assert_eq!(written_name("the NATO's", EntityKind::Organization), "NATO");
/// ```
#[must_use]
pub fn written_name(surface: &str, kind: super::EntityKind) -> String {
    let trimmed = surface.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '.');
    let bare = without_possessive(trimmed);
    let bare = ["the ", "The ", "THE "]
        .iter()
        .find_map(|article| bare.strip_prefix(article))
        .unwrap_or(bare);
    let words = bare.split_whitespace();
    let shout = kind != super::EntityKind::Organization
        && bare.chars().filter(|c| c.is_alphabetic()).count() > 4
        && !bare.contains('.')
        && bare.chars().all(|c| !c.is_lowercase());
    let words: Vec<String> = words
        .map(|word| {
            if shout {
                title_case(word)
            } else {
                word.to_owned()
            }
        })
        .collect();
    words.join(" ")
}

fn title_case(word: &str) -> String {
    let mut start = true;
    let mut cased = String::with_capacity(word.len());
    for c in word.chars() {
        if start {
            cased.push(c)
        } else {
            cased.extend(c.to_lowercase())
        }
        start = !c.is_alphanumeric();
    }
    cased
}
