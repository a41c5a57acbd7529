//! Figures in a text: numbers in digits and in words, with what they count.
//!
//! "At least 12 people", "more than two hundred", "dozens": the value, where it stands, how it is
//! hedged, and the words after it.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::terms;
use crate::span::Span;

/// How a writer hedges a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hedge {
    /// As it stands.
    Exactly,
    /// "at least", "more than".
    AtLeast,
    /// "up to", "fewer than".
    AtMost,
    /// "about", "some"; and "dozens", "hundreds".
    About,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// Its value; for "dozens" the least that it can mean. Fractions are cut off.
    pub(crate) value: u64,
    /// Where the number itself stands, in bytes.
    pub(crate) span: Span,
    /// How it is hedged.
    pub(crate) hedge: Hedge,
    /// Stems of up to three words after it.
    pub(crate) counted: Vec<String>,
}

/// A number as a regular expression: digits, or a run of number words.
pub(crate) const NUMBER: &str = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s(?:million|thousand|hundred))?|(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|a\shundred|a\sthousand|(?:dozens|hundreds|tens)\sof\s(?:thousands|millions)|millions|dozens|scores|hundreds|thousands|a\sdozen|dozen)(?:(?:-|\s|\sand\s)(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million))*)";

/// Words that hedge a figure, before it.
pub(crate) const HEDGE: &str = r"(?:at\sleast|no\sfewer\sthan|not\sless\sthan|more\sthan|over|above|some|about|around|approximately|an\sestimated|nearly|almost|close\sto|up\sto|as\smany\sas|fewer\sthan|less\sthan|under|a\sminimum\sof|a\stotal\sof|another|only|just)";

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:(?P<hedge>{HEDGE})\s)?(?P<number>{NUMBER})\b(?P<rest>(?:\s[A-Za-z-]+){{0,3}})"
    ))
    .expect("a test finds figures")
});

/// The figures of a text that count something, in text order.
pub(crate) fn counted_figures(text: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut at = 0;
    while let Some(found) = FIGURE.captures_at(text, at) {
        let (Some(number), Some(rest)) = (found.name("number"), found.name("rest")) else {
            break;
        };
        at = text.ceil_char_boundary(number.end().max(at + 1));
        let Some(value) = value(number.as_str()) else {
            continue;
        };
        figures.push(Figure {
            value,
            span: Span::new(number.start(), number.end()),
            hedge: found
                .name("hedge")
                .map_or(Hedge::Exactly, |h| hedge(h.as_str())),
            counted: terms(rest.as_str()),
        });
    }
    figures
}

/// What a hedging phrase means.
pub(crate) fn hedge(phrase: &str) -> Hedge {
    match phrase.to_lowercase().as_str() {
        "at least" | "no fewer than" | "not less than" | "more than" | "over" | "above"
        | "a minimum of" => Hedge::AtLeast,
        "up to" | "as many as" | "fewer than" | "less than" | "under" => Hedge::AtMost,
        "a total of" | "another" | "only" | "just" => Hedge::Exactly,
        _ => Hedge::About,
    }
}

/// The value of a number in digits or words; `None` when the words are no number ("one" alone is
/// mostly a pronoun, and counts as 1 all the same).
pub(crate) fn value(number: &str) -> Option<u64> {
    let mut total = 0_u64;
    let mut part = 0_u64;
    for word in number.to_lowercase().replace('-', " ").split_whitespace() {
        let digits = word.replace(',', "");
        let whole = digits.split('.').next().unwrap_or_default();
        if let Ok(value) = whole.parse::<u64>() {
            let tenths = digits
                .split('.')
                .nth(1)
                .and_then(|d| d.get(..1)?.parse::<u64>().ok());
            part = part.checked_add(value)?;
            if let Some(tenths) = tenths.filter(|_| number.contains("illion")) {
                total = total.checked_add(tenths.checked_mul(100_000)?)?;
            }
            continue;
        }
        match word {
            "a" | "and" => {}
            "of" => {}
            "hundred" | "hundreds" => part = part.max(1).checked_mul(100)?,
            "dozen" => part = part.max(1).checked_mul(12)?,
            "dozens" => part = 24,
            "tens" => part = 10,
            "scores" => part = 40,
            "thousand" | "thousands" | "million" | "millions" => {
                let unit = if word.starts_with("million") {
                    1_000_000
                } else {
                    1000
                };
                total = total.checked_add(part.max(1).checked_mul(unit)?)?;
                part = 0;
            }
            _ => part = part.checked_add(small(word)?)?,
        }
    }
    total.checked_add(part)
}

fn small(word: &str) -> Option<u64> {
    const WORDS: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let unit = WORDS
        .iter()
        .zip(1..)
        .find(|(w, _)| **w == word)
        .map(|(_, value)| value);
    unit.or_else(|| {
        TENS.iter()
            .zip(2..)
            .find(|(w, _)| **w == word)
            .map(|(_, value)| value * 10)
    })
}

/// Whether a stem stands for victims: their number is revised from report to report, so that other
/// figures do not speak against one event.
pub(crate) fn is_toll(stem: &str) -> bool {
    const STEMS: [&str; 16] = [
        "bodi", "casualti", "dead", "death", "die", "drown", "hurt", "injur", "kill", "live",
        "miss", "passeng", "peopl", "person", "victim", "wound",
    ];
    STEMS.binary_search(&stem).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_and_words() {
        for (words, expected) in [
            ("1,453", 1453),
            ("twenty-one", 21),
            ("one thousand", 1000),
            ("two hundred and five", 205),
            ("1.4 million", 1_400_000),
            ("dozens", 24),
            ("a hundred", 100),
            ("3 thousand", 3000),
            ("hundreds of thousands", 100_000),
            ("tens of thousands", 10_000),
            ("millions", 1_000_000),
        ] {
            assert_eq!(value(words), Some(expected), "{words}");
        }
        assert_eq!(value("often"), None);
    }

    #[test]
    fn figures_know_their_hedge_and_what_they_count() {
        let found =
            counted_figures("At least 12 pirates and more than two hundred sheep; often none.");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].value, found[0].hedge), (12, Hedge::AtLeast));
        assert_eq!(found[0].counted[0], "pirat");
        assert_eq!(found[1].value, 200);
    }

    #[test]
    fn toll_stems_are_sorted() {
        assert!(is_toll("bodi") && is_toll("wound") && !is_toll("pirat"));
    }
}
