//! Bytes in, [`Document`] out: what a page or an article says of itself, before anything is
//! extracted from its sentences.
//!
//! A document is a text and spans into it. The text is the readable wording of the source (titles,
//! summary, body, the titles and contexts of related items), decoded and cleaned; addresses are
//! kept beside it. Every claim made later about the document points into this text, so nothing
//! may change it afterwards. One file per source format; this module knows nothing of extraction
//! or RDF.

mod archive;
mod article;
mod charset;
mod clean;
mod current_events;
mod diagnostic;
mod feed;
mod format;
mod html;
mod json;
mod language;
mod patience;
mod promises;
mod refusal;
mod source;
mod text_builder;
mod web_page;
mod written_date;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::span::Span;

pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use format::Format;
pub use patience::{MAX_READING_SECS, read_within};
pub use promises::check_promises;
pub use refusal::{ReadError, Refusal, RefusalKind};
pub use source::{Discovery, Limits, RawDocument, count, discover, has_known_extension};

/// One document as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What the source calls itself: an archive page's address (`/news/2017/12/6/slug.md`), the
    /// `url` or else the `id` of a JSON document. An opaque id: two addresses can be versions of
    /// one story. Ordinary articles have none.
    pub address: Option<String>,
    /// The `id` of a JSON document, whether or not it has an address as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
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
    /// The day it was last changed, where it says so; never taken for the day it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
    /// Who published it, where its metadata says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
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
    /// What could not be read, in the order it was met: nothing is dropped in silence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
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
    /// Its address, entities decoded, otherwise as written (it can be relative); empty where a page
    /// names a source and gives no address.
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
    /// The headings it stands under, the outermost first.
    #[serde(default)]
    pub topics: Vec<Span>,
    /// Its title.
    pub title: Span,
    /// Its address; of an entry without a page of its own, the day and a hash of its words.
    pub address: String,
    /// Its summary.
    pub summary: Option<Span>,
    /// Its context names.
    pub context: Vec<Span>,
    /// The reports it cites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// Reads one document out of what was found.
///
/// Pure and linear in the length of the content; never panics, whatever the content.
///
/// ```
/// use annals::document::{Format, RawDocument, read};
///
/// let raw = RawDocument {
///     path: "ferry.txt".into(),
///     part: None,
///     format: Format::Article,
///     charset: None,
///     content: "Ferry sinks off Malta\n\nTwelve people are missing, rescuers said.\n".into(),
/// };
/// let document = read(&raw)?;
/// assert_eq!(document.title(), Some("Ferry sinks off Malta"));
/// assert_eq!(document.dct, None); // undated is said to be undated
/// # Ok::<(), annals::document::ReadError>(())
/// ```
///
/// # Errors
/// When the content holds no document: an archive page without a title, a JSON line that does not
/// parse or has no text, nothing but white space. A page cut short after its title is read.
pub fn read(raw: &RawDocument) -> Result<Document, ReadError> {
    let content = raw.content.as_str();
    let mut document = match raw.format {
        Format::ArchiveMarkdown => archive::read(content, &raw.path),
        Format::ArchiveHtml => archive::read_html(content, &raw.path),
        Format::ArchiveJson => archive::read_json(content, &raw.path),
        Format::ArchiveXml => archive::read_xml(content, &raw.path),
        Format::CurrentEvents => current_events::read_wikitext(content, &raw.path),
        Format::DailyYaml => current_events::read_yaml(content),
        Format::WebPage => web_page::read(content),
        Format::Feed => feed::read(content),
        Format::Article => article::read(content),
        Format::JsonLines => json::read(content),
    }?;
    say_charset(&mut document, raw);
    Ok(document)
}

/// Says what the text was decoded from when it was not UTF-8, and whether something is lost.
fn say_charset(document: &mut Document, raw: &RawDocument) {
    let Some(charset) = &raw.charset else { return };
    let mut say = |code, message: String| {
        let line = None;
        document.diagnostics.push(Diagnostic {
            code,
            message,
            line,
        });
    };
    say(DiagnosticCode::Decoded, format!("decoded from {charset}"));
    if raw.content.contains('\u{FFFD}') {
        let message = format!("some bytes mean nothing in {charset}; they are U+FFFD in the text");
        say(DiagnosticCode::Undecodable, message);
    }
}

impl Document {
    /// A document of a kind with nothing in it yet.
    #[must_use]
    pub fn empty(kind: DocumentKind) -> Self {
        Self {
            address: None,
            id: None,
            kind,
            language: "en".to_owned(),
            text: String::new(),
            sections: Vec::new(),
            dct: None,
            modified: None,
            publisher: None,
            byline: None,
            sources: Vec::new(),
            versions: Vec::new(),
            related: Vec::new(),
            items: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Gives back the room that reading took in advance: a whole archive's documents are held at once.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.sections.shrink_to_fit();
        self.sources.shrink_to_fit();
        self.versions.shrink_to_fit();
        self.related.shrink_to_fit();
        self.items.shrink_to_fit();
    }

    /// The headline, if there is one.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.section(SectionKind::Title)
            .map(|span| self.words(span))
    }

    /// The day in an archive address: the folders `YYYY/MM/D` after `news/`.
    ///
    /// ```
    /// use annals::document::Document;
    /// use jiff::civil::date;
    ///
    /// let day = Document::date_of_address("/zh/news/2016/09/4/slug.md");
    /// assert_eq!(day, Some(date(2016, 9, 4)));
    /// assert_eq!(Document::date_of_address("/news/2016/13/4/slug.md"), None);
    /// ```
    #[must_use]
    pub fn date_of_address(address: &str) -> Option<Date> {
        archive::date_of_address(address)
    }

    /// The headline, else the first line that has words.
    #[must_use]
    pub fn headline(&self) -> &str {
        let first = || {
            self.text
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
        };
        self.title().or_else(first).unwrap_or_default()
    }

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
