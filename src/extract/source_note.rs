//! Notes of the source in parentheses: "… people say. (Northern Wire via The Herald)". A document's parts in, the spans
//! between such parentheses out. Whoever is named there told the news and took no part in it.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::acronym::find_acronyms;
use crate::document::Document;
use crate::span::Span;

/// Longest note, in bytes; editors' remarks in parentheses are longer (a guess, as that of the reader of days).
const MAX_NOTE: usize = 80;

/// What stands between the names of outlets.
const JOINTS: [&str; 5] = [" via ", "/", " and ", " & ", ", "];

/// Words that outlets are called by, in lower case: the last word of their name, or the whole of it. Our own list,
/// of words for publications, and the agencies and broadcasters that are named by their initials.
const OUTLETS: [&str; 62] = [
    "news",
    "times",
    "post",
    "press",
    "herald",
    "tribune",
    "journal",
    "gazette",
    "chronicle",
    "observer",
    "mail",
    "telegraph",
    "guardian",
    "independent",
    "mirror",
    "express",
    "star",
    "standard",
    "mercury",
    "examiner",
    "courier",
    "weekly",
    "daily",
    "magazine",
    "online",
    "radio",
    "television",
    "tv",
    "agency",
    "wire",
    "newswire",
    "newspaper",
    "today",
    "review",
    "monitor",
    "broadcasting",
    "reuters",
    "xinhua",
    "tass",
    "itar-tass",
    "interfax",
    "kyodo",
    "ap",
    "afp",
    "upi",
    "dpa",
    "efe",
    "ansa",
    "pti",
    "ians",
    "aap",
    "bbc",
    "cnn",
    "npr",
    "cbc",
    "abc",
    "nbc",
    "cbs",
    "msnbc",
    "itv",
    "voa",
    "dw",
];

/// The insides of the parentheses that only name where the news is from, in order.
#[must_use]
pub(super) fn find_source_notes(document: &Document, parts: &[Span]) -> Vec<Span> {
    let text = &document.text;
    let items = document.items.iter().flat_map(|item| &item.sources);
    let sources = document.sources.iter().chain(items);
    let cited: HashSet<String> = sources
        .filter_map(|source| Some(source.name?.of(text).trim().to_lowercase()))
        .flat_map(with_parts)
        .collect();
    let mut notes: Vec<Span> = Vec::new();
    for &part in parts {
        let definitions = LazyCell::new(|| find_acronyms(text, part));
        let defines = |inside: Span| {
            let mut definitions = definitions.iter();
            definitions.any(|definition| definition.short.overlaps(inside))
        };
        for inside in parentheses(text, part) {
            let follows = notes
                .last()
                .is_some_and(|last| text[last.end..inside.start].chars().all(is_between));
            // "the Sea Star (SS)" defines its short form.
            if is_note(text, part, inside, follows, &cited, &defines) {
                notes.push(inside);
            }
        }
    }
    notes
}

/// What may stand between two notes.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '.')
}

/// The insides of the short parentheses of a part, without those that hold another.
fn parentheses(text: &str, part: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, byte) in part.of(text).bytes().enumerate() {
        match (byte, open) {
            (b'(', _) => open = Some(part.start + at + 1),
            (b')', Some(start)) => {
                found.push(Span::new(start, part.start + at));
                open = None;
            }
            _ => {}
        }
    }
    found.retain(|span| !span.is_empty() && span.len() <= MAX_NOTE);
    found
}

