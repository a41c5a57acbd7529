//! Quotation marks: the stretches of a paragraph that stand between them.

use crate::span::Span;

/// The words between quotation marks in `part`, marks left out, in order.
///
/// Typographic double marks are paired; straight ones alternate. A mark that nothing closes quotes to the
/// end of the paragraph, as news prints a quotation that goes on in the next one. Single marks are left
/// alone: they are apostrophes too often.
pub(super) fn quoted(text: &str, part: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in part.of(text).char_indices() {
        let (at, after) = (part.start + at, part.start + at + c.len_utf8());
        match (c, open) {
            ('“' | '"', None) => open = Some(after),
            ('”' | '"', Some(start)) => {
                found.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| Span::new(start, part.end)));
    found.retain(|span| !span.is_empty());
    found
}

/// Whether a stretch between marks is somebody's sentence and not a word held at arm's length. Three words is
/// a guess.
pub(super) fn is_speech(text: &str, quote: Span) -> bool {
    quote.of(text).split_whitespace().nth(2).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_paired() {
        for (text, expected) in [
            ("“One,” he said. “Two.”", vec!["One,", "Two."]),
            ("\"One,\" he said. \"Two.\"", vec!["One,", "Two."]),
            ("It's the “token” move", vec!["token"]),
            ("“It goes on", vec!["It goes on"]),
            ("none of it's ‘quoted’", vec![]),
        ] {
            let found = quoted(text, Span::new(0, text.len()));
            let words: Vec<_> = found.iter().map(|span| span.of(text)).collect();
            assert_eq!(words, expected, "{text}");
        }
    }
}
