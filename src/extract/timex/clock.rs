//! Times of day: "6:40 p.m. (GMT +8)", "18:00 UTC", "1800 GMT", "10am on Friday", "noon",
//! "8 o'clock", "2017-03-27T10:00".

use super::expression::{Expression, Match};
use super::lex::{Form, Lex};
use super::stage::any_date;
use super::tokens::Tokens;

/// An hour and minute read so far, and one past its last token.
struct Clock {
    hour: u32,
    minute: Option<u32>,
    end: usize,
    /// Whether something besides the digits says that this is a time.
    sure: bool,
}

/// The time of day that begins at token `i`.
pub(super) fn clock_time(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if let Some(found) = dated_clock(tokens, i) {
        return Some(found);
    }
    let clock = named(tokens, i)
        .or_else(|| digital(tokens, i))
        .or_else(|| spoken(tokens, i))?;
    let (zone, end) = zone(tokens, clock.end).unwrap_or((String::new(), clock.end));
    let sure =
        clock.sure || end > clock.end || asked_for(tokens, i, &clock) || in_range(tokens, i, end);
    if !sure {
        return None;
    }
    let (clock, end) = in_the_part(tokens, clock, end);
    let text = written(&clock, &zone);
    let day = any_date(tokens, tokens.skip_punct(end, ',')).filter(|(day, _)| day.is_day());
    Some(match day {
        Some((day, end)) => (
            Expression::Clock {
                day: Some(Box::new(day)),
                clock: text,
            },
            end,
        ),
        None => (
            Expression::Clock {
                day: None,
                clock: text,
            },
            end,
        ),
    })
}

fn written(clock: &Clock, zone: &str) -> String {
    match clock.minute {
        Some(minute) => format!("T{:02}:{minute:02}{zone}", clock.hour),
        None => format!("T{:02}:00{zone}", clock.hour),
    }
}

/// "10:30" is a time after "at 10:30", not as a score or a ratio.
fn asked_for(tokens: &Tokens<'_>, i: usize, clock: &Clock) -> bool {
    clock.minute.is_some()
        && tokens.is_before(
            i,
            &[
                "at",
                "by",
                "from",
                "until",
                "till",
                "around",
                "about",
                "since",
                "before",
                "after",
                "between",
                "approximately",
            ],
        )
}

/// "08:00 - 20:00", "21:38, 14 January 2007"
fn in_range(tokens: &Tokens<'_>, i: usize, end: usize) -> bool {
    let minute = |at: usize| tokens.is_punct(at, ':') && tokens.glued(at) && tokens.glued(at + 1);
    let forward = tokens.is_punct(end, '-') && minute(end + 2);
    let back = i >= 4 && tokens.is_punct(i - 1, '-') && minute(i - 3);
    let dated =
        tokens.is_punct(end, ',') && any_date(tokens, end + 1).is_some_and(|(day, _)| day.is_day());
    minute(i + 1) && (forward || back || dated)
}

/// "eight in the evening", "11 o'clock at night"
fn in_the_part(tokens: &Tokens<'_>, clock: Clock, end: usize) -> (Clock, usize) {
    let at = match (tokens.word(end), tokens.lex(end + 1)) {
        ("in", Lex::The) => end + 2,
        ("at", Lex::PartOfDay("NI")) => end + 1,
        _ => return (clock, end),
    };
    let Lex::PartOfDay(part) = tokens.lex(at) else {
        return (clock, end);
    };
    let hour = if part != "MO" && (1..12).contains(&clock.hour) {
        clock.hour + 12
    } else {
        clock.hour
    };
    (Clock { hour, ..clock }, at + 1)
}

fn named(tokens: &Tokens<'_>, i: usize) -> Option<Clock> {
    let hour = match tokens.word(i).to_ascii_lowercase().as_str() {
        "noon" | "midday" => 12,
        "midnight" => 24,
        _ => return None,
    };
    let name = tokens.is_capital(i) && !tokens.opens_sentence(i);
    (!name && !tokens.is_before(i, &["high"])).then_some(Clock {
        hour,
        minute: None,
        end: i + 1,
        sure: true,
    })
}

