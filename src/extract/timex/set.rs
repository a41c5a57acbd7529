//! Recurring times: "every Friday", "each year", "every two weeks", "daily", "twice a month".

use super::duration::{counted, value};
use super::expression::{Expression, Match};
use super::lex::{Lex, Unit};
use super::quantity::{Quantity, quantity};
use super::tokens::Tokens;

/// The recurring time that begins at token `i`.
pub(super) fn recurring(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Every => every(tokens, i),
        Lex::Frequency(period) => frequency(tokens, i, period),
        Lex::Key if tokens.is(i, &["once", "twice"]) => per(tokens, i + 1),
        Lex::Key if tokens.is(i, &["weekends"]) => Some((Expression::set("XXXX-WXX-WE"), i + 1)),
        Lex::Weekday(day) => match tokens.lex(i + 1) {
            Lex::PartsOfDay(part) => {
                Some((Expression::set(format!("XXXX-WXX-{day}T{part}")), i + 2))
            }
            _ => None,
        },
        Lex::Number(..) | Lex::Cardinal(_) => {
            let (_, end) = quantity(tokens, i)?;
            if tokens.is(end, &["times"]) {
                return per(tokens, end + 1);
            }
            let (unit, plural) = tokens.unit(end)?;
            let (found, after) = per(tokens, end + 1)?;
            let longer = matches!(tokens.lex(after - 1), Lex::Unit(period) if period > unit);
            (plural && unit >= Unit::Day && longer).then_some((found, after))
        }
        _ => None,
    }
}

/// "a week", "per month", "each year" after a count
fn per(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if tokens.lex(i) != Lex::A && tokens.lex(i) != Lex::Every && !tokens.is(i, &["per"]) {
        return None;
    }
    match tokens.lex(i + 1) {
        Lex::Unit(unit) => Some((Expression::set(value(&Quantity::of(1), unit)), i + 2)),
        _ => None,
    }
}

fn every(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let other = tokens.is(i + 1, &["other", "second"]);
    let at = i + 1 + usize::from(other);
    let count = if other { 2 } else { 1 };
    let single = match tokens.lex(at) {
        Lex::Unit(unit) if !(tokens.is(at + 1, &["of"]) && unit != Unit::Day) => {
            Some(value(&Quantity::of(count), unit))
        }
        Lex::Weekday(day) => match tokens.lex(at + 1) {
            Lex::PartOfDay(part) => {
                return Some((Expression::set(format!("XXXX-WXX-{day}T{part}")), at + 2));
            }
            _ => Some(format!("XXXX-WXX-{day}")),
        },
        Lex::Month(month) => Some(format!("XXXX-{month:02}")),
        Lex::PartOfDay(part) => Some(format!("XXXX-XX-XXT{part}")),
        Lex::Weekend => Some("XXXX-WXX-WE".to_owned()),
        Lex::Season(season) => Some(format!("XXXX-{}", season_code(season))),
        _ => None,
    };
    if let Some(single) = single {
        return Some((Expression::set(single), at + 1));
    }
    let (quantity, unit, end) = counted(tokens, i + 1)?;
    Some((Expression::set(value(&quantity, unit)), end))
}

const fn season_code(season: super::lex::Season) -> &'static str {
    use super::lex::Season;
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// "daily", not the "Daily Mail".
fn frequency(tokens: &Tokens<'_>, i: usize, period: &str) -> Option<Match> {
    let name = tokens.is_capital(i) && (tokens.is_capital(i + 1) || !tokens.opens_sentence(i));
    let counted = tokens.is_punct(i + 1, '-') && tokens.glued(i + 1);
    (!name && !counted).then(|| (Expression::set(period), i + 1))
}
