//! Figures by what they measure: the dead, the injured, the missing, the arrested, the displaced,
//! cases of a disease, the magnitude of an earthquake.
//!
//! Patterns over the words around a number. A number of the dead that is called so ("the death toll
//! rises to 31") is a text's figure before any other ("kills twelve", "31 bodies"); of the others,
//! and of every other quantity, the first in the text is. Increments ("three more deaths") and
//! forecasts ("could rise to 5,000") are no totals and are passed over. Written by looking at 102
//! labelled pairs of news items.

use std::sync::LazyLock;

use regex::Regex;

use crate::resolve::figures::{HEDGE, Hedge, NUMBER, hedge, value};
use crate::span::Span;

/// What a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// People killed.
    Dead,
    /// People injured.
    Injured,
    /// People missing.
    Missing,
    /// People arrested.
    Arrested,
    /// People displaced or homeless.
    Displaced,
    /// Cases of a disease.
    Cases,
    /// The magnitude of an earthquake.
    Magnitude,
    /// How far justice has come with somebody; its values are words.
    Status,
}

impl Quantity {
    /// Its name in the graph.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Injured => "injured",
            Self::Missing => "missing",
            Self::Arrested => "arrested",
            Self::Displaced => "displaced",
            Self::Cases => "cases",
            Self::Magnitude => "magnitude",
            Self::Status => "status",
        }
    }

    /// Whether its figure can only grow, unless somebody says that it was wrong.
    pub(super) const fn accumulates(self) -> bool {
        matches!(
            self,
            Self::Dead | Self::Injured | Self::Arrested | Self::Cases | Self::Status
        )
    }
}

/// A quantity that a text states.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stated {
    pub(super) quantity: Quantity,
    /// The value in plain digits, or the word of a status.
    pub(super) value: String,
    /// The value for comparison; the rung of a status.
    pub(super) amount: f64,
    /// How it is hedged.
    pub(super) hedge: Hedge,
    /// Where the words stand, in bytes of the text.
    pub(super) span: Span,
}

struct Rule {
    quantity: Quantity,
    /// Beginnings of words, of which every match has one: most texts need not be searched.
    words: &'static [&'static str],
    pattern: Regex,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    PATTERNS
        .iter()
        .map(|(quantity, words, pattern)| Rule {
            quantity: *quantity,
            words,
            pattern: Regex::new(&expand(pattern)).expect("a test compiles every pattern"),
        })
        .collect()
});

/// `N` is a number, `H` a hedge, `P` up to four words of people, `A` words like "have been", `X` what
/// lies between "death toll" and its figure.
const PATTERNS: [(Quantity, &[&str], &str); 15] = [
    (
        Quantity::Dead,
        &["toll", "death", "fatalit", "dead"],
        r"\b(?:death toll|death count|toll|number of (?:\w+ ){0,3}(?:deaths|fatalities|dead)|deaths|fatalities)\b(?:X\b(?:(?:to|at|reaches|reached|passes|passed|exceeds|exceeded|is|was|of|stands|tops|topped|hits|hit|nears|surpasses|surpassed|now|as|high|being|toll)\s)+|(?:\sof)?\s(?:H\s))(?:H\s)*N\b",
    ),
    (
        Quantity::Dead,
        &["kill", "claim"],
        r"\b(?:kill|kills|killed|killing|claims the lives of|claimed the lives of|claiming the lives of)\s(?:H\s)*N\b",
    ),
    (
        Quantity::Dead,
        &[
            "killed", "dead", "die", "drown", "perished", "murdered", "lost",
        ],
        r"(?:H\s)*\bNPA\s(?:killed|dead|died|die|dies|drowned|drown|perished|murdered|lost their lives)\b",
    ),
    (
        Quantity::Dead,
        &["killed", "dead"],
        r"(?:H\s)*\bN(?:\s[\w'’-]+){1,10}?\s(?:is|are|was|were|has been|have been)\s(?:reported to have been |reportedly |confirmed |feared |missing and feared )?(?:killed|dead)\b",
    ),
    (
        Quantity::Dead,
        &["death", "fatalit", "bodies", "dead"],
        r"(?:H\s)*\bN(?:\s(?:confirmed|storm|civilian))*\s(?:deaths|fatalities|bodies|dead|death)\b",
    ),
    (
        Quantity::Injured,
        &["injur", "wound", "hurt"],
        r"\b(?:injure|injures|injured|injuring|wound|wounds|wounded|wounding|hurt|hurting)\s(?:H\s)*N\b",
    ),
    (
        Quantity::Injured,
        &["injured", "wounded", "hurt"],
        r"(?:H\s)*\bNPA\s(?:injured|wounded|hurt)\b",
    ),
    (
        Quantity::Missing,
        &["missing", "unaccounted"],
        r"(?:H\s)*\bNPA\s(?:missing|unaccounted)\b",
    ),
    (
        Quantity::Arrested,
        &["arrested", "detained"],
        r"(?:H\s)*\bNPA\s(?:arrested|detained)\b",
    ),
    (
        Quantity::Arrested,
        &["arrest", "detain"],
        r"\b(?:arrest|arrests|arrested|detain|detains|detained)\s(?:H\s)*N\b",
    ),
    (
        Quantity::Displaced,
        &["displaced", "homeless", "evacuated"],
        r"(?:H\s)*\bNPA\s(?:displaced|homeless|evacuated)\b",
    ),
    (
        Quantity::Displaced,
        &["displac", "evacuat"],
        r"\b(?:displac(?:es|ed|ing)|evacuat(?:es|ed|ing))\s(?:H\s)*N\b",
    ),
    (
        Quantity::Cases,
        &["cases"],
        r"\bnumber of (?:confirmed |suspected )?casesX\b(?:to|at|reaches|passes|exceeds|is|of)\s(?:H\s)*N\b",
    ),
    (
        Quantity::Cases,
        &["cases"],
        r"(?:H\s)*\bN(?:\s(?:confirmed|suspected|total))*\scases\b",
    ),
    (
        Quantity::Magnitude,
        &["magnitude"],
        r"\bmagnitude(?:\s(?:of|to|at|from))*\s(?:H\s)*(?P<n>\d{1,2}\.\d)\b|\b(?P<n2>\d{1,2}\.\d)[- ]magnitude\b",
    ),
];

