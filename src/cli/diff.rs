//! `annals diff`: what differs between two stores, or two moments of one.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Failure, output};
use crate::counted::counted;
use crate::pipeline::{self, Difference, Moment, Side};
use crate::store::Folder;

/// Compare two stores, or two moments of one
///
/// A side is a store's folder, or a moment of its journal: DIR@SEGMENT, DIR@2026-11-22 or
/// DIR@2026-11-22T08:00Z. Exit code 0: the same, 1: not the same.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The older side
    #[arg(value_name = "A", value_parser = pipeline::parse_side)]
    old: Side,
    /// The newer side
    #[arg(value_name = "B", value_parser = pipeline::parse_side)]
    new: Side,
    /// Print every quad that differs, as N-Quads behind - or +
    #[arg(long)]
    quads: bool,
    /// Print one JSON object
    #[arg(long, conflicts_with = "quads")]
    json: bool,
}

#[derive(Serialize)]
struct Summary<'a> {
    removed_documents: &'a [String],
    added_documents: &'a [String],
    changed_documents: &'a [String],
    removed_quads: usize,
    added_quads: usize,
}

impl Diff {
    pub(super) fn execute(self) -> Result<ExitCode, Failure> {
        check(&self.old)?;
        check(&self.new)?;
        let difference = pipeline::diff(&self.old, &self.new)?;
        if self.json {
            output::write_json(&Summary {
                removed_documents: &difference.removed_documents,
                added_documents: &difference.added_documents,
                changed_documents: &difference.changed_documents,
                removed_quads: difference.removed.len(),
                added_quads: difference.added.len(),
            })?;
        } else {
            output::write_text(&text(&difference, self.quads))?;
        }
        Ok(ExitCode::from(u8::from(!difference.is_empty())))
    }
}

/// A moment lies in the journal.
fn check(side: &Side) -> Result<(), Failure> {
    let Moment::Segment(asked) = side.moment else {
        return Ok(());
    };
    let (journal, _) = Folder::read(&side.store)?;
    let last = journal.segments().iter().map(|entry| entry.segment).max();
    match last.unwrap_or(0) {
        last if asked > last => {
            let store = side.store.display();
            Err(Failure::usage(format!(
                "the journal of {store} has no segment {asked}: it has {}",
                counted(journal.segments().len(), "segment")
            ))
            .hint(format!("the last moment is {store}@{last}")))
        }
        _ => Ok(()),
    }
}

fn text(difference: &Difference, quads: bool) -> String {
    let removed = difference
        .removed
        .iter()
        .map(|quad| format!("- {quad} .\n"));
    let added = difference.added.iter().map(|quad| format!("+ {quad} .\n"));
    if quads {
        return removed.chain(added).collect();
    }
    let documents = [
        ("-", &difference.removed_documents),
        ("+", &difference.added_documents),
        ("~", &difference.changed_documents),
    ];
    let lines = documents
        .iter()
        .flat_map(|(sign, names)| names.iter().map(move |name| format!("{sign} {name}\n")));
    let total = format!(
        "{} removed, {} added, {} changed; {} removed, {} added\n",
        counted(difference.removed_documents.len(), "document"),
        difference.added_documents.len(),
        difference.changed_documents.len(),
        counted(difference.removed.len(), "quad"),
        difference.added.len(),
    );
    lines.chain([total]).collect()
}
