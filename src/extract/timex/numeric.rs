//! Dates in digits: "2017-03-27", "27.03.2017", "3/27/2017", "2017-03", "9/11".

use jiff::civil::Date;

use super::calendar::{century_of, year_number};
use super::expression::{Expression, Match, YearPart, YearRef};
use super::lex::{Form, Lex};
use super::tokens::Tokens;

/// Dates in digits: "2017-03-27", "27.03.2017", "3/27/2017", "9/11".
pub(super) fn numeric(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let Lex::Punct(mark @ ('-' | '/' | '.')) = tokens.lex(i + 1) else {
        return None;
    };
    if !tokens.glued(i + 1) || !tokens.glued(i + 2) {
        return None;
    }
    let (first, first_digits) = plain(tokens, i)?;
    let (second, second_digits) = plain(tokens, i + 2)?;
    let third = (tokens.is_punct(i + 3, mark) && tokens.glued(i + 3) && tokens.glued(i + 4))
        .then(|| plain(tokens, i + 4))
        .flatten();
    match third {
        Some((third, 4 | 2)) if first_digits <= 2 && second_digits <= 2 => {
            day_month_year(mark, first, second, third).map(|found| (found, i + 5))
        }
        Some((third, 1 | 2)) if first_digits == 4 && second_digits <= 2 => {
            let year = year_number(tokens, i)?;
            Date::new(year, i8::try_from(second).ok()?, i8::try_from(third).ok()?).ok()?;
            let part = YearPart::Day(i8::try_from(second).ok()?, i8::try_from(third).ok()?);
            Some((Expression::InYear(YearRef::Known(year), part), i + 5))
        }
        Some(_) => None,
        None => partial_numeric(tokens, i, mark, second, second_digits),
    }
}

pub(super) fn plain(tokens: &Tokens<'_>, i: usize) -> Option<(i16, u8)> {
    match tokens.lex(i) {
        Lex::Number(value, Form::Digits(digits @ 1..=4)) => {
            Some((i16::try_from(value).ok()?, digits))
        }
        _ => None,
    }
}

/// Day and month in an order that the mark or the numbers tell, or neither.
fn day_month_year(mark: char, first: i16, second: i16, year: i16) -> Option<Expression> {
    let year = if year < 100 { century_of(year) } else { year };
    let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    let european = Date::new(year, second, first).is_ok();
    let american = Date::new(year, first, second).is_ok();
    let day = |month, day| Expression::InYear(YearRef::Known(year), YearPart::Day(month, day));
    match (american, european) {
        (_, true) if mark == '.' => Some(day(second, first)),
        (true, true) => Some(Expression::EitherOrder {
            year,
            first,
            second,
        }),
        (true, false) => Some(day(first, second)),
        (false, true) => Some(day(second, first)),
        (false, false) => None,
    }
}

/// "2017-03" and the day known as "9/11".
fn partial_numeric(
    tokens: &Tokens<'_>,
    i: usize,
    mark: char,
    second: i16,
    digits: u8,
) -> Option<Match> {
    if mark == '/' && tokens.is(i, &["9"]) && second == 11 {
        return Some((Expression::date("2001-09-11"), i + 3));
    }
    let year = year_number(tokens, i)?;
    let month = i8::try_from(second)
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let is_range = second == (year + 1) % 100;
    (mark == '-' && digits == 2 && !is_range && !tokens.glued(i + 3)).then_some((
        Expression::InYear(YearRef::Known(year), YearPart::Month(month)),
        i + 3,
    ))
}
