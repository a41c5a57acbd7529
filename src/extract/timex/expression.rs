//! What a rule found before anything is resolved: [`Expression`]s with the holes that only a
//! document date or the narrative can fill.

use super::super::TimexKind;
use super::lex::{Deixis, Season, Unit};

/// Where the rules found an expression: tokens `start..end`.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) expression: Expression,
}

/// What a rule read from its first token on: the expression and one past its last token.
pub(super) type Match = (Expression, usize);

/// The time a relative expression counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The document creation time.
    Document,
    /// The last date told, or else nothing.
    Narrative,
    /// The last date told, or else the document creation time.
    NarrativeOrDocument,
}

/// A time expression as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// Already a value: durations, sets, references.
    Fixed(TimexKind, String),
    /// A part of a year, the year perhaps unsaid.
    InYear(YearRef, YearPart),
    /// `7/8/2007`: the month and day in the one order or the other.
    EitherOrder { year: i16, first: i8, second: i8 },
    /// A weekday, with "last", "next", or the week it lies in (steps from the present one).
    Weekday { day: i8, pointer: Pointer },
    /// A unit as a whole, so many steps away: "last week", "three years ago", "the next day".
    Steps { unit: Unit, steps: i32, from: From },
    /// "this weekend", steps in weeks.
    Weekend { steps: i32 },
    /// `MO`, `AF`, `EV`, `NI` or `MI` of a day, or of the day of the narrative.
    PartOfDay {
        day: Option<Box<Expression>>,
        part: &'static str,
    },
    /// A time of day (`T18:40Z`), with the day when it is said.
    Clock {
        day: Option<Box<Expression>>,
        clock: String,
    },
    /// "the third": a day of the present month.
    DayOfMonth(i8),
}

impl Expression {
    /// A duration.
    pub(super) fn duration(value: impl Into<String>) -> Self {
        Self::Fixed(TimexKind::Duration, value.into())
    }

    /// A recurring time.
    pub(super) fn set(value: impl Into<String>) -> Self {
        Self::Fixed(TimexKind::Set, value.into())
    }

    /// A date whose value needs no context.
    pub(super) fn date(value: impl Into<String>) -> Self {
        Self::Fixed(TimexKind::Date, value.into())
    }

    /// Whether it names a single day, so that a time of day can be said of it.
    pub(super) const fn is_day(&self) -> bool {
        matches!(
            self,
            Self::InYear(_, YearPart::Day(..) | YearPart::NthWeekday { .. })
                | Self::EitherOrder { .. }
                | Self::Weekday { .. }
                | Self::Steps {
                    unit: Unit::Day,
                    ..
                }
                | Self::DayOfMonth(_)
        )
    }
}

/// Which week a weekday lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointer {
    /// Unsaid: the tense decides.
    Unsaid,
    /// "last Monday", "next Monday", "this Monday"
    Deictic(Deixis),
    /// "Monday of last week"
    Week(i32),
}

/// The year of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearRef {
    /// Written out.
    Known(i16),
    /// So many years away: "March of last year".
    Steps(i32, From),
    /// Unsaid: the tense decides.
    Unsaid,
    /// "last March", "next summer", "this quarter"
    Deictic(Deixis),
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearPart {
    Whole,
    /// A fiscal year.
    Fiscal,
    Half(i8),
    Quarter(i8),
    Season(Season),
    Month(i8),
    /// Month and day.
    Day(i8, i8),
    /// The nth weekday of a month ("Thanksgiving"); weekday 1 is Monday.
    NthWeekday {
        month: i8,
        nth: i8,
        weekday: i8,
    },
}
