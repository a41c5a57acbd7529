//! Text and a document date in, [`Timex`]es out: the English grammar of time expressions.
//!
//! The text is read once into [`tokens`]; words outside the lexicon cost one table look-up. At
//! every other token each family of rules may read an [`expression`] (the longest wins), and
//! [`resolve`](mod@resolve) turns it into a TIMEX3 value, with the document date, the dates told so far and the
//! [`tense`] of the sentence. Whether an event happened at that time is left to others.
//!
//! Spans and values follow `TimeML` 1.2.1 as `TimeBank` and MEANTIME apply it: articles, stages and
//! approximations belong to the span ("the early 1990s", "almost two years"), prepositions do not.

mod calendar;
mod clock;
mod duration;
mod expression;
mod holiday;
mod lex;
mod month;
mod numeric;
mod quantity;
mod range;
mod reader;
mod relative;
mod resolve;
mod season;
mod set;
mod stage;
mod tense;
#[cfg(test)]
mod tests;
mod tokens;
mod vague;
mod weekday;
mod year;

use jiff::civil::Date;

use self::expression::{Expression, Found, Match, YearPart, YearRef};
use self::lex::Lex;
use self::resolve::{Context, Resolved, resolve};
use self::tense::{Tense, tense_at};
use self::tokens::Tokens;
use super::{Timex, TimexKind};
use crate::span::Span;

/// Whether a word is a cardinal number in letters or begins with a digit.
pub(in crate::extract) fn is_cardinal(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || matches!(lex::lex_of(word), Lex::Cardinal(_))
}

/// Finds the time expressions in the part of `text` under `part` (bytes, on character boundaries).
///
/// The timexes come sorted by place and do not overlap. `dct` is the document creation time: a
/// relative expression of a document without one keeps `X` for what stays unknown
/// (`XXXX-WXX-1`, `XXXX-XX-XX`), so that a later call with the date can resolve it. "The next
/// day" counts from the last date told inside `part`.
///
/// ```
/// use annals::{Span, extract::extract_timexes};
/// use jiff::civil::date;
/// let text = "The envoys met on Monday and will return in March.";
/// let found = extract_timexes(text, Span::new(0, text.len()), Some(date(2017, 12, 14)));
/// let values: Vec<_> = found.iter().map(|timex| timex.value.as_str()).collect();
/// assert_eq!(values, ["2017-12-11", "2018-03"]);
/// ```
///
/// # Panics
/// When `part` does not lie in `text` on character boundaries.
#[must_use]
pub fn extract_timexes(text: &str, part: Span, dct: Option<Date>) -> Vec<Timex> {
    let tokens = Tokens::read(text, part);
    let found = find(&tokens);
    if found.is_empty() {
        return Vec::new();
    }
    resolve_all(&tokens, &found, dct)
}

/// The families of rules; of two expressions of one length the earlier family's stands.
const FAMILIES: [fn(&Tokens<'_>, usize) -> Option<Match>; 9] = [
    clock::clock_time,
    calendar::calendar_date,
    weekday::weekday,
    season::part_of_year,
    set::recurring,
    duration::pointed_duration,
    relative::relative_date,
    stage::staged_date,
    duration::duration,
];

/// All expressions, from left to right, the longest at each place.
fn find(tokens: &Tokens<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if !tokens.lex(i).starts() {
            i += 1;
            continue;
        }
        if let Some([first, second]) = range::shared_date(tokens, i) {
            i = second.end;
            found.extend([first, second]);
            continue;
        }
        let longest = FAMILIES
            .iter()
            .filter_map(|family| family(tokens, i))
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
            .or_else(|| vague::vague(tokens, i));
        match longest {
            Some((expression, end)) if end > i => {
                found.push(Found {
                    start: i,
                    end,
                    expression,
                });
                i = end;
            }
            _ => i += 1,
        }
    }
    found
}

