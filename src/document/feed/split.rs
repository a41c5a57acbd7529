//! Splits a feed into feeds of one entry each.
//!
//! Of an XML feed, an entry is kept as it is written, inside the feed's root element (with its
//! namespaces) and, for RSS 2, its channel, after the feed's own title and language. The rest of the
//! feed's head changes with every fetch and is left out, or every fetch would make all entries new.
//! What is put around every entry is limited, or a long title and many entries would fill the memory.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

use crate::document::ReadError;

/// Most entries of a feed. A guess: feeds have tens, archives of feeds thousands.
const MAX_ENTRIES: usize = 100_000;
/// Most bytes that are put around each entry (a guess: names of a dozen namespaces, a title and a
/// language have one or two thousand).
const MAX_FRAME_BYTES: usize = 8192;
/// Most elements of a head that are kept: title and language, each also of another namespace.
const MAX_HEAD: usize = 4;
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 256;

/// The entries of a feed, each as a feed of one.
pub(in crate::document) fn split(content: &str) -> Result<Vec<String>, ReadError> {
    let content = content.trim_start_matches('\u{feff}').trim();
    let entries = match content.starts_with('{') {
        true => split_json(content)?,
        false => split_xml(content)?,
    };
    match entries.len() {
        0 => Err(ReadError::InvalidFeed("it has no entries".to_owned())),
        1..=MAX_ENTRIES => Ok(entries),
        _ => Err(too_many("entries", MAX_ENTRIES)),
    }
}

/// Refuses XML that declares a document type, in which entities could be defined, or that has an XML
/// declaration behind its beginning (XML 1.0, 2.6 and 2.8, allow none there), which feed-rs would believe.
pub(super) fn refuse_declarations(content: &str) -> Result<(), ReadError> {
    let content = content.trim_start_matches('\u{feff}').trim_start();
    if content.starts_with('{') {
        return Ok(());
    }
    let mut reader = Reader::from_str(content);
    reader.config_mut().check_end_names = false;
    loop {
        let from = position(&reader, content);
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(event) => refuse_declaration(&event, from)?,
            Err(error) => return Err(ReadError::InvalidXml(error.to_string())),
        }
    }
}

/// Refuses an event that begins at byte `from` and declares what it may not.
fn refuse_declaration(event: &Event, from: usize) -> Result<(), ReadError> {
    let what = match event {
        Event::DocType(_) => "it declares a document type",
        Event::Decl(_) if from > 0 => "an XML declaration stands behind its beginning",
        _ => return Ok(()),
    };
    Err(ReadError::InvalidXml(what.to_owned()))
}

const fn too_many(what: &'static str, limit: usize) -> ReadError {
    ReadError::TooComplex { what, limit }
}

/// What is known of an XML feed while it is read.
#[derive(Default)]
struct Parts<'a> {
    /// The root's start tag and name.
    root: (&'a str, &'a str),
    /// The start tag and name of an RSS 2 channel.
    channel: Option<(&'a str, &'a str)>,
    /// The feed's own title and language, as written: the first of each name.
    head: Vec<&'a str>,
    entries: Vec<&'a str>,
}

fn split_xml(content: &str) -> Result<Vec<String>, ReadError> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().check_end_names = true;
    let mut parts = Parts::default();
    // Names of the open elements with the place where each begins.
    let mut open: Vec<(&str, usize)> = Vec::new();
    loop {
        let from = position(&reader, content);
        let event = reader.read_event();
        let event = event.map_err(|error| ReadError::InvalidXml(error.to_string()))?;
        let to = position(&reader, content);
        let written = &content[from..to];
        refuse_declaration(&event, from)?;
        match event {
            Event::Start(_) => {
                start(&mut parts, &open, written);
                open.push((name(written), from));
                if open.len() > MAX_DEPTH {
                    return Err(too_many("levels of nested elements", MAX_DEPTH));
                }
            }
            Event::End(_) => {
                if let Some((name, start)) = open.pop() {
                    end(&mut parts, open.len(), local(name), &content[start..to]);
                }
            }
            Event::Empty(_) if open.is_empty() => start(&mut parts, &open, written),
            Event::Eof => return parts.feeds(),
            _ => {}
        }
        if parts.entries.len() > MAX_ENTRIES {
            return Err(too_many("entries", MAX_ENTRIES));
        }
    }
}

