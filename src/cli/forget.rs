//! `annals forget`: takes a document out of the graph.

use std::process::ExitCode;

use clap::Args;

use super::names::Names;
use super::session::location;
use super::{Failure, Globals, output};
use crate::counted::counted;
use crate::pipeline;
use crate::store::Access;

/// Take documents out: nothing of them stays in the graph or the index
///
/// The journal remembers that they were read and forgotten; reading them again brings them back.
#[derive(Debug, Args)]
pub(super) struct Forget {
    /// Paths, addresses, ids or IRIs of documents
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<String>,
}

impl Forget {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let mut store = pipeline::open(&location(globals), Access::Write)?;
        let mut iris = Vec::new();
        for document in &self.documents {
            iris.push(
                Names::of(&store)
                    .resolve_strictly(document, &["document"])?
                    .iri,
            );
        }
        let count = pipeline::forget(&mut store, &iris)?;
        output::write_text(&format!("forgot {}\n", counted(count, "document")))?;
        Ok(ExitCode::SUCCESS)
    }
}
