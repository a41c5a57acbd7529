//! What a reader could not read, as values that travel with the document. Making them visible is
//! left to whoever prints.

use serde::{Deserialize, Serialize};

/// One thing a reader met and could not use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which kind of thing.
    pub code: DiagnosticCode,
    /// What was met, as a lower-case fragment that quotes the line.
    pub message: String,
    /// Line of the source, from 1, when the thing has one.
    pub line: Option<usize>,
}

/// The kinds of diagnostic; their kebab-case names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosticCode {
    /// A line of a known section that does not have the section's form.
    UnreadableLine,
    /// A line that is cut short: what is whole was kept.
    CutLine,
    /// A section whose heading no edition knows; its lines are kept as boilerplate.
    UnknownSection,
    /// A field of a record that no mapping knows.
    UnknownField,
    /// Text that was not UTF-8 and was decoded by the charset named.
    Decoded,
    /// Characters that the charset could not decode; they are U+FFFD in the text.
    Undecodable,
    /// No article was told from the page around it, so all its text was taken.
    NoArticle,
    /// A heading under which no event stands.
    EmptyHeading,
    /// A date that is missing or not in the calendar.
    NoDate,
}

impl Diagnostic {
    /// A diagnostic that quotes the start of the offending words.
    pub(super) fn quoting(code: DiagnosticCode, what: &str, words: &str, line: usize) -> Self {
        let mut quoted: String = words.chars().take(QUOTED_CHARS).collect();
        if quoted.len() < words.len() {
            quoted.push('…');
        }
        Self {
            code,
            message: format!("{what}: \"{quoted}\""),
            line: Some(line),
        }
    }
}

/// Characters quoted of an offending line: enough to find it, short enough for one line of report.
const QUOTED_CHARS: usize = 60;

/// Things reported of one document; one with more is something else, and its report must stay small.
pub(super) const MAX_DIAGNOSTICS: usize = 200;
