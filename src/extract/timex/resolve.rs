//! Fills the holes of an [`Expression`] from the document date, the narrative and the tense, and
//! writes the TIMEX3 value. All calendar arithmetic is jiff's.
//!
//! What neither of them fixes stays `X`, so that the same text can be resolved again once its
//! document is dated.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span as Calendar, ToSpan};

use super::super::TimexKind;
use super::expression::{Expression, From, Pointer, YearPart, YearRef};
use super::lex::{Deixis, Season, Unit};
use super::tense::Tense;

/// What is known at one point of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// The document creation time.
    pub(super) dct: Option<Date>,
    /// The last day told.
    pub(super) day: Option<Date>,
    /// The first day of the last date told, whatever its length.
    pub(super) narrative: Option<Date>,
    /// A date told earlier in the same sentence with its year, for a bare month and day after it.
    pub(super) sentence: Option<Date>,
    /// The first day of the quarter told last, when no other time was told since: "a year earlier"
    /// then means that quarter of the year before.
    pub(super) quarter: Option<Date>,
    /// The tense of the words around the expression.
    pub(super) tense: Tense,
}

impl Context {
    fn base(&self, from: From) -> Option<Date> {
        match from {
            From::Document => self.dct,
            From::Narrative => self.narrative,
            From::NarrativeOrDocument => self.narrative.or(self.dct),
        }
    }

    fn day_base(&self, from: From) -> Option<Date> {
        match from {
            From::Document => self.dct,
            From::Narrative => self.day,
            From::NarrativeOrDocument => self.day.or(self.dct),
        }
    }
}

/// A value and the first day it covers, where there is one.
pub(super) struct Resolved {
    pub(super) kind: TimexKind,
    pub(super) value: String,
    pub(super) start: Option<Date>,
    /// Whether the value is a day or lies within one.
    pub(super) is_day: bool,
}

impl Resolved {
    fn date(value: String, start: Option<Date>, is_day: bool) -> Self {
        Self {
            kind: TimexKind::Date,
            value,
            start,
            is_day,
        }
    }

    fn day(date: Option<Date>) -> Self {
        Self::date(unit_value(Unit::Day, date), date, true)
    }
}

/// Resolves one expression.
pub(super) fn resolve(expression: &Expression, context: &Context) -> Resolved {
    match expression {
        Expression::Fixed(kind, value) => Resolved {
            kind: *kind,
            value: value.clone(),
            start: decade_start(value),
            is_day: false,
        },
        Expression::InYear(year, part) => in_year(*year, *part, context),
        Expression::EitherOrder {
            year,
            first,
            second,
        } => either_order(*year, *first, *second, context),
        Expression::Weekday { day, pointer } => weekday(*day, *pointer, context),
        Expression::Steps { unit, steps, from } => steps_away(*unit, *steps, *from, context),
        Expression::Weekend { steps } => weekend(*steps, context),
        Expression::PartOfDay { day, part } => {
            within_day(day.as_deref(), &format!("T{part}"), context)
        }
        Expression::Clock { day, clock } => within_day(day.as_deref(), clock, context),
        Expression::DayOfMonth(day) => day_of_month(*day, context),
    }
}

fn decade_start(value: &str) -> Option<Date> {
    let year: i16 = value.parse().ok()?;
    match value.len() {
        4 => first_of(year),
        3 => first_of(year.checked_mul(10)?),
        _ => None,
    }
}

fn first_of(year: i16) -> Option<Date> {
    Date::new(year, 1, 1).ok()
}

// --- parts of a year ---------------------------------------------------------------------------

fn in_year(year: YearRef, part: YearPart, context: &Context) -> Resolved {
    let year = match year {
        YearRef::Known(year) => Some(year),
        YearRef::Steps(steps, from) => context
            .base(from)
            .and_then(|base| base.year().checked_add(i16::try_from(steps).ok()?)),
        YearRef::Unsaid => unsaid_year(part, context),
        YearRef::Deictic(deixis) => deictic_year(deixis, part, context),
    };
    let start = year
        .and_then(|year| bounds(year, part))
        .map(|(first, _)| first);
    let is_day = matches!(part, YearPart::Day(..) | YearPart::NthWeekday { .. });
    Resolved::date(part_value(year, part), start, is_day)
}

