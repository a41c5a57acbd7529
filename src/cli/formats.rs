//! `annals formats`: what can be read, and how it is told apart.

use std::io;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Failure, output};
use crate::document;

/// List the formats that are read: names, extensions, how each is recognized, what is read
///
/// Files of every format may also be packed (gzip, zstd) or lie in a tar or ZIP archive.
#[derive(Debug, Args)]
pub(super) struct Formats {
    /// How to write the list
    #[arg(short, long)]
    format: Option<output::Format>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    name: &'static str,
    extensions: &'static [&'static str],
    media_type: &'static str,
    recognized_by: &'static str,
    reads: &'static str,
}

impl Formats {
    pub(super) fn execute(self) -> Result<ExitCode, Failure> {
        let rows: Vec<Row> = document::Format::ALL.into_iter().map(row).collect();
        write(&rows, self.format)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn row(format: document::Format) -> Row {
    Row {
        name: format.name(),
        extensions: format.extensions(),
        media_type: format.media_type(),
        recognized_by: format.recognized_by(),
        reads: format.reads(),
    }
}

fn write(rows: &[Row], format: Option<output::Format>) -> io::Result<()> {
    let cells = rows.iter().map(|row| {
        let extensions: Vec<String> = row.extensions.iter().map(|e| format!(".{e}")).collect();
        vec![
            row.name.to_owned(),
            extensions.join(" "),
            row.recognized_by.to_owned(),
            row.reads.to_owned(),
        ]
    });
    output::write_rows(
        &output::Rows {
            header: &["name", "extensions", "recognized by", "what is read"],
            values: rows,
            cells: cells.collect(),
        },
        format,
    )
}
