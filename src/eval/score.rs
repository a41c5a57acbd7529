//! Counts in, precision, recall and F1 out.

use serde::Serialize;

/// How answers and gold met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// True positives: gold that was found.
    pub found: usize,
    /// False positives: answers that are wrong.
    pub spurious: usize,
    /// False negatives: gold that was not found.
    pub missed: usize,
}

impl Counts {
    /// Counts from sizes: matches, answers given, gold there is.
    #[must_use]
    pub const fn of_sizes(matches: usize, answers: usize, gold: usize) -> Self {
        Self {
            found: matches,
            spurious: answers - matches,
            missed: gold - matches,
        }
    }

    /// Adds other counts.
    pub const fn add(&mut self, other: Self) {
        self.found += other.found;
        self.spurious += other.spurious;
        self.missed += other.missed;
    }
}

/// Precision, recall and their harmonic mean, in [0, 1]; 0 where there is nothing to divide by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// Share of the answers that are right.
    pub precision: f64,
    /// Share of the gold that was found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// True positives.
    pub tp: usize,
    /// False positives.
    pub fp: usize,
    /// False negatives.
    #[serde(rename = "fn")]
    pub missed: usize,
}

impl From<Counts> for Score {
    fn from(counts: Counts) -> Self {
        let precision = share(counts.found, counts.found + counts.spurious);
        let recall = share(counts.found, counts.found + counts.missed);
        Self {
            precision,
            recall,
            f1: harmonic_mean(precision, recall),
            tp: counts.found,
            fp: counts.spurious,
            missed: counts.missed,
        }
    }
}

/// A share in [0, 1]; 0 of nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    part as f64 / whole as f64
}

/// The F measure with equal weights (van Rijsbergen 1979).
pub(super) fn harmonic_mean(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 {
        return 0.0;
    }
    2.0 * precision * recall / (precision + recall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_is_no_division_by_zero() {
        assert_eq!(Score::from(Counts::default()), Score::default());
        let score = Score::from(Counts::of_sizes(3, 4, 6));
        assert_eq!((score.precision, score.recall), (0.75, 0.5));
        assert!((score.f1 - 0.6).abs() < 1e-12);
    }
}