/// The value of a part of a year, `XXXX` for an unknown year.
fn part_value(year: Option<i16>, part: YearPart) -> String {
    let written = year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
    match part {
        YearPart::Whole => written,
        YearPart::Fiscal => format!("FY{written}"),
        YearPart::Half(half) => format!("{written}-H{half}"),
        YearPart::Quarter(quarter) => format!("{written}-Q{quarter}"),
        YearPart::Season(season) => format!("{written}-{}", season_code(season)),
        YearPart::Month(month) => format!("{written}-{month:02}"),
        YearPart::Day(month, day) => format!("{written}-{month:02}-{day:02}"),
        YearPart::NthWeekday { month, .. } => year.and_then(|year| bounds(year, part)).map_or_else(
            || format!("{written}-{month:02}-XX"),
            |(day, _)| day.to_string(),
        ),
    }
}

const fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// First and last day of a part of `year`; seasons as in the meteorology of the northern half.
fn bounds(year: i16, part: YearPart) -> Option<(Date, Date)> {
    let months = |first: i8, count: i32| {
        let start = Date::new(year, first, 1).ok()?;
        Some((
            start,
            start.checked_add(count.months()).ok()?.yesterday().ok()?,
        ))
    };
    match part {
        YearPart::Whole | YearPart::Fiscal => months(1, 12),
        YearPart::Half(half) => months(half * 6 - 5, 6),
        YearPart::Quarter(quarter) => months(quarter * 3 - 2, 3),
        YearPart::Season(Season::Spring) => months(3, 3),
        YearPart::Season(Season::Summer) => months(6, 3),
        YearPart::Season(Season::Autumn) => months(9, 3),
        YearPart::Season(Season::Winter) => months(12, 3),
        YearPart::Month(month) => months(month, 1),
        YearPart::Day(month, day) => Date::new(year, month, day).ok().map(|date| (date, date)),
        YearPart::NthWeekday {
            month,
            nth,
            weekday,
        } => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            let date = Date::new(year, month, 1)
                .ok()?
                .nth_weekday_of_month(nth, weekday)
                .ok()?;
            Some((date, date))
        }
    }
}

/// Decides the year of "March 27" or "the third quarter".
///
/// The weights are guesses, checked by reading resolved dates of Wikipedia's daily news: news looks
/// back more than forward, and a day of last month is not meant by "will" a year ahead.
fn unsaid_year(part: YearPart, context: &Context) -> Option<i16> {
    if let Some(year) = sentence_year(part, context) {
        return Some(year);
    }
    let dct = context.dct?;
    match (context.tense, part) {
        (Tense::Future, YearPart::Day(..)) => nearest_year(part, dct, [4, 1]),
        (Tense::Future, _) => deictic_year(Deixis::Coming, part, context),
        (_, YearPart::Quarter(_) | YearPart::Half(_)) => nearest_year(part, dct, [1, 1]),
        (Tense::Past, YearPart::Day(..)) => nearest_year(part, dct, [1, 30]),
        (Tense::Past, _) => deictic_year(Deixis::Past, part, context),
        (Tense::Unknown, YearPart::Day(..)) => nearest_year(part, dct, [1, 2]),
        (Tense::Unknown, _) => nearest_year(part, dct, [1, 4]),
    }
}

/// "began on May 3, 1915, and ended on August 9": the first such date after the one told, unless
/// that lies ahead of the document.
fn sentence_year(part: YearPart, context: &Context) -> Option<i16> {
    let told = context
        .sentence
        .filter(|_| context.tense != Tense::Future)?;
    if !matches!(part, YearPart::Day(..) | YearPart::Month(_)) {
        return None;
    }
    let (year, (first, _)) = (told.year()..=told.year() + 1)
        .filter_map(|year| Some((year, bounds(year, part)?)))
        .find(|(_, (_, last))| *last >= told)?;
    context.dct.is_none_or(|dct| first <= dct).then_some(year)
}

