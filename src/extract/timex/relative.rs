//! Units that count from the document or the narrative: "last week", "this year", "the next day",
//! "three years ago", "two days later", "the same month", "the year" in "by the end of the year".

use super::super::TimexKind;
use super::calendar::steps_of;
use super::duration::{approximation, counted};
use super::expression::{Expression, From, Match};
use super::lex::{Deixis, Lex, Unit};
use super::quantity::Quantity;
use super::tokens::Tokens;

/// The relative date that begins at token `i`.
pub(super) fn relative_date(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Deixis(deixis) => pointed_unit(tokens, i, deixis, false),
        Lex::The => after_the(tokens, i),
        Lex::A if tokens.is_punct(i + 2, '-') => None,
        Lex::Unit(unit) => ago_adjective(tokens, i, unit),
        _ => None,
    }
    .or_else(|| counted_steps(tokens, i))
}

fn after_the(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i + 1) {
        Lex::Deixis(deixis) => pointed_unit(tokens, i + 1, deixis, true),
        Lex::Unit(unit) => neighbour(tokens, i, unit).or_else(|| the_unit(tokens, i, unit)),
        Lex::Key if tokens.is(i + 1, &["new"]) && tokens.lex(i + 2) == Lex::Unit(Unit::Year) => {
            None
        }
        Lex::Other if tokens.is(i + 1, &["entire", "whole", "full"]) => match tokens.lex(i + 2) {
            Lex::Unit(unit @ (Unit::Month | Unit::Year)) => Some((
                Expression::Steps {
                    unit,
                    steps: 0,
                    from: From::NarrativeOrDocument,
                },
                i + 3,
            )),
            _ => None,
        },
        _ => None,
    }
}

/// "last week", "the previous year", "this past month", "the same day"
fn pointed_unit(tokens: &Tokens<'_>, i: usize, deixis: Deixis, the: bool) -> Option<Match> {
    let (deixis, at) = match (deixis, tokens.lex(i + 1)) {
        (Deixis::This, Lex::Deixis(Deixis::Past)) => (Deixis::Last, i + 2),
        (Deixis::This, Lex::Deixis(Deixis::Coming)) => (Deixis::Next, i + 2),
        (Deixis::This | Deixis::Same, Lex::Deixis(Deixis::Same)) => (Deixis::Same, i + 2),
        _ => (deixis, i + 1),
    };
    let at = tokens.skip(at, &["calendar", "very", "fiscal", "financial"]);
    let Lex::Unit(unit) = tokens.lex(at) else {
        return None;
    };
    if tokens.is_punct(at + 1, '-') && tokens.glued(at + 1) && tokens.lex(at + 2) != Lex::Key {
        return None;
    }
    let refused = match deixis {
        // "the last day of", "the last minute": the end of something else.
        Deixis::Last if the => unit < Unit::Week || tokens.is(at + 1, &["of"]),
        Deixis::Last | Deixis::Coming => unit < Unit::Week,
        Deixis::This => unit < Unit::Day || tokens.is_capital(i) && tokens.is(i, &["current"]),
        Deixis::Next => {
            unit < Unit::Day || (!the && unit == Unit::Day && !tokens.opens_sentence(i))
        }
        // "that year" points; "said that day labourers" does not.
        Deixis::Same => {
            unit < Unit::Day
                || (tokens.lex(at + 1) == Lex::Other
                    && tokens.lex(i) == Lex::Deixis(Deixis::Same)
                    && !the
                    && !is_closed(tokens, at + 1))
        }
        _ => unit < Unit::Day,
    };
    if refused {
        return None;
    }
    let (steps, mut from) = steps_of(deixis)?;
    if the && deixis == Deixis::Next {
        from = From::NarrativeOrDocument;
    }
    if deixis == Deixis::Same && the {
        from = From::NarrativeOrDocument;
    }
    let day = Expression::Steps { unit, steps, from };
    Some((day, at + 1))
}

/// A small word, after which "that year" is complete.
fn is_closed(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.is(
        i,
        &[
            "in", "on", "at", "to", "for", "and", "but", "by", "with", "he", "she", "they", "it",
            "we", "was", "were", "had", "when", "from", "after", "as", "would", "will", "against",
            "is", "also", "alone",
        ],
    )
}

/// "the day before", "the year after", standing alone.
fn neighbour(tokens: &Tokens<'_>, i: usize, unit: Unit) -> Option<Match> {
    let steps = match tokens.word(i + 2) {
        "before" | "earlier" => -1,
        "after" | "later" => 1,
        _ => return None,
    };
    let alone = matches!(
        tokens.lex(i + 3),
        Lex::Punct('.' | ',' | ';' | ')' | '!' | '?') | Lex::Break | Lex::End
    );
    (alone && unit >= Unit::Day).then_some((
        Expression::Steps {
            unit,
            steps,
            from: From::NarrativeOrDocument,
        },
        i + 3,
    ))
}

