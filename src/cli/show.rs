//! `annals show`: one card.

mod entity;

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::inspect::{
    Card, EntityCard, Nested, ReportEntry, StorylineCard, card, entity_card, reports,
    storyline_card,
};
use crate::rdf::Namespace;

/// What is known of one thing, on a card
///
/// Of a person, place or organization: its names, when it is in the news and with whom, its latest events.
/// --facts gives every statement of the graph.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// A name, words of an event's title, a document's path or address, or an IRI
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// Every statement of the graph instead of a card; --format tsv has their documents too
    #[arg(long)]
    facts: bool,
    /// How to write it
    #[arg(short, long)]
    format: Option<Format>,
}

impl Show {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let thing = session.names().resolve(&self.name.join(" "), &[])?;
        let is_storyline = thing.kind == "storyline" && !self.facts;
        let is_entity = matches!(
            &*thing.kind,
            "person" | "place" | "organization" | "concept"
        );
        let is_entity = is_entity && !self.facts;
        let is_text = matches!(self.format, Some(Format::Table) | None);
        let (card, storyline, entity) = session.with_view(|view| {
            let storyline = is_storyline.then(|| storyline_card(view, &thing.iri));
            let entity = is_entity
                .then(|| entity_card(view, &thing.iri))
                .transpose()?;
            let facts = match is_entity && is_text {
                // A name alone: the facts of a country are tens of thousands.
                true => Card {
                    iri: thing.iri.clone(),
                    label: thing.label.clone(),
                    facts: Vec::new(),
                },
                false => card(view, &thing.iri)?,
            };
            Ok((facts, storyline.transpose()?, entity.flatten()))
        })?;
        if let Some(entity) = entity {
            let namespace = session.namespace();
            let id = namespace.id(&card.iri);
            match self.format {
                Some(Format::Table) | None => {
                    let text = entity::text(&card, &entity, id, output::width());
                    output::write_text(&text)?;
                    return Ok(ExitCode::SUCCESS);
                }
                Some(Format::Json) => {
                    output::write_json(&WithEntity { card, entity })?;
                    return Ok(ExitCode::SUCCESS);
                }
                Some(Format::Jsonl | Format::Tsv) => {}
            }
        }
        match (self.format, storyline) {
            (Some(Format::Table) | None, Some(storyline)) => {
                output::write_text(&storyline_text(&card, &storyline))?;
                return Ok(ExitCode::SUCCESS);
            }
            (Some(Format::Json), Some(storyline)) => {
                output::write_json(&WithStoryline { card, storyline })?;
                return Ok(ExitCode::SUCCESS);
            }
            _ => {}
        }
        match self.format {
            Some(Format::Json) => output::write_json(&card)?,
            Some(Format::Jsonl) => output::write_rows(
                &output::Rows {
                    header: &[],
                    values: &card.facts,
                    cells: Vec::new(),
                },
                self.format,
            )?,
            Some(Format::Tsv) => {
                let cells = card.facts.iter().map(|f| {
                    vec![
                        f.predicate.clone(),
                        f.value.clone(),
                        f.label.clone().unwrap_or_default(),
                        f.documents.join(" "),
                    ]
                });
                let rows = output::Rows {
                    header: &["predicate", "value", "label", "documents"],
                    values: &card.facts,
                    cells: cells.collect(),
                };
                output::write_rows(&rows, self.format)?;
            }
            Some(Format::Table) | None => {
                let told = session.with_view(|view| Ok(reports(view, &thing.iri)?))?;
                output::write_text(&(text(&card, &session.namespace()) + &additions(&told)))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// An entity's card in JSON: what is said of it, and what it comes to.
#[derive(serde::Serialize)]
struct WithEntity {
    #[serde(flatten)]
    card: Card,
    entity: EntityCard,
}

/// A storyline's card in JSON: what is said of it, and what it comes to.
#[derive(serde::Serialize)]
struct WithStoryline {
    #[serde(flatten)]
    card: Card,
    storyline: StorylineCard,
}

fn storyline_text(card: &Card, storyline: &StorylineCard) -> String {
    let mut text = format!("{}\n<{}>\n\n", card.label, card.iri);
    let span = storyline.span.as_deref().unwrap_or("unknown");
    let _ = writeln!(text, "span    {}", span.replace('/', " to "));
    let (stated, inferred) = (storyline.stated_events, storyline.inferred_events);
    let _ = writeln!(text, "events  {stated} stated, {inferred} inferred");
    for (title, list) in [("Part of", &storyline.part_of), ("Parts", &storyline.parts)] {
        section(&mut text, title, list.iter().map(nested_line));
    }
    for (title, list) in [("Who", &storyline.actors), ("Where", &storyline.places)] {
        let lines = list
            .iter()
            .map(|(name, count)| format!("{name}  ({count})"));
        section(&mut text, title, lines);
    }
    let names = storyline
        .other_names
        .iter()
        .map(|other| match &other.apart[..] {
            [] => other.name.clone(),
            apart => format!("{}  (apart: {})", other.name, apart.join(", ")),
        });
    section(&mut text, "Also called", names);
    text
}

fn nested_line(nested: &Nested) -> String {
    let (name, score, method) = (&nested.name, nested.score, &nested.method);
    format!("{name}  ({score:.2}, {method})")
}

fn section(text: &mut String, title: &str, lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for line in lines.take(MOST) {
        let _ = writeln!(text, "  {line}");
    }
    if count > MOST {
        let _ = writeln!(text, "  … and {} more", count - MOST);
    }
}

/// Values of one predicate beyond this many are counted, not listed.
const MOST: usize = 25;

fn text(card: &Card, namespace: &Namespace) -> String {
    let mut text = format!("{}\n<{}>\n", card.label, card.iri);
    let mut last = "";
    let mut listed = 0;
    for fact in &card.facts {
        if fact.predicate != last {
            let _ = writeln!(text, "\n{}", fact.predicate);
            last = &fact.predicate;
            listed = 0;
        }
        listed += 1;
        if listed > MOST {
            let all = card
                .facts
                .iter()
                .filter(|other| other.predicate == last)
                .count();
            if listed == MOST + 1 {
                let _ = writeln!(text, "  … and {} more", all - MOST);
            }
            continue;
        }
        match &fact.label {
            Some(label) => drop(writeln!(text, "  {label}  <{}>", namespace.id(&fact.value))),
            None => drop(writeln!(text, "  {}", fact.value)),
        }
    }
    text
}

/// The reports of an event that several tell, with what each adds to those before it.
fn additions(reports: &[ReportEntry]) -> String {
    let mut text = String::new();
    if reports.len() < 2 {
        return text;
    }
    text.push_str("\nreports, and what each adds\n");
    for report in reports {
        let date = report.date.as_deref().unwrap_or("undated");
        let _ = writeln!(text, "  {date}  {}", report.title);
        for sentence in &report.sentences {
            let _ = writeln!(text, "    + {sentence}");
        }
        for (what, new) in [("figures", &report.figures), ("names", &report.names)] {
            if !new.is_empty() {
                let _ = writeln!(text, "    {what}: {}", new.join(", "));
            }
        }
    }
    text
}
