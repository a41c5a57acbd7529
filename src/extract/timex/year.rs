//! Years and longer: "2011", "'82", "the 1990s", "the 21st century", "fiscal 2010", "500 BC".
//!
//! A bare year counts only where no counted noun follows and the word before does not number
//! something ("Resolution 1973").

use super::calendar::{century_of, whole, year_number};
use super::expression::{Expression, Match, YearPart, YearRef};
use super::lex::{Form, Lex, Unit};
use super::month::is_month;
use super::numeric::plain;
use super::tokens::Tokens;
use crate::time::NUMBERED;

/// Words after which four digits are a year, even a round one.
const BEFORE_YEARS: &[&str] = &[
    "in",
    "since",
    "until",
    "till",
    "by",
    "during",
    "of",
    "from",
    "through",
    "throughout",
    "between",
    "before",
    "after",
    "early",
    "late",
    "mid",
    "to",
    "and",
    "circa",
    "for",
    "year",
    "back",
    "around",
];

/// Words after which four digits are no year, besides those of what has numbers ([`NUMBERED`]).
const NOT_BEFORE_YEARS: &[&str] = &[
    "some",
    "about",
    "over",
    "than",
    "nearly",
    "almost",
    "least",
    "roughly",
    "approximately",
    "another",
    "all",
    "these",
    "those",
    "to",
    "only",
    "extra",
    "additional",
    "point",
    "points",
];

/// Nouns that four digits before them count.
const COUNTED: &[&str] = &[
    "people",
    "troops",
    "soldiers",
    "men",
    "women",
    "children",
    "workers",
    "jobs",
    "miles",
    "kilometers",
    "kilometres",
    "km",
    "meters",
    "metres",
    "feet",
    "tons",
    "tonnes",
    "dollars",
    "euros",
    "pounds",
    "refugees",
    "civilians",
    "residents",
    "employees",
    "students",
    "police",
    "officers",
    "fighters",
    "homes",
    "houses",
    "others",
    "points",
    "barrels",
    "passengers",
    "votes",
    "families",
    "migrants",
    "protesters",
    "square",
    "percent",
    "per",
    "mark",
    "degrees",
    "years",
    "days",
    "hours",
    "months",
    "weeks",
    "mw",
    "hp",
    "cc",
    "gmt",
    "hrs",
    "hectares",
    "acres",
    "of",
    "times",
    "guests",
    "delegates",
    "members",
    "demonstrators",
    "militants",
    "victims",
    "deaths",
    "cases",
];

/// Four digits standing for a year.
pub(super) fn year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let year = year_number(tokens, i)?;
    if let Some(era) = era(tokens, i) {
        return Some(era);
    }
    let attached = tokens.glued(i) && !tokens.is_before(i, &["'"]) && !attached_well(tokens, i);
    let tail = tokens.glued(i + 1)
        && (matches!(tokens.lex(i + 1), Lex::Other | Lex::Unit(_) | Lex::Units(_))
            || (matches!(tokens.lex(i + 1), Lex::Punct('%' | '°' | '/' | ':'))
                && tokens.glued(i + 2)));
    if attached || tail || tokens.is(i + 1, COUNTED) {
        return None;
    }
    let joins = tokens.is_before(i, &["to", "and"]);
    if tokens.is_before(i, BEFORE_YEARS) && (!joins || follows_year(tokens, i)) {
        return Some((whole(year), i + 1));
    }
    let usual = (1900..=2050).contains(&year) && year % 100 != 0;
    let refused = counts_plural(tokens, i)
        || tokens.is_before(i, NOT_BEFORE_YEARS)
        || tokens.is_before(i, NUMBERED)
        || matches!(tokens.lex_before(i), Lex::Approx);
    let joined =
        matches!(tokens.lex_before(i), Lex::Punct('-' | '/' | '(')) && follows_year(tokens, i);
    let closed =
        tokens.is_punct(i + 1, ')') && matches!(tokens.lex_before(i), Lex::Punct('(' | ','));
    // A round year after an article needs the capital of a name: "the 2000 Olympics".
    let named = tokens.lex_before(i) == Lex::The
        && tokens.is_capital(i + 1)
        && (1900..=2050).contains(&year);
    ((usual && !refused) || joined || closed || named).then_some((whole(year), i + 1))
}

