//! `annals history`: versions, and what later reports revise, oldest first.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::session::Session;
use super::{Failure, Format, Globals, file, output};
use crate::export::write_history;
use crate::inspect::{HistoryEntry, UpdateEntry, history, updates};

/// The versions behind an event or document, then the reports that revise its figures, oldest first
#[derive(Debug, Args)]
pub(super) struct History {
    /// An event or document: words of a title, a path, or an IRI
    #[arg(required = true, value_name = "EVENT")]
    thing: Vec<String>,
    /// How to write them
    #[arg(short, long)]
    format: Option<HistoryFormat>,
    /// Draw them into a file, over the one that is there, as SVG
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a history is written. Without `--format`: a table on a terminal, TSV in a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum HistoryFormat {
    /// A table fitted to the terminal
    Table,
    /// One JSON value
    Json,
    /// One JSON object a line
    Jsonl,
    /// Tab-separated values with a header
    Tsv,
    /// A picture: what supersedes and what revises what
    Svg,
}

impl History {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        self.check()?;
        let session = Session::open(globals)?;
        let thing = session
            .names()
            .resolve(&self.thing.join(" "), &["event", "document"])?;
        let (versions, revisions) = session
            .with_view(|view| Ok((history(view, &thing.iri)?, updates(view, &thing.iri)?)))?;
        if versions.is_empty() && revisions.is_empty() && !globals.quiet {
            output::note(&format!(
                "no version of {:?} supersedes another, and no report revises one",
                thing.label
            ));
        }
        if self.output.is_some() || self.format == Some(HistoryFormat::Svg) {
            self.draw(&thing.label, &versions, &revisions)?;
            return Ok(ExitCode::SUCCESS);
        }
        let cells = versions.iter().map(version_cells);
        let cells = cells.chain(revisions.iter().map(update_cells)).collect();
        let values: Vec<Line> = versions
            .iter()
            .map(Line::Version)
            .chain(revisions.iter().map(Line::Update))
            .collect();
        let header = ["stored", "title", "state", "document"];
        output::write_rows(
            &output::Rows {
                header: &header,
                values: &values,
                cells,
            },
            self.format.and_then(HistoryFormat::of_rows),
        )?;
        Ok(ExitCode::SUCCESS)
    }

    /// A file takes a picture and nothing else.
    fn check(&self) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        let extension = path.extension().and_then(|extension| extension.to_str());
        let is_svg = match self.format {
            Some(format) => format == HistoryFormat::Svg,
            None => extension.is_some_and(|extension| extension.eq_ignore_ascii_case("svg")),
        };
        if is_svg {
            return Ok(());
        }
        Err(Failure::usage(format!(
            "a history cannot be written to {:?}",
            path.display().to_string()
        ))
        .hint(
            "name a file that ends in .svg, or redirect the output of --format json, jsonl or tsv",
        ))
    }

    fn draw(
        &self,
        title: &str,
        versions: &[HistoryEntry],
        revisions: &[UpdateEntry],
    ) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        write_history(title, versions, revisions, &mut bytes)?;
        file::write_output(&bytes, self.output.as_deref())
    }
}

impl HistoryFormat {
    /// The format of rows; none for a picture.
    const fn of_rows(self) -> Option<Format> {
        match self {
            Self::Table => Some(Format::Table),
            Self::Json => Some(Format::Json),
            Self::Jsonl => Some(Format::Jsonl),
            Self::Tsv => Some(Format::Tsv),
            Self::Svg => None,
        }
    }
}

/// A version or an update, told apart by their fields.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Version(&'a HistoryEntry),
    Update(&'a UpdateEntry),
}

fn version_cells(version: &HistoryEntry) -> Vec<String> {
    let state = match (version.superseded_by.is_empty(), version.is_held) {
        (true, true) => "current",
        (true, false) => "current, not held",
        (false, true) => "superseded",
        (false, false) => "superseded, not held",
    };
    let stored = version.stored.clone().unwrap_or_default();
    let title = version.title.clone();
    vec![stored, title, state.to_owned(), version.document.clone()]
}

fn update_cells(update: &UpdateEntry) -> Vec<String> {
    let state = format!(
        "updates: {} {} → {}",
        update.quantity, update.old, update.new
    );
    let date = update.date.clone().unwrap_or_default();
    vec![date, update.title.clone(), state, update.document.clone()]
}
