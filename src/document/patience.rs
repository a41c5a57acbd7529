//! Reading under a limit of time, so that one document never holds up a run.
//!
//! The limits of the readers keep them near-linear; this is the net below them. Other people's parsers
//! cannot be broken off, so a long document is read on a thread of its own. One that takes too long is refused, and
//! its thread is left to end, with its memory, when it ends or the program does. The limit is wall
//! clock, hence far above what any document needs: a busy machine must not refuse what an idle one reads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::{Document, RawDocument, ReadError, Refusal, read};

/// How long reading one document may take, in seconds: over ten times the 3.7 that the slowest of the first half of
/// `tests/suite/linear.rs` took at 10 MB (November 2026, two busy cores, development profile); the other half was not timed.
pub const MAX_READING_SECS: u64 = 60;

/// Contents of fewer bytes are read without a watch, for a thread costs more than they do; even work that
/// grew with the square of so few bytes would end.
const WATCHED_FROM_BYTES: usize = 100_000;

/// Reads a document as [`read`] does, in a limited time; gives back what it was read from.
///
/// ```
/// use std::time::Duration;
/// use annals::document::{Format, RawDocument, RefusalKind, read_within};
///
/// let raw = RawDocument {
///     path: "ferry.txt".into(),
///     part: None,
///     format: Format::Article,
///     charset: None,
///     content: "Ferry sinks off Malta\n".repeat(100_000),
/// };
/// let refusal = read_within(raw.clone(), Duration::ZERO).unwrap_err();
/// assert_eq!(refusal.kind, RefusalKind::TooSlow);
/// assert!(read_within(raw, Duration::from_secs(60)).is_ok());
/// ```
///
/// # Errors
/// As [`read`], and when the time is over.
pub fn read_within(
    raw: RawDocument,
    limit: Duration,
) -> Result<(RawDocument, Document), Box<Refusal>> {
    let refuse = |raw: &RawDocument, error: &ReadError| Box::new(Refusal::of_read(raw, error));
    if raw.content.len() < WATCHED_FROM_BYTES {
        return match attempt(&raw) {
            Ok(document) => Ok((raw, document)),
            Err(error) => Err(refuse(&raw, &error)),
        };
    }
    let nameplate = RawDocument {
        path: raw.path.clone(),
        part: raw.part,
        format: raw.format,
        charset: None,
        content: String::new(),
    };
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let result = attempt(&raw);
        // Nobody listens any more when the time is over.
        let _ = sender.send((raw, result));
    });
    match receiver.recv_timeout(limit) {
        Ok((raw, Ok(document))) => Ok((raw, document)),
        Ok((raw, Err(error))) => Err(refuse(&raw, &error)),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            let seconds = limit.as_secs();
            Err(refuse(&nameplate, &ReadError::TooSlow { seconds }))
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(refuse(&nameplate, &ReadError::Broken)),
    }
}

/// Reads; a reader that breaks, its own fault or its library's, is an error of this document alone.
fn attempt(raw: &RawDocument) -> Result<Document, ReadError> {
    catch_unwind(AssertUnwindSafe(|| read(raw))).unwrap_or(Err(ReadError::Broken))
}
