//! A [`Document`](crate::document::Document) in, an [`Extraction`] out: mentions, timexes and
//! event mentions, each with the span of the words it claims.
//!
//! Extraction is a pure function of one document: it knows nothing of other documents, of RDF or
//! of where anything is kept. One file per family of rules.

pub mod gazetteer;
mod hash;
mod sentence;
mod tagger;
mod token;

pub use sentence::split_sentences;
pub use tagger::{Corpus, CorpusError, ModelError, Tagger, TrainOptions, TrainReport, train};
pub use token::tokenize;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// The kinds of entity Annals tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A geographical or geopolitical place, or a facility.
    Place,
    /// A company, party, armed group, agency or other body.
    Organization,
}

/// A span that names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// The surface form's place in the text.
    pub span: Span,
    /// What kind of entity it names.
    pub kind: EntityKind,
}

/// The types of TIMEX3 (TimeML 1.2.1, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A calendar time of a day or longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// The expression's place in the text.
    pub span: Span,
    /// Its TIMEX3 type.
    pub kind: TimexKind,
    /// Its TIMEX3 value (`2017-12-11`, `2016-SU`, `P2Y`, `XXXX-03-27`). A component that neither the
    /// expression nor the document date fixes is `X`.
    pub value: String,
}
