//! Every format and container from a file to a timeline, and hostile words through each of them.

use std::io::{Cursor, Write};

use oxigraph::io::RdfFormat;
use serde_json::Value;

use crate::support::{Sandbox, statements, strings, xml_elements};

/// The seeds of the fuzzer are a small document of every format.
fn seed(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Ingests a folder without refusals.
fn ingest(sandbox: &Sandbox, path: &str, documents: usize) {
    let report = sandbox
        .annals(&["ingest", path, "--format", "json"])
        .without_panic()
        .exits(0)
        .json();
    assert_eq!(report["documents"]["new"], documents, "{report:#}");
}

#[test]
fn every_format_becomes_a_timeline() {
    let cases = [
        (
            "news/2018/01/9/a-ferry-sinks.html",
            "archive_html/page.html",
            "A ferry sinks off Malta.",
        ),
        (
            "news/2018/01/9/a-ferry-sinks.json",
            "archive_json/page.json",
            "A ferry sinks off Malta.",
        ),
        (
            "news/2018/01/9/a-ferry-sinks.xml",
            "archive_xml/page.xml",
            "A ferry sinks off Malta.",
        ),
        (
            "day.wiki",
            "current_events/day.wiki",
            "A ferry sinks off Malta; 12 are missing.",
        ),
        (
            "day.yaml",
            "daily_yaml/flat.yaml",
            "A ferry sinks off Malta; 12 are missing.",
        ),
        ("article.html", "web_page/article.html", "A ferry"),
        ("feed.atom", "feed/atom", "A ferry"),
        ("feed.rss", "feed/rss", "A ferry sinks & 12 are missing"),
        ("feed.json", "feed/json", "A ferry sinks"),
    ];
    for (name, file, title) in cases {
        let sandbox = Sandbox::new();
        sandbox.write(&format!("in/{name}"), seed(file));
        sandbox.annals(&["ingest", "in"]).without_panic().exits(0);
        let entries = sandbox
            .annals(&["timeline", "ferry 2018", "--format", "json"])
            .exits(0)
            .json();
        let titles = strings(&entries, "title");
        let place = titles.iter().position(|found| *found == title);
        let place = place.unwrap_or_else(|| panic!("{name}: {titles:?}"));
        assert_eq!(entries[place]["date"], "2018-01-09", "{name}");
        sandbox.annals(&["validate"]).exits(0);
        sandbox
            .annals(&["ingest", "in"])
            .exits(0)
            .json_is_unchanged(&sandbox);
    }
}

/// Asserts that reading everything again changed nothing.
trait Unchanged {
    fn json_is_unchanged(self, sandbox: &Sandbox);
}

impl Unchanged for crate::support::Outcome {
    fn json_is_unchanged(self, sandbox: &Sandbox) {
        let again = sandbox
            .annals(&["ingest", "in", "--format", "json"])
            .exits(0)
            .json();
        assert_eq!(
            (&again["documents"]["new"], &again["documents"]["changed"]),
            (&0.into(), &0.into()),
            "{again:#}"
        );
    }
}

#[test]
fn a_day_gives_events_with_headings_and_sources() {
    let sandbox = Sandbox::new();
    sandbox.write("in/day.wiki", seed("current_events/day.wiki"));
    ingest(&sandbox, "in", 1);
    let sources = sandbox.column(
        "SELECT ?name { ?source annals:citedFor ?event ; rdfs:label ?name . ?event rdfs:label ?title . \
         FILTER(CONTAINS(?title, \"Old Harbour\")) } ORDER BY ?name",
    );
    assert_eq!(sources, ["Radio", "The Times"]);
    let topics = sandbox.column(
        "SELECT ?name { ?event annals:topic ?topic ; rdfs:label ?title . ?topic rdfs:label|skos:prefLabel ?name . \
         FILTER(CONTAINS(?title, \"Old Harbour\")) } ORDER BY ?name",
    );
    for topic in ["Armed conflicts and attacks", "Norland civil war"] {
        assert!(topics.iter().any(|name| name == topic), "{topics:?}");
    }
}

#[test]
fn a_timeline_names_the_sources_of_a_days_item() {
    let sandbox = Sandbox::new();
    sandbox.write("in/day.wiki", seed("current_events/day.wiki"));
    ingest(&sandbox, "in", 1);
    let entries = sandbox
        .annals(&["timeline", "Old Harbour", "--format", "json"])
        .exits(0)
        .json();
    let harbour = &entries.as_array().unwrap()[0];
    assert_eq!(
        strings(&harbour["sources"], "name"),
        ["Radio", "The Times"],
        "{harbour:#}"
    );
    let urls = strings(&harbour["sources"], "url");
    assert_eq!(
        urls,
        ["https://radio.example/2", "http://times.example/1?a=1&b=2"]
    );
}

#[test]
fn one_happening_in_two_layouts_is_one_event() {
    let sandbox = Sandbox::new();
    sandbox.write("in/day.wiki", seed("current_events/day.wiki"));
    sandbox.write("in/day.yaml", seed("daily_yaml/flat.yaml"));
    // Both are contents of one page of Wikipedia, so the second counts as changed.
    sandbox.annals(&["ingest", "in"]).exits(0);
    let ferries = sandbox.column("SELECT DISTINCT ?e { ?e a annals:Event ; rdfs:label ?t . FILTER(CONTAINS(?t, \"ferry\")) }");
    assert_eq!(ferries.len(), 1, "{ferries:?}");
}

fn tar_gz(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let mut builder = tar::Builder::new(encoder);
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, name, Cursor::new(content))
            .unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

fn zip_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_archive_gives_the_same_graph_as_its_folder() {
    let files = [
        (
            "news/2018/01/9/a-ferry-sinks.md",
            seed("archive_markdown/full.md"),
        ),
        ("day.wiki", seed("current_events/day.wiki")),
        ("feed.rss", seed("feed/rss")),
        ("wire.jsonl", seed("jsonl/lines.jsonl")),
    ];
    let folder = Sandbox::new();
    for (name, content) in &files {
        folder.write(&format!("in/{name}"), content);
    }
    folder.annals(&["ingest", "in"]).exits(0);
    for (name, bytes) in [("in.tar.gz", tar_gz(&files)), ("in.zip", zip_of(&files))] {
        let archive = Sandbox::new();
        archive.write(name, &bytes);
        archive.annals(&["ingest", name]).exits(0);
        assert_eq!(archive.quads(), folder.quads(), "{name}");
        let piped = Sandbox::new();
        piped.annals_reading(bytes, &["ingest", "-"]).exits(0);
        assert_eq!(piped.quads(), folder.quads(), "{name} through a pipe");
    }
}

#[test]
fn a_bad_member_is_refused_by_its_name() {
    let sandbox = Sandbox::new();
    let files = [
        ("a.txt", b"Ferry sinks off Malta\n".to_vec()),
        ("b/bad.txt", b"\0".to_vec()),
    ];
    sandbox.write("in.tar.gz", tar_gz(&files));
    sandbox
        .annals(&["ingest", "in.tar.gz"])
        .exits(3)
        .says("in.tar.gz!/b/bad.txt: is a binary file");
}

#[test]
fn formats_are_listed_and_can_be_named() {
    let sandbox = Sandbox::new();
    let list = sandbox
        .annals(&["formats", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(list.as_array().unwrap().len(), 10);
    sandbox.write("page.txt", "<p>Angela Merkel visited Paris on 3 May 2017.");
    sandbox
        .annals(&["ingest", "page.txt", "--input-format", "web-page"])
        .exits(0);
    let title = sandbox.column("SELECT ?t { ?d a annals:Document ; dcterms:title ?t }");
    assert_eq!(title, ["Angela Merkel visited Paris on 3 May 2017."]);
    sandbox
        .annals(&["ingest", "page.txt", "--input-format", "pdf"])
        .exits(2)
        .says("web-page");
}

#[test]
fn a_text_of_another_charset_is_read() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "a.txt",
        b"Angela Merkel visited the caf\xe9 in Paris on 3 May 2017.\n",
    );
    ingest(&sandbox, "a.txt", 1);
    let title = sandbox.column("SELECT ?t { ?d a annals:Document ; dcterms:title ?t }");
    assert!(title[0].contains("café"), "{title:?}");
}

/// Words that break formats apart when they are not escaped, and words that steer who shows them.
const HOSTILE: [&str; 30] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</title></svg>-->",
    "]]><![CDATA[",
    "&lt;b&gt; &amp;amp; &#x1b;[2J",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{9b}31m",
    "\u{202e}gnp.exe\u{2066}",
    "\u{feff}\u{fffe}",
    "=cmd|' /C calc'!A0",
    "+SUM(A1:A9)",
    "-1+1",
    "@import",
    "\t=1",
    "{{Current events|x}}",
    "[[a|b]] ''c'' -{d}-",
    "[x](javascript:alert(1))",
    "`code` **b** | cell",
    "# heading\n## heading",
    "---\n- a: &x [*x]",
    "%s %n $(id) `id`",
    "'; DROP TABLE x; --",
    "END:VEVENT\r\nBEGIN:VALARM",
    "<http://x/> . @prefix",
    "a --> b; click a",
    "\\u0041 \\\" \\n \\",
    "nul\0inside",
    "\u{2028}\u{2029}",
    "عربي עברית",
    "😀👨‍👩‍👧 e\u{301}",
];

