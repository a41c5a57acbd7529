//! TIMEX3 values of dates and times in, [`Interval`]s out (`TimeML` 1.2.1, section 2.3.1).

use jiff::civil::{Time, Weekday};

use super::interval::{Interval, Precision};

impl Interval {
    /// The interval that a TIMEX3 DATE or TIME value denotes.
    ///
    /// Unknown trailing components widen it (`2016-06-XX` is June 2016). There is none for a value
    /// whose year is unknown, for durations, sets and references.
    ///
    /// ```
    /// use annals::time::Interval;
    /// let night = Interval::of_timex_value("2010-07-16TMO").map(|it| it.earliest.to_string());
    /// assert_eq!(night.as_deref(), Some("2010-07-16T05:00:00"));
    /// ```
    #[must_use]
    pub fn of_timex_value(value: &str) -> Option<Self> {
        if !value.is_ascii() {
            return None;
        }
        if let Some((date, time)) = value.split_once('T') {
            return time_of_day(of_date(date)?, time);
        }
        of_date(value.strip_prefix("FY").unwrap_or(value))
    }
}

/// What a value says that has no interval, in EDTF: `XXXX-03-27`. A bare weekday or a day counted from
/// an unknown date says nothing.
pub(crate) fn partial_date(value: &str) -> Option<&str> {
    let says = value.bytes().any(|byte| byte.is_ascii_digit()) && !value.contains('W');
    says.then_some(value)
}

/// The interval of the part of a value before any `T`.
fn of_date(value: &str) -> Option<Interval> {
    let mut parts = value.split('-');
    let year = parts.next()?;
    let (second, third) = (parts.next(), parts.next());
    if parts.next().is_some() || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i16 = year.parse().ok()?;
    match (year.len(), second) {
        (2, None) => Interval::century(number),
        (3, None) => Interval::decade(number),
        (4, None | Some("XX")) => Interval::year(number),
        (4, Some(part)) => within_year(number, part, third),
        _ => None,
    }
}

fn within_year(year: i16, part: &str, third: Option<&str>) -> Option<Interval> {
    let season = match part {
        "SP" => Some(1),
        "SU" => Some(2),
        "FA" => Some(3),
        "WI" => Some(4),
        _ => None,
    };
    if let Some(season) = season {
        return Interval::season(year, season);
    }
    let (kind, digits) = part.split_at_checked(1)?;
    match kind {
        "Q" => Interval::quarter(year, digits.parse().ok()?),
        "H" => Interval::half(year, digits.parse().ok()?),
        "W" => week(year, digits.parse().ok()?, third),
        _ => month_or_day(year, part.parse().ok()?, third),
    }
}

fn week(year: i16, week: i8, day: Option<&str>) -> Option<Interval> {
    match day {
        None | Some("X") => Interval::week_days(year, week, Weekday::Monday, Weekday::Sunday),
        Some("WE") => Interval::week_days(year, week, Weekday::Saturday, Weekday::Sunday),
        Some(day) => {
            let day = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
            Interval::week_days(year, week, day, day)
        }
    }
}

fn month_or_day(year: i16, month: i8, day: Option<&str>) -> Option<Interval> {
    match day {
        None | Some("XX") => Interval::month(year, month),
        Some(day) => Interval::day(year, month, day.parse().ok()?),
    }
}

/// Narrows a day to a part of it or to a minute. The hours of the parts of a day are a guess; a
/// night stays within its own day, so that a day contains its night.
fn time_of_day(day: Interval, time: &str) -> Option<Interval> {
    if day.precision != Precision::Day {
        return None;
    }
    let between = |first: i8, last: i8| Interval {
        earliest: day.first_day().at(first, 0, 0, 0),
        latest: day.first_day().at(last, 59, 59, 0),
        precision: Precision::Time,
    };
    match time {
        "MO" => Some(between(5, 11)),
        "MI" => Some(between(11, 13)),
        "AF" => Some(between(12, 17)),
        "EV" => Some(between(17, 21)),
        "NI" => Some(between(18, 23)),
        "DT" => Some(between(8, 17)),
        _ => clock(day, time),
    }
}

