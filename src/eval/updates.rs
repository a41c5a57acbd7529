//! Updates: does the later of two items revise a figure of the earlier? Gold and answers in,
//! precision, recall and F1 out, with the false alarms by the reason that the gold gives.
//!
//! Gold: `{"id", "label", "reason", "cue", "split", "old", "new"}`, where the label `update` means that
//! the later item reports another figure for the same quantity of the same event, and `cue` that its
//! wording says so ("death toll rises to"). Answers: `{"id", "update": bool, "old", "new"}`; a missing
//! one counts as false.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lines;
use super::score::share;
use super::{Counts, EvalError, Lines, Score};

/// A gold pair.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct UpdateRow {
    /// What identifies the pair.
    #[serde(deserialize_with = "lines::id")]
    pub id: String,
    /// `update` or anything else.
    pub label: String,
    /// Why it is labelled so.
    #[serde(default)]
    pub reason: String,
    /// Whether the wording of the later item says that a figure changes.
    #[serde(default)]
    pub cue: bool,
    /// Which part of the data it is in.
    #[serde(default)]
    pub split: Option<String>,
    /// The figure that is replaced.
    pub old: Option<f64>,
    /// The figure that replaces it.
    pub new: Option<f64>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AnswerRow {
    /// Which pair.
    #[serde(deserialize_with = "lines::id")]
    pub id: String,
    /// Whether it is an update.
    pub update: bool,
    /// The figure that is replaced.
    pub old: Option<f64>,
    /// The figure that replaces it.
    pub new: Option<f64>,
}

/// The figures of a set of pairs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UpdateScores {
    /// How many pairs.
    pub pairs: usize,
    /// Share of the pairs judged as the gold has them.
    pub accuracy: f64,
    /// Updates found.
    pub update: Score,
    /// Updates found of which both figures are right.
    pub both_figures: usize,
    /// What was wrongly called an update, by the gold's reason.
    pub false_alarms: BTreeMap<String, usize>,
}

/// Scores answers: over all pairs, and over those whose wording has no cue.
///
/// # Errors
/// When an id stands twice.
pub fn score_updates(
    gold: &Lines<UpdateRow>,
    system: &Lines<AnswerRow>,
) -> Result<[UpdateScores; 2], EvalError> {
    gold.by_key(|row| &row.id)?;
    let answers = system.by_key(|row| &row.id)?;
    let answer = |row: &UpdateRow| answers.get(row.id.as_str()).map(|answer| &answer.value);
    let of = |keep: fn(&&UpdateRow) -> bool| {
        let rows = gold.values().filter(keep);
        scores(rows.map(|row| (row, answer(row))))
    };
    Ok([of(|_| true), of(|row| !row.cue)])
}

fn scores<'a>(rows: impl Iterator<Item = (&'a UpdateRow, Option<&'a AnswerRow>)>) -> UpdateScores {
    let mut scores = UpdateScores::default();
    let mut counts = Counts::default();
    let mut right = 0;
    for (row, answer) in rows {
        let (is_update, said) = (
            row.label == "update",
            answer.is_some_and(|answer| answer.update),
        );
        scores.pairs += 1;
        right += usize::from(is_update == said);
        counts.found += usize::from(is_update && said);
        counts.spurious += usize::from(!is_update && said);
        counts.missed += usize::from(is_update && !said);
        if said && !is_update {
            *scores.false_alarms.entry(row.reason.clone()).or_default() += 1;
        }
        let figures = answer.map(|answer| (answer.old, answer.new));
        scores.both_figures +=
            usize::from(is_update && said && figures == Some((row.old, row.new)));
    }
    scores.accuracy = share(right, scores.pairs);
    scores.update = counts.into();
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_reasons_are_counted() {
        let gold = "{\"id\":1,\"label\":\"update\",\"cue\":true,\"old\":3,\"new\":5}\n{\"id\":2,\"label\":\"update\",\"old\":1,\"new\":2}\n{\"id\":3,\"label\":\"no\",\"reason\":\"another event\"}";
        let system = "{\"id\":1,\"update\":true,\"old\":3,\"new\":5.0}\n{\"id\":3,\"update\":true}";
        let gold = Lines::parse("gold.jsonl", gold).unwrap();
        let [all, without_cue] =
            score_updates(&gold, &Lines::parse("s.jsonl", system).unwrap()).unwrap();
        assert_eq!((all.update.tp, all.update.fp, all.update.missed), (1, 1, 1));
        assert_eq!(
            (all.both_figures, all.false_alarms["another event"]),
            (1, 1)
        );
        assert_eq!((without_cue.pairs, without_cue.update.tp), (2, 0));
        assert!((all.accuracy - 1.0 / 3.0).abs() < 1e-12);
    }
}
