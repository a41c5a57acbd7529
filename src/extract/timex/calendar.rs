//! Calendar dates: "March 27, 2017", "27 March", "March of last year", "2017-03-27", "7/8/07",
//! "2011", "'82", "the 1990s", "the 21st century", holidays on fixed days.
//!
//! A month name that is also a word or a name ("March", "May", "April") counts only beside a
//! number or after a word that asks for a time; a bare year only where no counted noun follows.

use jiff::civil::Date;

use super::expression::{Expression, From, Match, YearPart, YearRef};
use super::lex::{Deixis, Form, Lex, Unit};
use super::tokens::Tokens;

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

const fn whole(year: i16) -> Expression {
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
fn day_at(tokens: &Tokens<'_>, i: usize) -> Option<i8> {
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
const fn century_of(two_digits: i16) -> i16 {
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

// --- months ------------------------------------------------------------------------------------

/// "March 27, 2017", "March 27", "March 2017", "March"
fn month_first(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
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

const fn is_month(lex: Lex) -> bool {
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
fn pointed_month(tokens: &Tokens<'_>, i: usize, deixis: Deixis) -> Option<Match> {
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

// --- days --------------------------------------------------------------------------------------

/// "27 March 2017", "27th of March", "4-July"
fn day_first(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let day = day_at(tokens, i)?;
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

/// "on the 27th": only where no noun follows.
fn day_of_month(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let day = day_at(tokens, i)?;
    let digits = tokens.word(i).starts_with(|c: char| c.is_ascii_digit());
    let led = i >= 2 && tokens.is(i - 2, &["on", "by", "until"]);
    let ends = matches!(
        tokens.lex(i + 1),
        Lex::Punct('.' | ',' | ';' | ')') | Lex::Break | Lex::End
    );
    (digits && led && ends).then_some((Expression::DayOfMonth(day), i + 1))
}

/// Dates in digits: "2017-03-27", "27.03.2017", "3/27/2017", "9/11".
fn numeric(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
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
            let (third, _) = (third, ());
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

fn plain(tokens: &Tokens<'_>, i: usize) -> Option<(i16, u8)> {
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

// --- years and longer --------------------------------------------------------------------------

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

/// Words after which four digits are no year.
const NOT_BEFORE_YEARS: &[&str] = &[
    "resolution",
    "flight",
    "route",
    "room",
    "no",
    "number",
    "order",
    "law",
    "section",
    "page",
    "chapter",
    "model",
    "boeing",
    "channel",
    "article",
    "bill",
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
    "unit",
    "type",
    "highway",
    "protocol",
    "iso",
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
fn year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
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
    if tokens.is_before(i, BEFORE_YEARS)
        && (!tokens.is_before(i, &["to"]) || follows_year(tokens, i))
    {
        return Some((whole(year), i + 1));
    }
    let usual = (1900..=2050).contains(&year) && year % 100 != 0;
    let refused =
        tokens.is_before(i, NOT_BEFORE_YEARS) || matches!(tokens.lex_before(i), Lex::Approx);
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

/// "to 2017", "-2017": whether a date stands before the joining word.
fn follows_year(tokens: &Tokens<'_>, i: usize) -> bool {
    i >= 2 && (year_number(tokens, i - 2).is_some() || is_month(tokens.lex(i - 2)))
}

/// Marks that may touch a year from the left.
fn attached_well(tokens: &Tokens<'_>, i: usize) -> bool {
    match tokens.lex_before(i) {
        Lex::Punct('(' | '[' | '"' | '“' | '—' | '/') => true,
        Lex::Punct('-') => {
            follows_year(tokens, i)
                || !tokens.glued(i - 1)
                || tokens.is_before(i - 1, &["mid", "early", "late", "pre", "post"])
        }
        Lex::Punct('.' | ',') => true,
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
fn short_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
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
fn decade(first: u16, end: usize) -> Option<Match> {
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
fn century(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let Lex::Ordinal(count @ 2..=22) = tokens.lex(i) else {
        return None;
    };
    let at = tokens.skip_punct(i + 1, '-');
    (tokens.lex(at) == Lex::Unit(Unit::Century))
        .then(|| (Expression::date(format!("{:02}", count - 1)), at + 1))
}

/// "fiscal 2010", "fiscal year 2010"
fn fiscal(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
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

/// Holidays on a fixed day, and American Thanksgiving.
fn holiday(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
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
