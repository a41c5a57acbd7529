//! The formats Annals reads, and how one is told from another. Guessing lives here and nowhere else.

use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::{Deserialize, Serialize};

/// A format that documents are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A page of the Offstream archive: an event or the index of a day.
    ArchiveMarkdown,
    /// The same page as HTML.
    ArchiveHtml,
    /// The same page as JSON.
    ArchiveJson,
    /// The same page as XML.
    ArchiveXml,
    /// A day of Wikipedia's Current Events as wikitext.
    CurrentEvents,
    /// A day of events as YAML.
    DailyYaml,
    /// An article as a web page.
    WebPage,
    /// An entry of an RSS or Atom feed or a JSON Feed.
    Feed,
    /// Plain text of one article.
    Article,
    /// One JSON document a line.
    JsonLines,
}

/// What there is to know of a format.
struct Facts {
    name: &'static str,
    extensions: &'static [&'static str],
    media_type: &'static str,
    recognized_by: &'static str,
    reads: &'static str,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 10] = [
        Self::ArchiveMarkdown,
        Self::ArchiveHtml,
        Self::ArchiveJson,
        Self::ArchiveXml,
        Self::CurrentEvents,
        Self::DailyYaml,
        Self::WebPage,
        Self::Feed,
        Self::Article,
        Self::JsonLines,
    ];

    const fn facts(self) -> Facts {
        match self {
            Self::ArchiveMarkdown => Facts {
                name: "archive-markdown",
                extensions: &["md", "markdown"],
                media_type: "text/markdown",
                recognized_by: "a Formats line or a heading that links the day, at the top",
                reads: "title, summary, topic, sources, versions, related items; day indexes",
            },
            Self::ArchiveHtml => Facts {
                name: "archive-html",
                extensions: &["html", "htm"],
                media_type: "text/html",
                recognized_by: "HTML with a heading that links a day of the archive",
                reads: "as archive-markdown, by headings, lists and links",
            },
            Self::ArchiveJson => Facts {
                name: "archive-json",
                extensions: &["json"],
                media_type: "application/json",
                recognized_by: "an object without \"text\", with addresses or a path news/YYYY/MM/D/",
                reads: "as archive-markdown, by a table of field names; others are reported",
            },
            Self::ArchiveXml => Facts {
                name: "archive-xml",
                extensions: &["xml"],
                media_type: "application/xml",
                recognized_by: "XML that is no feed, with addresses or a path news/YYYY/MM/D/",
                reads: "as archive-json, elements and attributes being the fields",
            },
            Self::CurrentEvents => Facts {
                name: "current-events",
                extensions: &["wiki", "wikitext", "mediawiki"],
                media_type: "text/x-wiki",
                recognized_by: "{{Current events|…}} near the top",
                reads: "the day, and each event with headings, linked names and sources",
            },
            Self::DailyYaml => Facts {
                name: "daily-yaml",
                extensions: &["yaml", "yml"],
                media_type: "application/yaml",
                recognized_by: "its extension, or a date and a list of events at the top",
                reads: "the day, and each event with headings and the names of sources",
            },
            Self::WebPage => Facts {
                name: "web-page",
                extensions: &["html", "htm", "xhtml"],
                media_type: "text/html",
                recognized_by: "<!doctype html> or <html>, or its extension",
                reads: "the article; headline, dates, author, publisher from JSON-LD, OpenGraph, meta",
            },
            Self::Feed => Facts {
                name: "feed",
                extensions: &["rss", "atom", "rdf", "xml", "json"],
                media_type: "application/rss+xml",
                recognized_by: "the root element of RSS or Atom, or JSON Feed's version",
                reads: "each entry as a document: title, text, date, author, address",
            },
            Self::Article => Facts {
                name: "text",
                extensions: &["txt", "text"],
                media_type: "text/plain",
                recognized_by: "anything that is no other format",
                reads: "headline, byline, date line, paragraphs; page furniture is set aside",
            },
            Self::JsonLines => Facts {
                name: "jsonl",
                extensions: &["jsonl", "ndjson", "json"],
                media_type: "application/x-ndjson",
                recognized_by: "its extension, or {\" as the first bytes",
                reads: "{\"id\",\"text\",\"title\"?,\"dct\"?,\"url\"?,\"language\"?} a line; a .json file may hold one or an array",
            },
        }
    }

    /// Its stable name, as `annals ingest --input-format` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The format of a name.
    ///
    /// ```
    /// use annals::document::Format;
    ///
    /// assert_eq!(Format::of_name("web-page"), Some(Format::WebPage));
    /// assert_eq!(Format::of_name("pdf"), None);
    /// ```
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// File extensions it usually has, without the dot, lower case.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        self.facts().extensions
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        self.facts().media_type
    }

    /// How it is recognized, in words.
    #[must_use]
    pub const fn recognized_by(self) -> &'static str {
        self.facts().recognized_by
    }

    /// What is read of it, in words.
    #[must_use]
    pub const fn reads(self) -> &'static str {
        self.facts().reads
    }

    /// Whether its files are UTF-8 by definition, so that other bytes are damage.
    pub(super) const fn is_always_utf8(self) -> bool {
        matches!(
            self,
            Self::ArchiveMarkdown
                | Self::ArchiveJson
                | Self::CurrentEvents
                | Self::DailyYaml
                | Self::JsonLines
        )
    }

    /// The format of a file by its path and the first bytes of its content.
    ///
    /// Content decides where it is telling, whatever the extension: archive pages are often saved as
    /// `.txt`. Otherwise the extension does; what neither tells is an article. `None` for XML that is
    /// no known document.
    #[must_use]
    pub fn detect(path: &str, bytes: &[u8]) -> Option<Self> {
        let extension = extension(path);
        let has = |format: Self| format.extensions().contains(&extension.as_str());
        let start = bytes
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(bytes)
            .trim_ascii_start();
        let says_text = has(Self::ArchiveMarkdown) || has(Self::Article);
        if has(Self::JsonLines) || (start.starts_with(b"{\"") && !says_text) {
            return Some(json(path, &extension, start));
        }
        if let Some(root) = xml_root(start) {
            return xml(path, &root, start);
        }
        if starts_html(start) || has(Self::WebPage) {
            return Some(html(path, start));
        }
        if starts_archive_page(start) {
            Some(Self::ArchiveMarkdown)
        } else if has(Self::CurrentEvents) || (!has(Self::DailyYaml) && WIKITEXT.is_match(start)) {
            Some(Self::CurrentEvents)
        } else if has(Self::DailyYaml) || DAILY.is_match(start) {
            Some(Self::DailyYaml)
        } else {
            Some(Self::Article)
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

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("tested pattern")
}

/// A template of a Current Events day or of the header that older days have.
static WIKITEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i-u)\{\{\s*current events(?: header)?\s*\|"));

/// A date and the key of the events, on lines of their own.
static DAILY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s-u)^[Dd]ate: .{0,2000}\n(?:Intelligence_Payload|events):"));

/// An address of the archive.
static ARCHIVE_ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u)(?:^|/)news/[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}/"));

