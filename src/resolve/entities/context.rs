//! What names are mentioned with: shared neighbours speak for one entity, standing side by side in
//! one document against it.

use std::collections::BTreeMap;

use super::census::Census;
use crate::extract::gazetteer::is_country;

/// Readings of a name looked at, evenly spread over all; enough to meet its usual company.
const SAMPLE: usize = 200;

/// A neighbour that is a country, or is named in more readings than this share (1 in so many) tells nothing: everybody is
/// mentioned with the United States. A guess.
const RARE: usize = 500;
/// In small stores a neighbour may always have so many readings.
const ALWAYS_RARE: usize = 8;

/// The neighbours of one name that are rare enough to tell something.
pub(super) struct Company(BTreeMap<usize, usize>);

impl Company {
    pub(super) fn of(census: &Census, node: usize) -> Self {
        let readings = &census.usage[node].readings;
        let step = readings.len().div_ceil(SAMPLE).max(1);
        let mut company = BTreeMap::new();
        for &reading in readings.iter().step_by(step) {
            for other in census.with(reading, node) {
                if is_telling(census, other) {
                    *company.entry(other).or_default() += 1;
                }
            }
        }
        Self(company)
    }

    /// The neighbours that two names share, the most telling first.
    pub(super) fn shared(&self, other: &Self, census: &Census) -> Vec<usize> {
        let mut shared: Vec<usize> = self
            .0
            .keys()
            .filter(|node| other.0.contains_key(node))
            .copied()
            .collect();
        shared.sort_by_key(|&node| (census.spread(node), node));
        shared
    }
}

/// Whether being mentioned with a name says anything.
pub(super) fn is_telling(census: &Census, node: usize) -> bool {
    let most = (census.locals.len() / RARE).max(ALWAYS_RARE);
    census.spread(node) <= most && !is_country(census.usage[node].name())
}

/// Names of at most three neighbours.
pub(super) fn names(census: &Census, shared: &[usize]) -> Vec<String> {
    let first = shared.iter().take(3);
    first
        .map(|&node| census.usage[node].name().to_owned())
        .collect()
}

/// In how many readings both are named: sorted lists, walked together.
pub(super) fn together(census: &Census, a: usize, b: usize) -> usize {
    let (mut left, mut right) = (&census.usage[a].readings[..], &census.usage[b].readings[..]);
    let mut count = 0;
    while let (Some(x), Some(y)) = (left.first(), right.first()) {
        if x == y {
            count += 1;
        }
        if x <= y {
            left = &left[1..];
        } else {
            right = &right[1..];
        }
    }
    count
}
