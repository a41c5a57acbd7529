//! Failures as people see them: what went wrong, how to mend it, and the exit code.

use std::fmt::Display;
use std::io::ErrorKind;
use std::process::ExitCode;

use crate::inspect::ValidateError;
use crate::query::QueryError;
use crate::store::StoreError;

/// Exit codes; documented in `annals --help`.
const FAILED: u8 = 1;
const USAGE: u8 = 2;
/// Some documents of an ingest were refused.
pub(super) const PARTIAL: u8 = 3;
/// A time or row limit was hit.
pub(super) const LIMIT: u8 = 4;
/// The store is in use or damaged.
pub(super) const LOCKED: u8 = 5;
/// The user pressed Ctrl-C.
pub(super) const INTERRUPTED: u8 = 130;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
    hint: Option<String>,
    is_broken_pipe: bool,
}

impl Failure {
    fn new(code: u8, message: impl Display) -> Self {
        Self {
            code,
            message: message.to_string(),
            hint: None,
            is_broken_pipe: false,
        }
    }

    /// A command used wrongly.
    pub(super) fn usage(message: impl Display) -> Self {
        Self::new(USAGE, message)
    }

    /// Something that was looked for and is not there.
    pub(super) fn not_found(message: impl Display) -> Self {
        Self::new(FAILED, message)
    }

    /// A file that cannot be written.
    pub(super) fn from_file(path: &std::path::Path, error: std::io::Error) -> Self {
        let message = format!("{}: cannot be written: {error}", path.display());
        Self {
            message,
            ..Self::from(error)
        }
    }

    /// The same failure with a way to mend it.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        let is_broken_pipe = error.kind() == ErrorKind::BrokenPipe;
        Self {
            is_broken_pipe,
            ..Self::new(FAILED, error)
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::from(std::io::Error::from(error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let failure = |code| Self::new(code, &error);
        if is_full(&error) {
            return failure(FAILED).hint(
                "the disk is full: make room, then run the command again; what was acknowledged is kept",
            );
        }
        match &error {
            StoreError::Missing(_) => failure(FAILED).hint(
                "read some documents first: annals ingest PATH…, or name a store with --location or ANNALS_LOCATION",
            ),
            StoreError::Locked { .. } => {
                failure(LOCKED).hint("wait for it to finish, then try again")
            }
            StoreError::BeingRead => failure(LOCKED).hint(
                "nothing is lost: when it has finished, the next command that opens the store does the rest",
            ),
            StoreError::Journal(crate::journal::JournalError::Damaged { .. }) => failure(LOCKED)
                .hint("restore the journal from a backup; nothing else can replace it"),
            StoreError::Graph(_)
            | StoreError::Links(_)
            | StoreError::Index(_)
            | StoreError::Record(_) => {
                failure(LOCKED).hint("annals check looks whether the journal is whole; if it is, annals rebuild derives the rest again")
            }
            StoreError::Settings { .. } | StoreError::Io { .. } | StoreError::Journal(_) => {
                failure(FAILED)
            }
        }
    }
}

/// Whether an error comes of a disk, a quota or a file that can take no more.
fn is_full(error: &StoreError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let kind = error.downcast_ref().map(std::io::Error::kind);
        if matches!(
            kind,
            Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
        ) {
            return true;
        }
        cause = error.source();
    }
    // RocksDB and Tantivy tell the system's reason in their own words.
    let words = error.to_string();
    [
        "No space left on device",
        "File too large",
        "Disk quota exceeded",
    ]
    .iter()
    .any(|reason| words.contains(reason))
}

const READY_QUERIES: &str = "the query is SPARQL 1.1; annals query --saved lists ready ones";

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        match &error {
            QueryError::Syntax(syntax) => {
                let hint = syntax.hint.as_deref().unwrap_or(READY_QUERIES);
                Self::new(USAGE, format!("the query is no SPARQL: {syntax}")).hint(hint)
            }
            QueryError::Guard(_) => Self::new(USAGE, &error).hint(READY_QUERIES),
            QueryError::Parameter(_) => Self::new(USAGE, &error),
            QueryError::Timeout(_) => {
                Self::new(LIMIT, &error).hint("allow more with --timeout SECONDS")
            }
            QueryError::Evaluation(_) | QueryError::Thread(_) => Self::new(FAILED, &error),
        }
    }
}

impl From<ValidateError> for Failure {
    fn from(error: ValidateError) -> Self {
        match error {
            ValidateError::Query(error) => error.into(),
            ValidateError::Store(error) => error.into(),
        }
    }
}

impl From<crate::export::ExportError> for Failure {
    fn from(error: crate::export::ExportError) -> Self {
        match error {
            crate::export::ExportError::Io(error) => error.into(),
            crate::export::ExportError::Json(error) => error.into(),
            crate::export::ExportError::Csv(error) => match error.kind() {
                csv::ErrorKind::Io(cause) => std::io::Error::from(cause.kind()).into(),
                _ => Self::new(FAILED, error),
            },
            other => Self::new(FAILED, other),
        }
    }
}

impl From<crate::eval::EvalError> for Failure {
    fn from(error: crate::eval::EvalError) -> Self {
        let hint = error.hint;
        Self::usage(error).hint(hint)
    }
}

impl From<oxigraph::store::StorageError> for Failure {
    fn from(error: oxigraph::store::StorageError) -> Self {
        StoreError::from(error).into()
    }
}

/// Prints a failure and gives its exit code. A closed pipe is no failure: the reader has had
/// enough.
pub(super) fn report(failure: &Failure) -> ExitCode {
    if failure.is_broken_pipe {
        return ExitCode::SUCCESS;
    }
    super::output::note(&format!("error: {}", failure.message));
    if let Some(hint) = &failure.hint {
        super::output::note(&format!("hint: {hint}"));
    }
    ExitCode::from(failure.code)
}

/// Prints what clap has to say; help and version are no failures.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    // Nothing is left to be done when even this cannot be printed.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE))
}