/// Resolves the expressions in order, each in the light of those before it.
fn resolve_all(tokens: &Tokens<'_>, found: &[Found], dct: Option<Date>) -> Vec<Timex> {
    let mut context = Context {
        dct,
        ..Context::default()
    };
    let mut told: Option<(usize, Date)> = None;
    let mut timexes = Vec::with_capacity(found.len());
    let mut paragraph = Paragraph::default();
    for (n, one) in found.iter().enumerate() {
        context.tense = if needs_tense(&one.expression) {
            tense_at(tokens, one.start, one.end)
        } else {
            Tense::Unknown
        };
        let sentence = tokens.sentence_start(one.start, 60);
        // An article without a date has only its own words to give a year: those of the paragraph.
        let near = if dct.is_some() {
            sentence
        } else {
            paragraph.start_before(tokens, one.start)
        };
        context.sentence = told.filter(|(at, _)| *at >= near).map(|(_, date)| date);
        let resolved = if lone_clock(&one.expression) {
            let day = day_of_clock(tokens, found, n).map(|day| resolve(day, &context));
            let day = day.and_then(|day| day.start).or(dct);
            resolve(&one.expression, &Context { day, ..context })
        } else {
            resolve(&one.expression, &context)
        };
        if let Expression::InYear(YearRef::Known(_), YearPart::Day(..) | YearPart::Month(_)) =
            one.expression
        {
            told = resolved.start.map(|date| (one.start, date));
        } else if dct.is_none() && is_part_of_year(&one.expression) && resolved.start.is_some() {
            told = resolved.start.map(|date| (one.start, date));
        }
        tell(&mut context, &resolved);
        timexes.push(Timex {
            span: tokens.span(one.start, one.end),
            kind: resolved.kind,
            value: resolved.value,
        });
    }
    timexes
}

/// Moves the narrative on to a date just told.
fn tell(context: &mut Context, resolved: &Resolved) {
    if resolved.start.is_some() && resolved.kind != TimexKind::Duration {
        context.narrative = resolved.start;
        context.quarter = resolved.start.filter(|_| resolved.value.contains("-Q"));
        if resolved.is_day {
            context.day = resolved.start;
        }
    }
}

const fn is_part_of_year(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::InYear(
            _,
            YearPart::Day(..) | YearPart::Month(_) | YearPart::Season(_)
        )
    )
}

/// Where the paragraph starts, followed through a text so that no token is looked at twice.
#[derive(Default)]
struct Paragraph {
    start: usize,
    looked_at: usize,
}

impl Paragraph {
    /// The first token after the line break before token `i`, which never goes back.
    fn start_before(&mut self, tokens: &Tokens<'_>, i: usize) -> usize {
        for at in self.looked_at..i {
            if tokens.lex(at) == Lex::Break {
                self.start = at + 1;
            }
        }
        self.looked_at = i;
        self.start
    }
}

const fn needs_tense(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::InYear(YearRef::Unsaid, _)
            | Expression::Weekday { .. }
            | Expression::DayOfMonth(_)
            | Expression::Clock { day: Some(_), .. }
            | Expression::PartOfDay { day: Some(_), .. }
    )
}

const fn lone_clock(expression: &Expression) -> bool {
    matches!(expression, Expression::Clock { day: None, .. })
}

/// The day that a time of day without one belongs to: the day named in the same sentence, before
/// it or else right after it.
fn day_of_clock<'f>(tokens: &Tokens<'_>, found: &'f [Found], n: usize) -> Option<&'f Expression> {
    let clock = &found[n];
    let first = tokens.sentence_start(clock.start, 60);
    let last = tokens.sentence_end(clock.end, 60);
    let is_near =
        |other: &&Found| other.expression.is_day() && other.start >= first && other.end <= last;
    let after = found
        .get(n + 1)
        .filter(is_near)
        .filter(|next| next.start <= clock.end + 2);
    after
        .or_else(|| {
            let before = found[..n].iter().rev();
            before
                .take_while(|other| other.start >= first)
                .find(is_near)
        })
        .or_else(|| found.get(n + 1).filter(is_near))
        .map(|found| &found.expression)
}
