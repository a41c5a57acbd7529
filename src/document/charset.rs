//! Bytes in, text out: which charset a file is in. In this order: a byte order mark; UTF-8 where all
//! bytes fit; the charset that HTML or XML declares; a guess (`chardetng`, as Firefox guesses).
//! UTF-8 goes before the declaration because saved pages are often re-coded and keep the old one,
//! and other charsets hardly ever look like UTF-8.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use regex::bytes::Regex;

/// A text and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// The charset's name when it was not UTF-8.
    pub(super) charset: Option<&'static str>,
}

/// Decodes some bytes. Bytes that the charset lacks become U+FFFD.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let bytes = match marked {
        None => match String::from_utf8(bytes) {
            Ok(text) => {
                return Decoded {
                    text,
                    charset: None,
                };
            }
            Err(error) => error.into_bytes(),
        },
        Some(_) => bytes,
    };
    let encoding = marked
        .or_else(|| declared(&bytes))
        .unwrap_or_else(|| guess(&bytes));
    let (text, used, _) = encoding.decode(&bytes);
    Decoded {
        text: text.into_owned(),
        charset: (used != UTF_8).then(|| used.name()),
    }
}

/// Bytes in which a declaration is looked for: HTML asks for it within 1,024
/// (<https://html.spec.whatwg.org/#charset>); older pages have it later.
const DECLARED_WITHIN: usize = 4096;

/// The charset that an XML declaration or a `<meta>` names. A declared UTF-8 is disbelieved: the
/// bytes are not.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?i-u)<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,400}charset\s*=\s*["']?\s*([\w.:-]{1,40})"#,
        )
        .expect("tested pattern")
    });
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let found = DECLARATION.captures(head)?;
    let label = found.get(1).or_else(|| found.get(2))?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

/// Bytes the guess is made on; more costs time and changes nothing.
const GUESSED_BYTES: usize = 200_000;

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED_BYTES)], true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
        let decoded = decode(bytes.to_vec());
        (decoded.text, decoded.charset)
    }

    #[test]
    fn marks_declarations_and_guesses() {
        let utf16: Vec<u8> = "\u{feff}Ferry é"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decoded(&utf16), ("Ferry é".to_owned(), Some("UTF-16LE")));
        assert_eq!(decoded("Ferry é".as_bytes()), ("Ferry é".to_owned(), None));
        let html =
            b"<html><meta http-equiv=x content='text/html; charset=iso-8859-2'><p>Wa\xb3\xeasa";
        assert_eq!(decoded(html).1, Some("ISO-8859-2"));
        assert!(decoded(html).0.ends_with("Wałęsa"));
        let xml = b"<?xml version='1.0' encoding='windows-1251'?><a>\xcf\xe0\xf0\xee\xec</a>";
        assert!(decoded(xml).0.ends_with("<a>Паром</a>"));
        let (russian, _, _) =
            encoding_rs::WINDOWS_1251.encode("Паром затонул у берегов Мальты, сообщили спасатели.");
        assert!(decoded(&russian).0.starts_with("Паром затонул"));
        let lies = "<meta charset=iso-8859-1><p>é".as_bytes();
        assert_eq!(decoded(lies).1, None);
        assert_eq!(
            decoded(b"It said \x93no\x94 at the caf\xe9."),
            ("It said “no” at the café.".to_owned(), Some("windows-1252"))
        );
    }

    #[test]
    fn any_bytes_are_decoded() {
        for seed in 0..200_u32 {
            let bytes: Vec<u8> = (0..500_u32)
                .map(|i| {
                    (seed
                        .wrapping_mul(2_654_435_761)
                        .wrapping_add((i * i).wrapping_mul(40_503))
                        >> 13) as u8
                })
                .collect();
            decode(bytes);
        }
    }
}
