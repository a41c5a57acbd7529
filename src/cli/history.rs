//! `annals history`: versions, oldest first.

use std::process::ExitCode;

use clap::Args;

use super::session::Session;
use super::{Failure, Format, Globals, names, output};
use crate::inspect::history;

/// The versions behind an event or document, oldest first
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
        let versions = session.with_view(|view| Ok(history(view, &thing.iri)?))?;
        if versions.is_empty() && !globals.quiet {
            output::note(&format!(
                "no version of {:?} supersedes another",
                thing.label
            ));
        }
        let cells = versions.iter().map(|version| {
            let state = match (version.superseded_by.is_empty(), version.is_held) {
                (true, true) => "current",
                (true, false) => "current, not held",
                (false, true) => "superseded",
                (false, false) => "superseded, not held",
            };
            let stored = version.stored.clone().unwrap_or_default();
            vec![
                stored,
                version.title.clone(),
                state.to_owned(),
                version.document.clone(),
            ]
        });
        let header = ["stored", "title", "state", "document"];
        output::write_rows(
            &output::Rows {
                header: &header,
                values: &versions,
                cells: cells.collect(),
            },
            self.format,
        )?;
        Ok(ExitCode::SUCCESS)
    }
}
