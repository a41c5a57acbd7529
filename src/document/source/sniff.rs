//! Looks at the bytes of a file: are they text that some format reads?

use crate::document::{Refusal, RefusalKind};

/// First bytes of formats that are often taken for text files, and what to do about them.
const SIGNATURES: [(&[u8], &str, &str); 8] = [
    (
        b"%PDF-",
        "a PDF document",
        "save its text, for example with pdftotext",
    ),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document",
        "unpack it, or save it as text",
    ),
    (b"\x1f\x8b", "gzip data", "unpack it with gunzip"),
    (b"\x28\xb5\x2f\xfd", "zstd data", "unpack it with unzstd"),
    (b"\x89PNG", "a picture", TEXT_ONLY),
    (b"\xff\xd8\xff", "a picture", TEXT_ONLY),
    (b"\xff\xfe", "UTF-16 text", TO_UTF8_FROM_16),
    (b"\xfe\xff", "UTF-16 text", TO_UTF8_FROM_16),
];

const TEXT_ONLY: &str = "only text is read";
const TO_UTF8_FROM_16: &str = "convert it, for example with iconv -f UTF-16 -t UTF-8";

/// Bytes looked at for a NUL, which no text has: as many as other tools look at (git: 8,000).
const NUL_WITHIN: usize = 8000;

/// Refuses bytes that are no text: another format by its signature, or a NUL near the start.
pub(super) fn refuse_binary(path: &str, bytes: &[u8]) -> Option<Refusal> {
    let signature = SIGNATURES
        .iter()
        .find(|(start, ..)| bytes.starts_with(start));
    if let Some((_, what, hint)) = signature {
        return Some(Refusal::new(
            path,
            RefusalKind::Binary,
            &format!("is {what}"),
            hint,
        ));
    }
    if bytes.iter().take(NUL_WITHIN).any(|byte| *byte == 0) {
        return Some(Refusal::new(
            path,
            RefusalKind::Binary,
            "is a binary file",
            TEXT_ONLY,
        ));
    }
    is_markup(bytes).map(|what| {
        let hint = "save the text of the page without its markup";
        Refusal::new(path, RefusalKind::Binary, &format!("is {what}"), hint)
    })
}

/// Markup languages that a text may be wrapped in, by their first words.
fn is_markup(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let starts = |words: &[u8]| {
        bytes
            .get(..words.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(words))
    };
    if starts(b"<!doctype html") || starts(b"<html") {
        Some("an HTML page")
    } else if starts(b"<?xml") {
        Some("an XML document")
    } else {
        None
    }
}

/// The text of some bytes, or why there is none: a wrong encoding, nothing but white space.
pub(super) fn text(path: &str, bytes: Vec<u8>) -> Result<String, Refusal> {
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    if text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .is_empty()
    {
        return Err(empty(path, text.len()));
    }
    Ok(text)
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Refusal {
    let offset = error.utf8_error().valid_up_to();
    let reason = format!("is not UTF-8: bad byte at offset {offset}");
    let hint = "convert it to UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8";
    Refusal::new(path, RefusalKind::NotUtf8, &reason, hint)
}

/// Says that a file holds no words.
pub(super) fn empty(path: &str, bytes: usize) -> Refusal {
    let reason = if bytes == 0 {
        "is empty (0 bytes)"
    } else {
        "holds nothing but white space"
    };
    Refusal::new(
        path,
        RefusalKind::Empty,
        reason,
        "nothing to do, unless it should hold text",
    )
}
