//! The formats Annals reads, and how one is told from another. Guessing lives here and nowhere else.

use serde::{Deserialize, Serialize};

/// A format that documents are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A page of the Offstream archive: an event or the index of a day.
    ArchiveMarkdown,
    /// Plain text of one article.
    Article,
    /// One JSON document a line.
    JsonLines,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::ArchiveMarkdown, Self::Article, Self::JsonLines];

    /// Its name in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ArchiveMarkdown => "archive page",
            Self::Article => "article",
            Self::JsonLines => "JSON lines",
        }
    }

    /// File extensions it usually has, without the dot, lower case.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::ArchiveMarkdown => &["md", "markdown"],
            Self::Article => &["txt", "text"],
            Self::JsonLines => &["jsonl", "ndjson", "json"],
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::ArchiveMarkdown => "text/markdown",
            Self::Article => "text/plain",
            Self::JsonLines => "application/x-ndjson",
        }
    }

    /// The format of a file by its path and the first bytes of its content.
    ///
    /// Content decides between an archive page and an article, whatever the extension: archive pages
    /// are often saved as `.txt`. A JSON extension, or a `{` as the first byte of a file whose
    /// extension says nothing, means JSON lines.
    #[must_use]
    pub fn detect(path: &str, bytes: &[u8]) -> Self {
        let extension = extension(path);
        let of = |format: Self| format.extensions().contains(&extension.as_str());
        let start = bytes
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(bytes)
            .trim_ascii_start();
        let says_text = of(Self::ArchiveMarkdown) || of(Self::Article);
        if of(Self::JsonLines) || (start.starts_with(b"{\"") && !says_text) {
            Self::JsonLines
        } else if starts_archive_page(start) {
            Self::ArchiveMarkdown
        } else {
            Self::Article
        }
    }

    /// Whether some format usually has this path's extension.
    pub(super) fn knows_extension_of(path: &str) -> bool {
        let extension = extension(path);
        extension.is_empty()
            || Self::ALL
                .iter()
                .any(|f| f.extensions().contains(&extension.as_str()))
    }
}

/// The extension of a path without its dot, in lower case; empty when there is none.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    extension.map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// Whether a content, white space before it gone, begins as an archive page does: a Formats line or
/// section, or the heading that links the day. A page cut short inside these words counts too.
fn starts_archive_page(start: &[u8]) -> bool {
    const FORMATS: [&[u8]; 2] = [b"Formats: [HTML](", b"### Formats:"];
    if FORMATS
        .iter()
        .any(|words| start.starts_with(words) || is_cut(words, start))
    {
        return true;
    }
    let heading = start
        .strip_prefix(b"### [")
        .or_else(|| start.strip_prefix(b"## ["));
    match heading {
        Some(rest) => {
            rest.iter().take(4).all(u8::is_ascii_digit)
                && rest.get(4).is_none_or(|byte| *byte == b'-')
        }
        None => is_cut(b"### [", start),
    }
}

/// Whether a whole content is the beginning of some words.
fn is_cut(words: &[u8], content: &[u8]) -> bool {
    !content.is_empty() && words.starts_with(content.trim_ascii_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_extension_decide() {
        let cases: [(&str, &str, Format); 14] = [
            (
                "a.txt",
                "\n\nFormats: [HTML](/news/2018/01/9/a.html)",
                Format::ArchiveMarkdown,
            ),
            (
                "a.txt",
                "### [2018-01-9](/news/2018/01/9/index.md)\n",
                Format::ArchiveMarkdown,
            ),
            ("a.md", "## [2018-01-9](/news", Format::ArchiveMarkdown),
            (
                "a",
                "\u{feff}### Formats:\n\n* [HTML](/",
                Format::ArchiveMarkdown,
            ),
            ("a.txt", "Form", Format::ArchiveMarkdown),
            ("a.md", "### [20", Format::ArchiveMarkdown),
            ("a.md", "# A report\n\nWords.", Format::Article),
            ("a.md", "## [Notes](x)\n", Format::Article),
            ("a.txt", "Ferry sinks\n", Format::Article),
            ("a.jsonl", "", Format::JsonLines),
            ("a.NDJSON", "x", Format::JsonLines),
            ("-", "{\"text\": \"x\"}", Format::JsonLines),
            ("a.txt", "{\"text\": \"x\"}", Format::Article),
            ("news.v1/a", "Words", Format::Article),
        ];
        for (path, content, expected) in cases {
            assert_eq!(
                Format::detect(path, content.as_bytes()),
                expected,
                "{path}: {content}"
            );
        }
    }
}