/// Documents that carry each of the hostile words, coded as their formats ask for it and as they do not.
fn hostile_files(sandbox: &Sandbox) {
    for (n, words) in HOSTILE.iter().enumerate() {
        let day = format!("{}-05-04", 1980 + n);
        let title = format!("hostile {words} of Angela Merkel");
        let coded = html_escape::encode_text(&title).into_owned();
        let body = "Angela Merkel spoke in Paris about a ferry that had sunk, and about the people on board. ".repeat(3);
        for (kind, title) in [("coded", &coded), ("raw", &title)] {
            sandbox.write(
                &format!("in/{n}-{kind}.html"),
                format!("<html><head><meta property='article:published_time' content='{day}'></head><body><h1>{title}</h1><p>{body}</p><p>{title}</p>"),
            );
            sandbox.write(
                &format!("in/{n}-{kind}.rss"),
                format!("<rss version='2.0'><channel><title>{title}</title><item><title>{title}</title><link>http://x.example/{title}</link><description>{title}</description></item></channel></rss>"),
            );
            sandbox.write(
                &format!("news/2018/01/9/{n}-{kind}.xml"),
                format!("<page><title>{title}</title></page>"),
            );
        }
        let json = serde_json::json!({"Date": day, "Intelligence_Payload": {title.clone(): [title, format!("It says {title}. ({words})")]}});
        sandbox.write(&format!("in/{n}.yaml"), json.to_string());
        let (year, _) = day.split_once('-').unwrap();
        sandbox.write(
            &format!("in/{n}.wiki"),
            format!("{{{{Current events|year={year}|month=5|day=4|content=\n;{title}\n*[[{title}]]\n**It is {title}. [http://x.example/{words} ({words})]\n}}}}"),
        );
    }
}

