//! `annals show`: one card.

mod entity;
mod facts;
mod storyline;
mod told;

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::inspect::{
    Candidate, Card, EntityCard, ReportEntry, StorylineCard, View, card, entity_card, reports,
    storyline_card, strayed_from,
};
use crate::rdf::Namespace;
use crate::record::DocumentRecord;
use crate::store::StoreError;

/// What is known of one thing, on a card
///
/// Of a person, place or organization: its names, when it is in the news and with whom, its latest events. Of an
/// event: when, who and where, its reports and what each adds. Of a document: what it tells of. --facts gives
/// every statement of the graph.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// A name, words of an event's title, a document's path or address, or an IRI
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// Every statement of the graph instead of a card; --format tsv has their documents too
    #[arg(long)]
    facts: bool,
    /// The text of a document as it was read, in which `why` and the graph count positions
    #[arg(long, conflicts_with_all = ["facts", "format"])]
    text: bool,
    /// How to write it
    #[arg(short, long)]
    format: Option<Format>,
}

impl Show {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let wanted: &[&str] = if self.text { &["document"] } else { &[] };
        let thing = session.names().resolve(&self.name.join(" "), wanted)?;
        if self.text {
            output::write_text(&text_of(&session, &thing)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        let shown = session.with_view(|view| Ok(self.look(view, &thing)?))?;
        match self.format {
            Some(Format::Table) | None => {
                output::write_text(&shown.text(&session.namespace(), output::width()))?;
            }
            Some(Format::Json) => output::write_json(&shown)?,
            Some(Format::Jsonl | Format::Tsv) => write_facts(&shown.card, self.format)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn look(&self, view: View<'_>, thing: &Candidate) -> Result<Shown, StoreError> {
        let is_text = matches!(self.format, Some(Format::Table) | None);
        let kind = match &*thing.kind {
            _ if self.facts => Kind::Facts {},
            "person" | "place" | "organization" | "concept" => {
                match entity_card(view, &thing.iri)? {
                    Some(entity) => Kind::Entity { entity },
                    None => Kind::Facts {},
                }
            }
            "storyline" => Kind::Storyline {
                storyline: storyline_card(view, &thing.iri)?,
            },
            _ if is_text => Kind::Told {
                reports: reports(view, &thing.iri)?,
                unlike: strayed_from(view, &thing.iri)?,
            },
            _ => Kind::Facts {},
        };
        let card = match kind {
            // A name alone: the facts of a country are tens of thousands.
            Kind::Entity { .. } if is_text => Card {
                iri: thing.iri.clone(),
                label: thing.label.clone(),
                facts: Vec::new(),
            },
            _ => card(view, &thing.iri)?,
        };
        Ok(Shown { card, kind })
    }
}

/// What is shown: what is said of a thing, and what that comes to.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    card: Card,
    #[serde(flatten)]
    kind: Kind,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Kind {
    Entity {
        entity: EntityCard,
    },
    Storyline {
        storyline: StorylineCard,
    },
    /// An event with its reports, or a document.
    Told {
        #[serde(skip)]
        reports: Vec<ReportEntry>,
        /// The storylines of which it says no word.
        #[serde(skip)]
        unlike: Vec<String>,
    },
    Facts {},
}

impl Shown {
    fn text(&self, namespace: &Namespace, width: usize) -> String {
        let card = &self.card;
        match &self.kind {
            Kind::Entity { entity } => entity::text(card, entity, namespace.id(&card.iri), width),
            Kind::Storyline { storyline } => storyline::text(card, storyline),
            Kind::Told { reports, unlike } => told::text(card, reports, unlike, namespace, width),
            Kind::Facts {} => facts::text(card, namespace),
        }
    }
}

fn write_facts(card: &Card, format: Option<Format>) -> Result<(), Failure> {
    let cells = card.facts.iter().map(|fact| {
        vec![
            fact.predicate.clone(),
            fact.value.clone(),
            fact.label.clone().unwrap_or_default(),
            fact.documents.join(" "),
        ]
    });
    let rows = output::Rows {
        header: &["predicate", "value", "label", "documents"],
        values: &card.facts,
        cells: cells.collect(),
    };
    Ok(output::write_rows(&rows, format)?)
}

/// The text that was read of a document.
fn text_of(session: &Session, document: &Candidate) -> Result<String, Failure> {
    let hit = session.index().record(&document.iri)?;
    let record = hit.and_then(|hit| serde_json::from_str::<DocumentRecord>(&hit.stored).ok());
    Ok(record.map(|record| record.text).unwrap_or_default())
}
