//! Invented feeds.

use jiff::civil::date;

use super::*;

const RSS: &str = r#"<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Malta Times</title><link>https://times.example/</link><language>en-gb</language>
<lastBuildDate>Tue, 09 Jan 2018 20:00:00 GMT</lastBuildDate>
<item><title>A ferry sinks &amp;amp; 12 are missing</title><link>https://times.example/1</link><guid>t1</guid>
<dc:creator>A. Borg</dc:creator><pubDate>Tue, 09 Jan 2018 10:00:00 +0100</pubDate>
<description>Short</description>
<content:encoded><![CDATA[<p>Rescuers <b>said</b> so.</p><script>x</script><p>It was calm.</p>]]></content:encoded></item>
<item><title>Undated</title><description>Words &lt;i&gt;here&lt;/i&gt;.</description><guid isPermaLink="false">t2</guid></item>
</channel></rss>"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Radio</title><id>f</id><updated>2018-01-10T00:00:00Z</updated>
<entry><title type="html">A &lt;em&gt;ferry&lt;/em&gt;</title><id>urn:1</id><link rel="alternate" href="https://radio.example/1"/>
<published>2018-01-09T10:00:00Z</published><updated>2018-01-10T10:00:00Z</updated><content type="html">&lt;p&gt;It sank.&lt;/p&gt;</content></entry>
<entry><title>Two</title><id>urn:2</id><updated>2018-01-10T10:00:00Z</updated><summary>Only changed.</summary></entry></feed>"#;

const RDF: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://r.example/"><title>R</title><link>https://r.example/</link><description>d</description></channel>
<item rdf:about="https://r.example/1"><title>A ferry sinks</title><link>https://r.example/1</link><description>It sank.</description><dc:date>2018-01-09T10:00:00Z</dc:date></item></rdf:RDF>"#;

const JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "https://j.example/", "items": [
{"id": "1", "url": "https://j.example/1", "title": "A ferry sinks", "content_html": "<p>It sank.</p>", "date_published": "2018-01-09T10:00:00Z"},
{"id": "2", "content_text": "Words only.", "date_published": "2018-01-10T10:00:00Z"}]}"#;

fn documents(feed: &str) -> Vec<Document> {
    let entries = split(feed).unwrap();
    entries
        .iter()
        .map(|entry| read(entry).unwrap_or_else(|e| panic!("{e}: {entry}")))
        .collect()
}

#[test]
fn rss() {
    let found = documents(RSS);
    assert_eq!(found.len(), 2);
    let first = &found[0];
    assert_eq!(
        first.text,
        "A ferry sinks & 12 are missing\nA. Borg\n\nRescuers said so.\n\nIt was calm."
    );
    assert_eq!(first.address.as_deref(), Some("https://times.example/1"));
    assert_eq!(
        (first.id.as_deref(), first.publisher.as_deref()),
        (Some("t1"), Some("Malta Times"))
    );
    assert_eq!(
        (first.dct, first.language.as_str()),
        (Some(date(2018, 1, 9)), "en")
    );
    let second = &found[1];
    assert_eq!(second.text, "Undated\n\nWords here.");
    assert_eq!((second.dct, second.address.as_deref()), (None, Some("t2")));
    assert_eq!(second.diagnostics[0].code, DiagnosticCode::NoDate);
}

#[test]
fn atom_rdf_and_json() {
    let atom = documents(ATOM);
    assert_eq!(atom[0].text, "A ferry\n\nIt sank.");
    assert_eq!(
        (atom[0].dct, atom[0].modified),
        (Some(date(2018, 1, 9)), Some(date(2018, 1, 10)))
    );
    assert_eq!(
        (atom[1].dct, atom[1].modified),
        (None, Some(date(2018, 1, 10)))
    );
    let rdf = documents(RDF);
    assert_eq!((rdf.len(), rdf[0].dct), (1, Some(date(2018, 1, 9))));
    let json = documents(JSON);
    assert_eq!(json[0].text, "A ferry sinks\n\nIt sank.");
    assert_eq!(
        (json[1].text.as_str(), json[1].address.as_deref()),
        ("Words only.", Some("2"))
    );
}

#[test]
fn an_entry_does_not_change_with_its_feed() {
    let later = RSS.replace("20:00:00 GMT", "21:00:00 GMT").replace(
        "<item><title>Undated",
        "<item><title>New</title></item><item><title>Undated",
    );
    let (before, after) = (split(RSS).unwrap(), split(&later).unwrap());
    assert_eq!(before[0], after[0]);
    assert_eq!(before[1], after[2]);
}

#[test]
fn what_is_no_feed() {
    let laughs = "<!DOCTYPE rss [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><rss version=\"2.0\"><channel><item><title>&b;</title></item></channel></rss>";
    assert!(matches!(split(laughs), Err(ReadError::InvalidXml(_))));
    assert!(matches!(read(laughs), Err(ReadError::InvalidXml(_))));
    // Found by fuzzing: feed-rs takes the charset from a declaration behind the first kilobytes, and panics.
    let twice = format!(
        "<rss version=\"2.0\"><channel><item><title>A{}</title><?xml version=\"1.0\" encoding=\"iso-8859-1\"?></item></channel></rss>",
        " ferry".repeat(4000)
    );
    assert!(matches!(split(&twice), Err(ReadError::InvalidXml(_))));
    assert!(matches!(read(&twice), Err(ReadError::InvalidXml(_))));
    assert!(matches!(
        split("<rss version=\"2.0\"><channel></channel></rss>"),
        Err(ReadError::InvalidFeed(_))
    ));
    assert!(split("<rss><channel><item></channel>").is_err());
    assert!(matches!(
        split(&"<a>".repeat(100_000)),
        Err(ReadError::TooComplex { .. })
    ));
    assert!(split(&format!("{{\"items\": {}", "[".repeat(100_000))).is_err());
}
