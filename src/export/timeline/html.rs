//! One static page: no script, no outside request, readable on paper, on a telephone and at night.
//!
//! A content security policy inside the page forbids everything but its own styles, so that even a
//! mistake in escaping could not run anything.

use std::io::{self, Write};

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::super::date;
use super::super::names;
use crate::counted::counted;
use crate::timeline::{Entry, Timeline, silences};

const STYLE: &str = include_str!("timeline.css");

/// Writes the timeline as a page.
pub(super) fn write(timeline: &Timeline, out: &mut impl Write) -> io::Result<()> {
    let title = text(&super::title(timeline));
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1 dir=\"auto\">{title}</h1>\n<p class=\"about\">{}</p>\n",
        text(&super::subtitle(timeline)),
    )?;
    write_entries(timeline, out)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

/// A section for each year, or what else the entries are grouped by; one section when the order is
/// not that of time.
fn write_entries(timeline: &Timeline, out: &mut impl Write) -> io::Result<()> {
    let silences = silences(timeline);
    let heading = |at: &usize| super::heading(timeline, &timeline.entries[*at]);
    let places: Vec<usize> = (0..timeline.entries.len()).collect();
    for section in places.chunk_by(|a, b| heading(a) == heading(b)) {
        writeln!(out, "<section>")?;
        if let Some(words) = section.first().and_then(heading) {
            writeln!(out, "<h2>{}</h2>", text(&words))?;
        }
        writeln!(out, "<ol>")?;
        for at in section {
            if let Some(silence) = silences[*at] {
                writeln!(out, "<li class=\"silence\">— {silence} —</li>")?;
            }
            write_entry(&timeline.entries[*at], out)?;
        }
        writeln!(out, "</ol>\n</section>")?;
    }
    Ok(())
}

fn write_entry(entry: &Entry, out: &mut impl Write) -> io::Result<()> {
    let old = if entry.superseded_by.is_some() {
        " class=\"old\""
    } else {
        ""
    };
    writeln!(out, "<li{old}>\n{}", time(entry))?;
    writeln!(
        out,
        "<h3 dir=\"auto\">{}</h3>",
        text(&super::headline(entry))
    )?;
    let sources = linked_sources(entry);
    if !sources.is_empty() {
        writeln!(out, "<p class=\"sources\">{sources}</p>")?;
    }
    for remark in super::remarks(entry) {
        writeln!(out, "<p class=\"remark\">{}</p>", text(&remark))?;
    }
    if !entry.context.is_empty() {
        let context: Vec<String> = entry
            .context
            .iter()
            .map(|name| format!("<bdi>{}</bdi>", text(name)))
            .collect();
        writeln!(out, "<p class=\"context\">{}</p>", context.join(" · "))?;
    }
    write_versions(entry, out)?;
    writeln!(out, "</li>")
}

/// The date in words; machine-readable when HTML has a form for it.
fn time(entry: &Entry) -> String {
    let words = text(&date::spell(entry.date.as_deref()));
    match super::when(entry).zip(entry.date.as_deref()) {
        Some((when, edtf))
            if when.year > 0 && edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-') =>
        {
            format!(
                "<time datetime=\"{}\">{words}</time>",
                encode_double_quoted_attribute(edtf)
            )
        }
        _ => format!("<span class=\"time\">{words}</span>"),
    }
}

fn write_versions(entry: &Entry, out: &mut impl Write) -> io::Result<()> {
    if entry.versions.is_empty() {
        return Ok(());
    }
    let summary = counted(entry.versions.len(), "earlier version");
    writeln!(out, "<details><summary>{summary}</summary>\n<ul>")?;
    for version in &entry.versions {
        writeln!(out, "<li dir=\"auto\">{}</li>", text(version))?;
    }
    writeln!(out, "</ul>\n</details>")
}

/// The sources as links where a browser may follow them, joined by commas.
pub(super) fn linked_sources(entry: &Entry) -> String {
    let sources: Vec<String> = entry
        .sources
        .iter()
        .filter_map(|source| {
            let name = text(&super::source_name(source));
            let link = names::web_address(&source.url).map(|url| {
                let url = encode_double_quoted_attribute(url);
                format!("<a href=\"{url}\" rel=\"noreferrer\"><bdi>{name}</bdi></a>")
            });
            (!name.is_empty()).then(|| link.unwrap_or_else(|| format!("<bdi>{name}</bdi>")))
        })
        .collect();
    sources.join(", ")
}

/// Text on one line as HTML.
pub(super) fn text(raw: &str) -> String {
    encode_text(&names::visible(raw)).into_owned()
}
