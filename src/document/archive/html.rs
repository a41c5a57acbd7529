//! An archive page as HTML. Only the Markdown of the archive is documented, so HTML is turned back into
//! its lines by structure (headings, list items, links, emphasis) and read as such; what the page's
//! metadata says fills in a title, a day or a summary that the structure lacks.

use dom_query::{Document, NodeRef};

use super::lines;
use crate::document::{ReadError, clean, html};

/// The lines of Markdown that an HTML page amounts to.
pub(super) fn markdown(content: &str) -> Result<String, ReadError> {
    let page = html::parse(content)?;
    let mut walk = Walk::default();
    walk.read(page.root());
    let Walk { mut lines, .. } = walk;
    complete(&mut lines, &page);
    Ok(lines.join("\n"))
}

/// Adds what only the page's metadata says.
fn complete(lines: &mut Vec<String>, page: &Document) {
    let metadata = html::metadata(page);
    let is_day = |line: &String| line.starts_with("## [") || line.starts_with("### [");
    let place = lines.iter().position(is_day);
    if let (None, Some(day)) = (place, metadata.published) {
        let written = format!("{}-{:02}-{}", day.year(), day.month(), day.day());
        lines.insert(0, format!("### [{written}]()"));
    }
    let is_index = lines.iter().any(|line| line.starts_with("## ["));
    if !is_index && !lines.iter().any(|line| line.starts_with("# ")) {
        let place = lines.iter().position(is_day).map_or(0, |place| place + 1);
        lines.splice(
            place..place,
            metadata.headline.map(|title| format!("# {title}")),
        );
    }
    if let Some(address) = metadata.address {
        lines.insert(0, format!("Formats: [HTML]({})", relative(&address)));
    }
}

/// Elements whose inside is no words of the page.
const SILENT: [&str; 8] = [
    "script", "style", "template", "noscript", "head", "title", "nav", "svg",
];

/// Elements that stand on a line of their own.
const BLOCKS: [&str; 16] = [
    "address", "article", "body", "div", "dl", "footer", "header", "hr", "main", "ol", "p",
    "section", "table", "tr", "ul", "br",
];

#[derive(Default)]
struct Walk {
    lines: Vec<String>,
    /// What begins the line in hand, `## ` or `1. `.
    mark: String,
    line: String,
    /// Where the label of each open link begins, with its address.
    links: Vec<(usize, String)>,
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(String),
}

impl Walk {
    fn read(&mut self, root: NodeRef<'_>) {
        let mut waiting = vec![Step::Enter(root)];
        while let Some(step) = waiting.pop() {
            match step {
                Step::Enter(node) if node.is_text() => self.line.push_str(&node.text()),
                Step::Enter(node) => {
                    let name = node.node_name().unwrap_or_default().to_string();
                    if SILENT.contains(&name.as_str()) {
                        continue;
                    }
                    self.enter(&name, &node);
                    waiting.push(Step::Leave(name));
                    let at = waiting.len();
                    waiting.extend(node.children_it(false).map(Step::Enter));
                    waiting[at..].reverse();
                }
                Step::Leave(name) => self.leave(&name),
            }
        }
        self.end_line();
    }

    fn enter(&mut self, name: &str, node: &NodeRef<'_>) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
                let level = usize::from(name.as_bytes()[1] - b'0');
                self.mark = format!("{} ", "#".repeat(level));
            }
            "li" => {
                self.end_line();
                self.mark = "1. ".to_owned();
            }
            "a" => {
                let address = node.attr("href").unwrap_or_default();
                self.line.push('[');
                self.links.push((self.line.len(), relative(&address)));
            }
            "em" | "i" => self.line.push('_'),
            _ if BLOCKS.contains(&name) => self.end_line(),
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "a" => {
                if let Some((_, address)) = self.links.pop() {
                    self.line.push_str("](");
                    self.line.push_str(&address);
                    self.line.push(')');
                }
            }
            "em" | "i" => {
                let kept = self.line.trim_end().len();
                self.line.truncate(kept);
                self.line.push('_');
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" => self.end_line(),
            _ if BLOCKS.contains(&name) => self.end_line(),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        // A link across lines would close on another one: it ends here, and its end adds nothing.
        for (_, address) in self.links.drain(..).rev() {
            self.line.push_str(&format!("]({address})"));
        }
        let line = clean::fold_space(&std::mem::take(&mut self.line));
        let mark = std::mem::take(&mut self.mark);
        if !line.is_empty() {
            self.lines.push(format!("{mark}{line}"));
        }
    }
}

/// An address of the archive as its Markdown pages write it; any other as it is.
fn relative(address: &str) -> String {
    let path = address
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
        .unwrap_or(address);
    if lines::folders(path).is_none() || !path.starts_with('/') {
        return address.to_owned();
    }
    let stem = [".html", ".htm", ".json", ".xml"]
        .iter()
        .find_map(|ext| path.strip_suffix(ext));
    stem.map_or_else(|| path.to_owned(), |stem| format!("{stem}.md"))
}
