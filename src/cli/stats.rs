//! `annals stats`: what a store holds.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use oxigraph::model::Term;
use oxigraph::model::vocab::rdf;
use serde::Serialize;

use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::rdf::vocab::annals;

/// Count what the graph holds
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
        let graph = Session::open(globals)?.graph()?;
        let mut counts = vec![Count {
            what: "quads",
            count: 0,
        }];
        let mut seen: BTreeMap<&'static str, std::collections::BTreeSet<String>> = BTreeMap::new();
        for quad in graph.quads() {
            let quad = quad?;
            counts[0].count += 1;
            let pair = || format!("{} {}", quad.subject, quad.object);
            match (&quad.predicate, &quad.object) {
                (predicate, Term::NamedNode(class)) if *predicate == rdf::TYPE => {
                    if let Some((_, what)) = CLASSES.iter().find(|(term, _)| class == term) {
                        seen.entry(what)
                            .or_default()
                            .insert(quad.subject.to_string());
                    }
                }
                (predicate, _)
                    if *predicate == annals::RELATED
                        && quad.graph_name.as_ref() != annals::INFERRED.into() =>
                {
                    let mut ends = [quad.subject.to_string(), quad.object.to_string()];
                    ends.sort();
                    seen.entry("related").or_default().insert(ends.join(" "));
                }
                (predicate, _) if *predicate == annals::SUPERSEDES => {
                    seen.entry("supersedes").or_default().insert(pair());
                }
                (predicate, _) if *predicate == annals::CONTEXT || *predicate == annals::TOPIC => {
                    seen.entry("context").or_default().insert(pair());
                }
                (predicate, _) if *predicate == annals::DENOTES => {
                    seen.entry("mentions")
                        .or_default()
                        .insert(quad.subject.to_string());
                }
                _ => {}
            }
        }
        let names = CLASSES.iter().map(|(_, what)| *what).chain([
            "mentions",
            "related",
            "context",
            "supersedes",
        ]);
        counts.extend(names.map(|what| Count {
            what,
            count: seen.get(what).map_or(0, std::collections::BTreeSet::len),
        }));
        let cells = counts
            .iter()
            .map(|count| vec![count.what.to_owned(), count.count.to_string()]);
        match self.format {
            Some(Format::Json) => {
                let object: BTreeMap<&str, usize> = counts
                    .iter()
                    .map(|count| (count.what, count.count))
                    .collect();
                output::write_json(&object)?;
            }
            format => {
                let rows = output::Rows {
                    header: &["what", "count"],
                    values: &counts,
                    cells: cells.collect(),
                };
                output::write_rows(&rows, format)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

const CLASSES: [(oxigraph::model::NamedNodeRef<'static>, &str); 7] = [
    (annals::DOCUMENT, "documents"),
    (annals::EVENT, "events"),
    (annals::PERSON, "persons"),
    (annals::PLACE, "places"),
    (annals::ORGANIZATION, "organizations"),
    (annals::STORYLINE, "storylines"),
    (annals::CONCEPT, "concepts"),
];
