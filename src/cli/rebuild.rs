//! `annals rebuild`: derives graph and index from the journal again.

use std::ops::ControlFlow;
use std::process::ExitCode;

use clap::Args;

use super::progress::Bar;
use super::session::location;
use super::{Failure, Globals, output};
use crate::counted::counted;
use crate::pipeline;

/// Derive the graph and the index from the journal again, and throw the old ones away
///
/// Other commands read the old ones until the new ones take their place, so there has to be room for both.
#[derive(Debug, Args)]
pub(super) struct Rebuild {}

impl Rebuild {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let bar = Bar::start(globals.quiet);
        let (store, report) = pipeline::rebuild(&location(globals), &|progress| {
            bar.show(progress);
            ControlFlow::Continue(())
        })?;
        bar.finish();
        if report.unfit_answers > 0 && !globals.quiet {
            output::note(&super::ingest::unfit(report.unfit_answers));
        }
        if report.left_out > 0 && !globals.quiet {
            output::note(&super::ingest::left_out(report.left_out));
        }
        output::write_text(&format!(
            "{}, {}, {} from {} in {:.2} s\n",
            counted(report.events, "event"),
            counted(report.entities, "entity"),
            counted(report.quads, "quad"),
            counted(store.journal.segments().len(), "journal segment"),
            report.seconds,
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
