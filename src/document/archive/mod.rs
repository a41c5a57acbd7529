//! Pages of the Offstream archive: event pages and day indexes, of every layout met and in every
//! edition of `editions.toml`. Takes the page and its path, gives a document whose text is the
//! page's own words. What a page *means* (which page is a version of which) is left to later stages.

mod edition;
mod fields;
mod html;
mod index;
mod lines;
mod page;
mod wiki;

use jiff::civil::Date;

use self::edition::Edition;
use super::clean;
use super::diagnostic::MAX_DIAGNOSTICS;
use super::language;
use super::text_builder::TextBuilder;
use super::{Diagnostic, DiagnosticCode, Document, DocumentKind, ReadError, SectionKind};
use crate::span::Span;

/// Reads an archive page.
pub(super) fn read(content: &str, path: &str) -> Result<Document, ReadError> {
    let content = clean::strip(content);
    let mut draft = Draft::default();
    let kind = kind_of(&content);
    let mut document = Document::empty(kind);
    match kind {
        DocumentKind::DayIndex => index::read(&content, &mut document, &mut draft)?,
        _ => page::read(&content, &mut document, &mut draft)?,
    }
    Ok(draft.finish(document, path))
}

/// Reads an archive page written as HTML.
pub(super) fn read_html(content: &str, path: &str) -> Result<Document, ReadError> {
    let markdown = html::markdown(&clean::strip(content))?;
    Ok(without_lines(read(&markdown, &as_markdown(path))?))
}

/// Reads an archive page written as JSON.
pub(super) fn read_json(content: &str, path: &str) -> Result<Document, ReadError> {
    read_fields(fields::of_json(content)?, path)
}

/// Reads an archive page written as XML.
pub(super) fn read_xml(content: &str, path: &str) -> Result<Document, ReadError> {
    read_fields(fields::of_xml(content)?, path)
}

fn read_fields(written: fields::Written, path: &str) -> Result<Document, ReadError> {
    let mut document = without_lines(read(&written.markdown, &as_markdown(path))?);
    for field in written.unknown.iter().take(MAX_DIAGNOSTICS) {
        let what = "field is not understood";
        let diagnostic = Diagnostic::quoting(DiagnosticCode::UnknownField, what, field, 0);
        document.diagnostics.push(Diagnostic {
            line: None,
            ..diagnostic
        });
    }
    Ok(document)
}

/// Lines counted in Markdown that was made of another format are nobody's lines.
fn without_lines(mut document: Document) -> Document {
    document
        .diagnostics
        .iter_mut()
        .for_each(|diagnostic| diagnostic.line = None);
    document
}

/// The path that the page would have as Markdown.
fn as_markdown(path: &str) -> String {
    let stem = [".html", ".htm", ".json", ".xml"]
        .iter()
        .find_map(|ext| path.strip_suffix(ext));
    stem.map_or_else(|| path.to_owned(), |stem| format!("{stem}.md"))
}

/// The day in an archive address.
pub(super) fn date_of_address(address: &str) -> Option<Date> {
    lines::date_of_folders(address)
}

/// A day index has its date in a heading of the second level, an event page in one of the third.
fn kind_of(content: &str) -> DocumentKind {
    let headings = content.lines().filter_map(lines::heading);
    let first = headings
        .map(|(level, words)| (level, words.starts_with('[')))
        .find(|h| h.1);
    if first.is_some_and(|(level, _)| level == 2) {
        DocumentKind::DayIndex
    } else {
        DocumentKind::EventPage
    }
}

/// What is gathered about a page while its lines are read.
#[derive(Default)]
struct Draft {
    text: TextBuilder,
    diagnostics: Vec<Diagnostic>,
    /// The edition whose words were met first.
    edition: Option<&'static Edition>,
    /// The `.html` address of the Formats line, as written.
    html: Option<String>,
}

impl Draft {
    /// Notes that a word of an edition was met.
    fn met(&mut self, edition: &'static Edition) {
        self.edition.get_or_insert(edition);
    }

    fn report(&mut self, code: DiagnosticCode, what: &str, words: &str, line: usize) {
        let what = match self.diagnostics.len() {
            ..MAX_DIAGNOSTICS => what,
            MAX_DIAGNOSTICS => "this and perhaps more lines could not be read",
            _ => return,
        };
        let diagnostic = Diagnostic::quoting(code, what, words, line);
        self.diagnostics.push(diagnostic);
    }

    /// Takes the page's own address from a Formats line.
    fn take_formats(&mut self, words: &str) {
        if self.html.is_none() {
            self.html = lines::html_address(words).map(str::to_owned);
        }
    }

