//! Event mentions: gold and answers in, figures for sentence and date, and for who, where and who
//! says so, out.
//!
//! A line is `{"id", "text", "dct", "events": [event]}`, an event
//! `{"start", "end", "date", "participants": [name], "places": [name], "attribution", "status"}`:
//!
//! - `start`, `end`: the sentence that tells it, in code points, end-exclusive;
//! - `date`: a TIMEX3 value, components that nothing fixes being `X`; absent when undated;
//! - `participants`, `places`: names as the text has them; absent when not annotated;
//! - `attribution`: whose statement it is, absent when the text itself asserts it;
//! - `status`: `happened` (also when absent), or what the text makes of it: `planned`, `denied`,
//!   `hypothetical` or any other word that gold and answers agree on. Figures by type are by it.
//!
//! Strict is the same sentence (white space, quotes and punctuation at the edges aside) with the same
//! date; relaxed an overlapping sentence with a date that overlaps. Two undated events agree. Names,
//! attribution and status are judged over the relaxed matches. The scheme is Annals' own; for
//! the idea of anchoring an event by its sentence see ACE 2005, for dates TempEval-3.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lines::{self, Characters, Lines, Row, SPAN_HINT};
use super::matching::{one_to_one, overlap};
use super::score::share;
use super::texts::{TextRow, side_by_side};
use super::{Counts, EvalError, Score};
use crate::extract::name_key;
use crate::time::Interval;

/// A text and what it tells.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct EventRow {
    /// What identifies the text.
    #[serde(deserialize_with = "lines::id")]
    pub id: String,
    /// The text; answers can leave it out. A first line without a stop at its end is the headline.
    pub text: Option<String>,
    /// The document creation time, if known.
    pub dct: Option<String>,
    /// The events.
    pub events: Vec<EventSpan>,
}

/// An event mention.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct EventSpan {
    /// First code point of the sentence.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// When, as a TIMEX3 value.
    pub date: Option<String>,
    /// Who takes part; `None` when that is not annotated.
    pub participants: Option<Vec<String>>,
    /// Where; `None` when that is not annotated.
    pub places: Option<Vec<String>>,
    /// Whose statement it is.
    pub attribution: Option<String>,
    /// What the text makes of it.
    pub status: Option<String>,
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EventScores {
    /// Number of gold texts.
    pub texts: usize,
    /// Same sentence, same date.
    pub strict: Score,
    /// Overlapping sentence, overlapping date.
    pub relaxed: Score,
    /// Overlapping sentence, whatever the date.
    pub sentence: Score,
    /// Participants, over relaxed matches whose gold has them.
    pub participants: Score,
    /// Places, over relaxed matches whose gold has them.
    pub places: Score,
    /// Share of the relaxed matches with the same attribution.
    pub attribution_accuracy: f64,
    /// Share of the relaxed matches with the same status.
    pub status_accuracy: f64,
    /// For each status: strict and relaxed, an answer of another status being wrong.
    pub statuses: Vec<(String, Score, Score)>,
}

/// The status of an event that nothing is said about.
const HAPPENED: &str = "happened";

/// Characters trimmed at both edges of a sentence.
const EDGE: &str = " \t\r\n\u{a0}\"'“”‘’.!?:;,…";

#[derive(Default)]
struct Tally {
    gold: usize,
    answers: usize,
    strict: usize,
    relaxed: usize,
    sentence: usize,
    participants: Counts,
    places: Counts,
    attributions: usize,
    same_status: usize,
    /// Gold, answers, strict and relaxed matches of each status.
    statuses: BTreeMap<String, [usize; 4]>,
}

impl TextRow for EventRow {
    fn id(&self) -> &str {
        &self.id
    }

    fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// Scores answers against gold.
///
/// # Errors
/// When an id stands twice or is not in the gold, a gold line has no text, a span does not lie in
/// its text, or an answer is about another text.
pub fn score_events(
    gold: &Lines<EventRow>,
    system: &Lines<EventRow>,
) -> Result<EventScores, EvalError> {
    let mut tally = Tally::default();
    for text in side_by_side(gold, system)? {
        let text = text?;
        let wanted = sentences(gold, text.gold, &text.characters)?;
        let answered = match text.answer {
            None => Vec::new(),
            Some(answer) => sentences(system, answer, &text.characters)?,
        };
        tally.count(&wanted, &answered);
    }
    Ok(tally.scores(gold.rows.len()))
}

/// An event with its trimmed sentence.
type Told<'a> = ((usize, usize), &'a EventSpan);

fn sentences<'a>(
    lines: &Lines<EventRow>,
    row: &'a Row<EventRow>,
    text: &Characters,
) -> Result<Vec<Told<'a>>, EvalError> {
    let one = |event: &'a EventSpan| match text.misfit(event.start, event.end) {
        Some(reason) => Err(lines.error(row.line, reason, SPAN_HINT)),
        None => Ok((text.trimmed(event.start, event.end, EDGE), event)),
    };
    row.value.events.iter().map(one).collect()
}

fn status(event: &EventSpan) -> &str {
    event.status.as_deref().unwrap_or(HAPPENED)
}

/// How well two dates agree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    No,
    Overlapping,
    Same,
}

