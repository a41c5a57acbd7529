//! Whether two TIMEX3 days can be one: `2017-12-11`, `XXXX-12-11`, `XXXX-WXX-1`.

use jiff::civil::Date;

/// What two days, complete or not, say of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// They cannot be one.
    Opposed,
    /// Nothing follows.
    Unknown,
    /// They are one, as far as they are known.
    Agreed,
}

/// Compares two TIMEX3 day values.
pub(super) fn compare(a: &str, b: &str) -> Agreement {
    let (Some(x), Some(y)) = (weekday(a), weekday(b)) else {
        return Agreement::Unknown;
    };
    let complete = !a.contains('X') && !b.contains('X');
    let same = if complete { a == b } else { x == y };
    if same {
        Agreement::Agreed
    } else {
        Agreement::Opposed
    }
}

/// Monday is 1.
fn weekday(value: &str) -> Option<i8> {
    if let Some(weekday) = value.strip_prefix("XXXX-WXX-") {
        return weekday.parse().ok();
    }
    let date: Date = value.parse().ok()?;
    Some(date.weekday().to_monday_one_offset())
}

/// Whether a TIMEX3 day with unknown components (`XXXX-03-27`, `XXXX-WXX-1`) can be a date.
pub(super) fn can_be(value: &str, date: Date) -> bool {
    if let Some(weekday) = value.strip_prefix("XXXX-WXX-") {
        return weekday.get(..1) == Some(&*date.weekday().to_monday_one_offset().to_string());
    }
    let known = |(a, b): (u8, u8)| a == b'X' || a == b;
    value.bytes().zip(date.to_string().bytes()).all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_components_match_anything() {
        let monday = jiff::civil::date(2017, 12, 11);
        for (value, expected) in [
            ("XXXX-WXX-1", true),
            ("XXXX-WXX-2", false),
            ("XXXX-12-11", true),
            ("XXXX-03-27", false),
            ("XXXX-XX-XX", true),
        ] {
            assert_eq!(can_be(value, monday), expected, "{value}");
        }
    }

    #[test]
    fn a_weekday_agrees_with_its_dates() {
        for (a, b, expected) in [
            ("XXXX-WXX-1", "2017-12-11", Agreement::Agreed),
            ("XXXX-WXX-1", "XXXX-WXX-2", Agreement::Opposed),
            ("2017-12-11", "2017-12-18", Agreement::Opposed),
            ("XXXX-12-11", "2017-12-18", Agreement::Unknown),
        ] {
            assert_eq!(compare(a, b), expected, "{a} {b}");
        }
    }
}
