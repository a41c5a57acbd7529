//! `annals why`: the words behind an event.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::output::indented;
use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::counted::counted;
use crate::inspect::{Grounds, why};

/// The very words, in the very document, behind an event
#[derive(Debug, Args)]
pub(super) struct Why {
    /// Words of the event's title, or its IRI
    #[arg(required = true, value_name = "EVENT")]
    event: Vec<String>,
    /// How to write them
    #[arg(short, long)]
    format: Option<Format>,
}

impl Why {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let event = session.names().resolve(&self.event.join(" "), &["event"])?;
        let grounds = session.with_view(|view| Ok(why(view, &event.iri)?))?;
        match self.format {
            None | Some(Format::Table) => {
                let columns = output::columns().unwrap_or(usize::MAX);
                output::write_text(&text(&event.label, &grounds, columns))?;
            }
            Some(_) => {
                let cells = grounds.iter().map(|g| {
                    let place = format!("{}-{}", g.start, g.end);
                    vec![
                        g.statement.clone(),
                        g.value.clone(),
                        g.words.clone(),
                        g.path.clone(),
                        place,
                    ]
                });
                let header = ["says", "what", "words", "path", "code points"];
                output::write_rows(
                    &output::Rows {
                        header: &header,
                        values: &grounds,
                        cells: cells.collect(),
                    },
                    self.format,
                )?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Places of one statement beyond this many are counted, not listed.
const MOST: usize = 3;

/// Statement by statement: what is said, and under it the words and where they stand, in lines of at most
/// so many columns.
fn text(label: &str, grounds: &[Grounds], columns: usize) -> String {
    let mut text = indented(label, "", "", columns) + "\n";
    for same in grounds.chunk_by(|a, b| (&a.statement, &a.value) == (&b.statement, &b.value)) {
        let said = format!("{} {}", same[0].statement, same[0].value);
        let _ = writeln!(text, "\n{}", indented(&said, "", "  ", columns));
        let listed = if same[0].statement == "tells" {
            same.len()
        } else {
            MOST
        };
        for one in same.iter().take(listed) {
            let words = format!("“{}”", one.words);
            let place = format!("{} {}–{}", one.path, one.start, one.end);
            for (line, first, rest) in [(words, "  ", "   "), (place, "      ", "      ")] {
                let _ = writeln!(text, "{}", indented(&line, first, rest, columns));
            }
        }
        if same.len() > listed {
            let _ = writeln!(
                text,
                "  … and {}",
                counted(same.len() - listed, "more place")
            );
        }
    }
    text
}