/// `10`, `10:30`, `10:30:15`, with any zone left aside; `24:00` ends the day.
fn clock(day: Interval, time: &str) -> Option<Interval> {
    let end = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let time = &time[..end];
    if time.starts_with("24") {
        let next = day.last_day().tomorrow().ok()?.at(0, 0, 0, 0);
        return Some(Interval {
            earliest: next,
            latest: next,
            precision: Precision::Time,
        });
    }
    let mut parts = time.split(':').map(|part| part.parse::<i8>().ok());
    let hour = parts.next()??;
    let minute = parts.next().flatten();
    let second = parts.next().flatten();
    let from = Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0), 0).ok()?;
    let to = Time::new(hour, minute.unwrap_or(59), second.unwrap_or(59), 0).ok()?;
    Some(Interval {
        earliest: day.first_day().to_datetime(from),
        latest: day.first_day().to_datetime(to),
        precision: Precision::Time,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_denote_intervals() {
        let rows = [
            (
                "2017",
                "2017-01-01T00:00:00",
                "2017-12-31T23:59:59",
                Precision::Year,
            ),
            (
                "FY2017",
                "2017-01-01T00:00:00",
                "2017-12-31T23:59:59",
                Precision::Year,
            ),
            (
                "199",
                "1990-01-01T00:00:00",
                "1999-12-31T23:59:59",
                Precision::Decade,
            ),
            (
                "19",
                "1900-01-01T00:00:00",
                "1999-12-31T23:59:59",
                Precision::Century,
            ),
            (
                "2016-06-XX",
                "2016-06-01T00:00:00",
                "2016-06-30T23:59:59",
                Precision::Month,
            ),
            (
                "2016-Q4",
                "2016-10-01T00:00:00",
                "2016-12-31T23:59:59",
                Precision::Quarter,
            ),
            (
                "2016-H2",
                "2016-07-01T00:00:00",
                "2016-12-31T23:59:59",
                Precision::Half,
            ),
            (
                "2016-WI",
                "2016-12-01T00:00:00",
                "2017-02-28T23:59:59",
                Precision::Season,
            ),
            (
                "2015-W53",
                "2015-12-28T00:00:00",
                "2016-01-03T23:59:59",
                Precision::Week,
            ),
            (
                "2015-W53-WE",
                "2016-01-02T00:00:00",
                "2016-01-03T23:59:59",
                Precision::Week,
            ),
            (
                "2015-W53-5",
                "2016-01-01T00:00:00",
                "2016-01-01T23:59:59",
                Precision::Day,
            ),
            (
                "2016-02-29T18:40Z",
                "2016-02-29T18:40:00",
                "2016-02-29T18:40:59",
                Precision::Time,
            ),
            (
                "2016-02-29T18:40+08:00",
                "2016-02-29T18:40:00",
                "2016-02-29T18:40:59",
                Precision::Time,
            ),
            (
                "2016-02-29T24:00",
                "2016-03-01T00:00:00",
                "2016-03-01T00:00:00",
                Precision::Time,
            ),
            (
                "2016-02-29T07",
                "2016-02-29T07:00:00",
                "2016-02-29T07:59:59",
                Precision::Time,
            ),
        ];
        for (value, earliest, latest, precision) in rows {
            let interval = Interval::of_timex_value(value).unwrap_or_else(|| panic!("{value}"));
            assert_eq!(interval.earliest.to_string(), earliest, "{value}");
            assert_eq!(interval.latest.to_string(), latest, "{value}");
            assert_eq!(interval.precision, precision, "{value}");
        }
    }

    #[test]
    fn unresolved_values_denote_nothing() {
        for value in [
            "",
            "XXXX",
            "XXXX-03-27",
            "P3D",
            "PT30M",
            "PAST_REF",
            "XXXX-WXX-1",
            "2015-13",
            "2015-02-30",
            "2015-W60",
            "2015-Q5",
            "2016-02-29T25:00",
            "2016-02T10:00",
            "２０１６",
            "2016-é",
            "T",
            "-",
            "2016-",
            "BC0500",
        ] {
            assert_eq!(Interval::of_timex_value(value), None, "{value}");
        }
    }
}
