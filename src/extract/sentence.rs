//! Sentence boundaries.
//!
//! The `sentencex` library (Wikimedia) decides: it split ten of ten hard news cases where the
//! Unicode rules split three (`CRATES.md`, finding 7). A line break always ends a sentence, because
//! headlines and captions carry no full stop.

use crate::span::Span;

/// A line of more bytes is divided before the library sees it, which looks for the end of a quotation in all that
/// follows each opening mark: 2 MB of quotations that never end took 55 s. Paragraphs are far shorter.
const MOST_BYTES: usize = 1 << 14;

/// The sentences of `text` inside `part`, in order, trimmed of white space and never empty.
#[must_use]
pub fn split_sentences(text: &str, part: Span, language: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = part.start;
    let lines = part.of(text).split_inclusive('\n');
    for line in lines.flat_map(divided) {
        for boundary in sentencex::get_sentence_boundaries(language, line) {
            let piece = Span::new(start + boundary.start_byte, start + boundary.end_byte);
            sentences.extend(trimmed(text, piece));
        }
        start += line.len();
    }
    sentences
}

/// A line in pieces of at most [`MOST_BYTES`], which end after a full stop where there is one, else after a space.
fn divided(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let (piece, later) = rest.split_at(end_of_piece(rest));
        rest = later;
        (!piece.is_empty()).then_some(piece)
    })
}

fn end_of_piece(text: &str) -> usize {
    if text.len() <= MOST_BYTES {
        return text.len();
    }
    let most = text.floor_char_boundary(MOST_BYTES);
    let end_after = |mark: &str| text[..most].rfind(mark).map(|at| at + mark.len());
    end_after(". ").or_else(|| end_after(" ")).unwrap_or(most)
}

/// The span without white space at its edges; `None` when nothing else is in it.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    let span = Span::new(start, start + words.trim().len());
    (!span.is_empty()).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_is_divided_between_sentences() {
        let sentence = "The harbour was closed. ";
        let line = sentence.repeat(2 * MOST_BYTES / sentence.len());
        let pieces: Vec<&str> = divided(&line).collect();
        assert_eq!(pieces.concat(), line);
        assert!(pieces.iter().all(|piece| piece.ends_with("closed. ")));
        let sentences = split_sentences(&line, Span::new(0, line.len()), "en");
        assert_eq!(sentences.len(), line.len() / sentence.len());
    }

    #[test]
    fn what_has_no_space_is_divided_between_characters() {
        let line = "港".repeat(MOST_BYTES);
        let pieces: Vec<&str> = divided(&line).collect();
        assert_eq!(pieces.concat(), line);
        assert!(pieces.iter().all(|piece| piece.len() <= MOST_BYTES));
    }
}
