//! SPARQL text or a saved question in, a [`Answer`] out.
//!
//! Queries see the union of all named graphs as their default graph, and the prefixes of
//! [`vocab::PREFIXES`](crate::rdf::vocab::PREFIXES) declared. Text is checked for length and nesting
//! before it reaches the parser, which recurses without a limit of its own.

mod guard;
mod saved;
mod syntax;

use std::time::{Duration, Instant};

use oxigraph::model::{NamedNode, Term, Triple, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator};

pub use guard::GuardError;
pub use saved::{Parameter, SavedQuery, saved_queries};
pub use syntax::SyntaxError;

use crate::rdf::vocab::PREFIXES;
use crate::store::Graph;

/// Stack for parsing and evaluating, in bytes: a query of the permitted length can nest that deep.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// Checks the length and nesting of a query's text, as is done before it is parsed.
///
/// ```
/// assert!(annals::query::check_text("SELECT * { ?s ?p ?o }").is_ok());
/// assert!(annals::query::check_text(&"{".repeat(1000)).is_err());
/// ```
///
/// # Errors
/// When the text is too long, or nests too deep to be parsed safely.
pub fn check_text(text: &str) -> Result<(), GuardError> {
    guard::check(text)
}

/// What can go wrong with a query.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The text is too long or nests too deep to be read safely.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// The text is not SPARQL.
    #[error("{0}")]
    Syntax(Box<SyntaxError>),
    /// It failed while it ran.
    #[error("{0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// It took longer than allowed.
    #[error("the query took longer than {} s", .0.as_secs_f64())]
    Timeout(Duration),
    /// A saved query lacks a value for a parameter, or was given one it does not have.
    #[error("{0}")]
    Parameter(String),
    /// No thread could be started.
    #[error("no thread for the query: {0}")]
    Thread(std::io::Error),
}

/// Limits on one query.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// At most so many rows or triples; the rest is cut off and the answer says so.
    pub rows: usize,
    /// At most so much time.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rows: usize::MAX,
            time: Duration::from_secs(60),
        }
    }
}

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// `ASK`.
    Boolean(bool),
    /// `SELECT`.
    Solutions {
        /// Its variables in the order of the projection.
        variables: Vec<Variable>,
        /// Its rows; a cell without a value is unbound.
        rows: Vec<Vec<Option<Term>>>,
        /// Whether there were more rows than the limit.
        truncated: bool,
    },
    /// `CONSTRUCT` or `DESCRIBE`.
    Triples {
        /// The triples found.
        triples: Vec<Triple>,
        /// Whether there were more than the limit.
        truncated: bool,
    },
}

/// Runs a query over a graph.
///
/// # Errors
/// When the text is refused, cannot be parsed, fails or takes too long.
pub fn run(graph: &Graph, text: &str, limits: Limits) -> Result<Answer, QueryError> {
    guard::check(text)?;
    let token = CancellationToken::new();
    let worker_token = token.clone();
    let (graph, text) = (graph.clone(), text.to_owned());
    let worker = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || evaluate(&graph, &text, limits.rows, worker_token))
        .map_err(QueryError::Thread)?;
    let start = Instant::now();
    while !worker.is_finished() {
        if start.elapsed() > limits.time {
            // A straggler that reads no more quads is not stopped by the token; it is left behind
            // and ends with the process.
            token.cancel();
            return Err(QueryError::Timeout(limits.time));
        }
        std::thread::park_timeout(if start.elapsed().as_millis() < 20 {
            Duration::from_micros(200)
        } else {
            Duration::from_millis(5)
        });
    }
    worker
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn evaluator() -> SparqlEvaluator {
    PREFIXES
        .iter()
        .fold(SparqlEvaluator::new(), |evaluator, (prefix, iri)| {
            evaluator
                .with_prefix(*prefix, *iri)
                .expect("a test parses every prefix")
        })
}

/// The parser's message, where it refuses a text.
fn refusal(text: &str) -> Option<String> {
    evaluator()
        .parse_query(text)
        .err()
        .map(|error| error.to_string())
}

fn evaluate(
    graph: &Graph,
    text: &str,
    limit: usize,
    token: CancellationToken,
) -> Result<Answer, QueryError> {
    let mut query = evaluator()
        .with_cancellation_token(token)
        .parse_query(text)
        .map_err(|_| QueryError::Syntax(Box::new(SyntaxError::new(text, refusal))))?;
    query.dataset_mut().set_default_graph_as_union();
    match query.on_store(graph.oxigraph()).execute()? {
        QueryResults::Boolean(value) => Ok(Answer::Boolean(value)),
        QueryResults::Solutions(mut solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows = Vec::new();
            for solution in solutions.by_ref().take(limit) {
                let solution = solution?;
                rows.push(
                    variables
                        .iter()
                        .map(|variable| solution.get(variable).cloned())
                        .collect(),
                );
            }
            let truncated = solutions.next().transpose()?.is_some();
            Ok(Answer::Solutions {
                variables,
                rows,
                truncated,
            })
        }
        QueryResults::Graph(mut found) => {
            let triples = found.by_ref().take(limit).collect::<Result<_, _>>()?;
            let truncated = found.next().transpose()?.is_some();
            Ok(Answer::Triples { triples, truncated })
        }
    }
}

/// Shortens an IRI with the prefixes that queries know; `None` when no prefix fits.
#[must_use]
pub fn shorten(iri: &NamedNode) -> Option<String> {
    PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.as_str().strip_prefix(namespace)?;
        local
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            .then(|| format!("{prefix}:{local}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Result<Answer, QueryError> {
        run(&Graph::in_memory().unwrap(), text, Limits::default())
    }

    #[test]
    fn all_prefixes_are_declared() {
        for (prefix, _) in PREFIXES {
            assert_eq!(
                ask(&format!("ASK {{ {prefix}:a {prefix}:b {prefix}:c }}")).unwrap(),
                Answer::Boolean(false)
            );
        }
    }

    #[test]
    fn federation_is_off() {
        assert!(ask("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").is_err());
    }

    #[test]
    fn operators_without_end_do_not_kill_the_process() {
        let negations = format!("ASK {{ FILTER({}true) }}", "!".repeat(20_000));
        let sums = format!("ASK {{ FILTER({}1 = 1) }}", "1+".repeat(20_000));
        for text in [negations, sums] {
            let _ = ask(&text);
        }
    }

    #[test]
    fn a_query_stops_at_its_time() {
        let graph = Graph::in_memory().unwrap();
        let node =
            |i: usize| oxigraph::model::NamedNode::new_unchecked(format!("http://x.example/{i}"));
        let quads =
            (0..400).map(|i| oxigraph::model::Quad::new(node(i), node(0), node(i + 1), node(1)));
        graph.fill(quads, 1).unwrap();
        let limits = Limits {
            rows: 10,
            time: Duration::from_millis(50),
        };
        let cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
        assert!(matches!(
            run(&graph, cross, limits),
            Err(QueryError::Timeout(_) | QueryError::Evaluation(_))
        ));
    }
}
