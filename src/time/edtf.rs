//! [`Interval`]s in the Extended Date/Time Format, level 1 (<https://www.loc.gov/standards/datetime/>).
//!
//! Quarters, halves and weeks have no level 1 form of their own: they are written as the interval
//! of the months or days that they cover.

use jiff::civil::DateTime;

use super::interval::{Interval, Precision};

/// The season codes of EDTF begin here: 21 is spring.
const FIRST_SEASON: i8 = 21;

impl Interval {
    /// The EDTF form: `2015`, `2015-10`, `2015-10-02`, `2016-21`, `199X`, `2015/2017`, `2015/..`.
    ///
    /// ```
    /// use annals::time::Interval;
    /// let written = |value| Interval::of_timex_value(value).map(|interval| interval.edtf());
    /// assert_eq!(written("2016-SU").as_deref(), Some("2016-22"));
    /// assert_eq!(written("2016-Q1").as_deref(), Some("2016-01/2016-03"));
    /// ```
    #[must_use]
    pub fn edtf(&self) -> String {
        if self.latest == DateTime::MAX || self.earliest == DateTime::MIN {
            return format!(
                "{}/{}",
                self.open_end(self.earliest),
                self.open_end(self.latest)
            );
        }
        if let Some(single) = self.single() {
            return single;
        }
        let (first, last) = (self.written(self.earliest), self.written(self.latest));
        if first == last {
            first
        } else {
            format!("{first}/{last}")
        }
    }

    /// The form of an interval that is exactly one unit with a name of its own.
    fn single(&self) -> Option<String> {
        let day = self.first_day();
        let year = day.year();
        let (whole, written) = match self.precision {
            Precision::Century => (
                Self::century(year.div_euclid(100)),
                format!("{:02}XX", year.div_euclid(100)),
            ),
            Precision::Decade => (
                Self::decade(year.div_euclid(10)),
                format!("{:03}X", year.div_euclid(10)),
            ),
            Precision::Season => {
                let season = day.month() / 3;
                (
                    Self::season(year, season),
                    format!("{year:04}-{}", FIRST_SEASON - 1 + season),
                )
            }
            _ => return None,
        };
        (whole.as_ref() == Some(self)).then_some(written)
    }

    /// One end in this interval's precision.
    fn written(&self, end: DateTime) -> String {
        let date = end.date();
        match self.precision {
            Precision::Century | Precision::Decade | Precision::Year => {
                format!("{:04}", date.year())
            }
            Precision::Half | Precision::Season | Precision::Quarter | Precision::Month => {
                format!("{:04}-{:02}", date.year(), date.month())
            }
            Precision::Week | Precision::Day => date.to_string(),
            Precision::Time => end.to_string(),
        }
    }

    fn open_end(&self, end: DateTime) -> String {
        if end == DateTime::MAX || end == DateTime::MIN {
            "..".to_owned()
        } else {
            self.written(end)
        }
    }
}

/// Reads one EDTF date of level 0 or 1; months and days may lack their zero (`2015-9-3`). The
/// qualifiers `?`, `~` and `%` are accepted and dropped: an interval has no doubt.
pub(super) fn date(written: &str) -> Option<Interval> {
    let plain = written.trim_end_matches(['?', '~', '%']);
    if !plain.is_ascii() {
        return None;
    }
    if let Ok(datetime) = plain.parse::<DateTime>()
        && plain.contains('T')
    {
        return Some(Interval {
            earliest: datetime,
            latest: datetime,
            precision: Precision::Time,
        });
    }
    let mut parts = plain.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let Some(month) = month else {
        return years(year);
    };
    let year = digits(year)?;
    let month = i8::try_from(digits(month)?).ok()?;
    match day {
        None if month >= FIRST_SEASON => Interval::season(year, month - FIRST_SEASON + 1),
        None => Interval::month(year, month),
        Some(day) => Interval::day(year, month, i8::try_from(digits(day)?).ok()?),
    }
}

/// `2015`, `201X`, `19XX`
fn years(year: &str) -> Option<Interval> {
    if let Some(hundreds) = year.strip_suffix("XX") {
        return Interval::century(digits(hundreds)?);
    }
    match year.strip_suffix('X') {
        Some(tens) => Interval::decade(digits(tens)?),
        None => Interval::year(digits(year)?),
    }
}

fn digits(written: &str) -> Option<i16> {
    written
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| written.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_have_a_level_1_form() {
        for (value, edtf) in [
            ("2015", "2015"),
            ("2015-10", "2015-10"),
            ("2015-10-02", "2015-10-02"),
            ("2016-SP", "2016-21"),
            ("2016-WI", "2016-24"),
            ("199", "199X"),
            ("19", "19XX"),
            ("2016-W10", "2016-03-07/2016-03-13"),
            ("2016-H2", "2016-07/2016-12"),
            (
                "2016-03-07T10:30",
                "2016-03-07T10:30:00/2016-03-07T10:30:59",
            ),
        ] {
            assert_eq!(Interval::of_timex_value(value).unwrap().edtf(), edtf);
        }
    }

    proptest! {
        #[test]
        fn months_are_read_as_written(year in 1000_i16..2200, month in 1_i8..=12) {
            let interval = Interval::month(year, month).unwrap();
            prop_assert_eq!(date(&interval.edtf()), Some(interval));
        }

        #[test]
        fn seasons_are_read_as_written(year in 1000_i16..2200, season in 1_i8..=4) {
            let interval = Interval::season(year, season).unwrap();
            prop_assert_eq!(date(&interval.edtf()), Some(interval));
        }

        #[test]
        fn no_text_panics(text in ".{0,16}") {
            let _ = date(&text);
            let _ = Interval::of_timex_value(&text);
        }
    }
}
