//! `annals history`: versions, and what later reports revise, oldest first.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::session::Session;
use super::{Failure, Format, Globals, names, output};
use crate::inspect::{HistoryEntry, UpdateEntry, history, updates};

/// The versions behind an event or document, then the reports that revise its figures, oldest first
#[derive(Debug, Args)]
pub(super) struct History {
    /// An event or document: words of a title, a path, or an IRI
    #[arg(required = true, value_name = "EVENT")]
    thing: Vec<String>,
    /// How to write them
    #[arg(short, long)]
    format: Option<Format>,
}

impl History {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let thing = names::resolve(
            session.index(),
            &self.thing.join(" "),
            &["event", "document"],
        )?;
        let (versions, revisions) = session
            .with_view(|view| Ok((history(view, &thing.iri)?, updates(view, &thing.iri)?)))?;
        if versions.is_empty() && revisions.is_empty() && !globals.quiet {
            output::note(&format!(
                "no version of {:?} supersedes another, and no report revises one",
                thing.label
            ));
        }
        let cells = versions.iter().map(version_cells);
        let cells = cells.chain(revisions.iter().map(update_cells)).collect();
        let values: Vec<Line> = versions
            .iter()
            .map(Line::Version)
            .chain(revisions.iter().map(Line::Update))
            .collect();
        let header = ["stored", "title", "state", "document"];
        output::write_rows(
            &output::Rows {
                header: &header,
                values: &values,
                cells,
            },
            self.format,
        )?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A version or an update, told apart by their fields.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Version(&'a HistoryEntry),
    Update(&'a UpdateEntry),
}

fn version_cells(version: &HistoryEntry) -> Vec<String> {
    let state = match (version.superseded_by.is_empty(), version.is_held) {
        (true, true) => "current",
        (true, false) => "current, not held",
        (false, true) => "superseded",
        (false, false) => "superseded, not held",
    };
    let stored = version.stored.clone().unwrap_or_default();
    let title = version.title.clone();
    vec![stored, title, state.to_owned(), version.document.clone()]
}

fn update_cells(update: &UpdateEntry) -> Vec<String> {
    let state = format!(
        "updates: {} {} → {}",
        update.quantity, update.old, update.new
    );
    let date = update.date.clone().unwrap_or_default();
    vec![date, update.title.clone(), state, update.document.clone()]
}
