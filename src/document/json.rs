//! One document of a JSON lines file: `{"id", "text", "title"?, "dct"?, "url"?, "language"?}`.
//!
//! The text is kept as written, control characters apart, and its paragraphs are not judged: it comes
//! from a program that has taken it off its page already, and offsets into it may be known elsewhere.
//! A title comes before the text, unless the text begins with it.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::text_builder::TextBuilder;
use super::{Diagnostic, DiagnosticCode, Document, DocumentKind, ReadError, SectionKind};
use super::{clean, language, written_date};

/// Reads one JSON document.
pub(super) fn read(content: &str) -> Result<Document, ReadError> {
    let fields = parse(content)?;
    let text = words(&fields, "text").unwrap_or_default();
    let title = words(&fields, "title")
        .map(|title| clean::fold_space(&title))
        .unwrap_or_default();
    if text.trim().is_empty() && title.is_empty() {
        return Err(ReadError::NoText);
    }
    let mut document = Document::empty(DocumentKind::Article);
    write(&mut document, &title, &text);
    document.id = id(&fields);
    document.address = words(&fields, "url").or_else(|| document.id.clone());
    document.language = words(&fields, "language")
        .or_else(|| words(&fields, "lang"))
        .unwrap_or_else(|| language::guess(&document.text).to_owned());
    date(&mut document, &fields);
    Ok(document)
}

fn parse(content: &str) -> Result<Map<String, Value>, ReadError> {
    let content = content.trim_start_matches('\u{feff}');
    match serde_json::from_str(content) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(ReadError::InvalidJson("another JSON value".to_owned())),
        Err(error) => Err(ReadError::InvalidJson(error.to_string())),
    }
}

/// A field that holds words, stripped of what no text may hold; `None` when it is blank.
fn words(fields: &Map<String, Value>, name: &str) -> Option<String> {
    let words = clean::strip(fields.get(name)?.as_str()?);
    (!words.trim().is_empty()).then(|| words.into_owned())
}

/// The `id`, which may be a number.
fn id(fields: &Map<String, Value>) -> Option<String> {
    match fields.get("id")? {
        Value::Number(number) => Some(number.to_string()),
        _ => words(fields, "id"),
    }
}

/// Writes title and text. Paragraphs are the blocks between blank lines.
fn write(document: &mut Document, title: &str, text: &str) {
    let mut builder = TextBuilder::default();
    let mut body = text;
    let starts_with_title = text
        .strip_prefix(title)
        .is_some_and(|rest| rest.starts_with('\n'));
    if !title.is_empty() {
        builder.push(SectionKind::Title, title);
        if starts_with_title {
            body = &text[title.len()..];
        } else {
            builder.end_block();
        }
    }
    builder.push_verbatim(SectionKind::Paragraph, body);
    (document.text, document.sections) = builder.finish();
}

/// Dates the document by its `dct`, or its `date`.
fn date(document: &mut Document, fields: &Map<String, Value>) {
    let Some(written) = words(fields, "dct").or_else(|| words(fields, "date")) else {
        return;
    };
    document.dct = parse_date(&written);
    if document.dct.is_none() {
        let code = DiagnosticCode::NoDate;
        document
            .diagnostics
            .push(Diagnostic::quoting(code, "not a date", &written, 1));
    }
}

fn parse_date(written: &str) -> Option<Date> {
    written_date::find(written).map(|(_, date)| date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn fields_are_taken() {
        let line = r#"{"id": 7, "url": "https://x/7", "title": " A  boat ", "text": "One.\nTwo.\n\n Three.", "dct": "2018-01-09T10:00:00Z"}"#;
        let document = read(line).unwrap();
        assert_eq!(document.text, "A boat\n\nOne.\nTwo.\n\n Three.");
        assert_eq!(document.id.as_deref(), Some("7"));
        assert_eq!(document.address.as_deref(), Some("https://x/7"));
        assert_eq!(document.dct, Some(day(2018, 1, 9)));
        let parts: Vec<&str> = document
            .sections
            .iter()
            .map(|s| document.words(s.span))
            .collect();
        assert_eq!(parts, ["A boat", "One.\nTwo.", "Three."]);
    }

    #[test]
    fn text_keeps_its_offsets() {
        let line = r#"{"id": "a", "text": "  Two  spaces &amp; an\tentity.\n\n\nEnd. \n"}"#;
        let document = read(line).unwrap();
        assert_eq!(
            document.text,
            "  Two  spaces &amp; an\tentity.\n\n\nEnd. \n"
        );
        assert_eq!(document.address.as_deref(), Some("a"));
        assert_eq!(document.title(), None);
    }

    #[test]
    fn a_title_is_not_written_twice() {
        let document = read(r#"{"title": "A boat", "text": "A boat\nIt sank."}"#).unwrap();
        assert_eq!(document.text, "A boat\nIt sank.");
        assert_eq!(document.sections.len(), 2);
    }

    #[test]
    fn what_is_no_document() {
        assert!(matches!(
            read("{\"text\": "),
            Err(ReadError::InvalidJson(_))
        ));
        assert!(matches!(read("[1]"), Err(ReadError::InvalidJson(_))));
        for line in [
            "{}",
            r#"{"text": 3}"#,
            r#"{"text": " \n"}"#,
            r#"{"text": "\u0000"}"#,
        ] {
            assert_eq!(read(line), Err(ReadError::NoText), "{line}");
        }
        let deep = "[".repeat(100_000);
        assert!(matches!(read(&deep), Err(ReadError::InvalidJson(_))));
    }

    #[test]
    fn a_date_that_is_none_is_reported() {
        let document = read(r#"{"text": "It sank.", "dct": "yesterday"}"#).unwrap();
        assert_eq!(document.dct, None);
        assert_eq!(document.diagnostics[0].code, DiagnosticCode::NoDate);
    }
}
