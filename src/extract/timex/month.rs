//! Dates with the name of a month: "March 27, 2017", "27 March", "March of last year", "last March",
//! "March".
//!
//! A month name that is also a word or a name ("March", "May", "April") counts only beside a
//! number or after a word that asks for a time.

use jiff::civil::Date;

use super::calendar::{day_at, month_at, year_after, year_number};
use super::expression::{Expression, Match, YearPart, YearRef};
use super::lex::{Deixis, Lex};
use super::tokens::Tokens;

/// "March 27, 2017", "March 27", "March 2017", "March"
pub(super) fn month_first(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (month, after) = month_at(tokens, i)?;
    let the = after
        + usize::from(
            tokens.lex(after) == Lex::The && matches!(tokens.lex(after + 1), Lex::Ordinal(_)),
        );
    if let Some(day) = day_at(tokens, the).filter(|day| is_day(month, *day))
        && !followed_by_more_number(tokens, the + 1)
    {
        let (year, end) = year_after(tokens, the + 1).unwrap_or((YearRef::Unsaid, the + 1));
        return Some((Expression::InYear(year, YearPart::Day(month, day)), end));
    }
    if let Some((year, end)) = year_after(tokens, after) {
        return Some((Expression::InYear(year, YearPart::Month(month)), end));
    }
    let bare = (
        Expression::InYear(YearRef::Unsaid, YearPart::Month(month)),
        after,
    );
    is_bare_month(tokens, i, after).then_some(bare)
}

/// A month that something else already marks as a time ("early March", "the end of March").
pub(super) fn marked_month(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (month, after) = month_at(tokens, i)?;
    Some((
        Expression::InYear(YearRef::Unsaid, YearPart::Month(month)),
        after,
    ))
}

/// Whether the day number at `i - 1` goes on as a time or an amount.
fn followed_by_more_number(tokens: &Tokens<'_>, i: usize) -> bool {
    (matches!(tokens.lex(i), Lex::Punct(':' | '%')) && tokens.glued(i))
        || tokens.is(i, &["am", "pm", "percent"])
}

fn is_day(month: i8, day: i8) -> bool {
    // 2000 is a leap year, so that 29 February passes.
    Date::new(2000, month, day).is_ok()
}

/// Words before which a month name is a month.
const BEFORE_MONTHS: &[&str] = &[
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
    "for",
    "to",
    "mid",
    "early",
    "late",
    "ending",
    "ended",
    "starting",
    "beginning",
];

/// Decides whether a month name alone is a date.
fn is_bare_month(tokens: &Tokens<'_>, i: usize, end: usize) -> bool {
    if tokens.is_punct(end, '-')
        && tokens.glued(end)
        && tokens.glued(end + 1)
        && !is_month(tokens.lex(end + 1))
    {
        return false;
    }
    let led = tokens.is_before(i, BEFORE_MONTHS) || in_month_list(tokens, i, end);
    match tokens.lex(i) {
        Lex::ShortMonth(9) if tokens.is(i, &["sept"]) => led,
        Lex::ShortMonth(_) => led && end > i + 1,
        Lex::Month(3 | 5) => (led && !is_name(tokens, i, end)) || is_noun_modifier(tokens, i, end),
        Lex::Month(4 | 6 | 8) => led && !is_name(tokens, i, end) || !is_name_like(tokens, i, end),
        _ => true,
    }
}

pub(super) const fn is_month(lex: Lex) -> bool {
    matches!(lex, Lex::Month(_) | Lex::ShortMonth(_))
}

/// "March and April", "from May to July"
fn in_month_list(tokens: &Tokens<'_>, i: usize, end: usize) -> bool {
    let joins = |at: usize| {
        tokens.is(at, &["and", "or", "to", "through"])
            || matches!(tokens.lex(at), Lex::Punct('-' | ','))
    };
    (i >= 2 && joins(i - 1) && is_month(tokens.lex(i - 2)))
        || (joins(end) && is_month(tokens.lex(end + 1)))
}

