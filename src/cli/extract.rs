//! `annals extract`: mentions and time expressions of plain texts, as a filter for pipelines.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::extract::{EntityKind, Tagger, TimexKind, extract_text};
use crate::span::{CodePoints, Span};

/// Extract names and times from texts, without a store
///
/// Reads lines {"id","text","dct"?} and writes lines {"id","entities","timexes"}. Offsets count
/// Unicode code points from 0; the end is not included.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// How the input is written
    #[arg(long, default_value = "jsonl")]
    input_format: InputFormat,
    /// A file; without it, or as `-`, standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum InputFormat {
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, Deserialize)]
struct Input {
    id: serde_json::Value,
    text: String,
    dct: Option<String>,
}

#[derive(Debug, Serialize)]
struct Output<'a> {
    id: &'a serde_json::Value,
    entities: Vec<Entity>,
    timexes: Vec<Time>,
}

#[derive(Debug, Serialize)]
struct Entity {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: EntityKind,
    text: String,
}

#[derive(Debug, Serialize)]
struct Time {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: TimexKind,
    value: String,
}

/// Lines worked on in parallel at a time.
const BATCH: usize = 256;

impl Extract {
    pub(super) fn execute(self) -> Result<ExitCode, Failure> {
        let InputFormat::Jsonl = self.input_format;
        let input: Box<dyn BufRead> = match self.file.as_deref() {
            None => Box::new(io::stdin().lock()),
            Some(path) if path == Path::new("-") => Box::new(io::stdin().lock()),
            Some(path) => {
                let file = std::fs::File::open(path);
                Box::new(BufReader::new(file.map_err(|error| {
                    Failure::not_found(format!("{}: {error}", path.display()))
                })?))
            }
        };
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut lines = input.lines().enumerate().peekable();
        while lines.peek().is_some() {
            let batch: Vec<(usize, String)> = lines
                .by_ref()
                .take(BATCH)
                .map(|(n, line)| Ok((n + 1, line?)))
                .collect::<io::Result<_>>()?;
            let results: Vec<Result<String, Failure>> = batch
                .par_iter()
                .filter(|(_, line)| !line.trim().is_empty())
                .map(|(n, line)| one(*n, line))
                .collect();
            for result in results {
                writeln!(out, "{}", result?)?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn one(number: usize, line: &str) -> Result<String, Failure> {
    let bad = |reason: String| {
        Failure::usage(format!("line {number}: {reason}"))
            .hint("each line is one JSON object with an \"id\" and a \"text\", and a \"dct\" such as \"2017-12-11\" if known")
    };
    let input: Input = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
    let dct: Option<Date> = match &input.dct {
        Some(dct) => Some(
            dct.get(..10)
                .unwrap_or(dct)
                .parse()
                .map_err(|error| bad(format!("dct {dct:?}: {error}")))?,
        ),
        None => None,
    };
    let (mentions, timexes) = extract_text(&input.text, "en", dct, Tagger::shipped());
    let points = CodePoints::new(&input.text);
    let ends = |span: Span| (points.of_byte(span.start), points.of_byte(span.end));
    let entities = mentions.iter().map(|mention| {
        let (start, end) = ends(mention.span);
        Entity {
            start,
            end,
            kind: mention.kind,
            text: mention.span.of(&input.text).to_owned(),
        }
    });
    let times = timexes.into_iter().map(|timex| {
        let (start, end) = ends(timex.span);
        Time {
            start,
            end,
            kind: timex.kind,
            value: timex.value,
        }
    });
    let output = Output {
        id: &input.id,
        entities: entities.collect(),
        timexes: times.collect(),
    };
    Ok(serde_json::to_string(&output)?)
}
