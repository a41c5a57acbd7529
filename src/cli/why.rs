//! `annals why`: the words behind an event.

use std::process::ExitCode;

use clap::Args;

use super::session::Session;
use super::{Failure, Format, Globals, names, output};
use crate::inspect::why;

/// The very words, in the very document, behind an event
#[derive(Debug, Args)]
pub(super) struct Why {
    /// Words of the event's title, or its IRI
    #[arg(required = true, value_name = "EVENT")]
    event: Vec<String>,
    /// How to write them
    #[arg(short, long)]
    format: Option<Format>,
}

impl Why {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let event = names::resolve(session.index(), &self.event.join(" "), &["event"])?;
        let grounds = session.with_view(|view| Ok(why(view, &event.iri)?))?;
        if !globals.quiet {
            output::note(&event.label);
        }
        let cells = grounds.iter().map(|g| {
            let place = format!("{} {}–{}", g.path, g.start, g.end);
            vec![g.statement.clone(), g.value.clone(), format!("“{}”", g.words), place]
        });
        let rows = output::Rows { header: &["says", "what", "words", "where"], values: &grounds, cells: cells.collect() };
        output::write_rows(&rows, self.format)?;
        Ok(ExitCode::SUCCESS)
    }
}
