//! TimelineJS 3, the journalists' standard. Headlines and texts are HTML there, so all text is
//! escaped; months are checked here, because TimelineJS takes any number.

use serde_json::{Value, json};

use super::super::date::{self, PartialDate};
use super::html::{linked_sources, text};
use crate::counted::counted;
use crate::timeline::{Entry, Timeline};

/// The timeline as the JSON object that `new TL.Timeline` takes.
pub(super) fn value(timeline: &Timeline) -> Value {
    let events: Vec<Value> = timeline
        .entries
        .iter()
        .filter_map(|entry| Some(event(entry, super::when(entry)?)))
        .collect();
    let mut about = text(&super::subtitle(timeline));
    let left_out = timeline.entries.len() - events.len();
    if left_out > 0 {
        about.push_str(&format!(
            "; {} without a year left out",
            counted(left_out, "event")
        ));
    }
    json!({
        "title": { "text": { "headline": text(&super::title(timeline)), "text": about } },
        "events": events,
    })
}

fn event(entry: &Entry, when: PartialDate) -> Value {
    let mut event = json!({
        "unique_id": entry.event,
        "start_date": day(when),
        "display_date": text(&date::spell(entry.date.as_deref())),
        "text": { "headline": text(&super::headline(entry)), "text": body(entry) },
    });
    if when.day.is_none() {
        event["end_date"] = last_day(when);
    }
    if let Some(first) = entry.context.first() {
        event["group"] = json!(text(first));
    }
    event
}

fn day(date: PartialDate) -> Value {
    let mut value = json!({ "year": date.year });
    if let Some(month) = date.month {
        value["month"] = json!(month);
    }
    if let Some(day) = date.day {
        value["day"] = json!(day);
    }
    value
}

fn last_day(date: PartialDate) -> Value {
    let last = date.end().yesterday().unwrap_or(date.end());
    json!({ "year": last.year(), "month": last.month(), "day": last.day() })
}

/// Sources, remarks and older versions as HTML.
fn body(entry: &Entry) -> String {
    let mut html = String::new();
    let sources = linked_sources(entry);
    if !sources.is_empty() {
        html.push_str(&format!("<p>{sources}</p>"));
    }
    for remark in super::remarks(entry) {
        html.push_str(&format!("<p><em>{}</em></p>", text(&remark)));
    }
    for version in &entry.versions {
        html.push_str(&format!("<p><small>Earlier: {}</small></p>", text(version)));
    }
    html
}
