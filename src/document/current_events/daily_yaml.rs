//! A day of events in YAML, in two layouts:
//!
//! - `Date`, `Source_URI`, and `Intelligence_Payload`: a map from category to a list of strings,
//!   headings and events in one level. A short string that cites nothing and ends like no sentence is
//!   a heading; headings in a row are taken as nested; the first heading after an event opens a
//!   new row. The layout does not say where a heading ends, so an event that stands under none
//!   can be given the heading before it;
//! - `date` and `events`: a list of maps with `headline` or `text`, `category`, `subcategory`,
//!   `topics`, `summary`, and `sources` with `outlet` or `name`, and `url`, at any depth.
//!
//! Anchors, depth and size are bounded by the parser's budget.

use std::fmt;

use jiff::civil::Date;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Cited, Day, Entry, is_heading, page_address, sources};
use crate::document::{DiagnosticCode, Document, ReadError, clean, written_date};

/// Deepest nesting that is read; the layouts need six levels.
const MAX_DEPTH: usize = 32;
/// Most nodes (maps, lists and scalars) of a file, aliases counted each time. A day has some hundred.
const MAX_NODES: usize = 250_000;

/// Name of the category of events that have none: no heading.
const NO_CATEGORY: &str = "Uncategorized";

/// The fields of either layout; others are left alone.
#[derive(Deserialize)]
struct File {
    #[serde(rename = "Date", alias = "date")]
    date: Option<String>,
    #[serde(rename = "Source_URI")]
    page: Option<String>,
    #[serde(rename = "Intelligence_Payload")]
    categories: Option<InOrder>,
    events: Option<Vec<Value>>,
}

/// A map whose entries keep their order.
struct InOrder(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrderVisitor)
    }
}

struct InOrderVisitor;

impl<'de> Visitor<'de> for InOrderVisitor {
    type Value = InOrder;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map from categories to events")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(InOrder(entries))
    }
}

/// Reads a day.
pub(super) fn read(content: &str) -> Result<Document, ReadError> {
    let file = parse(content)?;
    let mut day = Day {
        date: file.date.as_deref().and_then(day_of),
        ..Day::default()
    };
    for (category, events) in file.categories.iter().flat_map(|found| &found.0) {
        flat(&mut day, category, events);
    }
    for event in file.events.iter().flatten() {
        record(&mut day, event);
    }
    let address = file.page.and_then(|page| address(&page, day.date));
    day.finish(address)
}

fn parse(content: &str) -> Result<File, ReadError> {
    let budget = serde_saphyr::budget! {
        max_depth: MAX_DEPTH,
        max_nodes: MAX_NODES,
        max_events: 4 * MAX_NODES,
        max_documents: 1,
    };
    let options = serde_saphyr::options! {
        budget: budget,
        with_snippet: false,
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
    };
    serde_saphyr::from_str_with_options(content, options)
        .map_err(|error| ReadError::InvalidYaml(first_line(&error.to_string())))
}

fn first_line(message: &str) -> String {
    clean::inline(message.lines().next().unwrap_or_default())
}

fn day_of(written: &str) -> Option<Date> {
    written_date::find(written).map(|(_, date)| date)
}

/// The address of the portal's page that a `Source_URI` names, when it is the day's.
fn address(page: &str, date: Option<Date>) -> Option<String> {
    let is_portal = page.starts_with("Portal:Current events/");
    if page.starts_with("https://") || page.starts_with("http://") {
        return Some(page.to_owned());
    }
    date.filter(|_| is_portal).map(page_address)
}

/// The strings under one category.
fn flat(day: &mut Day, category: &str, events: &Value) {
    let category = clean::inline(category);
    let category = category.trim_end_matches([';', ':']);
    day.heading(
        0,
        if category == NO_CATEGORY {
            ""
        } else {
            category
        },
    );
    // Level of the next heading: one deeper after a heading, the first again after an event.
    let mut level = 1;
    for event in list(events) {
        let Some(words) = event.as_str().map(clean::inline) else {
            let shown = event.to_string();
            day.report(DiagnosticCode::UnreadableLine, "not a string", &shown, None);
            continue;
        };
        let (words, sources) = sources::split(&words);
        if is_heading(words, &sources) {
            day.heading(level, words);
            level += 1;
        } else {
            day.entry(&Entry {
                words: words.to_owned(),
                sources,
                ..Entry::default()
            });
            level = 1;
        }
    }
}

fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// An event with fields of its own.
fn record(day: &mut Day, event: &Value) {
    let word = |name: &str| event.get(name).and_then(Value::as_str).map(clean::inline);
    let words = word("headline")
        .or_else(|| word("title"))
        .or_else(|| word("text"));
    let Some(words) = words.filter(|words| !words.is_empty()) else {
        let code = DiagnosticCode::UnreadableLine;
        day.report(code, "event without a headline", &event.to_string(), None);
        return;
    };
    let headings = [word("category"), word("subcategory")];
    let headings = headings
        .into_iter()
        .flatten()
        .filter(|name| name != NO_CATEGORY);
    reopen(day, headings.collect());
    let mut cited = Vec::new();
    cite(
        event.get("sources").unwrap_or(&Value::Null),
        &mut cited,
        MAX_DEPTH,
    );
    day.entry(&Entry {
        words,
        summary: word("summary").unwrap_or_default(),
        sources: cited,
        ..Entry::default()
    });
}

/// Opens the headings of an event, unless they are those in force.
fn reopen(day: &mut Day, headings: Vec<String>) {
    let same = day
        .headings
        .iter()
        .map(|heading| &heading.words)
        .eq(&headings);
    if !same {
        day.close(0);
        for (level, words) in headings.iter().enumerate() {
            day.heading(level, words);
        }
    }
}

/// Gathers the sources in a value, however deep they stand: maps with a `url`, and bare names.
fn cite(value: &Value, cited: &mut Vec<Cited>, depth: usize) {
    let word = |name: &str| value.get(name).and_then(Value::as_str).map(clean::inline);
    match value {
        _ if depth == 0 => {}
        Value::String(name) => cited.push(Cited {
            name: clean::inline(name),
            url: String::new(),
        }),
        Value::Array(values) => values.iter().for_each(|one| cite(one, cited, depth - 1)),
        Value::Object(fields) => match word("outlet").or_else(|| word("name")) {
            Some(name) => cited.push(Cited {
                name,
                url: word("url").unwrap_or_default(),
            }),
            None => {
                let deeper = fields
                    .values()
                    .filter(|value| value.is_array() || value.is_object());
                deeper.for_each(|one| cite(one, cited, depth - 1));
            }
        },
        _ => {}
    }
}
