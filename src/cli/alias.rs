//! `annals alias`: names of entities, why they are theirs, and the user's decisions about them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::names::Names;
use super::session::{Session, location};
use super::{Failure, Format, Globals, output};
use crate::counted::counted;
use crate::decision::{Choice, Decision, NameRef};
use crate::extract::EntityKind;
use crate::inspect::alias::{merging, named, names_of, splitting};
use crate::pipeline;
use crate::record::NameRecord;
use crate::store::{Access, Store};

/// What entities have names.
const KINDS: [&str; 5] = ["person", "place", "organization", "storyline", "concept"];

/// Names of people, places and bodies: list them, say that two are one, take one out
///
/// Decisions are kept in the journal with author, time and reason. They survive rebuilding, and each
/// can be taken back: `split` undoes `merge`, and `merge` undoes `split`.
#[derive(Debug, Args)]
pub(super) struct Alias {
    #[command(subcommand)]
    command: AliasCommand,
}

#[derive(Debug, Subcommand)]
enum AliasCommand {
    /// List entities with all their names and how many documents use each
    List(List),
    /// Make two entities one
    Merge(Merge),
    /// Take names out of the entity they were found in
    ///
    /// A name goes with its spellings that differ only in case, accents, articles and titles, and as every
    /// kind of thing that it is named as: organization, context name.
    Split(Split),
}

#[derive(Debug, Args)]
struct List {
    /// A name, or an IRI; without it, everything that has more than one name
    #[arg(value_name = "NAME")]
    name: Vec<String>,
    /// Say of each name why it belongs to the entity
    #[arg(long)]
    explain: bool,
    /// How to write them
    #[arg(short, long)]
    format: Option<Format>,
}

#[derive(Debug, Args)]
struct Merge {
    /// A name, or an IRI
    first: String,
    /// Another
    second: String,
    #[command(flatten)]
    grounds: Grounds,
}

#[derive(Debug, Args)]
struct Split {
    /// Names as documents write them
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The entity to take them out of, where several bear the name
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    #[command(flatten)]
    grounds: Grounds,
}

/// By whom and why.
#[derive(Debug, Args)]
struct Grounds {
    /// Why, in your words
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME", env = "USER", default_value = "user")]
    author: String,
}

impl Alias {
    /// Whether it asks and changes nothing.
    pub(super) const fn questions(&self) -> bool {
        matches!(self.command, AliasCommand::List(_))
    }

    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        match self.command {
            AliasCommand::List(list) => list.execute(globals),
            AliasCommand::Merge(merge) => merge.execute(globals),
            AliasCommand::Split(split) => split.execute(globals),
        }
    }
}

