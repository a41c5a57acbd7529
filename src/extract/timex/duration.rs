//! Lengths of time: "18 months", "almost two and a half years", "a 12-hour flight", "half an
//! hour", "decades-long", "the past nine days".
//!
//! Ages ("a 12-year-old", "40 years old") are no timexes. Decades and centuries are written in
//! years (`P10Y`).

use super::expression::{Expression, Match};
use super::lex::{Deixis, Lex, Unit};
use super::quantity::{Quantity, and_a_half, quantity};
use super::tokens::Tokens;

/// The duration that begins at token `i`.
pub(super) fn duration(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let at = approximation(tokens, i);
    let (quantity, unit, end) = half_unit(tokens, at)
        .or_else(|| counted(tokens, at))
        .or_else(|| single(tokens, at))
        .or_else(|| bare_plural(tokens, i, at))?;
    let end = with_long(tokens, end);
    if is_age(tokens, i, end) {
        return None;
    }
    let (text, end) =
        compound(tokens, &quantity, unit, end).unwrap_or_else(|| (value(&quantity, unit), end));
    Some((Expression::duration(text), end))
}

/// "the past nine days", "the next six months", "recent years", "the first two weeks"
pub(super) fn pointed_duration(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let the = i + usize::from(tokens.lex(i) == Lex::The || tokens.is(i, &["this", "these"]));
    let pointer = tokens.lex(the);
    let pointed = matches!(
        pointer,
        Lex::Deixis(
            Deixis::Last
                | Deixis::Past
                | Deixis::Next
                | Deixis::Coming
                | Deixis::Previous
                | Deixis::Following
        ) | Lex::Ordinal(1)
    );
    let recent = tokens.is(the, &["recent"]);
    // "following days of rain", "will last five hours": a preposition and a verb.
    let other_word = (the == i && matches!(pointer, Lex::Deixis(Deixis::Following)))
        || (tokens.is(the, &["last"])
            && tokens.is_before(
                i,
                &[
                    "to", "will", "would", "can", "could", "may", "might", "must", "should", "not",
                ],
            ));
    if other_word {
        return None;
    }
    if !pointed && !recent {
        return None;
    }
    if let Some((quantity, unit, end)) = counted(tokens, the + 1) {
        return (!is_age(tokens, i, end))
            .then(|| (Expression::duration(value(&quantity, unit)), end));
    }
    let (unit, plural) = tokens.unit(the + 1)?;
    let end = the + 2;
    let vague = plural && pointer != Lex::Ordinal(1);
    let whole = !plural && unit > Unit::Second && spans_unit(tokens, i, the, end);
    match (vague, whole) {
        (true, _) => Some((Expression::duration(value(&Quantity::Unknown, unit)), end)),
        (_, true) => Some((Expression::duration(value(&Quantity::of(1), unit)), end)),
        _ => None,
    }
}

/// Whether "the past year", "the last decade" is a stretch, not the calendar unit before this one.
fn spans_unit(tokens: &Tokens<'_>, i: usize, the: usize, end: usize) -> bool {
    if the == i || tokens.is(end, &["of"]) {
        return false;
    }
    match tokens.lex(the) {
        Lex::Deixis(Deixis::Past) => true,
        Lex::Deixis(Deixis::Last | Deixis::Next | Deixis::Coming) => {
            tokens.is_before(i, &["over", "in", "within", "during", "for", "throughout"])
        }
        _ => false,
    }
}

/// One past "about", "more than", "at least", "just over" at token `i`, or `i`.
pub(super) fn approximation(tokens: &Tokens<'_>, i: usize) -> usize {
    match tokens.lex(i) {
        Lex::Approx => i + 1,
        Lex::Key => {
            let at = i + usize::from(tokens.is(i, &["no", "not", "just", "well"]));
            if tokens.is(at, &["more", "less", "fewer"]) && tokens.is(at + 1, &["than"]) {
                return at + 2;
            }
            if at > i && tokens.lex(at) == Lex::Approx {
                return at + 1;
            }
            let pair = (tokens.is(i, &["at"]) && tokens.is(i + 1, &["least", "most"]))
                || (tokens.is(i, &["up"]) && tokens.is(i + 1, &["to"]));
            if pair { i + 2 } else { i }
        }
        _ => i,
    }
}

/// "three hours 45 minutes", "one year and six months": a smaller unit that goes on.
fn compound(
    tokens: &Tokens<'_>,
    quantity: &Quantity,
    unit: Unit,
    end: usize,
) -> Option<(String, usize)> {
    let at = tokens.skip(tokens.skip_punct(end, ','), &["and"]);
    let (smaller, part, end) = counted(tokens, at)?;
    let (first, second) = (value(quantity, unit), value(&smaller, part));
    quantity.whole().zip(smaller.whole())?;
    let pair = matches!(
        (unit, part),
        (Unit::Hour, Unit::Minute | Unit::Second)
            | (Unit::Minute, Unit::Second)
            | (Unit::Year, Unit::Month | Unit::Day)
            | (Unit::Month, Unit::Day)
    );
    let second = second.trim_start_matches(['P', 'T']);
    (pair && !is_age(tokens, at, end)).then(|| (format!("{first}{second}"), end))
}

