//! Civil time as news tells it: intervals with a precision, read from TIMEX3 values, from EDTF,
//! from what a user types, and from a phrase that ends in a period.
//!
//! Every stage may use this module; it uses none. All calendar arithmetic is jiff's. Time zones
//! are left out: the times of news are local to their place.

mod edtf;
mod interval;
mod period;
mod timex_value;
mod user;

/// The months in English, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words before a number of four digits that say that it is no year but the number of something.
pub(crate) const NUMBERED: &[&str] = &[
    "resolution",
    "rule",
    "flight",
    "route",
    "room",
    "no",
    "number",
    "order",
    "law",
    "section",
    "page",
    "chapter",
    "model",
    "boeing",
    "channel",
    "article",
    "bill",
    "unit",
    "type",
    "highway",
    "protocol",
    "iso",
];

pub use interval::{Interval, Precision};
pub(crate) use period::is_bare_year;
pub use period::split_period;
pub(crate) use timex_value::partial_date;
pub use user::TimeError;
