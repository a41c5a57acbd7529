//! `annals stats`: what a store holds.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::pipeline;

/// Count what there is
#[derive(Debug, Args)]
pub(super) struct Stats {
    /// How to write the counts
    #[arg(short, long)]
    format: Option<Format>,
}

/// One count.
#[derive(Debug, Serialize)]
struct Count {
    what: &'static str,
    count: usize,
}

impl Stats {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let stats = pipeline::Stats::of(Session::open(globals)?.index())?;
        if matches!(self.format, Some(Format::Json)) {
            output::write_json(&stats)?;
            return Ok(ExitCode::SUCCESS);
        }
        let counts = [
            ("quads", stats.quads),
            ("documents", stats.documents),
            ("events", stats.events),
            ("persons", stats.persons),
            ("places", stats.places),
            ("organizations", stats.organizations),
            ("storylines", stats.storylines),
            ("concepts", stats.concepts),
            ("mentions", stats.mentions),
            ("related", stats.related),
            ("inferred", stats.inferred),
            ("context", stats.context),
            ("supersedes", stats.supersedes),
            ("waiting", stats.waiting),
        ];
        let left_out = (stats.left_out > 0).then_some(("left out", stats.left_out));
        let counts = counts.into_iter().chain(left_out);
        let counts: Vec<Count> = counts.map(|(what, count)| Count { what, count }).collect();
        let cells = counts
            .iter()
            .map(|count| vec![count.what.to_owned(), count.count.to_string()]);
        let rows = output::Rows {
            header: &["what", "count"],
            values: &counts,
            cells: cells.collect(),
        };
        output::write_rows(&rows, self.format)?;
        Ok(ExitCode::SUCCESS)
    }
}
