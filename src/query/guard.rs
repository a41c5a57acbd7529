//! A look at query text before it is parsed: a few kilobytes of brackets would otherwise overflow
//! the parser's stack and end the process (`TRUST.md`, finding 1).

/// Longest query, in bytes.
const MAX_BYTES: usize = 100_000;
/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 128;

/// Why a query's text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuardError {
    /// The text is too long.
    #[error("the query has {0} bytes; at most {MAX_BYTES} are read")]
    TooLong(usize),
    /// Brackets nest too deep.
    #[error("the query nests more than {MAX_DEPTH} brackets deep at byte {0}")]
    TooDeep(usize),
}

/// Checks length and nesting, leaving strings, IRIs and comments out of account.
pub(super) fn check(text: &str) -> Result<(), GuardError> {
    if text.len() > MAX_BYTES {
        return Err(GuardError::TooLong(text.len()));
    }
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(GuardError::TooDeep(at));
        }
        rest = &rest[skipped(rest, c)..];
    }
    Ok(())
}

/// Bytes of the string, IRI or comment that starts here, else of the one character. An IRI has none of the
/// characters that `IRIREF` leaves out (SPARQL 1.1, rule 139); a bracket in one is counted, which refuses too much
/// rather than too little.
pub(super) fn skipped(rest: &str, first: char) -> usize {
    let after = &rest[first.len_utf8()..];
    let inner = match first {
        '#' => return after.find('\n').map_or(rest.len(), |end| end + 2),
        '<' => after
            .find([
                '>', '<', '"', '{', '}', '|', '^', '`', '\\', ' ', '\n', '\t', '\r', '(',
            ])
            .filter(|&end| after[end..].starts_with('>')),
        '"' | '\'' => return string_length(rest, first),
        // A local name has these characters behind a backslash (SPARQL 1.1, rule 173, PN_LOCAL_ESC).
        '\\' => {
            let next = after.chars().next();
            let is_escaped = next.filter(|c| "_~.-!$&'()*+,;=/?#@%".contains(*c));
            return first.len_utf8() + is_escaped.map_or(0, char::len_utf8);
        }
        _ => None,
    };
    inner.map_or(first.len_utf8(), |length| first.len_utf8() + length + 1)
}

/// Bytes of a string literal, long or short; an unfinished one runs to the end.
fn string_length(rest: &str, quote: char) -> usize {
    let long = quote.to_string().repeat(3);
    let close = if rest.starts_with(&long) {
        &long
    } else {
        &long[..1]
    };
    let width = close.len();
    let mut at = width;
    while at < rest.len() {
        let tail = &rest[at..];
        if tail.starts_with(close) {
            return at + width;
        }
        let mut chars = tail.chars();
        let c = chars.next().map_or(1, char::len_utf8);
        at += if tail.starts_with('\\') {
            c + chars.next().map_or(0, char::len_utf8)
        } else {
            c
        };
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn brackets_are_counted_outside_of_words_only() {
        assert!(check(&format!("ASK {}{}", "{".repeat(128), "}".repeat(128))).is_ok());
        assert!(check(&format!("ASK {}", "{".repeat(129))).is_err());
        assert!(check(&format!("ASK {{ ?s ?p \"{}\" }}", "(".repeat(500))).is_ok());
        assert!(check(&format!("ASK {{ ?s ?p '''{}''' }}", "(".repeat(500))).is_ok());
        assert!(check(&format!("ASK {{}} # {}", "(".repeat(500))).is_ok());
        assert!(check(&format!("# {}\nASK {}", "x", "(".repeat(500))).is_err());
        for escape in ["\\#", "\\'", "\\(", "\\\""] {
            let deep = format!("ASK {{ ?s ex:a{escape} ?o }} {}", "(".repeat(500));
            assert_eq!(check(&deep).is_err(), escape != "\\\"", "{escape}");
        }
        assert!(check(&format!("ASK {{ ?s ex:{} ?o }}", "\\(".repeat(500))).is_ok());
        assert!(check(&" ".repeat(200_000)).is_err());
        assert!(check(&format!("ASK {{ <a{}> }}", "(".repeat(500))).is_err());
        assert!(check(&format!("ASK {{ <a{}> }}", "[".repeat(500))).is_ok());
    }

    proptest! {
        #[test]
        fn any_text_is_checked_without_panic(text in "\\PC{0,80}") {
            let _ = check(&text);
        }
    }
}
