//! Whether two accounts are of one happening: evidence, and what it weighs.
//!
//! A logistic regression over likeness of wording, shared and opposed names, days, figures and
//! kinds of happening. `tools/fit_same_event.py` fits the weights, on the development half of
//! `tests/data/same_event.jsonl` and, each pair weighing 0.3, on the development topics of ECB+
//! (Cybulska and Vossen 2014).
//! Every piece is a function of the two accounts and of fixed tables alone.

use std::collections::BTreeMap;

use super::account::Account;
use super::day::{Agreement, compare};
use crate::resolve::similarity::TermSet;

/// The pieces of evidence, in the order of [`WEIGHTS`].
#[cfg(test)]
pub(super) const PIECES: [&str; 18] = [
    "wording",
    "containment",
    "plain wording",
    "people shared",
    "people disjoint",
    "places shared",
    "places disjoint",
    "bodies shared",
    "names opposed",
    "days opposed",
    "days agreeing",
    "same first day",
    "figures opposed",
    "figures agreeing",
    "large figures shared",
    "people opposed",
    "kinds shared",
    "title kinds opposed",
];

/// What each piece adds to the logit; see the module documentation for their origin.
const WEIGHTS: [f64; 18] = [
    15.21, -2.47, -1.39, 3.53, -2.65, 0.76, -0.05, -1.01, -1.81, -1.22, 0.37, -0.95, -2.82, 7.13,
    10.99, 0.63, 1.43, -0.87,
];

const BIAS: f64 = -4.39;

/// Shared names weigh no more than about two rare ones together (ln N/df of the rarest is 9.9).
const MOST_NAMES: f64 = 24.0;

/// What it adds that an article without a year names the day and month of an item; none of the
/// labelled pairs is so, and this is a guess.
const NAMED_DAY: f64 = 2.5;

/// What every day between the days of two dated articles takes away. None of the fitted pairs of ECB+
/// is dated. From 3 on the development topics of timelines are found best (`benches/topics.sh`); five keeps
/// news of one storm on three days apart, and costs the development pairs two points.
const DAY_APART: f64 = 5.0;

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
    let pieces = pieces(a, b);
    let logit: f64 = pieces.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum();
    let named = if outer.names_the_day { NAMED_DAY } else { 0.0 };
    let apart = outer.days_apart * DAY_APART;
    1.0 / (1.0 + (-(logit + BIAS + named - apart)).exp())
}

/// The evidence on two accounts; each piece lies in [0, 1].
pub(super) fn pieces(a: &Account, b: &Account) -> [f64; 18] {
    let wording = a.wording.cosine(&b.wording);
    let shared = |kind: usize| (a.names[kind].shared(&b.names[kind]) / MOST_NAMES).min(1.0);
    let disjoint = |kind: usize| truth(a.names[kind].is_disjoint(&b.names[kind]));
    let opposed = opposed_names(a, b).min(opposed_names(b, a));
    let days = days(a, b);
    let (agreeing, opposing) = figures(&a.figures, &b.figures);
    let missing_people = |a: &Account, b: &Account| {
        !a.names[0].is_empty() && !a.names[0].weighted().any(|(term, _)| b.wording.has(term))
    };
    [
        wording,
        a.wording.containment(&b.wording),
        a.plain.cosine(&b.plain),
        shared(0),
        disjoint(0),
        shared(1),
        disjoint(1),
        shared(2),
        (opposed / MOST_NAMES).min(1.0),
        truth(days == Agreement::Opposed),
        truth(days == Agreement::Agreed),
        truth(
            a.days
                .first()
                .is_some_and(|day| !day.contains('X') && b.days.first() == Some(day)),
        ),
        opposing.min(2.0) / 2.0,
        agreeing.min(2.0) / 2.0,
        large_figures_shared(a, b).min(2.0) / 2.0,
        truth(missing_people(a, b) && missing_people(b, a)),
        a.kinds.overlap(b.kinds),
        truth(a.title_kinds.contradicts(b.title_kinds)),
    ]
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
fn figures(a: &BTreeMap<String, Vec<u64>>, b: &BTreeMap<String, Vec<u64>>) -> (f64, f64) {
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

fn large_figures_shared(a: &Account, b: &Account) -> f64 {
    let large = |account: &Account| -> std::collections::BTreeSet<u64> {
        let values = account.figures.values().flatten().copied();
        values.filter(|value| *value > 9).collect()
    };
    let shared = large(a).intersection(&large(b)).count();
    f64::from(u32::try_from(shared).unwrap_or(u32::MAX))
}
