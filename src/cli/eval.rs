//! `annals eval`: how well a system, or Annals itself, reads; figures against gold.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Failure, Globals, output};
use crate::eval::{self, Lines, NerRow};

mod sheets;
use sheets::Sheet;

/// Score a system's answers, or Annals' own, against gold
///
/// Gold and answers are JSON lines; offsets count Unicode code points from 0, the end is not
/// included. Without a SYSTEM file, Annals itself reads the texts of the gold.
#[derive(Debug, Args)]
pub(super) struct Eval {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Ner(Ner),
    /// Times: {"id","text","dct"?,"timexes":[{"start","end","type","value"}]}
    ///
    /// Types and values are those of TIMEX3. White space, quotes and punctuation at the edges are taken
    /// off both sides first.
    Timex {
        #[command(flatten)]
        files: Files,
    },
    /// Events: {"id","text","dct"?,"events":[{"start","end","date"?,"participants"?,…}]}
    ///
    /// An event is {"start","end","date"?,"participants"?,"places"?,"attribution"?,"status"?}: the sentence
    /// that tells it, its TIMEX3 date, names, whose statement it is, and "happened" or what the text
    /// makes of it ("planned", "denied"). A first line of the text without a stop is its headline.
    Events {
        #[command(flatten)]
        files: Files,
    },
    Timeline(Rankings),
    Pairs(Answers),
    Updates(Updates),
}

/// Names: {"id","text","entities":[{"start","end","type","alt"?,"optional"?}]}
///
/// Articles, titles, possessives and punctuation at the edges are taken off both sides first. Types:
/// person, place, organization; "alt" lists types that are right too, an "optional" name may be
/// left out.
#[derive(Debug, Args)]
struct Ner {
    #[command(flatten)]
    files: Files,
    /// Compare spans as they are
    #[arg(long)]
    raw: bool,
    /// Also list the kinds of error with N examples each; in CSV instead of the scores
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Read with this tagger, made by annals train, instead of Annals' own
    #[arg(long, value_name = "FILE", conflicts_with = "system")]
    model: Option<PathBuf>,
}

/// Gold, and answers where there are any.
#[derive(Debug, Args)]
struct Files {
    /// The gold
    gold: PathBuf,
    /// The answers, of the same form, with or without texts
    system: Option<PathBuf>,
    #[command(flatten)]
    print: Print,
}

/// Timelines: {"topic","from","to","events":[{"id"}],"unjudged"?} against {"topic","ranking":[id]}
#[derive(Debug, Args)]
struct Rankings {
    #[command(flatten)]
    answers: Answers,
    /// Only gold of this split
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
}

/// Same event or not: {"a","b","same"} or {"doc","cluster"} on either side
#[derive(Debug, Args)]
struct Answers {
    /// The gold
    gold: PathBuf,
    /// The answers
    system: PathBuf,
    #[command(flatten)]
    print: Print,
}

/// Updates: {"id","label","reason","cue","old","new"} against {"id","update","old"?,"new"?}
#[derive(Debug, Args)]
struct Updates {
    #[command(flatten)]
    answers: Answers,
    /// Only gold of this split
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
}

#[derive(Debug, Args)]
struct Print {
    /// How to write the figures
    #[arg(short, long, default_value = "table")]
    format: EvalFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EvalFormat {
    /// Aligned columns
    Table,
    /// One JSON object with all that is known
    Json,
    /// Comma-separated values with a header
    Csv,
}

impl Eval {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        match self.what {
            What::Ner(ner) => ner.execute(),
            What::Timex { files } => files.timex(),
            What::Events { files } => files.events(),
            What::Timeline(rankings) => rankings.execute(globals),
            What::Pairs(answers) => answers.pairs(),
            What::Updates(updates) => updates.execute(),
        }?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Ner {
    fn execute(self) -> Result<(), Failure> {
        let gold: Lines<NerRow> = read(&self.files.gold)?;
        let system = match &self.files.system {
            Some(path) => read(path)?,
            None => eval::own::find_names(&gold, super::extract::tagger(self.model.as_deref())?),
        };
        let scores = eval::score_ner(&gold, &system, self.raw)?;
        let errors = match self.errors {
            Some(examples) => Some(eval::ner_errors(&gold, &system, self.raw, examples)?),
            None => None,
        };
        #[derive(Serialize)]
        struct All<'a> {
            scores: &'a eval::NerScores,
            #[serde(skip_serializing_if = "Option::is_none")]
            errors: Option<&'a [eval::ErrorTally]>,
        }
        let all = All {
            scores: &scores,
            errors: errors.as_deref(),
        };
        let mut sheets = vec![sheets::ner(&scores)];
        if let Some(errors) = &errors {
            sheets.push(sheets::errors(errors));
            if self.files.print.format == EvalFormat::Csv {
                sheets.remove(0);
            }
        }
        print(self.files.print.format, &all, &sheets)
    }
}

impl Files {
    fn timex(self) -> Result<(), Failure> {
        let gold = read(&self.gold)?;
        let system = match &self.system {
            Some(path) => read(path)?,
            None => eval::own::find_timexes(&gold)?,
        };
        let scores = eval::score_timexes(&gold, &system)?;
        print(self.print.format, &scores, &[sheets::timex(&scores)])
    }

