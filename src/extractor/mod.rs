#![doc = include_str!("../../docs/extractor.md")]
//!
//! # In this module
//!
//! [`Extractor`] runs the program over a batch of documents. Documents in, checked mentions or the
//! reasons against them out; what becomes of those is left to `pipeline` and `cli`.

mod answer;
mod command;
mod error;
mod program;

use std::time::Duration;

use jiff::civil::Date;
use serde::Serialize;

pub use error::{AnswerError, ExtractorError};

use crate::extract::{Mention, OutsideMode};
use answer::Answers;
use command::split_words;
use program::{Line, Program};

/// Documents that one start of the program reads at most. Starting spaCy takes as long as reading a
/// hundred pages, so a thousand make it small.
pub const EXTRACTOR_BATCH: usize = 1024;

/// An outside program that finds names.
#[derive(Clone, Debug)]
pub struct Extractor {
    command: String,
    words: Vec<String>,
    mode: OutsideMode,
    timeout: Duration,
}

/// A document for the program.
#[derive(Clone, Debug, Serialize)]
pub struct Request<'a> {
    /// Names the document in messages; made unique before it is sent.
    pub id: String,
    /// Its text.
    pub text: &'a str,
    /// A BCP 47 tag.
    pub language: &'a str,
    /// Document creation time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dct: Option<Date>,
}

impl Extractor {
    /// An extractor from a command line. `timeout` is how long it may be silent.
    ///
    /// # Errors
    /// When the command is empty or a quote is not closed.
    ///
    /// ```
    /// use annals::extract::OutsideMode;
    /// use annals::extractor::Extractor;
    /// let minute = std::time::Duration::from_secs(60);
    /// assert!(Extractor::new("python3 'my extractor.py'", OutsideMode::Replace, minute).is_ok());
    /// assert!(Extractor::new("python3 'my", OutsideMode::Replace, minute).is_err());
    /// ```
    pub fn new(
        command: &str,
        mode: OutsideMode,
        timeout: Duration,
    ) -> Result<Self, ExtractorError> {
        Ok(Self {
            command: command.to_owned(),
            words: split_words(command)?,
            mode,
            timeout,
        })
    }

    /// The command as it was given.
    #[must_use]
    pub fn command(&self) -> &str {
        &self.command
    }

    /// What its names are to Annals' own.
    #[must_use]
    pub fn mode(&self) -> OutsideMode {
        self.mode
    }

    /// Runs the program over documents. Gives, in their order, the names found, sorted and without
    /// overlap, or why the answer cannot be used.
    ///
    /// # Errors
    /// When the program cannot be started, fails, falls silent, leaves a document without answer,
    /// or writes what is no answer.
    pub fn read(
        &self,
        mut requests: Vec<Request<'_>>,
    ) -> Result<Vec<Result<Vec<Mention>, AnswerError>>, ExtractorError> {
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        make_unique(&mut requests);
        let mut program = Program::start(&self.words, lines(&requests))?;
        let mut answers = Answers::new(&requests);
        loop {
            match program.next_line(self.timeout) {
                Line::Text(line) => answers.take(&line)?,
                Line::End => break,
                Line::TooLong => return Err(answers.too_long()),
                Line::Silence => {
                    return Err(ExtractorError::Silent {
                        program: self.words[0].clone(),
                        seconds: self.timeout.as_secs(),
                        document: answers.first_open().unwrap_or_default(),
                        messages: program.messages(),
                    });
                }
            }
        }
        self.check_end(program, &answers)?;
        Ok(answers.into_results())
    }

    fn check_end(&self, mut program: Program, answers: &Answers<'_>) -> Result<(), ExtractorError> {
        let status = program.wait(self.timeout);
        let open = answers.first_open();
        match (status, open) {
            (Some(status), None) if status.success() => Ok(()),
            (Some(status), Some(document)) if status.success() => Err(ExtractorError::Unanswered {
                document,
                count: answers.open_count(),
                messages: program.messages(),
            }),
            (status, document) => Err(ExtractorError::Failed {
                program: self.words[0].clone(),
                status: status
                    .map_or_else(|| "did not end".to_owned(), |status| status.to_string()),
                document,
                messages: program.messages(),
            }),
        }
    }
}

/// Lines for the program's standard input.
fn lines(requests: &[Request<'_>]) -> Vec<u8> {
    let mut lines = Vec::new();
    for request in requests {
        serde_json::to_writer(&mut lines, request).expect("strings and dates are JSON");
        lines.push(b'\n');
    }
    lines
}

/// Numbers ids that stand more than once: `a`, `a (2)`.
fn make_unique(requests: &mut [Request<'_>]) {
    let mut seen = std::collections::HashSet::new();
    for request in requests {
        let plain = request.id.clone();
        let mut number = 2;
        while !seen.insert(request.id.clone()) {
            request.id = format!("{plain} ({number})");
            number += 1;
        }
    }
}

#[cfg(all(test, unix))]
mod tests;
