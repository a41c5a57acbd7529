//! Named entities: gold and answers in, precision, recall and F1 by kind and over all out.
//!
//! A line is `{"id", "text", "entities": [{"start", "end", "type"}]}`. The type is `person`, `place`
//! or `organization`, or one of the usual abbreviations (`PER`, `LOC`, `GPE`, `FAC`, `ORG`); others are
//! left out. Gold can say more of a mention: `"alt": [types]` are accepted as well, and an `"optional"`
//! one is never missed, and excuses answers that overlap it. Answers need no text; an id without
//! an answer counts as nothing found. [`normal`](super::normal) makes both sides comparable first.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::lines::{self, Characters, Lines, Row, SPAN_HINT};
use super::matching::{one_to_one, overlap};
use super::normal::normal;
use super::texts::{Text, TextRow, side_by_side};
use super::{Counts, EvalError, Score};
use crate::extract::EntityKind;

/// A text and the names in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NerRow {
    /// What identifies the text.
    #[serde(deserialize_with = "lines::id")]
    pub id: String,
    /// The text; answers can leave it out.
    pub text: Option<String>,
    /// The names.
    pub entities: Vec<EntityRow>,
}

/// A name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct EntityRow {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Its type as written.
    #[serde(rename = "type")]
    pub kind: String,
    /// Other types that are right too (gold only).
    #[serde(default)]
    pub alt: Vec<String>,
    /// Whether it may be left out (gold only).
    #[serde(default)]
    pub optional: bool,
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NerScores {
    /// Number of gold texts.
    pub texts: usize,
    /// Same span and an accepted type.
    pub strict: KindScores,
    /// Same span, whatever the type.
    pub untyped: Score,
    /// Overlapping span and an accepted type.
    pub relaxed: KindScores,
}

/// Figures over all mentions and for each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct KindScores {
    /// Over all mentions (micro average).
    pub all: Score,
    /// Persons.
    pub person: Score,
    /// Places.
    pub place: Score,
    /// Organizations.
    pub organization: Score,
}

/// A mention made comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) span: (usize, usize),
    pub(super) kind: EntityKind,
    accepted: Vec<EntityKind>,
    optional: bool,
}

impl Found {
    pub(super) fn accepts(&self, other: &Self) -> bool {
        self.accepted.contains(&other.kind)
    }
}

/// A gold text with both sides' mentions.
pub(super) struct Compared<'a> {
    pub(super) id: &'a str,
    pub(super) text: Characters,
    pub(super) required: Vec<Found>,
    optional: Vec<Found>,
    pub(super) answers: Vec<Found>,
}

/// When an answer counts as right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Strict,
    Untyped,
    Relaxed,
}

/// What became of the mentions of one text: indices into `required` and `answers`.
pub(super) struct Outcome {
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) missed: Vec<usize>,
    pub(super) spurious: Vec<usize>,
}

impl TextRow for NerRow {
    fn id(&self) -> &str {
        &self.id
    }

    fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// Scores answers against gold. With `raw` spans are compared as they are.
///
/// # Errors
/// When an id stands twice or is not in the gold, a gold line has no text, a span does not lie in
/// its text, or an answer is about another text.
pub fn score_ner(
    gold: &Lines<NerRow>,
    system: &Lines<NerRow>,
    raw: bool,
) -> Result<NerScores, EvalError> {
    let compared = compare(gold, system, raw)?;
    Ok(NerScores {
        texts: compared.len(),
        strict: by_kind(&compared, Measure::Strict),
        untyped: by_kind(&compared, Measure::Untyped).all,
        relaxed: by_kind(&compared, Measure::Relaxed),
    })
}

/// Lays gold and answers side by side, in the order of the gold.
pub(super) fn compare<'a>(
    gold: &'a Lines<NerRow>,
    system: &'a Lines<NerRow>,
    raw: bool,
) -> Result<Vec<Compared<'a>>, EvalError> {
    side_by_side(gold, system)?
        .map(|text| one(gold, system, text?, raw))
        .collect()
}

fn one<'a>(
    gold: &Lines<NerRow>,
    system: &Lines<NerRow>,
    text: Text<'a, NerRow>,
    raw: bool,
) -> Result<Compared<'a>, EvalError> {
    let wanted = comparable(gold, text.gold, &text.characters, raw)?;
    let (optional, required) = wanted.into_iter().partition(|found| found.optional);
    let answers = match text.answer {
        None => Vec::new(),
        Some(answer) => comparable(system, answer, &text.characters, raw)?,
    };
    Ok(Compared {
        id: &text.gold.value.id,
        text: text.characters,
        required,
        optional,
        answers,
    })
}

fn comparable(
    lines: &Lines<NerRow>,
    row: &Row<NerRow>,
    text: &Characters,
    raw: bool,
) -> Result<Vec<Found>, EvalError> {
    let mut all: Vec<Found> = Vec::new();
    for entity in &row.value.entities {
        let Some(kind) = kind_of(&entity.kind) else {
            continue;
        };
        if let Some(reason) = text.misfit(entity.start, entity.end) {
            return Err(lines.error(row.line, reason, SPAN_HINT));
        }
        let span = (entity.start, entity.end);
        let Some(span) = (if raw {
            Some(span)
        } else {
            normal(text, span, kind)
        }) else {
            continue;
        };
        let alternatives = entity.alt.iter().filter_map(|other| kind_of(other));
        let found = Found {
            span,
            kind,
            accepted: std::iter::once(kind).chain(alternatives).collect(),
            optional: entity.optional,
        };
        if !all
            .iter()
            .any(|other| (other.span, other.kind) == (found.span, found.kind))
        {
            all.push(found);
        }
    }
    Ok(all)
}

