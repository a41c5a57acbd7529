//! Values of options that several commands read: days, periods, numbers of things.

use jiff::civil::Date;

use super::Failure;
use crate::time::{Interval, TimeError};

/// First day of a written date.
pub(super) fn first_day(text: &str) -> Result<Date, String> {
    let interval = Interval::from_user(text);
    interval
        .map(|interval| interval.earliest.date())
        .map_err(|error| unreadable(text, &error))
}

/// Last day of a written date.
pub(super) fn last_day(text: &str) -> Result<Date, String> {
    let interval = Interval::from_user(text);
    interval
        .map(|interval| interval.latest.date())
        .map_err(|error| unreadable(text, &error))
}

/// A number of things that are to be shown, one or more.
pub(super) fn one_or_more(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("want 1 or more".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("want a number, 1 or more".to_owned()),
    }
}

/// Refuses a period that ends before it begins.
pub(super) fn check_period(from: Option<Date>, to: Option<Date>) -> Result<(), Failure> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(Failure::usage(format!(
            "the period ends before it begins: --from {from} is after --to {to}"
        ))
        .hint("--from is the first day and --to the last")),
        _ => Ok(()),
    }
}

/// Refuses a phrase that has a day which the calendar does not.
pub(super) fn check_days_of(phrase: &str) -> Result<(), Failure> {
    let absent = phrase.split_whitespace().find(|word| is_absent(word));
    match absent {
        Some(word) => Err(
            Failure::usage(format!("there is no {word} in the calendar"))
                .hint("dates are written 2015, 2015-09 or 2015-09-30"),
        ),
        None => Ok(()),
    }
}

fn unreadable(text: &str, error: &TimeError) -> String {
    match (error, is_absent(text)) {
        (TimeError::Unreadable(_), true) => format!("there is no {text} in the calendar"),
        (TimeError::Unreadable(_), false) => {
            "want 2015, 2015-09, 2015-09-30, or two of them with a slash between".to_owned()
        }
        (TimeError::Reversed(_), _) => "the period ends before it begins".to_owned(),
    }
}

/// Whether a word is written as a year, month and day and is none: `2015-02-30`, `2015-31-12`.
fn is_absent(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let digits = |part: &&str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let [year, month, day] = &parts[..] else {
        return false;
    };
    let is_date = year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2);
    is_date && Interval::from_user(word).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_none_is_told_from_what_is_no_date() {
        for (word, expected) in [
            ("2015-02-30", true),
            ("2015-31-12", true),
            ("2016-02-29", false),
            ("2015-02", false),
            ("COVID-19", false),
            ("1-2-3", false),
            ("soon", false),
        ] {
            assert_eq!(is_absent(word), expected, "{word}");
        }
        assert_eq!(
            first_day("2015-02-30").unwrap_err(),
            "there is no 2015-02-30 in the calendar"
        );
        assert!(first_day("soon").unwrap_err().starts_with("want 2015"));
    }
}
