//! `annals ingest`: reads documents into a store.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::extractor::ExtractorOptions;
use super::interrupt::Interrupt;
use super::progress::Bar;
use super::session::location;
use super::{Failure, Format, Globals, failure, output};
use crate::counted::counted;
use crate::document::{self, Limits, RawDocument, Refusal};
use crate::pipeline::{self, DocumentCounts, Progress, Report};
use crate::store::Access;
use crate::store_mark::is_store;

/// Read files, folders and archives into the store, made when missing
///
/// Formats are told apart by content and name; annals formats lists them. tar and ZIP archives and
/// gzip and zstd files are read where they are, without unpacking them to disk.
///
/// What was read before and has not changed costs nothing; a file that changed becomes a new
/// version, and the old one stays. A document that cannot be read is listed with the reason, the
/// rest goes on, and the exit code is 3.
///
/// Other commands can question the store meanwhile: they answer from what was in it before.
///
/// A few documents for a large store are linked with those they have most to do with, within a
/// second; when the store has grown by a sixteenth, all are linked anew.
#[derive(Debug, Args)]
pub(super) struct Ingest {
    /// Files, folders, archives, or quoted patterns like 'news/2017/**/*.md'; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take everything for this format, whatever its name and content
    #[arg(long, value_name = "NAME", value_parser = format_names())]
    input_format: Option<String>,
    /// Link all documents with each other anew, also in a large store that has grown by little
    #[arg(long)]
    consolidate: bool,
    #[command(flatten)]
    extractor: ExtractorOptions,
    /// How to write the report
    #[arg(short, long)]
    format: Option<Format>,
}

impl Ingest {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let extractor = self.extractor.extractor()?;
        let location = location(globals);
        let limits = Limits::default();
        let reads_stdin = self.paths.iter().any(|path| path.as_os_str() == "-");
        if reads_stdin && io::stdin().is_terminal() {
            return Err(Failure::usage("standard input is a terminal")
                .hint("pipe documents into annals ingest -, for example JSON lines"));
        }
        let input_format = self
            .input_format
            .as_deref()
            .and_then(document::Format::of_name);
        let documents = document::discover(&self.paths, &limits)
            .with_stdin(io::stdin())
            .with_format(input_format);
        let interrupt = Interrupt::listen()?;
        let bar = Bar::start(globals.quiet);
        bar.count(&self.paths, &limits);
        let mut documents = documents.inspect(|found| {
            if found.is_err() {
                bar.refuse();
            }
        });
        let mut first = Vec::new();
        if !is_store(&location) && !reads_stdin {
            // A path that leads nowhere leaves no store behind; for standard input, one is there while it is waited
            // for.
            first = up_to_a_document(&mut documents);
            if first.iter().all(Result::is_err) {
                bar.finish();
                return refuse_all(first, self.format, globals.quiet);
            }
        }
        let documents = first.into_iter().chain(documents);
        let mut store = pipeline::open(&location, Access::Write)?;
        let progress = |progress| {
            bar.show(progress);
            if progress == Progress::Resolving {
                interrupt.stop_at_once();
            }
            interrupt.flow()
        };
        let mut report = match &extractor {
            None => pipeline::ingest(&mut store, documents, &progress)?,
            Some(extractor) => pipeline::ingest_with(&mut store, documents, extractor, &progress)?,
        };
        if self.consolidate && !report.is_interrupted {
            let start = Instant::now();
            pipeline::consolidate(&mut store, &progress)?;
            report.count(&store.index)?;
            report.seconds += start.elapsed().as_secs_f64();
        }
        bar.finish();
        write(&report, self.format, globals.quiet)?;
        Ok(if report.is_interrupted {
            output::note("stopped: the next command brings the graph and the index up to date");
            ExitCode::from(failure::INTERRUPTED)
        } else if report.documents.refused > 0 {
            ExitCode::from(failure::PARTIAL)
        } else {
            ExitCode::SUCCESS
        })
    }
}

type Found = Result<RawDocument, Refusal>;

/// What is found up to the first document, with it.
fn up_to_a_document(found: &mut impl Iterator<Item = Found>) -> Vec<Found> {
    let mut first = Vec::new();
    while first.last().is_none_or(Result::is_err) {
        let Some(found) = found.next() else { break };
        first.push(found);
    }
    first
}

