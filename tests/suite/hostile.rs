//! Titles, ids, addresses and file names written by an adversary: every output format stays
//! well-formed, and nothing steers a terminal, a browser or a spreadsheet.

use std::collections::BTreeSet;

use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use serde_json::{Value, json};

use crate::support::{Sandbox, statements, xml_elements};

/// Thirty titles. All hold the word "hostile", by which they are found.
fn titles() -> Vec<String> {
    let mut titles: Vec<String> = [
        "\"hostile\" 'quotes' \"\"\"three\"\"\" '''three'''",
        "hostile backslash \\ \\n \\u0041 \\\" end\\",
        "hostile \u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7}",
        "hostile \u{9b}31m C1 control \u{85} next line",
        "hostile \u{202e}gnp.exe\u{202c} bidi \u{2066}isolate\u{2069}",
        "hostile <script>alert(1)</script>",
        "hostile <img src=x onerror=alert(1)>",
        "hostile </title></svg></style>--><!-- ]]> <![CDATA[",
        "hostile &amp; &lt; &#0; &#x1b; &nbsp; &undefined; &",
        "=cmd|' /C calc'!A0 hostile",
        "+hostile+SUM(A1:A9)",
        "-hostile-1",
        "@hostile @import",
        "\t=hostile after a tab",
        "hostile nul\0inside",
        "hostile\r\nline\nbreaks\u{2028}and\u{2029}more",
        "hostile emoji 😀👨‍👩‍👧‍👦🏳️‍🌈 e\u{301}\u{323}",
        "عنوان hostile من اليمين إلى اليسار",
        "hostile עברית 123 (abc)",
        "hostile zero\u{200b}width\u{feff}\u{200d}\u{ad}",
        "hostile noncharacters \u{fffe} \u{ffff} \u{1ffff}",
        "hostile private \u{e000} \u{10fffd} and replacement \u{fffd}",
        "[hostile](javascript:alert(1)) ![x](http://x.example/) `code` **b** | cell |",
        "hostile # heading\n# heading\n---\n```\nfence",
        "hostile {{template}} ${jndi:ldap://x.example/} %s %n $(id) `id`",
        "hostile'; DROP TABLE events; --",
        "hostile } ] ) ; END:VEVENT , BEGIN:VCALENDAR",
        "hostile <http://x.example/> . <a> <b> <c> . @prefix",
        "hostile ; graph LR; A-->B; click A \"javascript:x\" end subgraph",
    ]
    .map(str::to_owned)
    .to_vec();
    titles.push(format!("hostile {}", "x".repeat(10_000)));
    titles
}

/// A store of one document for each title, years apart so that none is taken for another.
fn hostile() -> Sandbox {
    ingested(|n, title| {
        let year = 1980 + n;
        json!({
            "id": format!("{n}{title}"), "title": title, "dct": format!("{year}-05-04"),
            "text": format!("{title}\n\n{title} said Angela Merkel in Paris on 3 May {year}."),
        })
    })
}

/// A store of what `document` makes of every title.
fn ingested(document: impl Fn(usize, &str) -> Value) -> Sandbox {
    let sandbox = Sandbox::new();
    let titles = titles();
    let documents = titles.iter().enumerate();
    let lines: String = documents
        .map(|(n, title)| format!("{}\n", document(n, title)))
        .collect();
    let report = sandbox
        .annals_reading(lines, &["ingest", "-", "--format", "json"])
        .without_panic()
        .exits(0)
        .json();
    assert_eq!(report["documents"]["new"], titles.len(), "{report:#}");
    sandbox
}

#[test]
fn the_graph_of_hostile_titles_is_valid_and_read_back() {
    let sandbox = hostile();
    sandbox.annals(&["validate"]).exits(0);
    let export = |format: &str| {
        sandbox
            .annals(&["export", "--format", format])
            .without_panic()
            .exits(0)
    };
    let lines = export("nq");
    let quads = statements(RdfFormat::NQuads, lines.bytes());
    assert_eq!(quads.len(), lines.text().lines().count());
    assert!(statements(RdfFormat::TriG, export("trig").bytes()) == quads);
    let profile = JsonLdProfileSet::empty();
    assert!(statements(RdfFormat::JsonLd { profile }, export("jsonld").bytes()) == quads);
    assert!(
        statements(RdfFormat::Turtle, export("ttl").bytes())
            == statements(RdfFormat::NTriples, export("nt").bytes())
    );
}

