//! Figures as rows for people and spreadsheets.

use comfy_table::{CellAlignment, Table, presets};

use crate::cli::Failure;
use crate::eval::{
    ErrorTally, EventScores, KindScores, NerScores, PairScores, RankScores, Score, TimelineScores,
    TimexScores, UpdateScores,
};

/// A table: texts to the left, figures to the right.
pub(super) struct Sheet {
    header: Vec<&'static str>,
    /// How many columns from the left hold texts.
    texts: usize,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn new(header: &[&'static str], texts: usize) -> Self {
        Self {
            header: header.to_vec(),
            texts,
            rows: Vec::new(),
        }
    }

    fn push(&mut self, texts: &[&str], figures: impl IntoIterator<Item = String>) {
        let texts = texts.iter().map(|&text| text.to_owned());
        self.rows.push(texts.chain(figures).collect());
    }

    /// Aligned columns, one row a line.
    pub(super) fn table(&self) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_header(&self.header);
        table.add_rows(&self.rows);
        for (at, column) in table.column_iter_mut().enumerate() {
            let is_figure = at >= self.texts;
            column.set_cell_alignment(if is_figure {
                CellAlignment::Right
            } else {
                CellAlignment::Left
            });
        }
        table
            .lines()
            .map(|line| line.trim_end().to_owned() + "\n")
            .collect()
    }