/// "half an hour", "half-hour", "half a century"
fn half_unit(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, Unit, usize)> {
    let i = i + usize::from(tokens.lex(i) == Lex::A && tokens.lex(i + 1) == Lex::Half);
    if tokens.lex(i) != Lex::Half {
        return None;
    }
    let at = match tokens.lex(i + 1) {
        Lex::A | Lex::Punct('-') => i + 2,
        _ => i + 1,
    };
    let (unit, plural) = tokens
        .unit(at)
        .filter(|(unit, plural)| !plural && *unit != Unit::Quarter)?;
    debug_assert!(!plural);
    let (count, smaller) = match unit {
        Unit::Minute => (30, Unit::Second),
        Unit::Hour => (30, Unit::Minute),
        Unit::Day => (12, Unit::Hour),
        Unit::Year => (6, Unit::Month),
        Unit::Decade => (5, Unit::Year),
        Unit::Century => (50, Unit::Year),
        _ => return None,
    };
    Some((Quantity::of(count), smaller, at + 1))
}

/// A quantity and a unit: "18 months", "five-year", "six straight days", "a year and a half".
pub(super) fn counted(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, Unit, usize)> {
    let (quantity, after) =
        quantity(tokens, i).filter(|(quantity, _)| *quantity != Quantity::of(0))?;
    if year_like(tokens, i)
        || matches!(
            tokens.lex_before(i),
            Lex::Punct('$' | '£' | '€' | '¥' | '#')
        )
    {
        return None;
    }
    let hyphen = tokens.skip_punct(after, '-');
    if hyphen == after && tokens.glued(after) {
        return None;
    }
    let at = if hyphen > after {
        hyphen
    } else {
        tokens.skip(after, ADJECTIVES)
    };
    let (unit, plural) = tokens.unit(at)?;
    let fits = match unit {
        Unit::Second => plural || hyphen > after || tokens.lex(i) == Lex::Cardinal(1),
        Unit::Quarter => plural && quantity != Quantity::of(3) && !tokens.is(at + 1, &["of"]),
        _ => plural || hyphen > after || quantity != Quantity::Unknown,
    };
    if !fits
        || (quantity == Quantity::of(1)
            && unit == Unit::Day
            && hyphen == after
            && !one_day(tokens, i, at))
    {
        return None;
    }
    if let Some(end) = and_a_half(tokens, at + 1).filter(|_| quantity != Quantity::Unknown) {
        return Some((quantity.and_a_half(), unit, end));
    }
    Some((quantity, unit, at + 1))
}

/// Words that may stand between a number and its unit.
const ADJECTIVES: &[&str] = &[
    "straight",
    "consecutive",
    "successive",
    "full",
    "whole",
    "entire",
    "more",
    "additional",
    "further",
    "solid",
    "long",
    "short",
    "working",
    "business",
    "trading",
    "calendar",
    "extra",
    "other",
    "running",
    "of",
];

/// Four plain digits that read as a year: "in 2010 days before" is no duration.
fn year_like(tokens: &Tokens<'_>, i: usize) -> bool {
    matches!(
        tokens.lex(i),
        Lex::Number(1800..=2099, super::lex::Form::Digits(4))
    )
}

/// "one day he will" is no length: what stands around it must measure.
fn one_day(tokens: &Tokens<'_>, i: usize, unit: usize) -> bool {
    tokens.is(
        unit + 1,
        &["after", "before", "later", "earlier", "ago", "and", "ahead"],
    ) || tokens.is_before(
        i,
        &[
            "for", "in", "within", "than", "about", "only", "just", "least", "lasted", "took",
        ],
    )
}

/// "a year", "an hour": one unit, where the words around it measure.
fn single(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, Unit, usize)> {
    let at = match tokens.lex(i) {
        Lex::A => tokens.skip(i + 1, &["full", "whole", "further", "mere"]),
        Lex::Unit(unit) if tokens.is_punct(i + 1, '-') && tokens.is(i + 2, &["long"]) => {
            return Some((Quantity::of(1), unit, i + 1));
        }
        Lex::Key => return one_word(tokens, i),
        _ => return None,
    };
    let (unit, plural) = tokens.unit(at)?;
    if plural || matches!(unit, Unit::Second | Unit::Quarter) {
        return None;
    }
    if let Some(end) = and_a_half(tokens, at + 1) {
        return Some((Quantity::of(1).and_a_half(), unit, end));
    }
    if tokens.is_punct(at + 1, '-') && tokens.is(at + 2, &["long"]) {
        return None;
    }
    let next_measures = tokens.is(
        at + 1,
        &[
            "after", "before", "ago", "later", "earlier", "ahead", "apart", "or", "and", "in",
            "for", "to", "from",
        ],
    ) || matches!(tokens.lex(at + 1), Lex::Punct(_) | Lex::Break | Lex::End);
    let loose =
        matches!(unit, Unit::Day | Unit::Minute) || (unit == Unit::Hour && is_speed(tokens, i));
    let measured = at > i + 1
        || tokens.is_before(
            i,
            &[
                "for", "in", "within", "than", "about", "over", "nearly", "almost", "under",
                "lasted", "took", "around", "half",
            ],
        );
    let fits = if loose {
        !is_speed(tokens, i) && (measured || measures_day(tokens, at))
    } else {
        next_measures || measured
    };
    (fits && !is_noun_phrase(tokens, at)).then_some((Quantity::of(1), unit, at + 1))
}

