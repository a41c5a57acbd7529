//! Two dates that share a part: "March 3-5, 2017", "January 5 and 12", "3 to 5 March", "2015-16".
//! Each end becomes an expression of its own.

use super::calendar::{calendar_date, month_at, year_after, year_number};
use super::expression::{Expression, Found, YearPart, YearRef};
use super::lex::{Form, Lex};
use super::month::marked_month;
use super::tokens::Tokens;

/// The dates of the range or list that begins at token `i`.
pub(super) fn shared_date(tokens: &Tokens<'_>, i: usize) -> Option<[Found; 2]> {
    month_days(tokens, i)
        .or_else(|| days_month(tokens, i))
        .or_else(|| short_years(tokens, i))
        .or_else(|| shared_year(tokens, i))
}

fn day(tokens: &Tokens<'_>, i: usize) -> Option<i8> {
    match tokens.lex(i) {
        Lex::Number(day @ 1..=31, Form::Digits(1 | 2)) => i8::try_from(day).ok(),
        Lex::Ordinal(day @ 1..=31) => i8::try_from(day).ok(),
        _ => None,
    }
}

/// Whether token `i` joins two ends.
fn joins(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.is_punct(i, '-') || tokens.is(i, &["to", "and", "or", "through", "until"])
}

const fn dated(year: YearRef, month: i8, day: i8) -> Expression {
    Expression::InYear(year, YearPart::Day(month, day))
}

/// "March 3-5, 2017"
fn month_days(tokens: &Tokens<'_>, i: usize) -> Option<[Found; 2]> {
    let (month, at) = month_at(tokens, i)?;
    let first = day(tokens, at)?;
    let second = day(tokens, at + 2).filter(|second| *second > first && joins(tokens, at + 1))?;
    let amount = tokens.is_punct(at + 3, ':')
        || tokens.unit(at + 3).is_some()
        || tokens.is(at + 3, &["am", "pm", "percent", "people"]);
    let own_month = month_at(tokens, at + 3).is_some() && !tokens.is_punct(at + 3, ',');
    let worded = tokens.is(at + 1, &["and", "or"])
        && tokens.lex(at + 3) == Lex::Other
        && year_number(tokens, at + 3).is_none()
        && !is_small_word(tokens, at + 3);
    if amount || own_month || worded {
        return None;
    }
    let (year, end) = year_after(tokens, at + 3).unwrap_or((YearRef::Unsaid, at + 3));
    Some([
        Found {
            start: i,
            end: at + 1,
            expression: dated(year, month, first),
        },
        Found {
            start: at + 2,
            end,
            expression: dated(year, month, second),
        },
    ])
}

/// "March 3 and 5 people" counts; "March 3 and 5 in Paris" dates.
fn is_small_word(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.is(
        i,
        &[
            "in", "at", "on", "to", "by", "for", "with", "and", "as", "when", "after", "before",
            "between", "from", "of",
        ],
    )
}

/// "3-5 March", "3 and 5 March 2017"
fn days_month(tokens: &Tokens<'_>, i: usize) -> Option<[Found; 2]> {
    let first = day(tokens, i)?;
    let second = day(tokens, i + 2).filter(|second| *second > first && joins(tokens, i + 1))?;
    let (month, after) = month_at(tokens, tokens.skip(i + 3, &["of"]))?;
    let (year, end) = year_after(tokens, after).unwrap_or((YearRef::Unsaid, after));
    Some([
        Found {
            start: i,
            end: i + 1,
            expression: dated(year, month, first),
        },
        Found {
            start: i + 2,
            end,
            expression: dated(year, month, second),
        },
    ])
}

/// "29 September - 1 October 2006", "from March to May 2016": the year of the second date is the
/// first one's too, or the year before when the months run over its end.
fn shared_year(tokens: &Tokens<'_>, i: usize) -> Option<[Found; 2]> {
    let (first, end) = dated_part(tokens, i)?;
    if !joins(tokens, end) {
        return None;
    }
    let (second, last) = calendar_date(tokens, end + 1)?;
    let Expression::InYear(YearRef::Known(year), part) = second else {
        return None;
    };
    let year = if month_and_day(first) > month_and_day(part) {
        year - 1
    } else {
        year
    };
    month_and_day(part)?;
    Some([
        Found {
            start: i,
            end,
            expression: Expression::InYear(YearRef::Known(year), first),
        },
        Found {
            start: end + 1,
            end: last,
            expression: second,
        },
    ])
}

/// A month or a day at token `i` that lacks its year.
fn dated_part(tokens: &Tokens<'_>, i: usize) -> Option<(YearPart, usize)> {
    let found = calendar_date(tokens, i).or_else(|| marked_month(tokens, i))?;
    match found {
        (
            Expression::InYear(YearRef::Unsaid, part @ (YearPart::Month(_) | YearPart::Day(..))),
            end,
        ) => Some((part, end)),
        _ => None,
    }
}

const fn month_and_day(part: YearPart) -> Option<(i8, i8)> {
    match part {
        YearPart::Month(month) => Some((month, 1)),
        YearPart::Day(month, day) => Some((month, day)),
        _ => None,
    }
}

/// "2015-16", "2015/16"
fn short_years(tokens: &Tokens<'_>, i: usize) -> Option<[Found; 2]> {
    let year = year_number(tokens, i).filter(|year| (1900..2100).contains(year))?;
    let mark = matches!(tokens.lex(i + 1), Lex::Punct('-' | '/'))
        && tokens.glued(i + 1)
        && tokens.glued(i + 2);
    let Lex::Number(short, Form::Digits(2)) = tokens.lex(i + 2) else {
        return None;
    };
    let next = i16::try_from(short).ok()?;
    let goes_on = tokens.glued(i + 3)
        && matches!(tokens.lex(i + 3), Lex::Punct('-' | '/' | ':') | Lex::Other);
    let fits = next == (year + 1) % 100 || (next > 12 && next > year % 100);
    if !mark || goes_on || !fits {
        return None;
    }
    let second = year - year % 100 + next + if next < year % 100 { 100 } else { 0 };
    let whole = |year| Expression::InYear(YearRef::Known(year), YearPart::Whole);
    Some([
        Found {
            start: i,
            end: i + 1,
            expression: whole(year),
        },
        Found {
            start: i + 2,
            end: i + 3,
            expression: whole(second),
        },
    ])
}
