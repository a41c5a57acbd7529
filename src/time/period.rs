//! A phrase such as a context's name in, the phrase without its period and the period out:
//! "Syria intervention 2015–2017", "floods in March 2016".

use std::sync::LazyLock;

use jiff::civil::DateTime;
use regex::{Captures, Regex};

use super::edtf;
use super::interval::Interval;
use super::{MONTHS, NUMBERED};

/// Splits a phrase into its words and the period written in it.
///
/// The period may be a year, a month, a day or a range of them, with "in", "from … to",
/// "between … and", "since" or "until". Four digits alone are a year from 1000 to 2199, unless they number
/// something: "Resolution 1973". A phrase without a period comes back as it was.
///
/// ```
/// use annals::time::split_period;
/// let (words, period) = split_period("river floods 2015–2017");
/// assert_eq!(words, "river floods");
/// assert_eq!(period.map(|period| period.edtf()).as_deref(), Some("2015/2017"));
/// ```
#[must_use]
pub fn split_period(phrase: &str) -> (String, Option<Interval>) {
    match find(phrase) {
        Some((found, interval)) => {
            let whole = found.get_match();
            (without(phrase, whole.start(), whole.end()), Some(interval))
        }
        None => (phrase.trim().to_owned(), None),
    }
}

/// Whether the period of a phrase is nothing but four digits, which could also be a number of
/// something: "Asteroid 1998".
pub(crate) fn is_bare_year(phrase: &str) -> bool {
    let lone = |found: &Captures<'_>| {
        found.name("lead").is_none() && found.name("last").is_none() && is_number(&found["first"])
    };
    find(phrase).is_some_and(|(found, _)| lone(&found))
}

/// The first period in a phrase.
fn find(phrase: &str) -> Option<(Captures<'_>, Interval)> {
    PERIOD
        .captures_iter(phrase)
        .filter(|found| are_years(phrase, found))
        .find_map(|found| interval(&found).map(|interval| (found, interval)))
}

/// Years that four digits alone can be: as in texts, where `extract` reads them.
const YEARS: std::ops::RangeInclusive<u16> = 1000..=2199;

/// Whether the bare numbers of what was found can be years: they are of a size that years have, no part
/// of a longer word ("MH-2015", "2019-nCoV"), and number nothing ("Flight 1549").
fn are_years(phrase: &str, found: &Captures<'_>) -> bool {
    let mut numbers = [found.name("first"), found.name("last")]
        .into_iter()
        .flatten()
        .filter(|end| is_number(end.as_str()))
        .peekable();
    if numbers.peek().is_none() {
        return true;
    }
    let whole = found.get_match();
    let (before, after) = (&phrase[..whole.start()], &phrase[whole.end()..]);
    let is_word = before.ends_with(['-', '/', '.', '#'])
        || after
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let last_word = before.split_whitespace().next_back().unwrap_or_default();
    let last_word = last_word.trim_end_matches('.').to_lowercase();
    let is_numbered = found.name("lead").is_none() && NUMBERED.contains(&last_word.as_str());
    let fits = |year: &str| year.parse().is_ok_and(|year| YEARS.contains(&year));
    !is_word && !is_numbered && numbers.all(|year| fits(year.as_str()))
}

fn is_number(written: &str) -> bool {
    written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date as the phrase may write it: ISO, with a month's name, or a year. The classes are spelled
/// out in ASCII: the Unicode ones triple the time to compile the pattern.
const DATE: &str = concat!(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|(?:[0-9]{1,2}[ \t\u{a0}]+)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|",
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?[ \t\u{a0}]+(?:[0-9]{1,2},?[ \t\u{a0}]+)?[0-9]{4}|",
    r"[0-9]{4}-[0-9]{2}|[0-9]{4}"
);

static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"(?i)(?:(?-u:\b)(?P<lead>in|from|between|since|after|until|till|before|during|of)[ \t\u{{a0}}]+)?(?-u:\b)(?P<first>{DATE})(?:(?P<join>[ \t\u{{a0}}]*(?:[-–—/]|\.\.)[ \t\u{{a0}}]*|[ \t\u{{a0}}]+(?:to|and|until|till|through)[ \t\u{{a0}}]+)(?P<last>{DATE}|[0-9]{{2}}))?(?-u:\b)"
    );
    Regex::new(&pattern).expect("the pattern is a constant that the tests compile")
});

fn interval(found: &Captures<'_>) -> Option<Interval> {
    let lead = found
        .name("lead")
        .map_or("", |lead| lead.as_str())
        .to_ascii_lowercase();
    let first = found.name("first")?.as_str();
    if let Some(last) = found.name("last") {
        let interval = ends(first, last.as_str());
        return interval.or_else(|| short_range(first, last.as_str()));
    }
    let Some(date) = date(first) else {
        // "2015-16" reads as a range where it is no month.
        return first
            .split_once('-')
            .and_then(|(year, short)| short_range(year, short));
    };
    match lead.as_str() {
        "since" => Some(Interval {
            latest: DateTime::MAX,
            ..date
        }),
        "until" | "till" => Some(Interval {
            earliest: DateTime::MIN,
            ..date
        }),
        "before" => Some(Interval {
            earliest: DateTime::MIN,
            latest: date.earliest.date().yesterday().ok()?.at(23, 59, 59, 0),
            ..date
        }),
        "after" => Some(Interval {
            earliest: date.latest.date().tomorrow().ok()?.at(0, 0, 0, 0),
            latest: DateTime::MAX,
            ..date
        }),
        _ => Some(date),
    }
}

