//! Weights of features in a fixed-size table that is used as it lies in the file.
//!
//! A row is sixteen bytes: thirteen weights of eight bits and a fingerprint of 24 bits that tells
//! the feature from others of the same bucket. Four rows make a bucket of 64 bytes, one cache line;
//! a feature lives in one of two buckets. A feature that is not in the table scores nothing, except
//! for the one in about six million that shares bucket and fingerprint with another.

use super::label::LABELS;
use super::viterbi::Scores;
use crate::extract::hash::finish;

const ROW: usize = 16;
const BUCKET: usize = 4 * ROW;

/// The table: a power of two of buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    bytes: Vec<u8>,
    mask: u64,
}

impl Table {
    /// A table over bytes written by [`Table::bytes`]; `None` when their number is no power of two of buckets.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let buckets = bytes.len() / BUCKET;
        let sound = bytes.len().is_multiple_of(BUCKET) && buckets.is_power_of_two();
        sound.then(|| Self {
            bytes: bytes.to_vec(),
            mask: buckets as u64 - 1,
        })
    }

    /// An empty table with two to the power of `log_buckets` buckets of four rows.
    pub(super) fn empty(log_buckets: u32) -> Self {
        Self {
            bytes: vec![0; BUCKET << log_buckets],
            mask: (1 << log_buckets) - 1,
        }
    }

    /// The table as it is stored.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts a feature's weights in the emptier of its two buckets. Returns whether there was room.
    pub(super) fn insert(&mut self, feature: u64, weights: &[i8; LABELS]) -> bool {
        let place = Place::of(feature, self.mask);
        let [first, second] = place.buckets.map(|bucket| self.rows_used(bucket));
        let (bucket, used) = if second < first {
            (place.buckets[1], second)
        } else {
            (place.buckets[0], first)
        };
        if used == 4 {
            return false;
        }
        let row = &mut self.bytes[bucket + used * ROW..][..ROW];
        for (byte, weight) in row.iter_mut().zip(weights) {
            *byte = weight.cast_unsigned();
        }
        row[LABELS..].copy_from_slice(&place.fingerprint);
        true
    }

    /// Adds a feature's weights to the scores.
    #[inline]
    pub(super) fn add(&self, feature: u64, scores: &mut Scores) {
        let place = Place::of(feature, self.mask);
        for bucket in place.buckets {
            for row in self.bytes[bucket..bucket + BUCKET].chunks_exact(ROW) {
                if row[LABELS..] == place.fingerprint {
                    for (score, weight) in scores.iter_mut().zip(row) {
                        *score += i32::from(weight.cast_signed());
                    }
                    return;
                }
            }
        }
    }

    fn rows_used(&self, bucket: usize) -> usize {
        self.bytes[bucket..bucket + BUCKET]
            .chunks_exact(ROW)
            .filter(|row| row[LABELS..] != [0; 3])
            .count()
    }
}

/// Where a feature may lie.
struct Place {
    /// Byte offsets of its buckets.
    buckets: [usize; 2],
    /// Never zero: zero marks an empty row.
    fingerprint: [u8; 3],
}

impl Place {
    #[inline]
    fn of(feature: u64, mask: u64) -> Self {
        let hash = finish(feature);
        let print = (hash >> 40) as u32 | 1;
        let [a, b, c, _] = print.to_le_bytes();
        let first = hash & mask;
        // The second bucket depends on the fingerprint and the first only.
        let second = (first ^ finish(u64::from(print))) & mask;
        Self {
            buckets: [first, second].map(|bucket| bucket as usize * BUCKET),
            fingerprint: [a, b, c],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::hash::mix;

    #[test]
    fn a_nearly_full_table_keeps_what_it_took() {
        let mut table = Table::empty(8);
        let weights = |n: u64| std::array::from_fn(|label| (n as usize * 7 + label) as i8);
        let kept: Vec<u64> = (0..900)
            .filter(|&n| table.insert(mix(1, n), &weights(n)))
            .collect();
        assert!(kept.len() > 850, "{}", kept.len());
        let table = Table::from_bytes(table.bytes()).expect("sizes fit");
        for n in kept {
            let mut scores = [0; LABELS];
            table.add(mix(1, n), &mut scores);
            assert_eq!(scores, weights(n).map(i32::from));
        }
    }

    #[test]
    fn odd_sizes_are_refused() {
        assert!(Table::from_bytes(&[0; 100]).is_none());
        assert!(Table::from_bytes(&[]).is_none());
    }
}
