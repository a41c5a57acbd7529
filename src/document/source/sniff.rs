//! Looks at the bytes of a file: are they text that some format reads?

use crate::document::{Refusal, RefusalKind};

/// First bytes of formats that are often taken for text files, and what to do about them.
const SIGNATURES: [(&[u8], &str, &str); 3] = [
    (
        b"%PDF-",
        "a PDF document",
        "save its text, for example with pdftotext",
    ),
    (b"\x89PNG", "a picture", TEXT_ONLY),
    (b"\xff\xd8\xff", "a picture", TEXT_ONLY),
];

const TEXT_ONLY: &str = "only text is read";

/// Whether bytes begin with the byte order mark of UTF-16.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

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
    let has_nul = bytes.iter().take(NUL_WITHIN).any(|byte| *byte == 0);
    (has_nul && !is_utf16(bytes)).then(|| not_text(path))
}

fn not_text(path: &str) -> Refusal {
    Refusal::new(path, RefusalKind::Binary, "is a binary file", TEXT_ONLY)
}

/// Of a guessed charset, most controls and undecodable bytes in a hundred characters. A guess: text of
/// a wrong charset has few, bytes of a program every tenth.
const MAX_NOISE_PERCENT: usize = 2;

/// So many of them are let pass besides, so that a handful in a short text does not refuse it. A guess.
const MAX_NOISE: usize = 8;

/// Refuses bytes that a charset was found for but that are no text.
pub(super) fn refuse_noise(path: &str, text: &str) -> Result<(), Refusal> {
    let is_noise = |c: &char| *c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace());
    let noise = text.chars().filter(is_noise).count();
    if noise > MAX_NOISE + text.chars().count() * MAX_NOISE_PERCENT / 100 {
        return Err(not_text(path));
    }
    Ok(())
}

/// The text of some bytes, or why there is none: a wrong encoding, nothing but white space.
pub(super) fn text(path: &str, bytes: Vec<u8>) -> Result<String, Refusal> {
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    refuse_blank(path, &text)?;
    Ok(text)
}

/// Refuses a text of nothing but white space.
pub(super) fn refuse_blank(path: &str, text: &str) -> Result<(), Refusal> {
    let words = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if words.is_empty() {
        return Err(empty(path, text.len()));
    }
    Ok(())
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
