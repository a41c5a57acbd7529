//! `annals search`: full text over events and documents.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::arguments::one_or_more;
use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::extract::terms;
use crate::inspect::mend;
use crate::record::{DocumentRecord, EventRecord, NameRecord};
use crate::store::{Condition, RecordKind, Search};

/// Find events, documents or names by their words
#[derive(Debug, Args)]
pub(super) struct SearchCommand {
    /// Words; inflections and demonyms are matched too
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// What to look for
    #[arg(long, default_value = "event")]
    kind: Kind,
    /// At most so many
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = one_or_more)]
    limit: usize,
    /// How to write the findings
    #[arg(short, long)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Event,
    Document,
    Name,
}

/// One finding.
#[derive(Debug, Serialize)]
struct Finding {
    score: f32,
    date: Option<String>,
    title: String,
    iri: String,
}

impl SearchCommand {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let words = terms(&self.words.join(" "));
        let kind = match self.kind {
            Kind::Event => RecordKind::Event,
            Kind::Document => RecordKind::Document,
            Kind::Name => RecordKind::Name,
        };
        let condition = |word: &String| vec![Condition::Terms(vec![word.clone()])];
        let search = Search {
            must: words.iter().map(condition).collect(),
            should: words.iter().map(|word| (word.clone(), 1.0)).collect(),
            ..Search::of(kind, self.limit)
        };
        let hits = if words.is_empty() {
            Vec::new()
        } else {
            session.index().search(&search)?
        };
        let findings = hits
            .iter()
            .map(|hit| finding(hit.score, &hit.stored, kind))
            .collect::<Result<Vec<_>, _>>()?;
        let cells = findings.iter().map(|f| {
            vec![
                f.date.clone().unwrap_or_default(),
                f.title.clone(),
                f.iri.clone(),
            ]
        });
        let rows = output::Rows {
            header: &["date", "title", "iri"],
            values: &findings,
            cells: cells.collect(),
        };
        output::write_rows(&rows, self.format)?;
        if findings.is_empty() && !globals.quiet {
            let asked = self.words.join(" ");
            output::note(&format!("nothing is found for {asked:?}"));
            if let Some(mended) = mend(session.index(), &asked)? {
                output::note(&format!("hint: did you mean {mended:?}?"));
            }
        }
        Ok(if findings.is_empty() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

fn finding(score: f32, stored: &str, kind: RecordKind) -> Result<Finding, serde_json::Error> {
    Ok(match kind {
        RecordKind::Event => {
            let event: EventRecord = serde_json::from_str(stored)?;
            Finding {
                score,
                date: event.date,
                title: event.title,
                iri: event.event,
            }
        }
        RecordKind::Document => {
            let document: DocumentRecord = serde_json::from_str(stored)?;
            Finding {
                score,
                date: document.date,
                title: document.title.unwrap_or(document.id),
                iri: document.iri,
            }
        }
        RecordKind::Name => {
            let name: NameRecord = serde_json::from_str(stored)?;
            Finding {
                score,
                date: None,
                title: format!("{} ({})", name.name, name.kind),
                iri: name.iri,
            }
        }
    })
}
