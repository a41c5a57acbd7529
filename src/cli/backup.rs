//! `annals backup`: copies a store, also while it is in use.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::session::location;
use super::{Failure, Globals, output};
use crate::store;

/// Copy the store into a new folder, also while another process writes to it
///
/// Everything acknowledged when the copy begins is in it, checked against its hashes. Open the copy
/// with --location.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The new folder
    #[arg(value_name = "DIR")]
    target: PathBuf,
}

impl Backup {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let copied = store::backup(&location(globals), &self.target)?;
        let derived = if copied.has_derived {
            ""
        } else {
            "; another process is writing, so graph and index will be derived when it is opened"
        };
        output::write_text(&format!(
            "{} journal segments, {} bytes{derived}\n",
            copied.segments, copied.bytes
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
