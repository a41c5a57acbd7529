//! An archive page as JSON or XML. Their layouts are not documented, so fields are looked up by a table
//! of names (`fields.toml`), written down as the lines of a Markdown page, and read as such. Fields that
//! the table does not know are reported, not read.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::document::{ReadError, clean};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    title: Vec<String>,
    summary: Vec<String>,
    date: Vec<String>,
    topic: Vec<String>,
    address: Vec<String>,
    sources: Vec<String>,
    versions: Vec<String>,
    related: Vec<String>,
    context: Vec<String>,
    items: Vec<String>,
    cover: Vec<String>,
    stored: Vec<String>,
    status: Vec<String>,
    unused: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("fields.toml")).expect("the built-in table is checked by a test")
});

/// Deepest nesting of elements or values.
const MAX_DEPTH: usize = 64;
/// Most nodes of an XML page.
const MAX_NODES: u32 = 200_000;

/// The lines of Markdown that a page amounts to, and the fields that are not understood.
pub(super) struct Written {
    pub(super) markdown: String,
    pub(super) unknown: BTreeSet<String>,
}

/// Reads a page of JSON.
pub(super) fn of_json(content: &str) -> Result<Written, ReadError> {
    let parsed = serde_json::from_str(content.trim_start_matches('\u{feff}'));
    match parsed {
        Ok(Value::Object(fields)) => Ok(write(&fields)),
        Ok(_) => Err(ReadError::InvalidJson("another JSON value".to_owned())),
        Err(error) => Err(ReadError::InvalidJson(error.to_string())),
    }
}

/// Reads a page of XML; a document type is refused.
pub(super) fn of_xml(content: &str) -> Result<Written, ReadError> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let content = content.trim_start_matches('\u{feff}');
    let tree = roxmltree::Document::parse_with_options(content, options);
    let tree = tree.map_err(|error| ReadError::InvalidXml(error.to_string()))?;
    match value(tree.root_element(), 0)? {
        Value::Object(fields) => Ok(write(&fields)),
        _ => Err(ReadError::NoTitle),
    }
}

/// An element as a value: its words, or a map of its attributes and children.
fn value(element: roxmltree::Node<'_, '_>, depth: usize) -> Result<Value, ReadError> {
    if depth > MAX_DEPTH {
        let what = "levels of nested elements";
        return Err(ReadError::TooComplex {
            what,
            limit: MAX_DEPTH,
        });
    }
    let mut fields = Map::new();
    for attribute in element.attributes() {
        fields.insert(attribute.name().to_owned(), attribute.value().into());
    }
    let mut words = String::new();
    for child in element.children() {
        if child.is_element() {
            let inner = value(child, depth + 1)?;
            add(&mut fields, child.tag_name().name(), inner);
        } else if let Some(text) = child.text().filter(|_| child.is_text()) {
            words.push_str(text);
        }
    }
    let words = clean::fold_space(&words);
    if fields.is_empty() {
        return Ok(words.into());
    }
    if !words.is_empty() {
        fields.insert("#text".to_owned(), words.into());
    }
    Ok(fields.into())
}

/// Adds a child; children of one name become a list.
fn add(fields: &mut Map<String, Value>, name: &str, inner: Value) {
    match fields.get_mut(name) {
        Some(Value::Array(values)) => values.push(inner),
        Some(first) => {
            let first = first.take();
            fields.insert(name.to_owned(), Value::Array(vec![first, inner]));
        }
        None => {
            fields.insert(name.to_owned(), inner);
        }
    }
}

/// Lines in the making.
#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    unknown: BTreeSet<String>,
}

/// Writes a page as Markdown.
fn write(fields: &Map<String, Value>) -> Written {
    let page = inner_page(fields);
    let mut writer = Writer::default();
    match find(page, &TABLE.items).filter(|_| find(page, &TABLE.title).is_none()) {
        Some(items) => writer.index(page, items),
        None => writer.page(page),
    }
    Written {
        markdown: writer.lines.join("\n"),
        unknown: writer.unknown,
    }
}

