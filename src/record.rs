//! What the full-text index hands back of documents and names, as plain data: written by
//! `pipeline`, read by `timeline`, `inspect` and `cli`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::decision::NameRef;

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
    /// Number of documents that name it.
    pub documents: usize,
    /// All its names, the most used first, and why they are its.
    pub surfaces: Vec<SurfaceRecord>,
    /// What a decision about it calls it.
    pub root: NameRef,
    /// The user's merges that hold it together: the decision's number and the parts it joins.
    pub merges: Vec<(u64, [usize; 2])>,
}

/// One name of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SurfaceRecord {
    /// The name as written.
    pub name: String,
    /// How many documents write it so.
    pub documents: usize,
    /// The rule by which it is a name of the entity.
    pub rule: String,
    /// That rule's grounds, in words.
    pub reason: String,
    /// What a decision about the name calls it.
    pub node: NameRef,
    /// The same name as other kinds of thing that are the entity too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_kinds: Vec<NameRef>,
    /// Which part of the entity it belongs to when the user's merges are left out.
    pub part: usize,
    /// The number of the decision that split it off from another entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<u64>,
}

/// Days from 1970-01-01 to a date.
pub(crate) fn day_number(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    date.since(epoch)
        .map_or(0, |span| i64::from(span.get_days()))
}
