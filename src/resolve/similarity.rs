//! How alike two wordings are: the cosine of their term sets, rare terms weighing more.
//!
//! The weights come from a fixed table (see [`term_weight`]), not from the store, so that two
//! tellings are judged the same whatever else has been read.

use unicode_segmentation::UnicodeSegmentation;

use super::alias;
use crate::extract::{EntityKind, name_key, term_weight, terms};
use crate::hash;

/// The distinct terms of a wording, hashed, with their weights; sorted by hash, so that sums come
/// out bit for bit the same every time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Signature {
    terms: Vec<(u64, f64)>,
    norm: f64,
}

impl Signature {
    pub(super) fn of(text: &str) -> Self {
        let mut weighted: Vec<(u64, f64)> = terms(&with_full_names(text))
            .iter()
            .map(|term| (hash_of(term), term_weight(term)))
            .collect();
        weighted.sort_unstable_by_key(|(hash, _)| *hash);
        weighted.dedup_by_key(|(hash, _)| *hash);
        let norm = weighted
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f64>()
            .sqrt();
        Self {
            terms: weighted,
            norm,
        }
    }

    /// A signature in which a term that comes back weighs more: 1 + ln n times as much.
    pub(super) fn counting(mut terms: Vec<String>) -> Self {
        terms.sort_unstable();
        let mut weighted: Vec<(u64, f64)> = terms
            .chunk_by(|a, b| a == b)
            .map(|same| {
                let count = f64::from(u32::try_from(same.len()).unwrap_or(u32::MAX));
                (
                    hash_of(&same[0]),
                    term_weight(&same[0]) * (1.0 + count.ln()),
                )
            })
            .collect();
        weighted.sort_unstable_by_key(|(hash, _)| *hash);
        weighted.dedup_by_key(|(hash, _)| *hash);
        let squares = weighted.iter().map(|(_, weight)| weight * weight);
        let norm = squares.sum::<f64>().sqrt();
        Self {
            terms: weighted,
            norm,
        }
    }

    /// The terms with their weights, hashed and in their order, as a vector of length 1.
    pub(super) fn units(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        let terms = self.terms.iter().filter(|_| self.norm > 0.0);
        terms.map(|(term, weight)| (*term, weight / self.norm))
    }

    /// Whether a stem is among the terms.
    pub(super) fn has(&self, hash: u64) -> bool {
        self.terms
            .binary_search_by_key(&hash, |(hash, _)| *hash)
            .is_ok()
    }

    /// The weight of what both have, by the side where it weighs less.
    pub(super) fn shared(&self, other: &Self) -> f64 {
        let weight = |hash: &u64| {
            let place = other.terms.binary_search_by_key(hash, |term| term.0);
            place.map_or(0.0, |place| other.terms[place].1)
        };
        let shared = self.terms.iter();
        shared.map(|(hash, own)| own.min(weight(hash))).sum()
    }

    /// Cosine similarity in [0, 1]; 0 when either side has no terms.
    pub(super) fn cosine(&self, other: &Self) -> f64 {
        if self.norm == 0.0 || other.norm == 0.0 {
            return 0.0;
        }
        self.dot(other) / (self.norm * other.norm)
    }

    fn dot(&self, other: &Self) -> f64 {
        let (mut left, mut right) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let mut dot = 0.0;
        while let (Some((a, weight)), Some((b, theirs))) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    dot += weight * theirs;
                    left.next();
                    right.next();
                }
            }
        }
        dot
    }

    /// The share of this wording's weight whose terms the other has too, in [0, 1].
    pub(super) fn covered_by(&self, other: &Self) -> f64 {
        let has = |hash: &u64| {
            other
                .terms
                .binary_search_by_key(hash, |term| term.0)
                .is_ok()
        };
        let all: f64 = self.terms.iter().map(|(_, weight)| weight).sum();
        let both = self.terms.iter().filter(|(hash, _)| has(hash));
        let both: f64 = both.map(|(_, weight)| weight).sum();
        if all > 0.0 { both / all } else { 0.0 }
    }

    /// Hashes of the terms that weigh most, for looking up candidates.
    pub(super) fn heaviest(&self, count: usize) -> Vec<u64> {
        let mut terms = self.terms.clone();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms
            .into_iter()
            .take(count)
            .map(|(hash, _)| hash)
            .collect()
    }
}

