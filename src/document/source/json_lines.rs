//! Splits a JSON lines file, holding one line at a time, never more than the limit of one.

use std::io::{self, BufRead};
use std::path::Path;

use super::{Limits, RawDocument, file, sniff};
use crate::document::{Format, Refusal, RefusalKind};

/// The lines of a file, each a document; blank lines count but give none.
pub(super) struct JsonLines<R> {
    reader: R,
    name: String,
    max_line_bytes: usize,
    line: usize,
    /// Whether the file is read to its end, or broke off.
    done: bool,
    /// Whether it has given anything.
    gave: bool,
}

impl<R: BufRead> JsonLines<R> {
    /// The lines of a reader.
    pub(super) fn new(reader: R, name: &str, limits: &Limits) -> Self {
        let max_line_bytes = limits.max_line_bytes;
        Self {
            reader,
            name: name.to_owned(),
            max_line_bytes,
            line: 0,
            done: false,
            gave: false,
        }
    }

    fn document(&self, bytes: Vec<u8>) -> Result<RawDocument, Refusal> {
        let path = self.name.clone();
        let content = sniff::text(&path, bytes).map_err(|refusal| self.at_line(refusal))?;
        Ok(RawDocument {
            path,
            part: Some(self.line),
            format: Format::JsonLines,
            charset: None,
            content,
        })
    }

    fn at_line(&self, refusal: Refusal) -> Refusal {
        Refusal {
            part: Some(self.line),
            ..refusal
        }
    }

    fn too_long(&self) -> Refusal {
        let reason = format!(
            "line is longer than the limit of {} bytes",
            self.max_line_bytes
        );
        let hint = "split the document into several";
        self.at_line(Refusal::new(
            &self.name,
            RefusalKind::LineTooLong,
            &reason,
            hint,
        ))
    }

    /// The refusal of a file that broke off, or had no line with words.
    fn end(&mut self, error: Option<&io::Error>) -> Option<Result<RawDocument, Refusal>> {
        self.done = true;
        if let Some(error) = error {
            return Some(Err(file::refuse_io(
                Path::new(&self.name),
                &self.name,
                error,
            )));
        }
        (!self.gave).then(|| Err(sniff::empty(&self.name, self.line)))
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Result<RawDocument, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let line = match read_line(&mut self.reader, self.max_line_bytes) {
                Ok(Some(line)) => line,
                Ok(None) => return self.end(None),
                Err(error) => return self.end(Some(&error)),
            };
            self.line += 1;
            let found = match line {
                Line::TooLong => Err(self.too_long()),
                Line::Whole(bytes) if bytes.trim_ascii().is_empty() => continue,
                Line::Whole(bytes) => self.document(bytes),
            };
            self.gave = true;
            return Some(found);
        }
        None
    }
}

/// A line read.
enum Line {
    Whole(Vec<u8>),
    /// More than the limit; it was skipped.
    TooLong,
}

/// Reads a line without its newline; `None` at the end of the file.
fn read_line(reader: &mut dyn BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let (mut began, mut too_long) = (false, false);
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() && !began {
            return Ok(None);
        }
        let newline = buffer.iter().position(|byte| *byte == b'\n');
        let taken = newline.unwrap_or(buffer.len());
        too_long |= line.len() + taken > limit;
        if !too_long {
            line.extend_from_slice(&buffer[..taken]);
        }
        let ended = newline.is_some() || buffer.is_empty();
        let consumed = taken + usize::from(newline.is_some());
        reader.consume(consumed);
        began = true;
        if ended {
            return Ok(Some(if too_long {
                Line::TooLong
            } else {
                Line::Whole(line)
            }));
        }
    }
}
