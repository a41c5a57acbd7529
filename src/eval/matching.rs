//! One-to-one matching of gold and answers.

use std::cmp::Reverse;
use std::collections::HashSet;

/// Takes the best pair, then the best of what is left, and so on. `candidates` are (worth, index
/// of the gold, index of the answer); of equal worth the earlier gold, then the earlier answer
/// goes first. Returns (gold, answer), in the order taken.
pub(super) fn one_to_one<K: Ord>(mut candidates: Vec<(K, usize, usize)>) -> Vec<(usize, usize)> {
    candidates.sort_by(|a, b| (Reverse(&a.0), a.1, a.2).cmp(&(Reverse(&b.0), b.1, b.2)));
    let (mut gold, mut answers) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (_, g, a) in candidates {
        if !gold.contains(&g) && !answers.contains(&a) {
            gold.insert(g);
            answers.insert(a);
            pairs.push((g, a));
        }
    }
    pairs
}

/// Number of code points two spans share.
pub(super) fn overlap(a: (usize, usize), b: (usize, usize)) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_goes_first_and_nothing_is_used_twice() {
        let candidates = vec![(1, 0, 0), (5, 0, 1), (4, 1, 1), (1, 1, 0)];
        assert_eq!(one_to_one(candidates), [(0, 1), (1, 0)]);
        assert_eq!(one_to_one(vec![(1, 1, 0), (1, 0, 0)]), [(0, 0)]);
    }

    #[test]
    fn touching_spans_share_nothing() {
        assert_eq!(overlap((0, 4), (4, 9)), 0);
        assert_eq!(overlap((0, 5), (3, 9)), 2);
    }
}