#[test]
fn pictures_of_hostile_titles_are_well_formed() {
    let sandbox = hostile();
    for format in ["svg", "graphml", "gexf"] {
        let picture = sandbox
            .annals(&["export", "--format", format, "--entities"])
            .without_panic()
            .exits(0);
        let names: BTreeSet<String> = xml_elements(picture.bytes()).into_iter().collect();
        assert!(
            !names.contains("script") && !names.contains("img") && !names.contains("a:script"),
            "{format}"
        );
    }
    for format in ["dot", "cyjs", "mermaid"] {
        sandbox
            .annals(&["export", "--format", format, "--entities"])
            .without_panic()
            .exits(0)
            .text();
    }
    assert!(
        serde_json::from_str::<Value>(&sandbox.annals(&["export", "--format", "cyjs"]).text())
            .is_ok()
    );
}

#[test]
fn timelines_of_hostile_titles_are_well_formed() {
    let sandbox = hostile();
    let write = |format: &str| {
        sandbox
            .annals(&["timeline", "hostile", "--format", format])
            .without_panic()
            .exits(0)
    };
    let entries = write("json").json();
    let documents = |entry: &Value| entry["documents"].as_array().unwrap().len();
    let count: usize = entries.as_array().unwrap().iter().map(documents).sum();
    assert!(count > 20, "{count}");
    let names = xml_elements(write("svg").bytes());
    assert!(!names.iter().any(|name| name == "script" || name == "img"));
    let html = write("html").text();
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript:")
    );
    let table = write("csv");
    let mut reader = csv::Reader::from_reader(table.bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), count);
    for cell in rows.iter().flatten() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "a spreadsheet would compute {cell:?}"
        );
    }
    let tsv = write("tsv").text();
    assert!(
        tsv.lines().all(|line| line.split('\t').count() == 6),
        "{tsv}"
    );
    assert_eq!(
        write("jsonl")
            .text()
            .lines()
            .filter(|line| serde_json::from_str::<Value>(line).is_ok())
            .count(),
        count
    );
    write("timelinejs").json();
    write("vis").json();
    let calendar = write("ics").text();
    assert_eq!(
        calendar.matches("\r\nBEGIN:VCALENDAR").count(),
        0,
        "no calendar inside a calendar"
    );
    assert!(
        calendar
            .split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains(['\n', '\r']))
    );
    let markdown = write("md").text();
    assert!(
        !markdown.replace("\\]", "").contains("]("),
        "no address of a title becomes a link"
    );
}