fn is_note(
    text: &str,
    part: Span,
    inside: Span,
    follows: bool,
    cited: &HashSet<String>,
    defines: &dyn Fn(Span) -> bool,
) -> bool {
    let names: Vec<&str> = names(inside.of(text));
    if names.is_empty() || !names.iter().all(|name| is_name(name)) {
        return false;
    }
    let before = text[part.start..inside.start - 1].trim_end();
    let stopped = follows || before.ends_with(['.', '!', '?', '”', '"']);
    let after = text[inside.end + 1..part.end].trim_start_matches([' ', ',', ';', '.', '!', '?']);
    let closes = after.is_empty() || after.starts_with('(');
    if stopped && (closes || after.starts_with(char::is_uppercase)) {
        return true;
    }
    let ends = closes || text[inside.end + 1..].starts_with(['.', '!', '?']);
    let is_cited = |name: &&str| cited.contains(&name.to_lowercase());
    let known = names.iter().any(is_cited) || names.iter().all(|name| is_outlet(name));
    ends && known && !defines(inside)
}

/// A note's names.
fn names(note: &str) -> Vec<&str> {
    let mut names = vec![note.trim()];
    for joint in JOINTS {
        names = names
            .into_iter()
            .flat_map(|name| name.split(joint))
            .collect();
    }
    let names = names.into_iter().map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether words are written as a name or the address of a site, and are no year.
fn is_name(words: &str) -> bool {
    const SMALL: [&str; 7] = ["of", "the", "de", "for", "in", "on", "via"];
    let site = words.contains('.') && !words.contains(' ');
    let capital =
        |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '#');
    let year = words.len() >= 4 && words.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let loose = ["news", "online", "press"];
    let mut each = words.split_whitespace();
    let fits = |word: &str| capital(word) || SMALL.contains(&word) || loose.contains(&word);
    !year && (site || each.next().is_some_and(capital) && each.all(fits))
}

/// The name of a source, and those that it joins: "northern wire via the herald".
fn with_parts(source: String) -> Vec<String> {
    let joints = JOINTS[..2].iter();
    let parts = joints.flat_map(|joint| source.split(joint));
    let mut names: Vec<String> = parts.map(|part| part.trim().to_owned()).collect();
    names.push(source);
    names
}

fn is_outlet(name: &str) -> bool {
    let lower = name.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or(&lower);
    OUTLETS.contains(&last)
        || lower
            .split(' ')
            .next()
            .is_some_and(|first| OUTLETS.contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, RawDocument, read};

    fn notes(words: &str) -> Vec<String> {
        let raw = RawDocument {
            path: "a.txt".into(),
            part: None,
            format: Format::Article,
            charset: None,
            content: format!("Ice closes the port of Oslo for a week\n\n{words}\n"),
        };
        let document = read(&raw).unwrap();
        let parts: Vec<Span> = document
            .sections
            .iter()
            .map(|section| section.span)
            .collect();
        let spans = find_source_notes(&document, &parts);
        spans
            .iter()
            .map(|span| span.of(&document.text).to_owned())
            .collect()
    }

    #[test]
    fn a_parenthesis_that_names_an_outlet_is_a_note() {
        for (words, expected) in [
            (
                "The ice holds a ferry fast off Oslo. (Fjord Bulletin)",
                vec!["Fjord Bulletin"],
            ),
            (
                "The ice holds a ferry fast off Oslo. (AP via Fjord Post), ",
                vec!["AP via Fjord Post"],
            ),
            (
                "The ice holds a ferry fast off Oslo (Fjord Post).",
                vec!["Fjord Post"],
            ),
            (
                "The ice holds a ferry fast. (AP) (fjord.example)",
                vec!["AP", "fjord.example"],
            ),
            (
                "The ice holds a ferry fast off Oslo. (AP) It waits for a tug.",
                vec!["AP"],
            ),
        ] {
            assert_eq!(notes(words), expected, "{words}");
        }
    }

    #[test]
    fn other_parentheses_are_part_of_the_story() {
        for words in [
            "The ferry of the Allied Packets (AP) is held fast by the ice.",
            "The ferry belongs to the Sea Transport Union (STU).",
            "The ice holds a ferry fast off Oslo (Norway).",
            "The ice holds a ferry fast. (It had left Oslo late.)",
            "The ice holds two ferries fast off Oslo (the first since 1987).",
        ] {
            assert_eq!(notes(words), Vec::<String>::new(), "{words}");
        }
    }
}