/// "said by May": the prime minister, if a "Mrs May" stands close by; a capital after the name too.
fn is_name(tokens: &Tokens<'_>, i: usize, end: usize) -> bool {
    let surname = |at: usize| {
        let called = tokens.lex(at - 1) == Lex::Other
            && tokens.is_capital(at - 1)
            && !tokens.glued(at)
            && !tokens.is_before(at, BEFORE_MONTHS)
            && !tokens.is_before(at, &["on"]);
        called || tokens.is_punct(at - 1, '.') && tokens.is(at - 2, &["mr", "mrs", "ms", "dr"])
    };
    let near = i.saturating_sub(400).max(2)..i;
    let word = tokens.word(i);
    (tokens.is_capital(end) && tokens.lex(end) == Lex::Other && !tokens.glued(end))
        || (tokens.lex(i) == Lex::Month(5)
            && !tokens.is_before(i, &["in", "since", "until", "till", "during"])
            && near.rev().any(|at| tokens.word(at) == word && surname(at)))
}

/// A capitalised neighbour makes "April", "June" and "August" a person's name.
fn is_name_like(tokens: &Tokens<'_>, i: usize, end: usize) -> bool {
    let next = tokens.is_capital(end) && tokens.lex(end) == Lex::Other;
    let before = i > 0
        && tokens.is_capital(i - 1)
        && tokens.lex(i - 1) == Lex::Other
        && !tokens.opens_sentence(i - 1);
    next || before
}

/// "the March agreement", "a May report"
fn is_noun_modifier(tokens: &Tokens<'_>, i: usize, end: usize) -> bool {
    matches!(tokens.lex_before(i), Lex::The | Lex::A)
        && tokens.lex(end) == Lex::Other
        && !tokens.is_capital(end)
        && !tokens.is(
            end,
            &[
                "on",
                "for",
                "of",
                "in",
                "to",
                "at",
                "from",
                "against",
                "by",
                "through",
                "was",
                "is",
                "and",
                "will",
                "has",
                "had",
                "government",
                "administration",
            ],
        )
}

/// "last March", "next October", "this June"
pub(super) fn pointed_month(tokens: &Tokens<'_>, i: usize, deixis: Deixis) -> Option<Match> {
    let at = match (deixis, tokens.lex(i + 1)) {
        (Deixis::This, Lex::Deixis(Deixis::Past | Deixis::Coming)) => i + 2,
        _ => i + 1,
    };
    if matches!(deixis, Deixis::Same | Deixis::Past | Deixis::Coming) {
        return None;
    }
    let (month, end) = month_at(tokens, at)?;
    if is_name(tokens, at, end) {
        return None;
    }
    let day = day_at(tokens, end)
        .filter(|day| is_day(month, *day) && !followed_by_more_number(tokens, end + 1));
    let (part, end) = day.map_or((YearPart::Month(month), end), |day| {
        (YearPart::Day(month, day), end + 1)
    });
    Some((Expression::InYear(YearRef::Deictic(deixis), part), end))
}

/// "27 March 2017", "27th of March", "4-July"
pub(super) fn day_first(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let day = day_at(tokens, i)?;
    if !is_day_number(tokens, i) {
        return None;
    }
    if matches!(tokens.lex_before(i), Lex::Punct('$' | '£' | '€' | ':')) && tokens.glued(i) {
        return None;
    }
    let at = tokens.skip_punct(tokens.skip(i + 1, &["of"]), '-');
    let (month, after) = month_at(tokens, at)?;
    if !is_day(month, day) {
        return None;
    }
    let after = if tokens.is_punct(after, '-')
        && tokens.glued(after + 1)
        && year_number(tokens, after + 1).is_some()
    {
        after + 1
    } else {
        after
    };
    let (year, end) = year_after(tokens, after).unwrap_or((YearRef::Unsaid, after));
    Some((Expression::InYear(year, YearPart::Day(month, day)), end))
}

/// A day of the month before its month; in letters only as "the second of March".
fn is_day_number(tokens: &Tokens<'_>, i: usize) -> bool {
    let digits = tokens
        .word(i)
        .starts_with(|first: char| first.is_ascii_digit());
    digits || tokens.is(i + 1, &["of"]) || tokens.lex_before(i) == Lex::The
}

/// "on the 27th": only where no noun follows.
pub(super) fn day_of_month(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let day = day_at(tokens, i)?;
    let digits = tokens.word(i).starts_with(|c: char| c.is_ascii_digit());
    let led = i >= 2 && tokens.is(i - 2, &["on", "by", "until"]);
    let ends = matches!(
        tokens.lex(i + 1),
        Lex::Punct('.' | ',' | ';' | ')') | Lex::Break | Lex::End
    );
    (digits && led && ends).then_some((Expression::DayOfMonth(day), i + 1))
}
