//! Documents that an adversary wrote to be slow: every reader, and what looks for events in what was read,
//! takes time in proportion to the size, or refuses.
//!
//! `ANNALS_LINEAR_BYTES` is their size, 200,000 where it is not set; what took longest is printed.

use std::time::{Duration, Instant};

use annals::document::{Document, Format, Limits, discover, read};
use annals::extract::{Tagger, extract};

use crate::support::number_of;

/// A format, what makes its documents slow, and the document: a beginning, what is said again and
/// again, an end.
type Case = (Format, &'static str, [&'static str; 3]);

const PAGE: &str = "<!doctype html><title>x</title><body>";
const WIKI: &str = "{{Current events|year=2018|month=01|day=9|content=\n;Sport\n";
const YAML: &str = "Date: '2018-01-09'\nSource_URI: x\nIntelligence_Payload:\n  Sport:\n";
const ARCHIVE: &str = "Formats: [HTML](/news/2018/01/9/a.html)\n\n### [2018-01-9](/news/2018/01/9/index.md)\n\n# A ferry sinks\n\n";
const RSS: &str = "<rss version=\"2.0\"><channel><title>x</title>";

const CASES: &[Case] = {
    use Format::*;
    &[
        (WebPage, "deep", [PAGE, "<div>", ""]),
        (WebPage, "deep and closed", [PAGE, "<div><p>x</div>", ""]),
        (WebPage, "formatting left open", [PAGE, "<b><i><p>x", ""]),
        (WebPage, "links in links", [PAGE, "<a href=x>x", ""]),
        (WebPage, "misnested", [PAGE, "<b><p></b><i></p></i>", ""]),
        (WebPage, "tables in tables", [PAGE, "<table><tr><td>", ""]),
        (
            WebPage,
            "words fostered out of tables",
            [PAGE, "<table>x", ""],
        ),
        (
            WebPage,
            "attributes",
            ["<!doctype html><body ", "a=1 b ", ">x"],
        ),
        (WebPage, "a quote left open", [PAGE, "<a title=\"x ", ""]),
        (WebPage, "comments left open", [PAGE, "<!-- <", ""]),
        (WebPage, "less-than signs", [PAGE, "<", ""]),
        (WebPage, "references", [PAGE, "&amp&#1;&notit", ""]),
        (WebPage, "paragraphs", [PAGE, "<p>A ferry sank.</p>\n", ""]),
        (
            WebPage,
            "one paragraph",
            ["<!doctype html><p>", "A ferry sank. ", ""],
        ),
        (WebPage, "breaks", [PAGE, "x<br><br>", ""]),
        (WebPage, "list items", [PAGE, "<ul><li>x</li></ul>", ""]),
        (
            WebPage,
            "metas",
            ["<!doctype html>", "<meta name=author content=\"a b\">", ""],
        ),
        (
            WebPage,
            "scripts",
            [PAGE, "<script type=\"application/ld+json\">{}</script>", ""],
        ),
        (
            WebPage,
            "JSON-LD",
            [PAGE, "<script type=\"application/ld+json\">[{\"a\":", ""],
        ),
        (
            WebPage,
            "pictures",
            [
                PAGE,
                "<figure><img src=x><figcaption>x</figcaption></figure>",
                "",
            ],
        ),
        (WebPage, "headings", [PAGE, "<h1>x</h1><h2>y</h2>", ""]),
        (WebPage, "spaces", [PAGE, " \n\t", "x"]),
        (ArchiveHtml, "deep", [PAGE, "<ul><li>", ""]),
        (
            ArchiveHtml,
            "items",
            [PAGE, "<li><a href=/news/2018/01/9/a.md>x</a>", ""],
        ),
        (ArchiveHtml, "pre", [PAGE, "<pre>\n<p>", ""]),
        (ArchiveMarkdown, "one line", [ARCHIVE, "A ferry sank. ", ""]),
        (ArchiveMarkdown, "lines", [ARCHIVE, "x\n", ""]),
        (
            ArchiveMarkdown,
            "related",
            [ARCHIVE, "* [x](/news/2018/01/9/b.md) y\n", ""],
        ),
        (ArchiveMarkdown, "brackets", [ARCHIVE, "[", ""]),
        (
            ArchiveMarkdown,
            "brackets on lines",
            [ARCHIVE, "* [x](\n", ""],
        ),
        (
            ArchiveMarkdown,
            "brackets and addresses",
            [ARCHIVE, "[x](", ")"],
        ),
        (ArchiveMarkdown, "headings", [ARCHIVE, "#### x\n\n", ""]),
        (ArchiveMarkdown, "topics", [ARCHIVE, "##### x\n", ""]),
        (ArchiveMarkdown, "references", [ARCHIVE, "&amp;", ""]),
        (
            ArchiveJson,
            "deep",
            ["{\"url\": \"/news/2018/01/9/a.md\", \"a\": ", "[", ""],
        ),
        (
            ArchiveJson,
            "objects",
            [
                "{\"title\": \"x\", \"related\": [",
                "{\"title\":\"x\"},",
                "{}]}",
            ],
        ),
        (ArchiveJson, "one title", ["{\"title\": \"", "x ", "\"}"]),
        (ArchiveXml, "deep", ["<?xml version=\"1.0\"?>", "<a>", ""]),
        (
            ArchiveXml,
            "siblings",
            [
                "<?xml version=\"1.0\"?><page>",
                "<title>x</title>",
                "</page>",
            ],
        ),
        (
            ArchiveXml,
            "attributes",
            ["<?xml version=\"1.0\"?><page ", "a='1' ", "/>"],
        ),
        (
            ArchiveXml,
            "namespaces",
            ["<?xml version=\"1.0\"?><page>", "<x xmlns:a='b'>", ""],
        ),
        (
            ArchiveXml,
            "references",
            [
                "<?xml version=\"1.0\"?><page><title>",
                "&amp;&#65;",
                "</title></page>",
            ],
        ),
        (
            CurrentEvents,
            "bullets",
            [WIKI, "*A ferry sank. [http://x.example (X)]\n", "}}"],
        ),
        (CurrentEvents, "stars", [WIKI, "*", "x\n}}"]),
        (
            CurrentEvents,
            "deeper bullets",
            [WIKI, "*a\n**b\n***c\n", "}}"],
        ),
        (CurrentEvents, "links left open", [WIKI, "*[[a", "\n}}"]),
        (CurrentEvents, "links", [WIKI, "*[[a|b]][[c]]", "\n}}"]),
        (CurrentEvents, "templates left open", [WIKI, "{{a|", "\n}}"]),
        (CurrentEvents, "templates", [WIKI, "{{a}}", "\n}}"]),
        (
            CurrentEvents,
            "references left open",
            [WIKI, "*x<ref>", "\n}}"],
        ),
        (
            CurrentEvents,
            "addresses left open",
            [WIKI, "*[http://x ", "\n}}"],
        ),
        (CurrentEvents, "apostrophes", [WIKI, "'''", "\n}}"]),
        (CurrentEvents, "comments left open", [WIKI, "<!--", "\n}}"]),
        (
            CurrentEvents,
            "days",
            [
                "",
                "{{Current events|year=2018|month=01|day=9|content=\n*x\n}}\n",
                "",
            ],
        ),
        (CurrentEvents, "headings", [WIKI, ";x\n", "}}"]),
        (DailyYaml, "items", [YAML, "  - A ferry sank. (X)\n", ""]),
        (DailyYaml, "one item", [YAML, "  - A ferry sank. (X)", "\n"]),
        (DailyYaml, "deep", [YAML, "- ", "x"]),
        (DailyYaml, "flow", [YAML, "[", "x"]),
        (DailyYaml, "keys", ["Date: '2018-01-09'\n", "? ", "x"]),
        (DailyYaml, "anchors", [YAML, "  - &a x\n  - *a\n", ""]),
        (DailyYaml, "quotes", [YAML, "  - 'x\n", ""]),
        (DailyYaml, "brackets", [YAML, "  - (", "\n"]),
        (
            Feed,
            "items",
            [
                RSS,
                "<item><title>x</title><description>y</description></item>",
                "</channel></rss>",
            ],
        ),
        (Feed, "deep", [RSS, "<item>", ""]),
        (
            Feed,
            "one item",
            [
                "<rss version=\"2.0\"><channel><item><title>x</title><description>",
                "&lt;p>A ferry sank.",
                "</description></item></channel></rss>",
            ],
        ),
        (
            Feed,
            "CDATA",
            [
                RSS,
                "<item><title><![CDATA[x]]></title></item>",
                "</channel></rss>",
            ],
        ),
        (
            Feed,
            "attributes",
            ["<rss version=\"2.0\" ", "a='1' ", "><channel/></rss>"],
        ),
        (
            Feed,
            "JSON",
            [
                "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [",
                "{\"id\":\"1\",\"content_text\":\"x\"},",
                "{\"id\":\"2\"}]}",
            ],
        ),
        (
            Feed,
            "deep JSON",
            [
                "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": ",
                "[",
                "",
            ],
        ),
        (
            JsonLines,
            "one line",
            ["{\"text\": \"", "A ferry sank. ", "\"}"],
        ),
        (JsonLines, "deep", ["{\"text\": ", "[", ""]),
        (
            JsonLines,
            "escapes",
            ["{\"text\": \"", "\\ud83d\\ude00\\n", "\"}"],
        ),
        (JsonLines, "lines", ["", "{\"text\": \"x\"}\n", ""]),
        (Article, "one line", ["", "A ferry sank off Malta. ", ""]),
        (Article, "one word", ["", "a", ""]),
        (Article, "capital letters", ["", "A", ""]),
        (Article, "digits", ["", "1", ""]),
        (Article, "lines", ["", "a\n", ""]),
        (Article, "paragraphs", ["", "A ferry sank.\n\n", ""]),
        (Article, "blank lines", ["x", "\n", "x"]),
        (Article, "spaces", ["x", " ", "x"]),
        (Article, "full stops", ["x", ".", "x"]),
        (Article, "hyphens", ["x", "a-", "x"]),
        (
            Article,
            "bylines",
            ["Ferry sinks\n", "By Angela Merkel\n", ""],
        ),
        (Article, "names", ["", "Angela Merkel ", ""]),
        (Article, "names of places", ["", "Paris, Berlin, ", ""]),
        (Article, "initials", ["", "A. B. ", ""]),
        (Article, "dates", ["", "1 January 2018 ", ""]),
        (Article, "numbers", ["", "3 2018-01 12:30 ", ""]),
        (
            Article,
            "offices",
            ["", "President Ruiz met Berg. The president said no. ", ""],
        ),
        (
            Article,
            "dates in sentences",
            [
                "",
                "On Monday, 3 May 2017, Angela Merkel said a ferry sank. ",
                "",
            ],
        ),
        (
            Article,
            "spans of time",
            ["", "two days and three weeks ago ", ""],
        ),
        (Article, "quotation marks", ["", "\"", ""]),
        (
            Article,
            "quotations",
            ["", "\"A ferry sank,\" said Merkel. ", ""],
        ),
        (
            Article,
            "a quotation without an end",
            ["", "\u{201c}A ferry sank, said Merkel. ", ""],
        ),
        (Article, "brackets", ["", "(", ""]),
        (
            Article,
            "acronyms",
            ["", "World Health Organization (WHO) ", ""],
        ),
        (Article, "long acronyms", ["", "A B C D E F (ABCDEF", ""]),
        (
            Article,
            "lower-case words",
            ["", "the minister of the state ", ""],
        ),
        (Article, "Chinese", ["", "\u{4e2d}\u{570b}", ""]),
        (Article, "combining marks", ["", "e\u{301}\u{323}", ""]),
        (
            Article,
            "emoji",
            ["", "\u{1f468}\u{200d}\u{1f469}\u{200d}", ""],
        ),
        (Article, "carriage returns", ["", "a\r", ""]),
        (Article, "references", ["", "&amp;", ""]),
    ]
};

