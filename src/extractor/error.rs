//! What can be wrong with an outside extractor, and how to mend it.

/// Why a run of the program cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum ExtractorError {
    /// The command line is no command.
    #[error("--extractor {command:?}: {reason}")]
    Command {
        /// The command as given.
        command: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The program could not be started.
    #[error("the extractor {program:?} cannot be started: {source}")]
    Start {
        /// The first word of the command.
        program: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The program ended with an exit code of failure, by a signal, or not at all.
    #[error("the extractor {program:?} failed ({status}){}{}", first_open(.document), said(.messages))]
    Failed {
        /// The first word of the command.
        program: String,
        /// How it ended.
        status: String,
        /// The first document without an answer.
        document: Option<String>,
        /// Its last words on standard error.
        messages: Vec<String>,
    },
    /// The program wrote nothing for too long.
    #[error("the extractor {program:?} was silent for {seconds} s; the first document without an answer is {document:?}{}", said(.messages))]
    Silent {
        /// The first word of the command.
        program: String,
        /// How long was waited.
        seconds: u64,
        /// The first document without an answer.
        document: String,
        /// Its last words on standard error.
        messages: Vec<String>,
    },
    /// The program ended well and left documents out.
    #[error("the extractor left {count} documents without an answer, the first is {document:?}{}", said(.messages))]
    Unanswered {
        /// The first of them.
        document: String,
        /// How many they are.
        count: usize,
        /// Its last words on standard error.
        messages: Vec<String>,
    },
    /// A line is no answer.
    #[error("line {line} of the extractor's output is no answer: {reason}: {start:?}")]
    Malformed {
        /// Which line of this run's output, from 1.
        line: usize,
        /// What the JSON reader found.
        reason: String,
        /// How the line begins.
        start: String,
    },
    /// An answer is for a document that was not asked about, or is a second one.
    #[error("line {line} of the extractor's output answers {id:?}, {reason}")]
    Misdirected {
        /// Which line of this run's output, from 1.
        line: usize,
        /// The id in the answer.
        id: String,
        /// What is wrong with that.
        reason: &'static str,
    },
}

fn first_open(document: &Option<String>) -> String {
    match document {
        Some(document) => format!("; the first document without an answer is {document:?}"),
        None => " after its last answer".to_owned(),
    }
}

fn said(messages: &[String]) -> String {
    if messages.is_empty() {
        return "; it wrote nothing to standard error".to_owned();
    }
    format!("; its last messages:\n  {}", messages.join("\n  "))
}

impl ExtractorError {
    /// How to mend it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Command { .. } => {
                "write it as in a shell: --extractor \"python3 my_extractor.py\""
            }
            Self::Start { .. } => {
                "name a program that is on the PATH, or its file; no shell runs the command, for a pipeline write sh -c '…'"
            }
            Self::Failed { .. } => {
                "try it by hand on one line {\"id\", \"text\"}; what was read in full before is kept, the same command goes on from there"
            }
            Self::Silent { .. } => {
                "allow more with --extractor-timeout SECONDS, and let the program flush its output; what was read in full before is kept"
            }
            Self::Unanswered { .. } => {
                "each document needs one answer, {\"id\", \"entities\": []} when it has no names"
            }
            Self::Malformed { .. } => {
                "write only answers to standard output, one JSON object a line; everything else belongs on standard error"
            }
            Self::Misdirected { .. } => {
                "copy the \"id\" of the document as it is, once for each document"
            }
        }
    }
}

/// Why the answer to one document cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The program says so itself.
    #[error("the extractor could not read it: {0}")]
    Refused(String),
    /// Offsets that are none of its text.
    #[error("the extractor found a name at {start}–{end}, the text has {length} code points")]
    Offsets {
        /// First code point.
        start: u64,
        /// One past the last.
        end: u64,
        /// Length of the text in code points.
        length: usize,
    },
    /// A type that is none of the three.
    #[error("the extractor found a name of the type {0:?}")]
    Type(String),
    /// An answer with neither names nor an error.
    #[error("the extractor's answer has no \"entities\"")]
    Empty,
}

impl AnswerError {
    /// How to mend it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Refused(_) => "see what the program needs",
            Self::Offsets { .. } => {
                "offsets count Unicode code points of the text, not bytes, from 0; the end is not included"
            }
            Self::Type(_) => {
                "types are person, place and organization; map others to them or leave them out"
            }
            Self::Empty => "write \"entities\": [] when there are no names",
        }
    }
}