fn expand(pattern: &str) -> String {
    const BETWEEN: &str = r"(?:[^.;]|\.\s?[0-9a-z]){0,160}?";
    const PEOPLE: &str = r"(?:\s[\w'’-]+){0,4}?";
    const AUXILIARY: &str = r"(?:\s(?:are|were|was|is|have|has|had|been|being|be|now|so|far|reported|reportedly|confirmed|believed|feared|presumed|known|to|also|left|listed|as))*";
    let number = format!("(?P<n>{NUMBER})");
    let mut expanded = String::from("(?i)");
    let mut rest = pattern;
    // The letters stand alone in the patterns above; everything else is taken as it is.
    while let Some(at) = rest.find(['N', 'H', 'P', 'A', 'X']) {
        expanded.push_str(&rest[..at]);
        let is_group = rest[..at].ends_with("(?");
        expanded.push_str(match &rest[at..=at] {
            "P" if is_group => "P",
            "N" => &number,
            "H" => HEDGE,
            "P" => PEOPLE,
            "A" => AUXILIARY,
            _ => BETWEEN,
        });
        rest = &rest[at + 1..];
    }
    expanded.push_str(rest);
    expanded
}

/// The quantities a text states, at most one figure each, sorted by quantity.
pub(super) fn stated(text: &str) -> Vec<Stated> {
    let masked = without_dates(text);
    let mut best: Vec<(Quantity, bool, usize, Stated)> = Vec::new();
    let small = masked.to_lowercase();
    for (place, rule) in RULES.iter().enumerate() {
        if !rule.words.iter().any(|word| small.contains(word)) {
            continue;
        }
        let is_loose = place > 0;
        for found in figures_of(rule, &masked) {
            best.push((rule.quantity, is_loose, found.span.start, found));
        }
    }
    best.extend(status(&masked).map(|found| (Quantity::Status, false, 0, found)));
    best.sort_by_key(|(quantity, is_loose, start, _)| (*quantity, *is_loose, *start));
    best.dedup_by_key(|(quantity, ..)| *quantity);
    best.into_iter().map(|(.., stated)| stated).collect()
}

fn figures_of(rule: &Rule, text: &str) -> Vec<Stated> {
    let found = rule.pattern.captures_iter(text).filter_map(|captures| {
        let number = captures.name("n").or_else(|| captures.name("n2"))?;
        let whole = captures.get(0)?;
        let between = &text[whole.start()..number.start()];
        if !is_total(text, number.range(), between) {
            return None;
        }
        let (written, amount) = if rule.quantity == Quantity::Magnitude {
            (number.as_str().to_owned(), number.as_str().parse().ok()?)
        } else {
            let value = value(number.as_str())?;
            (value.to_string(), f64::from(u32::try_from(value).ok()?))
        };
        Some(Stated {
            quantity: rule.quantity,
            value: written,
            amount,
            hedge: hedge_before(&text[..number.start()]),
            span: Span::new(number.start(), number.end()),
        })
    });
    found.collect()
}

