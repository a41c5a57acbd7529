//! What the full-text index hands back of documents and names, as plain data: written by
//! `pipeline`, read by `timeline`, `inspect` and `cli`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the index keeps of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRecord {
    /// Its IRI in the graph.
    pub iri: String,
    /// Its own id: the `id` of a JSON document, the address of a page, else the path.
    pub id: String,
    /// Where it was read from, as the user named it.
    pub path: String,
    /// `event-page`, `day-index` or `article`.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date, where it states one.
    pub date: Option<String>,
    /// Its whole text, into which all `char=` fragments point.
    pub text: String,
}

/// What the index keeps of an entity, storyline or concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameRecord {
    /// Its IRI.
    pub iri: String,
    /// `person`, `place`, `organization`, `storyline` or `concept`.
    pub kind: String,
    /// Its preferred name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Number of events it takes part in, frames or houses.
    pub events: usize,
}

/// Days from 1970-01-01 to a date.
pub(crate) fn day_number(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    date.since(epoch)
        .map_or(0, |span| i64::from(span.get_days()))
}
