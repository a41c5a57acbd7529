//! schema.org metadata in `<script type="application/ld+json">`: a node, a list of them, or a `@graph`,
//! of `NewsArticle`, another kind of `Article`, or a posting.

use dom_query::Document;
use serde_json::Value;

use super::metadata::{Metadata, date, is_name, web_address};
use crate::document::clean;

/// Most scripts looked at, and the longest one, in bytes.
const MAX_SCRIPTS: usize = 50;
const MAX_SCRIPT_BYTES: usize = 1_000_000;
/// Most nodes looked at in a script.
const MAX_NODES: usize = 10_000;

/// Reads the first article that the page describes, kinds of news before others.
pub(super) fn metadata(page: &Document) -> Metadata {
    let scripts = page.select("script[type='application/ld+json']");
    let mut best: Option<(usize, Value)> = None;
    for script in scripts.nodes().iter().take(MAX_SCRIPTS) {
        let text = script.text();
        if text.len() > MAX_SCRIPT_BYTES {
            continue;
        }
        let Some(value) = parse(&text) else { continue };
        for node in nodes(&value) {
            let rank = rank(node);
            if rank > best.as_ref().map_or(0, |(rank, _)| *rank) {
                best = Some((rank, node.clone()));
            }
        }
    }
    best.map(|(_, node)| read(&node)).unwrap_or_default()
}

/// The script as JSON; some pages put it in a comment or a CDATA section.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    let bare = text
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[");
    let bare = bare.trim_start_matches("<![CDATA[").trim_end_matches("-->");
    let bare = bare.trim_end_matches("//]]>").trim_end_matches("]]>");
    serde_json::from_str(bare.trim()).ok()
}

/// The nodes at the top, in lists, and in `@graph`s.
fn nodes(value: &Value) -> Vec<&Value> {
    let mut waiting = vec![value];
    let mut found = Vec::new();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(values) => waiting.extend(values.iter().rev()),
            Value::Object(fields) => {
                found.push(value);
                waiting.extend(fields.get("@graph"));
                waiting.extend(fields.get("mainEntity"));
            }
            _ => {}
        }
        if found.len() > MAX_NODES {
            break;
        }
    }
    found
}

/// How much a node is about the article: news before articles before postings; 0 for others.
fn rank(node: &Value) -> usize {
    const POSTINGS: [&str; 3] = ["BlogPosting", "SocialMediaPosting", "LiveBlogPosting"];
    let of = |kind: &str| match kind.rsplit(['/', '#', ':']).next().unwrap_or_default() {
        kind if kind.ends_with("NewsArticle") || kind == "ReportageNewsArticle" => 3,
        kind if kind.ends_with("Article") || kind == "Report" => 2,
        kind if POSTINGS.contains(&kind) => 1,
        _ => 0,
    };
    strings(node.get("@type"))
        .iter()
        .map(|kind| of(kind))
        .max()
        .unwrap_or(0)
}

fn read(node: &Value) -> Metadata {
    let word = |name: &str| strings(node.get(name)).into_iter().next();
    let own = word("url").or_else(|| match node.get("mainEntityOfPage") {
        Some(Value::String(address)) => Some(address.clone()),
        Some(page) => strings(page.get("@id")).into_iter().next(),
        None => None,
    });
    Metadata {
        headline: word("headline").or_else(|| word("name")),
        published: word("datePublished").as_deref().and_then(date),
        modified: word("dateModified").as_deref().and_then(date),
        authors: names(node.get("author")),
        publisher: names(node.get("publisher")).into_iter().next(),
        address: own.as_deref().and_then(web_address),
        language: None,
    }
}

/// The strings that a value is or lists, cleaned.
fn strings(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| {
        value
            .as_str()
            .map(clean::inline)
            .filter(|words| !words.is_empty())
    };
    match value {
        Some(Value::Array(values)) => values.iter().take(16).filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The names of people or bodies: strings, nodes with a `name`, or lists of these.
fn names(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::Object(fields) => strings(fields.get("name")).into_iter().next(),
        value => strings(Some(value)).into_iter().next(),
    };
    let found: Vec<String> = match value {
        Some(Value::Array(values)) => values.iter().take(16).filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    };
    found.into_iter().filter(|name| is_name(name)).collect()
}