/// The kind behind a type's usual names, of OntoNotes, CoNLL-2003 and ACE among others.
fn kind_of(name: &str) -> Option<EntityKind> {
    match name.to_lowercase().as_str() {
        "person" | "people" | "per" | "pers" => Some(EntityKind::Person),
        "place" | "location" | "facility" | "loc" | "gpe" | "fac" => Some(EntityKind::Place),
        "organization" | "organisation" | "org" => Some(EntityKind::Organization),
        _ => None,
    }
}

impl Compared<'_> {
    /// Matches one to one: same spans before overlaps, the gold's own type before others accepted,
    /// longer overlaps before shorter.
    pub(super) fn matched(&self, measure: Measure) -> Outcome {
        let mut candidates = Vec::new();
        for (g, gold) in self.required.iter().enumerate() {
            for (a, answer) in self.answers.iter().enumerate() {
                let (same, shared) = (gold.span == answer.span, overlap(gold.span, answer.span));
                let fits = match measure {
                    Measure::Strict => same && gold.accepts(answer),
                    Measure::Untyped => same,
                    Measure::Relaxed => shared > 0 && gold.accepts(answer),
                };
                if fits {
                    candidates.push(((same, gold.kind == answer.kind, shared), g, a));
                }
            }
        }
        let pairs = one_to_one(candidates);
        let is_left = |side: fn(&(usize, usize)) -> usize, at: &usize| {
            !pairs.iter().any(|pair| side(pair) == *at)
        };
        let missed = (0..self.required.len())
            .filter(|g| is_left(|pair| pair.0, g))
            .collect();
        let spurious = (0..self.answers.len())
            .filter(|a| is_left(|pair| pair.1, a) && !self.is_excused(&self.answers[*a]))
            .collect();
        Outcome {
            pairs,
            missed,
            spurious,
        }
    }

    /// Whether an answer overlaps a mention that may be there or not.
    fn is_excused(&self, answer: &Found) -> bool {
        self.optional
            .iter()
            .any(|other| overlap(other.span, answer.span) > 0)
    }
}

fn by_kind(compared: &[Compared<'_>], measure: Measure) -> KindScores {
    let mut all = Counts::default();
    let mut kinds: HashMap<EntityKind, Counts> = HashMap::new();
    for text in compared {
        let outcome = text.matched(measure);
        for (gold, _) in &outcome.pairs {
            kinds.entry(text.required[*gold].kind).or_default().found += 1;
        }
        for answer in &outcome.spurious {
            kinds
                .entry(text.answers[*answer].kind)
                .or_default()
                .spurious += 1;
        }
        for gold in &outcome.missed {
            kinds.entry(text.required[*gold].kind).or_default().missed += 1;
        }
        all.add(Counts {
            found: outcome.pairs.len(),
            spurious: outcome.spurious.len(),
            missed: outcome.missed.len(),
        });
    }
    let of = |kind| kinds.get(&kind).copied().unwrap_or_default().into();
    KindScores {
        all: all.into(),
        person: of(EntityKind::Person),
        place: of(EntityKind::Place),
        organization: of(EntityKind::Organization),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Lines<NerRow> {
        Lines::parse("rows.jsonl", text).unwrap()
    }

    const GOLD: &str = r#"{"id":1,"text":"Mr Grün of Ülm met the Party of Work in Syria.","entities":[{"start":3,"end":7,"type":"person"},{"start":11,"end":14,"type":"place"},{"start":23,"end":36,"type":"organization"},{"start":40,"end":45,"type":"place","alt":["organization"]},{"start":0,"end":2,"type":"person","optional":true}]}"#;

    fn scores(answers: &str) -> NerScores {
        let system = format!(r#"{{"id":1,"entities":[{answers}]}}"#);
        score_ner(&rows(GOLD), &rows(&system), false).unwrap()
    }

    #[test]
    fn titles_alternatives_and_optional_mentions_do_no_harm() {
        let scores = scores(
            r#"{"start":0,"end":7,"type":"PER"},{"start":40,"end":45,"type":"ORG"},{"start":0,"end":2,"type":"LOC"},{"start":11,"end":14,"type":"DATE"}"#,
        );
        assert_eq!(
            (
                scores.strict.all.tp,
                scores.strict.all.fp,
                scores.strict.all.missed
            ),
            (2, 0, 2)
        );
        assert_eq!(
            scores.strict.place.tp, 1,
            "an accepted type counts as the gold's own"
        );
    }

    #[test]
    fn overlap_is_enough_for_the_relaxed_measure() {
        let scores =
            scores(r#"{"start":23,"end":28,"type":"ORG"},{"start":11,"end":14,"type":"ORG"}"#);
        assert_eq!(scores.strict.all.tp, 0);
        assert_eq!((scores.relaxed.all.tp, scores.relaxed.all.fp), (1, 1));
        assert_eq!(scores.untyped.tp, 1);
    }

    #[test]
    fn what_cannot_be_scored_is_named() {
        let error = |system: &str| {
            score_ner(&rows(GOLD), &rows(system), false)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            error(r#"{"id":2,"entities":[]}"#),
            "rows.jsonl:1: no gold text has the id \"2\""
        );
        assert!(
            error("{\"id\":1,\"entities\":[]}\n\n{\"id\":1,\"entities\":[]}")
                .starts_with("rows.jsonl:3: ")
        );
        assert!(
            error(r#"{"id":1,"text":"other","entities":[]}"#).contains("not the text of the gold")
        );
        assert!(
            error(r#"{"id":1,"entities":[{"start":40,"end":49,"type":"ORG"}]}"#).contains("40–49")
        );
    }
}
