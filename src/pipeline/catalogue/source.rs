//! What may say a newer version of itself.

use crate::journal::Acquisition;

/// Where a document comes from, as far as that can assert what supersedes what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Source {
    /// An address that means the same everywhere: on the web, or in the archive.
    Address(String),
    /// A record that a file names: the `id` of a JSON document, the `guid` of an entry. Another
    /// file's record of that name is another source.
    Named {
        /// The file, with the record's id.
        origin: String,
        /// What the record is called.
        name: String,
    },
    /// A file, or a member of an archive, that is one document as a whole.
    File(String),
    /// The content itself, which nothing can replace: what comes through a pipe, and a nameless
    /// line, entry or day of a file of several. The next one at its place is another document.
    Itself {
        /// Its id without a version.
        base: String,
        /// SHA-256 of the content.
        sha256: String,
    },
}

impl Source {
    /// The source of a document.
    pub(super) fn of(read: &Acquisition) -> Self {
        let is_piped = read.raw.path == "-" || read.raw.path.starts_with("-!/");
        match &read.address {
            Some(address) if is_global(address) => Self::Address(address.clone()),
            Some(name) if !is_piped => Self::Named {
                origin: read.origin.clone(),
                name: name.clone(),
            },
            None if !is_piped && read.raw.part.is_none() => Self::File(read.origin.clone()),
            _ => Self::Itself {
                base: read.base.as_str().to_owned(),
                sha256: read.sha256.clone(),
            },
        }
    }

    /// Whether it means the same wherever it is read.
    pub(super) fn is_address(&self) -> bool {
        matches!(self, Self::Address(_))
    }
}

/// Whether an address means the same in every file; an opaque id like `7` does not.
fn is_global(address: &str) -> bool {
    address.starts_with('/') || address.contains("://")
}
