//! Every layout met, on invented pages.

use jiff::civil::{date, datetime};
use proptest::prelude::*;

use super::*;
use crate::document::{DiagnosticCode, SourceRole, VersionStatus};

/// The newest English layout, with everything a page can have.
const FULL: &str = r#"
Formats: [HTML](/news/2018/01/9/a-ferry-sinks.html)  [JSON](/news/2018/01/9/a-ferry-sinks.json)  [XML](/news/2018/01/9/a-ferry-sinks.xml)  

### [2018-01-9](/news/2018/01/9/index.md)

##### Maritime incidents
#  A ferry sinks off  Malta; the ''Blue Heron'' searches for 12. 

Rescuers said &quot;the sea was calm&quot; and it&amp;#039;s&nbsp;cold [...]


### Sources:

1. [Malta Times](http://times.example/a?b=1&c=http://x.example/d_(e)#f)
2. [AFP via ''Paper](https://paper.example/1%202)
2. [ (''Sun](https://sun.example/&copy=1)
2. [Cover Image](/resources/r/?m=02&amp;d=3)

### Changes:

1. [A boat sinks. ](/news/2018/01/9/a-boat-sinks.md) _2018-01-09 18:30:07 (First version)_
2. [A boat sinks; 9 are missing. ](/news/2018/01/9/a-boat-sinks-9.md) _2018-01-10 00:30:08 (Update)_
2. [A ferry sinks off Malta. ](/news/2018/01/9/a-ferry-sinks.md) _(Current version)_

### Related:

1. [ A ferry is raised. [http://x.example/y (Paper)] It [rusts]. ](/news/2016/05/8/a-ferry-is-raised.md) _Context: Malta, Ship ''Blue Heron'', Malta_
2. [A port opens.](/news/2019/05/8/a-port-opens.md)
"#;

fn page(content: &str) -> Document {
    read(content, "saved.txt").unwrap()
}

fn words(document: &Document, kind: SectionKind) -> Vec<&str> {
    let sections = document
        .sections
        .iter()
        .filter(|section| section.kind == kind);
    sections
        .map(|section| document.words(section.span))
        .collect()
}

#[test]
fn a_full_page() {
    let page = page(FULL);
    assert_eq!(page.kind, DocumentKind::EventPage);
    assert_eq!(
        page.address.as_deref(),
        Some("/news/2018/01/9/a-ferry-sinks.md")
    );
    assert_eq!(
        (page.dct, page.language.as_str()),
        (Some(date(2018, 1, 9)), "en")
    );
    assert_eq!(
        page.title(),
        Some("A ferry sinks off Malta; the Blue Heron searches for 12.")
    );
    assert_eq!(words(&page, SectionKind::Topic), ["Maritime incidents"]);
    assert_eq!(
        words(&page, SectionKind::Summary),
        ["Rescuers said \"the sea was calm\" and it's cold [...]"]
    );
    assert_eq!(page.diagnostics, []);
}

#[test]
fn sources_keep_their_addresses() {
    let page = page(FULL);
    let sources: Vec<_> = page
        .sources
        .iter()
        .map(|s| (page.words(s.name.unwrap()), s.url.as_str(), s.role))
        .collect();
    let expected = [
        (
            "Malta Times",
            "http://times.example/a?b=1&c=http://x.example/d_(e)#f",
            SourceRole::Cited,
        ),
        (
            "AFP via Paper",
            "https://paper.example/1%202",
            SourceRole::Cited,
        ),
        ("Sun", "https://sun.example/&copy=1", SourceRole::Cited),
        (
            "Cover Image",
            "/resources/r/?m=02&d=3",
            SourceRole::CoverImage,
        ),
    ];
    assert_eq!(sources, expected);
}

#[test]
fn versions_are_in_order() {
    let page = page(FULL);
    let versions: Vec<_> = page
        .versions
        .iter()
        .map(|v| (page.words(v.title), v.stored, v.status))
        .collect();
    let stamps = [
        datetime(2018, 1, 9, 18, 30, 7, 0),
        datetime(2018, 1, 10, 0, 30, 8, 0),
    ];
    let expected = [
        ("A boat sinks.", Some(stamps[0]), VersionStatus::First),
        (
            "A boat sinks; 9 are missing.",
            Some(stamps[1]),
            VersionStatus::Update,
        ),
        ("A ferry sinks off Malta.", None, VersionStatus::Current),
    ];
    assert_eq!(versions, expected);
    assert_eq!(
        page.versions[1].address,
        "/news/2018/01/9/a-boat-sinks-9.md"
    );
}

#[test]
fn related_items_keep_brackets_and_repeats() {
    let page = page(FULL);
    let related = &page.related[0];
    assert_eq!(
        page.words(related.title),
        "A ferry is raised. (Paper) It [rusts]."
    );
    assert_eq!(related.address, "/news/2016/05/8/a-ferry-is-raised.md");
    let names: Vec<_> = related
        .context
        .iter()
        .map(|name| page.words(*name))
        .collect();
    assert_eq!(names, ["Malta", "Ship Blue Heron", "Malta"]);
    assert_eq!(page.related[1].context, []);
}

#[test]
fn older_layouts() {
    let rest = "# Ferry sinks \n\n\n\n\n### Source:\n\n1. [A](http://a)\n2. [B](http://b)\n\n\
        ### Related:\n\n1. [X ](/news/2017/09/4/x.md) _Context: Y_\n\n### Changes:\n\n\
        1. [Z ](/news/2017/09/5/z.md) _2018-02-06 13:49:31 (First version)_\n\
        1. [Ferry sinks ](/news/2017/09/5/ferry-sinks.md) _(Current version)_\n";
    let date_line = "### [2017-09-5](/news/2017/09/5/index.md)\n\n";
    let formats = "### Formats:\n\n* [HTML](/news/2017/09/5/ferry-sinks.html)\n* [JSON](/a.json)\n";
    for head in [date_line.to_owned(), format!("{formats}{date_line}")] {
        let page = page(&format!("{head}{rest}"));
        assert_eq!(
            page.address.as_deref(),
            Some("/news/2017/09/5/ferry-sinks.md"),
            "{head}"
        );
        assert_eq!(
            (page.sources.len(), page.versions.len(), page.related.len()),
            (2, 2, 1)
        );
        assert_eq!(page.section(SectionKind::Summary), None);
        assert_eq!(page.diagnostics, []);
    }
}

#[test]
fn a_page_of_the_chinese_edition() {
    let content = "### [2016-09-5](/news/2016/09/5/index.md)\n\n##### 马耳他\n# 渡轮沉没。 \n\n\n\n\n\
        ### 信息来源:\n\n1. [甲报](http://a/b_(c)) [IMG](${mpNews.image})\n2. [乙](http://b)\n\n\
        ### 有关:\n\n1. [ 打捞 [http:--x.example-1 丙报]](/zh/news/2018/01/9/打捞-http-x.md) \
        _消息: -{zh-cn:马耳他; zh-tw:馬爾他;}-, 渡轮_\n";
    let page = read(content, "copy/zh/news/2016/09/5/渡轮沉没.md").unwrap();
    assert_eq!(page.language, "zh");
    assert_eq!(
        page.address.as_deref(),
        Some("/zh/news/2016/09/5/渡轮沉没.md")
    );
    let sources: Vec<_> = page
        .sources
        .iter()
        .map(|s| (s.url.as_str(), s.name.is_some()))
        .collect();
    assert_eq!(
        sources,
        [
            ("http://a/b_(c)", true),
            ("${mpNews.image}", false),
            ("http://b", true)
        ]
    );
    assert_eq!(page.words(page.related[0].title), "打捞 丙报");
    assert_eq!(words(&page, SectionKind::Context), ["马耳他", "渡轮"]);
    assert_eq!(page.diagnostics, []);
}

#[test]
fn a_bare_page_is_dated_and_addressed_by_its_folder() {
    let page = read(
        "### [2016-09-5](/news/2016/09/5/index.md)\n\n# 渡轮沉没。 \n",
        "x/news/2016/09/5/渡.md",
    );
    assert_eq!(
        page.unwrap().address.as_deref(),
        Some("/zh/news/2016/09/5/渡.md")
    );
    let page = read("### [\n# Ferry sinks", "./news/2016/09/5/ferry.md").unwrap();
    assert_eq!(page.address.as_deref(), Some("/news/2016/09/5/ferry.md"));
    assert_eq!(page.dct, Some(date(2016, 9, 5)));
    let page = read("### [2016-02-31](/x)\n# Ferry sinks", "saved.txt").unwrap();
    assert_eq!((page.address, page.dct), (None, None));
    assert_eq!(
        page.diagnostics.last().map(|d| d.code),
        Some(DiagnosticCode::NoDate)
    );
}

#[test]
fn the_edition_is_told_by_the_day_link_or_the_folder() {
    let cases = [
        (
            "## [2016-01-9](/zh/news/2016/01/9/index.md)\n",
            "news/2016/01/9/index.md",
            Some("zh"),
        ),
        (
            "## [2016-01-9](/zh/ne",
            "copy/zh/news/2016/01/9/index.md",
            Some("zh"),
        ),
        (
            "## [2016-01-9](/news/2016/01/9/index.md)\n",
            "news/2016/01/9/index.md",
            Some("en"),
        ),
        ("## [2016-01-9](/", "news/2016/01/9/index.md", None),
        (
            "### [2016-01-9](/x)\n# National Police 国",
            "news/2016/01/9/index.md",
            Some("zh"),
        ),
    ];
    for (content, path, language) in cases {
        let index = read(content, path).unwrap();
        let address = language.map(|language| match language {
            "zh" => "/zh/news/2016/01/9/index.md",
            _ => "/news/2016/01/9/index.md",
        });
        assert_eq!(index.address.as_deref(), address, "{content}");
    }
}

const INDEX: &str = "\nFormats: [HTML](2018/01/9/index.html)  [JSON](2018/01/9/index.json)  \n\n\
    ## [2018-01-9](/news/2018/01/9/index.md)\n\n##### Maritime incidents\n\
    ### [A ferry sinks. ](/news/2018/01/9/a-ferry-sinks.md)\nRescuers said it&#39;s calm.\n\n\
    ### [  A port opens. ](/news/2018/01/9/a-port-opens.md)\n_Context: Malta, ferry, Malta_\n\n\
    ### [A port closes. ](/news/2018/01/9/a-port-closes.md)\n\n\
    ## [Previous Day...](/news/2018/01/8/index.md)\n\n";

#[test]
fn a_day_index() {
    let index = page(INDEX);
    assert_eq!(index.kind, DocumentKind::DayIndex);
    assert_eq!(index.address.as_deref(), Some("/news/2018/01/9/index.md"));
    assert_eq!(index.dct, Some(date(2018, 1, 9)));
    let items: Vec<_> = index
        .items
        .iter()
        .map(|i| {
            (
                index.words(i.title),
                !i.topics.is_empty(),
                i.summary.is_some(),
                i.context.len(),
            )
        })
        .collect();
    let expected = [
        ("A ferry sinks.", true, true, 0),
        ("A port opens.", false, false, 3),
        ("A port closes.", false, false, 0),
    ];
    assert_eq!(items, expected);
    assert_eq!(
        index.words(index.items[0].summary.unwrap()),
        "Rescuers said it's calm."
    );
    assert_eq!(index.diagnostics, []);
}

#[test]
fn a_copy_of_an_index_has_an_address_of_its_own() {
    let copy = read(INDEX, "news/2018/01/9/README.md").unwrap();
    assert_eq!(copy.address.as_deref(), Some("/news/2018/01/9/README.md"));
    let chinese = "## [2016-01-9](/zh/news/2016/01/9/index.md)\n\n##### 甲\n\
        ### [渡轮 ](/zh/news/2016/01/9/渡轮.md)\n## [前一天...](/zh/news/2016/01/8/index.md)\n";
    let index = read(chinese, "news/2016/01/9/index.md").unwrap();
    assert_eq!(
        index.address.as_deref(),
        Some("/zh/news/2016/01/9/index.md")
    );
    assert_eq!((index.items.len(), index.diagnostics.len()), (1, 0));
}

#[test]
fn what_cannot_be_read_is_said() {
    let head = "### [2018-01-9](/news/2018/01/9/index.md)\n# Ferry sinks\n\n";
    let cases = [
        (
            "### Sources:\n1. [A](http://a",
            DiagnosticCode::UnreadableLine,
        ),
        ("### Sources:\nno link", DiagnosticCode::UnreadableLine),
        (
            "### Changes:\n1. [A](/news/2018/01/9/a.md) _(Current ver",
            DiagnosticCode::UnreadableLine,
        ),
        (
            "### Changes:\n1. [A](/news/2018/01/9/a.md) _tomorrow (Update)_",
            DiagnosticCode::UnreadableLine,
        ),
        (
            "### Related:\n1. [A](/news/2018/01/9/a.m",
            DiagnosticCode::UnreadableLine,
        ),
        (
            "### Related:\n1. [A](/news/2018/01/9/a.md) _Context: B, C",
            DiagnosticCode::CutLine,
        ),
        (
            "### Related:\n1. [A](/news/2018/01/9/a.md) _Cont",
            DiagnosticCode::CutLine,
        ),
        (
            "### Rumours:\n1. [A](http://a)",
            DiagnosticCode::UnknownSection,
        ),
    ];
    for (rest, code) in cases {
        let page = page(&format!("{head}{rest}"));
        let found: Vec<_> = page.diagnostics.iter().map(|d| (d.code, d.line)).collect();
        assert_eq!(found.len(), 1, "{rest}: {found:?}");
        assert_eq!(found[0].0, code, "{rest}");
        let names: Vec<_> = words(&page, SectionKind::Context);
        assert!(names.is_empty() || names == ["B"], "{rest}");
    }
    let unknown = page(&format!("{head}### Rumours:\n1. [A](http://a)"));
    let kept = words(&unknown, SectionKind::Boilerplate);
    assert_eq!(kept, ["### Rumours:", "1. [A](http://a)"]);
}

#[test]
fn without_a_title_there_is_no_page() {
    for content in [
        "",
        "Formats: [HTML](/news/2018/01/9/a.html",
        "### [2018-01-9](/x)\n\n# ",
        "# ",
    ] {
        assert_eq!(read(content, "a.md"), Err(ReadError::NoTitle), "{content}");
    }
    assert_eq!(read("## [20", "a.md"), Err(ReadError::NoTitle));
    // Perhaps the day was the 10th.
    assert_eq!(read("## [2018-01-1", "a.md"), Err(ReadError::NoTitle));
}

/// Spans on character boundaries, sections in order and apart, everything else inside sections.
fn check(document: &Document) {
    let mut end = 0;
    for section in &document.sections {
        assert!(section.span.start >= end && !section.span.is_empty());
        end = section.span.end;
        assert!(
            !document.words(section.span).contains('\n') || document.kind == DocumentKind::Article
        );
    }
    assert!(end <= document.text.len());
    assert_eq!(clean::strip(&document.text), document.text);
}

#[test]
fn a_page_cut_anywhere_gives_no_more_than_the_whole() {
    for whole in [FULL, INDEX] {
        let full = page(whole);
        for cut in (0..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            let Ok(part) = read(&whole[..cut], "saved.txt") else {
                continue;
            };
            check(&part);
            let has = |kind| words(&full, kind);
            for kind in [
                SectionKind::Context,
                SectionKind::RelatedTitle,
                SectionKind::ItemTitle,
                SectionKind::VersionTitle,
                SectionKind::SourceName,
            ] {
                assert!(
                    words(&part, kind).iter().all(|w| has(kind).contains(w)),
                    "{cut}"
                );
                assert!(words(&part, kind).len() <= has(kind).len(), "{cut}");
            }
            assert!(
                part.versions
                    .iter()
                    .zip(&full.versions)
                    .all(|(a, b)| a.status == b.status)
            );
            assert!(
                part.related
                    .iter()
                    .zip(&full.related)
                    .all(|(a, b)| a.address == b.address)
            );
            assert!(
                part.items
                    .iter()
                    .zip(&full.items)
                    .all(|(a, b)| a.address == b.address)
            );
            assert!(
                part.address.is_none() || part.address == full.address,
                "{cut}"
            );
            assert!(part.dct.is_none() || part.dct == full.dct, "{cut}");
        }
    }
}

#[test]
fn long_nonsense_is_read_in_linear_time_and_reported_briefly() {
    let head = "### [2018-01-9](/news/2018/01/9/index.md)\n# T\n### Related:\n";
    for piece in [
        "x\n",
        "1. [](/",
        "-{",
        "{{ }}",
        "[http",
        "''",
        "](/.md)",
        "_Context: ",
        "&amp;",
    ] {
        let page = page(&format!("{head}{}", piece.repeat(200_000)));
        assert!(page.diagnostics.len() <= MAX_DIAGNOSTICS + 1);
        check(&page);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(content in r"\PC{0,80}", path in r"\PC{0,30}") {
        if let Ok(document) = read(&content, &path) {
            check(&document);
        }
    }

    #[test]
    fn pages_in_pieces_are_read_or_refused(
        pieces in proptest::collection::vec(prop_oneof![
            Just("\n"), Just("# "), Just("### "), Just("## ["), Just("2018-01-9](/"), Just("##### "),
            Just("### Sources:\n"), Just("### Changes:\n"), Just("### 有关:\n"), Just("1. ["),
            Just("](/news/2018/01/9/é.md)"), Just(" _Context: "), Just("_消息: 甲, "), Just("_"),
            Just(" _(Current version)_"), Just("[IMG]("), Just(")"), Just("''"), Just("-{zh-cn:"),
            Just("}-"), Just("{{MV|"), Just("}}"), Just("[http"), Just("]"), Just("&amp;#"),
            Just("39;"), Just("渡"), Just("\u{202e}"), Just("e\u{301}"), Just("Formats: "),
        ], 0..40)
    ) {
        let content = pieces.concat();
        for prefix in ["", "### [2018-01-9](/n)\n# T\n", "## [2018-01-9](/n)\n"] {
            if let Ok(document) = read(&format!("{prefix}{content}"), "news/2018/01/9/a.md") {
                check(&document);
            }
        }
    }
}

/// The archive's HTML, JSON and XML are not documented; these are what they may look like.
const HTML: &str = r##"<!DOCTYPE html><html><head><title>x</title></head><body>
<h3><a href="/news/2018/01/9/index.html">2018-01-9</a></h3>
<h5>Maritime incidents</h5>
<h1>A ferry sinks off Malta.</h1>
<p>Rescuers said &quot;the sea was calm&quot;.</p>
<h3>Sources:</h3><ol><li><a href="http://times.example/a?b=1&amp;c=2">Malta Times</a></li>
<li><a href="/resources/r/?m=02">Cover Image</a></li></ol>
<h3>Changes:</h3><ol><li><a href="/news/2018/01/9/a-boat-sinks.html">A boat sinks. </a> <em>2018-01-09 18:30:07 (First version)</em></li>
<li><a href="https://archive.example/news/2018/01/9/a-ferry-sinks.html">A ferry sinks off Malta. </a> <em>(Current version)</em></li></ol>
<h3>Related:</h3><ol><li><a href="/news/2016/05/8/a-ferry-is-raised.html">A ferry is raised.</a> <em>Context: Malta, ferry</em></li></ol>
</body></html>"##;

const JSON: &str = r#"{"title": "A ferry sinks off Malta.", "date": "2018-01-09T00:00:00Z", "topic": "Maritime incidents",
"summary": "Rescuers said &quot;the sea was calm&quot;.", "url": "/news/2018/01/9/a-ferry-sinks.html", "mood": "calm",
"sources": [{"name": "Malta Times", "url": "http://times.example/a?b=1&c=2"}], "coverImage": "/resources/r/?m=02",
"changes": [{"title": "A boat sinks.", "url": "/news/2018/01/9/a-boat-sinks.json", "time": "2018-01-09T18:30:07", "status": "First version"},
{"title": "A ferry sinks off Malta.", "url": "/news/2018/01/9/a-ferry-sinks.json", "status": "Current version"}],
"related": [{"title": "A ferry is raised.", "link": "/news/2016/05/8/a-ferry-is-raised.json", "context": ["Malta", "ferry"]}]}"#;

const XML: &str = r#"<?xml version="1.0"?><page mood="calm"><title>A ferry sinks off Malta.</title><date>2018-01-9</date>
<topic>Maritime incidents</topic><summary>Rescuers said "the sea was calm".</summary><url>/news/2018/01/9/a-ferry-sinks.xml</url>
<sources><source url="http://times.example/a?b=1&amp;c=2">Malta Times</source></sources><cover>/resources/r/?m=02</cover>
<changes><change status="First version" time="2018-01-09 18:30:07"><title>A boat sinks.</title><url>/news/2018/01/9/a-boat-sinks.xml</url></change>
<change status="Current version"><title>A ferry sinks off Malta.</title><url>/news/2018/01/9/a-ferry-sinks.xml</url></change></changes>
<related><item><title>A ferry is raised.</title><url>/news/2016/05/8/a-ferry-is-raised.xml</url>
<context><name>Malta</name><name>ferry</name></context></item></related></page>"#;

#[test]
fn the_same_page_in_other_formats() {
    let path = "news/2018/01/9/a-ferry-sinks";
    let pages = [
        read_html(HTML, &format!("{path}.html")).unwrap(),
        read_json(JSON, &format!("{path}.json")).unwrap(),
        read_xml(XML, &format!("{path}.xml")).unwrap(),
    ];
    for page in &pages {
        assert_eq!(page.kind, DocumentKind::EventPage);
        assert_eq!(
            page.address.as_deref(),
            Some("/news/2018/01/9/a-ferry-sinks.md")
        );
        assert_eq!(page.dct, Some(date(2018, 1, 9)));
        assert_eq!(page.title(), Some("A ferry sinks off Malta."));
        assert_eq!(words(page, SectionKind::Topic), ["Maritime incidents"]);
        assert_eq!(
            words(page, SectionKind::Summary),
            ["Rescuers said \"the sea was calm\"."]
        );
        let sources: Vec<(&str, SourceRole)> = page
            .sources
            .iter()
            .map(|s| (s.url.as_str(), s.role))
            .collect();
        let expected = [
            ("http://times.example/a?b=1&c=2", SourceRole::Cited),
            ("/resources/r/?m=02", SourceRole::CoverImage),
        ];
        assert_eq!(sources, expected);
        let versions: Vec<_> = page
            .versions
            .iter()
            .map(|v| (v.address.as_str(), v.status))
            .collect();
        let expected = [
            ("/news/2018/01/9/a-boat-sinks.md", VersionStatus::First),
            ("/news/2018/01/9/a-ferry-sinks.md", VersionStatus::Current),
        ];
        assert_eq!(versions, expected);
        assert_eq!(
            page.versions[0].stored,
            Some(datetime(2018, 1, 9, 18, 30, 7, 0))
        );
        assert_eq!(
            page.related[0].address,
            "/news/2016/05/8/a-ferry-is-raised.md"
        );
        assert_eq!(words(page, SectionKind::Context), ["Malta", "ferry"]);
    }
    assert!(
        pages[0].diagnostics.is_empty(),
        "{:?}",
        pages[0].diagnostics
    );
    for page in &pages[1..] {
        let unknown: Vec<&str> = page
            .diagnostics
            .iter()
            .map(|d| d.message.as_str())
            .collect();
        assert_eq!(unknown, ["field is not understood: \"mood\""]);
    }
}

#[test]
fn a_day_index_in_other_formats() {
    let html = "<html><body><h2><a href='/news/2018/01/9/index.html'>2018-01-9</a></h2><h5>Ships</h5>\
        <h3><a href='/news/2018/01/9/a.html'>A ferry sinks.</a></h3><em>Context: Malta</em>\
        <h2><a href='/news/2018/01/8/index.html'>Previous Day...</a></h2>";
    let json = r#"{"date": "2018-01-09", "items": [{"title": "A ferry sinks.", "url": "/news/2018/01/9/a.json", "topic": "Ships", "context": "Malta"}]}"#;
    for day in [read_html(html, "x").unwrap(), read_json(json, "x").unwrap()] {
        assert_eq!(
            (day.kind, day.dct),
            (DocumentKind::DayIndex, Some(date(2018, 1, 9)))
        );
        let item = &day.items[0];
        assert_eq!(item.address, "/news/2018/01/9/a.md");
        assert_eq!(day.words(item.topics[0]), "Ships");
        assert_eq!(day.words(item.context[0]), "Malta");
    }
}

#[test]
fn other_formats_are_read_within_bounds() {
    let deep = format!("{}x{}", "<a>".repeat(5000), "</a>".repeat(5000));
    assert!(read_xml(&deep, "x").is_err());
    let laughs = "<!DOCTYPE a [<!ENTITY b \"x\">]><a><title>&b;</title></a>";
    assert!(matches!(
        read_xml(laughs, "x"),
        Err(ReadError::InvalidXml(_))
    ));
    assert!(read_json(&"{\"a\":".repeat(100_000), "x").is_err());
    assert!(read_json("[]", "x").is_err() && read_json("{}", "x").is_err());
    assert!(read_html("<html><p>x", "x").is_err());
}
