//! What two items must share for a figure of one to revise that of the other: names, the hazard, the
//! other words; and what tells them apart: places, hazards.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

use crate::extract::gazetteer::{country_of_demonym, country_of_place};
use crate::extract::{EntityKind, term_weight, terms};
use crate::resolve::Reading;
use crate::span::Span;

/// The words of one item, as revisions look at them.
#[derive(Debug, Default)]
pub(super) struct Wording {
    /// All stems.
    pub(super) terms: BTreeSet<String>,
    /// Stems that say something beside "the toll rose".
    pub(super) telling: BTreeSet<String>,
    /// Stems of capitalized words.
    pub(super) names: BTreeSet<String>,
    /// Stems of places.
    pub(super) places: BTreeSet<String>,
    /// Countries that its first part, the title, speaks of.
    countries: BTreeSet<&'static str>,
    hazards: u32,
    /// Whether it speaks as those do who go on with a count.
    pub(super) has_cue: bool,
    /// Whether somebody says that a figure was wrong.
    pub(super) corrects: bool,
    /// Whether the thing goes on.
    pub(super) continues: bool,
    /// Whether somebody did it on purpose: attacks follow each other in one place.
    pub(super) is_violent: bool,
    pub(super) says_toll: bool,
}

impl Wording {
    pub(super) fn of(reading: &Reading, text: &str, parts: &[Span]) -> Self {
        let all: BTreeSet<String> = terms(text).into_iter().collect();
        let telling =
            |term: &&String| !is_idle(term) && !term.starts_with(|c: char| c.is_ascii_digit());
        let places = reading.extraction.mentions.iter().filter(|mention| {
            mention.kind == EntityKind::Place
                && parts.iter().any(|p| p.contains(mention.span))
                && !names_a_storm(&reading.document.text, mention.span)
        });
        let places = places.flat_map(|mention| terms(reading.document.words(mention.span)));
        Self {
            telling: all.iter().filter(telling).cloned().collect(),
            places: places.collect(),
            names: names(text),
            countries: countries(reading, parts.first().copied()),
            hazards: hazards(text),
            has_cue: CUE.is_match(text),
            corrects: CORRECTION.is_match(text),
            continues: text.contains("continu"),
            is_violent: VIOLENCE.is_match(text),
            says_toll: text.contains("toll") || text.contains("total"),
            terms: all,
        }
    }
}

/// The countries that a part of a text speaks of, by their places and by demonyms.
fn countries(reading: &Reading, part: Option<Span>) -> BTreeSet<&'static str> {
    let Some(part) = part else {
        return BTreeSet::new();
    };
    let document = &reading.document;
    let mentions = reading.extraction.mentions.iter();
    let places = mentions.filter(|m| m.kind == EntityKind::Place && part.contains(m.span));
    let of_places = places.filter_map(|m| country_of_place(document.words(m.span)));
    let words = document.words(part).unicode_words();
    of_places
        .chain(words.filter_map(country_of_demonym))
        .collect()
}

/// Whether a name is that of a storm rather than of the place a tagger takes it for.
fn names_a_storm(text: &str, name: Span) -> bool {
    let before = text[..name.start]
        .split_whitespace()
        .next_back()
        .unwrap_or_default();
    let own = name.of(text).split_whitespace().next().unwrap_or_default();
    let is_kind = |word: &str| {
        HAZARDS[2]
            .split(' ')
            .any(|kind| kind.eq_ignore_ascii_case(word))
    };
    is_kind(before) || is_kind(own)
}

/// Whether the later item may speak of the happening of the earlier one. The thresholds are sums of
/// idf (a word of 100 texts in 100,000 has 6.9), chosen on 102 labelled pairs.
pub(super) fn may_revise(earlier: &Wording, later: &Wording) -> bool {
    if are_elsewhere(earlier, later) {
        return false;
    }
    let names = shared_names(earlier, later);
    let same_hazard = earlier.hazards & later.hazards != 0;
    let fits = same_hazard || earlier.hazards == 0 || later.hazards == 0 || are_kin(earlier, later);
    let violent = earlier.is_violent && later.is_violent;
    if !later.has_cue {
        let goes_on = !violent || later.continues;
        return fits && goes_on && names >= 6.0 && cosine(earlier, later) >= 0.3;
    }
    let opposed = !earlier.names.is_empty() && !later.names.is_empty() && names == 0.0;
    let shared = earlier
        .telling
        .intersection(&later.telling)
        .map(|t| term_weight(t))
        .sum::<f64>();
    let named = same_hazard && names >= 4.0 || fits && names >= 7.4 || names >= 12.0;
    let hinted = same_hazard && !opposed && shared >= 3.0;
    (named || hinted) && (!violent || later.says_toll)
}

/// Whether a report of one event goes on with an earlier one's count: not when it tells of another
/// place, and, where one attack follows another, only when it says that it goes on.
pub(super) fn may_continue(earlier: &Wording, later: &Wording) -> bool {
    let violent = earlier.is_violent && later.is_violent;
    !are_elsewhere(earlier, later) && (!violent || later.has_cue || later.continues)
}