/// Whether a figure is neither an increment, nor a forecast, nor a share or a length of time.
fn is_total(text: &str, number: std::ops::Range<usize>, between: &str) -> bool {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s(?:(?:more|other|further|new|additional|percent|per\scent|days?|weeks?|months?|hours?|years?|of\sthe)\b|[\w'’-]+\smore\b)")
            .expect("a test uses it")
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:\b(?:another|further|more|new|additional)|\b(?:could|may|might|expected\sto|fears?)\b[^.]{0,40})\s*(?:at\sleast\s|over\s|more\sthan\s)?$")
            .expect("a test uses it")
    });
    let start = text.ceil_char_boundary(number.start.saturating_sub(60));
    let before = if between.len() > 60 {
        between
    } else {
        &text[start..number.start]
    };
    let hedged = before.trim_end().to_lowercase();
    let is_more_than = hedged.ends_with("more than");
    !AFTER.is_match(&text[number.end..])
        && (is_more_than && !forecasts(before) || !BEFORE.is_match(before))
}

fn forecasts(before: &str) -> bool {
    ["could ", "might ", " may ", "expected to "]
        .iter()
        .any(|cue| before.contains(cue))
}

fn hedge_before(before: &str) -> Hedge {
    static LAST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r"(?i)\b({HEDGE})\s$")).expect("a test uses it"));
    let found = LAST.captures(before).and_then(|captures| captures.get(1));
    found.map_or(Hedge::Exactly, |phrase| hedge(phrase.as_str()))
}

/// How far justice has come: the highest rung that a text names.
fn status(text: &str) -> Option<Stated> {
    static RUNGS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:(?P<r1>arrested|detained|taken into custody)|(?P<r2>charged|indicted)|(?P<r3>convicted|found guilty)|(?P<r4>sentenced|jailed))\b")
            .expect("a test uses it")
    });
    const NAMES: [&str; 4] = ["arrested", "charged", "convicted", "sentenced"];
    let found = RUNGS.captures_iter(text).filter_map(|captures| {
        let rung = (0..4).find(|rung| captures.name(["r1", "r2", "r3", "r4"][*rung]).is_some())?;
        let whole = captures.get(0)?;
        Some((rung, whole.range()))
    });
    let (rung, range) = found.max_by(|a, b| a.0.cmp(&b.0).then(b.1.start.cmp(&a.1.start)))?;
    Some(Stated {
        quantity: Quantity::Status,
        value: NAMES[rung].to_owned(),
        amount: [1.0, 2.0, 3.0, 4.0][rung],
        hedge: Hedge::Exactly,
        span: Span::new(range.start, range.end),
    })
}

/// The text with days of months and years blanked out, byte for byte.
fn without_dates(text: &str) -> String {
    static DATES: LazyLock<Regex> = LazyLock::new(|| {
        const MONTH: &str = "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.|Feb\\.|Aug\\.|Sept\\.|Oct\\.|Nov\\.|Dec\\.)";
        Regex::new(&format!(
            r"\b{MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH}(?:\s\d{{4}})?|\b(?:in|of|since|from|{MONTH})\s(?:1[89]\d\d|20\d\d)\b"
        ))
        .expect("a test uses it")
    });
    DATES
        .replace_all(text, |found: &regex::Captures<'_>| {
            let blank = |c: char| if c.is_ascii_digit() { '_' } else { c };
            found[0].chars().map(blank).collect::<String>()
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(quantity: Quantity, text: &str) -> Option<String> {
        let found = stated(text).into_iter().find(|s| s.quantity == quantity);
        found.map(|found| found.value)
    }

    #[test]
    fn the_dead_are_counted() {
        for (text, expected) in [
            (
                "The death toll from the flood in Laos rises to at least 31.",
                Some("31"),
            ),
            (
                "A blast kills at least twelve people and injures 40 others.",
                Some("12"),
            ),
            ("Eleven people have died so far.", Some("11")),
            (
                "The toll of more than 2,200 is expected to rise.",
                Some("2200"),
            ),
            ("Six bodies were recovered on May 3.", Some("6")),
            ("Three more deaths bring the death toll to 19.", Some("19")),
            ("The death toll could rise to 5,000.", None),
            ("Dozens of people were killed.", Some("24")),
            ("Nobody was hurt.", None),
        ] {
            assert_eq!(
                value_of(Quantity::Dead, text).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn other_quantities_are_counted() {
        for (quantity, text, expected) in [
            (
                Quantity::Injured,
                "A quake injures more than 400 people.",
                "400",
            ),
            (
                Quantity::Missing,
                "Twenty-one people are still missing.",
                "21",
            ),
            (Quantity::Arrested, "Police arrested 13 suspects.", "13"),
            (Quantity::Cases, "Tonga reports 265 suspected cases.", "265"),
            (Quantity::Magnitude, "A 6.3-magnitude quake.", "6.3"),
            (Quantity::Magnitude, "Its magnitude of 6.1 was felt.", "6.1"),
            (
                Quantity::Status,
                "He was arrested, then charged.",
                "charged",
            ),
        ] {
            assert_eq!(
                value_of(quantity, text).as_deref(),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn spans_are_the_words_of_the_figure() {
        let text = "Rescuers say at least fifty-six people died.";
        let found = stated(text);
        assert_eq!(found[0].span.of(text), "fifty-six");
        assert_eq!(found[0].hedge, Hedge::AtLeast);
    }
}