    /// Comma-separated values with a header.
    pub(super) fn csv(&self) -> Result<String, Failure> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer
            .write_record(&self.header)
            .map_err(crate::export::ExportError::from)?;
        for row in &self.rows {
            writer
                .write_record(row)
                .map_err(crate::export::ExportError::from)?;
        }
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

const SCORE: [&str; 8] = [
    "measure",
    "type",
    "precision",
    "recall",
    "f1",
    "tp",
    "fp",
    "fn",
];

fn figure(value: f64) -> String {
    format!("{value:.4}")
}

fn score(score: &Score) -> Vec<String> {
    let shares = [score.precision, score.recall, score.f1].map(figure);
    let counts = [score.tp, score.fp, score.missed].map(|count| count.to_string());
    shares.into_iter().chain(counts).collect()
}

/// A row with one share in the place of F1.
fn share(value: f64) -> Vec<String> {
    let empty = String::new;
    vec![empty(), empty(), figure(value), empty(), empty(), empty()]
}

pub(super) fn ner(scores: &NerScores) -> Sheet {
    let mut sheet = Sheet::new(&SCORE, 2);
    let mut kinds = |measure: &str, kinds: &KindScores| {
        sheet.push(&[measure, "all"], score(&kinds.all));
        sheet.push(&[measure, "person"], score(&kinds.person));
        sheet.push(&[measure, "place"], score(&kinds.place));
        sheet.push(&[measure, "organization"], score(&kinds.organization));
    };
    kinds("strict", &scores.strict);
    kinds("relaxed", &scores.relaxed);
    sheet.push(&["untyped", "all"], score(&scores.untyped));
    sheet
}

pub(super) fn errors(tallies: &[ErrorTally]) -> Sheet {
    let mut sheet = Sheet::new(&["error", "gold", "answer", "in", "count"], 4);
    for tally in tallies {
        let mut count = tally.count.to_string();
        let mut kind = tally.kind.as_str();
        if tally.examples.is_empty() {
            sheet.push(&[kind, "", "", ""], [count.clone()]);
        }
        for example in &tally.examples {
            let gold = example.gold.as_deref().unwrap_or("");
            let answer = example.answer.as_deref().unwrap_or("");
            let texts = [kind, &one_line(gold), &one_line(answer), &example.context];
            sheet.push(&texts, [std::mem::take(&mut count)]);
            kind = "";
        }
    }
    sheet
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn timex(scores: &TimexScores) -> Sheet {
    let mut sheet = Sheet::new(&SCORE, 2);
    let kinds = || {
        scores
            .types
            .iter()
            .filter(|row| row.1.tp + row.1.fp + row.1.missed > 0)
    };
    sheet.push(&["strict", "all"], score(&scores.strict));
    for (kind, strict, _) in kinds() {
        sheet.push(&["strict", timex_word(*kind)], score(strict));
    }
    sheet.push(&["relaxed", "all"], score(&scores.relaxed));
    for (kind, _, relaxed) in kinds() {
        sheet.push(&["relaxed", timex_word(*kind)], score(relaxed));
    }
    sheet.push(&["value F1", "all"], share(scores.value.f1));
    sheet.push(&["value accuracy", "all"], share(scores.value.accuracy));
    sheet.push(&["type F1", "all"], share(scores.kind.f1));
    sheet.push(&["type accuracy", "all"], share(scores.kind.accuracy));
    let mut days = share(0.0);
    days[2].clear();
    days[1] = figure(scores.day_recall);
    sheet.push(&["day", "calendar dates"], days);
    sheet
}

const fn timex_word(kind: crate::extract::TimexKind) -> &'static str {
    use crate::extract::TimexKind;
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

pub(super) fn events(scores: &EventScores) -> Sheet {
    let mut sheet = Sheet::new(&SCORE, 2);
    sheet.push(&["strict", "all"], score(&scores.strict));
    for (status, strict, _) in &scores.statuses {
        sheet.push(&["strict", status], score(strict));
    }
    sheet.push(&["relaxed", "all"], score(&scores.relaxed));
    for (status, _, relaxed) in &scores.statuses {
        sheet.push(&["relaxed", status], score(relaxed));
    }
    sheet.push(&["sentence", "all"], score(&scores.sentence));
    sheet.push(&["participants", "all"], score(&scores.participants));
    sheet.push(&["places", "all"], score(&scores.places));
    sheet.push(
        &["attribution accuracy", "all"],
        share(scores.attribution_accuracy),
    );
    sheet.push(&["status accuracy", "all"], share(scores.status_accuracy));
    sheet
}

pub(super) fn timeline(scores: &TimelineScores) -> Sheet {
    let header = [
        "topic",
        "reading",
        "AP",
        "R-precision",
        "P@10",
        "R@20",
        "R@50",
        "R@100",
        "relevant",
    ];
    let mut sheet = Sheet::new(&header, 2);
    let mut row = |topic: &str, reading: &str, ranks: &RankScores, relevant: String| {
        let figures = ranks.values().map(figure);
        sheet.push(&[topic, reading], figures.into_iter().chain([relevant]));
    };
    for topic in &scores.topics {
        row(
            &topic.topic,
            "condensed",
            &topic.condensed,
            topic.relevant.to_string(),
        );
        row(
            &topic.topic,
            "strict",
            &topic.strict,
            topic.relevant.to_string(),
        );
    }
    row("mean", "condensed", &scores.condensed, String::new());
    row("mean", "strict", &scores.strict, String::new());
    sheet
}

pub(super) fn pairs(scores: &PairScores) -> Sheet {
    let mut sheet = Sheet::new(&SCORE, 2);
    sheet.push(&["pairwise", "same"], score(&scores.pairwise));
    sheet.push(&["accuracy", "all"], share(scores.accuracy));
    if let Some(b_cubed) = &scores.b_cubed {
        let shares = [b_cubed.precision, b_cubed.recall, b_cubed.f1].map(figure);
        let nothing = [const { String::new() }; 3];
        sheet.push(&["B-cubed", "documents"], shares.into_iter().chain(nothing));
    }
    sheet
}

/// The scores, and the reasons of false alarms.
pub(super) fn updates(all: &UpdateScores, without_cue: &UpdateScores) -> [Sheet; 2] {
    let header = [
        "pairs",
        "n",
        "accuracy",
        "precision",
        "recall",
        "f1",
        "tp",
        "fp",
        "fn",
        "both figures right",
    ];
    let mut sheet = Sheet::new(&header, 1);
    for (name, scores) in [("all", all), ("no cue phrase", without_cue)] {
        let first = [scores.pairs.to_string(), figure(scores.accuracy)];
        let last = [scores.both_figures.to_string()];
        sheet.push(
            &[name],
            first.into_iter().chain(score(&scores.update)).chain(last),
        );
    }
    let mut alarms = Sheet::new(&["false alarm", "all", "no cue phrase"], 1);
    for (reason, count) in &all.false_alarms {
        let other = without_cue.false_alarms.get(reason).copied().unwrap_or(0);
        alarms.push(&[reason], [count.to_string(), other.to_string()]);
    }
    [sheet, alarms]
}
