//! Bytes in, [`Document`] out: what a page or an article says of itself, before anything is
//! extracted from its sentences.
//!
//! A document is a text and spans into it. The text is the readable wording of the source (titles,
//! summary, body, the titles and contexts of related items), decoded and cleaned; addresses are
//! kept beside it. Every claim made later about the document points into this text, so nothing
//! may change it afterwards. One file per source format; this module knows nothing of extraction
//! or RDF.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::span::Span;

/// One document as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What the source calls itself: an archive page's address (`/news/2017/12/6/slug.md`), the
    /// `url` or else the `id` of a JSON document. An opaque id: two addresses can be versions of
    /// one story. Ordinary articles have none.
    pub address: Option<String>,
    /// Which kind of document it is.
    pub kind: DocumentKind,
    /// Language of the prose as a BCP 47 tag (`en`, `zh`).
    pub language: String,
    /// The readable wording; every span below points into it.
    pub text: String,
    /// The document's parts in text order; they do not overlap.
    pub sections: Vec<Section>,
    /// Document creation time (TimeML's term): the day the document is about or was published.
    pub dct: Option<Date>,
    /// Who wrote it, when a byline says so.
    pub byline: Option<Span>,
    /// Sources cited, in the order of the page; cover images among them.
    pub sources: Vec<Source>,
    /// The page's own list of its versions, oldest first.
    pub versions: Vec<Version>,
    /// Items the page states as related, in its order.
    pub related: Vec<Related>,
    /// Entries of a day index, in its order.
    pub items: Vec<Item>,
}

/// The kinds of document Annals tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// An archive page about one event.
    EventPage,
    /// An archive page listing the events of one day.
    DayIndex,
    /// Prose from anywhere else.
    Article,
}

/// A part of the text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What the part is.
    pub kind: SectionKind,
    /// Where it stands.
    pub span: Span,
}

/// What a part of a document's text is; decides whether and how it is read for mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// Topic heading above the title (`##### …`).
    Topic,
    /// The headline.
    Title,
    /// The source's own description under the headline of an archive page.
    Summary,
    /// One paragraph of an article.
    Paragraph,
    /// "By …" and place-and-agency lines.
    Byline,
    /// Navigation, captions repeated, share bars: kept, never read for events.
    Boilerplate,
    /// Name of a cited source.
    SourceName,
    /// Title of a listed version.
    VersionTitle,
    /// Title of a related item.
    RelatedTitle,
    /// A shared name behind a related item or an index item.
    Context,
    /// Title of a day-index item.
    ItemTitle,
    /// Summary of a day-index item.
    ItemSummary,
}

/// A source a page cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Where its name stands; `None` for a nameless cover image of the Chinese edition.
    pub name: Option<Span>,
    /// Its address, entities decoded, otherwise as written (it can be relative).
    pub url: String,
    /// What it is to the page.
    pub role: SourceRole,
}

/// What a listed address is to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceRole {
    /// A cited report.
    Cited,
    /// The picture.
    CoverImage,
}

/// One line of a page's `Changes` list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its title.
    pub title: Span,
    /// Its address.
    pub address: String,
    /// When it was stored, in the archive's unnamed zone; the current version has none.
    pub stored: Option<DateTime>,
    /// Its place in the chain.
    pub status: VersionStatus,
}

/// The place of a version in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionStatus {
    /// The oldest this page knows.
    First,
    /// One between the first and the current.
    Update,
    /// The page itself.
    Current,
}

/// One line of a page's `Related` list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The related item's title.
    pub title: Span,
    /// Its address.
    pub address: String,
    /// The names both share, as the page words them, repeats kept.
    pub context: Vec<Span>,
}

/// One entry of a day index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The heading it stands under.
    pub topic: Option<Span>,
    /// Its title.
    pub title: Span,
    /// Its address.
    pub address: String,
    /// Its summary.
    pub summary: Option<Span>,
    /// Its context names.
    pub context: Vec<Span>,
}

impl Document {
    /// The words under a span of this document.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The first section of a kind, if there is one.
    #[must_use]
    pub fn section(&self, kind: SectionKind) -> Option<Span> {
        let found = self.sections.iter().find(|section| section.kind == kind);
        found.map(|section| section.span)
    }
}
