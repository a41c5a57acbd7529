//! [`Interval`]: what a date of any length covers, to the second.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use serde::{Deserialize, Serialize};

/// How exactly a time is known, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// A hundred years.
    Century,
    /// Ten years.
    Decade,
    /// A calendar year.
    Year,
    /// Six months from January or July.
    Half,
    /// Three months from March, June, September or December.
    Season,
    /// Three months from January, April, July or October.
    Quarter,
    /// A calendar month.
    Month,
    /// An ISO week or a weekend.
    Week,
    /// A calendar day.
    Day,
    /// A time within a day.
    Time,
}

impl std::fmt::Display for Precision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Century => "century",
            Self::Decade => "decade",
            Self::Year => "year",
            Self::Half => "half",
            Self::Season => "season",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Time => "time",
        })
    }
}

/// A stretch of civil time.
///
/// ```
/// use annals::time::{Interval, Precision};
/// let quarter = Interval::of_timex_value("2016-Q3").ok_or("a quarter")?;
/// assert_eq!(quarter.earliest.to_string(), "2016-07-01T00:00:00");
/// assert_eq!(quarter.latest.to_string(), "2016-09-30T23:59:59");
/// assert_eq!(quarter.precision, Precision::Quarter);
/// assert!(Interval::of_timex_value("XXXX-03-27").is_none());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The first second.
    pub earliest: DateTime,
    /// The last second (inclusive); [`DateTime::MAX`] when the interval has no end.
    pub latest: DateTime,
    /// The precision with which both ends are known.
    pub precision: Precision,
}

impl Interval {
    /// The interval of whole days `first..=last`.
    #[must_use]
    pub fn of_days(first: Date, last: Date, precision: Precision) -> Self {
        Self {
            earliest: first.at(0, 0, 0, 0),
            latest: last.at(23, 59, 59, 0),
            precision,
        }
    }

    /// The interval that the one day `date` is.
    #[must_use]
    pub fn of_day(date: Date) -> Self {
        Self::of_days(date, date, Precision::Day)
    }

    /// The first day.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.earliest.date()
    }

    /// The last day (inclusive).
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.latest.date()
    }

    /// Whether the two intervals share at least one second.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// Whether `other` lies wholly inside this interval.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.earliest <= other.earliest && other.latest <= self.latest
    }

    /// From the first second of the one to the last of the other, in the coarser precision;
    /// `None` when that would end before it begins.
    #[must_use]
    pub fn through(&self, end: &Self) -> Option<Self> {
        let interval = Self {
            earliest: self.earliest,
            latest: end.latest,
            precision: self.precision.min(end.precision),
        };
        (interval.earliest <= interval.latest).then_some(interval)
    }

    pub(super) fn century(hundreds: i16) -> Option<Self> {
        Self::years(hundreds.checked_mul(100)?, 100, Precision::Century)
    }

    pub(super) fn decade(tens: i16) -> Option<Self> {
        Self::years(tens.checked_mul(10)?, 10, Precision::Decade)
    }

    pub(super) fn year(year: i16) -> Option<Self> {
        Self::years(year, 1, Precision::Year)
    }

    fn years(first: i16, count: i16, precision: Precision) -> Option<Self> {
        let start = Date::new(first, 1, 1).ok()?;
        let end = Date::new(first.checked_add(count - 1)?, 12, 31).ok()?;
        Some(Self::of_days(start, end, precision))
    }

    /// `count` months from the first day of `month`.
    pub(super) fn months(year: i16, month: i8, count: i32, precision: Precision) -> Option<Self> {
        let start = Date::new(year, month, 1).ok()?;
        let last = start
            .checked_add((count - 1).months())
            .ok()?
            .last_of_month();
        Some(Self::of_days(start, last, precision))
    }

    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        Self::months(year, month, 1, Precision::Month)
    }

    pub(super) fn half(year: i16, half: i8) -> Option<Self> {
        matches!(half, 1 | 2).then(|| Self::months(year, half * 6 - 5, 6, Precision::Half))?
    }

    pub(super) fn quarter(year: i16, quarter: i8) -> Option<Self> {
        matches!(quarter, 1..=4)
            .then(|| Self::months(year, quarter * 3 - 2, 3, Precision::Quarter))?
    }

    /// Spring is 1, as in the northern half of the Earth; the winter of a year begins in its
    /// December.
    pub(super) fn season(year: i16, season: i8) -> Option<Self> {
        matches!(season, 1..=4).then(|| Self::months(year, season * 3, 3, Precision::Season))?
    }

    pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Some(Self::of_day(Date::new(year, month, day).ok()?))
    }

    /// The days `first..=last` of an ISO week.
    pub(super) fn week_days(year: i16, week: i8, first: Weekday, last: Weekday) -> Option<Self> {
        let day = |weekday| {
            ISOWeekDate::new(year, week, weekday)
                .ok()
                .map(ISOWeekDate::date)
        };
        let precision = if first == last {
            Precision::Day
        } else {
            Precision::Week
        };
        Some(Self::of_days(day(first)?, day(last)?, precision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_and_containment_are_inclusive() {
        let year = Interval::year(2016).unwrap();
        let month = Interval::month(2016, 12).unwrap();
        let winter = Interval::season(2016, 4).unwrap();
        assert!(year.contains(&month) && !month.contains(&year) && year.contains(&year));
        assert!(winter.overlaps(&year) && !year.contains(&winter));
        assert!(!month.overlaps(&Interval::month(2017, 1).unwrap()));
    }

    #[test]
    fn february_has_its_own_end() {
        assert_eq!(Interval::month(2016, 2).unwrap().last_day().day(), 29);
        assert_eq!(
            Interval::season(2018, 4).unwrap().last_day().to_string(),
            "2019-02-28"
        );
    }

    #[test]
    fn precisions_are_ordered_and_written_small() {
        assert!(Precision::Year < Precision::Month && Precision::Month < Precision::Day);
        assert_eq!(
            serde_json::to_string(&Precision::Decade).unwrap(),
            "\"decade\""
        );
    }
}