fn ends(first: &str, last: &str) -> Option<Interval> {
    date(first)?.through(&date(last)?)
}

/// "2015-16": the second year in two digits.
fn short_range(year: &str, short: &str) -> Option<Interval> {
    if year.len() != 4 || short.len() != 2 {
        return None;
    }
    let last = format!("{}{short}", year.get(..2)?);
    edtf::date(year)?.through(&edtf::date(&last)?)
}

/// An ISO date, a year, or a date with a month's name in either order.
fn date(written: &str) -> Option<Interval> {
    if let Some(date) = edtf::date(written) {
        return Some(date);
    }
    let mut words = written
        .split([' ', ',', '.', '\t', '\u{a0}'])
        .filter(|word| !word.is_empty());
    let (first, second, third) = (words.next()?, words.next()?, words.next());
    if words.next().is_some() {
        return None;
    }
    match (month(first), third) {
        (Some(month), None) => Interval::month(second.parse().ok()?, month),
        (Some(month), Some(year)) => Interval::day(year.parse().ok()?, month, second.parse().ok()?),
        (None, Some(year)) => {
            Interval::day(year.parse().ok()?, month(second)?, first.parse().ok()?)
        }
        (None, None) => None,
    }
}

/// The month that a word names in full or by its first three letters ("Sept" too).
fn month(word: &str) -> Option<i8> {
    let is = |name: &str| name.eq_ignore_ascii_case(word);
    let mut months = (1..).zip(MONTHS);
    let found =
        months.find(|(number, name)| is(name) || is(&name[..3]) || (*number == 9 && is("sept")));
    found.map(|(number, _)| number)
}

/// The phrase without the bytes `start..end`, its spaces and commas mended.
fn without(phrase: &str, start: usize, end: usize) -> String {
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':');
    let before = phrase[..start]
        .trim_end_matches('(')
        .trim_end_matches(edge)
        .trim_end_matches('(');
    let after = phrase[end..].trim_start_matches(')').trim_matches(edge);
    let joined = format!("{} {after}", before.trim());
    joined.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_split_off() {
        for (phrase, words, edtf) in [
            ("river floods 2015-2017", "river floods", "2015/2017"),
            ("river floods 2015..2017", "river floods", "2015/2017"),
            ("river floods (2015–2017)", "river floods", "2015/2017"),
            ("river floods, 2015 to 2017", "river floods", "2015/2017"),
            (
                "river floods from 2015 until 2017",
                "river floods",
                "2015/2017",
            ),
            (
                "river floods between 2015 and 2017",
                "river floods",
                "2015/2017",
            ),
            ("river floods 2015–16", "river floods", "2015/2016"),
            ("river floods 2015-10", "river floods", "2015-10"),
            ("river floods in 2016", "river floods", "2016"),
            ("floods of March 2016", "floods", "2016-03"),
            ("floods 5 March 2016", "floods", "2016-03-05"),
            ("floods Sept. 5, 2016", "floods", "2016-09-05"),
            ("2016-03 to 2016-05", "", "2016-03/2016-05"),
            ("2016 floods in Ghent", "floods in Ghent", "2016"),
            ("floods since 2016", "floods", "2016/.."),
            ("floods until 2016", "floods", "../2016"),
            ("floods before 2016", "floods", "../2015"),
            (
                "unrest in the 2016 elections",
                "unrest in the elections",
                "2016",
            ),
            ("Resolution 1973 of 2011", "Resolution 1973", "2011"),
            ("Flight 1549 January 2009", "Flight 1549", "2009-01"),
            ("wars 1912–1913 in Europe", "wars in Europe", "1912/1913"),
        ] {
            let (rest, period) = split_period(phrase);
            assert_eq!(rest, words, "{phrase}");
            assert_eq!(
                period.map(|period| period.edtf()).as_deref(),
                Some(edtf),
                "{phrase}"
            );
        }
    }

    #[test]
    fn what_can_be_another_number_is_known() {
        assert!(is_bare_year("Asteroid 1998") && is_bare_year("2016 floods"));
        for phrase in [
            "floods in 2016",
            "floods 2015-2016",
            "floods May 2016",
            "floods",
        ] {
            assert!(!is_bare_year(phrase), "{phrase}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for phrase in [
            "river floods",
            "Boeing 737",
            "resolution 12345",
            "Metrojet Flight 9268",
            "Resolution 2254",
            "Flight 1549",
            "flight 1549 crash",
            "Directive No. 1907",
            "Route 1066",
            "2019-nCoV",
            "MH-2015",
            "Rule 0042",
            "2017-2015",
            "",
            "洪水",
        ] {
            let (rest, period) = split_period(phrase);
            assert_eq!((rest.as_str(), period), (phrase, None), "{phrase}");
        }
    }
}
