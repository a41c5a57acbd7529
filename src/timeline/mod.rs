//! A phrase and a period in, a [`Timeline`] out: dated entries, one for each event, folded and
//! ranked. Rendering is left to `export` and `cli`.

mod belong;
mod digest;
mod explain;
mod filed;
mod known;
mod period;
mod phrase;
mod rank;
mod select;
mod unread;

use serde::{Deserialize, Serialize};

pub use explain::Why;
pub(crate) use period::silences_in_order;
pub use period::{By, Silence, silences};
pub use select::{Order, Request, select};
pub use unread::Unread;

use crate::record::EventRecord;
pub use crate::record::{DateBasis, DocumentRef, FoundStoryline, SourceRef};

/// What happened, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The phrase as asked, years included.
    pub phrase: String,
    /// First day of the period, inclusive (`2015-01-01`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day of the period, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The last day whose documents count; `None` when all do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub known_at: Option<String>,
    /// How renderings group the entries; `None` leaves it to each.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<By>,
    /// Where the line was drawn between what belongs and what does not; `None` when scores drew none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cut: Option<Cut>,
    /// How many events there are where only some were asked for, those that tell the story best.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub chosen_of: Option<usize>,
    /// Whether no event of the period says the whole phrase or is of a storyline named so: the entries answer
    /// parts of it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub in_part: bool,
    /// The stretches between the first and the last entry of which the store knows nothing at all, where entries are
    /// as far apart.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unread: Vec<Unread>,
    /// The entries, in date order unless asked for by relevance.
    pub entries: Vec<Entry>,
}

/// What was left out of a timeline for its score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cut {
    /// The score from which an event belongs, unless it says the whole phrase or is of its storyline;
    /// where few answer, less is asked of what has the phrase's names.
    pub least_score: f64,
    /// How many events were left out though they have the phrase's names, or half that score.
    pub left_out: usize,
}

/// One event of a timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When it happened, as precisely as is known, in EDTF level 1 (`2015`, `2015-10`,
    /// `2015-10-02`, `XXXX-03-27`); `None` when nothing is known.
    pub date: Option<String>,
    /// `year`, `month`, `day`, `time` or `unknown`.
    pub precision: String,
    /// One line saying what happened.
    pub title: String,
    /// The event's IRI.
    pub event: String,
    /// Relevance to the phrase; comparable only inside one timeline.
    pub score: f64,
    /// The documents that report it.
    pub documents: Vec<DocumentRef>,
    /// The sources those documents cite.
    pub sources: Vec<SourceRef>,
    /// Names that frame it: storylines, topics, shared context.
    pub context: Vec<String>,
    /// Those of them that are storylines of which it tells nothing: an archive's heading may run on over the next item.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unlike: Vec<String>,
    /// The titles of older versions, oldest first, folded under this entry.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub versions: Vec<String>,
    /// IRI of the event that supersedes this one, when one does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub superseded_by: Option<String>,
    /// How the date was inferred, when no document states it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub inferred_date: Option<String>,
    /// How the date is known; `None` where nothing is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date_basis: Option<DateBasis>,
    /// Storylines it was found to belong to, though no document says so, the surest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub storylines: Vec<FoundStoryline>,
    /// `reported`, `planned`, `hypothetical` or `denied`, when no document simply tells that it happened.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<String>,
    /// On whose word it is told: a name, or the document's words for a speaker without one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attributed_to: Option<String>,
    /// Why it is here, when that was asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<Why>,
}

impl Entry {
    /// What a timeline shows of an event.
    pub(crate) fn of(record: EventRecord, score: f64) -> Self {
        Self {
            date: record.date,
            precision: record.precision,
            title: record.title,
            event: record.event,
            score,
            documents: record.documents,
            sources: record.sources,
            context: record.context,
            unlike: record.unlike,
            versions: record.versions,
            superseded_by: None,
            inferred_date: record.inferred_date,
            date_basis: record.date_basis,
            storylines: record.storylines,
            status: record.status,
            attributed_to: record.attributed_to,
            why: None,
        }
    }

    /// What has to be said before the title lest it be taken for a fact: `planned`, `denied by Russia`; `None`
    /// for what is told as one, be it on somebody's word.
    #[must_use]
    pub fn caveat(&self) -> Option<String> {
        let word = match self.status.as_deref()? {
            "planned" => "planned",
            "hypothetical" => "possible",
            "denied" => "denied",
            _ => return None,
        };
        let by = self.attributed_to.as_ref().filter(|_| word == "denied");
        Some(by.map_or_else(|| word.to_owned(), |who| format!("{word} by {who}")))
    }

    /// Whether its date is no more than that of a report which states none.
    #[must_use]
    pub fn is_dated_by_report(&self) -> bool {
        self.date_basis == Some(DateBasis::Report)
    }

    /// The source, for an entry that is told on somebody's word: `according to Reuters`.
    #[must_use]
    pub fn attribution(&self) -> Option<String> {
        let told = matches!(self.status.as_deref(), Some("reported" | "planned"));
        let source = self.attributed_to.as_ref().filter(|_| told)?;
        Some(format!("according to {source}"))
    }
}
