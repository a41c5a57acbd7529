//! What a journal remembers.

use serde::{Deserialize, Serialize};

use crate::decision::Decision;
use crate::document::RawDocument;

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum Record {
    /// A document was read.
    Document(Acquisition),
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
    /// The document itself.
    #[serde(flatten)]
    pub raw: RawDocument,
}