/// The year that brings `part` closest to the document date; the days between are multiplied by
/// the first weight when they lie in the past and by the second in the future.
fn nearest_year(part: YearPart, dct: Date, weights: [i32; 2]) -> Option<i16> {
    let distance = |year: i16| {
        let (first, last) = bounds(year, part)?;
        let past = days(last, dct).max(0);
        let future = days(dct, first).max(0);
        Some(past * weights[0] + future * weights[1])
    };
    (dct.year() - 1..=dct.year() + 1)
        .filter_map(|year| Some((distance(year)?, year)))
        .min()
        .map(|(_, year)| year)
}

/// Days from `a` to `b`.
fn days(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |span| span.get_days())
}

fn deictic_year(deixis: Deixis, part: YearPart, context: &Context) -> Option<i16> {
    let dct = context.dct?;
    let years = dct.year() - 2..=dct.year() + 2;
    let mut bounded = years.filter_map(|year| Some((year, bounds(year, part)?)));
    let found = match deixis {
        Deixis::This | Deixis::Same => return Some(dct.year()),
        Deixis::Last | Deixis::Previous => bounded.rfind(|(_, (_, last))| *last < dct),
        Deixis::Past => bounded.rfind(|(_, (first, _))| *first <= dct),
        Deixis::Next | Deixis::Following => bounded.find(|(_, (first, _))| *first > dct),
        Deixis::Coming => bounded.find(|(_, (_, last))| *last >= dct),
    };
    found.map(|(year, _)| year)
}

/// `7/8/2007`: American order, unless only the other one is a date or lies within a month of the
/// document.
fn either_order(year: i16, first: i8, second: i8, context: &Context) -> Resolved {
    let american = Date::new(year, first, second).ok();
    let european = Date::new(year, second, first).ok();
    let near = |date: Option<Date>| match (date, context.dct) {
        (Some(date), Some(dct)) => days(date, dct).abs() <= 31,
        _ => false,
    };
    let swap = american.is_none() || (near(european) && !near(american));
    Resolved::day(if swap { european } else { american })
}

// --- weekdays ----------------------------------------------------------------------------------

fn weekday(day: i8, pointer: Pointer, context: &Context) -> Resolved {
    let unknown = || Resolved::date(format!("XXXX-WXX-{day}"), None, true);
    let Ok(weekday) = Weekday::from_monday_one_offset(day) else {
        return unknown();
    };
    let Some(dct) = context.dct else {
        return unknown();
    };
    let date = match pointer {
        Pointer::Unsaid if dct.weekday() == weekday => Some(dct),
        Pointer::Unsaid if context.tense == Tense::Future => nth(dct, 1, weekday),
        Pointer::Unsaid | Pointer::Deictic(Deixis::Past | Deixis::Last | Deixis::Previous) => {
            nth(dct, -1, weekday)
        }
        Pointer::Deictic(Deixis::Next | Deixis::Coming) => nth(dct, 1, weekday),
        Pointer::Deictic(Deixis::This) => in_week(dct, 0, weekday),
        Pointer::Deictic(Deixis::Following) => nth(context.day.unwrap_or(dct), 1, weekday),
        Pointer::Deictic(Deixis::Same) => context.day.or(Some(dct)),
        Pointer::Week(steps) => in_week(dct, steps, weekday),
    };
    date.map_or_else(unknown, |date| Resolved::day(Some(date)))
}

fn nth(from: Date, count: i32, weekday: Weekday) -> Option<Date> {
    from.nth_weekday(count, weekday).ok()
}

/// The weekday of the ISO week `steps` weeks away.
fn in_week(from: Date, steps: i32, weekday: Weekday) -> Option<Date> {
    let week = from.checked_add(steps.weeks()).ok()?.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), weekday)
        .ok()
        .map(ISOWeekDate::date)
}

fn weekend(steps: i32, context: &Context) -> Resolved {
    let saturday = context
        .dct
        .and_then(|dct| in_week(dct, steps, Weekday::Saturday));
    let value = format!("{}-WE", unit_value(Unit::Week, saturday));
    Resolved::date(value, saturday, false)
}