/// "10:30", "10.30 am", "10 p.m.", "1800 GMT"
fn digital(tokens: &Tokens<'_>, i: usize) -> Option<Clock> {
    if matches!(
        tokens.lex_before(i),
        Lex::Punct('$' | '£' | '€' | ':' | '-' | '/' | '.')
    ) && tokens.glued(i)
        && !tokens.is_before(i, &["—"])
    {
        let range = matches!(tokens.lex_before(i), Lex::Punct('-'))
            && matches!(
                i.checked_sub(2).map(|b| tokens.lex(b)),
                Some(Lex::Number(..))
            );
        if !range {
            return None;
        }
    }
    match tokens.lex(i) {
        Lex::Number(hour @ 0..=24, Form::Digits(1 | 2)) => {
            let (minute, end) =
                minutes(tokens, i + 1).map_or((None, i + 1), |(minute, end)| (Some(minute), end));
            with_meridiem(tokens, hour, minute, end)
        }
        Lex::Number(hour @ 0..=12, Form::Decimal) => {
            let minute = tokens.word(i).split_once('.')?.1;
            let minute = (minute.len() == 2)
                .then(|| minute.parse().ok())?
                .filter(|minute| *minute < 60)?;
            with_meridiem(tokens, hour, Some(minute), i + 1).filter(|clock| clock.sure)
        }
        Lex::Number(time @ 0..=2359, Form::Digits(4)) if time % 100 < 60 => {
            let clock = Clock {
                hour: time / 100,
                minute: Some(time % 100),
                end: i + 1,
                sure: false,
            };
            zone(tokens, i + 1).or_else(|| hours(tokens, i + 1))?;
            let end = hours(tokens, i + 1).map_or(i + 1, |(_, end)| end);
            Some(Clock {
                end,
                sure: true,
                ..clock
            })
        }
        _ => None,
    }
}

fn hours(tokens: &Tokens<'_>, i: usize) -> Option<(String, usize)> {
    (tokens.is(i, &["hrs"])).then(|| (String::new(), i + 1))
}

/// ":30" or ":30:15"
fn minutes(tokens: &Tokens<'_>, i: usize) -> Option<(u32, usize)> {
    if !tokens.is_punct(i, ':') || !tokens.glued(i) || !tokens.glued(i + 1) {
        return None;
    }
    let Lex::Number(minute @ 0..=59, Form::Digits(2)) = tokens.lex(i + 1) else {
        return None;
    };
    let seconds = tokens.is_punct(i + 2, ':')
        && tokens.glued(i + 2)
        && matches!(tokens.lex(i + 3), Lex::Number(0..=60, Form::Digits(2)));
    Some((minute, if seconds { i + 4 } else { i + 2 }))
}

/// Applies "a.m." or "p.m." where it follows; without minutes it must.
fn with_meridiem(tokens: &Tokens<'_>, hour: u32, minute: Option<u32>, end: usize) -> Option<Clock> {
    let Some((afternoon, after)) = meridiem(tokens, end) else {
        return minute.map(|_| Clock {
            hour,
            minute,
            end,
            sure: false,
        });
    };
    let hour = match (hour, afternoon) {
        (12, false) => 0,
        (1..=11, true) => hour + 12,
        _ => hour,
    };
    Some(Clock {
        hour,
        minute,
        end: after,
        sure: true,
    })
}

/// "a.m.", "pm", "p.m" at token `i`: whether it is the afternoon, and one past it.
fn meridiem(tokens: &Tokens<'_>, i: usize) -> Option<(bool, usize)> {
    if tokens.is(i, &["am", "pm"]) {
        let big = tokens.is(i, &["am"]) && !tokens.glued(i) && tokens.is_before(i, &["i"]);
        return (!big).then(|| (tokens.is(i, &["pm"]), i + 1));
    }
    let letters = tokens.is(i, &["a", "p"])
        && tokens.is_punct(i + 1, '.')
        && tokens.is(i + 2, &["m"])
        && tokens.glued(i + 2);
    letters.then(|| (tokens.is(i, &["p"]), tokens.skip_punct(i + 3, '.')))
}

