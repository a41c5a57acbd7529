//! JSON Lines in, typed rows with their line numbers out.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::Value;

use super::EvalError;

/// A row and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// The line, from 1.
    pub line: usize,
    /// What the line says.
    pub value: T,
}

/// The rows of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines<T> {
    /// The file's name, for messages.
    pub file: String,
    /// The rows in the order of the file; blank lines are left out.
    pub rows: Vec<Row<T>>,
}

impl<T> Lines<T> {
    /// Rows that come from no file, numbered from 1.
    #[must_use]
    pub fn of(file: &str, values: impl IntoIterator<Item = T>) -> Self {
        let number = |(at, value)| Row {
            line: at + 1,
            value,
        };
        Self {
            file: file.to_owned(),
            rows: values.into_iter().enumerate().map(number).collect(),
        }
    }

    /// What the rows say.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().map(|row| &row.value)
    }

    /// An error at one of the lines.
    pub(super) fn error(&self, line: usize, reason: String, hint: &'static str) -> EvalError {
        EvalError {
            file: self.file.clone(),
            line,
            reason,
            hint,
        }
    }

    /// The rows by their key.
    ///
    /// # Errors
    /// When two rows have one key.
    pub(super) fn by_key<'a>(
        &'a self,
        key: impl Fn(&'a T) -> &'a str,
    ) -> Result<HashMap<&'a str, &'a Row<T>>, EvalError> {
        let mut rows: HashMap<&str, &Row<T>> = HashMap::new();
        for row in &self.rows {
            if let Some(first) = rows.insert(key(&row.value), row) {
                let reason = format!("{:?} stands in line {} too", key(&row.value), first.line);
                return Err(self.error(row.line, reason, "keep one line for each id"));
            }
        }
        Ok(rows)
    }
}

impl<T: DeserializeOwned> Lines<T> {
    /// Reads JSON Lines; `file` is only for messages.
    ///
    /// # Errors
    /// At the first line that is not of the form of `T`.
    ///
    /// ```
    /// use annals::eval::{Lines, TimexRow};
    /// let bad = Lines::<TimexRow>::parse("gold.jsonl", "\n{\"id\": \"a\"}").unwrap_err();
    /// assert!(bad.to_string().starts_with("gold.jsonl:2: "));
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, EvalError> {
        let mut rows = Vec::new();
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let value = serde_json::from_str(line).map_err(|error| EvalError {
                file: file.to_owned(),
                line: at + 1,
                reason: without_line(&error),
                hint: "a line is one JSON object of the form that annals eval --help shows",
            })?;
            rows.push(Row {
                line: at + 1,
                value,
            });
        }
        Ok(Self {
            file: file.to_owned(),
            rows,
        })
    }
}

/// What the JSON reader found; its own line number is always 1 and says nothing.
fn without_line(error: &serde_json::Error) -> String {
    error
        .to_string()
        .replace(" at line 1 column ", " at column ")
}

/// Reads an id: a string as it is, anything else as its JSON text.
pub(super) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(id) => id,
        other => other.to_string(),
    })
}

/// A text whose characters can be reached by code-point offsets.
pub(super) struct Characters(Vec<char>);

impl Characters {
    pub(super) fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The characters from `start` to `end`, end-exclusive.
    pub(super) fn slice(&self, start: usize, end: usize) -> &[char] {
        &self.0[start..end]
    }

    /// The words from `start` to `end`, end-exclusive.
    pub(super) fn words(&self, start: usize, end: usize) -> String {
        self.0[start..end].iter().collect()
    }

    /// The span without the characters of `edge` at both ends.
    pub(super) fn trimmed(&self, mut start: usize, mut end: usize, edge: &str) -> (usize, usize) {
        while start < end && edge.contains(self.0[start]) {
            start += 1;
        }
        while start < end && edge.contains(self.0[end - 1]) {
            end -= 1;
        }
        (start, end)
    }

    /// Why a span is none of this text.
    pub(super) fn misfit(&self, start: usize, end: usize) -> Option<String> {
        let fits = start < end && end <= self.len();
        (!fits).then(|| {
            format!(
                "span {start}–{end} does not lie in its text of {} code points",
                self.len()
            )
        })
    }
}

/// How to mend a span outside its text.
pub(super) const SPAN_HINT: &str =
    "offsets count Unicode code points from 0, not bytes; the end is not included";
