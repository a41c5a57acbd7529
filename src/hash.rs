//! Content hashes as text.

use sha2::{Digest, Sha256};

/// Lower-case hexadecimal digits of some bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a string cannot fail");
            text
        })
}

/// The first eight hexadecimal digits of a text's SHA-256: 32 bits, enough to keep apart names
/// that share a slug and a day.
pub(crate) fn short(text: &str) -> String {
    hex(&Sha256::digest(text)[..4])
}

/// A text's whole SHA-256 in hexadecimal.
pub(crate) fn whole(text: &str) -> String {
    hex(&Sha256::digest(text))
}
