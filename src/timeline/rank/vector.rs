//! Events as vectors of terms: logarithmic term frequency times the fixed inverse document
//! frequency, of length 1.

use std::collections::BTreeMap;

use crate::extract::term_weight;

/// A vector, sorted by term.
pub(in crate::timeline) type Vector = Vec<(String, f64)>;

/// The vector of an event's terms, given sorted with their counts.
pub(in crate::timeline) fn vector(terms: Vec<(String, u32)>) -> Vector {
    let weigh = |(term, count): (String, u32)| {
        let weight = (1.0 + f64::from(count).ln()) * term_weight(&term);
        (term, weight)
    };
    let mut vector: Vector = terms.into_iter().map(weigh).collect();
    let length = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    vector
}

/// The cosine of two vectors of length 1.
pub(in crate::timeline) fn cosine(a: &Vector, b: &Vector) -> f64 {
    let weight = |term: &String| {
        let at = b.binary_search_by(|(other, _)| other.cmp(term));
        at.map_or(0.0, |at| b[at].1)
    };
    a.iter().map(|(term, own)| own * weight(term)).sum()
}

/// The cosines among some vectors of length 1, by who holds each term.
pub(in crate::timeline) struct Cosines<'a> {
    vectors: Vec<&'a Vector>,
    holders: BTreeMap<&'a str, Vec<(usize, f64)>>,
}

impl<'a> Cosines<'a> {
    /// Looks who holds what.
    pub(in crate::timeline) fn new(vectors: impl IntoIterator<Item = &'a Vector>) -> Self {
        let vectors: Vec<&Vector> = vectors.into_iter().collect();
        let mut holders: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, vector) in vectors.iter().enumerate() {
            for (term, weight) in *vector {
                holders.entry(term).or_default().push((at, *weight));
            }
        }
        Self { vectors, holders }
    }

    /// The cosine of one vector with each, itself too.
    pub(in crate::timeline) fn of(&self, at: usize) -> Vec<f64> {
        let mut cosines = vec![0.0; self.vectors.len()];
        for (term, weight) in self.vectors[at] {
            for (other, other_weight) in &self.holders[term.as_str()] {
                cosines[*other] += weight * other_weight;
            }
        }
        cosines
    }
}