/// The page inside wrappers that hold nothing else: `{"page": {…}}`.
fn inner_page(fields: &Map<String, Value>) -> &Map<String, Value> {
    let mut page = fields;
    for _ in 0..MAX_DEPTH {
        let known = find(page, &TABLE.title).or_else(|| find(page, &TABLE.items));
        let mut values = page.values();
        match (known, values.next(), values.next()) {
            (None, Some(Value::Object(inner)), None) => page = inner,
            _ => break,
        }
    }
    page
}

impl Writer {
    fn page(&mut self, page: &Map<String, Value>) {
        let table = &*TABLE;
        self.note_unknown(page);
        self.head(page, "###");
        let line = |names: &[String]| find(page, names).and_then(line);
        self.lines
            .extend(line(&table.topic).map(|topic| format!("##### {topic}")));
        self.lines
            .extend(line(&table.title).map(|title| format!("# {title}")));
        self.lines.extend(line(&table.summary));
        self.section("Sources", find(page, &table.sources), Self::source);
        if let Some(cover) = find(page, &table.cover).and_then(address_in) {
            if find(page, &table.sources).is_none() {
                self.lines.push("### Sources:".to_owned());
            }
            self.lines.push(format!("1. [Cover Image]({cover})"));
        }
        self.section("Changes", find(page, &table.versions), Self::version);
        self.section("Related", find(page, &table.related), Self::related);
    }

    fn index(&mut self, page: &Map<String, Value>, items: &Value) {
        self.note_unknown(page);
        self.head(page, "##");
        for item in list(items) {
            let Value::Object(item) = item else { continue };
            self.note_unknown(item);
            let word = |names: &[String]| find(item, names).and_then(line);
            let Some(title) = word(&TABLE.title) else {
                continue;
            };
            let address = word(&TABLE.address).unwrap_or_default();
            self.lines
                .extend(word(&TABLE.topic).map(|topic| format!("##### {topic}")));
            self.lines
                .push(format!("### [{title}]({})", markdown_address(&address)));
            self.lines.extend(word(&TABLE.summary));
            self.lines
                .extend(context(item).map(|names| format!("_Context: {names}_")));
        }
    }

    /// The page's own address and its day.
    fn head(&mut self, page: &Map<String, Value>, level: &str) {
        let address = find(page, &TABLE.address).and_then(line);
        if let Some(html) = address.as_deref().and_then(html_address) {
            self.lines.push(format!("Formats: [HTML]({html})"));
        }
        if let Some(date) = find(page, &TABLE.date).and_then(line) {
            self.lines.push(format!("{level} [{}]()", day(&date)));
        } else if level == "##" {
            self.lines.push(format!("{level} []()"));
        }
    }

    fn section(
        &mut self,
        name: &str,
        value: Option<&Value>,
        item: fn(&mut Self, &Value) -> Option<String>,
    ) {
        let Some(value) = value else { return };
        self.lines.push(format!("### {name}:"));
        for one in list(value) {
            match item(self, one) {
                Some(words) => self.lines.push(format!("1. {words}")),
                None => {
                    self.unknown
                        .insert(format!("{name}: {}", clean::fold_space(&one.to_string())));
                }
            }
        }
    }

    fn source(&mut self, value: &Value) -> Option<String> {
        let Value::Object(fields) = value else {
            let address = line(value)?;
            return Some(format!("[{address}]({address})"));
        };
        self.note_unknown(fields);
        let address = find(fields, &TABLE.address).and_then(line)?;
        let name = find(fields, &TABLE.title)
            .and_then(line)
            .unwrap_or_else(|| address.clone());
        Some(format!("[{}]({address})", name.replace("](", "] (")))
    }

    fn version(&mut self, value: &Value) -> Option<String> {
        let Value::Object(fields) = value else {
            return None;
        };
        self.note_unknown(fields);
        let word = |names: &[String]| find(fields, names).and_then(line);
        let title = word(&TABLE.title)?;
        let address = markdown_address(&word(&TABLE.address)?);
        let stored = word(&TABLE.stored)
            .or_else(|| word(&TABLE.date))
            .unwrap_or_default();
        let status = word(&TABLE.status)?;
        let status = status.trim_matches(['(', ')']);
        let stored = stored.replace('T', " ");
        let stored = stored.trim_end_matches('Z');
        let gap = if stored.is_empty() { "" } else { " " };
        Some(format!("[{title}]({address}) _{stored}{gap}({status})_"))
    }

