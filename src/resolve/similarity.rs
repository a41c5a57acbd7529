//! How alike two wordings are: the cosine of their term sets, rare terms weighing more.
//!
//! The weights come from a fixed table (see [`term_weight`]), not from the store, so that two
//! tellings are judged the same whatever else has been read.

use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_segmentation::UnicodeSegmentation;

use super::alias;
use crate::extract::{EntityKind, name_key, term_weight, terms};

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

    /// Cosine similarity in [0, 1]; 0 when either side has no terms.
    pub(super) fn cosine(&self, other: &Self) -> f64 {
        if self.norm == 0.0 || other.norm == 0.0 {
            return 0.0;
        }
        let (mut left, mut right) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let mut dot = 0.0;
        while let (Some((a, weight)), Some((b, _))) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    dot += weight * weight;
                    left.next();
                    right.next();
                }
            }
        }
        dot / (self.norm * other.norm)
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

/// The text with well-known acronyms of bodies spelled out, so that "ISIL" and "ISIS" are one.
fn with_full_names(text: &str) -> String {
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

/// SipHash with fixed keys: the same for a term in every run.
fn hash_of(term: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    hasher.finish()
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