// --- steps from a known time -------------------------------------------------------------------

fn steps_away(unit: Unit, steps: i32, from: From, context: &Context) -> Resolved {
    let base = if unit <= Unit::Fortnight {
        context.day_base(from)
    } else {
        context.base(from)
    };
    let of_quarter = (unit == Unit::Year && steps < 0 && matches!(from, From::NarrativeOrDocument))
        .then_some(context.quarter)
        .flatten();
    let (base, unit, steps) = match of_quarter {
        Some(quarter) => (Some(quarter), Unit::Quarter, steps.saturating_mul(4)),
        None => (base, unit, steps),
    };
    let date = base.and_then(|base| base.checked_add(calendar(unit, steps)?).ok());
    // The day a number of hours away is known only by full days.
    let unit = if unit < Unit::Day { Unit::Day } else { unit };
    let start = date.and_then(|date| unit_start(unit, date));
    Resolved::date(unit_value(unit, date), start, unit == Unit::Day)
}

/// The jiff span of `steps` units; hours count as the full days they fill.
fn calendar(unit: Unit, steps: i32) -> Option<Calendar> {
    let span = Calendar::new();
    match unit {
        Unit::Second => span.try_days(steps / 86_400),
        Unit::Minute => span.try_days(steps / 1_440),
        Unit::Hour => span.try_days(steps / 24),
        Unit::Day => span.try_days(steps),
        Unit::Week => span.try_weeks(steps),
        Unit::Fortnight => span.try_weeks(steps.checked_mul(2)?),
        Unit::Month => span.try_months(steps),
        Unit::Quarter => span.try_months(steps.checked_mul(3)?),
        Unit::Year => span.try_years(steps),
        Unit::Decade => span.try_years(steps.checked_mul(10)?),
        Unit::Century => span.try_years(steps.checked_mul(100)?),
    }
    .ok()
}

fn unit_start(unit: Unit, date: Date) -> Option<Date> {
    match unit {
        Unit::Week | Unit::Fortnight => in_week(date, 0, Weekday::Monday),
        Unit::Month => Some(date.first_of_month()),
        Unit::Quarter => Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).ok(),
        Unit::Year => Some(date.first_of_year()),
        Unit::Decade => first_of(date.year().div_euclid(10) * 10),
        Unit::Century => first_of(date.year().div_euclid(100) * 100),
        _ => Some(date),
    }
}

/// The value of the unit that holds `date`, with `X` where it is unknown.
fn unit_value(unit: Unit, date: Option<Date>) -> String {
    let Some(date) = date else {
        return match unit {
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Year => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
            _ => "XXXX-XX-XX",
        }
        .to_owned();
    };
    let year = date.year();
    match unit {
        Unit::Week | Unit::Fortnight => {
            let week = date.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Unit::Month => format!("{year:04}-{:02}", date.month()),
        Unit::Quarter => format!("{year:04}-Q{}", (date.month() - 1) / 3 + 1),
        Unit::Year => format!("{year:04}"),
        Unit::Decade => format!("{:03}", year.div_euclid(10)),
        Unit::Century => format!("{:02}", year.div_euclid(100)),
        _ => date.to_string(),
    }
}

// --- within a day ------------------------------------------------------------------------------

fn within_day(day: Option<&Expression>, suffix: &str, context: &Context) -> Resolved {
    let day = day.map_or_else(
        || Resolved::day(context.day.or(context.dct)),
        |day| resolve(day, context),
    );
    Resolved {
        kind: TimexKind::Time,
        value: day.value + suffix,
        ..day
    }
}

/// "the 27th": this month's, or the neighbour's the tense asks for.
fn day_of_month(day: i8, context: &Context) -> Resolved {
    let Some(dct) = context.dct else {
        return Resolved::date(format!("XXXX-XX-{day:02}"), None, true);
    };
    let step = match context.tense {
        Tense::Future => i32::from(day < dct.day()),
        _ => -i32::from(day > dct.day()),
    };
    let date = dct
        .first_of_month()
        .checked_add(step.months())
        .and_then(|month| month.with().day(day).build())
        .ok();
    Resolved::day(date)
}
