//! A command line in, its words out, as a shell splits them; no variables, no patterns.

use super::ExtractorError;

/// Splits at white space outside quotes. Single quotes keep everything, double quotes and the open
/// let a backslash take its meaning from a quote, a space or a backslash, and only from those, so
/// that paths of Windows survive.
pub(super) fn split_words(command: &str) -> Result<Vec<String>, ExtractorError> {
    let bad = |reason| ExtractorError::Command {
        command: command.to_owned(),
        reason,
    };
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut quote = None;
    let mut characters = command.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\')
                if next.is_some_and(|next| matches!(next, '"' | '\'' | '\\' | ' ')) =>
            {
                word.get_or_insert_default().extend(characters.next());
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    match (quote, words.first().is_none_or(String::is_empty)) {
        (Some(_), _) => Err(bad("a quote is not closed")),
        (None, true) => Err(bad("there is no program in it")),
        (None, false) => Ok(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes() {
        let words = |command: &str| split_words(command).unwrap();
        assert_eq!(words("  a  b\tc "), ["a", "b", "c"]);
        assert_eq!(
            words(r#"a 'b "c' "d 'e" f\ g"#),
            ["a", "b \"c", "d 'e", "f g"]
        );
        assert_eq!(
            words(r#"sh -c 'cat | tr a "b"' ''"#),
            ["sh", "-c", "cat | tr a \"b\"", ""]
        );
        assert_eq!(words(r"C:\bin\x.exe a\\b"), [r"C:\bin\x.exe", r"a\b"]);
        for bad in ["", "  ", "''", "a 'b", "a \"b"] {
            assert!(split_words(bad).is_err(), "{bad:?}");
        }
    }
}
