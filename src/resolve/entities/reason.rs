//! Why a name belongs to an entity, in words a reader can check.

use std::fmt;

use crate::counted::counted;

/// Why two names are one entity.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The names differ in case, accents, articles or titles only.
    SameName,
    /// Most documents take the same name for another kind of thing.
    Kind {
        /// Documents of this kind.
        few: usize,
        /// Documents of the other kind.
        many: usize,
    },
    /// The table of well-known aliases has both.
    Table {
        /// The preferred name of its line.
        line: String,
    },
    /// The gazetteer knows one place by both names.
    Gazetteer {
        /// The country it lies in.
        country: String,
    },
    /// A document defines one as the short form of the other.
    Acronym {
        /// That document.
        document: String,
        /// Its words.
        words: String,
        /// How many documents define it so.
        documents: usize,
    },
    /// The names are one under the folding of transliterations.
    Transliteration {
        /// The other name.
        of: String,
        /// Likeness in [0, 1].
        score: f64,
        /// What both are mentioned with; empty where the letters suffice.
        shared: Vec<String>,
    },
    /// One given name is a usual form of the other, or leaves words out.
    GivenName {
        /// The fuller name.
        of: String,
        /// What both are mentioned with; empty where the words suffice.
        shared: Vec<String>,
    },
    /// Documents that give only the surname, near others that give the whole name.
    Surname {
        /// The whole name.
        of: String,
        /// How many documents give only the surname.
        documents: usize,
    },
    /// The name is short for the whole name that the same documents give.
    WithinDocument {
        /// The whole name.
        of: String,
    },
    /// A context line or topic heading that bears the name.
    Context,
    /// Two names of one storyline.
    Storyline {
        /// The other name.
        of: String,
    },
    /// The user decided.
    Decision {
        /// The decision's number.
        number: u64,
        /// Who decided.
        author: String,
        /// Why.
        why: Option<String>,
    },
}

impl Reason {
    /// The rule's name, for programs.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::SameName => "same-name",
            Self::Kind { .. } => "kind",
            Self::Table { .. } => "alias-table",
            Self::Gazetteer { .. } => "gazetteer",
            Self::Acronym { .. } => "acronym",
            Self::Transliteration { .. } => "transliteration",
            Self::GivenName { .. } => "given-name",
            Self::Surname { .. } => "surname",
            Self::WithinDocument { .. } => "within-document",
            Self::Context => "context",
            Self::Storyline { .. } => "storyline",
            Self::Decision { .. } => "decision",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameName => f.write_str("same name but for case, accents, articles, titles"),
            Self::Kind { few, many } => write!(
                f,
                "the same name, taken for another kind of thing by {few} of {}",
                counted(few + many, "document")
            ),
            Self::Table { line } => write!(f, "table of well-known aliases: {line}"),
            Self::Gazetteer { country } => {
                write!(
                    f,
                    "the gazetteer knows one place in {country} by both names"
                )
            }
            Self::Acronym {
                document,
                words,
                documents,
            } => write!(
                f,
                "defined in {}, as in {document}: “{words}”",
                counted(*documents, "document")
            ),
            Self::Transliteration { of, score, shared } => {
                write!(f, "transliteration of “{of}”, likeness {score:.2}")?;
                both(f, shared)
            }
            Self::GivenName { of, shared } => {
                write!(f, "form of the name “{of}”")?;
                both(f, shared)
            }
            Self::Surname { of, documents } => write!(
                f,
                "surname: {} no more, and near {} in time and context it is “{of}”",
                if *documents == 1 {
                    "1 document gives".to_owned()
                } else {
                    format!("{documents} documents give")
                },
                if *documents == 1 { "it" } else { "them" },
            ),
            Self::WithinDocument { of } => {
                write!(f, "short for “{of}” in documents that give the whole name")
            }
            Self::Storyline { of } => write!(f, "another way to write “{of}”"),
            Self::Context => f.write_str("context line or topic heading of this name"),
            Self::Decision {
                number,
                author,
                why,
            } => {
                write!(f, "decision {number} of {author}")?;
                why.iter().try_for_each(|why| write!(f, ": {why}"))
            }
        }
    }
}

fn both(f: &mut fmt::Formatter<'_>, shared: &[String]) -> fmt::Result {
    if shared.is_empty() {
        return Ok(());
    }
    write!(f, "; both with {}", shared.join(", "))
}
