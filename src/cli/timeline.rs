//! `annals timeline`: what happened, in order, with sources.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::arguments::{check_days_of, check_period, first_day, last_day, one_or_more};
use super::names::did_you_mean;
use super::session::Session;
use super::{Failure, Format, Globals, file, output};
use crate::counted::counted;
use crate::export::{TimelineFormat, write_timeline};
use crate::inspect::{mend, suggest};
use crate::time::split_period;
use crate::timeline::{By, Cut, DateBasis, Entry, Order, Request, Timeline, select};

mod text;

/// Entries from which on nobody reads them all: ten screens.
const MANY: usize = 200;

/// What happened, in order, with sources
///
/// Names alone ("Syria") give all events that name them. With other words ("Syria intervention") the
/// events that answer best are given, also when they say neither word: storylines, places and words
/// learned from the best answers count; what scores too little is left out, counted, and listed with
/// --all. Years in the phrase are its period, unless they number something ("Flight 1549"). One entry
/// is one event, however many documents report it; older versions are folded; long silences are shown.
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
    /// Only the N entries that tell the story best: important days, much reported, no repeats
    #[arg(long, value_name = "N", value_parser = one_or_more)]
    top: Option<usize>,
    /// Also what is less relevant: whatever has the phrase's names, or half the score that is needed
    #[arg(long)]
    all: bool,
    /// Group the entries by day, month or year
    #[arg(long, value_name = "PERIOD")]
    by: Option<Period>,
    /// Only what could be read by that day, as it was told then; leaves out context added later and storylines found
    #[arg(long, value_parser = last_day, value_name = "DATE")]
    known_at: Option<jiff::civil::Date>,
    /// Say of every entry why it is there: names, storylines, words, parts of its score
    #[arg(long)]
    explain: bool,
    /// Order of the entries; relevance also lists, further down, what merely resembles
    #[arg(long, default_value = "date")]
    rank: Rank,
    /// text, json, jsonl, tsv, md, html, svg, csv, timelinejs, vis or ics
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// Write to a file, over the one that is there; its extension gives the format
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Period {
    Day,
    Month,
    Year,
}

