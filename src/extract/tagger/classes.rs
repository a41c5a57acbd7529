//! Word classes: which words keep the same company in a large body of text.
//!
//! A name that no training text holds ("Kisumu") shares its class with names that one does. The
//! table is `models/word-classes.bin`, made by `tools/word_classes.py`, which says how it is laid out.

use crate::extract::hash::finish;

const COARSE: usize = 1024;
const WAYS: usize = 16;
const CLASS_BITS: u32 = 10;

static TABLE: &[u8] = include_bytes!("../../../models/word-classes.bin");

/// The class of a word in two sizes: one of a thousand and one of a hundred. 0 is no class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordClass {
    pub(super) fine: u16,
    pub(super) coarse: u16,
}

/// The class of a word by its [`lower_hash`](crate::extract::hash::lower_hash).
pub(super) fn word_class(lower: u64) -> WordClass {
    let (coarse, entries) = TABLE.split_at(COARSE);
    let (buckets, _) = entries.as_chunks::<{ 4 * WAYS }>();
    let hash = finish(lower);
    let bucket = &buckets[hash as usize % buckets.len()];
    let print = (hash >> 42) as u32;
    let (ways, _) = bucket.as_chunks::<4>();
    for way in ways {
        let entry = u32::from_le_bytes(*way);
        if entry >> CLASS_BITS == print && entry != 0 {
            let fine = entry & ((1 << CLASS_BITS) - 1);
            let coarse = (fine as usize)
                .checked_sub(1)
                .and_then(|at| coarse.get(at))
                .map_or(0, |&class| u16::from(class) + 1);
            return WordClass {
                fine: fine as u16,
                coarse,
            };
        }
    }
    WordClass::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::hash::lower_hash;

    #[test]
    fn common_words_have_classes_and_rubbish_has_none() {
        let class = |word| word_class(lower_hash(word));
        assert_ne!(class("minister").fine, 0);
        assert_eq!(class("London"), class("LONDON"));
        assert_eq!(class("qqxzzvyw"), WordClass::default());
    }
}