    fn events(self) -> Result<(), Failure> {
        let gold = read(&self.gold)?;
        let system = match &self.system {
            Some(path) => read(path)?,
            None => eval::own::find_events(&gold, crate::extract::Tagger::shipped())?,
        };
        let scores = eval::score_events(&gold, &system)?;
        print(self.print.format, &scores, &[sheets::events(&scores)])
    }
}

impl Rankings {
    fn execute(self, globals: &Globals) -> Result<(), Failure> {
        let mut gold: Lines<eval::TopicRow> = read(&self.answers.gold)?;
        keep_split(&mut gold, self.split.as_deref(), |topic| {
            topic.split.as_deref()
        })?;
        let scores = eval::score_timelines(&gold, &read(&self.answers.system)?)?;
        if let Some(first) = scores.unknown.first().filter(|_| !globals.quiet) {
            output::note(&format!(
                "note: {} answers are to topics that the gold does not have, such as {first:?}",
                scores.unknown.len()
            ));
        }
        print(
            self.answers.print.format,
            &scores,
            &[sheets::timeline(&scores)],
        )
    }
}

impl Answers {
    fn pairs(self) -> Result<(), Failure> {
        let scores = eval::score_pairs(&read(&self.gold)?, &read(&self.system)?)?;
        print(self.print.format, &scores, &[sheets::pairs(&scores)])
    }
}

impl Updates {
    fn execute(self) -> Result<(), Failure> {
        let mut gold: Lines<eval::UpdateRow> = read(&self.answers.gold)?;
        keep_split(&mut gold, self.split.as_deref(), |pair| {
            pair.split.as_deref()
        })?;
        let [all, without_cue] = eval::score_updates(&gold, &read(&self.answers.system)?)?;
        #[derive(Serialize)]
        struct Both<'a> {
            all: &'a eval::UpdateScores,
            without_cue: &'a eval::UpdateScores,
        }
        let both = Both {
            all: &all,
            without_cue: &without_cue,
        };
        print(
            self.answers.print.format,
            &both,
            &sheets::updates(&all, &without_cue),
        )
    }
}

fn keep_split<T>(
    gold: &mut Lines<T>,
    split: Option<&str>,
    of: fn(&T) -> Option<&str>,
) -> Result<(), Failure> {
    if let Some(split) = split {
        gold.rows.retain(|row| of(&row.value) == Some(split));
        if gold.rows.is_empty() {
            return Err(Failure::usage(format!(
                "{}: no line has the split {split:?}",
                gold.file
            )));
        }
    }
    Ok(())
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Lines<T>, Failure> {
    let text = super::read_text(path)?;
    Ok(Lines::parse(&path.display().to_string(), &text)?)
}

fn print<T: Serialize>(format: EvalFormat, value: &T, sheets: &[Sheet]) -> Result<(), Failure> {
    match format {
        EvalFormat::Json => Ok(output::write_json(value)?),
        EvalFormat::Table => {
            let tables: Vec<String> = sheets.iter().map(Sheet::table).collect();
            Ok(output::write_text(&tables.join("\n"))?)
        }
        EvalFormat::Csv => {
            let parts: Result<Vec<String>, Failure> =
                sheets.iter().take(1).map(Sheet::csv).collect();
            Ok(output::write_text(&parts?.concat())?)
        }
    }
}