/// "sent 1950 guns": a plural follows, and no article or name stands before to make it a year's.
fn counts_plural(tokens: &Tokens<'_>, i: usize) -> bool {
    let noun = tokens.word(i + 1);
    let plural =
        noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss") && !tokens.is_capital(i + 1);
    let verb = tokens.lex_before(i) == Lex::Other
        && !tokens.is_capital(i - 1)
        && !tokens.is_before(i, &["s", "its", "his", "her", "their", "our", "my"]);
    plural && tokens.lex(i + 1) == Lex::Other && verb
}

/// "to 2017", "-2017": whether a date stands before the joining word.
fn follows_year(tokens: &Tokens<'_>, i: usize) -> bool {
    i >= 2 && (year_number(tokens, i - 2).is_some() || is_month(tokens.lex(i - 2)))
}

/// Marks that may touch a year from the left.
fn attached_well(tokens: &Tokens<'_>, i: usize) -> bool {
    match tokens.lex_before(i) {
        Lex::Punct('(' | '[' | '"' | '“' | '—' | '/' | '.' | ',') => true,
        Lex::Punct('-') => {
            follows_year(tokens, i)
                || !tokens.glued(i - 1)
                || tokens.is_before(i - 1, &["mid", "early", "late", "pre", "post"])
        }
        _ => false,
    }
}

/// "500 BC" and "AD 79" count outside the calendar of news: only BC is written.
fn era(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (year, _) = plain(tokens, i)?;
    (tokens.word(i + 1) == "BC" || tokens.word(i + 1) == "BCE")
        .then(|| (Expression::date(format!("BC{year:04}")), i + 2))
}

/// "since '82"
pub(super) fn short_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let year = match tokens.lex(i + 1) {
        Lex::Number(year, Form::Digits(2)) if tokens.glued(i + 1) && !tokens.glued(i) => {
            i16::try_from(year).ok()?
        }
        Lex::Decade(first) if tokens.glued(i + 1) && !tokens.glued(i) => {
            return decade(first, i + 2);
        }
        _ => return None,
    };
    let led = tokens.is_before(
        i,
        &[
            "in", "since", "of", "from", "until", "by", "to", "and", "summer", "spring", "fall",
            "winter",
        ],
    );
    let ends = !tokens.glued(i + 2) || matches!(tokens.lex(i + 2), Lex::Punct(mark) if mark != ':');
    (led && ends).then(|| (whole(century_of(year)), i + 2))
}

/// "the 1990s", "the nineties"
pub(super) fn decade(first: u16, end: usize) -> Option<Match> {
    let first = match first {
        1000..=2190 => first,
        40..=90 => 1900 + first,
        _ => return None,
    };
    let value = if first % 100 == 0 && first < 2000 {
        format!("{}", first / 100)
    } else {
        format!("{}", first / 10)
    };
    Some((Expression::date(value), end))
}

/// "the 19th century", "21st-century"
pub(super) fn century(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let Lex::Ordinal(count @ 2..=22) = tokens.lex(i) else {
        return None;
    };
    let at = tokens.skip_punct(i + 1, '-');
    if tokens.is_capital(at) && tokens.is_capital(at + 1) {
        return None;
    }
    (tokens.lex(at) == Lex::Unit(Unit::Century))
        .then(|| (Expression::date(format!("{:02}", count - 1)), at + 1))
}

/// "fiscal 2010", "fiscal year 2010"
pub(super) fn fiscal(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if !tokens.is(i, &["fiscal"]) {
        return None;
    }
    let at = tokens.skip(i + 1, &["year"]);
    let year = year_number(tokens, at)?;
    Some((
        Expression::InYear(YearRef::Known(year), YearPart::Fiscal),
        at + 1,
    ))
}
