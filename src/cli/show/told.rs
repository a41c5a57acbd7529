//! The card of an event or a document in plain words, to be read.

use std::fmt::Write;

use super::entity::section;
use crate::cli::output::indented;
use crate::inspect::{Card, Fact, ReportEntry};
use crate::rdf::Namespace;

/// Things beyond this many are counted, not listed.
const MOST: usize = 12;

/// How the values of a predicate are written.
#[derive(Clone, Copy)]
enum Form {
    /// One after the other.
    Line,
    /// Each in a line of its own, with its id.
    List,
}

/// What a card says, in its order. What is only of use to programs is left to `--facts`.
const HEADINGS: [(&str, &str, Form); 18] = [
    ("annals:date", "Date", Form::Line),
    ("annals:inferredDate", "Date found by", Form::Line),
    ("schema:datePublished", "Published", Form::Line),
    ("annals:kind", "Kind", Form::Line),
    ("schema:inLanguage", "Language", Form::Line),
    ("annals:address", "Address", Form::Line),
    ("annals:source", "Sources", Form::Line),
    ("annals:status", "Status", Form::Line),
    ("annals:attributedTo", "According to", Form::Line),
    ("sem:hasActor", "People and bodies named", Form::Line),
    ("sem:hasPlace", "Places named", Form::Line),
    ("annals:topic", "Filed under", Form::Line),
    ("annals:context", "Context", Form::Line),
    ("^sem:hasSubEvent", "Part of", Form::List),
    ("annals:reports", "Tells of", Form::List),
    ("annals:supersedes", "Replaces", Form::List),
    ("^annals:supersedes", "Replaced by", Form::List),
    ("annals:related", "Related", Form::List),
];

/// The card in lines of at most `width` columns.
pub(super) fn text(
    card: &Card,
    reports: &[ReportEntry],
    unlike: &[String],
    namespace: &Namespace,
    width: usize,
) -> String {
    let label = indented(&card.label, "", "", width);
    let mut text = format!("{label}\n<{}>\n", card.iri);
    for (predicate, heading, form) in HEADINGS {
        let facts = card.facts.iter().filter(|fact| fact.predicate == predicate);
        let facts: Vec<&Fact> = facts.collect();
        if facts.is_empty() {
            continue;
        }
        match form {
            Form::Line => {
                let values = facts.iter().map(|fact| name_of(fact));
                let line = values.collect::<Vec<_>>().join(", ");
                section(&mut text, heading, &line, width);
            }
            Form::List => {
                let _ = writeln!(text, "\n{heading}");
                list(&mut text, &facts, namespace, width);
            }
        }
    }
    let unlike = unlike.join(", ");
    section(
        &mut text,
        "Filed without a word of it under",
        &unlike,
        width,
    );
    told_in(&mut text, reports, namespace, width);
    more(&mut text, card, !reports.is_empty(), namespace);
    text
}

fn name_of(fact: &Fact) -> &str {
    fact.label.as_deref().unwrap_or(&fact.value)
}

fn list(text: &mut String, facts: &[&Fact], namespace: &Namespace, width: usize) {
    for fact in facts.iter().take(MOST) {
        let _ = writeln!(text, "{}", indented(name_of(fact), "  ", "    ", width));
        if fact.label.is_some() {
            let _ = writeln!(text, "    {}", namespace.id(&fact.value));
        }
    }
    if facts.len() > MOST {
        let _ = writeln!(text, "  … and {} more", facts.len() - MOST);
    }
}

/// The reports of an event; where several tell it, with what each adds to those before it.
fn told_in(text: &mut String, reports: &[ReportEntry], namespace: &Namespace, width: usize) {
    if reports.is_empty() {
        return;
    }
    let heading = match reports.len() {
        1 => "Told in",
        _ => "Told in, with what each adds",
    };
    let _ = writeln!(text, "\n{heading}");
    for report in reports {
        let date = report.date.as_deref().unwrap_or("undated");
        let first = format!("  {date:<12}");
        let rest = " ".repeat(14);
        let mut line = |content: &str, first: &str| {
            let _ = writeln!(text, "{}", indented(content, first, &rest, width));
        };
        line(&report.title, &first);
        line(namespace.id(&report.document), &rest);
        if reports.len() == 1 {
            continue;
        }
        for sentence in report
            .sentences
            .iter()
            .filter(|said| **said != report.title)
        {
            line(sentence, &format!("{}+ ", " ".repeat(12)));
        }
        for (what, new) in [("figures", &report.figures), ("names", &report.names)] {
            if !new.is_empty() {
                line(&format!("{what}: {}", new.join(", ")), &rest);
            }
        }
    }
}

fn more(text: &mut String, card: &Card, is_event: bool, namespace: &Namespace) {
    let id = namespace.id(&card.iri);
    let _ = writeln!(text, "\nMore");
    let behind = match is_event {
        true => ("why", "the words behind every statement"),
        false => ("show --text", "its text, in which positions are counted"),
    };
    for (command, what) in [
        behind,
        (
            "show --facts",
            "every statement of the graph, with documents",
        ),
    ] {
        let _ = writeln!(text, "  annals {command} {id}\n      {what}");
    }
}
