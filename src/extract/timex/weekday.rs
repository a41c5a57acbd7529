//! Weekdays, and days that count from today: "Monday", "last Friday", "Tuesday of last week",
//! "Monday, March 27", "yesterday morning", "tonight", "the day before yesterday".

use super::calendar::calendar_date;
use super::expression::{Expression, From, Match, Pointer, YearPart};
use super::lex::{Deixis, Lex, Unit};
use super::tokens::Tokens;

/// The weekday or near day that begins at token `i`.
pub(super) fn weekday(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Weekday(day) => named(tokens, i, day, i + 1, Pointer::Unsaid),
        Lex::ShortWeekday(day) => short(tokens, i, day),
        Lex::Weekdays(day) => plural(tokens, i, day),
        Lex::Deixis(deixis) => pointed(tokens, i, deixis),
        Lex::The => pointed_after_the(tokens, i),
        Lex::Day(steps) => near_day(tokens, i, steps),
        Lex::Key if tokens.is(i, &["overnight"]) => Some((
            Expression::PartOfDay {
                day: None,
                part: "NI",
            },
            i + 1,
        )),
        Lex::Tonight => is_common(tokens, i).then(|| (part_of(today(0), "NI"), i + 1)),
        _ => None,
    }
}

/// The day `steps` days from the document date.
const fn today(steps: i32) -> Expression {
    Expression::Steps {
        unit: Unit::Day,
        steps,
        from: From::Document,
    }
}

fn part_of(day: Expression, part: &'static str) -> Expression {
    Expression::PartOfDay {
        day: Some(Box::new(day)),
        part,
    }
}

/// A day and, when one follows, its morning, afternoon, evening or night.
fn with_part(tokens: &Tokens<'_>, day: Expression, end: usize) -> Match {
    match tokens.lex(end) {
        Lex::PartOfDay(part) if !(tokens.is_capital(end) && tokens.is_capital(end + 1)) => {
            (part_of(day, part), end + 1)
        }
        _ => (day, end),
    }
}

/// Words that make a weekday a name: before it, and (capitalised) after it.
const NAME_BEFORE: &[&str] = &[
    "good", "black", "bloody", "super", "easter", "palm", "cyber", "ash", "holy", "maundy", "fat",
    "shrove", "giving", "casual",
];
const NAME_AFTER: &[&str] = &[
    "times",
    "telegraph",
    "mirror",
    "express",
    "herald",
    "mail",
    "world",
    "sun",
    "post",
    "independent",
    "tribune",
    "league",
    "agreement",
    "school",
    "mass",
    "people",
];

/// "Monday", "Monday morning", "Monday, March 27", "Monday of last week"
fn named(tokens: &Tokens<'_>, i: usize, day: i8, end: usize, pointer: Pointer) -> Option<Match> {
    let capital = tokens.is_capital(i);
    let part_of_name =
        (capital && i > 0 && tokens.is_capital(i - 1) && tokens.is_before(i, NAME_BEFORE))
            || (tokens.is_capital(end) && tokens.is(end, NAME_AFTER));
    if part_of_name {
        return None;
    }
    if let Some(dated) = with_date(tokens, end) {
        return Some(dated);
    }
    if pointer == Pointer::Unsaid
        && let Some((steps, end)) = week_after(tokens, end)
    {
        return Some((
            Expression::Weekday {
                day,
                pointer: Pointer::Week(steps),
            },
            end,
        ));
    }
    Some(with_part(tokens, Expression::Weekday { day, pointer }, end))
}

/// "Monday, March 27, 2017": the date says it all.
fn with_date(tokens: &Tokens<'_>, end: usize) -> Option<Match> {
    let at = tokens.skip_punct(end, ',');
    let the = at + usize::from(tokens.lex(at) == Lex::The);
    let (expression, after) = calendar_date(tokens, the)?;
    let day = matches!(
        expression,
        Expression::InYear(_, YearPart::Day(..)) | Expression::EitherOrder { .. }
    );
    day.then_some((expression, after))
}

/// "of last week", "next week" after a weekday, in weeks.
fn week_after(tokens: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
    let at = tokens.skip(i, &["of"]);
    if tokens.lex(at + 1) != Lex::Unit(Unit::Week) {
        return None;
    }
    match tokens.lex(at) {
        Lex::Deixis(Deixis::Last) => Some((-1, at + 2)),
        Lex::Deixis(Deixis::This) => Some((0, at + 2)),
        Lex::Deixis(Deixis::Next) => Some((1, at + 2)),
        _ => None,
    }
}

/// "Thurs.", "Fri, 3 March": a short form needs its full stop before a small word, or a date.
fn short(tokens: &Tokens<'_>, i: usize, day: i8) -> Option<Match> {
    let end = i + 1 + usize::from(tokens.is_punct(i + 1, '.') && tokens.glued(i + 1));
    if let Some(dated) = with_date(tokens, end) {
        return Some(dated);
    }
    let clear = tokens.is(i, &["tues", "thurs", "thur", "weds"])
        || tokens.is_before(i, &["on", "last", "next"]);
    (clear && end > i + 1).then(|| {
        with_part(
            tokens,
            Expression::Weekday {
                day,
                pointer: Pointer::Unsaid,
            },
            end,
        )
    })
}

