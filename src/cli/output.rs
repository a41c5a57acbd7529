//! Standard output and standard error: tables for people, JSON and TSV for programs.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use crate::character::escaped;

/// How results are written. Without `--format`: a table on a terminal, TSV in a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A table fitted to the terminal
    Table,
    /// One JSON value
    Json,
    /// One JSON object a line
    Jsonl,
    /// Tab-separated values with a header; tabs and line breaks inside values become spaces
    Tsv,
}

impl Format {
    /// The format asked for, or the one that fits where the output goes.
    pub(super) fn or_fitting(asked: Option<Self>) -> Self {
        let terminal = io::stdout().is_terminal();
        asked.unwrap_or(if terminal { Self::Table } else { Self::Tsv })
    }
}

/// Columns of text to be read: those of the terminal, or what COLUMNS says, within what reads well.
pub(super) fn width() -> usize {
    columns().unwrap_or(100).clamp(30, 120)
}

/// What COLUMNS says, else the columns of the terminal; nothing where the output goes elsewhere.
pub(super) fn columns() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok();
    let said = said.and_then(|columns| columns.parse().ok());
    let terminal = || Table::new().width().map(usize::from);
    said.filter(|columns| *columns > 0).or_else(terminal)
}

/// A text in lines of at most `width` columns, behind `first` and then behind `rest`. Wide characters count
/// as two columns.
pub(super) fn indented(text: &str, first: &str, rest: &str, width: usize) -> String {
    let options = textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(rest);
    textwrap::fill(text, options)
}

/// Rows to be written in any format: `values` for programs, `cells` for people.
pub(super) struct Rows<'a, T> {
    pub(super) header: &'a [&'a str],
    pub(super) values: &'a [T],
    pub(super) cells: Vec<Vec<String>>,
}

/// Writes rows to standard output.
pub(super) fn write_rows<T: Serialize>(
    rows: &Rows<'_, T>,
    format: Option<Format>,
) -> io::Result<()> {
    write_rows_to(&mut io::stdout().lock(), rows, Format::or_fitting(format))
}

/// Writes rows in a format; a table as wide as the terminal.
pub(super) fn write_rows_to<T: Serialize>(
    mut out: &mut impl Write,
    rows: &Rows<'_, T>,
    format: Format,
) -> io::Result<()> {
    match format {
        Format::Json => json(out, rows.values),
        Format::Jsonl => rows.values.iter().try_for_each(|value| {
            serde_json::to_writer(&mut out, value)?;
            writeln!(out)
        }),
        Format::Tsv => tsv(out, rows.header, &rows.cells),
        Format::Table => {
            let mut table = Table::new();
            table.load_style(presets::UTF8_HORIZONTAL_ONLY);
            table.set_content_arrangement(ContentArrangement::Dynamic);
            let columns = columns().unwrap_or(100);
            table.set_width(u16::try_from(columns).unwrap_or(u16::MAX));
            table.set_header(rows.header.iter().copied());
            for row in &rows.cells {
                table.add_row(row.iter().map(|cell| escaped(cell)));
            }
            writeln!(out, "{table}")
        }
    }
}

/// The beginning of a text of more than so many characters, in whole words.
pub(super) fn shortened(text: &str, most_characters: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most_characters) else {
        return text.to_owned();
    };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &text[..cut])
}

/// Writes one value as indented JSON.
pub(super) fn write_json<T: Serialize + ?Sized>(value: &T) -> io::Result<()> {
    json(&mut io::stdout().lock(), value)
}

fn json<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn tsv(out: &mut impl Write, header: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    writeln!(out, "{}", header.join("\t"))?;
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| cell.replace(['\t', '\n', '\r'], " "))
            .collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// Writes text to standard output, made safe for a terminal when it goes to one.
pub(super) fn write_text(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if io::stdout().is_terminal() {
        out.write_all(escaped(text).as_bytes())
    } else {
        out.write_all(text.as_bytes())
    }
}

/// Says something on standard error.
pub(super) fn note(message: &str) {
    // When standard error is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{}", escaped(message));
}
