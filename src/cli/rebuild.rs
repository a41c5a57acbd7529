//! `annals rebuild`: derives graph and index from the journal again.

use std::process::ExitCode;

use clap::Args;

use super::session::location;
use super::{Failure, Globals, output};
use crate::pipeline;
use crate::store::{Access, Store};

/// Throw the graph and the index away and derive them from the journal again
#[derive(Debug, Args)]
pub(super) struct Rebuild {}

impl Rebuild {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let path = location(globals);
        // Opened for reading first, so that a mistyped folder is reported, not made.
        drop(
            Store::open(&path, Access::Read).or_else(|error| match error {
                missing @ crate::store::StoreError::Missing(_) => Err(missing),
                _ => Store::open(&path, Access::Write),
            })?,
        );
        let mut store = Store::open(&path, Access::Write)?;
        let report = pipeline::rebuild(&mut store, &|_| {})?;
        output::write_text(&format!(
            "{} events, {} entities, {} quads from {} journal segments in {:.2} s\n",
            report.events,
            report.entities,
            report.quads,
            store.journal.segments().len(),
            report.seconds,
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
