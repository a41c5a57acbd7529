//! `annals query`: SPARQL over the union of all graphs.

use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use oxigraph::model::Term;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::session::Session;
use super::{Failure, Globals, failure, output};
use crate::export::{RdfFormat, write_quads};
use crate::query::{Answer, Limits, SavedQuery, run, saved_queries, shorten};
use crate::rdf::Namespace;

/// Ask in SPARQL 1.1, over the union of all graphs
///
/// The usual prefixes (annals, rdf, rdfs, skos, sem, schema, prov, dcterms, …) are declared. Without
/// a query, --saved lists the ready ones; --saved NAME runs one.
#[derive(Debug, Args)]
pub(super) struct QueryCommand {
    /// SPARQL text, a file with it, or `-` for standard input
    #[arg(value_name = "SPARQL", conflicts_with = "saved")]
    query: Option<String>,
    /// Run a saved query; without a name, list them
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    saved: Option<String>,
    /// Value of a saved query's parameter, as name=value
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    param: Vec<(String, String)>,
    /// table, json, xml, csv or tsv (SPARQL results); ttl, nt, nq, trig or jsonld (triples)
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// At most so many seconds
    #[arg(long, default_value_t = 60.0, value_name = "SECONDS")]
    timeout: f64,
}

/// Letters of a saved query's name that can be wrong (a guess).
const MISTYPED: usize = 3;

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("want name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

impl QueryCommand {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        if self.saved.is_none() && !self.param.is_empty() {
            return Err(Failure::usage("--param is for saved queries")
                .hint("name one with --saved; annals query --saved lists them"));
        }
        if self.saved.as_deref() == Some("") {
            list()?;
            return Ok(ExitCode::SUCCESS);
        }
        let text = self.text()?;
        let time = Duration::try_from_secs_f64(self.timeout)
            .map_err(|error| Failure::usage(format!("--timeout: {error}")))?;
        let limits = Limits {
            rows: self.limit.unwrap_or(usize::MAX),
            time,
        };
        // Open until the answer is written: a writer may change the graph when its lock is given back.
        let session = Session::open(globals)?;
        let (graph, namespace) = (session.graph()?, session.namespace());
        let answer = run(&graph, &text, limits)?;
        self.write(&answer, &namespace)?;
        let truncated = matches!(
            answer,
            Answer::Solutions {
                truncated: true,
                ..
            } | Answer::Triples {
                truncated: true,
                ..
            }
        );
        if truncated {
            output::note(&format!(
                "only the first {} shown (--limit)",
                if limits.rows == 1 {
                    "row is".to_owned()
                } else {
                    format!("{} rows are", limits.rows)
                }
            ));
            return Ok(ExitCode::from(failure::LIMIT));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn text(&self) -> Result<String, Failure> {
        if let Some(name) = &self.saved {
            let query = SavedQuery::find(name).ok_or_else(|| {
                let likeness = |known: &SavedQuery| strsim::osa_distance(known.name, name);
                let closest = saved_queries().into_iter().min_by_key(likeness);
                let closest = closest.filter(|known| likeness(known) <= MISTYPED);
                let meant = closest.map(|known| format!("did you mean {}? ", known.name));
                let meant = meant.unwrap_or_default();
                Failure::usage(format!("no saved query {name:?}"))
                    .hint(format!("{meant}annals query --saved lists them"))
            })?;
            return Ok(query.with_values(&self.param)?);
        }
        match self.query.as_deref() {
            None if io::stdin().is_terminal() => {
                Err(Failure::usage("no query")
                    .hint("annals query 'SELECT * { ?s ?p ?o } LIMIT 10'"))
            }
            None | Some("-") => {
                let mut text = String::new();
                io::stdin().lock().read_to_string(&mut text)?;
                Ok(text)
            }
            Some(query) if Path::new(query).is_file() => Ok(std::fs::read_to_string(query)?),
            Some(query) => Ok(query.to_owned()),
        }
    }

    fn write(&self, answer: &Answer, namespace: &Namespace) -> Result<(), Failure> {
        let terminal = io::stdout().is_terminal();
        match answer {
            Answer::Triples { triples, .. } => {
                let name = self.format.as_deref().unwrap_or("ttl");
                let format = RdfFormat::from_name(name).ok_or_else(|| unknown(name, "triples"))?;
                let quads = triples.iter().map(|triple| {
                    triple
                        .clone()
                        .in_graph(oxigraph::model::GraphName::DefaultGraph)
                });
                let mut bytes = Vec::new();
                write_quads(quads, format, &mut bytes)?;
                Ok(io::Write::write_all(&mut io::stdout().lock(), &bytes)?)
            }
            Answer::Boolean(value) => match self.format.as_deref() {
                None | Some("table") => Ok(output::write_text(&format!("{value}\n"))?),
                Some(name) => {
                    let out = QueryResultsSerializer::from_format(results_format(name)?)
                        .serialize_boolean_to_writer(Vec::new(), *value)?;
                    Ok(output::write_text(&String::from_utf8_lossy(&out))?)
                }
            },
            Answer::Solutions {
                variables, rows, ..
            } => match self.format.as_deref() {
                Some("table") => Ok(table(variables, rows, namespace)?),
                None if terminal => Ok(table(variables, rows, namespace)?),
                None => Ok(serialize(variables, rows, QueryResultsFormat::Tsv)?),
                Some(name) => Ok(serialize(variables, rows, results_format(name)?)?),
            },
        }
    }
}

fn results_format(name: &str) -> Result<QueryResultsFormat, Failure> {
    match name {
        "json" => Ok(QueryResultsFormat::Json),
        "xml" => Ok(QueryResultsFormat::Xml),
        "csv" => Ok(QueryResultsFormat::Csv),
        "tsv" => Ok(QueryResultsFormat::Tsv),
        other => Err(unknown(other, "rows")),
    }
}

fn unknown(name: &str, what: &str) -> Failure {
    Failure::usage(format!("{what} cannot be written as {name:?}"))
        .hint("rows: table, json, xml, csv, tsv; triples: ttl, nt, nq, trig, jsonld")
}

fn serialize(
    variables: &[oxigraph::model::Variable],
    rows: &[Vec<Option<Term>>],
    format: QueryResultsFormat,
) -> io::Result<()> {
    let out = io::BufWriter::new(io::stdout().lock());
    let mut writer = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(out, variables.to_vec())?;
    for row in rows {
        let bound = variables
            .iter()
            .zip(row)
            .filter_map(|(variable, term)| Some((variable, term.as_ref()?)));
        writer.serialize(bound)?;
    }
    io::Write::flush(&mut writer.finish()?)
}

fn table(
    variables: &[oxigraph::model::Variable],
    rows: &[Vec<Option<Term>>],
    namespace: &Namespace,
) -> io::Result<()> {
    let header: Vec<&str> = variables
        .iter()
        .map(oxigraph::model::Variable::as_str)
        .collect();
    let cells = rows.iter().map(|row| {
        row.iter()
            .map(|term| {
                let term = term.as_ref().map(|term| short(term, namespace));
                term.unwrap_or_default()
            })
            .collect()
    });
    let values: [(); 0] = [];
    output::write_rows(
        &output::Rows {
            header: &header,
            values: &values,
            cells: cells.collect(),
        },
        Some(super::Format::Table),
    )
}

/// A term for people: literals bare, IRIs shortened.
fn short(term: &Term, namespace: &Namespace) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => {
            shorten(node).unwrap_or_else(|| namespace.id(node.as_str()).to_owned())
        }
        other => other.to_string(),
    }
}

fn list() -> io::Result<()> {
    let queries = saved_queries();
    let cells = queries.iter().map(|query| {
        let parameters = query
            .parameters
            .iter()
            .map(|p| format!("{}={}", p.name, p.default));
        vec![
            query.name.to_owned(),
            query.title.to_owned(),
            parameters.collect::<Vec<_>>().join(", "),
        ]
    });
    let names: Vec<&str> = queries.iter().map(|query| query.name).collect();
    output::write_rows(
        &output::Rows {
            header: &["name", "asks", "parameters"],
            values: &names,
            cells: cells.collect(),
        },
        None,
    )
}