/// A document of some bytes.
fn document(parts: [&str; 3], bytes: usize) -> Vec<u8> {
    let [start, again, end] = parts;
    let times = bytes.saturating_sub(start.len() + end.len()) / again.len();
    format!("{start}{}{end}", again.repeat(times)).into_bytes()
}

/// Everything that can be read of some bytes, and how long that took.
fn reading(format: Format, bytes: Vec<u8>) -> (Vec<Document>, Duration) {
    let before = Instant::now();
    let found = discover(&["-".into()], &Limits::default())
        .with_stdin(std::io::Cursor::new(bytes))
        .with_format(Some(format));
    let documents = found.flatten().flat_map(|raw| read(&raw)).collect();
    (documents, before.elapsed())
}

fn extracting(documents: &[Document], tagger: &Tagger) -> Duration {
    let before = Instant::now();
    for document in documents {
        let _ = extract(document, tagger, &|_| true);
    }
    before.elapsed()
}

/// Stories that are long for their kind, of which much is told: what every stage after the readers works on.
const STORIES: [&str; 5] = [
    "President Ruiz met Berg. The president said no. ",
    "On Monday, 3 May 2017, Angela Merkel said in Berlin that a ferry sank off Malta. ",
    "\"A ferry sank on 3 May 2017,\" said Angela Merkel. ",
    "On 3 May 2017 a ferry sank off Malta, killing 12 people, Angela Merkel said.\n\n",
    // "May." may be an abbreviation: one sentence without an end.
    "Angela Merkel flew to Malta on 4 May 2017 with Theresa May. ",
];