/// A heading of HTML that links the index of a day.
static ARCHIVE_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?is-u)<h[23][^>]{0,200}>\s*<a[^>]{0,200}/news/[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}/(?:index\.[a-z]+|["'])"#,
    )
});

static JSON_FEED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?-u)"version"\s*:\s*"https?://jsonfeed\.org/version/"#));

static TEXT_FIELD: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?-u)"text"\s*:"#));

fn json(path: &str, extension: &str, start: &[u8]) -> Format {
    let is_lines = matches!(extension, "jsonl" | "ndjson");
    let of_archive = ARCHIVE_ADDRESS.is_match(path.as_bytes()) || ARCHIVE_ADDRESS.is_match(start);
    if start.starts_with(b"{") && JSON_FEED.is_match(start) {
        Format::Feed
    } else if start.starts_with(b"{") && !is_lines && of_archive && !TEXT_FIELD.is_match(start) {
        Format::ArchiveJson
    } else {
        Format::JsonLines
    }
}

/// The local name of the first element of XML, in lower case; `None` for what is no XML, or HTML.
fn xml_root(start: &[u8]) -> Option<String> {
    static ROOT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?s-u)^(?:<\?.*?\?>|<!--.*?-->|<![^>]*>|\s)*<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)",
        )
    });
    let declared = start.starts_with(b"<?xml");
    let name = ROOT.captures(start)?.get(1)?.as_bytes();
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    (declared || matches!(name.as_str(), "rss" | "feed" | "rdf")).then_some(name)
}

fn xml(path: &str, root: &str, start: &[u8]) -> Option<Format> {
    let of_archive = ARCHIVE_ADDRESS.is_match(path.as_bytes()) || ARCHIVE_ADDRESS.is_match(start);
    match root {
        "rss" | "feed" | "rdf" | "entry" => Some(Format::Feed),
        "html" => Some(html(path, start)),
        _ if of_archive => Some(Format::ArchiveXml),
        _ => None,
    }
}