impl List {
    fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let records = match self.name.is_empty() {
            true => named(session.index())?,
            false => vec![entity(&session.names(), &self.name.join(" "))?],
        };
        match self.format {
            None | Some(Format::Table) => {
                let explained = self
                    .explain
                    .then(|| splits(&session, &records))
                    .transpose()?;
                output::write_text(&text(&records, explained.as_deref()))?;
            }
            Some(_) => {
                let rows = records
                    .iter()
                    .flat_map(|record| cells(record, self.explain));
                let header = ["entity", "kind", "name", "documents", "rule", "why"];
                let wanted = if self.explain { 6 } else { 4 };
                output::write_rows(
                    &output::Rows {
                        header: &header[..wanted],
                        values: &records,
                        cells: rows.collect(),
                    },
                    self.format,
                )?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Merge {
    fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let mut store = pipeline::open(&location(globals), Access::Write)?;
        let first = entity(&Names::of(&store), &self.first)?;
        let second = entity(&Names::of(&store), &self.second)?;
        let choices = merging(&first, &second);
        if choices.is_empty() {
            output::note(&format!(
                "{:?} and {:?} are one already",
                self.first, self.second
            ));
            return Ok(ExitCode::SUCCESS);
        }
        decide(&mut store, choices, &self.grounds)
    }
}

impl Split {
    fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let mut store = pipeline::open(&location(globals), Access::Write)?;
        let mut choices: Vec<Choice> = Vec::new();
        for name in &self.names {
            let record = entity(&Names::of(&store), self.from.as_deref().unwrap_or(name))?;
            let more = splitting(&record, name).map_err(|error| {
                Failure::not_found(error).hint("annals alias list NAME shows an entity's names")
            })?;
            choices.extend(
                more.into_iter()
                    .filter(|choice| !choices.contains(choice))
                    .collect::<Vec<_>>(),
            );
        }
        decide(&mut store, choices, &self.grounds)
    }
}

/// The one entity that a name means, with all its names.
fn entity(names: &Names<'_>, name: &str) -> Result<NameRecord, Failure> {
    let found = names.resolve_strictly(name, &KINDS)?;
    names_of(names.index, &found.iri)?
        .ok_or_else(|| Failure::not_found(format!("{:?} is no entity", found.label)))
}

fn decide(store: &mut Store, choices: Vec<Choice>, grounds: &Grounds) -> Result<ExitCode, Failure> {
    let now = jiff::Timestamp::now();
    let reason = grounds.reason.as_deref();
    let decided = pipeline::decide(store, choices, &grounds.author, now, reason)?;
    for decision in &decided {
        output::write_text(&format!(
            "decision {}: {}\n",
            decision.number,
            told(decision)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn told(decision: &Decision) -> String {
    match &decision.choice {
        Choice::Merge { first, second } => {
            format!("“{}” and “{}” are one", first.name, second.name)
        }
        Choice::Split { names, from } => {
            let name = names.first().map_or("", |name| &name.name);
            format!("“{name}”{} is not “{}”", kinds(names), from.name)
        }
        Choice::Retract { number } => format!("decision {number} holds no longer"),
    }
}

/// As what a name was taken off, where that is more than one kind of thing.
fn kinds(names: &[NameRef]) -> String {
    let word = |name: &NameRef| name.kind.map_or("context name", EntityKind::word);
    let kinds: BTreeSet<&str> = names.iter().map(word).collect();
    match kinds.len() {
        0 | 1 => String::new(),
        _ => {
            let kinds: Vec<&str> = kinds.into_iter().collect();
            format!(" (as {})", kinds.join(" and "))
        }
    }
}

/// The decisions, where one of them took a name out of another entity: only then is the journal read.
fn splits(session: &Session, records: &[NameRecord]) -> Result<Vec<Decision>, Failure> {
    let surfaces = records.iter().flat_map(|record| &record.surfaces);
    let is_split = surfaces.into_iter().any(|surface| surface.split.is_some());
    match session {
        Session::Stored(store) if is_split => Ok(pipeline::decisions(store)?),
        _ => Ok(Vec::new()),
    }
}

/// `apart from “ISIL” by decision 1 of ana: another group`.
fn apart(number: u64, decisions: &[Decision]) -> String {
    let decision = decisions.iter().find(|decision| decision.number == number);
    let Some(decision) = decision else {
        return format!("apart by decision {number}");
    };
    let from = match &decision.choice {
        Choice::Split { from, .. } => format!(" from “{}”", from.name),
        _ => String::new(),
    };
    let why = decision.reason.as_ref();
    let why = why.map_or_else(String::new, |why| format!(": {why}"));
    format!(
        "apart{from} by decision {number} of {}{why}",
        decision.author
    )
}

/// Entities with their names; with grounds and the decisions that part them, where those are given.
fn text(records: &[NameRecord], explained: Option<&[Decision]>) -> String {
    let mut text = String::new();
    for record in records {
        let _ = writeln!(
            text,
            "{} ({}, {})",
            record.name,
            record.kind,
            counted(record.documents, "document")
        );
        for surface in &record.surfaces {
            let _ = write!(text, "  {:>6}  {}", surface.documents, surface.name);
            if explained.is_some() && surface.name != record.name {
                let _ = write!(text, "  — {}", surface.reason);
            }
            if let (Some(decisions), Some(number)) = (explained, surface.split) {
                let _ = write!(text, "  — {}", apart(number, decisions));
            }
            text.push('\n');
        }
    }
    text
}

fn cells(record: &NameRecord, explain: bool) -> Vec<Vec<String>> {
    let row = |surface: &crate::record::SurfaceRecord| {
        let mut row = vec![
            record.name.clone(),
            record.kind.clone(),
            surface.name.clone(),
            surface.documents.to_string(),
        ];
        if explain {
            row.extend([surface.rule.clone(), surface.reason.clone()]);
        }
        row
    };
    record.surfaces.iter().map(row).collect()
}
