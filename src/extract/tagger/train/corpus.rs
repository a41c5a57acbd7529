//! Labelled text: JSON Lines in, documents with mentions as byte spans out.

use serde::Deserialize;
use thiserror::Error;

use crate::extract::{EntityKind, Mention};
use crate::span::Span;

/// Labelled documents.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub(super) documents: Vec<Labelled>,
}

/// One text and its mentions, sorted, without overlap with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) text: String,
    pub(super) mentions: Vec<Mention>,
    /// Parts whose labels are not known, sorted; nothing is learned from them.
    pub(super) unknown: Vec<Span>,
}

/// Why a file is not a labelled corpus.
#[derive(Debug, Error)]
pub enum CorpusError {
    /// A line is no object with `text` and `entities`.
    #[error("line {line} is no labelled text: {source}")]
    Line {
        /// Number of the line, from 1.
        line: usize,
        /// What the JSON reader found.
        source: serde_json::Error,
    },
    /// A mention lies outside its text.
    #[error("line {line} has a mention at {start}..{end}, outside its text")]
    Outside {
        /// Number of the line, from 1.
        line: usize,
        /// First code point of the mention.
        start: usize,
        /// One past its last code point.
        end: usize,
    },
}

#[derive(Deserialize)]
struct Row {
    text: String,
    entities: Vec<Entity>,
    #[serde(default)]
    unknown: Vec<Points>,
}

#[derive(Deserialize)]
struct Entity {
    #[serde(flatten)]
    points: Points,
    #[serde(rename = "type")]
    kind: EntityKind,
    #[serde(default)]
    optional: bool,
}

#[derive(Clone, Copy, Deserialize)]
struct Points {
    start: usize,
    end: usize,
}

impl Corpus {
    /// Reads JSON Lines: `{"text", "entities": [{"start", "end", "type"}]}`, offsets in Unicode code
    /// points, end-exclusive, type one of person, place, organization. Of mentions that overlap, the
    /// longer is kept. Nothing is learned from an entity with `"optional": true`, nor from the parts
    /// in `"unknown": [{"start", "end"}]`.
    ///
    /// # Errors
    /// When a line is not of that form, or a mention lies outside its text.
    pub fn parse(lines: &str) -> Result<Self, CorpusError> {
        let mut documents = Vec::new();
        for (at, line) in lines
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let line_number = at + 1;
            let row: Row = serde_json::from_str(line).map_err(|source| CorpusError::Line {
                line: line_number,
                source,
            })?;
            documents.push(row.into_labelled(line_number)?);
        }
        Ok(Self { documents })
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there are no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

impl Row {
    fn into_labelled(self, line: usize) -> Result<Labelled, CorpusError> {
        let mut bytes: Vec<usize> = self.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(self.text.len());
        let span = |Points { start, end }: Points| match bytes.get(start).zip(bytes.get(end)) {
            Some((&from, &to)) if from < to => Ok(Span::new(from, to)),
            _ => Err(CorpusError::Outside { line, start, end }),
        };
        let mut unknown = self
            .unknown
            .into_iter()
            .map(span)
            .collect::<Result<Vec<_>, _>>()?;
        let mut mentions = Vec::with_capacity(self.entities.len());
        for Entity {
            points,
            kind,
            optional,
        } in self.entities
        {
            if optional {
                unknown.push(span(points)?);
            } else {
                mentions.push(Mention {
                    span: span(points)?,
                    kind,
                });
            }
        }
        unknown.sort();
        Ok(Labelled {
            text: self.text,
            mentions: without_overlap(mentions),
            unknown,
        })
    }
}

/// The longest mentions first, then the earlier; sorted by place again in the end.
pub(crate) fn without_overlap(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by_key(|mention| (std::cmp::Reverse(mention.span.len()), mention.span));
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        if !kept.iter().any(|other| other.span.overlaps(mention.span)) {
            kept.push(mention);
        }
    }
    kept.sort();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_code_points() {
        let line =
            r#"{"id":"a","text":"Łódź calls","entities":[{"start":0,"end":4,"type":"place"}]}"#;
        let corpus = Corpus::parse(line).expect("well formed");
        let document = &corpus.documents[0];
        assert_eq!(document.mentions[0].span.of(&document.text), "Łódź");
    }

    #[test]
    fn errors_name_the_line() {
        let outside =
            "\n{\"text\":\"ab\",\"entities\":[{\"start\":1,\"end\":3,\"type\":\"person\"}]}";
        assert!(matches!(
            Corpus::parse(outside),
            Err(CorpusError::Outside { line: 2, .. })
        ));
        assert!(matches!(
            Corpus::parse("{}"),
            Err(CorpusError::Line { line: 1, .. })
        ));
    }

    #[test]
    fn the_longer_of_two_overlapping_mentions_stays() {
        let mention = |start, end| Mention {
            span: Span::new(start, end),
            kind: EntityKind::Place,
        };
        assert_eq!(
            without_overlap(vec![mention(0, 3), mention(2, 9), mention(10, 11)]),
            [mention(2, 9), mention(10, 11)]
        );
    }
}