/// Both name places, and neither names one of the other's; or their titles speak of different countries: what
/// follows a title compares with other countries.
fn are_elsewhere(a: &Wording, b: &Wording) -> bool {
    let abroad =
        !a.countries.is_empty() && !b.countries.is_empty() && a.countries.is_disjoint(&b.countries);
    abroad
        || !a.places.is_empty()
            && !b.places.is_empty()
            && a.places.is_disjoint(&b.terms)
            && b.places.is_disjoint(&a.terms)
}

fn shared_names(a: &Wording, b: &Wording) -> f64 {
    let shared = a
        .names
        .intersection(&b.terms)
        .chain(b.names.intersection(&a.terms));
    let distinct: BTreeSet<&String> = shared.collect();
    distinct.into_iter().map(|term| term_weight(term)).sum()
}

fn cosine(a: &Wording, b: &Wording) -> f64 {
    let norms = squares(a.telling.iter()) * squares(b.telling.iter());
    if norms == 0.0 {
        return 0.0;
    }
    squares(a.telling.intersection(&b.telling)) / norms.sqrt()
}

fn squares<'a>(terms: impl Iterator<Item = &'a String>) -> f64 {
    terms.map(|term| term_weight(term).powi(2)).sum()
}

static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?is)\b(?:toll|deaths|fatalities|number of)\b.{0,160}?\b(?:ris(?:es|en|ing)|rose|reach(?:es|ed)|pass(?:es|ed)|exceeds?|climb(?:s|ed)|grow[sn]?|increase[sd]?|stands|now|to|is|at|surpass\w*|tops)\b|\bbringing\b|\braising\b|\brevise")
        .expect("a test uses it")
});
static CORRECTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:revised?|revises|lower(?:s|ed)|corrects?|corrected|downgraded)\b")
        .expect("a test uses it")
});
static VIOLENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)bomb|attack|militant|insurg|terror|\bshot\b|gunm[ae]n|clashes|raid")
        .expect("a test uses it")
});
static CAPITALIZED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b\p{Lu}[\w-]+").expect("a test uses it"));

/// Stems of capitalized words that do not begin a sentence and are nowhere written small.
fn names(text: &str) -> BTreeSet<String> {
    let small: BTreeSet<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    let inside = CAPITALIZED.find_iter(text).filter(|found| {
        let before = &text[..found.start()];
        !before.is_empty()
            && !before.ends_with('\n')
            && ![". ", "? ", "! "].iter().any(|end| before.ends_with(end))
    });
    let unseen = inside.filter(|found| !small.contains(&*found.as_str().to_lowercase()));
    unseen
        .flat_map(|found| terms(found.as_str()))
        .filter(|term| !is_idle(term))
        .collect()
}

/// Kinds of hazard, one bit each.
fn hazards(text: &str) -> u32 {
    let lower = text.to_lowercase();
    let words: BTreeSet<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let kinds = HAZARDS.iter().enumerate();
    kinds
        .filter(|(_, kind)| kind.split(' ').any(|word| words.contains(word)))
        .fold(0, |bits, (place, _)| bits | 1 << place)
}

/// Words of each kind of hazard: our own list, from no register. A hazard that it lacks speaks neither
/// for nor against.
const HAZARDS: [&str; 14] = [
    "earthquake earthquakes quake tremor tremors aftershock",
    "flood floods flooding flooded floodwaters landslide landslides mudslide mudslides rain rains",
    "typhoon hurricane cyclone storm storms tornado tornadoes",
    "fire wildfire wildfires blaze",
    "heat heatwave",
    "bomb bombing bombings bomber blast explosion explosions exploded",
    "attack attacks raid gunman shooting gunfire clashes shot ambush massacre siege",
    "crash crashes derailment derails derailed crashed collision",
    "sank sinks sinking capsizes capsized ferry",
    "mers outbreak ebola virus zika cholera disease epidemic legionnaires",
    "collapse collapses collapsed",
    "poison poisoning poisoned",
    "stampede",
    "eruption volcano erupts",
];

/// Hazards that bring each other about, by their places in [`HAZARDS`]: bombs and attacks, bombs and fires,
/// rain and storms, and what makes houses fall or fires spread. Our judgement, not measured singly.
const KIN: [(u32, u32); 7] = [(5, 6), (5, 3), (1, 2), (1, 10), (0, 10), (2, 9), (2, 3)];

fn are_kin(a: &Wording, b: &Wording) -> bool {
    let has = |bits: u32, place: u32| bits & (1 << place) != 0;
    KIN.iter().any(|&(x, y)| {
        has(a.hazards, x) && has(b.hazards, y) || has(a.hazards, y) && has(b.hazards, x)
    })
}

/// Stems that every report of victims has.
fn is_idle(stem: &str) -> bool {
    static IDLE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        terms(
            "death deaths toll dead die dies died kill kills killed killing injured injures injure \
             injuring wounded people rise rises rising risen raises reach reaches pass passes exceed \
             missing least number numbers bodies report reports reported official officials \
             authorities Monday Tuesday Wednesday Thursday Friday Saturday Sunday yesterday today \
             week new others still another hospital dozens hundreds thousands hundred fatalities \
             victims estimated confirmed following rescue rescuers police January February March \
             April June July August September October November December expected last",
        )
        .into_iter()
        .collect()
    });
    IDLE.contains(stem)
}
