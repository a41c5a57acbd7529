//! `annals backup`: copies a store, also while it is in use.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::session::location;
use super::{Failure, Globals, output};
use crate::counted::counted;
use crate::store::{self, Folder};

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
        let store = location(globals);
        Folder::read(&store)?;
        self.check(&store)?;
        let copied = store::backup(&store, &self.target)?;
        let derived = if copied.has_derived {
            ""
        } else {
            "; another process is writing, so graph and index will be derived when it is opened"
        };
        output::write_text(&format!(
            "{}, {} bytes{derived}\n",
            counted(copied.segments, "journal segment"),
            copied.bytes
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    /// A copy overwrites nothing, and does not lie in what it is a copy of.
    fn check(&self, store: &Path) -> Result<(), Failure> {
        let refuse = |reason: &str| {
            let target = self.target.display();
            Err(
                Failure::usage(format!("cannot copy the store to {target}: {reason}"))
                    .hint("name a new folder outside of the store"),
            )
        };
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| whole(path));
        let (store, target) = (real(store), whole(&self.target));
        if target.ancestors().any(|above| real(above) == store) {
            return refuse("it is the store, or lies in it");
        }
        if Folder::read(&target).is_ok() {
            return refuse("there is a store already");
        }
        let inside = target
            .read_dir()
            .ok()
            .and_then(|mut entries| entries.next());
        match inside {
            Some(_) => refuse("the folder is not empty"),
            None if target.is_file() => refuse("it is a file"),
            None => Ok(()),
        }
    }
}
