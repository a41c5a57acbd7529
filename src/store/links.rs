//! Links read by the hundred thousand: only what is asked for is looked up, and a quad's four terms
//! are four look-ups. So Oxigraph's query engine reads them, which names what it gives back and
//! nothing else.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::sparql::{QueryResults, QuerySolution, SparqlEvaluator};

use super::{Graph, StoreError};
use crate::rdf::vocab::annals;

/// By whom a link is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidBy {
    /// By a document, in its own graph.
    Document,
    /// By Annals, in the graph of what was inferred.
    Inference,
}

impl Graph {
    /// The ends of all links of a predicate: first whose it is, then what it links to; once for each
    /// graph that says so, in no order. Links to literals are left out.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn links(
        &self,
        predicate: NamedNodeRef<'_>,
        said_by: SaidBy,
    ) -> Result<Vec<(NamedNode, NamedNode)>, StoreError> {
        let inferred = annals::INFERRED;
        let pattern = match said_by {
            SaidBy::Inference => format!("GRAPH {inferred} {{ ?from {predicate} ?to }}"),
            SaidBy::Document => format!(
                "GRAPH ?graph {{ ?from {predicate} ?to }} FILTER(!sameTerm(?graph, {inferred}))"
            ),
        };
        self.select(&format!("SELECT ?from ?to {{ {pattern} }}"), |row| {
            Some((named(row, "from")?, named(row, "to")?))
        })
    }

    /// The things of a class, each once, in no order.
    ///
    /// # Errors
    /// When the graph cannot be read.
    pub fn things(&self, class: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, StoreError> {
        self.select(
            &format!("SELECT DISTINCT ?thing {{ GRAPH ?graph {{ ?thing a {class} }} }}"),
            |row| named(row, "thing"),
        )
    }

    /// What is made of the rows of a query.
    fn select<T>(
        &self,
        query: &str,
        of_row: impl Fn(&QuerySolution) -> Option<T>,
    ) -> Result<Vec<T>, StoreError> {
        let query = SparqlEvaluator::new()
            .parse_query(query)
            .expect("the queries above are SPARQL");
        let mut found = Vec::new();
        if let QueryResults::Solutions(rows) = query.on_store(self.oxigraph()).execute()? {
            for row in rows {
                found.extend(of_row(&row?));
            }
        }
        Ok(found)
    }
}

fn named(row: &QuerySolution, variable: &str) -> Option<NamedNode> {
    match row.get(variable)? {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    }
}
