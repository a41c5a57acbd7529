//! What a journal remembers.

use serde::{Deserialize, Serialize};

use crate::decision::Decision;
use crate::document::RawDocument;
use crate::extract::OutsideMentions;
use crate::id::DocumentId;

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum Record {
    /// A document was read.
    Document(Acquisition),
    /// An outside extractor read a document. A later one of the same document replaces it.
    Mentions(OutsideReading),
    /// The user took a document out.
    Forget {
        /// The document's IRI at that time.
        document: String,
        /// Its id without a version.
        base: String,
        /// SHA-256 of the content that is forgotten.
        sha256: String,
    },
    /// The user decided about names.
    Decision(Decision),
}

/// A document as it was read, and where from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acquisition {
    /// Which run read it, from 1. Within one run documents have no order; a later run's content
    /// of the same document is a newer version.
    pub run: u64,
    /// The absolute path it was read from, with a JSON document's id behind `#`; private to the
    /// store, used only to see that a file changed.
    pub origin: String,
    /// Its id without a version.
    pub base: DocumentId,
    /// What it calls itself, when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Lower-case hexadecimal SHA-256 of its content.
    pub sha256: String,
    /// The document itself.
    #[serde(flatten)]
    pub raw: RawDocument,
}

/// What an outside extractor found in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideReading {
    /// The document's id without a version.
    pub base: String,
    /// SHA-256 of the document's content.
    pub sha256: String,
    /// SHA-256 of the text that was read out of it, which the spans belong to.
    pub text_sha256: String,
    /// The extractor's command line.
    pub extractor: String,
    /// What it found, and what that is to Annals' own mentions.
    #[serde(flatten)]
    pub found: OutsideMentions,
}
