//! Stretches of which a store knows nothing at all: there a story's silence says nothing of the world.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::period::LEAST_DAYS;
use crate::record::{date_of_day, day_number};
use crate::store::EventWords;

/// An event that is dated to more days than a month has tells of no one of them.
const MOST_DAYS: i64 = 31;

/// Days on which a store has no event of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The first of them.
    pub from: Date,
    /// The last of them.
    pub to: Date,
}

impl Unread {
    /// How many of them lie between two days, these not counted.
    pub(super) fn days_between(&self, before: Date, after: Date) -> i64 {
        let from = day_number(self.from).max(day_number(before) + 1);
        let to = day_number(self.to).min(day_number(after) - 1);
        (to - from + 1).max(0)
    }
}

/// The stretches between two days on which something happened that are long enough for a silence, in order.
pub(super) fn unread(words: &EventWords, first: Date, last: Date) -> Vec<Unread> {
    let (first, last) = (day_number(first), day_number(last));
    let mut known = vec![first, last];
    for (from, to) in words.all_days() {
        if to.saturating_sub(from) <= MOST_DAYS {
            known.extend(
                [from, to]
                    .into_iter()
                    .filter(|day| (first..=last).contains(day)),
            );
        }
    }
    known.sort_unstable();
    known.dedup();
    let stretch = |days: &[i64]| {
        let is_long = days[1] - days[0] > i64::from(LEAST_DAYS);
        let (from, to) = (date_of_day(days[0] + 1)?, date_of_day(days[1] - 1)?);
        is_long.then_some(Unread { from, to })
    };
    known.windows(2).filter_map(stretch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_between_count() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let unread = Unread {
            from: date("2015-01-01"),
            to: date("2015-01-31"),
        };
        let between = |before: &str, after: &str| unread.days_between(date(before), date(after));
        assert_eq!(between("2014-12-31", "2015-02-01"), 31);
        assert_eq!(between("2014-06-01", "2015-01-11"), 10);
        assert_eq!(between("2015-01-10", "2015-01-12"), 1);
        assert_eq!(between("2015-01-10", "2015-01-11"), 0);
        assert_eq!(between("2015-03-01", "2015-05-01"), 0);
    }
}
