//! `annals check`: is everything in the store as it should be?

use std::process::ExitCode;

use clap::Args;

use super::session::location;
use super::{Failure, Format, Globals, failure, output};
use crate::counted::counted;
use crate::pipeline::{self, Checked};

/// Look for damage: read every byte of the journal, every quad and every record
///
/// What an ingest that was broken off has not derived yet is no damage: the next command derives it.
/// Exit code 0: nothing found, 5: something is damaged.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// How to write what was found
    #[arg(short, long)]
    format: Option<Format>,
}

/// Lines that are shown of each part.
const SHOWN: usize = 10;

impl Check {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let checked = pipeline::check(&location(globals))?;
        let damages = &checked.damages;
        match self.format {
            Some(format) => {
                let rows = damages
                    .iter()
                    .map(|d| vec![d.part.to_owned(), d.what.clone()]);
                output::write_rows(
                    &output::Rows {
                        header: &["part", "damage"],
                        values: damages,
                        cells: rows.collect(),
                    },
                    Some(format),
                )?;
            }
            None => output::write_text(&text(&checked))?,
        }
        if checked.underived > 0 && !globals.quiet {
            output::note(&underived(&checked));
        }
        if damages.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        if !globals.quiet {
            output::note(hint(damages));
        }
        Ok(ExitCode::from(failure::LOCKED))
    }
}

fn underived(checked: &Checked) -> String {
    let (underived, segments) = (checked.underived, checked.segments);
    format!(
        "note: {underived} of {} of the journal not derived yet; the next command that opens the store does it",
        counted(usize::try_from(segments).unwrap_or(usize::MAX), "segment")
    )
}

fn text(checked: &Checked) -> String {
    let damages = &checked.damages;
    if damages.is_empty() && checked.underived > 0 {
        return "journal, and graph and index as far as they are derived, are whole\n".to_owned();
    }
    if damages.is_empty() {
        return "journal, graph and index are whole\n".to_owned();
    }
    let mut text = String::new();
    for part in ["journal", "graph", "index"] {
        let of_part: Vec<_> = damages
            .iter()
            .filter(|damage| damage.part == part)
            .collect();
        for damage in of_part.iter().take(SHOWN) {
            text.push_str(&format!("{part}: {}\n", damage.what));
        }
        if of_part.len() > SHOWN {
            text.push_str(&format!("{part}: and {} more\n", of_part.len() - SHOWN));
        }
    }
    text
}

fn hint(damages: &[crate::store::Damage]) -> &'static str {
    if damages.iter().any(|damage| damage.part == "journal") {
        "hint: restore the journal from a backup; nothing else can replace it"
    } else {
        "hint: the journal is whole: annals rebuild derives the rest again"
    }
}
