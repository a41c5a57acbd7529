//! IRIs: ids under a base.

use oxigraph::model::NamedNode;

use crate::hash;
use crate::id::{DocumentId, slug};
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

    /// The IRI of an id; an id that is an absolute web address stays as it is, unless it could be one
    /// that is made here.
    #[must_use]
    pub fn iri(&self, id: &str) -> NamedNode {
        if id.starts_with("http://") || id.starts_with("https://") {
            return match id.starts_with(&self.base) {
                true => self.iri_of_own_address(id),
                false => NamedNode::new_unchecked(id),
            };
        }
        NamedNode::new_unchecked(format!("{}{id}", self.base))
    }

    /// The IRI of a document whose address lies under the base, or of a version or words of it.
    fn iri_of_own_address(&self, id: &str) -> NamedNode {
        let end = id.find("?version=").or_else(|| {
            id[self.base.len()..]
                .find('#')
                .map(|at| self.base.len() + at)
        });
        let (address, tail) = id.split_at(end.unwrap_or(id.len()));
        let (slug, hash) = (slug(address, 60), hash::short(address));
        NamedNode::new_unchecked(format!("{}document/{slug}-{hash}{tail}", self.base))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_of_a_document_takes_an_iri_that_is_made_here() {
        let namespace = Namespace::new("https://x.example/").unwrap();
        let person = namespace.iri("person/ana-ruiz");
        let document = namespace.iri(person.as_str());
        assert_ne!(document, person);
        assert!(document.as_str().starts_with("https://x.example/document/"));
        let version = namespace.iri(&format!("{}?version=1a2b3c4d", person.as_str()));
        assert_eq!(
            version.as_str(),
            format!("{}?version=1a2b3c4d", document.as_str())
        );
        let words = namespace.words(&DocumentId::of_address(person.as_str()), Span::new(0, 3));
        assert_eq!(words.as_str(), format!("{}#char=0,3", document.as_str()));
        assert_eq!(
            namespace.iri("https://y.example/a").as_str(),
            "https://y.example/a"
        );
    }
}
