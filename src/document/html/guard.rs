//! Parses HTML, after a look at its tags. The parser of HTML never fails, but its time can grow with
//! the square of nesting and of attributes, so pages that are made of these are refused before, and
//! pages that turn out to be too deep after (`TRUST.md`, "HTML parser bombs").

use dom_query::{Document, NodeRef};

use crate::document::ReadError;

/// Most tags of a page; the longest articles of an encyclopaedia have some 50,000.
const MAX_TAGS: usize = 200_000;
/// Most attributes of one tag; real ones stay below 100.
const MAX_ATTRIBUTES: usize = 1000;
/// Most tags left open at a time, by a count that knows only names. Pages that never close their
/// `<font>`s reach hundreds.
const MAX_OPEN: usize = 4000;
/// Deepest nesting of elements in the parsed page; the browsers' own limit is 512
/// (Chromium's `kMaximumHTMLParserDOMTreeDepth`).
const MAX_DEPTH: usize = 512;

/// Parses a page or a piece of one.
pub(in crate::document) fn parse(html: &str) -> Result<Document, ReadError> {
    check_tags(html)?;
    let document = Document::from(html);
    check_depth(document.root())?;
    Ok(document)
}

/// Elements that have no inside, or end where the next of them begins.
const FLAT: [&str; 26] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "th", "tr",
    "track", "wbr",
];

/// Elements that an end tag inside them cannot close anything outside of
/// (<https://html.spec.whatwg.org/#has-an-element-in-scope>).
const WALLS: [&str; 6] = [
    "applet", "caption", "marquee", "object", "table", "template",
];

/// How far up an end tag is matched; one that matches farther up counts as unmatched, which errs on
/// the side of too many open.
const MATCHED_WITHIN: usize = 100;

/// Counts tags, attributes and elements left open.
fn check_tags(html: &str) -> Result<(), ReadError> {
    let mut open: Vec<String> = Vec::new();
    let (mut tags, mut foreign) = (0_usize, false);
    let mut rest = html.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        let closes = rest.first() == Some(&b'/');
        let name = name(&rest[usize::from(closes)..]);
        if name.is_empty() {
            continue;
        }
        tags += 1;
        limit("tags", tags, MAX_TAGS)?;
        limit("attributes of a tag", attributes(rest), MAX_ATTRIBUTES)?;
        foreign |= name == "svg" || name == "math";
        if !foreign && FLAT.contains(&name.as_str()) {
            continue;
        }
        if closes {
            close(&mut open, &name);
        } else {
            open.push(name);
            limit("open tags", open.len(), MAX_OPEN)?;
        }
    }
    Ok(())
}

/// Closes the nearest open element of a name, and those inside it.
fn close(open: &mut Vec<String>, name: &str) {
    for (up, other) in open.iter().rev().take(MATCHED_WITHIN).enumerate() {
        if other == name {
            open.truncate(open.len() - 1 - up);
            return;
        }
        if WALLS.contains(&other.as_str()) {
            return;
        }
    }
}

fn limit(what: &'static str, count: usize, limit: usize) -> Result<(), ReadError> {
    if count > limit {
        return Err(ReadError::TooComplex { what, limit });
    }
    Ok(())
}

/// Longest name of a tag that is told apart; longer ones share a count.
const MAX_NAME: usize = 32;

fn name(bytes: &[u8]) -> String {
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return String::new();
    }
    let name = bytes.iter().take(MAX_NAME);
    name.take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>' && **byte != b'/')
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

/// Words of a tag after which counting stops: more than the limit of attributes in any case.
const MAX_WORDS: usize = 2 * MAX_ATTRIBUTES + 4;

/// An upper bound for the attributes of a tag: the words before its end, quotes aside, and the
/// attributes glued to quotes.
fn attributes(tag: &[u8]) -> usize {
    let mut quote = None;
    let (mut words, mut gap) = (0, true);
    for &byte in tag {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => continue,
            None if byte == b'>' || words > MAX_WORDS => break,
            None if byte == b'"' || byte == b'\'' => {
                quote = Some(byte);
                words += 1;
            }
            None => {}
        }
        let is_gap = byte.is_ascii_whitespace() || byte == b'/';
        words += usize::from(gap && !is_gap);
        gap = is_gap;
    }
    // An attribute with a quoted value counts twice.
    words / 2
}

/// Walks a tree without recursion and refuses one that is too deep.
fn check_depth(root: NodeRef<'_>) -> Result<(), ReadError> {
    let mut waiting = vec![(root, 0_usize)];
    while let Some((node, depth)) = waiting.pop() {
        limit("levels of nested elements", depth, MAX_DEPTH)?;
        waiting.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn bombs_are_refused_at_once() {
        let n = 150_000;
        let attributes: String = (0..100_000).map(|i| format!(" a{i}=b")).collect();
        let glued: String = (0..100_000).map(|i| format!("a{i}=\"\"")).collect();
        let bombs = [
            "<div>".repeat(n),
            "<b>".repeat(n),
            "<x>".repeat(n),
            "<table><td>".repeat(n / 2),
            "<svg><p><td>".repeat(n / 3),
            "<div></x>".repeat(n / 2),
            "<a><b></a>".repeat(n / 3),
            format!("<p{attributes}>"),
            format!("<p {glued}>"),
            "<div><table></div></table>".repeat(n / 4),
            "<".repeat(2_000_000),
            "<p \"".repeat(n),
        ];
        for bomb in bombs {
            let start = Instant::now();
            let parsed = parse(&bomb);
            let took = start.elapsed();
            let shown = &bomb[..20];
            assert!(took < Duration::from_secs(5), "{shown}: {took:?}");
            if shown.starts_with("<div>") {
                assert!(
                    matches!(parsed, Err(ReadError::TooComplex { .. })),
                    "{shown}"
                );
            }
        }
    }

    #[test]
    fn sloppy_pages_are_read() {
        let lists = "<ul><li>a<li>b<p>c<br>d".to_owned() + &"<li>x<p>y".repeat(20_000);
        for page in [lists, "<font>x".repeat(300), "no tags & < 3".to_owned()] {
            assert!(parse(&page).is_ok());
        }
        let many = format!("<p {}>", "class='a b c d e f'".repeat(50));
        assert!(parse(&many).is_ok());
    }
}
