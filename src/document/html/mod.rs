//! HTML in, blocks of readable words out: what web pages, feeds and the archive's HTML pages have in
//! common. Nothing is fetched and no script is run; what the page hides is left out.

mod blocks;
mod guard;
mod json_ld;
mod metadata;

pub(super) use blocks::{Block, BlockKind, blocks};
pub(super) use guard::parse;
pub(super) use metadata::{Metadata, metadata};

/// The readable text of a piece of HTML, a paragraph a block.
pub(super) fn text(html: &str) -> Result<String, super::ReadError> {
    let document = parse(html)?;
    let blocks = blocks(document.root());
    let words: Vec<String> = blocks.into_iter().map(|block| block.words).collect();
    Ok(words.join("\n\n"))
}
