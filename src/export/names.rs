//! How graph kinds and counts are spelled in every format.

use crate::character::{is_bidi_control, is_unsafe};
use crate::graph::{EdgeKind, NodeKind};

/// The lower-case word for a kind of node.
pub(super) const fn node_kind(kind: NodeKind) -> &'static str {
    kind.name()
}

/// The lower-case word for a kind of link.
pub(super) const fn edge_kind(kind: EdgeKind) -> &'static str {
    kind.name()
}

/// Whether the order of an edge's ends means something.
pub(super) const fn is_directed(kind: EdgeKind) -> bool {
    matches!(kind, EdgeKind::Supersedes)
}

/// The address when a browser may follow it: `http` and `https` only, never `javascript:`.
pub(super) fn web_address(url: &str) -> Option<&str> {
    let scheme = url.split_once("://")?.0;
    let safe = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    (safe && !url.contains(|c: char| c.is_control() || c.is_whitespace())).then_some(url)
}

/// `text` on one line, fit to be looked at: white space collapsed, control characters replaced,
/// and the bidirectional controls that could make it read differently from its bytes left out.
pub(super) fn visible(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(
            word.chars()
                .filter(|c| !is_bidi_control(*c))
                .map(|c| if is_unsafe(c) { '\u{fffd}' } else { c }),
        );
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_linked() {
        assert_eq!(
            web_address("https://news.example/1"),
            Some("https://news.example/1")
        );
        assert_eq!(
            web_address("HTTP://news.example"),
            Some("HTTP://news.example")
        );
        for bad in [
            "javascript:alert(1)",
            "javascript://x\nalert(1)",
            "data:text/html,x",
            "",
            "https://a b",
        ] {
            assert_eq!(web_address(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn visible_text_is_one_honest_line() {
        assert_eq!(
            visible(" two\r\n lines\u{202e}\u{1b}[0m "),
            "two lines\u{fffd}[0m"
        );
    }
}
