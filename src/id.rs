//! Ids of the things Annals derives: readable, stable across runs, and the same for the same input.
//!
//! An id is the part of an IRI behind the store's base; `rdf` puts the base before it. It is made
//! here and nowhere else.

use std::fmt;

use jiff::civil::Date;
use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::extract::EntityKind;
use crate::hash;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(String);

        impl $name {
            /// The id as the tail of an IRI, or as a whole IRI.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// An id as it was written down.
            #[must_use]
            pub(crate) fn of_string(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A document, or one version of it: `news/2017/12/6/slug.md`, `document/slug-1a2b3c4d`, or the
    /// whole web address that a JSON document gives.
    DocumentId
}
id! {
    /// An event: `event/2017-12-06/slug-1a2b3c4d`.
    EventId
}
id! {
    /// An entity, storyline or concept: `person/vladimir-putin`.
    EntityId
}

/// First parts of the ids that Annals makes itself, here and in `rdf`; no address of a document may be
/// one, or document and thing would be the same.
const OWN: &[&str] = &[
    "agent",
    "concept",
    "decision",
    "document",
    "event",
    "link",
    "organization",
    "person",
    "place",
    "source",
    "storyline",
];

/// What [`DocumentId::version`] puts behind an id.
const VERSION: &str = "?version=";

impl DocumentId {
    /// The id of a document with an address of its own. An address that looks like an id which Annals
    /// makes itself gives one like that of any other words.
    #[must_use]
    pub fn of_address(address: &str) -> Self {
        if address.contains(VERSION) {
            return Self::of_words(address);
        }
        if address.starts_with("http://") || address.starts_with("https://") {
            let iri = escaped(address);
            if NamedNode::new(&iri).is_ok() {
                return Self(iri);
            }
        }
        let is_own = |path: &&str| OWN.contains(&path.split('/').next().unwrap_or_default());
        match address.strip_prefix('/').filter(|path| !is_own(path)) {
            // Behind a slash, a web address would be taken for one.
            Some(path) if !path.is_empty() && !path.starts_with("http") => Self(escaped(path)),
            _ => Self::of_words(address),
        }
    }

    fn of_words(address: &str) -> Self {
        let (slug, hash) = (slug(address, 60), hash::short(address));
        Self(format!("document/{slug}-{hash}"))
    }

    /// The id of a document read: by its address, else by its content.
    #[must_use]
    pub fn of_document(document: &Document, sha256: &str) -> Self {
        match &document.address {
            Some(address) => Self::of_address(address),
            None => {
                let first = document.text.lines().find(|line| !line.trim().is_empty());
                let slug = slug(first.unwrap_or("untitled"), 60);
                Self(format!(
                    "document/{slug}-{}",
                    &sha256[..8.min(sha256.len())]
                ))
            }
        }
    }

    /// The id of one content of a document that has another content now. `reading` says which, from
    /// 1, where the document has had that content several times.
    #[must_use]
    pub fn version(&self, sha256: &str, reading: usize) -> Self {
        let content = &sha256[..8.min(sha256.len())];
        let again = match reading {
            0 | 1 => String::new(),
            again => format!("-{again}"),
        };
        Self(format!("{}{VERSION}{content}{again}", self.0))
    }
}

impl EventId {
    /// The id of an event that is known by the address of a page.
    #[must_use]
    pub fn of_address(address: &str, date: Option<Date>, title: &str) -> Self {
        Self::new(date, title, address)
    }

    /// The id of an event told in a document: `key` says which one of the document's.
    #[must_use]
    pub fn of_telling(document: &DocumentId, date: Option<Date>, title: &str, key: usize) -> Self {
        Self::new(date, title, &format!("{document}#{key}"))
    }

    fn new(date: Option<Date>, title: &str, key: &str) -> Self {
        let day = date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        Self(format!(
            "event/{day}/{}-{}",
            slug(title, 48),
            hash::short(key)
        ))
    }
}

impl EntityId {
    /// The id of an entity by its kind and preferred name.
    #[must_use]
    pub fn of_entity(kind: EntityKind, name: &str) -> Self {
        Self(format!("{}/{}", kind.word(), slug_or_hash(name)))
    }

    /// The id of a long event that others belong to.
    #[must_use]
    pub fn of_storyline(name: &str) -> Self {
        Self(format!("storyline/{}", slug_or_hash(name)))
    }

    /// The id of one of several things that would bear the same: `key` tells them apart.
    #[must_use]
    pub fn distinguished(&self, key: &str) -> Self {
        Self(format!("{}-{}", self.0, hash::short(key)))
    }

    /// The id of a name of no known kind.
    #[must_use]
    pub fn of_concept(name: &str) -> Self {
        Self(format!("concept/{}", slug_or_hash(name)))
    }
}

/// Lower-case letters and digits of any script joined by single hyphens, at most `limit`
/// characters, cut between words where possible.
#[must_use]
pub fn slug(text: &str, limit: usize) -> String {
    let mut slug = String::new();
    let mut length = 0;
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let word = word.to_lowercase();
        let more = word.chars().count() + usize::from(!slug.is_empty());
        if length + more > limit {
            if slug.is_empty() {
                slug = word.chars().take(limit).collect();
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
        length += more;
    }
    slug
}

fn slug_or_hash(name: &str) -> String {
    let slug = slug(name, 80);
    if slug.is_empty() {
        hash::short(name)
    } else {
        slug
    }
}

/// Percent-encodes what RFC 3987 does not allow in an IRI, and `#`, because fragments of documents
/// are ours; other characters stay as they are.
fn escaped(address: &str) -> String {
    use std::fmt::Write;
    let mut iri = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        let stray = c == '%' && !is_encoded(&address[at + 1..]);
        let refused = c.is_control() || c.is_whitespace() || "<>\"{}|\\^`[]#".contains(c);
        if stray || refused || is_private(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                write!(iri, "%{byte:02X}").expect("writing to a string cannot fail");
            }
        } else {
            iri.push(c);
        }
    }
    iri
}

/// Whether two hexadecimal digits follow a percent sign.
fn is_encoded(rest: &str) -> bool {
    let digits = rest.as_bytes().get(..2);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Private-use characters and noncharacters: allowed in RFC 3987 only in queries, or nowhere.
fn is_private(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xFFF0..=0xFFFD | 0xE0000..)
        || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_cut_between_words() {
        assert_eq!(slug("Łódź: a “tram” strike!", 40), "łódź-a-tram-strike");
        assert_eq!(slug("one two three", 9), "one-two");
        assert_eq!(slug("uninterrupted", 4), "unin");
        assert_eq!(slug("…", 4), "");
    }

    #[test]
    fn addresses_become_iris() {
        assert_eq!(
            DocumentId::of_address("/news/2017/12/6/a b.md").as_str(),
            "news/2017/12/6/a%20b.md"
        );
        assert_eq!(
            DocumentId::of_address("https://a.example/x?y=1").as_str(),
            "https://a.example/x?y=1"
        );
        assert!(
            DocumentId::of_address("http://x:port/")
                .as_str()
                .starts_with("document/http-x-port-")
        );
        for own in [
            "/person/x",
            "/event",
            "/",
            "/http://a.example/",
            "/a?version=1",
        ] {
            let id = DocumentId::of_address(own);
            assert!(id.as_str().starts_with("document/"), "{own}: {id}");
        }
        assert_eq!(DocumentId::of_address("/persons/x").as_str(), "persons/x");
        assert!(
            DocumentId::of_address("row 7")
                .as_str()
                .starts_with("document/row-7-")
        );
    }
}
