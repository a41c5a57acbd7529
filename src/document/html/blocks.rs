//! The words of a page, block by block, as a reader sees them: white space folded, entities decoded,
//! nothing of scripts, styles or what is hidden.

use dom_query::NodeRef;

use crate::document::clean;

/// A run of words that stands on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::document) struct Block {
    pub(in crate::document) kind: BlockKind,
    /// Not empty; lines of preformatted text are kept.
    pub(in crate::document) words: String,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum BlockKind {
    /// `h1` to `h6`, by its level.
    Heading(u8),
    /// Anything else.
    Text,
}

/// Elements whose inside no reader sees as words of the page.
const SILENT: [&str; 16] = [
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "math",
    "select", "button", "textarea", "audio", "video", "canvas",
];

/// Elements that words flow through.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
];

/// The blocks under a node, in order.
pub(in crate::document) fn blocks(root: NodeRef<'_>) -> Vec<Block> {
    let mut walk = Walk::default();
    // Without recursion: a node is entered, its children are walked, and it is left.
    let mut waiting = vec![Step::Enter(root)];
    while let Some(step) = waiting.pop() {
        match step {
            Step::Enter(node) if node.is_text() => walk.words(&node.text()),
            Step::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                if node.is_element() && is_silent(&node, &name) {
                    continue;
                }
                walk.enter(&name);
                waiting.push(Step::Leave(name.to_string()));
                let at = waiting.len();
                waiting.extend(node.children_it(false).map(Step::Enter));
                waiting[at..].reverse();
            }
            Step::Leave(name) => walk.leave(&name),
        }
    }
    walk.end_block();
    walk.blocks
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(String),
}

fn is_silent(node: &NodeRef<'_>, name: &str) -> bool {
    SILENT.contains(&name) || node.has_attr("hidden") || is_styled_away(node)
}

fn is_styled_away(node: &NodeRef<'_>) -> bool {
    node.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    /// Words of the block in hand, as they stand in the page.
    raw: String,
    /// Level of the heading that is open; 0 outside.
    heading: u8,
    /// How many `pre` are open.
    preformatted: usize,
}

impl Walk {
    fn words(&mut self, words: &str) {
        self.raw.push_str(words);
    }

    fn enter(&mut self, name: &str) {
        match name {
            "br" => self.line(),
            "wbr" => {}
            _ if INLINE.contains(&name) => {}
            _ => {
                self.end_block();
                self.preformatted += usize::from(name == "pre");
                self.heading = heading_level(name).unwrap_or(self.heading);
            }
        }
    }

    fn leave(&mut self, name: &str) {
        if name == "br" || name == "wbr" || INLINE.contains(&name) {
            return;
        }
        self.end_block();
        self.preformatted -= usize::from(name == "pre");
        if heading_level(name).is_some() {
            self.heading = 0;
        }
    }

    /// A line break: two in a row part paragraphs, one is a space.
    fn line(&mut self) {
        let written = self.raw.trim_end_matches([' ', '\t', '\n']);
        if written.ends_with(LINE_BREAK) {
            self.end_block();
        } else {
            self.raw.push(LINE_BREAK);
        }
    }

    fn end_block(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let words = if self.preformatted > 0 {
            lines(&raw.replace(LINE_BREAK, "\n"))
        } else {
            clean::tidy(&raw.replace(LINE_BREAK, " "))
        };
        if words.is_empty() {
            return;
        }
        let kind = match self.heading {
            0 => BlockKind::Text,
            level => BlockKind::Heading(level),
        };
        self.blocks.push(Block { kind, words });
    }
}

/// Stands for a line break while a block is gathered; [`clean::strip`] would remove it.
const LINE_BREAK: char = '\u{1}';

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Preformatted lines, each folded by itself, without empty ones: a blank line would end a paragraph.
fn lines(raw: &str) -> String {
    let lines: Vec<String> = raw.lines().map(clean::tidy).collect();
    let lines: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|l| !l.is_empty())
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> Vec<String> {
        let document = super::super::parse(html).unwrap();
        blocks(document.root())
            .into_iter()
            .map(|block| block.words)
            .collect()
    }

    #[test]
    fn a_page_is_read_as_it_is_seen() {
        let page = "<html><head><title>T</title><style>x{}</style></head><body><h1>A <em>ferry</em>\n sinks</h1>\
            <p>One&nbsp;two<script>alert(1)</script> <b>th</b>ree &amp; &lt;b&gt;<p>Next<br>line<br><br>New\
            <div hidden>no</div><div style='Display : none'>no</div><ul><li>a<li>b</ul><pre>x\n  y</pre>end";
        let expected = [
            "A ferry sinks",
            "One two three & <b>",
            "Next line",
            "New",
            "a",
            "b",
            "x\ny",
            "end",
        ];
        assert_eq!(words(page), expected);
    }

    #[test]
    fn controls_do_not_come_through() {
        assert_eq!(words("<p>a\u{1b}[2J&#27;&#x202e;b\u{1}c&#1;"), ["a[2Jb c"]);
    }

    #[test]
    fn headings_have_levels() {
        let document = super::super::parse("<h2>A<span>b</span></h2>c").unwrap();
        let kinds: Vec<BlockKind> = blocks(document.root()).iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [BlockKind::Heading(2), BlockKind::Text]);
    }
}
