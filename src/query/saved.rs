//! Saved questions: the `.rq` files of `examples/queries`, built into the program.
//!
//! A file opens with `# title: …`, goes on with its explanation in comments, and declares
//! parameters as `# param: name default`. `$name` in the query stands for the parameter's value,
//! which is put in as a SPARQL string literal, escaped by the RDF library.

use oxigraph::model::Literal;

use super::QueryError;

/// A query that ships with the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its name: the file name without `.rq`.
    pub name: &'static str,
    /// What it asks, in one line.
    pub title: &'static str,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The whole file.
    pub text: &'static str,
}

/// A parameter of a saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, without `$`.
    pub name: &'static str,
    /// Its default value; can be empty.
    pub default: &'static str,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../examples/queries/", $name, ".rq")))),+]
    };
}

const FILES: &[(&str, &str)] = files![
    "aliases",
    "companions",
    "day",
    "imprecise",
    "most-reported",
    "places",
    "sources",
    "stated-links",
    "storyline-timeline",
    "versions",
    "words-behind",
];

/// All saved queries, sorted by name.
#[must_use]
pub fn saved_queries() -> Vec<SavedQuery> {
    FILES.iter().map(|(name, text)| read(name, text)).collect()
}

fn read(name: &'static str, text: &'static str) -> SavedQuery {
    let comments = || text.lines().map_while(|line| line.strip_prefix("# "));
    let title = comments()
        .find_map(|line| line.strip_prefix("title: "))
        .unwrap_or(name);
    let parameters = comments()
        .filter_map(|line| line.strip_prefix("param: "))
        .map(|declared| {
            let (name, default) = declared.split_once(' ').unwrap_or((declared, ""));
            Parameter {
                name: name.trim(),
                default: default.trim(),
            }
        });
    SavedQuery {
        name,
        title,
        parameters: parameters.collect(),
        text,
    }
}

impl SavedQuery {
    /// The saved query of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        FILES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(name, text)| read(name, text))
    }

    /// The query's text with its parameters filled in: `values` first, defaults else.
    ///
    /// # Errors
    /// When a value is for a parameter that the query does not have.
    pub fn with_values(&self, values: &[(String, String)]) -> Result<String, QueryError> {
        let known = |name: &String| {
            self.parameters
                .iter()
                .any(|parameter| parameter.name == name)
        };
        if let Some((unknown, _)) = values.iter().find(|(name, _)| !known(name)) {
            let names: Vec<&str> = self
                .parameters
                .iter()
                .map(|parameter| parameter.name)
                .collect();
            let has = if names.is_empty() {
                "none".to_owned()
            } else {
                names.join(", ")
            };
            return Err(QueryError::Parameter(format!(
                "the query {:?} has no parameter {unknown:?}; its parameters: {has}",
                self.name
            )));
        }
        let literal = |parameter: &Parameter| {
            let given = values.iter().find(|(name, _)| name == parameter.name);
            let value = given.map_or(parameter.default, |(_, value)| value.as_str());
            (
                parameter.name,
                Literal::new_simple_literal(value).to_string(),
            )
        };
        Ok(substitute(
            self.text,
            &self.parameters.iter().map(literal).collect::<Vec<_>>(),
        ))
    }
}

/// Replaces `$name` by its literal where it is a whole word, in one pass, so that a value is never
/// searched for parameters itself.
fn substitute(text: &str, literals: &[(&str, String)]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let after = &rest[at + 1..];
        let end = after
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(after.len());
        let (name, tail) = after.split_at(end);
        result.push_str(&rest[..at]);
        match literals.iter().find(|(known, _)| *known == name) {
            Some((_, literal)) => result.push_str(literal),
            None => {
                result.push('$');
                result.push_str(name);
            }
        }
        rest = tail;
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Limits, run};
    use crate::store::Graph;

    #[test]
    fn every_saved_query_runs_with_hostile_values() {
        let graph = Graph::in_memory().unwrap();
        for query in saved_queries() {
            for value in ["", "O'Brien \"x\" \\ { } <a>", "'''\n$name $from"] {
                let values: Vec<_> = query
                    .parameters
                    .iter()
                    .map(|p| (p.name.to_owned(), value.to_owned()))
                    .collect();
                run(
                    &graph,
                    &query.with_values(&values).unwrap(),
                    Limits::default(),
                )
                .unwrap();
            }
        }
    }

    #[test]
    fn unknown_parameters_are_refused() {
        let query = SavedQuery::find("day").unwrap();
        assert!(
            query
                .with_values(&[("night".to_owned(), String::new())])
                .is_err()
        );
    }
}
