//! An article as a saved web page. What the page says of itself (`html::metadata`) gives headline,
//! dates, author, publisher and address; `dom_smoothie`, a port of Mozilla's Readability, tells the
//! article from the page around it. The text is the headline, the authors, and the article's blocks as
//! a reader sees them. A page in which no article is found gives all its words, and says so.

use dom_smoothie::{Config, Readability};

use super::html::{self, Block, BlockKind, Metadata};
use super::text_builder::TextBuilder;
use super::{Diagnostic, DiagnosticCode, Document, DocumentKind, ReadError, SectionKind};
use super::{clean, language};

/// Reads a web page.
pub(super) fn read(content: &str) -> Result<Document, ReadError> {
    let page = html::parse(content)?;
    let metadata = html::metadata(&page);
    let shown = html::blocks(page.root());
    let heading = only_large_heading(&shown);
    let article = article(page)?;
    let found = article.is_some();
    let (title, blocks) = article.unwrap_or((String::new(), shown));
    let title = metadata.headline.clone().or(heading).unwrap_or(title);
    let mut document = write(&metadata, &title, blocks)?;
    if !found {
        document.diagnostics.push(Diagnostic {
            code: DiagnosticCode::NoArticle,
            message: "no article was found in the page; all its words were taken".to_owned(),
            line: None,
        });
    }
    Ok(document)
}

/// Elements that Readability looks at, at most.
const MAX_ELEMENTS: usize = 100_000;

/// Fewest characters of an article. Readability's own threshold is 500, below which it tries again with
/// less strict rules; what it then finds of a short report is taken down to this. A guess.
const MIN_ARTICLE_CHARS: usize = 80;

/// The title and blocks of the article in a page.
fn article(page: dom_query::Document) -> Result<Option<(String, Vec<Block>)>, ReadError> {
    let config = Config {
        max_elements_to_parse: MAX_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let Ok(mut readability) = Readability::with_document(page, None, Some(config)) else {
        return Ok(None);
    };
    let Ok(found) = readability.parse() else {
        return Ok(None);
    };
    let blocks = html::blocks(html::parse(&found.content)?.root());
    let chars: usize = blocks.iter().map(|block| block.words.chars().count()).sum();
    let enough = chars >= MIN_ARTICLE_CHARS;
    Ok(enough.then(|| (clean::tidy(&found.title), blocks)))
}

fn write(metadata: &Metadata, title: &str, blocks: Vec<Block>) -> Result<Document, ReadError> {
    let mut text = TextBuilder::default();
    text.push_line(SectionKind::Title, title);
    let authors = metadata.authors.join(", ");
    let byline = text.push_line(SectionKind::Byline, &authors);
    let mut said = false;
    for block in &blocks {
        if block.words == title || block.words == authors {
            continue;
        }
        text.end_block();
        text.push_line(SectionKind::Paragraph, &block.words);
        said = true;
    }
    if !said && title.is_empty() {
        return Err(ReadError::Empty);
    }
    let (text, sections) = text.finish();
    let stated = metadata.language.clone();
    Ok(Document {
        address: metadata.address.clone(),
        language: stated.unwrap_or_else(|| language::guess(&text).to_owned()),
        text,
        sections,
        dct: metadata.published,
        modified: metadata.modified,
        publisher: metadata.publisher.clone(),
        byline: Some(byline).filter(|byline| !byline.is_empty()),
        ..Document::empty(DocumentKind::Article)
    })
}

/// The words of the page's one heading of the first level; of several, one may be the site's name.
fn only_large_heading(shown: &[Block]) -> Option<String> {
    let is_large = |block: &&Block| block.kind == BlockKind::Heading(1);
    let mut headings = shown.iter().filter(is_large);
    let first = headings.next()?;
    headings.next().is_none().then(|| first.words.clone())
}

#[cfg(test)]
mod tests;