/// Whether a content begins as an HTML page does, comments before it gone.
fn starts_html(start: &[u8]) -> bool {
    static HTML: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?is-u)^(?:<!--.*?-->|\s)*<(?:!doctype html|html|head|body)\b"));
    HTML.is_match(start)
}

fn html(path: &str, start: &[u8]) -> Format {
    let of_archive = extension(path) != "md" && ARCHIVE_ADDRESS.is_match(path.as_bytes());
    if of_archive || ARCHIVE_HEADING.is_match(start) {
        Format::ArchiveHtml
    } else {
        Format::WebPage
    }
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
    fn names_are_unique() {
        for format in Format::ALL {
            assert_eq!(Format::of_name(format.name()), Some(format));
        }
    }

    #[test]
    fn content_and_extension_decide() {
        use Format::*;
        let day = "<h3><a href=\"/news/2018/01/9/index.html\">2018-01-9</a></h3>";
        let page = format!("<!doctype html><title>x</title>{day}");
        let cases: &[(&str, &str, Option<Format>)] = &[
            (
                "a.txt",
                "\n\nFormats: [HTML](/news/2018/01/9/a.html)",
                Some(ArchiveMarkdown),
            ),
            (
                "a.txt",
                "### [2018-01-9](/news/2018/01/9/index.md)\n",
                Some(ArchiveMarkdown),
            ),
            ("a.md", "## [2018-01-9](/news", Some(ArchiveMarkdown)),
            (
                "a",
                "\u{feff}### Formats:\n\n* [HTML](/",
                Some(ArchiveMarkdown),
            ),
            ("a.txt", "Form", Some(ArchiveMarkdown)),
            ("a.md", "### [20", Some(ArchiveMarkdown)),
            ("a.md", "# A report\n\nWords.", Some(Article)),
            ("a.md", "## [Notes](x)\n", Some(Article)),
            ("a.txt", "Ferry sinks\n", Some(Article)),
            ("a.jsonl", "", Some(JsonLines)),
            ("a.NDJSON", "x", Some(JsonLines)),
            ("-", "{\"text\": \"x\"}", Some(JsonLines)),
            ("a.txt", "{\"text\": \"x\"}", Some(Article)),
            ("news.v1/a", "Words", Some(Article)),
            (
                "a.json",
                "{\"version\": \"https://jsonfeed.org/version/1.1\"",
                Some(Feed),
            ),
            (
                "news/2018/01/9/a.json",
                "{\"title\": \"x\"}",
                Some(ArchiveJson),
            ),
            (
                "a.json",
                "{\"url\": \"/news/2018/01/9/a.md\"}",
                Some(ArchiveJson),
            ),
            (
                "a.json",
                "{\"url\": \"/news/2018/01/9/a.md\", \"text\": \"x\"}",
                Some(JsonLines),
            ),
            (
                "a.json",
                "[{\"url\": \"/news/2018/01/9/a.md\"}]",
                Some(JsonLines),
            ),
            (
                "a.xml",
                "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">",
                Some(Feed),
            ),
            (
                "a",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
                Some(Feed),
            ),
            ("a.xml", "<?xml version=\"1.0\"?><rdf:RDF>", Some(Feed)),
            (
                "news/2018/01/9/a.xml",
                "<?xml version=\"1.0\"?><page>",
                Some(ArchiveXml),
            ),
            ("a.xml", "<?xml version=\"1.0\"?><svg>", None),
            ("a.html", &page, Some(ArchiveHtml)),
            ("zh/news/2018/01/9/a.html", "<html>", Some(ArchiveHtml)),
            ("a.html", "<p>Words", Some(WebPage)),
            (
                "a.txt",
                "<!-- saved -->\n<!DOCTYPE HTML PUBLIC",
                Some(WebPage),
            ),
            (
                "a.xhtml",
                "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html>",
                Some(WebPage),
            ),
            (
                "day.txt",
                "{{Current events|year=2018|month=01",
                Some(CurrentEvents),
            ),
            ("day.wiki", "* Words", Some(CurrentEvents)),
            (
                "d.txt",
                "Date: '2018-01-01'\nSource_URI: x\nIntelligence_Payload:\n",
                Some(DailyYaml),
            ),
            ("d.yaml", "x: 1", Some(DailyYaml)),
        ];
        for (path, content, expected) in cases {
            assert_eq!(
                Format::detect(path, content.as_bytes()),
                *expected,
                "{path}: {content}"
            );
        }
    }
}
