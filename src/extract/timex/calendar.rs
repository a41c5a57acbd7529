//! Calendar dates: where each kind of them begins, and the parts that several kinds share (days,
//! years, "of last year").
//!
//! The kinds themselves are in [`month`](super::month), [`numeric`](super::numeric),
//! [`year`](super::year) and [`holiday`](super::holiday).

use super::expression::{Expression, From, Match, YearPart, YearRef};
use super::holiday::holiday;
use super::lex::{Deixis, Form, Lex, Unit};
use super::month::{day_first, day_of_month, month_first, pointed_month};
use super::numeric::numeric;
use super::tokens::Tokens;
use super::year::{century, decade, fiscal, short_year, year};

/// The calendar date that begins at token `i`.
pub(super) fn calendar_date(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Number(..) => numeric(tokens, i)
            .or_else(|| day_first(tokens, i))
            .or_else(|| year(tokens, i)),
        Lex::Month(_) | Lex::ShortMonth(_) => month_first(tokens, i),
        Lex::Ordinal(_) => day_first(tokens, i).or_else(|| century(tokens, i)),
        Lex::The => the(tokens, i + 1),
        Lex::Decade(first @ 1000..) => decade(first, i + 1),
        Lex::Deixis(deixis) => pointed_month(tokens, i, deixis),
        Lex::Punct('\'') => short_year(tokens, i),
        Lex::Key => fiscal(tokens, i).or_else(|| holiday(tokens, i)),
        _ => None,
    }
}

fn the(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Ordinal(_) => day_first(tokens, i)
            .or_else(|| century(tokens, i))
            .or_else(|| day_of_month(tokens, i)),
        Lex::Decade(first) => decade(first, i + 1),
        Lex::Punct('\'') => match tokens.lex(i + 1) {
            Lex::Decade(first) => decade(first, i + 2),
            _ => None,
        },
        Lex::Unit(Unit::Year) => year_number(tokens, i + 1).map(|year| (whole(year), i + 2)),
        Lex::Key => fiscal(tokens, i),
        _ => None,
    }
}

pub(super) const fn whole(year: i16) -> Expression {
    Expression::InYear(YearRef::Known(year), YearPart::Whole)
}

/// The month at token `i` and one past it and its full stop.
pub(super) fn month_at(tokens: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
    match tokens.lex(i) {
        Lex::Month(month) => Some((month, i + 1)),
        Lex::ShortMonth(month) => {
            let stop = tokens.is_punct(i + 1, '.') && tokens.glued(i + 1);
            Some((month, i + 1 + usize::from(stop)))
        }
        _ => None,
    }
}

/// The day of the month at token `i`, written in digits or as an ordinal.
pub(super) fn day_at(tokens: &Tokens<'_>, i: usize) -> Option<i8> {
    let day = match tokens.lex(i) {
        Lex::Number(day @ 1..=31, Form::Digits(1 | 2)) => day,
        Lex::Ordinal(day @ 1..=31) => u32::from(day),
        _ => return None,
    };
    i8::try_from(day).ok()
}

/// Four digits that can be a year.
pub(super) fn year_number(tokens: &Tokens<'_>, i: usize) -> Option<i16> {
    match tokens.lex(i) {
        Lex::Number(year @ 1000..=2199, Form::Digits(4)) => i16::try_from(year).ok(),
        _ => None,
    }
}

/// The year of two digits after an apostrophe: '82 is 1982, '16 is 2016.
pub(super) const fn century_of(two_digits: i16) -> i16 {
    if two_digits < 40 {
        2000 + two_digits
    } else {
        1900 + two_digits
    }
}

/// A year that completes a date at token `i`: ", 2017", "2017", "of 2017", "'17", "of last year".
pub(super) fn year_after(tokens: &Tokens<'_>, i: usize) -> Option<(YearRef, usize)> {
    let comma = tokens.skip_punct(i, ',');
    let at = tokens.skip(comma, &["of", "in"]);
    if let Some(year) = year_number(tokens, at)
        && !(tokens.is_punct(at + 1, ':') && tokens.glued(at + 2))
        && !(comma == i && at > comma && tokens.is(comma, &["in"]))
    {
        return Some((YearRef::Known(year), at + 1));
    }
    if comma == i
        && tokens.is_punct(i, '\'')
        && let Lex::Number(year, Form::Digits(2)) = tokens.lex(i + 1)
    {
        return Some((YearRef::Known(century_of(i16::try_from(year).ok()?)), i + 2));
    }
    if comma > i || tokens.is(i, &["in"]) {
        return None;
    }
    pointed_year(tokens, at)
}

/// "last year", "this year", "the following year", "that year"
pub(super) fn pointed_year(tokens: &Tokens<'_>, i: usize) -> Option<(YearRef, usize)> {
    let the = i + usize::from(tokens.lex(i) == Lex::The);
    let Lex::Deixis(deixis) = tokens.lex(the) else {
        return None;
    };
    if tokens.lex(the + 1) != Lex::Unit(Unit::Year) {
        return None;
    }
    let (steps, from) = steps_of(deixis)?;
    Some((YearRef::Steps(steps, from), the + 2))
}

/// How many units a pointing word steps, and from where.
pub(super) const fn steps_of(deixis: Deixis) -> Option<(i32, From)> {
    match deixis {
        Deixis::Last => Some((-1, From::Document)),
        Deixis::This => Some((0, From::Document)),
        Deixis::Next | Deixis::Coming => Some((1, From::Document)),
        Deixis::Previous => Some((-1, From::NarrativeOrDocument)),
        Deixis::Following => Some((1, From::NarrativeOrDocument)),
        Deixis::Same => Some((0, From::Narrative)),
        Deixis::Past => None,
    }
}