impl TimelineCommand {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let phrase = self.phrase.join(" ");
        check_period(self.from, self.to)?;
        check_days_of(&phrase)?;
        let session = Session::open(globals)?;
        let order = match self.rank {
            Rank::Date => Order::Date,
            Rank::Relevance => Order::Relevance,
        };
        let request = Request {
            phrase,
            from: self.from,
            to: self.to,
            less_relevant: self.all,
            top: self.top,
            order,
            known_at: self.known_at,
            by: self.by.map(|period| match period {
                Period::Day => By::Day,
                Period::Month => By::Month,
                Period::Year => By::Year,
            }),
            explain: self.explain,
        };
        let timeline = select(session.index(), &request)?;
        self.write(&timeline)?;
        if !globals.quiet {
            say_what_is_missing(&session, &request, &timeline)?;
        }
        match (timeline.chosen_of, timeline.cut) {
            _ if globals.quiet => {}
            (Some(all), _) => output::note(&format!(
                "{} of {}, those that tell the story best; without --top all are given",
                timeline.entries.len(),
                counted(all, "event")
            )),
            (None, Some(cut)) => self.say_what_is_left_out(cut),
            (None, None) => {}
        }
        let to_read = self.output.is_none() && self.format.is_none() && !globals.quiet;
        if self.top.is_none() && to_read && timeline.entries.len() > MANY {
            let count = timeline.entries.len();
            output::note(&format!(
                "{count} entries; --top 40 keeps those that tell the story best"
            ));
        }
        Ok(if timeline.entries.is_empty() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    fn say_what_is_left_out(&self, cut: Cut) {
        if self.explain && cut.least_score > 0.0 {
            output::note(&format!(
                "an event belongs that scores {:.3} or more, half of what the ten best score on average (down to .35 of \
                 it with all the names of the phrase, while no more than a page answer; as much as nearly all that is \
                 filed under a storyline, where the phrase is its name), that says every word of the phrase, or that \
                 is of a storyline named so",
                cut.least_score
            ));
        }
        match cut.left_out {
            0 => {}
            1 => output::note("1 less relevant event is left out; --all adds it"),
            count => output::note(&format!(
                "{count} less relevant events are left out; --all adds them, --rank relevance lists the best first"
            )),
        }
    }

    fn write(&self, timeline: &Timeline) -> Result<(), Failure> {
        let extension = self
            .output
            .as_ref()
            .and_then(|path| path.extension()?.to_str());
        let name = self.format.as_deref().or(extension);
        let mut bytes = Vec::new();
        match name {
            Some("tsv") => rows(timeline, Format::Tsv, &mut bytes)?,
            Some("jsonl") => rows(timeline, Format::Jsonl, &mut bytes)?,
            Some("text" | "table" | "txt") | None => {
                let text = text::render(timeline, output::width());
                if self.output.is_none() {
                    return Ok(output::write_text(&text)?);
                }
                bytes = text.into_bytes();
            }
            Some(name) => write_timeline(timeline, timeline_format(name)?, &mut bytes)?,
        }
        file::write_output(&bytes, self.output.as_deref())
    }
}

/// Says why there is no entry, and which words nothing says.
fn say_what_is_missing(
    session: &Session,
    request: &Request,
    timeline: &Timeline,
) -> Result<(), Failure> {
    let index = session.index();
    let words = split_period(&request.phrase).0;
    if !timeline.entries.is_empty() {
        if let Some(mended) = mend(index, &words)? {
            output::note(&format!(
                "hint: did you mean {mended:?}? Nothing says it as written"
            ));
        } else if timeline.in_part {
            output::note(&format!(
                "no event says all of {words:?}: these answer a part of it"
            ));
        }
        return Ok(());
    }
    let has_period = timeline.from.is_some() || timeline.to.is_some();
    let at_any_time = Request {
        phrase: words.clone(),
        from: None,
        to: None,
        top: None,
        ..request.clone()
    };
    let all = match has_period {
        true => select(index, &at_any_time)?.entries,
        false => Vec::new(),
    };
    let dates: Vec<&str> = all
        .iter()
        .filter_map(|entry| entry.date.as_deref())
        .collect();
    if let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) {
        output::note(&format!("nothing is known about {words:?} in that time"));
        let count = counted(all.len(), "event");
        output::note(&format!(
            "hint: at other times there are {count}, {first} to {last}"
        ));
        return Ok(());
    }
    output::note(&format!("nothing is known about {:?}", timeline.phrase));
    let meant = suggest(index, &session.namespace(), &words, &[])?;
    let hint = did_you_mean(&meant).unwrap_or_else(|| {
        "try fewer words, or annals search to see what the store has".to_owned()
    });
    output::note(&format!("hint: {hint}"));
    Ok(())
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

fn rows(timeline: &Timeline, format: Format, out: &mut Vec<u8>) -> io::Result<()> {
    let cells = timeline.entries.iter().map(|entry| {
        vec![
            date_of(entry),
            entry.precision.clone(),
            title(entry),
            sources(entry),
            entry.event.clone(),
            entry.date_basis.map_or("", DateBasis::word).to_owned(),
        ]
    });
    let header = [
        "date",
        "precision",
        "title",
        "sources",
        "event",
        "date basis",
    ];
    let rows = output::Rows {
        header: &header,
        values: &timeline.entries,
        cells: cells.collect(),
    };
    output::write_rows_to(out, &rows, format)
}

/// The title, with a word before it when it tells of no fact.
pub(super) fn title(entry: &Entry) -> String {
    let caveat = entry.caveat().map(|caveat| format!("[{caveat}] "));
    caveat.unwrap_or_default() + &entry.title
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
