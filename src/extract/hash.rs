//! Fast hashes of words and feature names: strings in, 64 bits out.
//!
//! Multiplicative mixing in the manner of FxHash. Not cryptographic, equal on every platform, and
//! part of the model format: a change here makes shipped weights worthless.

use std::hash::{BuildHasherDefault, Hasher};

/// An odd constant without structure: the fractional part of the golden ratio.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Adds one value to a hash.
#[must_use]
pub(crate) const fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(MULTIPLIER)
}

/// Spreads a hash over all its bits, so that any of them may index a table.
#[must_use]
pub(crate) const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}

/// The hash of a word in lower case, character by character (one-to-one folding only).
#[must_use]
pub(crate) fn lower_hash(word: &str) -> u64 {
    word.chars()
        .fold(0, |hash, c| mix(hash, u64::from(fold(c))))
}

/// The lower-case form of one character; of several, the first.
#[must_use]
pub(crate) fn fold(c: char) -> u32 {
    if c.is_ascii() {
        return u32::from(c.to_ascii_lowercase());
    }
    match c {
        '’' => u32::from('\''),
        _ => c.to_lowercase().next().map_or(0, u32::from),
    }
}

/// A hasher for keys that are hashes already.
#[derive(Clone, Default)]
pub(crate) struct PassThrough(u64);

impl Hasher for PassThrough {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = mix(self.0, u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = finish(value);
    }
}

/// A map from hashes to values.
pub(crate) type HashTable<V> = std::collections::HashMap<u64, V, BuildHasherDefault<PassThrough>>;