#[test]
fn no_output_carries_controls_or_overrides() {
    let sandbox = hostile();
    let commands: [&[&str]; 12] = [
        &["timeline", "hostile"],
        &["timeline", "hostile", "--format", "md"],
        &["timeline", "hostile", "--format", "html"],
        &["timeline", "hostile", "--format", "tsv"],
        &["timeline", "hostile", "--format", "ics"],
        &["search", "hostile"],
        &["search", "--kind", "document", "hostile"],
        &["show", "Paris"],
        &["show", "Angela Merkel", "--format", "tsv"],
        &["query", "--saved", "most-reported", "--format", "csv"],
        &["query", "SELECT ?t { ?d dcterms:title ?t }"],
        &["export"],
    ];
    for command in commands {
        let text = sandbox.annals(command).without_panic().text();
        let bad = |c: &char| {
            (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
                || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(text.chars().find(bad), None, "{command:?}");
    }
}

#[test]
fn hostile_ids_come_back_and_name_their_documents() {
    let sandbox = hostile();
    let entries = sandbox
        .annals(&["timeline", "hostile", "--format", "json"])
        .exits(0)
        .json();
    let documents: Vec<&Value> = entries
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|entry| entry["documents"].as_array().unwrap())
        .collect();
    let ids: BTreeSet<&str> = documents
        .iter()
        .map(|document| document["id"].as_str().unwrap())
        .collect();
    assert!(
        ids.contains("5hostile <script>alert(1)</script>"),
        "{ids:?}"
    );
    assert_eq!(
        ids.len(),
        titles().len(),
        "every document is found: {ids:?}"
    );
    for document in documents {
        let iri = document["iri"].as_str().unwrap();
        assert!(oxigraph::model::NamedNode::new(iri).is_ok(), "{iri}");
        sandbox
            .annals(&["show", iri, "--format", "json"])
            .without_panic()
            .exits(0);
        sandbox
            .annals(&["forget", &iri.replace(|c: char| c.is_alphanumeric(), "q")])
            .without_panic()
            .exits(1);
    }
}

#[test]
fn hostile_addresses_become_iris() {
    let address = |n: usize, title: &str| match n % 3 {
        0 => format!("https://x.example/{n}?{title}"),
        1 => format!("https://{title}/{n}"),
        _ => format!("/news/{n}/{title}.md"),
    };
    let sandbox = ingested(
        |n, title| json!({"text": format!("hostile event {n}"), "url": address(n, title)}),
    );
    let export = sandbox.annals(&["export", "--format", "nq"]).exits(0);
    statements(RdfFormat::NQuads, export.bytes());
    sandbox.annals(&["validate"]).exits(0);
}

#[test]
fn hostile_questions_are_answered() {
    let sandbox = hostile();
    for words in titles()
        .iter()
        .filter(|title| !title.contains('\0') && !title.starts_with(['-', '@']))
    {
        let short: String = words.chars().take(2000).collect();
        for command in ["search", "timeline", "show", "why"] {
            sandbox.annals(&[command, "--", &short]).without_panic();
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn hostile_file_names_do_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    let text = "Angela Merkel visited Paris on 3 May 2017.\n";
    let names = [
        "a\u{1b}[31m.txt",
        "b\u{202e}txt.txt",
        "c\nd.txt",
        "e\t=f.txt",
        "<script>.txt",
        "g\"'&.txt",
        "#h?i%41.txt",
    ];
    for (n, name) in names.iter().enumerate() {
        sandbox.write(&format!("in/{name}"), format!("{n} times {text}"));
    }
    sandbox.write("in/\u{1b}bad.txt", "\0");
    let outcome = sandbox.annals(&["ingest", "in"]).without_panic().exits(3);
    assert!(!outcome.messages().contains('\u{1b}'));
    let report = sandbox
        .annals(&["ingest", "in", "--format", "json"])
        .without_panic()
        .exits(3)
        .json();
    assert_eq!(report["documents"]["unchanged"], names.len());
    sandbox.annals(&["validate"]).exits(0);
    xml_elements(
        sandbox
            .annals(&["timeline", "2017", "--format", "svg"])
            .exits(0)
            .bytes(),
    );
    for command in [
        &["timeline", "2017"] as &[&str],
        &["timeline", "2017", "--format", "tsv"],
        &["timeline", "2017", "--format", "md"],
    ] {
        let text = sandbox.annals(command).exits(0).text();
        assert!(
            !text.contains(['\u{1b}', '\u{202e}']),
            "{command:?}: {text:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_utf_8_is_survived() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("in")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    std::fs::write(
        sandbox.path("in").join(name),
        "Angela Merkel visited Paris on 3 May 2017.\n",
    )
    .unwrap();
    let outcome = sandbox
        .annals(&["ingest", "in", "--format", "json"])
        .without_panic();
    assert!(
        matches!(outcome.code(), Some(0 | 3)),
        "{}",
        outcome.messages()
    );
    sandbox.annals(&["export"]).exits(0).text();
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_are_no_text_are_not_taken_for_each_other() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("in")).unwrap();
    let names: [&[u8]; 3] = [b"caf\xe9.txt", b"caf\xe8.txt", "caf\u{fffd}.txt".as_bytes()];
    for (n, name) in names.into_iter().enumerate() {
        let file = sandbox.path("in").join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(
            file,
            format!("Angela Merkel visited Paris on {} May 2017.\n", n + 1),
        )
        .unwrap();
        let report = sandbox
            .annals(&["ingest", "in", "--format", "json"])
            .exits(0)
            .json();
        assert_eq!(report["documents"]["new"], 1);
        assert_eq!(report["supersedes"], 0);
    }
}