fn dates_agree(gold: Option<&str>, answer: Option<&str>) -> Agreement {
    let interval = |value: Option<&str>| value.and_then(Interval::of_timex_value);
    match (interval(gold), interval(answer)) {
        _ if gold == answer => Agreement::Same,
        (Some(a), Some(b)) if a.overlaps(&b) => Agreement::Overlapping,
        _ => Agreement::No,
    }
}

impl Tally {
    fn count(&mut self, gold: &[Told<'_>], answers: &[Told<'_>]) {
        self.gold += gold.len();
        self.answers += answers.len();
        gold.iter().for_each(|one| self.of_status(one.1)[0] += 1);
        answers.iter().for_each(|one| self.of_status(one.1)[1] += 1);
        let mut candidates = Vec::new();
        for (g, wanted) in gold.iter().enumerate() {
            for (a, answer) in answers.iter().enumerate() {
                let shared = overlap(wanted.0, answer.0);
                let agreement = dates_agree(wanted.1.date.as_deref(), answer.1.date.as_deref());
                if shared > 0 {
                    let same = wanted.0 == answer.0;
                    candidates.push(((agreement, same, shared), g, a));
                }
            }
        }
        for (g, a) in one_to_one(candidates) {
            self.count_pair(&gold[g], &answers[a]);
        }
    }

    fn count_pair(&mut self, gold: &Told<'_>, answer: &Told<'_>) {
        self.sentence += 1;
        let agreement = dates_agree(gold.1.date.as_deref(), answer.1.date.as_deref());
        if agreement == Agreement::No {
            return;
        }
        let is_strict = agreement == Agreement::Same && gold.0 == answer.0;
        let same_status = status(gold.1) == status(answer.1);
        self.relaxed += 1;
        self.strict += usize::from(is_strict);
        self.same_status += usize::from(same_status);
        if same_status {
            let row = self.of_status(gold.1);
            row[2] += usize::from(is_strict);
            row[3] += 1;
        }
        let speaker = |event: &EventSpan| event.attribution.as_deref().map(name_key);
        self.attributions += usize::from(speaker(gold.1) == speaker(answer.1));
        self.participants
            .add(names(&gold.1.participants, &answer.1.participants));
        self.places.add(names(&gold.1.places, &answer.1.places));
    }

    fn of_status(&mut self, event: &EventSpan) -> &mut [usize; 4] {
        self.statuses.entry(status(event).to_owned()).or_default()
    }

    fn scores(&self, texts: usize) -> EventScores {
        let score = |matches| Counts::of_sizes(matches, self.answers, self.gold).into();
        let of_status = |(status, [gold, answers, strict, relaxed]): (&String, &[usize; 4])| {
            let score = |matches| Counts::of_sizes(matches, *answers, *gold).into();
            (status.clone(), score(*strict), score(*relaxed))
        };
        EventScores {
            texts,
            strict: score(self.strict),
            relaxed: score(self.relaxed),
            sentence: score(self.sentence),
            participants: self.participants.into(),
            places: self.places.into(),
            attribution_accuracy: share(self.attributions, self.relaxed),
            status_accuracy: share(self.same_status, self.relaxed),
            statuses: self.statuses.iter().map(of_status).collect(),
        }
    }
}

/// Names of one event compared by their keys; nothing where the gold has none annotated.
fn names(gold: &Option<Vec<String>>, answer: &Option<Vec<String>>) -> Counts {
    let Some(gold) = gold else {
        return Counts::default();
    };
    let keys = |names: &[String]| {
        names
            .iter()
            .map(|name| name_key(name))
            .collect::<BTreeSet<_>>()
    };
    let (gold, answer) = (keys(gold), keys(answer.as_deref().unwrap_or(&[])));
    Counts::of_sizes(gold.intersection(&answer).count(), answer.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id":"a","text":"Ulm sued Oslo on 5 May 2016. Talks were held in June. Oslo will answer.","events":[{"start":0,"end":28,"date":"2016-05-05","participants":["Ulm","Oslo"],"places":[]},{"start":29,"end":53,"date":"2016-06"},{"start":54,"end":71,"status":"planned"}]}"#;

    fn scores(answers: &str) -> EventScores {
        let rows = |text: &str| Lines::parse("rows.jsonl", text).unwrap();
        let system = format!(r#"{{"id":"a","events":[{answers}]}}"#);
        score_events(&rows(GOLD), &rows(&system)).unwrap()
    }

    #[test]
    fn sentence_and_date_decide() {
        let scores = scores(
            r#"{"start":0,"end":27,"date":"2016-05-05","participants":["ulm","Bergen"]},{"start":29,"end":40,"date":"2016-06-07"},{"start":54,"end":71,"status":"happened"}"#,
        );
        assert_eq!(
            (scores.strict.tp, scores.relaxed.tp, scores.sentence.tp),
            (2, 3, 3)
        );
        let who = scores.participants;
        assert_eq!((who.tp, who.fp, who.missed), (1, 1, 1));
        assert!((scores.status_accuracy - 2.0 / 3.0).abs() < 1e-12);
        let planned = scores
            .statuses
            .iter()
            .find(|row| row.0 == "planned")
            .unwrap();
        assert_eq!((planned.1.tp, planned.1.missed), (0, 1));
    }

    #[test]
    fn a_date_more_or_less_is_an_error() {
        let scores = scores(r#"{"start":0,"end":28},{"start":54,"end":71,"date":"2017"}"#);
        assert_eq!(
            (scores.strict.tp, scores.relaxed.tp, scores.sentence.tp),
            (0, 0, 2)
        );
    }
}
