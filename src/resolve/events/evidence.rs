//! Whether two accounts are of one happening: evidence, and what it weighs.
//!
//! A logistic regression over likeness of wording and of meaning, shared and opposed names, days, figures, kinds of
//! happening, and what stands in the foreground. `tools/fit_same_event.py` fits the weights, on the
//! development half of `tests/data/same_event.jsonl`; on the development topics of ECB+ (Cybulska and
//! Vossen 2014), each pair weighing 0.2; and on items of one day of Wikipedia's Current Events, which
//! tell different things, each pair weighing 0.01 (7,466 items of 500 days, none of 2015–2017, 2019 or 2022).
//! Every piece is a function of the two accounts and of fixed tables alone.

use std::collections::{BTreeMap, BTreeSet};

use super::account::Account;
use super::day::{Agreement, compare};
use super::trigger::Sort;
use crate::resolve::similarity::TermSet;

/// The pieces of evidence, in the order of [`WEIGHTS`].
#[cfg(test)]
pub(super) const PIECES: [&str; COUNT] = [
    "wording",
    "shared weight",
    "plain wording",
    "plain shared",
    "people disjoint",
    "title people unknown",
    "places shared",
    "places apart",
    "countries apart",
    "bodies shared",
    "names opposed most",
    "core names unknown least",
    "core names unknown most",
    "days opposed",
    "both dated",
    "figures opposed",
    "figures agreeing",
    "large figures shared",
    "tolls shared",
    "kinds shared",
    "kinds opposed",
    "title kinds opposed",
    "telling kind shared",
    "reaction untold",
    "aftermath untold",
    "justice in one title",
    "reaction in one title",
    "aftermath in one title",
    "further in one",
    "foreground wording",
    "title covered least",
    "title covered most",
    "foreground covered most",
    "core names shared",
    "meaning",
];

const COUNT: usize = 35;

/// What each piece adds to the logit; see the module documentation for their origin.
const WEIGHTS: [f64; COUNT] = [
    4.95, 4.57, -8.23, 2.06, -1.85, -0.87, -2.10, -1.81, -1.27, -1.53, -0.50, -0.98, -0.96, -0.33,
    -0.67, -3.21, 2.55, 4.66, -0.78, 0.76, -0.69, -0.69, 0.43, 0.59, 0.34, -0.78, -0.51, -0.86,
    -0.44, 1.06, 0.62, 1.39, -2.06, 0.46, 5.52,
];

const BIAS: f64 = -5.06;

/// Shared names weigh no more than about two rare ones together (ln N/df of the rarest is 9.9).
const MOST_NAMES: f64 = 24.0;

/// Weights of shared words from which on more says no more: of all words, and of those that are
/// no names. Guesses, about six and three rare words.
const MOST_WORDS: f64 = 60.0;
const MOST_PLAIN: f64 = 30.0;

/// What it adds that an article without a year names the day and month of an item; none of the
/// labelled pairs is so, and this is a guess.
const NAMED_DAY: f64 = 2.5;

/// What every day between the days of two dated articles takes away. From 3 on the development topics of
/// timelines were found best (`benches/topics.sh`); on the development reports 3 finds two points more
/// than 5.
const DAY_APART: f64 = 3.0;

/// Evidence that is not in the words of the two accounts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outer {
    /// One has no year and names the day and month of the other.
    pub(super) names_the_day: bool,
    /// Days between the days of two dated articles.
    pub(super) days_apart: f64,
}

/// The probability, in [0, 1], that two accounts are of one happening.
pub(super) fn probability(a: &Account, b: &Account, outer: Outer) -> f64 {
    if !have_substance_in_common(a, b) {
        return 0.0;
    }
    let pieces = pieces(a, b);
    let logit: f64 = pieces.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum();
    let named = if outer.names_the_day { NAMED_DAY } else { 0.0 };
    let apart = outer.days_apart * DAY_APART;
    1.0 / (1.0 + (-(logit + BIAS + named - apart)).exp())
}

/// Whether they share more than place, day and toll. The weights do not see to it: the labelled reports of one
/// day and town that tell different things all name the town's people and bodies too.
fn have_substance_in_common(a: &Account, b: &Account) -> bool {
    let [_, agreeing, large, _] = figures(a, b);
    agreeing > 0.0 || large > 0.0 || a.substance.meets(&b.substance, [&a.names[1], &b.names[1]])
}

/// The evidence on two accounts; each piece lies in [0, 1], but that a count of titles can be 2.
pub(super) fn pieces(a: &Account, b: &Account) -> [f64; COUNT] {
    let days = days(a, b);
    let pieces = [
        &[
            a.wording.cosine(&b.wording),
            (a.wording.shared(&b.wording) / MOST_WORDS).min(1.0),
            a.plain.cosine(&b.plain),
            (a.plain.shared(&b.plain) / MOST_PLAIN).min(1.0),
        ][..],
        &names(a, b),
        &[
            truth(days == Agreement::Opposed),
            truth(a.is_stated && b.is_stated),
        ],
        &figures(a, b),
        &happenings(a, b),
        &foreground(a, b),
        &[a.meaning.likeness(&b.meaning)],
    ];
    let mut all = [0.0; COUNT];
    let flat = pieces.iter().flat_map(|pieces| pieces.iter());
    all.iter_mut()
        .zip(flat)
        .for_each(|(place, piece)| *place = *piece);
    all
}

