//! When and where an article says it was written: a line that is nothing but a date, or the place,
//! day and agency before its first sentence.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::document::written_date::{self, MONTH};

/// How much a date line is worth; the first of the best is the document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// When it was changed.
    Updated,
    /// A date before the first sentence.
    Dateline,
    /// A date without a word about it.
    Bare,
    /// When it was published.
    Published,
}

/// Longest date line, in characters. A guess: two dates with labels, times and zones fit.
const MAX_CHARS: usize = 120;

static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:first )?(?:published|posted|date|issued|released|发布时间|发表于)\b")
        .expect("tested pattern")
});
static UPDATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:last )?(?:updated?|modified|edited|revised|更新)\b")
        .expect("tested pattern")
});

/// What may stand around the date of a line that is nothing but a date.
static AROUND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?: (?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?
            | \d{1,2}[:.h]\d{2}(?:[:.]\d{2})? | [ap]\.?m\b\.? | gmt | utc | [a-z]{1,3}[sd]t | cet | msk | hrs
            | on | at | first | last | published | posted | updated? | modified | date | issued | released )\b
          | [\p{P}\p{S}\s] | [ap]\.m\. | 星期. | 发布时间 | 发表于 | 更新",
    )
    .expect("tested pattern")
});

/// The date of a line that says nothing else, or says that it is a date of publication.
pub(super) fn date_line(words: &str) -> Option<(Claim, Date)> {
    if words.chars().count() > MAX_CHARS {
        return None;
    }
    let (place, date) = written_date::find(words)?;
    if PUBLISHED.is_match(words) && words[..place.start].chars().count() <= MAX_LABEL_CHARS {
        return Some((Claim::Published, date));
    }
    let claim = if UPDATED.is_match(words) {
        Claim::Updated
    } else {
        Claim::Bare
    };
    let around = format!("{} {}", &words[..place.start], &words[place.end..]);
    AROUND
        .replace_all(&around, "")
        .is_empty()
        .then_some((claim, date))
}

/// Longest label between a word of publication and its date, in characters. A guess.
const MAX_LABEL_CHARS: usize = 40;

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let day = format!(r"(?:{MONTH}\b\.? \d{{1,2}}|\d{{1,2}} {MONTH}\b\.?)(?:,? \d{{4}})?");
    let place =
        r"\p{Lu}[\p{Lu}.'’/-]+(?: [\p{Lu}.'’/-]+){0,3}(?:, \p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+)?)?";
    let agency = r"\(\p{L}[^()]{1,40}\)";
    Regex::new(&format!(
        r"^(?:{place}(?:,? {day}(?: {agency})?| {agency})|{agency}) ?(?:--|[-–—]) ?"
    ))
    .expect("tested pattern")
});

/// Length in bytes of the place, day and agency before a first sentence, and the day if it is whole.
pub(super) fn dateline(words: &str) -> Option<(usize, Option<Date>)> {
    let found = DATELINE
        .find(words)
        .filter(|found| found.end() < words.len())?;
    Some((
        found.end(),
        written_date::find(found.as_str()).map(|(_, date)| date),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn date_lines() {
        let day = date(2017, 12, 12);
        let cases = [
            ("Published 12 December 2017", Claim::Published),
            (
                "Published on Malta Times at 10:04, 12 Dec 2017",
                Claim::Published,
            ),
            ("12.12.2017", Claim::Bare),
            ("Tuesday, December 12, 2017 | 10:04 a.m. GMT", Claim::Bare),
            ("Last updated: 2017-12-12", Claim::Updated),
            ("2017年12月12日 星期二 10:04", Claim::Bare),
        ];
        for (line, claim) in cases {
            assert_eq!(date_line(line), Some((claim, day)), "{line}");
        }
        for line in [
            "The siege of 12 December 2017",
            "Published in December 2017",
            "12 December",
        ] {
            assert_eq!(date_line(line), None, "{line}");
        }
    }

    #[test]
    fn datelines() {
        let cases = [
            ("VALLETTA, Dec 11 (Agency) - A ferry", "A ferry", None),
            ("VALLETTA (Agency) — A ferry", "A ferry", None),
            (
                "VALLETTA, Malta, December 11, 2017 – A ferry",
                "A ferry",
                Some(date(2017, 12, 11)),
            ),
            (
                "ST. PAUL'S BAY, 11 Dec. 2017 (Agency) -- A ferry",
                "A ferry",
                Some(date(2017, 12, 11)),
            ),
            ("(Agency) - A ferry", "A ferry", None),
        ];
        for (words, rest, day) in cases {
            let (end, found) = dateline(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!((&words[end..], found), (rest, day), "{words}");
        }
        for words in [
            "MPs - all of them - left",
            "A ferry (big) - sank",
            "VALLETTA - A ferry",
        ] {
            assert_eq!(dateline(words), None, "{words}");
        }
    }
}