/// "8 o'clock", "eight o'clock"
fn spoken(tokens: &Tokens<'_>, i: usize) -> Option<Clock> {
    let hour = match tokens.lex(i) {
        Lex::Number(hour @ 1..=12, Form::Digits(1 | 2)) => hour,
        Lex::Cardinal(hour @ 1..=12) => u32::from(hour),
        _ => return None,
    };
    let oclock =
        tokens.is(i + 1, &["o"]) && tokens.is_punct(i + 2, '\'') && tokens.is(i + 3, &["clock"]);
    oclock.then_some(Clock {
        hour,
        minute: None,
        end: i + 4,
        sure: true,
    })
}

/// Zones that news names; those at Greenwich are written `Z`, the others only belong to the span.
const ZONES: &[&str] = &[
    "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "ET", "CT", "PT", "BST", "CET", "CEST",
    "EET", "EEST", "MSK", "IST", "JST", "AEST", "AEDT", "HKT", "SGT", "WIB", "PKT", "WAT", "CAT",
    "EAT", "SAST",
];

/// A time zone at token `i` as the value writes it, and one past it.
fn zone(tokens: &Tokens<'_>, i: usize) -> Option<(String, usize)> {
    let open = tokens.skip_punct(i, '(');
    let (zone, end) = match tokens.word(open) {
        "GMT" | "UTC" => greenwich(tokens, open + 1),
        "Z" if open == i && tokens.glued(i) => ("Z".to_owned(), i + 1),
        word if ZONES.contains(&word) => (String::new(), open + 1),
        _ if tokens.is(i, &["local"]) && tokens.is(i + 1, &["time"]) => (String::new(), i + 2),
        _ => return None,
    };
    match (open > i, tokens.is_punct(end, ')')) {
        (true, true) => Some((zone, end + 1)),
        (true, false) => None,
        (false, _) => Some((zone, end)),
    }
}

/// "GMT", "GMT +8", "UTC+3"
fn greenwich(tokens: &Tokens<'_>, i: usize) -> (String, usize) {
    let sign = match tokens.lex(i) {
        Lex::Punct('+') => '+',
        Lex::Punct('-') => '-',
        _ => return ("Z".to_owned(), i),
    };
    match tokens.lex(i + 1) {
        Lex::Number(hours @ 0..=14, Form::Digits(1 | 2)) if tokens.glued(i + 1) => {
            (format!("{sign}{hours:02}:00"), i + 2)
        }
        _ => ("Z".to_owned(), i),
    }
}

/// "2017-03-27T10:00:00Z" and "2017-03-27 10:00"
fn dated_clock(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if !matches!(tokens.lex(i), Lex::Number(1000..=2199, Form::Digits(4)))
        || !tokens.is_punct(i + 1, '-')
    {
        return None;
    }
    let (day, end) = any_date(tokens, i).filter(|(day, end)| day.is_day() && *end == i + 5)?;
    let (hour, at) = match tokens.lex(end) {
        Lex::Number(hour @ 0..=24, Form::Digits(2)) => (hour, end + 1),
        Lex::Other if tokens.glued(end) => {
            (tokens.word(end).strip_prefix('T')?.parse().ok()?, end + 1)
        }
        _ => return None,
    };
    let (minute, end) = minutes(tokens, at)?;
    if hour > 24 {
        return None;
    }
    let (zone, end) = zone(tokens, end).unwrap_or((String::new(), end));
    let clock = format!("T{hour:02}:{minute:02}{zone}");
    Some((
        Expression::Clock {
            day: Some(Box::new(day)),
            clock,
        },
        end,
    ))
}