/// Reports what was found where that is no document at all.
fn refuse_all(found: Vec<Found>, format: Option<Format>, quiet: bool) -> Result<ExitCode, Failure> {
    let refusals: Vec<Refusal> = found.into_iter().filter_map(Result::err).collect();
    let documents = DocumentCounts {
        refused: refusals.len(),
        ..DocumentCounts::default()
    };
    let is_partial = documents.refused > 0;
    let report = Report {
        documents,
        refusals,
        ..Report::default()
    };
    write(&report, format, quiet)?;
    Ok(match is_partial {
        true => ExitCode::from(failure::PARTIAL),
        false => ExitCode::SUCCESS,
    })
}

fn format_names() -> PossibleValuesParser {
    PossibleValuesParser::new(document::Format::ALL.map(document::Format::name))
}

fn write(report: &Report, format: Option<Format>, quiet: bool) -> io::Result<()> {
    for refusal in report.refusals.iter().filter(|_| !quiet) {
        output::note(&format!("refused: {}", line(refusal)));
    }
    for remark in report.remarks.iter().filter(|_| !quiet) {
        let place = place(remark.part);
        output::note(&format!("note: {}{place}: {}", remark.path, remark.what));
    }
    if report.waiting > 0 && !quiet {
        output::note(&format!(
            "{} linked with what is nearest; --consolidate links all anew",
            counted(report.waiting, "document")
        ));
    }
    if report.unfit_answers > 0 && !quiet {
        output::note(&unfit(report.unfit_answers));
    }
    if report.left_out > 0 && !quiet {
        output::note(&left_out(report.left_out));
    }
    if matches!(format, Some(Format::Json)) {
        return output::write_json(report);
    }
    if let Some(format @ (Format::Jsonl | Format::Tsv)) = format {
        let header = [
            "new",
            "changed",
            "unchanged",
            "refused",
            "events",
            "entities",
            "related",
            "inferred",
            "context",
            "supersedes",
            "quads",
            "seconds",
        ];
        let counts = report.documents;
        let numbers = [
            counts.new,
            counts.changed,
            counts.unchanged,
            counts.refused,
            report.events,
            report.entities,
            report.related,
            report.inferred,
            report.context,
            report.supersedes,
            report.quads,
        ];
        let mut cells: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        cells.push(format!("{:.3}", report.seconds));
        return output::write_rows(
            &output::Rows {
                header: &header,
                values: std::slice::from_ref(report),
                cells: vec![cells],
            },
            Some(format),
        );
    }
    output::write_text(&summary(report))
}

/// One refusal in one line.
pub(super) fn line(refusal: &Refusal) -> String {
    let place = place(refusal.part);
    format!(
        "{}{place}: {} ({})",
        refusal.path, refusal.reason, refusal.hint
    )
}

fn place(part: Option<usize>) -> String {
    part.map(|part| format!(" line {part}")).unwrap_or_default()
}

/// Says that answers of an outside extractor are out of use.
pub(super) fn unfit(count: usize) -> String {
    format!(
        "note: the answers of an outside extractor fit the text of {} no more; Annals' own tagger reads it. Ingest \
         again with --extractor to ask anew",
        counted(count, "document")
    )
}

/// Says that nothing is derived from some documents.
pub(super) fn left_out(count: usize) -> String {
    format!(
        "note: without {} in the store, which this version cannot read; the journal keeps what is there",
        counted(count, "document")
    )
}

fn summary(report: &Report) -> String {
    let counts = report.documents;
    let outside = match report.read_outside {
        0 => String::new(),
        count => format!("extractor  {} read\n", counted(count, "document")),
    };
    outside
        + &format!(
            "documents  {} new, {} changed, {} unchanged, {} refused\n\
         events     {}\nentities   {}\nlinks      {} related and {} inferred, {} context, {} supersedes\n\
         quads      {}\ntime       {:.2} s\n",
            counts.new,
            counts.changed,
            counts.unchanged,
            counts.refused,
            report.events,
            report.entities,
            report.related,
            report.inferred,
            report.context,
            report.supersedes,
            report.quads,
            report.seconds,
        )
}
