//! `annals show`: one card.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::session::Session;
use super::{Failure, Format, Globals, names, output};
use crate::inspect::{Card, ReportEntry, card, reports};
use crate::rdf::Namespace;

/// Everything that is said of one thing
#[derive(Debug, Args)]
pub(super) struct Show {
    /// A name, words of an event's title, a document's path or address, or an IRI
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// How to write it
    #[arg(short, long)]
    format: Option<Format>,
}

impl Show {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let thing = names::resolve(session.index(), &self.name.join(" "), &[])?;
        let card = session.with_view(|view| Ok(card(view, &thing.iri)?))?;
        match self.format {
            Some(Format::Json) => output::write_json(&card)?,
            Some(Format::Jsonl) => output::write_rows(
                &output::Rows {
                    header: &[],
                    values: &card.facts,
                    cells: Vec::new(),
                },
                self.format,
            )?,
            Some(Format::Tsv) => {
                let cells = card.facts.iter().map(|f| {
                    vec![
                        f.predicate.clone(),
                        f.value.clone(),
                        f.label.clone().unwrap_or_default(),
                        f.documents.join(" "),
                    ]
                });
                let rows = output::Rows {
                    header: &["predicate", "value", "label", "documents"],
                    values: &card.facts,
                    cells: cells.collect(),
                };
                output::write_rows(&rows, self.format)?;
            }
            Some(Format::Table) | None => {
                let told = session.with_view(|view| Ok(reports(view, &thing.iri)?))?;
                output::write_text(&(text(&card) + &additions(&told)))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Values of one predicate beyond this many are counted, not listed.
const MOST: usize = 25;

fn text(card: &Card) -> String {
    let base = Namespace::default();
    let mut text = format!("{}\n<{}>\n", card.label, card.iri);
    let mut last = "";
    let mut listed = 0;
    for fact in &card.facts {
        if fact.predicate != last {
            let _ = writeln!(text, "\n{}", fact.predicate);
            last = &fact.predicate;
            listed = 0;
        }
        listed += 1;
        if listed > MOST {
            let all = card
                .facts
                .iter()
                .filter(|other| other.predicate == last)
                .count();
            if listed == MOST + 1 {
                let _ = writeln!(text, "  … and {} more", all - MOST);
            }
            continue;
        }
        match &fact.label {
            Some(label) => drop(writeln!(text, "  {label}  <{}>", base.id(&fact.value))),
            None => drop(writeln!(text, "  {}", fact.value)),
        }
    }
    text
}

/// The reports of an event that several tell, with what each adds to those before it.
fn additions(reports: &[ReportEntry]) -> String {
    let mut text = String::new();
    if reports.len() < 2 {
        return text;
    }
    text.push_str("\nreports, and what each adds\n");
    for report in reports {
        let date = report.date.as_deref().unwrap_or("undated");
        let _ = writeln!(text, "  {date}  {}", report.title);
        for sentence in &report.sentences {
            let _ = writeln!(text, "    + {sentence}");
        }
        for (what, new) in [("figures", &report.figures), ("names", &report.names)] {
            if !new.is_empty() {
                let _ = writeln!(text, "    {what}: {}", new.join(", "));
            }
        }
    }
    text
}
