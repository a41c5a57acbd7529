//! Time expressions: gold and answers in, figures for their spans, values and types out.
//!
//! A line is `{"id", "text", "dct", "timexes": [{"start", "end", "type", "value"}]}`; types and values are
//! those of TIMEX3 (`TimeML` 1.2.1). Answers need no text, `dct`, type or value. White space, quotes and
//! punctuation at the edges of both sides are trimmed first. Strict is the same span, relaxed an
//! overlapping one, value and type are judged over relaxed matches (TempEval-3, `UzZaman` et al. 2013).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::lines::{self, Characters, Lines, Row, SPAN_HINT};
use super::matching::{one_to_one, overlap};
use super::score::share;
use super::texts::{TextRow, side_by_side};
use super::{Counts, EvalError, Score};
use crate::extract::TimexKind;

/// A text and the time expressions in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TimexRow {
    /// What identifies the text.
    #[serde(deserialize_with = "lines::id")]
    pub id: String,
    /// The text; answers can leave it out.
    pub text: Option<String>,
    /// The document creation time, if known.
    pub dct: Option<String>,
    /// The expressions.
    pub timexes: Vec<TimexSpan>,
}

/// A time expression.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct TimexSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Its type, upper case.
    #[serde(rename = "type")]
    pub kind: Option<TimexKind>,
    /// Its value.
    pub value: Option<String>,
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TimexScores {
    /// Number of gold texts.
    pub texts: usize,
    /// Same span.
    pub strict: Score,
    /// Overlapping span.
    pub relaxed: Score,
    /// Same value, over relaxed matches.
    pub value: Valued,
    /// Same type, over relaxed matches.
    pub kind: Valued,
    /// Of the gold that is a calendar date, how much has an answer as exact as the gold at least:
    /// what dated events need.
    pub day_recall: f64,
    /// How many those are.
    pub days: usize,
    /// For each type: strict and relaxed, an answer of another type being wrong.
    pub types: Vec<(TimexKind, Score, Score)>,
}

/// Something judged over matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Valued {
    /// Share of the relaxed matches where it is right.
    pub accuracy: f64,
    /// That share of the relaxed F1.
    pub f1: f64,
    /// How many are right.
    pub correct: usize,
}

/// Characters trimmed at both edges.
const EDGE: &str = " \t\r\n\u{a0}\"'`“”‘’()[],;:!?.-–—";

struct Found {
    span: (usize, usize),
    kind: Option<TimexKind>,
    value: String,
}

#[derive(Default)]
struct Tally {
    gold: usize,
    answers: usize,
    strict: usize,
    relaxed: usize,
    values: usize,
    kinds: usize,
    days: usize,
    right_days: usize,
    /// Gold, answers, strict and relaxed matches for each type.
    types: [[usize; 4]; 4],
}

const KINDS: [TimexKind; 4] = [
    TimexKind::Date,
    TimexKind::Time,
    TimexKind::Duration,
    TimexKind::Set,
];

impl TextRow for TimexRow {
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
pub fn score_timexes(
    gold: &Lines<TimexRow>,
    system: &Lines<TimexRow>,
) -> Result<TimexScores, EvalError> {
    let mut tally = Tally::default();
    for text in side_by_side(gold, system)? {
        let text = text?;
        let wanted = found(gold, text.gold, &text.characters)?;
        let answered = match text.answer {
            None => Vec::new(),
            Some(answer) => distinct(found(system, answer, &text.characters)?),
        };
        tally.count(&wanted, &answered);
    }
    Ok(tally.scores(gold.rows.len()))
}

fn found(
    lines: &Lines<TimexRow>,
    row: &Row<TimexRow>,
    text: &Characters,
) -> Result<Vec<Found>, EvalError> {
    let one = |timex: &TimexSpan| match text.misfit(timex.start, timex.end) {
        Some(reason) => Err(lines.error(row.line, reason, SPAN_HINT)),
        None => Ok(Found {
            span: text.trimmed(timex.start, timex.end, EDGE),
            kind: timex.kind,
            value: written_alike(timex.value.as_deref().unwrap_or("")),
        }),
    };
    row.value.timexes.iter().map(one).collect()
}

/// Answers with words in them, each span once.
fn distinct(found: Vec<Found>) -> Vec<Found> {
    let mut seen = HashSet::new();
    let is_new = |one: &Found| one.span.0 < one.span.1 && seen.insert(one.span);
    found.into_iter().filter(is_new).collect()
}

/// Values that mean the same written the same: upper case, no seconds that are zero, no zone mark.
fn written_alike(value: &str) -> String {
    let value = value.trim().to_uppercase();
    let value = match value.strip_suffix(":00") {
        Some(minutes) if ends_in_minutes(minutes) => minutes.to_owned(),
        _ => value,
    };
    value.strip_suffix('Z').unwrap_or(&value).to_owned()
}

/// Whether a value ends in `T` and hours and minutes.
fn ends_in_minutes(value: &str) -> bool {
    let Some((_, time)) = value.rsplit_once('T') else {
        return false;
    };
    matches!(time.as_bytes(), [a, b, b':', c, d] if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()))
}

