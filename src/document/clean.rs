//! Cleans the characters of a source: control characters and other invisible mischief out, HTML
//! entities decoded, white space folded. Wrongly decoded letters ("mojibake") are left as they are:
//! mending them would be guessing at words.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::character::is_forbidden_in_text;

/// Removes what no text may hold and ends every line with `\n`.
///
/// Removed: C0 and C1 controls except newline and tab, DEL, bidirectional embeddings, overrides and
/// isolates, noncharacters, the byte order mark. Vertical tab, form feed and NEL become a space, so
/// that no two words are glued together; a lone carriage return becomes a newline.
pub(super) fn strip(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_forbidden_in_text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\u{B}' | '\u{C}' | '\u{85}' => out.push(' '),
            c if is_forbidden_in_text(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// One line of readable words: entities decoded, stripped, composed (NFC), white space folded to
/// single spaces and trimmed.
pub(super) fn inline(raw: &str) -> String {
    tidy(&decode_entities(raw))
}

/// What [`inline`] does to words whose entities are decoded already.
pub(super) fn tidy(decoded: &str) -> String {
    let stripped = strip(decoded);
    if is_nfc_quick(stripped.chars()) == IsNormalized::Yes {
        return fold_space(&stripped);
    }
    fold_space(&stripped.nfc().collect::<String>())
}

/// Folds every run of white space, no-break spaces among them, to one space; trims the ends.
pub(super) fn fold_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Decodes HTML entities that end in `;`, and once more those that were coded twice.
///
/// Entities without `;` stay: in an address `&copy=1` is a parameter.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    match decode_once(text) {
        Cow::Borrowed(same) => Cow::Borrowed(same),
        Cow::Owned(once) => Cow::Owned(decode_once(&once).into_owned()),
    }
}

/// Longest name of an entity, `;` included: `&CounterClockwiseContourIntegral;`.
const MAX_ENTITY_BYTES: usize = 34;

fn decode_once(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest
            .bytes()
            .take(MAX_ENTITY_BYTES)
            .position(|byte| byte == b';');
        let decoded = end.and_then(|end| Some((entity(&rest[..=end])?, end)));
        if let Some((plain, end)) = decoded {
            out.push_str(&plain);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What one whole entity (`&…;`) stands for.
fn entity(coded: &str) -> Option<String> {
    let Some(number) = coded.strip_prefix("&#") else {
        let decoded = html_escape::decode_html_entities(coded);
        return (decoded != coded).then(|| decoded.into_owned());
    };
    let number = number.trim_end_matches(';');
    let value = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = windows_1252(value).or_else(|| char::from_u32(value))?;
    Some(c.to_string())
}

/// What a number from 128 to 159 means on the web: browsers read it as Windows-1252
/// (<https://html.spec.whatwg.org/#numeric-character-reference-end-state>).
fn windows_1252(value: u32) -> Option<char> {
    const TABLE: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";
    let index = usize::try_from(value.checked_sub(128)?).ok()?;
    TABLE.chars().nth(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_once_or_twice() {
        let cases = [
            ("&quot;calm&quot;", "\"calm\""),
            ("it&rsquo;s &hellip;", "it’s …"),
            ("&#039;&#39;&#x27;&#X27;", "''''"),
            ("&amp;#039;s", "'s"),
            ("a&nbsp;b", "a b"),
            ("1990&#150;95", "1990–95"),
            ("AT&T; R&D", "AT&T; R&D"),
            ("&amp", "&amp"),
            ("&copy=1&copy;", "&copy=1©"),
            ("&#xD800; &#99999999999;", "&#xD800; &#99999999999;"),
            ("&;&#;&#x;", "&;&#;&#x;"),
            ("x&é;y", "x&é;y"),
        ];
        for (coded, plain) in cases {
            assert_eq!(inline(coded), plain, "{coded}");
        }
    }

    #[test]
    fn invisible_characters_go() {
        assert_eq!(
            strip("a\u{1b}[31mb\u{202e}c\u{2066}\u{fffe}\u{fdd0}\u{feff}d\0"),
            "a[31mbcd"
        );
        assert_eq!(strip("a\r\nb\rc\td\u{c}e"), "a\nb\nc\td e");
        assert_eq!(strip("\u{1fffe}x\u{10ffff}"), "x");
        assert!(matches!(strip("plain\n\ttext é"), Cow::Borrowed(_)));
        assert_eq!(inline("&#27;[2J&#x202E;x"), "[2Jx");
    }

    #[test]
    fn words_are_composed_and_spaced() {
        assert_eq!(
            inline("  Cafe\u{301}\u{a0}\u{3000}du  Nord \n"),
            "Café du Nord"
        );
        assert_eq!(inline("Ã©tÃ©"), "Ã©tÃ©");
    }
}
