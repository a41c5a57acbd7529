//! Dates of entries as pictures and calendars need them: EDTF level 1 in, a partial date out that
//! can be put on an axis, compared and spelled in English. What cannot be read is undated.

use jiff::civil::Date;

use crate::time::MONTHS;

/// A date known to the year, the month or the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartialDate {
    pub(super) year: i16,
    /// 1 to 12.
    pub(super) month: Option<i8>,
    /// 1 to 31, and a day of that month.
    pub(super) day: Option<i8>,
}

impl PartialDate {
    /// Reads the first day of an EDTF level 1 value: an interval counts as its start, a season as
    /// its year, a time of day as its day, and `?`, `~`, `%` are passed over.
    ///
    /// `None` when the year is unknown (`XXXX-03-27`, `201X`) or outside -9999 to 9999.
    pub(super) fn parse(edtf: &str) -> Option<Self> {
        let start = edtf.split(['/', 'T']).next()?.trim_matches(['?', '~', '%']);
        let (sign, digits) = match start.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, start),
        };
        let mut parts = digits
            .split('-')
            .map(|part| part.trim_matches(['?', '~', '%']));
        let year = sign * number::<4>(parts.next()?)?;
        let month = parts
            .next()
            .and_then(number::<2>)
            .filter(|month| (1..=12).contains(month));
        let day = month.and_then(|_| parts.next()).and_then(number::<2>);
        let mut date = Self {
            year,
            month: month.and_then(|m| i8::try_from(m).ok()),
            day: None,
        };
        date.day = day
            .and_then(|d| i8::try_from(d).ok())
            .filter(|d| date.has_day(*d));
        Some(date)
    }

    /// Whether the month is known and has that day.
    fn has_day(self, day: i8) -> bool {
        self.month
            .is_some_and(|month| Date::new(self.year, month, day).is_ok())
    }

    /// The first day it can mean.
    pub(super) fn first_day(self) -> Date {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        Date::new(self.year, month, day).unwrap_or(Date::ZERO)
    }

    /// The day after the last day it can mean.
    pub(super) fn end(self) -> Date {
        let span = match (self.month, self.day) {
            (Some(_), Some(_)) => jiff::Span::new().days(1),
            (Some(_), None) => jiff::Span::new().months(1),
            _ => jiff::Span::new().years(1),
        };
        self.first_day().saturating_add(span)
    }

    /// `2 October 2015`, `October 2015` or `2015`.
    pub(super) fn long(self) -> String {
        match self.without_year() {
            Some(rest) => format!("{rest} {}", self.year),
            None => self.year.to_string(),
        }
    }

    /// `2 October` or `October`; `None` for a bare year.
    pub(super) fn without_year(self) -> Option<String> {
        let month = month_name(self.month?);
        Some(match self.day {
            Some(day) => format!("{day} {month}"),
            None => String::from(month),
        })
    }
}

/// The English name of a month, 1 to 12.
pub(super) fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or("")
}

/// Exactly `WIDTH` ASCII digits as a number.
fn number<const WIDTH: usize>(digits: &str) -> Option<i16> {
    let plain = digits.len() == WIDTH && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// How the date of an entry is told to people; `undated` when nothing is known.
pub(super) fn spell(edtf: Option<&str>) -> String {
    match edtf {
        None => String::from("undated"),
        Some(edtf) => match PartialDate::parse(edtf) {
            Some(date) if edtf.contains(['/', 'T']) || !is_whole(edtf) => {
                spell_qualified(edtf, date)
            }
            Some(date) => date.long(),
            None => spell_without_year(edtf),
        },
    }
}

/// Whether the value is nothing but digits and hyphens that were all understood.
fn is_whole(edtf: &str) -> bool {
    let parts = edtf.trim_start_matches('-').split('-').count();
    let plain = edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let known = PartialDate::parse(edtf)
        .map(|d| 1 + usize::from(d.month.is_some()) + usize::from(d.day.is_some()));
    plain && known == Some(parts)
}

/// Intervals, times and hedged dates; anything else is shown as it stands.
fn spell_qualified(edtf: &str, date: PartialDate) -> String {
    if let Some((from, to)) = edtf.split_once('/') {
        return match to {
            "" | ".." => format!("from {}", spell(Some(from))),
            _ => format!("{} to {}", spell(Some(from)), spell(Some(to))),
        };
    }
    if let Some((day, time)) = edtf.split_once('T') {
        let clock = time.get(..5).unwrap_or(time);
        return format!("{}, {clock}", spell(Some(day)));
    }
    let plain = edtf.trim_end_matches(['?', '~', '%']);
    if plain != edtf && is_whole(plain) {
        return format!("about {}", date.long());
    }
    super::names::visible(edtf)
}

/// `27 March, year unknown` for `XXXX-03-27`; other values as they stand.
fn spell_without_year(edtf: &str) -> String {
    let known = edtf
        .strip_prefix("XXXX-")
        .and_then(|rest| PartialDate::parse(&format!("2000-{rest}")))
        .and_then(PartialDate::without_year);
    match known {
        Some(rest) => format!("{rest}, year unknown"),
        None => super::names::visible(edtf),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_spelled() {
        for (edtf, words) in [
            ("2015-10-02", "2 October 2015"),
            ("2015-10", "October 2015"),
            ("2015", "2015"),
            ("2015-10-02T18:30:00Z", "2 October 2015, 18:30"),
            ("2015-10~", "about October 2015"),
            (
                "2015-09-30/2015-10-02",
                "30 September 2015 to 2 October 2015",
            ),
            ("2015/..", "from 2015"),
            ("XXXX-03-27", "27 March, year unknown"),
            ("XXXX-03", "March, year unknown"),
            ("201X", "201X"),
            ("2015-22", "2015-22"),
            ("2015-02-30", "2015-02-30"),
            ("-0044-03-15", "15 March -44"),
            ("soon", "soon"),
        ] {
            assert_eq!(spell(Some(edtf)), words, "{edtf}");
        }
        assert_eq!(spell(None), "undated");
    }

    #[test]
    fn periods_end_after_their_last_day() {
        let end = |edtf| PartialDate::parse(edtf).unwrap().end().to_string();
        assert_eq!(end("2016"), "2017-01-01");
        assert_eq!(end("2016-02"), "2016-03-01");
        assert_eq!(end("2016-02-29"), "2016-03-01");
        assert_eq!(end("9999"), "9999-12-31");
    }

    #[test]
    fn what_has_no_year_is_not_on_the_axis() {
        for edtf in ["XXXX-03-27", "201X", "", "-", "soon", "20155", "2015a"] {
            assert_eq!(PartialDate::parse(edtf), None, "{edtf}");
        }
    }
}