/// "Mondays", "Saturday nights" is read by [`named`]; here the set of all such days.
fn plural(tokens: &Tokens<'_>, i: usize, day: i8) -> Option<Match> {
    let named = tokens.is_capital(i + 1) && tokens.lex(i + 1) == Lex::Other;
    (!named).then(|| (Expression::set(format!("XXXX-WXX-{day}")), i + 1))
}

/// "last Monday", "this coming Friday", "next Tuesday evening"
fn pointed(tokens: &Tokens<'_>, i: usize, deixis: Deixis) -> Option<Match> {
    let (deixis, at) = match (deixis, tokens.lex(i + 1)) {
        (
            Deixis::This,
            Lex::Deixis(inner @ (Deixis::Past | Deixis::Coming | Deixis::Last | Deixis::Next)),
        ) => (inner, i + 2),
        _ => (deixis, i + 1),
    };
    match tokens.lex(at) {
        // "they said that Monday" does not point.
        Lex::Weekday(_) if tokens.is(i, &["that"]) && !tokens.opens_sentence(i) => None,
        Lex::Weekday(day) => named(tokens, at, day, at + 1, Pointer::Deictic(deixis)),
        Lex::PartOfDay(part) => part_of_day(tokens, i, deixis, part, at + 1),
        Lex::Weekend if deixis != Deixis::Same => {
            let steps = match deixis {
                Deixis::Last | Deixis::Past | Deixis::Previous => -1,
                Deixis::This | Deixis::Same => 0,
                _ => 1,
            };
            Some((Expression::Weekend { steps }, at + 1))
        }
        _ => None,
    }
}

/// "last night", "this morning", "that evening", "the next morning"
fn part_of_day(
    tokens: &Tokens<'_>,
    i: usize,
    deixis: Deixis,
    part: &'static str,
    end: usize,
) -> Option<Match> {
    if tokens.is_capital(i) && tokens.is_capital(end - 1) && tokens.is_capital(end) {
        return None;
    }
    let day = match deixis {
        Deixis::Last => today(-1),
        Deixis::This => today(0),
        Deixis::Next | Deixis::Following => Expression::Steps {
            unit: Unit::Day,
            steps: 1,
            from: From::NarrativeOrDocument,
        },
        Deixis::Previous => Expression::Steps {
            unit: Unit::Day,
            steps: -1,
            from: From::NarrativeOrDocument,
        },
        Deixis::Same => Expression::Steps {
            unit: Unit::Day,
            steps: 0,
            from: From::NarrativeOrDocument,
        },
        Deixis::Past | Deixis::Coming => return None,
    };
    Some((part_of(day, part), end))
}

/// "the day before yesterday", "the following Monday", "the morning of March 27", "the weekend"
fn pointed_after_the(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i + 1) {
        Lex::Deixis(
            deixis @ (Deixis::Next
            | Deixis::Following
            | Deixis::Previous
            | Deixis::Same
            | Deixis::Coming),
        ) => pointed(tokens, i + 1, deixis),
        Lex::Unit(Unit::Day)
            if tokens.is(i + 2, &["before"]) && tokens.lex(i + 3) == Lex::Day(-1) =>
        {
            Some((today(-2), i + 4))
        }
        Lex::Unit(Unit::Day)
            if tokens.is(i + 2, &["after"]) && tokens.lex(i + 3) == Lex::Day(1) =>
        {
            Some((today(2), i + 4))
        }
        Lex::PartOfDay(part) => the_part(tokens, i, part),
        Lex::Weekend if tokens.is_before(i, &["over", "at", "during", "for", "on", "of"]) => {
            Some((Expression::Weekend { steps: -1 }, i + 2))
        }
        _ => None,
    }
}

/// "the morning of March 27", "in the morning"
fn the_part(tokens: &Tokens<'_>, i: usize, part: &'static str) -> Option<Match> {
    if tokens.is(i + 2, &["of", "after"]) {
        // No part of the day inside another: a text that repeats one must not nest without end.
        if matches!(tokens.lex(i + 4), Lex::PartOfDay(_)) {
            return None;
        }
        let (day, end) = calendar_date(tokens, i + 3).or_else(|| weekday(tokens, i + 3))?;
        return (tokens.is(i + 2, &["of"]) && day.is_day()).then(|| (part_of(day, part), end));
    }
    tokens
        .is_before(i, &["in", "during", "by", "on", "for", "of"])
        .then_some((Expression::PartOfDay { day: None, part }, i + 2))
}

/// "yesterday", "tomorrow morning"
fn near_day(tokens: &Tokens<'_>, i: usize, steps: i32) -> Option<Match> {
    is_common(tokens, i).then(|| with_part(tokens, today(steps), i + 1))
}

/// Whether a word is not part of a name such as "USA Today".
fn is_common(tokens: &Tokens<'_>, i: usize) -> bool {
    let word = tokens.word(i);
    let all_capitals = word.chars().all(char::is_uppercase);
    !tokens.is_capital(i)
        || all_capitals
        || tokens.opens_sentence(i)
            && !(tokens.is_capital(i + 1) && tokens.is(i + 1, &["show", "programme", "program"]))
}
