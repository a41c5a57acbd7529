//! Weights of features in a fixed-size table that is used as it lies in the file.
//!
//! A row is sixteen bytes: thirteen weights of eight bits and a fingerprint of 23 bits that tells
//! the feature from others of the same bucket. Four rows make a bucket of 64 bytes, one cache line;
//! a feature lives in one of two buckets. A feature that is not in the table scores nothing, except
//! for the one in a million that shares bucket and fingerprint with another.
//!
//! Most features of new text are not in the table. A bitmap in front of it, made when the table is
//! read, turns most of those away at the cost of one look at a small part of memory.

use std::borrow::Cow;

use super::label::LABELS;
use super::viterbi::Scores;
use crate::extract::hash::{finish, mix};

const ROW: usize = 16;
const BUCKET: usize = 4 * ROW;

/// Two to this power of bits in the bitmap: about eight for each row of the shipped model.
const LOG_BITS: u32 = 22;

/// The table: a power of two of buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    bytes: Cow<'static, [u8]>,
    mask: u64,
    present: Vec<u64>,
}

impl Table {
    /// A table over bytes written by [`Table::bytes`]; `None` when their number is no power of two
    /// of buckets.
    pub(super) fn from_bytes(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let buckets = bytes.len() / BUCKET;
        if !bytes.len().is_multiple_of(BUCKET) || !buckets.is_power_of_two() {
            return None;
        }
        let mask = buckets as u64 - 1;
        let mut present = vec![0; 1 << (LOG_BITS - 6)];
        for (at, row) in bytes.as_chunks::<ROW>().0.iter().enumerate() {
            let print = fingerprint(row);
            if print != 0 {
                mark(&mut present, Place::of_row(at as u64 / 4, print, mask).bit);
            }
        }
        Some(Self {
            bytes,
            mask,
            present,
        })
    }

    /// An empty table with two to the power of `log_buckets` buckets of four rows.
    pub(super) fn empty(log_buckets: u32) -> Self {
        let bytes = Cow::Owned(vec![0; BUCKET << log_buckets]);
        Self {
            bytes,
            mask: (1 << log_buckets) - 1,
            present: vec![0; 1 << (LOG_BITS - 6)],
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
        let row = &mut self.bytes.to_mut()[bucket * BUCKET + used * ROW..][..ROW];
        for (byte, weight) in row.iter_mut().zip(weights) {
            *byte = weight.cast_unsigned();
        }
        row[LABELS..].copy_from_slice(&place.print.to_le_bytes()[..3]);
        mark(&mut self.present, place.bit);
        true
    }

    /// Adds a feature's weights to the scores.
    #[inline]
    pub(super) fn add(&self, feature: u64, scores: &mut Lanes) {
        let place = Place::of(feature, self.mask);
        if self.present[place.bit >> 6] & 1 << (place.bit & 63) == 0 {
            return;
        }
        for bucket in place.buckets {
            for row in self.rows(bucket) {
                if fingerprint(row) == place.print {
                    for (score, weight) in scores.iter_mut().zip(row) {
                        *score += i16::from(weight.cast_signed());
                    }
                    return;
                }
            }
        }
    }

    #[inline]
    fn rows(&self, bucket: usize) -> &[[u8; ROW]] {
        self.bytes[bucket * BUCKET..(bucket + 1) * BUCKET]
            .as_chunks::<ROW>()
            .0
    }

    fn rows_used(&self, bucket: usize) -> usize {
        self.rows(bucket)
            .iter()
            .filter(|row| fingerprint(row) != 0)
            .count()
    }
}

/// Sums of a row's bytes: the scores of the labels, and three lanes without meaning.
pub(super) type Lanes = [i16; ROW];

/// The scores in the lanes.
#[inline]
pub(super) fn scores(lanes: &Lanes) -> Scores {
    std::array::from_fn(|label| i32::from(lanes[label]))
}

/// A row's fingerprint; zero when the row is empty.
#[inline]
fn fingerprint(row: &[u8; ROW]) -> u32 {
    u32::from_le_bytes([row[12], row[13], row[14], row[15]]) >> 8
}

#[inline]
fn mark(present: &mut [u64], bit: usize) {
    present[bit >> 6] |= 1 << (bit & 63);
}

/// Where a feature may lie.
struct Place {
    /// Its two buckets.
    buckets: [usize; 2],
    /// Never zero: zero marks an empty row.
    print: u32,
    /// Its bit in the bitmap: the same whichever of the buckets it is computed from.
    bit: usize,
}

impl Place {
    #[inline]
    fn of(feature: u64, mask: u64) -> Self {
        let hash = finish(feature);
        Self::of_row(hash & mask, (hash >> 40) as u32 | 1, mask)
    }

    /// The place of the feature with this fingerprint that has this bucket as one of its two.
    #[inline]
    fn of_row(bucket: u64, print: u32, mask: u64) -> Self {
        let spread = u64::from(print).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let other = (bucket ^ (spread >> 32)) & mask;
        let bit = mix(u64::from(print), bucket.min(other)) >> (64 - LOG_BITS);
        Self {
            buckets: [bucket as usize, other as usize],
            print,
            bit: bit as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nearly_full_table_keeps_what_it_took() {
        let mut table = Table::empty(8);
        let weights = |n: u64| std::array::from_fn(|label| (n as usize * 7 + label) as i8);
        let kept: Vec<u64> = (0..900)
            .filter(|&n| table.insert(mix(1, n), &weights(n)))
            .collect();
        assert!(kept.len() > 850, "{}", kept.len());
        let table = Table::from_bytes(table.bytes().to_vec().into()).expect("sizes fit");
        for n in kept {
            let mut lanes = [0; ROW];
            table.add(mix(1, n), &mut lanes);
            assert_eq!(scores(&lanes), weights(n).map(i32::from));
        }
    }

    #[test]
    fn odd_sizes_are_refused() {
        assert!(Table::from_bytes(vec![0; 100].into()).is_none());
        assert!(Table::from_bytes(vec![].into()).is_none());
    }
}
