//! What every reader promises of any bytes, as a function: for the fuzz targets in `fuzz/` and for the
//! tests that mutate examples.

use std::io::Cursor;

use super::{Document, Format, Limits, discover, read};
use crate::character::is_forbidden_in_text;
use crate::span::Span;

/// Reads some bytes as whatever they are, or as one format, and checks what comes out; returns how
/// many documents that was. Refusals are fine.
///
/// ```
/// use annals::document::{Format, check_promises};
///
/// assert_eq!(check_promises(b"Ferry sinks off Malta", Some(Format::Article)), 1);
/// assert_eq!(check_promises(b"\0", None), 0);
/// ```
///
/// # Panics
/// When a reader breaks a promise: a span that is not on character boundaries or not in the text, parts
/// out of order or overlapping, a character that no text may hold, another result the second time.
#[must_use]
pub fn check_promises(bytes: &[u8], format: Option<Format>) -> usize {
    let limits = Limits {
        max_file_bytes: 1_000_000,
        max_unpacked_bytes: 5_000_000,
        max_members: 100,
        ..Limits::default()
    };
    let found = discover(&["-".into()], &limits)
        .with_stdin(Cursor::new(bytes.to_vec()))
        .with_format(format);
    let mut count = 0;
    for raw in found.take(200).flatten() {
        let first = read(&raw);
        assert_eq!(first, read(&raw), "reading is a function");
        if let Ok(document) = first {
            check(&document);
            count += 1;
        }
    }
    count
}

fn check(document: &Document) {
    let text = &document.text;
    assert!(!text.contains(is_forbidden_in_text), "{text:?}");
    let mut end = 0;
    for section in &document.sections {
        assert!(section.span.start >= end, "sections overlap: {section:?}");
        assert!(!section.span.is_empty(), "an empty section: {section:?}");
        end = section.span.end;
    }
    let sections = document.sections.iter().map(|section| section.span);
    let lists = document.versions.iter().map(|version| version.title);
    let related = document.related.iter();
    let related = related.flat_map(|related| related.context.iter().chain([&related.title]));
    let items = document.items.iter().flat_map(|item| {
        let sources = item
            .sources
            .iter()
            .filter_map(|source| source.name.as_ref());
        let names = item.topics.iter().chain(&item.context).chain(sources);
        names.chain([&item.title]).chain(&item.summary)
    });
    let sources = document.sources.iter().filter_map(|source| source.name);
    let spans = sections
        .chain(lists)
        .chain(related.copied())
        .chain(items.copied());
    for span in spans.chain(sources).chain(document.byline) {
        check_span(text, span);
    }
}

fn check_span(text: &str, span: Span) {
    let fits = span.start <= span.end && text.get(span.start..span.end).is_some();
    assert!(fits, "{span:?} is not in a text of {} bytes", text.len());
}
