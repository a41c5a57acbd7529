//! Lines of the program in, checked mentions out.

use std::collections::HashMap;

use serde::Deserialize;

use super::{AnswerError, ExtractorError, Request};
use crate::extract::{EntityKind, Mention, without_overlap};
use crate::span::Span;

#[derive(Deserialize)]
struct Answer {
    id: String,
    entities: Option<Vec<Entity>>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Entity {
    start: u64,
    end: u64,
    #[serde(rename = "type")]
    kind: String,
}

/// The answers that have come.
pub(super) struct Answers<'a> {
    requests: &'a [Request<'a>],
    places: HashMap<&'a str, usize>,
    results: Vec<Option<Result<Vec<Mention>, AnswerError>>>,
    lines: usize,
}

impl<'a> Answers<'a> {
    pub(super) fn new(requests: &'a [Request<'a>]) -> Self {
        let places = requests
            .iter()
            .enumerate()
            .map(|(at, request)| (request.id.as_str(), at));
        Self {
            requests,
            places: places.collect(),
            results: vec![None; requests.len()],
            lines: 0,
        }
    }

    /// Takes a line of output; blank ones are nothing.
    pub(super) fn take(&mut self, line: &str) -> Result<(), ExtractorError> {
        self.lines += 1;
        if line.is_empty() {
            return Ok(());
        }
        let answer: Answer =
            serde_json::from_str(line).map_err(|error| ExtractorError::Malformed {
                line: self.lines,
                reason: error
                    .to_string()
                    .replace(" at line 1 column ", " at column "),
                start: line.chars().take(60).collect(),
            })?;
        let misdirected = |id: &str, reason| ExtractorError::Misdirected {
            line: self.lines,
            id: id.to_owned(),
            reason,
        };
        let Some(&at) = self.places.get(answer.id.as_str()) else {
            return Err(misdirected(&answer.id, "which is no document of this run"));
        };
        if self.results[at].is_some() {
            return Err(misdirected(&answer.id, "which has its answer already"));
        }
        self.results[at] = Some(answer.checked(self.requests[at].text));
        Ok(())
    }

    /// The error of a line without end.
    pub(super) fn too_long(&self) -> ExtractorError {
        ExtractorError::Malformed {
            line: self.lines + 1,
            reason: "it is longer than 8 MB".to_owned(),
            start: String::new(),
        }
    }

    /// The first document without an answer.
    pub(super) fn first_open(&self) -> Option<String> {
        let at = self.results.iter().position(Option::is_none)?;
        Some(self.requests[at].id.clone())
    }

    pub(super) fn open_count(&self) -> usize {
        self.results
            .iter()
            .filter(|result| result.is_none())
            .count()
    }

    /// The results in the order of the documents; all are there.
    pub(super) fn into_results(self) -> Vec<Result<Vec<Mention>, AnswerError>> {
        self.results.into_iter().flatten().collect()
    }
}

impl Answer {
    fn checked(self, text: &str) -> Result<Vec<Mention>, AnswerError> {
        if let Some(reason) = self.error {
            return Err(AnswerError::Refused(reason));
        }
        let entities = self.entities.ok_or(AnswerError::Empty)?;
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let length = bytes.len();
        bytes.push(text.len());
        let byte = |point: u64| {
            usize::try_from(point)
                .ok()
                .and_then(|point| bytes.get(point).copied())
        };
        let mut mentions = Vec::with_capacity(entities.len());
        for Entity { start, end, kind } in entities {
            let kind = kind_of(&kind).ok_or(AnswerError::Type(kind))?;
            let span = match (byte(start), byte(end)) {
                (Some(from), Some(to)) if from < to => Span::new(from, to),
                _ => return Err(AnswerError::Offsets { start, end, length }),
            };
            let span = trimmed(text, span);
            if !span.is_empty() {
                mentions.push(Mention { span, kind });
            }
        }
        Ok(without_overlap(mentions))
    }
}

fn kind_of(name: &str) -> Option<EntityKind> {
    match name {
        "person" => Some(EntityKind::Person),
        "place" => Some(EntityKind::Place),
        "organization" => Some(EntityKind::Organization),
        _ => None,
    }
}

/// The span without white space at its edges.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}