fn position(reader: &Reader<&[u8]>, content: &str) -> usize {
    let at = usize::try_from(reader.buffer_position()).unwrap_or(content.len());
    content.ceil_char_boundary(at)
}

/// The name in a start tag.
fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    inside
        .split(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .next()
        .unwrap_or_default()
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn start<'a>(parts: &mut Parts<'a>, open: &[(&str, usize)], written: &'a str) {
    match open.len() {
        0 => parts.root = (written, name(written)),
        1 if local(name(written)) == "channel" && local(parts.root.1) == "rss" => {
            parts.channel = Some((written, name(written)));
        }
        _ => {}
    }
}

/// Takes an element that is complete; `depth` elements are around it.
fn end<'a>(parts: &mut Parts<'a>, depth: usize, name: &str, written: &'a str) {
    let inside = 1 + usize::from(parts.channel.is_some());
    if depth == 0 && name == "entry" {
        // An Atom entry by itself is a feed of one already.
        parts.root = ("", "");
        parts.entries.push(written);
    }
    if depth != inside {
        return;
    }
    match name {
        "item" | "entry" => parts.entries.push(written),
        "title" | "language" if parts.head.len() < MAX_HEAD => {
            let is_there = |other: &&str| self::name(other) == self::name(written);
            if !parts.head.iter().any(is_there) {
                parts.head.push(written);
            }
        }
        _ => {}
    }
}

impl Parts<'_> {
    fn feeds(self) -> Result<Vec<String>, ReadError> {
        let (root, root_name) = self.root;
        let (channel, channel_name) = self.channel.unwrap_or_default();
        let head = self.head.iter().map(|part| part.len()).sum::<usize>();
        refuse_large_frame(root.len() + channel.len() + head)?;
        let head = self.head.concat();
        let close = |name: &str| match name {
            "" => String::new(),
            name => format!("</{name}>"),
        };
        let tail = format!("{}{}", close(channel_name), close(root_name));
        let feed = |entry: &&str| match root {
            "" => (*entry).to_owned(),
            root => format!("{root}{channel}{head}{entry}{tail}"),
        };
        Ok(self.entries.iter().map(feed).collect())
    }
}

fn refuse_large_frame(bytes: usize) -> Result<(), ReadError> {
    if bytes > MAX_FRAME_BYTES {
        return Err(too_many(
            "bytes of a feed's own title and attributes",
            MAX_FRAME_BYTES,
        ));
    }
    Ok(())
}

fn split_json(content: &str) -> Result<Vec<String>, ReadError> {
    let parsed: Result<Map<String, Value>, _> = serde_json::from_str(content);
    let mut feed = parsed.map_err(|error| ReadError::InvalidFeed(error.to_string()))?;
    let Some(Value::Array(items)) = feed.remove("items") else {
        return Ok(Vec::new());
    };
    if items.len() > MAX_ENTRIES {
        return Err(too_many("entries", MAX_ENTRIES));
    }
    feed.retain(|name, _| matches!(name.as_str(), "version" | "title" | "language"));
    refuse_large_frame(Value::Object(feed.clone()).to_string().len())?;
    let one = |item: Value| {
        let mut alone = feed.clone();
        alone.insert("items".to_owned(), Value::Array(vec![item]));
        Value::Object(alone).to_string()
    };
    Ok(items.into_iter().map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_around_every_entry_is_limited() {
        let long = "x".repeat(MAX_FRAME_BYTES);
        let item = "<item><title>a</title></item>";
        for feed in [
            format!("<rss version=\"2.0\"><channel><title>{long}</title>{item}</channel></rss>"),
            format!("<rss version=\"2.0\" a=\"{long}\"><channel>{item}</channel></rss>"),
            format!("<rss version=\"2.0\"><channel a=\"{long}\">{item}</channel></rss>"),
            format!("{{\"title\": \"{long}\", \"items\": [{{\"id\": \"1\"}}]}}"),
        ] {
            let refused = split(&feed).unwrap_err();
            assert!(matches!(refused, ReadError::TooComplex { .. }), "{refused}");
        }
        let titles = "<title>b</title>".repeat(10_000);
        let feed = format!("<rss version=\"2.0\"><channel>{titles}{item}</channel></rss>");
        let one = format!("<rss version=\"2.0\"><channel><title>b</title>{item}</channel></rss>");
        assert_eq!(split(&feed).unwrap(), [one]);
    }
}
