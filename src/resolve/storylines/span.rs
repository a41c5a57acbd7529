//! From when to when a storyline runs.

use jiff::civil::Date;

use super::naming::named_years;
use crate::resolve::Event;
use crate::time::{Interval, Precision};

/// First to last day of the members; without dated ones, the years of the name. An open end
/// ("2014–present") closes with the year it opens in, since nothing says how far it went.
pub(super) fn span(name: &str, members: &[usize], events: &[Event]) -> Option<Interval> {
    let intervals = members.iter().filter_map(|&m| events[m].interval.as_ref());
    let dated = intervals.filter(|interval| is_exact(interval.precision));
    let days = dated.map(|interval| (interval.first_day(), interval.last_day()));
    let whole = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    if let Some((first, last)) = whole {
        return Some(Interval::of_days(first, last, Precision::Day));
    }
    let (first, last) = named_years(name)?;
    let from = Date::new(first, 1, 1).ok()?;
    let to = Date::new(last.unwrap_or(first), 12, 31).ok()?;
    Some(Interval::of_days(from, to, Precision::Year))
}

/// An event known only by its year would stretch every span to whole years.
fn is_exact(precision: Precision) -> bool {
    matches!(precision, Precision::Day | Precision::Time)
}