/// The calendar date at the head of a value (year, month or day), when the value is one.
fn calendar_date(value: &str) -> Option<&str> {
    let date = value.split('T').next()?;
    let mut parts = date.split('-');
    let is = |part: Option<&str>, digits: usize| {
        part.is_none_or(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let fits = is(parts.next(), 4) && is(parts.next(), 2) && is(parts.next(), 2);
    (fits && parts.next().is_none()).then_some(date)
}

impl Tally {
    fn count(&mut self, gold: &[Found], answers: &[Found]) {
        self.gold += gold.len();
        self.answers += answers.len();
        self.days += gold
            .iter()
            .filter(|one| calendar_date(&one.value).is_some())
            .count();
        gold.iter().for_each(|one| self.count_type(one.kind, 0));
        answers.iter().for_each(|one| self.count_type(one.kind, 1));
        let mut candidates = Vec::new();
        for (g, wanted) in gold.iter().enumerate() {
            for (a, answer) in answers.iter().enumerate() {
                let shared = overlap(wanted.span, answer.span);
                if shared > 0 {
                    candidates.push(((wanted.span == answer.span, shared), g, a));
                }
            }
        }
        for (g, a) in one_to_one(candidates) {
            self.count_pair(&gold[g], &answers[a]);
        }
    }

    fn count_pair(&mut self, gold: &Found, answer: &Found) {
        let (is_strict, same_kind) = (gold.span == answer.span, gold.kind == answer.kind);
        self.relaxed += 1;
        self.strict += usize::from(is_strict);
        self.kinds += usize::from(same_kind);
        self.values += usize::from(gold.value == answer.value);
        let is_right = |date| answer.value.starts_with(date);
        self.right_days += usize::from(calendar_date(&gold.value).is_some_and(is_right));
        if same_kind {
            self.count_type(gold.kind, 3);
            if is_strict {
                self.count_type(gold.kind, 2);
            }
        }
    }

    fn count_type(&mut self, kind: Option<TimexKind>, column: usize) {
        if let Some(kind) = kind {
            self.types[kind as usize][column] += 1;
        }
    }

    fn scores(&self, texts: usize) -> TimexScores {
        let relaxed = Score::from(Counts::of_sizes(self.relaxed, self.answers, self.gold));
        let valued = |correct: usize| Valued {
            accuracy: share(correct, self.relaxed),
            f1: relaxed.f1 * share(correct, self.relaxed),
            correct,
        };
        let of_type = |kind: TimexKind| {
            let [gold, answers, strict, relaxed] = self.types[kind as usize];
            let score = |matches| Counts::of_sizes(matches, answers, gold).into();
            (kind, score(strict), score(relaxed))
        };
        TimexScores {
            texts,
            strict: Counts::of_sizes(self.strict, self.answers, self.gold).into(),
            relaxed,
            value: valued(self.values),
            kind: valued(self.kinds),
            day_recall: share(self.right_days, self.days),
            days: self.days,
            types: KINDS.map(of_type).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "On 5 May 2016, at noon, and (every week).";

    fn scores(answers: &str) -> TimexScores {
        let gold = format!(
            r#"{{"id":"a","text":"{TEXT}","timexes":[{{"start":3,"end":13,"type":"DATE","value":"2016-05-05"}},{{"start":18,"end":22,"type":"TIME","value":"2016-05-05T12:00"}},{{"start":29,"end":39,"type":"SET","value":"P1W"}}]}}"#
        );
        let system = format!(r#"{{"id":"a","timexes":[{answers}]}}"#);
        let rows = |text: &str| Lines::parse("rows.jsonl", text).unwrap();
        score_timexes(&rows(&gold), &rows(&system)).unwrap()
    }

    #[test]
    fn spans_values_and_types_are_judged_apart() {
        let scores = scores(
            r#"{"start":3,"end":14,"type":"DATE","value":"2016-05-05"},{"start":15,"end":22,"type":"DATE","value":"2016-05-05t12:00:00"},{"start":23,"end":26}"#,
        );
        assert_eq!(
            (scores.strict.tp, scores.relaxed.tp, scores.relaxed.fp),
            (1, 2, 1)
        );
        assert_eq!((scores.value.correct, scores.kind.correct), (2, 1));
        assert_eq!((scores.days, scores.day_recall), (2, 1.0));
        let of = |kind: TimexKind| scores.types.iter().find(|row| row.0 == kind).unwrap();
        assert_eq!((of(TimexKind::Date).1.tp, of(TimexKind::Date).1.fp), (1, 1));
        assert_eq!(of(TimexKind::Set).2.missed, 1);
    }

    #[test]
    fn values_that_mean_the_same_are_the_same() {
        assert_eq!(written_alike(" 2013-03-22t10:00:00 "), "2013-03-22T10:00");
        assert_eq!(written_alike("2013-03-22T10:30Z"), "2013-03-22T10:30");
        assert_eq!(written_alike("2013-03-22T10:30:15"), "2013-03-22T10:30:15");
        assert_eq!(calendar_date("2013-03"), Some("2013-03"));
        assert_eq!(calendar_date("2013-W12"), None);
        assert_eq!(calendar_date("P3D"), None);
    }
}
