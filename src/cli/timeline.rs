//! `annals timeline`: what happened, in order, with sources.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::session::Session;
use super::{Failure, Format, Globals, output};
use crate::export::{TimelineFormat, write_timeline};
use crate::extract::terms;
use crate::time::{Interval, split_period};
use crate::timeline::{Entry, Order, Request, Timeline, select};

/// What happened, in order, with sources
///
/// Names in the phrase say what the timeline is about, years in it count as its period, other words
/// rank. One entry is one event, however many documents report it; older versions are folded.
#[derive(Debug, Args)]
pub(super) struct TimelineCommand {
    /// What to look for, such as "Syria intervention 2015–2017"
    #[arg(required = true, value_name = "PHRASE")]
    phrase: Vec<String>,
    /// First day: 2015, 2015-09 or 2015-09-30
    #[arg(long, value_parser = first_day, value_name = "DATE")]
    from: Option<jiff::civil::Date>,
    /// Last day, inclusive
    #[arg(long, value_parser = last_day, value_name = "DATE")]
    to: Option<jiff::civil::Date>,
    /// Only the N best entries
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Order of the entries; relevance also lists, further down, what merely resembles
    #[arg(long, default_value = "date")]
    rank: Rank,
    /// text, json, jsonl, tsv, md, html, svg, csv, timelinejs, vis or ics
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Rank {
    /// Oldest first
    Date,
    /// Best first
    Relevance,
}

pub(super) fn first_day(text: &str) -> Result<jiff::civil::Date, String> {
    Interval::from_user(text)
        .map(|interval| interval.earliest.date())
        .map_err(|error| error.to_string())
}

pub(super) fn last_day(text: &str) -> Result<jiff::civil::Date, String> {
    Interval::from_user(text)
        .map(|interval| interval.latest.date())
        .map_err(|error| error.to_string())
}

impl TimelineCommand {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let order = match self.rank {
            Rank::Date => Order::Date,
            Rank::Relevance => Order::Relevance,
        };
        let phrase = self.phrase.join(" ");
        let request = Request {
            phrase,
            from: self.from,
            to: self.to,
            top: self.top,
            order,
        };
        let timeline = select(session.index(), &request)?;
        self.write(&timeline)?;
        if timeline.entries.is_empty() && !globals.quiet {
            output::note(&format!(
                "nothing is known about {:?} in that time",
                timeline.phrase
            ));
            output::note("hint: try fewer words, or annals search to see what the store has");
        }
        Ok(if timeline.entries.is_empty() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    fn write(&self, timeline: &Timeline) -> Result<(), Failure> {
        let extension = self
            .output
            .as_ref()
            .and_then(|path| path.extension()?.to_str());
        let name = self.format.as_deref().or(extension);
        if let Some(path) = &self.output {
            let format = timeline_format(name.unwrap_or("json"))?;
            let mut bytes = Vec::new();
            write_timeline(timeline, format, &mut bytes)?;
            return Ok(std::fs::write(path, bytes)?);
        }
        match name {
            None | Some("text" | "table") => Ok(output::write_text(&text(timeline))?),
            Some("tsv") => Ok(rows(timeline, Format::Tsv)?),
            Some("jsonl") => Ok(rows(timeline, Format::Jsonl)?),
            Some(name) => {
                let mut bytes = Vec::new();
                write_timeline(timeline, timeline_format(name)?, &mut bytes)?;
                Ok(io::Write::write_all(&mut io::stdout().lock(), &bytes)?)
            }
        }
    }
}

fn timeline_format(name: &str) -> Result<TimelineFormat, Failure> {
    TimelineFormat::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = TimelineFormat::ALL
            .iter()
            .map(|format| format.name())
            .collect();
        Failure::usage(format!("a timeline cannot be written as {name:?}"))
            .hint(format!("known: text, jsonl, tsv, {}", known.join(", ")))
    })
}

fn rows(timeline: &Timeline, format: Format) -> io::Result<()> {
    let cells = timeline.entries.iter().map(|entry| {
        vec![
            date_of(entry),
            entry.precision.clone(),
            entry.title.clone(),
            sources(entry),
            entry.event.clone(),
        ]
    });
    let header = ["date", "precision", "title", "sources", "event"];
    output::write_rows(
        &output::Rows {
            header: &header,
            values: &timeline.entries,
            cells: cells.collect(),
        },
        Some(format),
    )
}

fn date_of(entry: &Entry) -> String {
    entry.date.clone().unwrap_or_else(|| "undated".to_owned())
}

/// Names of the cited sources, else the documents' paths.
fn sources(entry: &Entry) -> String {
    let mut names: Vec<&str> = entry
        .sources
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    names.dedup();
    if names.is_empty() {
        names = entry
            .documents
            .iter()
            .map(|document| document.path.as_str())
            .collect();
    }
    names.join(", ")
}

/// The timeline as text: a line for the date and title, indented lines for the rest.
fn text(timeline: &Timeline) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let width = terminal_width();
    let asked = terms(&split_period(&timeline.phrase).0);
    for entry in &timeline.entries {
        let date = date_of(entry);
        let _ = writeln!(text, "{date:<12}{}", wrapped(&entry.title, width));
        let mut line = |label: &str, value: &str| {
            let _ = writeln!(
                text,
                "{:<12}{}",
                "",
                wrapped(&format!("{label}{value}"), width)
            );
        };
        if entry.documents.len() > 1 {
            line(
                "",
                &format!("{} documents; {}", entry.documents.len(), sources(entry)),
            );
        } else {
            line("", &sources(entry));
        }
        entry
            .versions
            .iter()
            .for_each(|version| line("earlier: ", version));
        if let Some(inference) = &entry.inferred_date {
            line("date: ", inference);
        }
        for found in entry
            .storylines
            .iter()
            .filter(|found| is_asked(&asked, &found.name))
        {
            line(
                "",
                &format!("part of {} (inferred, {:.2})", found.name, found.score),
            );
        }
    }
    text
}

/// Whether a storyline's name has all words of the phrase: then it can be why an entry is here.
fn is_asked(asked: &[String], name: &str) -> bool {
    let name = terms(name);
    !asked.is_empty() && asked.iter().all(|term| name.contains(term))
}

fn terminal_width() -> usize {
    const INDENT: usize = 12;
    let width = comfy_table::Table::new().width().map_or(100, usize::from);
    width.clamp(60, 120) - INDENT
}

/// Breaks a text into lines of at most `width` columns, indented like the first.
fn wrapped(text: &str, width: usize) -> String {
    textwrap::wrap(text, width).join("\n            ")
}
