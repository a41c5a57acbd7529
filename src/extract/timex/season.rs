//! Parts of a year: "the third quarter of 2016", "Q3", "third-quarter", "the first half of last
//! year", "summer 2016", "last winter".

use super::calendar::{pointed_year, year_after, year_number};
use super::expression::{Expression, Match, YearPart, YearRef};
use super::lex::{Deixis, Lex, Season, Unit};
use super::tokens::Tokens;

/// The part of a year that begins at token `i`.
pub(super) fn part_of_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::The => after_the(tokens, i + 1),
        Lex::Ordinal(count) => ordinal_part(tokens, i, i8::try_from(count).ok()?),
        Lex::Quarter(quarter) => Some(with_year(tokens, YearPart::Quarter(quarter), i + 1)),
        Lex::Key if tokens.is(i, &["final"]) => {
            ordinal_part(tokens, i, 4).filter(|found| is_quarter(&found.0))
        }
        Lex::Deixis(deixis) => pointed(tokens, i, deixis),
        Lex::Season(season) => season_at(tokens, i, season, i),
        Lex::Number(..) => year_season(tokens, i),
        _ => None,
    }
}

fn after_the(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Ordinal(count) => ordinal_part(tokens, i, i8::try_from(count).ok()?),
        Lex::Key if tokens.is(i, &["final"]) => {
            ordinal_part(tokens, i, 4).filter(|found| is_quarter(&found.0))
        }
        Lex::Deixis(Deixis::Last) => ordinal_part(tokens, i, 4).filter(|found| {
            is_quarter(&found.0)
                && matches!(
                    found.0,
                    Expression::InYear(YearRef::Known(_) | YearRef::Steps(..), _)
                )
        }),
        Lex::Deixis(deixis) => pointed(tokens, i, deixis),
        Lex::Season(season) => season_at(tokens, i, season, i - 1),
        _ => None,
    }
}

const fn is_quarter(expression: &Expression) -> bool {
    matches!(expression, Expression::InYear(_, YearPart::Quarter(_)))
}

/// "third quarter", "third-quarter", "second half of 2016"
fn ordinal_part(tokens: &Tokens<'_>, i: usize, count: i8) -> Option<Match> {
    let at = tokens.skip_punct(i + 1, '-');
    match tokens.lex(at) {
        Lex::Unit(Unit::Quarter) if (1..=4).contains(&count) => {
            Some(with_year(tokens, YearPart::Quarter(count), at + 1))
        }
        Lex::Half if (1..=2).contains(&count) => {
            let found = with_year(tokens, YearPart::Half(count), at + 1);
            let said = !matches!(found.0, Expression::InYear(YearRef::Unsaid, _));
            (said
                || (at > i + 1
                    && tokens.is(
                        at + 1,
                        &[
                            "results", "profit", "profits", "earnings", "sales", "revenue", "loss",
                            "net",
                        ],
                    )))
            .then_some(found)
        }
        _ => None,
    }
}

/// Adds "of 2016", "2016", "of last year", "of the year".
fn with_year(tokens: &Tokens<'_>, part: YearPart, end: usize) -> Match {
    let year = year_after(tokens, end)
        .or_else(|| of_the_year(tokens, end))
        .or_else(|| fiscal_year(tokens, end));
    let (year, end) = year.unwrap_or((YearRef::Unsaid, end));
    (Expression::InYear(year, part), end)
}

fn of_the_year(tokens: &Tokens<'_>, i: usize) -> Option<(YearRef, usize)> {
    (tokens.is(i, &["of"])
        && tokens.lex(i + 1) == Lex::The
        && tokens.lex(i + 2) == Lex::Unit(Unit::Year))
    .then_some((YearRef::Deictic(Deixis::This), i + 3))
}

fn fiscal_year(tokens: &Tokens<'_>, i: usize) -> Option<(YearRef, usize)> {
    let at = tokens.skip(i, &["of"]);
    if !tokens.is(at, &["fiscal"]) {
        return None;
    }
    let year = tokens.skip(at + 1, &["year"]);
    Some((YearRef::Known(year_number(tokens, year)?), year + 1))
}

/// "last summer", "this spring", "next fall"
fn pointed(tokens: &Tokens<'_>, i: usize, deixis: Deixis) -> Option<Match> {
    let Lex::Season(season) = tokens.lex(i + 1) else {
        return None;
    };
    if is_name(tokens, i + 1) || matches!(deixis, Deixis::Same) {
        return None;
    }
    let deixis = if deixis == Deixis::Past {
        Deixis::Last
    } else {
        deixis
    };
    Some((
        Expression::InYear(YearRef::Deictic(deixis), YearPart::Season(season)),
        i + 2,
    ))
}

/// "summer 2016", "the winter of 1995", "in the spring"
fn season_at(tokens: &Tokens<'_>, i: usize, season: Season, start: usize) -> Option<Match> {
    if is_name(tokens, i) {
        return None;
    }
    if let Some((year, end)) = year_after(tokens, i + 1).or_else(|| pointed_year(tokens, i + 1)) {
        return Some((Expression::InYear(year, YearPart::Season(season)), end));
    }
    let fall = tokens.is(i, &["fall"]);
    let led = tokens.is_before(
        start,
        &[
            "in",
            "since",
            "until",
            "by",
            "during",
            "through",
            "throughout",
            "over",
            "for",
            "before",
            "after",
            "early",
            "late",
        ],
    );
    let closes = matches!(
        tokens.lex(i + 1),
        Lex::Punct('.' | ',' | ';' | ')') | Lex::Break | Lex::End
    ) || tokens.is(
        i + 1,
        &[
            "and", "when", "as", "to", "with", "for", "at", "after", "before", "on", "by",
        ],
    );
    (led && closes && !(fall && start == i)).then_some((
        Expression::InYear(YearRef::Unsaid, YearPart::Season(season)),
        i + 1,
    ))
}

/// "2016 summer" is rare: only before its own noun ("the 2016 summer session").
fn year_season(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let year = year_number(tokens, i)?;
    let at = i + 1;
    let (Lex::Ordinal(count), Lex::Unit(Unit::Quarter)) =
        (tokens.lex(at), tokens.lex(tokens.skip_punct(at + 1, '-')))
    else {
        return None;
    };
    let quarter = i8::try_from(count).ok().filter(|q| (1..=4).contains(q))?;
    let end = tokens.skip_punct(at + 1, '-') + 1;
    Some((
        Expression::InYear(YearRef::Known(year), YearPart::Quarter(quarter)),
        end,
    ))
}

/// "Arab Spring", "Winter Olympics", "fall of the Wall" read as names or verbs.
fn is_name(tokens: &Tokens<'_>, i: usize) -> bool {
    let capital = tokens.is_capital(i);
    let next = capital && tokens.is_capital(i + 1);
    let before = capital && i > 0 && tokens.is_capital(i - 1) && tokens.lex(i - 1) == Lex::Other;
    next || before || tokens.is(i + 1, &["olympics", "games", "palace"])
}
