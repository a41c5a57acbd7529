//! Entries by day, month or year, and the silences between them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Entry, Timeline};

/// The shortest silence worth a word, in days: about two months (a guess: readers take a month
/// without news for granted).
pub(super) const LEAST_DAYS: i32 = 60;
/// A silence is at least so many times the middle distance between neighbouring entries (a guess).
const TIMES_MEDIAN: i32 = 5;

/// The periods by which a timeline is grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// One group a day.
    Day,
    /// One group a month.
    Month,
    /// One group a year.
    Year,
}

impl By {
    /// The group of an entry, in EDTF: `2015-10-02`, `2015-10` or `2015`; less where the date is
    /// less precise, `None` where the year is unknown.
    #[must_use]
    pub fn group(self, entry: &Entry) -> Option<&str> {
        let date = entry.date.as_deref()?;
        let sign = usize::from(date.starts_with('-'));
        let digits = match self {
            Self::Day => 10,
            Self::Month => 7,
            Self::Year => 4,
        };
        let known = date
            .find('X')
            .map_or(date, |at| date[..at].trim_end_matches('-'));
        let group = known.get(..digits + sign).unwrap_or(known);
        (group.len() >= 4 + sign).then_some(group)
    }
}

/// A stretch without an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// Its days.
    pub days: i32,
    /// Those of them of which the store knows nothing at all.
    pub unread: i32,
}

impl Silence {
    /// Whether the store knows nothing of nearly all of it: but for one day in ten.
    const fn is_unread(self) -> bool {
        self.unread.saturating_mul(10) >= self.days.saturating_mul(9)
    }
}

impl std::fmt::Display for Silence {
    /// `5 months without an entry`, and how much of that is unread.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let length = length(self.days);
        if self.is_unread() {
            return write!(f, "{length} with nothing in the store");
        }
        write!(f, "{length} without an entry")?;
        match self.unread {
            0 => Ok(()),
            unread => write!(
                f,
                ", {} of them with nothing in the store",
                self::length(unread)
            ),
        }
    }
}

/// Some days in months; from two years on in years.
fn length(days: i32) -> String {
    let months = (f64::from(days) / 30.44).round();
    match months < 24.0 {
        true => format!("{months} months"),
        false => format!("{} years", (months / 12.0).floor()),
    }
}

/// For each entry the silence before it, if there was one: only in date order, only between dates known to
/// the day or month, and only where no entries were left out that could break it.
///
/// ```
/// use annals::timeline::{Entry, Timeline, silences};
/// let entry = |date: &str| Entry { date: Some(date.to_owned()), ..Entry::default() };
/// let entries = ["2015-01-03", "2015-01-09", "2015-01-20", "2015-06-20"].map(entry);
/// let timeline = Timeline { entries: entries.to_vec(), ..Timeline::default() };
/// let before_last = silences(&timeline)[3].expect("a long silence");
/// assert_eq!(before_last.to_string(), "5 months without an entry");
/// ```
#[must_use]
pub fn silences(timeline: &Timeline) -> Vec<Option<Silence>> {
    silences_in_order(timeline, timeline.entries.iter())
}

/// The same for a timeline's entries in another order than its own.
pub(crate) fn silences_in_order<'a>(
    timeline: &Timeline,
    entries: impl Iterator<Item = &'a Entry>,
) -> Vec<Option<Silence>> {
    let days: Vec<Option<Date>> = entries.map(day).collect();
    if timeline.chosen_of.is_some() {
        return vec![None; days.len()];
    }
    let step = |at: usize| {
        let (before, after) = (days[at.checked_sub(1)?]?, days[at]?);
        Some((before, after, (after - before).get_days()))
    };
    let steps: Vec<Option<(Date, Date, i32)>> = (0..days.len()).map(step).collect();
    let mut sorted: Vec<i32> = steps.iter().flatten().map(|(.., days)| *days).collect();
    sorted.sort_unstable();
    if sorted.first().is_some_and(|days| *days < 0) {
        return vec![None; days.len()];
    }
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    let least = LEAST_DAYS.max(median.saturating_mul(TIMES_MEDIAN));
    let silence = |step: Option<(Date, Date, i32)>| {
        let (before, after, days) = step.filter(|(.., days)| *days >= least)?;
        let unread = timeline.unread.iter();
        let unread: i64 = unread.map(|days| days.days_between(before, after)).sum();
        Some(Silence {
            days,
            unread: i32::try_from(unread).unwrap_or(i32::MAX),
        })
    };
    steps.into_iter().map(silence).collect()
}

/// The days of the first and last dated entry, where there is a silence between them.
pub(super) fn span_with_silences(timeline: &Timeline) -> Option<(Date, Date)> {
    let is_silent = silences(timeline).iter().any(Option::is_some);
    let days = || timeline.entries.iter().filter_map(day);
    Some((days().min()?, days().max()?)).filter(|_| is_silent)
}

/// The day of an entry; of a month its first day. Years are too vague to call anything silent.
fn day(entry: &Entry) -> Option<Date> {
    let date = entry.date.as_deref().filter(|date| date.len() >= 7)?;
    let date = date.get(..10).unwrap_or(date);
    let full = if date.len() == 7 {
        format!("{date}-01")
    } else {
        date.to_owned()
    };
    full.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_says_what_was_not_read() {
        let said = |days, unread| Silence { days, unread }.to_string();
        assert_eq!(said(150, 0), "5 months without an entry");
        assert_eq!(said(150, 140), "5 months with nothing in the store");
        assert_eq!(
            said(4108, 1096),
            "11 years without an entry, 3 years of them with nothing in the store"
        );
    }

    #[test]
    fn groups_follow_precision() {
        let table = [
            ("2015-10-02", By::Day, Some("2015-10-02")),
            ("2015-10-02", By::Month, Some("2015-10")),
            ("2015-10-02", By::Year, Some("2015")),
            ("2015", By::Month, Some("2015")),
            ("2015-10", By::Day, Some("2015-10")),
            ("XXXX-03-27", By::Year, None),
            ("-0044-03-15", By::Year, Some("-0044")),
        ];
        for (date, by, group) in table {
            let entry = Entry {
                date: Some(date.to_owned()),
                ..Entry::default()
            };
            assert_eq!(by.group(&entry), group, "{date} by {by:?}");
        }
    }
}
