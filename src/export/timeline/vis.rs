//! Items of vis-timeline: points for days, ranges for months and years. Contents are HTML there,
//! so all text is escaped.

use serde_json::{Value, json};

use super::super::date::{self, PartialDate};
use super::html::text;
use crate::timeline::{Entry, Timeline};

/// The items, as `new vis.DataSet` takes them; ids are numbered from 1 in the order given.
pub(super) fn items(timeline: &Timeline) -> Vec<Value> {
    let dated = timeline
        .entries
        .iter()
        .filter_map(|entry| Some((entry, super::when(entry)?)));
    dated
        .zip(1..)
        .map(|((entry, when), id)| item(entry, when, id))
        .collect()
}

fn item(entry: &Entry, when: PartialDate, id: u32) -> Value {
    let mut item = json!({
        "id": id,
        "content": text(&super::headline(entry)),
        "title": text(&tooltip(entry)),
        "start": iso(when.first_day()),
        "type": if when.day.is_some() { "box" } else { "range" },
        "event": entry.event,
    });
    if when.day.is_none() {
        item["end"] = json!(iso(when.end()));
    }
    item
}

/// `2 October 2015 · Source, Source`.
fn tooltip(entry: &Entry) -> String {
    let sources = super::source_names(entry).join(", ");
    let date = date::spell(entry.date.as_deref());
    if sources.is_empty() {
        date
    } else {
        format!("{date} · {sources}")
    }
}

/// A day as JavaScript reads it: years outside 0 to 9999 need six digits and a sign.
fn iso(date: jiff::civil::Date) -> String {
    if date.year() < 0 {
        format!(
            "-{:06}-{:02}-{:02}",
            date.year().unsigned_abs(),
            date.month(),
            date.day()
        )
    } else {
        date.to_string()
    }
}
