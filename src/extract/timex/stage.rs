//! Stages of a longer time: "early June", "mid-2016", "late last year", "the end of the month",
//! "earlier today". The stage belongs to the span; the value is that of the longer time.

use super::calendar::calendar_date;
use super::expression::{Expression, From, Match, YearPart, YearRef};
use super::lex::{Lex, Unit};
use super::month::marked_month;
use super::relative::{marked_unit, relative_date};
use super::season::part_of_year;
use super::tokens::Tokens;
use super::weekday::weekday;

/// The staged date that begins at token `i`.
pub(super) fn staged_date(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let the = i + usize::from(tokens.lex(i) == Lex::The);
    match tokens.lex(the) {
        Lex::Stage => stage(tokens, the, the > i),
        Lex::Key if tokens.is(the, &["end", "beginning", "start", "middle"]) => end_of(tokens, the),
        _ => None,
    }
}

fn stage(tokens: &Tokens<'_>, i: usize, the: bool) -> Option<Match> {
    if let Some(found) = earlier_in(tokens, i) {
        return Some(found);
    }
    let mut at = i + 1;
    // "mid- to late 1990s", "early-to-mid 2010"
    let joined = tokens.skip(tokens.skip_punct(at, '-'), &["to"]);
    let second = tokens.skip_punct(joined, '-');
    at = if tokens.lex(second) == Lex::Stage {
        second + 1
    } else {
        at
    };
    let at = tokens.skip_punct(at, '-');
    let at = at + usize::from(tokens.is(at, &["on", "in"]) && tokens.is(i, &["earlier", "later"]));
    let inner = any_date(tokens, at)
        .or_else(|| marked_month(tokens, at))
        .or_else(|| two_digit_decade(tokens, at, the))?;
    let (expression, end) = inner;
    // "earlier" and "later" stand with relative dates only: "later this month", not "later March".
    let comparative = tokens.is(i, &["earlier", "later"]);
    let relative = matches!(
        expression,
        Expression::Steps { .. }
            | Expression::PartOfDay { .. }
            | Expression::Weekday { .. }
            | Expression::Weekend { .. }
            | Expression::InYear(YearRef::Deictic(_), _)
    );
    let fits = if comparative {
        relative || tokens.is(i + 1, &["in", "on"]) && matches!(expression, Expression::InYear(..))
    } else {
        !is_whole_number_year(tokens, at, &expression)
    };
    fits.then_some((expression, end))
}

/// "earlier in the week", "later in the day"
fn earlier_in(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let said = tokens.is(i, &["earlier", "later"]) && tokens.is(i + 1, &["in"]);
    let unit = match tokens.lex(i + 3) {
        Lex::Unit(unit) if unit >= Unit::Day && tokens.lex(i + 2) == Lex::The => unit,
        _ => return None,
    };
    let from = From::NarrativeOrDocument;
    said.then_some((
        Expression::Steps {
            unit,
            steps: 0,
            from,
        },
        i + 4,
    ))
}

/// "late 2000 troops": a year after a stage must still look like one.
fn is_whole_number_year(tokens: &Tokens<'_>, i: usize, expression: &Expression) -> bool {
    matches!(expression, Expression::InYear(_, YearPart::Whole))
        && matches!(tokens.lex(i + 1), Lex::Units(Unit::Hour))
}

/// "the early 90s"
fn two_digit_decade(tokens: &Tokens<'_>, i: usize, the: bool) -> Option<Match> {
    let apostrophe = tokens.skip_punct(i, '\'');
    match tokens.lex(apostrophe) {
        Lex::Decade(first @ 40..=90) if the => Some((
            Expression::date(format!("19{}", first / 10)),
            apostrophe + 1,
        )),
        _ => None,
    }
}

/// "end of March", "beginning of the year"
fn end_of(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if !tokens.is(i + 1, &["of"]) {
        return None;
    }
    let (expression, end) = stage_within(tokens, i + 2)
        .or_else(|| any_date(tokens, i + 2))
        .or_else(|| marked_month(tokens, i + 2))
        .or_else(|| marked_unit(tokens, i + 2))?;
    let long = !matches!(
        expression,
        Expression::PartOfDay { .. } | Expression::Clock { .. }
    );
    long.then_some((expression, end))
}

/// "the end of early March": one stage inside another, and no deeper.
fn stage_within(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let the = i + usize::from(tokens.lex(i) == Lex::The);
    (tokens.lex(the) == Lex::Stage).then(|| stage(tokens, the, the > i))?
}

/// Any date at token `i`: the longest that one of the families reads.
pub(super) fn any_date(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    [calendar_date, weekday, part_of_year, relative_date]
        .into_iter()
        .filter_map(|rule| rule(tokens, i))
        .reduce(|best, other| if other.1 > best.1 { other } else { best })
}
