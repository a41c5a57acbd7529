//! IRIs: ids under a base.

use oxigraph::model::NamedNode;

use crate::id::DocumentId;
use crate::span::Span;

/// The base under which a store mints IRIs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    base: String,
}

/// A base that is not one.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} cannot be a base IRI: it must be absolute and end in `/` or `#`")]
pub struct BaseError(String);

impl Default for Namespace {
    fn default() -> Self {
        Self {
            base: "https://w3id.org/annals/id/".to_owned(),
        }
    }
}

impl Namespace {
    /// A namespace of the user's own.
    ///
    /// # Errors
    /// When `base` is not an absolute IRI ending in `/` or `#`.
    pub fn new(base: &str) -> Result<Self, BaseError> {
        let ends = base.ends_with('/') || base.ends_with('#');
        if ends && NamedNode::new(base).is_ok() {
            Ok(Self {
                base: base.to_owned(),
            })
        } else {
            Err(BaseError(base.to_owned()))
        }
    }

    /// The base IRI.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The IRI of an id; an id that is an absolute web address stays as it is.
    #[must_use]
    pub fn iri(&self, id: &str) -> NamedNode {
        if id.starts_with("http://") || id.starts_with("https://") {
            return NamedNode::new_unchecked(id);
        }
        NamedNode::new_unchecked(format!("{}{id}", self.base))
    }

    /// The id behind an IRI: the IRI without the base.
    #[must_use]
    pub fn id<'a>(&self, iri: &'a str) -> &'a str {
        iri.strip_prefix(&self.base).unwrap_or(iri)
    }

    /// The IRI of some words of a document: an RFC 5147 `char=` fragment in code points, half-open.
    #[must_use]
    pub fn words(&self, document: &DocumentId, code_points: Span) -> NamedNode {
        let Span { start, end } = code_points;
        self.iri(&format!("{document}#char={start},{end}"))
    }
}
