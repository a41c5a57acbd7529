//! Invented pages with every way of saying what an article is.

use jiff::civil::date;

use super::*;

/// Sentences enough for an article to be found.
const BODY: &str = "<p>A ferry with two hundred people on board has sunk off Malta in a storm, rescuers said on Tuesday, and twelve people are still missing.</p>\
    <p>The captain, whose name was not given, told the harbour by radio that the engine had failed, that water came in, and that the pumps stood still.</p>\
    <p>Boats from three villages, among them two trawlers, searched the water until the morning, when the wind, which had blown all night, fell at last.</p>";

fn page(head: &str) -> Document {
    let html = format!(
        "<!doctype html><html lang=en-GB><head><title>A ferry sinks | Malta Times</title>{head}</head><body>\
        <nav><a href=/>Home</a><a href=/sport>Sport</a></nav><article><h1>A ferry sinks off Malta</h1>{BODY}</article>\
        <footer>Subscribe to our newsletter</footer></body></html>"
    );
    read(&html).unwrap()
}

#[test]
fn an_article_is_told_from_its_page() {
    let page = page("");
    assert_eq!(page.title(), Some("A ferry sinks off Malta"));
    assert!(
        !page.text.contains("Subscribe") && !page.text.contains("Sport"),
        "{}",
        page.text
    );
    let paragraphs = page
        .sections
        .iter()
        .filter(|s| s.kind == SectionKind::Paragraph);
    assert_eq!(paragraphs.count(), 3);
    assert_eq!((page.language.as_str(), page.dct), ("en", None));
}

#[test]
fn json_ld_is_trusted_most() {
    let page = page(
        r#"<meta property="og:title" content="Other"><meta name="author" content="Other">
        <meta property="article:published_time" content="2001-01-01">
        <link rel="canonical" href="https://times.example/ferry">
        <script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "x"},
          {"@type": ["NewsArticle"], "headline": "Ferry &amp; storm", "datePublished": "2018-01-09T23:30:00+03:00",
           "dateModified": "2018-01-11", "author": [{"@type": "Person", "name": "A. Borg"}, "B. Vella"],
           "publisher": {"name": "Malta Times"}, "mainEntityOfPage": {"@id": "https://times.example/1"}}]}</script>"#,
    );
    assert_eq!(page.title(), Some("Ferry & storm"));
    assert_eq!(
        (page.dct, page.modified),
        (Some(date(2018, 1, 9)), Some(date(2018, 1, 11)))
    );
    assert_eq!(
        page.byline.map(|span| page.words(span)),
        Some("A. Borg, B. Vella")
    );
    assert_eq!(page.publisher.as_deref(), Some("Malta Times"));
    assert_eq!(page.address.as_deref(), Some("https://times.example/1"));
}

#[test]
fn a_date_of_change_dates_nothing() {
    for head in [
        r#"<meta property="article:modified_time" content="2018-01-11">"#,
        r#"<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2018-01-11"}</script>"#,
        r#"<meta property="og:updated_time" content="2018-01-11T00:00:00Z">"#,
    ] {
        let page = page(head);
        assert_eq!(
            (page.dct, page.modified),
            (None, Some(date(2018, 1, 11))),
            "{head}"
        );
    }
}

#[test]
fn dates_in_the_order_of_trust() {
    let cases = [
        (
            r#"<meta name="DC.date.issued" content="2018-01-09"><link rel=canonical href="https://x.example/2017/02/03/a">"#,
            9,
        ),
        (
            r#"<meta property="article:published_time" content="2018-01-08"><meta name="date" content="2018-01-07">"#,
            8,
        ),
        (
            r#"<link rel=canonical href="https://x.example/2018/01/06/ferry">"#,
            6,
        ),
        (
            r#"<script type="application/ld+json">{"@type": "Article", "datePublished": "no"}</script><meta name=date content="5 January 2018">"#,
            5,
        ),
    ];
    for (head, day) in cases {
        assert_eq!(page(head).dct, Some(date(2018, 1, day)), "{head}");
    }
}

#[test]
fn what_is_hostile_is_harmless() {
    let page = page(
        r#"<link rel=canonical href="javascript:alert(1)"><meta property="og:title" content="A&#27;[2J&#x202e;b<script>">
        <script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": {"name": []}}</script>"#,
    );
    assert_eq!(page.address, None);
    assert_eq!(page.title(), Some("A[2Jb<script>"));
}

#[test]
fn a_page_without_an_article_gives_its_words() {
    let page = read("<html><body><h1>Ferry</h1><p>It sank.").unwrap();
    assert_eq!(page.text, "Ferry\n\nIt sank.");
    assert_eq!(page.diagnostics[0].code, DiagnosticCode::NoArticle);
    assert_eq!(read("<html><script>x</script>"), Err(ReadError::Empty));
}
