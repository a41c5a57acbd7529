//! A timeline as text for a terminal: a line for the date and title, indented lines for the rest,
//! headings where grouped, a line for each long silence.

use std::fmt::Write;

use super::{date_of, sources, title};
use crate::extract::terms;
use crate::time::split_period;
use crate::timeline::{Entry, Timeline, silences};

const INDENT: usize = 12;

/// Stands behind a date that is only that of the report.
const MARK: &str = "*";
const LEGEND: &str = "* the day of the report, which states no other: what it tells can be older";

/// Renders a timeline in lines of at most `width` columns.
pub(super) fn render(timeline: &Timeline, width: usize) -> String {
    let mut text = String::new();
    let mut group = None;
    let asked = match (&timeline.from, &timeline.to) {
        (None, None) => terms(&timeline.phrase),
        _ => terms(&split_period(&timeline.phrase).0),
    };
    for (entry, silence) in timeline.entries.iter().zip(silences(timeline)) {
        if let Some(silence) = silence {
            let _ = writeln!(text, "{:<INDENT$}— {silence} —", "");
        }
        if let Some(by) = timeline.by {
            let this = by.group(entry).unwrap_or("year unknown");
            if group != Some(this) {
                let gap = if group.is_some() { "\n" } else { "" };
                let _ = writeln!(text, "{gap}{this}");
                group = Some(this);
            }
        }
        write_entry(entry, &asked, width - INDENT, &mut text);
    }
    if timeline.entries.iter().any(Entry::is_dated_by_report) {
        let _ = writeln!(text, "\n{}", textwrap::fill(LEGEND, width));
    }
    text
}

fn write_entry(entry: &Entry, asked: &[String], width: usize, text: &mut String) {
    let mark = if entry.is_dated_by_report() { MARK } else { "" };
    let _ = writeln!(
        text,
        "{:<INDENT$}{}",
        date_of(entry) + mark,
        wrapped(&title(entry), width)
    );
    let mut line = |label: &str, value: &str| {
        let value = wrapped(&format!("{label}{value}"), width);
        let _ = writeln!(text, "{:<INDENT$}{value}", "");
    };
    match entry.documents.len() {
        0 | 1 => line("", &sources(entry)),
        count => line("", &format!("{count} documents; {}", sources(entry))),
    }
    for version in &entry.versions {
        line("earlier: ", version);
    }
    if let Some(source) = entry.attribution() {
        line("", &source);
    }
    if let Some(inference) = &entry.inferred_date {
        line("date: ", inference);
    }
    for found in entry.storylines.iter().filter(|f| is_asked(asked, &f.name)) {
        let part = format!("part of {} (inferred, {:.2})", found.name, found.score);
        line("", &part);
    }
    if let Some(why) = &entry.why {
        line("why: ", &why.to_string());
    }
}

/// Whether a storyline's name has all words of the phrase: then it can be why an entry is here.
fn is_asked(asked: &[String], name: &str) -> bool {
    let name = terms(name);
    !asked.is_empty() && asked.iter().all(|term| name.contains(term))
}

/// Breaks a text into lines of at most `width` columns, indented like the first.
fn wrapped(text: &str, width: usize) -> String {
    textwrap::wrap(text, width).join("\n            ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::By;

    fn timeline(dates: &[&str], by: Option<By>) -> Timeline {
        let entry = |date: &&str| Entry {
            date: Some((*date).to_owned()),
            title: format!("Something on {date}"),
            ..Entry::default()
        };
        Timeline {
            entries: dates.iter().map(entry).collect(),
            by,
            ..Timeline::default()
        }
    }

    /// The text without trailing blanks.
    fn rendered(timeline: &Timeline) -> String {
        let text = render(timeline, 80);
        let lines = text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn groups_and_silences_are_shown() {
        let dates = ["2015-01-03", "2015-01-09", "2015-02-02", "2015-09-20"];
        let expected = "\
2015-01
2015-01-03  Something on 2015-01-03
2015-01-09  Something on 2015-01-09
2015-02
2015-02-02  Something on 2015-02-02
            — 8 months without an entry —
2015-09
2015-09-20  Something on 2015-09-20";
        assert_eq!(rendered(&timeline(&dates, Some(By::Month))), expected);
    }

    #[test]
    fn short_and_unknown_distances_are_not_silences() {
        let dates = ["2015-01-03", "2015-02-09", "2016", "XXXX-03-27"];
        assert!(!rendered(&timeline(&dates, None)).contains("without"));
    }
}