/// How long it takes to make graph and index of one story of some bytes.
fn deriving(story: &str, bytes: usize) -> Duration {
    let text = document(["A ferry sank\n\n", story, ""], bytes);
    let before = Instant::now();
    let found = discover(&["-".into()], &Limits::default())
        .with_stdin(std::io::Cursor::new(text))
        .with_format(Some(Format::Article));
    let _ = annals::pipeline::in_memory(found).unwrap();
    before.elapsed()
}

/// Ten times the text may take ten times as long; where work grows with the square, it takes a hundred times. The bound
/// lies half-way between, by ratio, so that a busy machine may be three times slower in the one than in the other, in
/// each of five tries: the least of each is what the work itself takes.
#[test]
fn deriving_takes_time_in_proportion() {
    const TIMES: usize = 10;
    let bytes = number_of("ANNALS_LINEAR_BYTES").unwrap_or(600_000);
    for story in STORIES {
        let _ = deriving(story, 1000);
        let (mut short, mut long) = (Duration::MAX, Duration::MAX);
        let is_in_proportion = (0..5).any(|_| {
            short = short.min(deriving(story, bytes / TIMES));
            long = long.min(deriving(story, bytes));
            long.div_duration_f64(short) <= (TIMES as f64).powf(1.5)
        });
        assert!(is_in_proportion, "{story}: {short:?}, {long:?}");
    }
}