/// What the foreground says: how alike it is, how much of it the other tells.
fn foreground(a: &Account, b: &Account) -> [f64; 5] {
    let title = ordered(
        a.title.covered_by(&b.wording),
        b.title.covered_by(&a.wording),
    );
    let most_covered = a
        .foreground
        .covered_by(&b.wording)
        .max(b.foreground.covered_by(&a.wording));
    [
        a.foreground.cosine(&b.foreground),
        title.0,
        title.1,
        most_covered,
        (a.core_names.shared(&b.core_names) / MOST_NAMES).min(1.0),
    ]
}

/// What their figures say. In countries apart, figures that agree say nothing: of all the buses that crash on a
/// day two have killed four.
fn figures(a: &Account, b: &Account) -> [f64; 4] {
    let (agreeing, opposing) = counted(&a.figures.counted, &b.figures.counted);
    let agree = truth(!are_abroad(a, b));
    [
        opposing.min(2.0) / 2.0,
        agree * agreeing.min(2.0) / 2.0,
        agree * shared(&a.figures.large, &b.figures.large).min(2.0) / 2.0,
        agree * truth(!a.figures.tolls.is_disjoint(&b.figures.tolls)),
    ]
}

/// Whether they speak of different countries and of no place in common.
fn are_abroad(a: &Account, b: &Account) -> bool {
    a.names[1].shared(&b.names[1]) == 0.0 && a.ground.is_abroad_of(&b.ground)
}

/// What the names of people, places and bodies say.
fn names(a: &Account, b: &Account) -> [f64; 9] {
    let shared = |kind: usize| (a.names[kind].shared(&b.names[kind]) / MOST_NAMES).min(1.0);
    let opposed = opposed_names(a, b).max(opposed_names(b, a));
    let unknown = ordered(unknown_core_names(a, b), unknown_core_names(b, a));
    let title_people_unknown = |a: &Account, b: &Account| {
        truth(
            a.title_people
                .weighted()
                .any(|(term, _)| !b.wording.has(term)),
        )
    };
    [
        truth(a.names[0].is_disjoint(&b.names[0])),
        title_people_unknown(a, b) + title_people_unknown(b, a),
        shared(1),
        truth(a.ground.is_apart_from(&b.ground)),
        truth(are_abroad(a, b)),
        shared(2),
        (opposed / MOST_NAMES).min(1.0),
        unknown.0,
        unknown.1,
    ]
}

/// What the kinds of happening say.
fn happenings(a: &Account, b: &Account) -> [f64; 10] {
    let untold = |sort: Sort| {
        let of = |a: &Account, b: &Account| {
            a.title_kinds.has(sort) && !a.title_kinds.share(b.kinds, sort)
        };
        truth(of(a, b) || of(b, a))
    };
    let in_one = |sort: Sort| truth(a.title_kinds.has(sort) != b.title_kinds.has(sort));
    [
        f64::from(a.kinds.shared(b.kinds).min(4)) / 4.0,
        truth(a.kinds.contradicts(b.kinds)),
        truth(a.title_kinds.contradicts(b.title_kinds)),
        truth(a.kinds.share(b.kinds, Sort::Telling)),
        untold(Sort::Reaction),
        untold(Sort::Aftermath),
        in_one(Sort::Justice),
        in_one(Sort::Reaction),
        in_one(Sort::Aftermath),
        truth(a.is_further != b.is_further),
    ]
}

fn ordered(a: f64, b: f64) -> (f64, f64) {
    (a.min(b), a.max(b))
}

/// The share, by weight, of the names in the title and first sentence of one account that the other does
/// not mention in any way.
fn unknown_core_names(a: &Account, b: &Account) -> f64 {
    let all: f64 = a.core_names.weighted().map(|(_, weight)| weight).sum();
    let unknown = a
        .core_names
        .weighted()
        .filter(|(term, _)| !b.wording.has(*term));
    let unknown: f64 = unknown.map(|(_, weight)| weight).sum();
    if all > 0.0 { unknown / all } else { 0.0 }
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// The weight of the names of one account that the other does not mention in any way.
fn opposed_names(a: &Account, b: &Account) -> f64 {
    let names = a.names.iter().flat_map(TermSet::weighted);
    names
        .filter(|(term, _)| !b.wording.has(*term))
        .map(|(_, weight)| weight)
        .sum()
}

/// The best that any two of their days say of each other.
fn days(a: &Account, b: &Account) -> Agreement {
    let pairs = a
        .days
        .iter()
        .flat_map(|x| b.days.iter().map(move |y| compare(x, y)));
    pairs.max().unwrap_or(Agreement::Unknown)
}

/// How many counted things have a figure in common, and how many have only different ones.
fn counted(a: &BTreeMap<String, Vec<u64>>, b: &BTreeMap<String, Vec<u64>>) -> (f64, f64) {
    let mut agreeing = 0.0;
    let mut opposing = 0.0;
    for (counted, values) in a {
        if let Some(others) = b.get(counted) {
            if values.iter().any(|value| others.contains(value)) {
                agreeing += 1.0;
            } else {
                opposing += 1.0;
            }
        }
    }
    (agreeing, opposing)
}

fn shared(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let count = a.intersection(b).count();
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