/// "for the day", "by the end of the year", "this time of the year" not.
fn the_unit(tokens: &Tokens<'_>, i: usize, unit: Unit) -> Option<Match> {
    let before = tokens.word_before(i, 1).to_ascii_lowercase();
    let before = before.as_str();
    let closes = matches!(
        tokens.lex(i + 2),
        Lex::Punct('.' | ',' | ';' | ')') | Lex::Break | Lex::End
    ) || tokens.is(
        i + 2,
        &[
            "at", "with", "on", "down", "up", "in", "as", "and", "by", "to", "after", "below",
            "above", "after",
        ],
    );
    let trading = matches!(
        before,
        "end"
            | "ended"
            | "ending"
            | "ends"
            | "finish"
            | "finished"
            | "finishing"
            | "close"
            | "closed"
            | "closing"
            | "start"
            | "started"
            | "began"
    );
    let rest = before == "of"
        && i > 1
        && tokens.is(i - 2, &["rest", "remainder", "course", "most", "much"]);
    let led = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => false,
        _ if rest => true,
        Unit::Day => trading || (before == "for" && closes),
        Unit::Week | Unit::Month | Unit::Quarter | Unit::Year => {
            (trading || matches!(before, "for" | "during")) && closes
        }
        _ => false,
    };
    (led && closes).then_some((
        Expression::Steps {
            unit,
            steps: 0,
            from: From::NarrativeOrDocument,
        },
        i + 2,
    ))
}

/// "the year" wherever another rule has already said that a time follows ("the end of the year").
pub(super) fn marked_unit(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let the = i + usize::from(tokens.lex(i) == Lex::The);
    let Lex::Unit(
        unit @ (Unit::Day
        | Unit::Week
        | Unit::Month
        | Unit::Quarter
        | Unit::Year
        | Unit::Decade
        | Unit::Century),
    ) = tokens.lex(the)
    else {
        return None;
    };
    (the > i).then_some((
        Expression::Steps {
            unit,
            steps: 0,
            from: From::Document,
        },
        the + 1,
    ))
}

/// "three years ago", "two days later", "a year earlier", "two weeks from now"
fn counted_steps(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let at = approximation(tokens, i);
    let (quantity, unit, end) = counted(tokens, at)
        .or_else(|| one(tokens, at))
        .or_else(|| uncounted(tokens, at))?;
    let (sign, from, end) = direction(tokens, end)?;
    let Some(count) = quantity.whole() else {
        return Some((unknown(&quantity, unit, sign), end));
    };
    Some((
        Expression::Steps {
            unit,
            steps: sign * count,
            from,
        },
        end,
    ))
}

fn one(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, Unit, usize)> {
    let (unit, plural) = tokens.unit(i + 1)?;
    (matches!(tokens.lex(i), Lex::A | Lex::Cardinal(1)) && !plural).then_some((
        Quantity::of(1),
        unit,
        i + 2,
    ))
}

/// "years ago"
fn uncounted(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, Unit, usize)> {
    match tokens.lex(i) {
        Lex::Units(unit) => Some((Quantity::Unknown, unit, i + 1)),
        _ => None,
    }
}

fn direction(tokens: &Tokens<'_>, i: usize) -> Option<(i32, From, usize)> {
    let next = tokens.word(i);
    if tokens.is(i + 1, &["than"]) {
        return None;
    }
    if next.eq_ignore_ascii_case("ago") {
        return Some((-1, From::Document, i + 1));
    }
    if next.eq_ignore_ascii_case("earlier") {
        return Some((-1, From::NarrativeOrDocument, i + 1));
    }
    if next.eq_ignore_ascii_case("later") {
        return Some((1, From::Narrative, i + 1));
    }
    (tokens.is(i, &["from"]) && tokens.is(i + 1, &["now", "today"])).then_some((
        1,
        From::Document,
        i + 2,
    ))
}

/// The value of an uncounted number of steps.
///
/// Half years are whole months; any other fraction is as vague as "several".
fn unknown(quantity: &Quantity, unit: Unit, sign: i32) -> Expression {
    match (quantity, unit) {
        (Quantity::Exact { halves }, Unit::Year) if sign < 0 => Expression::Steps {
            unit: Unit::Month,
            steps: halves.saturating_mul(-6),
            from: From::Document,
        },
        _ if sign < 0 => Expression::Fixed(TimexKind::Date, "PAST_REF".to_owned()),
        _ => Expression::Fixed(TimexKind::Date, "FUTURE_REF".to_owned()),
    }
}

/// "year-ago", "year-earlier"
fn ago_adjective(tokens: &Tokens<'_>, i: usize, unit: Unit) -> Option<Match> {
    (tokens.is_punct(i + 1, '-') && tokens.is(i + 2, &["ago", "earlier"])).then_some((
        Expression::Steps {
            unit,
            steps: -1,
            from: From::Document,
        },
        i + 3,
    ))
}