/// Work that grows with the square of the size takes minutes at this size, work in proportion a few
/// seconds without optimisation on a busy machine.
fn most(bytes: usize) -> Duration {
    Duration::from_secs(10) + Duration::from_secs(10).mul_f64(bytes as f64 / 1_000_000.0)
}

#[test]
#[expect(clippy::print_stdout, reason = "a long run reports what it did")]
fn nothing_takes_longer_than_its_size_allows() {
    let asked = number_of("ANNALS_LINEAR_BYTES");
    let bytes = asked.unwrap_or(200_000);
    let wanted = std::env::var("ANNALS_LINEAR_CASES").unwrap_or_default();
    let tagger = Tagger::shipped();
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    let mut slow = Vec::new();
    for (format, name, parts) in CASES {
        let name = format!("{} of {name}", format.name());
        if !name.contains(&wanted) {
            continue;
        }
        let (documents, read) = reading(*format, document(*parts, bytes));
        let extracted = extracting(&documents, tagger);
        if asked.is_some() {
            println!(
                "{read:9.2?} {extracted:9.2?} {:6} documents {name}",
                documents.len()
            );
        }
        for (what, took) in [("reading", read), ("extracting from", extracted)] {
            if took > most(bytes) {
                slow.push(format!("{what} {name} took {took:?}"));
            }
            slowest.push((took, format!("{what} {name}")));
        }
    }
    slowest.sort();
    println!("{bytes} bytes each; slowest: {:#?}", slowest.last());
    assert!(slow.is_empty(), "{slow:#?}");
}
