//! What the full-text index hands back of events, documents and names, as plain data: written by
//! `pipeline`, read by `pipeline`, `timeline`, `inspect` and `cli`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::decision::NameRef;
use crate::time::{Interval, Precision, partial_date};

/// What the index keeps of an event: what a timeline shows of it, and what only some requests look at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventRecord {
    /// When it happened, in EDTF level 1; `None` when nothing is known.
    pub(crate) date: Option<String>,
    /// `year`, `month`, `day`, `time` or another [`Precision`](crate::time::Precision), or `unknown`.
    pub(crate) precision: String,
    /// One line saying what happened.
    pub(crate) title: String,
    /// Its IRI.
    pub(crate) event: String,
    /// The documents that report it.
    pub(crate) documents: Vec<DocumentRef>,
    /// The sources those documents cite.
    pub(crate) sources: Vec<SourceRef>,
    /// Names that frame it.
    pub(crate) context: Vec<String>,
    /// Those of them that are storylines of which it tells nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) unlike: Vec<String>,
    /// The titles of older versions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) versions: Vec<String>,
    /// How the date was inferred, when no document states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) inferred_date: Option<String>,
    /// How the date is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) date_basis: Option<DateBasis>,
    /// Storylines it was found to belong to, the surest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) storylines: Vec<FoundStoryline>,
    /// The word of its status, unless it is asserted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<String>,
    /// On whose word it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) attributed_to: Option<String>,
    /// Its tellings, each once, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) told: Vec<Told>,
    /// First day on which all its tellings could be read, also those that `told` leaves out; `None`
    /// when one bears no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) all_told_since: Option<Date>,
    /// Full days that its tellings name, once a document, its own day not counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) refers: Vec<String>,
}

/// How the date of an event is known, the best grounds first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// The words of a text say it.
    Stated,
    /// An archive files the event under that day.
    Filed,
    /// It is the day of a report that states none: the event can be older.
    Report,
    /// It was worked out from what other documents say.
    Inferred,
}

impl DateBasis {
    /// Its word in every format.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Filed => "filed",
            Self::Report => "report",
            Self::Inferred => "inferred",
        }
    }

    /// The best grounds on which tellings give an event its date; `None` where none gives it.
    pub(crate) fn of<'a>(
        told: impl IntoIterator<Item = &'a Told>,
        date: Option<&str>,
    ) -> Option<Self> {
        let date = date?;
        let gives = |told: &&Told| told.date().is_some_and(|(given, _)| given == date);
        let giving = told.into_iter().filter(gives);
        giving.filter_map(|told| told.date_basis).min()
    }
}

/// One telling of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Told {
    /// First day on which it could be read.
    pub(crate) since: Option<Date>,
    /// Its words on one line.
    pub(crate) title: String,
    /// Whether it is the telling that the event's title comes from.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) describes: bool,
    /// IRI of the document that tells it, where that counts as reporting the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// Addresses of the sources which that document cites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sources: Vec<String>,
    /// When it says that the event happened: a TIMEX3 value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) time: Option<String>,
    /// How it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) date_basis: Option<DateBasis>,
    /// The word of its status, unless it asserts the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<String>,
    /// On whose word it tells what it does not assert.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) attributed_to: Option<String>,
}

impl Told {
    /// When it says that the event happened, in EDTF, and how precisely.
    pub(crate) fn date(&self) -> Option<(String, Precision)> {
        let value = self.time.as_deref()?;
        if let Some(interval) = Interval::of_timex_value(value) {
            return Some((interval.edtf(), interval.precision));
        }
        partial_date(value).map(|date| (date.to_owned(), Precision::Day))
    }
}

/// A storyline that an event was found to belong to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FoundStoryline {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// How probable that is, in [0, 1].
    pub score: f64,
}

/// A document that reports an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentRef {
    /// Its IRI in the graph.
    pub iri: String,
    /// Its own id: the `id` of a JSON document, the address of a page, else the path.
    pub id: String,
    /// Where it was read from, as the user named it.
    pub path: String,
}

/// A source cited for an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceRef {
    /// Its name.
    pub name: String,
    /// The address cited.
    pub url: String,
}

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

/// The key by which events are found that are filed under a storyline, given by its IRI, and tell nothing of it.
pub(crate) fn stray_key(iri: &str) -> String {
    format!("stray:{}", crate::hash::long(iri))
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days from 1970-01-01 to a date.
pub(crate) fn day_number(date: Date) -> i64 {
    date.since(EPOCH)
        .map_or(0, |span| i64::from(span.get_days()))
}

/// The date so many days from 1970-01-01; `None` where a calendar of the years -9999 to 9999 has none.
pub(crate) fn date_of_day(number: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(number).ok()?;
    EPOCH.checked_add(days).ok()
}