fn measures_day(tokens: &Tokens<'_>, unit: usize) -> bool {
    tokens.is(
        unit + 1,
        &["after", "before", "ago", "later", "earlier", "ahead"],
    )
}

/// "60 miles an hour"
fn is_speed(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.is_before(
        i,
        &[
            "miles",
            "mile",
            "kilometers",
            "kilometres",
            "km",
            "feet",
            "knots",
            "mph",
        ],
    )
}

/// "a day of mourning", "a month of sundays": the unit heads another phrase.
fn is_noun_phrase(tokens: &Tokens<'_>, unit: usize) -> bool {
    tokens.is(unit + 1, &["when", "that", "which"])
}

/// "weeklong" and its like.
fn one_word(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, Unit, usize)> {
    let unit = match tokens.word(i).to_ascii_lowercase().as_str() {
        "weeklong" => Unit::Week,
        "yearlong" => Unit::Year,
        "monthlong" => Unit::Month,
        "daylong" => Unit::Day,
        _ => return None,
    };
    Some((Quantity::of(1), unit, i + 1))
}

/// "for years", "within hours", "decades-long": nobody counted.
fn bare_plural(tokens: &Tokens<'_>, start: usize, i: usize) -> Option<(Quantity, Unit, usize)> {
    let Lex::Units(unit) = tokens.lex(i) else {
        return None;
    };
    // "94-years-old"
    if tokens.is_before(start, &["-"]) && tokens.glued(start) {
        return None;
    }
    let long = tokens.is_punct(i + 1, '-') && (tokens.is(i + 2, &["long", "old"]));
    let after = tokens.is(
        i + 1,
        &["after", "before", "later", "earlier", "ago", "ahead"],
    );
    let lead = tokens.is_before(
        start,
        &[
            "for",
            "in",
            "within",
            "after",
            "following",
            "over",
            "took",
            "take",
            "takes",
            "lasted",
            "lasting",
            "spent",
            "spend",
            "of",
            "many",
        ],
    );
    let of = unit >= Unit::Week
        && tokens.is(i + 1, &["of"])
        && matches!(
            tokens.lex_before(start),
            Lex::Other | Lex::Punct(',') | Lex::Break | Lex::End
        )
        && !tokens.is_before(
            start,
            &[
                "his", "her", "their", "its", "my", "our", "your", "these", "those", "golden",
            ],
        );
    if !(long || after || lead || of) || unit == Unit::Quarter || unit == Unit::Second && !lead {
        return None;
    }
    // "the end of hours", "days of rage" after "of": only the long units are idiomatic there.
    if tokens.is_before(start, &["of"]) && unit < Unit::Month {
        return None;
    }
    let end = if tokens.is_punct(i + 1, '-') && tokens.is(i + 2, &["old"]) {
        i + 3
    } else {
        i + 1
    };
    Some((Quantity::Unknown, unit, end))
}

/// One past a glued "-long" at token `end`.
fn with_long(tokens: &Tokens<'_>, end: usize) -> usize {
    let long = tokens.is_punct(end, '-') && tokens.is(end + 1, &["long"]);
    if long { end + 2 } else { end }
}

/// "year-old", "years old", "years of age", "aged 12 years", "light years"
fn is_age(tokens: &Tokens<'_>, start: usize, end: usize) -> bool {
    let next = tokens.skip_punct(end, '-');
    tokens.is(next, &["old", "olds"])
        || (tokens.is(end, &["of"]) && tokens.is(end + 1, &["age"]))
        || tokens.is_before(start, &["aged", "light", "age"])
        || (tokens.is_before(start, &["of"]) && start > 1 && tokens.is(start - 2, &["age"]))
}

/// The TIMEX3 value of so many units.
pub(super) fn value(quantity: &Quantity, unit: Unit) -> String {
    match unit {
        Unit::Second => format!("PT{}S", quantity.written(1)),
        Unit::Minute => format!("PT{}M", quantity.written(1)),
        Unit::Hour => format!("PT{}H", quantity.written(1)),
        Unit::Day => format!("P{}D", quantity.written(1)),
        Unit::Week => format!("P{}W", quantity.written(1)),
        Unit::Fortnight => format!("P{}W", quantity.written(2)),
        Unit::Month => format!("P{}M", quantity.written(1)),
        Unit::Quarter => format!("P{}M", quantity.written(3)),
        Unit::Year => format!("P{}Y", quantity.written(1)),
        Unit::Decade => format!("P{}Y", quantity.written(10)),
        Unit::Century => format!("P{}Y", quantity.written(100)),
    }
}
