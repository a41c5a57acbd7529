//! What extraction promises of any document, as a function: for the fuzz target in `fuzz/` and for the tests that mutate
//! examples.

use super::{EventMention, Extraction, Tagger, extract};
use crate::document::Document;
use crate::span::Span;

/// Extracts everything from a document and checks what comes out; returns how many events that was.
///
/// ```
/// use annals::document::{Format, Limits, discover, read};
///
/// let found = discover(&["-".into()], &Limits::default())
///     .with_stdin(std::io::Cursor::new("Ferry sinks off Malta".as_bytes().to_vec()))
///     .with_format(Some(Format::Article));
/// let document = read(&found.flatten().next().unwrap()).unwrap();
/// assert_eq!(annals::extract::check_promises(&document), 1);
/// ```
///
/// # Panics
/// When extraction breaks a promise: a span that is empty, not on character boundaries or not in the text; mentions
/// or time expressions out of order or overlapping; an index of nothing; another result the second time.
#[must_use]
pub fn check_promises(document: &Document) -> usize {
    let tagger = Tagger::shipped();
    let found = extract(document, tagger, &|_| true);
    let again = extract(document, tagger, &|_| true);
    assert_eq!(found, again, "extracting is a function");
    let text = &document.text;
    check_apart(text, found.mentions.iter().map(|mention| mention.span));
    check_apart(text, found.timexes.iter().map(|timex| timex.span));
    for quotation in &found.quotations {
        for span in [quotation.content, quotation.speaker, quotation.cue] {
            check_words(text, span);
        }
        assert!(
            quotation
                .mention
                .is_none_or(|place| place < found.mentions.len())
        );
    }
    let places = found.entities.iter().flat_map(|entity| &entity.mentions);
    assert!(places.copied().all(|place| place < found.mentions.len()));
    for event in &found.events {
        check_event(text, event, &found);
    }
    found.events.len()
}

fn check_event(text: &str, event: &EventMention, found: &Extraction) {
    let dated = event.time.as_ref().and_then(|time| time.words);
    let spans = [Some(event.words), event.dated_by, dated, event.standing.cue];
    for span in spans.into_iter().flatten() {
        check_words(text, span);
    }
    let quotation = event.standing.quotation;
    assert!(quotation.is_none_or(|place| place < found.quotations.len()));
}

fn check_apart(text: &str, spans: impl Iterator<Item = Span>) {
    let mut end = 0;
    for span in spans {
        check_words(text, span);
        assert!(span.start >= end, "{span:?} begins before {end}");
        end = span.end;
    }
}

fn check_words(text: &str, span: Span) {
    let words = text.get(span.start..span.end);
    assert!(words.is_some_and(|words| !words.is_empty()), "{span:?}");
}
