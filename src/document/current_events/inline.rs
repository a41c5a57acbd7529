//! Wikitext inside a line: readable words with the places of the links in them, and the external links
//! as sources.
//!
//! - `[[Page|words]]` becomes its words, noted as a link; files and categories are dropped;
//! - `[http://x (Paper)]`: a source of that name; its label leaves the words. A label without
//!   parentheses stays in the words and is the source's name too;
//! - `{{template|…}}` becomes its first argument with letters, when it is short words; `<ref>` goes
//!   with its inside, other tags go and leave theirs; `''` goes.
//!
//! What is not closed stays as it is written. Linear: nothing is looked at twice but short insides.

use super::{Cited, Entry};
use crate::document::clean;
use crate::span::Span;

/// Longest inside of a piece of markup, in bytes; longer ones are taken for unclosed. A guess: a link
/// with a long address has some hundred.
const MAX_INSIDE: usize = 2000;

/// The words, links and sources of a line.
pub(super) fn read(line: &str) -> Entry {
    let mut writer = Writer::default();
    writer.read(line, 0);
    writer.finish()
}

#[derive(Default)]
struct Writer {
    entry: Entry,
    /// Whether a space is due before the next word.
    space: bool,
    /// Pieces of markup that turned out not to be closed.
    unclosed: usize,
}

/// After so many unclosed pieces the rest of a line is words: each has cost a look at what follows.
const MAX_UNCLOSED: usize = 50;

/// Markup inside markup is read this deep: a link in the label of a link, and quotes in that.
const MAX_DEPTH: usize = 3;

/// Openings of markup with their closings, and what is made of the inside; the inside of the
/// innermost pair is read first come.
type Rule = fn(&mut Writer, &str, usize);

const RULES: [(&str, &str, Rule); 5] = [
    ("[[", "]]", Writer::link),
    ("{{", "}}", Writer::template),
    ("[http", "]", Writer::external),
    ("<", ">", Writer::tag),
    ("''", "", Writer::quotes),
];

impl Writer {
    fn read(&mut self, text: &str, depth: usize) {
        let mut rest = text;
        while let Some(at) = rest.find(['[', '{', '<', '\'']) {
            self.words(&rest[..at]);
            rest = &rest[at..];
            rest = match self.markup(rest, depth) {
                Some(after) => after,
                None => {
                    let first = rest.chars().next().map_or(1, char::len_utf8);
                    self.words(&rest[..first]);
                    &rest[first..]
                }
            };
        }
        self.words(rest);
    }

    /// Reads the piece of markup that begins here; gives what follows it.
    fn markup<'t>(&mut self, rest: &'t str, depth: usize) -> Option<&'t str> {
        if self.unclosed >= MAX_UNCLOSED || depth == MAX_DEPTH {
            return None;
        }
        if is_reference(rest) {
            match skip_reference(rest) {
                Some(after) => return Some(after),
                None => self.unclosed += 1,
            }
        }
        let (open, close, rule) = RULES.iter().find(|(open, ..)| rest.starts_with(open))?;
        let inside = &rest[open.len()..];
        let Some(end) = closing(inside, open, close) else {
            self.unclosed += 1;
            return None;
        };
        rule(self, &inside[..end], depth + 1);
        Some(inside[end + close.len()..].trim_start_matches(|c| close.is_empty() && c == '\''))
    }

    /// Appends words, white space folded across pieces.
    fn words(&mut self, raw: &str) {
        let decoded = clean::decode_entities(raw);
        let stripped = clean::strip(&decoded);
        self.space |= stripped.starts_with(char::is_whitespace);
        let tidy = clean::tidy(&stripped);
        if tidy.is_empty() {
            return;
        }
        if self.space && !self.entry.words.is_empty() {
            self.entry.words.push(' ');
        }
        self.entry.words.push_str(&tidy);
        self.space = stripped.ends_with(char::is_whitespace);
    }

    fn link(&mut self, inside: &str, depth: usize) {
        let target = inside.split('|').next().unwrap_or_default().trim();
        let dropped = ["file:", "image:", "category:"];
        let start: String = target
            .chars()
            .take(9)
            .collect::<String>()
            .to_ascii_lowercase();
        if dropped.iter().any(|prefix| start.starts_with(prefix)) {
            return;
        }
        let label = arguments(inside).pop().unwrap_or_default();
        if self.space && !self.entry.words.is_empty() {
            self.entry.words.push(' ');
            self.space = false;
        }
        let from = self.entry.words.len();
        self.read(label.trim_start_matches(':'), depth);
        let words = &self.entry.words[from..];
        let from = from + (words.len() - words.trim_start().len());
        if from < self.entry.words.len() {
            self.entry
                .links
                .push(Span::new(from, self.entry.words.len()));
        }
    }

    fn template(&mut self, inside: &str, depth: usize) {
        let argument = |part: &&str| part.chars().any(char::is_alphabetic) && !part.contains('=');
        if let Some(words) = arguments(inside).into_iter().skip(1).find(argument) {
            self.read(words, depth);
        }
    }

    fn external(&mut self, inside: &str, depth: usize) {
        let (rest, label) = inside
            .split_once(char::is_whitespace)
            .unwrap_or((inside, ""));
        if !(rest.starts_with("://") || rest.starts_with("s://")) {
            self.words(&format!("[http{inside}]"));
            return;
        }
        let mut named = Self::default();
        named.read(label, depth);
        let label = named.finish().words;
        let bare = label
            .strip_prefix('(')
            .and_then(|label| label.strip_suffix(')'));
        let bare = bare.filter(|bare| !bare.is_empty());
        if bare.is_none() {
            self.words(&label);
        }
        self.entry.sources.push(Cited {
            name: bare.unwrap_or(&label).to_owned(),
            url: clean::strip(&clean::decode_entities(&format!("http{rest}"))).into_owned(),
        });
    }

    /// A tag leaves a space where it breaks the line.
    fn tag(&mut self, inside: &str, _depth: usize) {
        let name = inside.trim_start_matches('/');
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.space |= name.starts_with("br");
        } else {
            self.words(&format!("<{inside}>"));
        }
    }

    fn quotes(&mut self, _inside: &str, _depth: usize) {}

    fn finish(mut self) -> Entry {
        // Removed sources leave spaces before a full stop.
        let kept = self.entry.words.trim_end().len();
        self.entry.words.truncate(kept);
        self.entry.links.retain(|link| link.end <= kept);
        self.entry
    }
}

