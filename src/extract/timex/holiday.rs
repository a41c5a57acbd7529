//! Holidays on a fixed day, and American Thanksgiving. Those that follow the moon are left out.

use super::calendar::year_after;
use super::expression::{Expression, Match, YearPart, YearRef};
use super::tokens::Tokens;

/// The holiday that begins at token `i`: "Christmas Eve", "New Year's Day 2016".
pub(super) fn holiday(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (part, end) = holiday_at(tokens, i)?;
    let (year, end) = year_after(tokens, end).unwrap_or((YearRef::Unsaid, end));
    Some((Expression::InYear(year, part), end))
}

fn holiday_at(tokens: &Tokens<'_>, i: usize) -> Option<(YearPart, usize)> {
    if !tokens.is_capital(i) {
        return None;
    }
    let possessive = |at: usize| {
        let apostrophe = tokens.skip_punct(at, '\'');
        if apostrophe > at {
            tokens.skip(apostrophe, &["s"])
        } else {
            at
        }
    };
    if tokens.is(i, &["new"]) && tokens.is(i + 1, &["year", "years"]) {
        let at = possessive(i + 2);
        return match tokens.word(at) {
            "Day" => Some((YearPart::Day(1, 1), at + 1)),
            "Eve" => Some((YearPart::Day(12, 31), at + 1)),
            _ => None,
        };
    }
    if tokens.is(i, &["christmas"]) {
        return match tokens.word(i + 1) {
            "Eve" => Some((YearPart::Day(12, 24), i + 2)),
            "Day" => Some((YearPart::Day(12, 25), i + 2)),
            _ => (!tokens.is_capital(i + 1)).then_some((YearPart::Day(12, 25), i + 1)),
        };
    }
    if tokens.is(i, &["thanksgiving"]) {
        let end = tokens.skip(i + 1, &["day"]);
        return Some((
            YearPart::NthWeekday {
                month: 11,
                nth: 4,
                weekday: 4,
            },
            end,
        ));
    }
    if tokens.is(i, &["halloween"]) {
        return Some((YearPart::Day(10, 31), i + 1));
    }
    let at = possessive(i + 1);
    if tokens.is(i, &["valentine"]) && at > i + 1 && tokens.is(at, &["day"]) {
        return Some((YearPart::Day(2, 14), at + 1));
    }
    (tokens.is(i, &["boxing"]) && tokens.word(i + 1) == "Day")
        .then_some((YearPart::Day(12, 26), i + 2))
}