    /// Appends the names of a context; of one that is cut short, all but the last.
    fn push_context(&mut self, context: &lines::Context<'_>, line: usize) -> Vec<Span> {
        self.met(context.edition);
        let readable = wiki::readable(context.names);
        let mut names: Vec<&str> = readable.split(", ").map(str::trim).collect();
        if !context.closed {
            self.report(
                DiagnosticCode::CutLine,
                "context is cut short",
                context.names,
                line,
            );
            names.pop();
        }
        self.text.push_list(SectionKind::Context, &names)
    }

    /// Completes the document: language, address, date, text.
    fn finish(self, mut document: Document, path: &str) -> Document {
        let (text, sections) = self.text.finish();
        (document.text, document.sections) = (text, sections);
        document.diagnostics.splice(0..0, self.diagnostics);
        let known = self
            .edition
            .or_else(|| edition_of_links(&document))
            .or_else(|| edition_of_path(path));
        let edition = known.unwrap_or_else(|| edition_of_script(&document.text, path));
        document.language.clone_from(&edition.language);
        let stated = self
            .html
            .as_deref()
            .and_then(|html| address_of_html(html, edition));
        // Of a page cut short above its first words the edition is unknown, and so is the address.
        let told = known.is_some() || !document.text.is_empty();
        let of_path = address_of_path(path, edition).filter(|_| told);
        let copy = of_path
            .clone()
            .filter(|address| address.ends_with(COPY_OF_INDEX));
        document.address = copy
            .or(stated)
            .or_else(|| current_version(&document))
            .or(of_path);
        complete_date(&mut document, path);
        document
    }
}

/// Name of the copy that many days have of their index. Its contexts can stand in another order, so it
/// is a document of its own: under the index's address it would pass for another version of it.
const COPY_OF_INDEX: &str = "/README.md";

/// The edition of the first page that a document links to.
fn edition_of_links(document: &Document) -> Option<&'static Edition> {
    let related = document.related.iter().map(|related| &related.address);
    let items = document.items.iter().map(|item| &item.address);
    let versions = document.versions.iter().map(|version| &version.address);
    related
        .chain(items)
        .chain(versions)
        .find_map(|address| edition::of_address(address))
}

/// The edition whose folder a path names, when its name says more than `news/`.
fn edition_of_path(path: &str) -> Option<&'static Edition> {
    let (at, _) = lines::folders(path)?;
    let folder = format!("/{}news/", &path[..at]);
    let mut editions = edition::all().iter().skip(1);
    editions.find(|edition| folder.ends_with(&edition.links))
}

/// The edition in the language that the script of a text and of its slug suggests; the first one in
/// doubt. ASCII says nothing: names in Latin letters stand in pages of every edition.
fn edition_of_script(text: &str, path: &str) -> &'static Edition {
    let slug = path.rsplit('/').next().unwrap_or_default();
    let chars = text.chars().chain(slug.chars());
    let telling: String = chars.filter(|c| !c.is_ascii()).collect();
    edition::of_language(language::guess(&telling)).unwrap_or(&edition::all()[0])
}

/// The Markdown page beside an HTML page; a day index writes it relative to its edition's folder.
fn address_of_html(html: &str, edition: &Edition) -> Option<String> {
    let stem = html.strip_suffix(".html")?;
    let folder = if stem.starts_with('/') {
        ""
    } else {
        edition.links.as_str()
    };
    Some(format!("{folder}{stem}.md"))
}

fn current_version(document: &Document) -> Option<String> {
    let is_current = |version: &&super::Version| version.status == super::VersionStatus::Current;
    document
        .versions
        .iter()
        .rfind(is_current)
        .map(|version| version.address.clone())
}

/// The address that a path in a copy of the archive stands for.
fn address_of_path(path: &str, edition: &Edition) -> Option<String> {
    let (at, _) = lines::folders(path)?;
    let tail = path[at..].strip_prefix("news/")?;
    tail.ends_with(".md")
        .then(|| format!("{}{tail}", edition.links))
}

/// Dates an undated page by its folder, and says so when nothing dates it.
fn complete_date(document: &mut Document, path: &str) {
    if document.dct.is_some() {
        return;
    }
    let address = document.address.as_deref().unwrap_or(path);
    document.dct = lines::date_of_folders(address).or_else(|| lines::date_of_folders(path));
    let message = if document.dct.is_some() {
        "no date line; dated by its folder"
    } else {
        "no date line and no folder with a date"
    };
    let code = DiagnosticCode::NoDate;
    document.diagnostics.push(Diagnostic {
        code,
        message: message.to_owned(),
        line: None,
    });
}

#[cfg(test)]
mod tests;
