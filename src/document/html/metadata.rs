//! What a page says of itself in its head and markup. Sources in the order they are trusted: JSON-LD,
//! OpenGraph and `article:` properties, other `<meta>` names in use, microdata, `<time>`, a date in the
//! page's own address. A date of change is never taken for the date of publication.

use std::sync::LazyLock;

use dom_query::Document;
use jiff::civil::Date;
use regex::Regex;

use super::json_ld;
use crate::document::{clean, written_date};

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::document) struct Metadata {
    pub(in crate::document) headline: Option<String>,
    pub(in crate::document) published: Option<Date>,
    pub(in crate::document) modified: Option<Date>,
    pub(in crate::document) authors: Vec<String>,
    pub(in crate::document) publisher: Option<String>,
    /// The page's own address: absolute, `http` or `https`.
    pub(in crate::document) address: Option<String>,
    pub(in crate::document) language: Option<String>,
}

/// Names and properties of `<meta>`, most trusted first.
const HEADLINE: &[&str] = &[
    "og:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
];
const AUTHOR: &[&str] = &[
    "article:author",
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
];
const PUBLISHER: &[&str] = &[
    "og:site_name",
    "article:publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
];
const ADDRESS: &[&str] = &["og:url", "parsely-link", "twitter:url"];

/// Reads what a page says of itself.
pub(in crate::document) fn metadata(page: &Document) -> Metadata {
    let linked = json_ld::metadata(page);
    let meta = Metas::of(page);
    let canonical = attribute(page, "link[rel='canonical']", "href");
    let address = [linked.address.clone(), canonical, meta.first(ADDRESS)];
    let address = address
        .into_iter()
        .flatten()
        .find_map(|found| web_address(&found));
    let published = linked
        .published
        .or_else(|| meta.date(PUBLISHED))
        .or_else(|| date_at(page, "[itemprop='datePublished']"))
        .or_else(|| date_of_time(page))
        .or_else(|| address.as_deref().and_then(date_of_address));
    let modified = linked
        .modified
        .or_else(|| meta.date(MODIFIED))
        .or_else(|| date_at(page, "[itemprop='dateModified']"));
    let authors = Some(linked.authors).filter(|names| !names.is_empty());
    let heading = || text_at(page, "h1[itemprop='headline'], [itemprop='headline'] h1");
    Metadata {
        headline: linked
            .headline
            .or_else(|| meta.first(HEADLINE))
            .or_else(heading),
        published,
        modified,
        authors: authors.unwrap_or_else(|| authors_of_page(page, &meta)),
        publisher: linked
            .publisher
            .or_else(|| meta.first(PUBLISHER).filter(|n| is_name(n))),
        address,
        language: attribute(page, "html", "lang").and_then(|tag| language_tag(&tag)),
    }
}

/// The `<meta>`s of a page: lower-case name or property, content.
struct Metas(Vec<(String, String)>);

/// Most `<meta>`s looked at.
const MAX_METAS: usize = 500;

impl Metas {
    fn of(page: &Document) -> Self {
        let nodes = page.select("meta[content]");
        let metas = nodes.nodes().iter().take(MAX_METAS).filter_map(|node| {
            let name = node.attr("property").or_else(|| node.attr("name"))?;
            let content = clean::inline(&node.attr("content")?);
            (!content.is_empty()).then(|| (name.trim().to_ascii_lowercase(), content))
        });
        Self(metas.collect())
    }

    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|wanted| {
            let found = self.0.iter().filter(move |(name, _)| name == wanted);
            found.map(|(_, content)| content.as_str())
        })
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).next().map(str::to_owned)
    }

    fn date(&self, names: &[&str]) -> Option<Date> {
        self.all(names).find_map(date)
    }
}

/// The day that a written date names, in the zone it is written in.
pub(super) fn date(written: &str) -> Option<Date> {
    written_date::find(written).map(|(_, date)| date)
}

fn authors_of_page(page: &Document, meta: &Metas) -> Vec<String> {
    let named: Vec<String> = meta
        .all(AUTHOR)
        .filter(|name| is_name(name))
        .map(str::to_owned)
        .collect();
    if let Some(first) = named.into_iter().next() {
        return vec![first];
    }
    let marked = text_at(
        page,
        "[itemprop='author'] [itemprop='name'], [itemprop='author'], a[rel='author']",
    );
    marked.filter(|name| is_name(name)).into_iter().collect()
}

/// Longest name of an author or publisher, in characters. A guess.
const MAX_NAME_CHARS: usize = 100;

/// Whether words can be somebody's name: no address, no handle, not endless.
pub(super) fn is_name(words: &str) -> bool {
    (1..=MAX_NAME_CHARS).contains(&words.chars().count())
        && !words.contains("://")
        && !words.starts_with('@')
        && words.chars().any(char::is_alphabetic)
}

/// The date of an element: its `datetime` or `content`, else its words.
fn date_at(page: &Document, selector: &str) -> Option<Date> {
    let nodes = page.select(selector);
    nodes.nodes().iter().take(8).find_map(|node| {
        let written = node.attr("datetime").or_else(|| node.attr("content"));
        date(&written.unwrap_or_else(|| node.text()))
    })
}

/// The date of `<time>`: of one that says it is of publication, or of the only one.
fn date_of_time(page: &Document) -> Option<Date> {
    let said = date_at(
        page,
        "time[pubdate], time[class*='publish'], time[class*='pubdate']",
    );
    said.or_else(|| {
        let times = page.select("time[datetime]");
        let is_change = |class: &str| class.contains("modif") || class.contains("updat");
        let only = times.nodes().first().filter(|_| times.length() == 1)?;
        let class = only.attr("class").unwrap_or_default().to_ascii_lowercase();
        date(&only.attr("datetime")?).filter(|_| !is_change(&class))
    })
}

/// A day in the folders of an address: `/2018/01/09/`, `/2018-01-09/`.
fn date_of_address(address: &str) -> Option<Date> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)").expect("tested pattern")
    });
    let found = DAY.captures(address)?;
    Date::new(
        found[1].parse().ok()?,
        found[2].parse().ok()?,
        found[3].parse().ok()?,
    )
    .ok()
}

pub(super) fn web_address(address: &str) -> Option<String> {
    let address = clean::strip(address.trim()).into_owned();
    let start = address.get(..8)?.to_ascii_lowercase();
    let is_web = start.starts_with("http://") || start.starts_with("https://");
    (is_web && !address.contains(char::is_whitespace)).then_some(address)
}

/// A well-formed language tag (BCP 47, loosely), its region dropped: later stages know languages.
fn language_tag(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?;
    let fits = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    fits.then(|| first.to_ascii_lowercase())
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    let found = page.select_single(selector).attr(name)?;
    let found = clean::inline(&found);
    (!found.is_empty()).then_some(found)
}

fn text_at(page: &Document, selector: &str) -> Option<String> {
    let words = clean::inline(&page.select_single(selector).text());
    (!words.is_empty()).then_some(words)
}
