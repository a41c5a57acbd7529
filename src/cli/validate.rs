//! `annals validate`: is the graph what it promises to be?

use std::process::ExitCode;

use clap::Args;

use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::inspect::validate;

/// Check the graph against its own rules, and every mention against its document's words
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// How to write violations
    #[arg(short, long)]
    format: Option<Format>,
}

impl Validate {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let violations = session.with_view(|view| Ok(validate(view)?))?;
        if violations.is_empty() && self.format.is_none() {
            output::write_text("valid\n")?;
            return Ok(ExitCode::SUCCESS);
        }
        let cells = violations
            .iter()
            .map(|v| vec![v.check.clone(), v.node.clone(), v.message.clone()]);
        let rows = output::Rows {
            header: &["check", "node", "message"],
            values: &violations,
            cells: cells.collect(),
        };
        output::write_rows(&rows, self.format)?;
        Ok(if violations.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