/// A signature made ready to be compared with many: most terms of others are told to be foreign by one bit each.
pub(super) struct Probe<'a> {
    signature: &'a Signature,
    bits: [u64; 16],
}

impl<'a> Probe<'a> {
    pub(super) fn new(signature: &'a Signature) -> Self {
        let mut bits = [0; 16];
        for (hash, _) in &signature.terms {
            let (word, bit) = place(*hash);
            bits[word] |= bit;
        }
        Self { signature, bits }
    }

    /// What [`Signature::cosine`] says, bit for bit.
    pub(super) fn cosine(&self, other: &Signature) -> f64 {
        let own = self.signature;
        if own.norm == 0.0 || other.norm == 0.0 {
            return 0.0;
        }
        let mut dot = 0.0;
        for (hash, theirs) in &other.terms {
            let (word, bit) = place(*hash);
            if self.bits[word] & bit == 0 {
                continue;
            }
            if let Ok(at) = own.terms.binary_search_by_key(hash, |term| term.0) {
                dot += own.terms[at].1 * theirs;
            }
        }
        dot / (own.norm * other.norm)
    }
}

/// The word and the bit in it that stand for a hash.
fn place(hash: u64) -> (usize, u64) {
    ((hash >> 6) as usize & 15, 1 << (hash & 63))
}

/// A set of stems, hashed, with their weights; sorted by hash.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TermSet(Vec<(u64, f64)>);

impl TermSet {
    pub(super) fn new(terms: Vec<String>) -> Self {
        let mut weighted: Vec<(u64, f64)> = terms
            .iter()
            .map(|term| (hash_of(term), term_weight(term)))
            .collect();
        weighted.sort_unstable_by_key(|(hash, _)| *hash);
        weighted.dedup_by_key(|(hash, _)| *hash);
        Self(weighted)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hashes with their weights.
    pub(super) fn weighted(&self) -> impl Iterator<Item = (u64, f64)> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn contains(&self, term: &str) -> bool {
        self.has(hash_of(term))
    }

    /// Whether a stem is in the set.
    pub(super) fn has(&self, hash: u64) -> bool {
        self.0
            .binary_search_by_key(&hash, |(hash, _)| *hash)
            .is_ok()
    }

    /// What both have, with its weights.
    pub(super) fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (u64, f64)> + 'a {
        self.weighted().filter(|(hash, _)| other.has(*hash))
    }

    /// The weight of what both have.
    pub(super) fn shared(&self, other: &Self) -> f64 {
        let shared = self.0.iter().filter(|(hash, _)| other.has(*hash));
        shared.map(|(_, weight)| weight).sum()
    }

    /// Whether both have something, and nothing in common.
    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        !self.is_empty() && !other.is_empty() && !self.0.iter().any(|(hash, _)| other.has(*hash))
    }
}

/// The text with well-known acronyms of bodies spelled out, so that "ISIL" and "ISIS" are one.
pub(super) fn with_full_names(text: &str) -> String {
    let mut full = String::with_capacity(text.len());
    for word in text.split_word_bounds() {
        let is_acronym = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let known = if is_acronym {
            alias::meant_by(Some(EntityKind::Organization), &name_key(word))
        } else {
            None
        };
        full.push_str(known.map_or(word, |known| known.name));
    }
    full
}

fn hash_of(term: &str) -> u64 {
    hash::number([term])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_runs_from_nothing_to_everything() {
        let quake = Signature::of("A strong earthquake shakes the Vale of Tor");
        assert!((quake.cosine(&quake) - 1.0).abs() < 1e-9);
        assert!(
            quake
                .cosine(&Signature::of("Parliament adopts a budget"))
                .abs()
                < 1e-9
        );
        assert!(quake.cosine(&Signature::default()).abs() < 1e-9);
    }
}
