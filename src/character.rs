//! Which characters are unsafe to show: the one place that says so.
//!
//! An unsafe character can steer a terminal, make a line read in another order than its bytes, or is
//! no character at all. Readers leave them out of texts, output escapes or replaces what comes another
//! way (paths, ids, addresses).

/// Whether a character is unsafe to show: C0 and C1 controls and DEL (newline and tab among them),
/// bidirectional controls, the byte order mark, noncharacters.
///
/// Sources: Unicode 16.0, sections 23.1 (controls), 23.7 (noncharacters); UAX #9, section 2
/// (bidirectional controls); CVE-2021-42574 for what the latter are misused for.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || c == '\u{FEFF}' || is_noncharacter(c)
}

/// Whether a character may not stand in a document's text. Newlines and tabs may, and so may the three
/// directional marks, which prose in right-to-left scripts needs and which reorder nothing but
/// their neighbours.
pub(crate) fn is_forbidden_in_text(c: char) -> bool {
    is_unsafe(c) && !matches!(c, '\n' | '\t') && !is_directional_mark(c)
}

/// Embeddings, overrides, isolates and marks of the bidirectional algorithm.
pub(crate) const fn is_bidi_control(c: char) -> bool {
    is_directional_mark(c) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const fn is_directional_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}')
}

const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32) & 0xFFFE == 0xFFFE
}

/// A text with every unsafe character as a visible escape, newlines and tabs as they are.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) && c != '\n' && c != '\t' {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    safe
}

/// A name on one line, every unsafe character replaced by U+FFFD.
pub(crate) fn replaced(text: &str) -> String {
    text.replace(is_unsafe, "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unsafe() {
        for c in "\0\t\n\r\u{1b}\u{7f}\u{85}\u{9b}\u{200e}\u{200f}\u{61c}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}\u{fdd0}\u{fffe}\u{1ffff}"
            .chars()
        {
            assert!(is_unsafe(c), "{c:?}");
        }
        // Joiners make emoji and Indic words; private characters belong to whoever uses them.
        for c in " a\u{200b}\u{200d}\u{ad}\u{e000}\u{fffd}é😀\u{2028}".chars() {
            assert!(!is_unsafe(c), "{c:?}");
        }
    }

    #[test]
    fn text_may_hold_lines_and_marks() {
        for c in "\n\t\u{200e}\u{200f}\u{61c}".chars() {
            assert!(!is_forbidden_in_text(c), "{c:?}");
        }
        assert!(is_forbidden_in_text('\u{202e}') && is_forbidden_in_text('\r'));
    }

    #[test]
    fn names_become_harmless() {
        assert_eq!(
            escaped("a\u{1b}[31mb\u{202e}c\n\td"),
            "a\\u{1b}[31mb\\u{202e}c\n\td"
        );
        assert_eq!(replaced("a\u{1b}\nb\u{202e}"), "a\u{FFFD}\u{FFFD}b\u{FFFD}");
    }
}
