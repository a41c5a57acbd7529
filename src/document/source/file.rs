//! Opens one file, or standard input, and says what is in it.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use serde_json::Value;

use super::json_lines::JsonLines;
use super::{Limits, RawDocument, sniff, tidy};
use crate::document::format::extension;
use crate::document::{Format, Refusal, RefusalKind};

/// What a file holds.
pub(super) enum Opened {
    /// Documents, or a refusal, in memory.
    Whole(Vec<Result<RawDocument, Refusal>>),
    /// Documents still to be read line by line.
    Lines(JsonLines),
}

impl Opened {
    /// Nothing but a refusal.
    pub(super) fn refused(refusal: Refusal) -> Self {
        Self::Whole(vec![Err(refusal)])
    }
}

/// Opens a file.
pub(super) fn open(path: &Path, limits: &Limits) -> Opened {
    let name = tidy(path);
    match File::open(path) {
        Ok(file) => read_from(Box::new(file), &name, limits),
        Err(error) => Opened::refused(refuse_io(path, &name, &error)),
    }
}

/// Bytes read to tell a format.
const SNIFFED_BYTES: u64 = 8192;

/// Reads what a file or standard input holds.
pub(super) fn read_from(mut reader: Box<dyn Read + Send>, name: &str, limits: &Limits) -> Opened {
    let mut head = Vec::new();
    if let Err(error) = (&mut reader).take(SNIFFED_BYTES).read_to_end(&mut head) {
        return Opened::refused(refuse_io(Path::new(name), name, &error));
    }
    if let Some(refusal) = sniff::refuse_binary(name, &head) {
        return Opened::refused(refusal);
    }
    let format = Format::detect(name, &head);
    let whole = Cursor::new(head).chain(reader);
    if format != Format::JsonLines {
        return Opened::Whole(vec![read_text(whole, name, format, limits)]);
    }
    if extension(name) == "json" {
        return read_json(whole, name, limits);
    }
    Opened::Lines(JsonLines::new(
        Box::new(BufReader::new(whole)),
        name,
        limits,
    ))
}

/// Reads the whole of a text.
fn read_text(
    reader: impl Read,
    name: &str,
    format: Format,
    limits: &Limits,
) -> Result<RawDocument, Refusal> {
    let content = sniff::text(name, read_limited(reader, name, limits)?)?;
    Ok(RawDocument {
        path: name.to_owned(),
        part: None,
        format,
        content,
    })
}

/// Reads all bytes, up to the limit.
fn read_limited(reader: impl Read, name: &str, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let read = reader
        .take(limits.max_file_bytes.saturating_add(1))
        .read_to_end(&mut bytes);
    read.map_err(|error| refuse_io(Path::new(name), name, &error))?;
    if bytes.len() as u64 > limits.max_file_bytes {
        let reason = format!(
            "is larger than the limit of {} bytes",
            limits.max_file_bytes
        );
        let hint = "split it, or write it as JSON lines, which are read one by one";
        return Err(Refusal::new(name, RefusalKind::TooLarge, &reason, hint));
    }
    Ok(bytes)
}

/// Documents of a JSON array, which is held in memory as a whole.
const MAX_ARRAY: usize = 100_000;

/// Reads a `.json` file: one document, an array of them, or JSON lines under a shorter name.
fn read_json(reader: impl Read, name: &str, limits: &Limits) -> Opened {
    let text = match read_limited(reader, name, limits).and_then(|bytes| sniff::text(name, bytes)) {
        Ok(text) => text,
        Err(refusal) => return Opened::refused(refusal),
    };
    let raw = |part: Option<usize>, content: String| {
        Ok(RawDocument {
            path: name.to_owned(),
            part,
            format: Format::JsonLines,
            content,
        })
    };
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Array(documents)) if documents.len() > MAX_ARRAY => {
            let reason = format!("is an array of more than {MAX_ARRAY} documents");
            let hint = "write it as JSON lines, for example with jq -c '.[]'";
            Opened::refused(Refusal::new(name, RefusalKind::TooLarge, &reason, hint))
        }
        Ok(Value::Array(documents)) => {
            let parts = documents.iter().enumerate();
            Opened::Whole(
                parts
                    .map(|(index, one)| raw(Some(index + 1), one.to_string()))
                    .collect(),
            )
        }
        Ok(_) => Opened::Whole(vec![raw(None, text)]),
        Err(_) => Opened::Lines(JsonLines::new(Box::new(Cursor::new(text)), name, limits)),
    }
}

/// Says why the system did not let us read.
pub(super) fn refuse_io(path: &Path, name: &str, error: &io::Error) -> Refusal {
    let is_link = path
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_symlink());
    let (kind, reason, hint) = match error.kind() {
        io::ErrorKind::NotFound if is_link => (
            RefusalKind::BrokenLink,
            "is a symbolic link to nothing",
            "mend or remove the link",
        ),
        io::ErrorKind::NotFound => (
            RefusalKind::Missing,
            "does not exist",
            "check the spelling of the path",
        ),
        io::ErrorKind::PermissionDenied => (
            RefusalKind::NoPermission,
            "may not be read",
            "give yourself permission to read it",
        ),
        // The kind for this, `FilesystemLoop`, is not stable yet.
        _ if is_link && path.metadata().is_err() => (
            RefusalKind::LinkLoop,
            "is a symbolic link that leads back to itself",
            "mend or remove the link",
        ),
        _ => {
            let reason = format!("could not be read: {error}");
            let hint = "check the disk and the path";
            return Refusal::new(name, RefusalKind::Unreadable, &reason, hint);
        }
    };
    Refusal::new(name, kind, reason, hint)
}
