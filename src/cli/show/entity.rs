//! The card of a person, place, organization or concept, to be read.

use std::fmt::Write;

use crate::cli::output::indented;
use crate::cli::timeline::title;
use crate::counted::counted;
use crate::inspect::{Card, EntityCard, LatestEvent};
use crate::timeline::Entry;

/// Columns before a title, for its date.
const DATE: usize = 12;
/// Names that are listed.
const MOST_NAMES: usize = 12;

/// The card in lines of at most `width` columns; `id` is what the program takes for its IRI.
pub(super) fn text(card: &Card, entity: &EntityCard, id: &str, width: usize) -> String {
    let label = indented(&card.label, "", "", width);
    let mut text = format!("{label}\n<{}>\n\n", card.iri);
    let _ = writeln!(text, "{}", indented(&when(entity), "", "", width));
    section(&mut text, "Names", &names(entity), width);
    let company = match entity.counted_events {
        counted if counted < entity.events => {
            format!("Mostly with (in its latest {counted} events)")
        }
        _ => "Mostly with".to_owned(),
    };
    section(&mut text, &company, &companions(entity), width);
    if !entity.latest.is_empty() {
        text.push_str("\nLatest events\n");
    }
    for event in &entity.latest {
        let date = event.date.as_deref().unwrap_or("undated");
        let first = format!("  {date:<DATE$}");
        let rest = " ".repeat(DATE + 2);
        let _ = writeln!(text, "{}", indented(&headline(event), &first, &rest, width));
    }
    text.push_str("\nMore\n");
    for (command, what) in [
        (
            format!("annals timeline {:?}", card.label),
            "its events, with sources",
        ),
        (
            format!("annals alias list --explain {id}"),
            "why these are its names",
        ),
        (
            format!("annals show --facts {id}"),
            "every statement of the graph, with documents",
        ),
    ] {
        let what = indented(what, "      ", "      ", width);
        let _ = writeln!(text, "  {command}\n{what}");
    }
    text
}

/// `person, in 12 documents and 9 events, 2015-09-30 to 2017-12-11`.
fn when(entity: &EntityCard) -> String {
    let mut line = format!(
        "{}, in {}",
        entity.kind,
        counted(entity.documents, "document")
    );
    if entity.events > 0 {
        let _ = write!(line, " and {}", counted(entity.events, "event"));
    }
    match (&entity.first, &entity.last) {
        (Some(first), Some(last)) if first != last => drop(write!(line, ", {first} to {last}")),
        (Some(only), _) => drop(write!(line, ", {only}")),
        _ => {}
    }
    line
}

fn names(entity: &EntityCard) -> String {
    let mut names: Vec<String> = entity
        .names
        .iter()
        .take(MOST_NAMES)
        .map(|(name, count)| format!("{name} ({count})"))
        .collect();
    if entity.names.len() > MOST_NAMES {
        names.push(format!("{} more", entity.names.len() - MOST_NAMES));
    }
    names.join(", ")
}

fn companions(entity: &EntityCard) -> String {
    let each = entity.companions.iter();
    let each = each.map(|other| format!("{} ({}, {})", other.name, other.kind, other.events));
    each.collect::<Vec<_>>().join(", ")
}

/// A heading with a text below it; nothing where that is empty.
pub(super) fn section(text: &mut String, heading: &str, content: &str, width: usize) {
    if !content.is_empty() {
        let _ = writeln!(
            text,
            "\n{heading}\n{}",
            indented(content, "  ", "  ", width)
        );
    }
}

/// The title, with a word before it when it tells of no fact.
fn headline(event: &LatestEvent) -> String {
    title(&Entry {
        title: event.title.clone(),
        status: event.status.clone(),
        attributed_to: event.attributed_to.clone(),
        ..Entry::default()
    })
}