/// The parts between the bars of a piece of markup; bars of inner pieces part nothing.
fn arguments(inside: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let bytes = inside.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'|' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    parts
}

fn is_reference(rest: &str) -> bool {
    let after = rest.strip_prefix("<ref");
    after.is_some_and(|after| after.starts_with(['>', ' ', '/']))
}

/// What follows a footnote: `<ref …/>` or `<ref …>…</ref>`.
fn skip_reference(rest: &str) -> Option<&str> {
    let after = rest.strip_prefix("<ref")?;
    let end = after.find('>')?;
    if after[..end].ends_with('/') {
        return Some(&after[end + 1..]);
    }
    let close = after.find("</ref>")?;
    Some(&after[close + "</ref>".len()..])
}

/// Where the inside ends that an opening began: at the closing that no inner opening takes.
fn closing(inside: &str, open: &str, close: &str) -> Option<usize> {
    if close.is_empty() {
        return Some(0);
    }
    let mut depth = 0_usize;
    let bytes = inside.as_bytes();
    let limit = bytes.len().min(MAX_INSIDE);
    let mut at = 0;
    while at < limit {
        let here = &bytes[at..];
        if here.starts_with(close.as_bytes()) {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
            at += close.len();
        } else if here.starts_with(open.as_bytes()) {
            depth += 1;
            at += open.len();
        } else if open == "[http" && here.starts_with(b"[[") {
            // A page linked in a label: its brackets are its own.
            at += 2 + inside.get(at + 2..).and_then(|rest| rest.find("]]"))? + 2;
        } else {
            at += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_words() {
        let cases = [
            ("''The [[MV Heron|Heron]]''  sinks", "The Heron sinks"),
            ("'''[[Malta]]''' isn't big", "Malta isn't big"),
            (
                "A{{nbsp}}boat {{flag|Malta}}{{cn|date=May}} sinks",
                "Aboat Malta sinks",
            ),
            (
                "A boat<ref name=a>x</ref> sinks<ref name=a/>.",
                "A boat sinks.",
            ),
            (
                "A &lt;b&gt; boat<br/>sinks <small>now</small>",
                "A <b> boat sinks now",
            ),
            ("A [[File:x.jpg|thumb|A]]boat", "A boat"),
            ("A [[boat", "A [[boat"),
            ("1 < 2 > 1", "1 < 2 > 1"),
            ("A [http://x", "A [http://x"),
            ("{{a|{{b|c d}}}} e", "c d e"),
        ];
        for (raw, words) in cases {
            assert_eq!(read(raw).words, words, "{raw}");
        }
    }

    #[test]
    fn links_are_names_and_sources() {
        let entry = read(
            "The [[Navy of Malta|navy]] of [[Malta]] finds [[a]]. [http://x/1?a=1&amp;b=2 (''[[The Times]]'')] \
             [https://y/2 Radio], [http://z]",
        );
        assert_eq!(entry.words, "The navy of Malta finds a. Radio,");
        let links: Vec<&str> = entry
            .links
            .iter()
            .map(|link| link.of(&entry.words))
            .collect();
        assert_eq!(links, ["navy", "Malta", "a"]);
        let sources: Vec<(&str, &str)> = entry
            .sources
            .iter()
            .map(|source| (&*source.name, &*source.url))
            .collect();
        let expected = [
            ("The Times", "http://x/1?a=1&b=2"),
            ("Radio", "https://y/2"),
            ("", "http://z"),
        ];
        assert_eq!(sources, expected);
    }

    #[test]
    fn openings_without_end_cost_little() {
        for open in ["[[", "{{", "[http://", "<", "''", "<ref>", "[http://x [["] {
            let line = open.repeat(100_000);
            let start = std::time::Instant::now();
            read(&line);
            assert!(start.elapsed().as_secs() < 5, "{open}");
        }
    }
}
