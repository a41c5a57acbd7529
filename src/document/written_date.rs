//! Dates as datelines and bylines write them. Only a date that is whole and means one day is one: no
//! year is filled in, and `11/12/2017`, which two countries read differently, is none.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

/// Names of months in English, full or cut after at least three letters, in a pattern.
pub(super) const MONTH: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?\
    |Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

/// Ways of writing a date; the groups `y`, `m` and `d` hold its parts.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let day = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?";
    let year = r"(?P<y>\d{4})\b";
    let time = r"(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?";
    let patterns = [
        format!(r"(?i)\b(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){time}\b"),
        format!(r"(?i)\b{day}[ -](?:of )?(?P<m>{MONTH})\b\.?,?[ -]{year}"),
        format!(r"(?i)\b(?P<m>{MONTH})\b\.? {day},? {year}"),
        r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b".to_owned(),
        r"\b(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})\b".to_owned(),
        r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})\b".to_owned(),
        r"(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?日".to_owned(),
    ];
    patterns
        .iter()
        .map(|p| Regex::new(p).expect("tested pattern"))
        .collect()
});

/// The first date in some words, with its place in them.
pub(super) fn find(words: &str) -> Option<(Range<usize>, Date)> {
    let dates = PATTERNS.iter().filter_map(|pattern| {
        let found = pattern.captures(words)?;
        Some((found.get(0)?.range(), read(&found)?))
    });
    dates.min_by_key(|(place, _)| place.start)
}

fn read(found: &Captures<'_>) -> Option<Date> {
    let number = |name: &str| {
        found
            .name(name)
            .and_then(|part| part.as_str().parse::<i8>().ok())
    };
    let year: i16 = found.name("y")?.as_str().parse().ok()?;
    let (month, day) = match (number("a"), number("b")) {
        (Some(a), Some(b)) => day_and_month(a, b)?,
        _ => (month(found.name("m")?.as_str())?, number("d")?),
    };
    Date::new(year, month, day).ok()
}

/// Month and day of two numbers, when only one reading is a date or both give the same one.
fn day_and_month(a: i8, b: i8) -> Option<(i8, i8)> {
    match (a, b) {
        (a, b) if a == b => Some((a, b)),
        (13.., ..=12) => Some((b, a)),
        (..=12, 13..) => Some((a, b)),
        _ => None,
    }
}

fn month(name: &str) -> Option<i8> {
    const STARTS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    if let Ok(number) = name.parse() {
        return Some(number);
    }
    let name = name.to_ascii_lowercase();
    let index = STARTS.iter().position(|start| name.starts_with(start))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn one_day_in_many_ways() {
        let ways = [
            "12 December 2017",
            "Published: December 12, 2017 10:04",
            "Dec. 12, 2017",
            "Tue, 12 Dec 2017 10:00:00 GMT",
            "12th of december 2017",
            "12-Dec-2017",
            "2017-12-12",
            "2017-12-12T23:00:00+03:00",
            "12.12.2017",
            "12/12/2017",
            "2017/12/12",
            "2017年12月12日",
        ];
        for way in ways {
            assert_eq!(
                find(way).map(|(_, day)| day),
                Some(date(2017, 12, 12)),
                "{way}"
            );
        }
        assert_eq!(
            find("11.12.2017").map(|(_, day)| day),
            Some(date(2017, 12, 11))
        );
        assert_eq!(
            find("25/12/2017").map(|(_, day)| day),
            Some(date(2017, 12, 25))
        );
        assert_eq!(
            find("12/25/2017").map(|(_, day)| day),
            Some(date(2017, 12, 25))
        );
    }

    #[test]
    fn what_is_no_day() {
        let others = [
            "Dec 12",
            "December 2017",
            "11/12/2017",
            "31.02.2017",
            "2017-13-01",
            "12 Mayor 2017",
            "version 1.2.20171",
            "",
            "99 December 2017",
        ];
        for other in others {
            assert_eq!(find(other), None, "{other}");
        }
    }
}
