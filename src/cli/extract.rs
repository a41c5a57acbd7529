//! `annals extract`: mentions and time expressions of plain texts, as a filter for pipelines.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::extractor::ExtractorOptions;
use super::{Failure, Globals, failure, output};
use crate::extract::{EntityKind, OutsideMentions, Tagger, TimexKind, extract_text_with};
use crate::extractor::{AnswerError, EXTRACTOR_BATCH, Extractor, Request};
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
    /// Find names with this tagger, made by annals train, instead of Annals' own
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    #[command(flatten)]
    extractor: ExtractorOptions,
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

/// A line that was read.
struct Text {
    line: usize,
    id: serde_json::Value,
    text: String,
    dct: Option<Date>,
}

impl Extract {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let InputFormat::Jsonl = self.input_format;
        let extractor = self.extractor.extractor()?;
        let tagger = tagger(self.model.as_deref())?;
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut lines = self.input()?.lines().enumerate().peekable();
        let batch = extractor.as_ref().map_or(BATCH, |_| EXTRACTOR_BATCH);
        let mut code = ExitCode::SUCCESS;
        while lines.peek().is_some() {
            let batch: Vec<(usize, String)> = lines
                .by_ref()
                .take(batch)
                .map(|(n, line)| Ok((n + 1, line?)))
                .collect::<io::Result<_>>()?;
            let read: Vec<Result<Text, Failure>> = batch
                .par_iter()
                .filter(|(_, line)| !line.trim().is_empty())
                .map(|(n, line)| parse(*n, line))
                .collect();
            let (texts, bad) = up_to_failure(read);
            for result in answers(&texts, extractor.as_ref(), tagger)? {
                match result {
                    Ok(line) => writeln!(out, "{line}")?,
                    Err(refused) => {
                        code = ExitCode::from(failure::PARTIAL);
                        if !globals.quiet {
                            output::note(&refused);
                        }
                    }
                }
            }
            bad.map_or(Ok(()), Err)?;
        }
        out.flush()?;
        Ok(code)
    }

    fn input(&self) -> Result<Box<dyn BufRead>, Failure> {
        Ok(match self.file.as_deref() {
            None => Box::new(io::stdin().lock()),
            Some(path) if path == Path::new("-") => Box::new(io::stdin().lock()),
            Some(path) => {
                let file = std::fs::File::open(path);
                Box::new(BufReader::new(file.map_err(|error| {
                    Failure::not_found(format!("{}: {error}", path.display()))
                })?))
            }
        })
    }
}

/// What could be read before the first line that could not.
fn up_to_failure(read: Vec<Result<Text, Failure>>) -> (Vec<Text>, Option<Failure>) {
    let mut texts = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(text) => texts.push(text),
            Err(failure) => return (texts, Some(failure)),
        }
    }
    (texts, None)
}

/// The lines to write, or why there is none for a text.
fn answers(
    texts: &[Text],
    extractor: Option<&Extractor>,
    tagger: &Tagger,
) -> Result<Vec<Result<String, String>>, Failure> {
    let found = match extractor {
        None => vec![Ok(None); texts.len()],
        Some(extractor) => ask(texts, extractor)?,
    };
    let lines: Vec<Result<Result<String, String>, Failure>> = texts
        .par_iter()
        .zip(found)
        .map(|(text, found)| match found {
            Err(refused) => Ok(Err(refused)),
            Ok(found) => one(text, found.as_ref(), tagger).map(Ok),
        })
        .collect();
    lines.into_iter().collect()
}

/// What the outside extractor finds in each text, or why its answer cannot be used.
fn ask(
    texts: &[Text],
    extractor: &Extractor,
) -> Result<Vec<Result<Option<OutsideMentions>, String>>, Failure> {
    let request = |text: &'_ Text| -> String {
        match &text.id {
            serde_json::Value::String(id) => id.clone(),
            other => other.to_string(),
        }
    };
    let requests = texts.iter().map(|text| Request {
        id: request(text),
        text: &text.text,
        language: "en",
        dct: text.dct,
    });
    let results = extractor.read(requests.collect())?;
    let usable = |(text, result): (&Text, Result<_, AnswerError>)| match result {
        Ok(mentions) => Ok(Some(OutsideMentions {
            mentions,
            mode: extractor.mode(),
        })),
        Err(error) => Err(format!(
            "refused: line {}, {}: {error} ({})",
            text.line,
            text.id,
            error.hint()
        )),
    };
    Ok(texts.iter().zip(results).map(usable).collect())
}

/// The tagger in a file, or Annals' own. It stays in memory to the end of the program.
pub(super) fn tagger(model: Option<&Path>) -> Result<&'static Tagger, Failure> {
    let Some(path) = model else {
        return Ok(Tagger::shipped());
    };
    let bad = |error: &dyn std::fmt::Display| {
        Failure::not_found(format!("{}: {error}", path.display()))
            .hint("annals train makes such files; one of another version has to be trained again")
    };
    let bytes = std::fs::read(path).map_err(|error| bad(&error))?;
    let tagger = Tagger::from_bytes(&bytes).map_err(|error| bad(&error))?;
    Ok(Box::leak(Box::new(tagger)))
}

fn parse(number: usize, line: &str) -> Result<Text, Failure> {
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
    Ok(Text {
        line: number,
        id: input.id,
        text: input.text,
        dct,
    })
}

fn one(input: &Text, found: Option<&OutsideMentions>, tagger: &Tagger) -> Result<String, Failure> {
    let (mentions, timexes) = extract_text_with(&input.text, "en", input.dct, tagger, found);
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
