//! Why something was not read at all, with how to mend it. A refusal never ends a run.

use serde::{Deserialize, Serialize};

use super::RawDocument;

/// A file, or a line of one, that gave no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The path as the user typed it, tidied as in [`RawDocument::path`].
    pub path: String,
    /// Line of a JSON lines file, from 1.
    pub part: Option<usize>,
    /// Which kind of reason, for counting.
    pub kind: RefusalKind,
    /// Why, as a lower-case fragment.
    pub reason: String,
    /// What to do about it.
    pub hint: String,
}

/// The kinds of refusal; their kebab-case names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalKind {
    /// No such path.
    Missing,
    /// A symbolic link to nothing.
    BrokenLink,
    /// Symbolic links that lead back to a folder above them.
    LinkLoop,
    /// The system does not let us read it.
    NoPermission,
    /// A device, a socket, a pipe inside a folder.
    NotAFile,
    /// A hidden file or folder met inside a folder.
    Hidden,
    /// A store of Annals met where documents are looked for.
    Store,
    /// A file met inside a folder whose extension belongs to no format.
    UnknownExtension,
    /// Nothing, or nothing but white space.
    Empty,
    /// Bytes that are no text, or text wrapped in another format.
    Binary,
    /// Text in another encoding than UTF-8, in a format that is always UTF-8.
    NotUtf8,
    /// More bytes than the limit.
    TooLarge,
    /// A line of more bytes than the limit.
    LineTooLong,
    /// A container with more members, more bytes, or packed more tightly than the limits allow.
    ContainerLimit,
    /// A container inside a container.
    Nested,
    /// A container that breaks off or is damaged.
    DamagedContainer,
    /// A member of a container whose name climbs out of it or could steer a terminal.
    UnsafeName,
    /// Markup or data that nests deeper, or has more parts, than the limits allow.
    TooComplex,
    /// A document whose reading takes longer than the limit.
    TooSlow,
    /// A document on which its reader broke, which is a fault of Annals.
    Broken,
    /// Any other failure of the system.
    Unreadable,
    /// A JSON line that does not parse.
    InvalidJson,
    /// XML that does not parse, or declares a document type.
    InvalidXml,
    /// YAML that does not parse.
    InvalidYaml,
    /// A feed that is none.
    InvalidFeed,
    /// A day of events without a date or without events.
    NoEvents,
    /// A JSON document without text.
    NoText,
    /// An archive page without a title.
    NoTitle,
    /// A document of which an outside extractor gave no usable answer.
    Extractor,
}

impl Refusal {
    /// A refusal of a whole file.
    pub(super) fn new(path: &str, kind: RefusalKind, reason: &str, hint: &str) -> Self {
        Self {
            path: path.to_owned(),
            part: None,
            kind,
            reason: reason.to_owned(),
            hint: hint.to_owned(),
        }
    }

    /// Says that a document which was found could not be read.
    #[must_use]
    pub fn of_read(raw: &RawDocument, error: &ReadError) -> Self {
        let (kind, hint) = error.kind_and_hint();
        Self {
            path: raw.path.clone(),
            part: raw.part,
            kind,
            reason: error.to_string(),
            hint: hint.to_owned(),
        }
    }
}

/// Why a content is no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing but white space once control characters are gone.
    #[error("nothing but white space")]
    Empty,
    /// An archive page cut short above or inside its title, or a day index without its date line.
    #[error("archive page without a title")]
    NoTitle,
    /// A JSON line that is no JSON object.
    #[error("not a JSON object: {0}")]
    InvalidJson(String),
    /// XML that does not parse, or declares a document type.
    #[error("not XML that can be read: {0}")]
    InvalidXml(String),
    /// YAML that does not parse, or is larger than the limits allow.
    #[error("not YAML that can be read: {0}")]
    InvalidYaml(String),
    /// A feed, or an entry of one, that does not parse.
    #[error("not a feed that can be read: {0}")]
    InvalidFeed(String),
    /// A day page without events.
    #[error("no day of events: {0}")]
    NoEvents(&'static str),
    /// Nesting, tags, attributes or events beyond a limit.
    #[error("{what} exceed the limit of {limit}")]
    TooComplex {
        /// What there is too much of.
        what: &'static str,
        /// How much is read.
        limit: usize,
    },
    /// The time for reading is over.
    #[error("reading it takes longer than {seconds} s")]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// The reader panicked.
    #[error("its reader broke")]
    Broken,
    /// A JSON object whose `text` and `title` are missing, empty or no strings.
    #[error("JSON document without text")]
    NoText,
}

impl ReadError {
    /// The kind of refusal this makes and how to mend it.
    const fn kind_and_hint(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Empty => (RefusalKind::Empty, "nothing to do; the file has no words"),
            Self::NoTitle => (
                RefusalKind::NoTitle,
                "the page looks cut off: fetch it again from the archive",
            ),
            Self::InvalidJson(_) => (
                RefusalKind::InvalidJson,
                "write one JSON object on each line",
            ),
            Self::InvalidXml(_) => (
                RefusalKind::InvalidXml,
                "mend the markup; a document type (DTD) is never read",
            ),
            Self::InvalidYaml(_) => (
                RefusalKind::InvalidYaml,
                "annals formats shows the layout that is read",
            ),
            Self::InvalidFeed(_) => (RefusalKind::InvalidFeed, "RSS, Atom and JSON Feed are read"),
            Self::NoEvents(_) => (
                RefusalKind::NoEvents,
                "annals formats shows the layout that is read",
            ),
            Self::TooComplex { .. } => (
                RefusalKind::TooComplex,
                "no page of news is like this; save its text instead",
            ),
            Self::TooSlow { .. } => (
                RefusalKind::TooSlow,
                "no page of news is like this; save its text instead",
            ),
            Self::Broken => (
                RefusalKind::Broken,
                "this should not happen: please report it with the file",
            ),
            Self::NoText => (
                RefusalKind::NoText,
                "put the wording into a string field named \"text\"",
            ),
        }
    }
}
