//! `annals train`: a tagger of one's own from labelled text.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::file::{folder_of, write_whole};
use super::{Failure, Globals, output};
use crate::eval::{self, Lines, NerRow, NerScores};
use crate::extract::{Corpus, Tagger, TrainOptions, train};

/// Train a tagger of names on labelled text
///
/// A line of text is {"text","entities":[{"start","end","type"}]}, offsets in Unicode code points, types
/// person, place and organization. Nothing is learned from an entity with "optional": true, nor
/// from the parts in "unknown": [{"start","end"}]. The same files, options and program give the
/// same bytes. The file is written in one piece at the end: a run that is stopped leaves nothing.
#[derive(Debug, Args)]
pub(super) struct Train {
    /// Labelled text; 0.2:FILE gives each of its sentences a fifth of the weight
    #[arg(required = true, value_name = "[WEIGHT:]FILE")]
    files: Vec<String>,
    /// The tagger to write, for --model of other commands
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Labelled text that is not learned from: scored when all is done
    #[arg(long, value_name = "FILE")]
    dev: Vec<PathBuf>,
    /// Passes over the text
    #[arg(long, default_value_t = TrainOptions::default().epochs, value_name = "N")]
    epochs: usize,
    /// Seed of order, left-out features and rewritten copies
    #[arg(long, default_value_t = TrainOptions::default().seed, value_name = "N")]
    seed: u64,
    /// Rate of learning
    #[arg(long, default_value_t = TrainOptions::default().rate, value_name = "R")]
    rate: f32,
    /// Pull of weights towards zero
    #[arg(long, default_value_t = TrainOptions::default().decay, value_name = "D")]
    decay: f32,
    /// Share of features left out at each visit, below 1
    #[arg(long, default_value_t = TrainOptions::default().dropout, value_parser = share, value_name = "P")]
    dropout: f32,
    /// A feature seen less often is not learned
    #[arg(long, default_value_t = TrainOptions::default().rarest, value_name = "N")]
    rarest: u8,
    /// Share of documents that get a copy as headlines and ledes are written
    #[arg(long, default_value_t = TrainOptions::default().recased, value_parser = share, value_name = "P")]
    recased: f32,
    /// Size: two to this power of buckets of 64 bytes
    #[arg(long, default_value_t = TrainOptions::default().log_buckets, value_parser = clap::value_parser!(u32).range(4..=24), value_name = "N")]
    log_buckets: u32,
}

fn share(text: &str) -> Result<f32, String> {
    let value: f32 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..1.0).contains(&value) {
        return Ok(value);
    }
    Err("a share is at least 0 and below 1".to_owned())
}

impl Train {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        // What would fail at the end is looked at before the work begins.
        let dev: Vec<Lines<NerRow>> = self
            .dev
            .iter()
            .map(|path| dev(path))
            .collect::<Result<_, _>>()?;
        check_folder_of(&self.output)?;
        let corpora: Vec<(Corpus, f32)> = self
            .files
            .iter()
            .map(|file| corpus(file))
            .collect::<Result<_, _>>()?;
        let started = Instant::now();
        let say = |message: &str| {
            if !globals.quiet {
                output::note(message);
            }
        };
        let mut progress = |epoch: usize, loss: f32| {
            let seconds = started.elapsed().as_secs_f32();
            say(&format!(
                "pass {epoch} of {}: loss {loss:.4}, {seconds:.0} s",
                self.epochs
            ));
        };
        let (bytes, report) = train(&corpora, &self.options(), &mut progress);
        let tagger = Tagger::from_bytes(&bytes).map_err(Failure::not_found)?;
        write_whole(&bytes, &self.output)?;
        say(&format!(
            "{} sentences, {} tokens, {} mentions; {} mentions inside tokens, {} over sentences; {} of {} features kept",
            report.sentences,
            report.tokens,
            report.mentions,
            report.misaligned,
            report.across,
            report.kept,
            report.features,
        ));
        self.print_scores(&dev, &tagger)?;
        Ok(ExitCode::SUCCESS)
    }

    fn options(&self) -> TrainOptions {
        TrainOptions {
            epochs: self.epochs,
            seed: self.seed,
            rate: self.rate,
            decay: self.decay,
            dropout: self.dropout,
            rarest: self.rarest,
            recased: self.recased,
            log_buckets: self.log_buckets,
        }
    }

    /// Strict scores of each development file as tab-separated values.
    fn print_scores(&self, dev: &[Lines<NerRow>], tagger: &Tagger) -> Result<(), Failure> {
        let mut text = String::new();
        for (at, gold) in dev.iter().enumerate() {
            if at == 0 {
                text.push_str(
                    "file\tprecision\trecall\tf1\tperson f1\tplace f1\torganization f1\n",
                );
            }
            let scores = eval::score_ner(gold, &eval::own::find_names(gold, tagger), false)?;
            text.push_str(&line(&gold.file, &scores));
        }
        Ok(output::write_text(&text)?)
    }
}

fn line(file: &str, scores: &NerScores) -> String {
    let (all, kinds) = (scores.strict.all, scores.strict);
    let figures = [
        all.precision,
        all.recall,
        all.f1,
        kinds.person.f1,
        kinds.place.f1,
        kinds.organization.f1,
    ];
    let figures = figures.map(|figure| format!("{figure:.4}"));
    format!("{file}\t{}\n", figures.join("\t"))
}

fn dev(path: &Path) -> Result<Lines<NerRow>, Failure> {
    let gold = Lines::parse(&path.display().to_string(), &super::read_text(path)?)?;
    // Scoring nothing finds every fault of the gold itself.
    eval::score_ner(&gold, &Lines::of("nothing", []), false)?;
    Ok(gold)
}

/// Labelled text and the weight before its name; a colon behind anything but a number is part of
/// the name.
fn corpus(argument: &str) -> Result<(Corpus, f32), Failure> {
    let weighted = argument
        .split_once(':')
        .and_then(|(weight, file)| Some((weight.parse::<f32>().ok()?, file)));
    let (weight, file) = weighted.unwrap_or((1.0, argument));
    let corpus = Corpus::parse(&super::read_text(Path::new(file))?);
    let corpus = corpus.map_err(|error| {
        Failure::usage(format!("{file}: {error}"))
            .hint("a line is {\"text\", \"entities\": [{\"start\", \"end\", \"type\"}]}, offsets in code points")
    })?;
    Ok((corpus, weight))
}

/// Refuses a folder that the tagger cannot be written to, before anything is learned.
fn check_folder_of(path: &Path) -> Result<(), Failure> {
    let folder = folder_of(path);
    if path.is_dir() || tempfile::tempfile_in(&folder).is_err() {
        return Err(
            Failure::usage(format!("{}: cannot be written", path.display()))
                .hint("name a file in a folder that you may write to, with --output"),
        );
    }
    Ok(())
}