    fn related(&mut self, value: &Value) -> Option<String> {
        let Value::Object(fields) = value else {
            return None;
        };
        self.note_unknown(fields);
        let word = |names: &[String]| find(fields, names).and_then(line);
        let title = word(&TABLE.title)?;
        let address = markdown_address(&word(&TABLE.address)?);
        let context = context(fields).map(|names| format!(" _Context: {names}_"));
        Some(format!(
            "[{title}]({address}){}",
            context.unwrap_or_default()
        ))
    }

    /// Notes the fields that no list of the table has.
    fn note_unknown(&mut self, fields: &Map<String, Value>) {
        let table = &*TABLE;
        let lists = [
            &table.title,
            &table.summary,
            &table.date,
            &table.topic,
            &table.address,
            &table.sources,
            &table.versions,
            &table.related,
            &table.context,
            &table.items,
            &table.cover,
            &table.stored,
            &table.status,
            &table.unused,
        ];
        for name in fields.keys() {
            let key = key(name);
            if !lists.iter().any(|names| names.contains(&key)) {
                self.unknown.insert(name.clone());
            }
        }
    }
}

fn key(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], "")
}

/// The first field that one of some names has.
fn find<'v>(fields: &'v Map<String, Value>, names: &[String]) -> Option<&'v Value> {
    let named = |wanted: &String| fields.iter().find(|(name, _)| key(name) == *wanted);
    let found = names.iter().find_map(named).map(|(_, value)| value);
    found.filter(|value| !value.is_null())
}

/// A value on one line: a string or number, the words of a map, the first of a list.
fn line(value: &Value) -> Option<String> {
    let line = match value {
        Value::String(words) => clean::fold_space(words),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => {
            return find(fields, &TABLE.title)
                .filter(|v| !v.is_object())
                .and_then(line);
        }
        Value::Array(values) => return values.first().filter(|v| !v.is_array()).and_then(line),
        _ => return None,
    };
    (!line.is_empty()).then_some(line)
}

/// The members of a list, also of one inside a map that holds nothing else, as XML writes lists.
fn list(value: &Value) -> Vec<&Value> {
    let mut value = value;
    for _ in 0..MAX_DEPTH {
        match value {
            Value::Array(values) => return values.iter().collect(),
            Value::Object(fields) if fields.len() == 1 => match fields.values().next() {
                Some(inner @ (Value::Array(_) | Value::Object(_))) => value = inner,
                _ => break,
            },
            _ => break,
        }
    }
    vec![value]
}

fn context(fields: &Map<String, Value>) -> Option<String> {
    let value = find(fields, &TABLE.context)?;
    let names: Vec<String> = list(value).into_iter().filter_map(line).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn address_in(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => find(fields, &TABLE.address).and_then(line),
        other => line(other),
    }
}

/// A date without its time, as the archive writes it: `2018-01-9`.
fn day(date: &str) -> String {
    let found = crate::document::written_date::find(date);
    found.map_or_else(
        || date.to_owned(),
        |(_, day)| format!("{}-{:02}-{}", day.year(), day.month(), day.day()),
    )
}

/// The address of a page in another format as that of its Markdown.
fn markdown_address(address: &str) -> String {
    let stem = [".html", ".json", ".xml"]
        .iter()
        .find_map(|ext| address.strip_suffix(ext));
    stem.map_or_else(|| address.to_owned(), |stem| format!("{stem}.md"))
}

fn html_address(address: &str) -> Option<String> {
    super::lines::folders(address)?;
    let stem = [".html", ".json", ".xml", ".md"]
        .iter()
        .find_map(|ext| address.strip_suffix(ext))?;
    Some(format!("{stem}.html"))
}