#[test]
fn hostile_words_stay_inert_whatever_brings_them() {
    let sandbox = Sandbox::new();
    hostile_files(&sandbox);
    let report = sandbox
        .annals(&["ingest", "in", "news", "--format", "json"])
        .without_panic()
        .json();
    let read = report["documents"]["new"].as_u64().unwrap();
    assert!(read >= 120, "{report:#}");
    sandbox.annals(&["validate"]).exits(0);
    let quads = sandbox.annals(&["export", "--format", "nq"]).exits(0);
    assert!(!statements(RdfFormat::NQuads, quads.bytes()).is_empty());
    statements(
        RdfFormat::Turtle,
        sandbox
            .annals(&["export", "--format", "ttl"])
            .exits(0)
            .bytes(),
    );
    for format in ["svg", "graphml", "gexf"] {
        let arguments = ["export", "--format", format, "--entities"];
        let picture = sandbox.annals(&arguments).without_panic().exits(0);
        let names = xml_elements(picture.bytes());
        assert!(
            !names.iter().any(|name| name == "script" || name == "img"),
            "{format}"
        );
    }
    for format in [
        "text",
        "md",
        "html",
        "svg",
        "json",
        "jsonl",
        "csv",
        "tsv",
        "ics",
        "timelinejs",
        "vis",
    ] {
        let mut arguments = vec!["timeline", "hostile"];
        if format != "text" {
            arguments.extend(["--format", format]);
        }
        let outcome = sandbox.annals(&arguments).without_panic().exits(0);
        check_output(format, &outcome.text());
    }
    for format in ["csv", "tsv", "json"] {
        let arguments = [
            "query",
            "SELECT ?t { ?d dcterms:title ?t }",
            "--format",
            format,
        ];
        let text = sandbox.annals(&arguments).exits(0).text();
        assert_eq!(text.chars().find(is_steering), None, "{format}");
    }
}

fn is_steering(c: &char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A timeline steers nothing, and is what its format says.
fn check_output(format: &str, text: &str) {
    assert_eq!(text.chars().find(is_steering), None, "{format}");
    match format {
        "html" => assert!(
            !text.contains("<script")
                && !text.contains("<img")
                && !text.contains("href=\"javascript:")
        ),
        "svg" => assert!(
            !xml_elements(text.as_bytes())
                .iter()
                .any(|name| name == "script")
        ),
        "json" | "timelinejs" | "vis" => drop(serde_json::from_str::<Value>(text).unwrap()),
        "jsonl" => text
            .lines()
            .for_each(|line| drop(serde_json::from_str::<Value>(line).unwrap())),
        "csv" => {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for row in reader.records() {
                for cell in row.unwrap().iter() {
                    assert!(
                        !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                        "{cell:?}"
                    );
                }
            }
        }
        "ics" => assert!(
            text.split("\r\n")
                .all(|line| line.len() <= 75 && !line.contains(['\n', '\r']))
        ),
        "md" => assert!(!text.replace("\\]", "").contains("](javascript")),
        _ => {}
    }
}
