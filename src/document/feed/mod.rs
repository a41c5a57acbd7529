//! Entries of RSS and Atom feeds and JSON Feeds. A feed is split where it is found: each entry is kept as
//! a feed of one, with the feed's title and language, so that an entry stays what it was when its
//! feed moves on. Here such a feed of one becomes an article; HTML in it is reduced to text.

mod split;

use feed_rs::model::{Entry, Feed, Link, Text};
use jiff::civil::Date;

use super::html;
use super::text_builder::TextBuilder;
use super::{Diagnostic, DiagnosticCode, Document, DocumentKind, ReadError, SectionKind};
use super::{clean, language};

pub(super) use split::split;

/// Reads a feed of one entry; of a longer one, the first.
pub(super) fn read(content: &str) -> Result<Document, ReadError> {
    split::refuse_declarations(content)?;
    // The text is decoded; a declaration of another charset would be believed.
    let content = without_declaration(content);
    let parser = feed_rs::parser::Builder::new()
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        .build();
    let feed = parser.parse(content.as_bytes());
    let mut feed =
        feed.map_err(|error| ReadError::InvalidFeed(clean::inline(&error.to_string())))?;
    if feed.entries.is_empty() {
        return Err(ReadError::InvalidFeed("it has no entry".to_owned()));
    }
    let entry = feed.entries.swap_remove(0);
    document(&feed, entry)
}

fn without_declaration(content: &str) -> &str {
    let content = content.trim_start_matches('\u{feff}').trim_start();
    let declared = content
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    declared.map_or(content, |(_, rest)| rest)
}

fn document(feed: &Feed, entry: Entry) -> Result<Document, ReadError> {
    let title = entry
        .title
        .as_ref()
        .map(words)
        .transpose()?
        .unwrap_or_default();
    let body = body(&entry)?;
    if title.is_empty() && body.is_empty() {
        return Err(ReadError::Empty);
    }
    let authors = authors(&entry);
    let mut text = TextBuilder::default();
    text.push_line(SectionKind::Title, &title);
    let byline = text.push_line(SectionKind::Byline, &authors);
    for block in body.iter().filter(|block| **block != title) {
        text.end_block();
        text.push_line(SectionKind::Paragraph, block);
    }
    let (text, sections) = text.finish();
    let address = address(&entry.links);
    let id = clean::inline(&entry.id);
    let mut document = Document {
        id: Some(id.clone()).filter(|id| !id.is_empty() && Some(id) != address.as_ref()),
        address: address.or_else(|| Some(id).filter(|id| !id.is_empty())),
        language: language(feed, &entry, &text),
        text,
        sections,
        dct: entry.published.map(day).transpose()?,
        modified: entry.updated.map(day).transpose()?,
        publisher: feed
            .title
            .as_ref()
            .map(words)
            .transpose()?
            .filter(|name| !name.is_empty()),
        byline: Some(byline).filter(|byline| !byline.is_empty()),
        ..Document::empty(DocumentKind::Article)
    };
    say_undated(&mut document);
    Ok(document)
}

/// Says that an entry states no day of publication, or none that can be read.
fn say_undated(document: &mut Document) {
    if document.dct.is_none() {
        document.diagnostics.push(Diagnostic {
            code: DiagnosticCode::NoDate,
            message: "the entry has no date of publication that can be read".to_owned(),
            line: None,
        });
    }
}

/// The day of a time, in UTC: feeds' own zones are gone when they are parsed.
fn day<T: std::fmt::Display>(time: T) -> Result<Date, ReadError> {
    let written = time.to_string();
    let day = written.get(..10).and_then(|day| day.parse().ok());
    day.ok_or(ReadError::InvalidFeed(format!("not a date: {written}")))
}

/// One line of words, markup gone.
fn words(text: &Text) -> Result<String, ReadError> {
    Ok(clean::tidy(&html::text(&text.content)?))
}

/// The blocks of the entry's content, else of its summary.
fn body(entry: &Entry) -> Result<Vec<String>, ReadError> {
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref());
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
    let is_words = |html: &&str| !html.trim().is_empty();
    let Some(html) = content.filter(is_words).or(summary.filter(is_words)) else {
        return Ok(Vec::new());
    };
    if !html.contains('<') && !html.contains('&') {
        let paragraphs = html.split("\n\n").map(clean::tidy);
        return Ok(paragraphs.filter(|words| !words.is_empty()).collect());
    }
    let blocks = html::blocks(html::parse(html)?.root());
    Ok(blocks.into_iter().map(|block| block.words).collect())
}

fn authors(entry: &Entry) -> String {
    let names = entry
        .authors
        .iter()
        .filter_map(|person| person.name.as_deref());
    let names: Vec<String> = names
        .map(clean::inline)
        .filter(|name| !name.is_empty())
        .collect();
    names.join(", ")
}

/// The page of an entry: its alternate link, else its first.
fn address(links: &[Link]) -> Option<String> {
    let is_page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = links.iter().find(is_page).or(links.first())?;
    let address = clean::strip(link.href.trim()).into_owned();
    (!address.is_empty()).then_some(address)
}

fn language(feed: &Feed, entry: &Entry, text: &str) -> String {
    let stated = entry.language.as_ref().or(feed.language.as_ref());
    let tag = stated
        .and_then(|tag| tag.split(['-', '_']).next())
        .map(str::to_ascii_lowercase);
    let fits =
        |tag: &String| (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic());
    tag.filter(fits)
        .unwrap_or_else(|| language::guess(text).to_owned())
}

#[cfg(test)]
mod tests;
