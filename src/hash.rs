//! Hashes that stay the same from one version of Annals, its compiler and its libraries to the next, so that they
//! may be stored and may decide names and orders.

use std::hash::Hasher;

use sha2::{Digest, Sha256};
use siphasher::sip::SipHasher13;

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

/// The first sixteen hexadecimal digits of a text's SHA-256: 64 bits, enough where nothing else tells
/// a million apart.
pub(crate) fn long(text: &str) -> String {
    hex(&Sha256::digest(text)[..8])
}

/// A list of texts as a number: SipHash-1-3 with a key of zeros, each text closed by a byte that UTF-8 never has.
pub(crate) fn number<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = SipHasher13::new();
    for text in texts {
        hasher.write(text.as_bytes());
        hasher.write_u8(0xFF);
    }
    hasher.finish()
}

/// A text's whole SHA-256 in hexadecimal.
pub(crate) fn whole(text: &str) -> String {
    hex(&Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_hashes_do_not_change() {
        assert_eq!(long("a"), "ca978112ca1bbdca");
        assert_eq!(number(["a", "b"]), 17_343_052_842_552_570_643);
        assert_ne!(number(["ab"]), number(["a", "b"]));
    }
}
