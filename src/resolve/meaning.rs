//! What a wording means, as a vector: words that stand in the same news lie near each other, so that
//! "drowned" and "capsized" are alike though they share no letter.
//!
//! The vectors are a fixed table, `models/vectors-en.bin` (its card is `models/vectors-en.md`), so two wordings
//! are as alike as they are whatever else has been read.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use crate::extract::without_possessive;

/// Numbers in a vector, as `tools/word_vectors.py` writes them.
const DIMENSIONS: usize = 50;

/// Where the sum of the vectors of a wording's distinct words points, rare words weighing more: of length
/// one, or zero where no word is known.
#[derive(Debug)]
pub(super) struct Meaning([f64; DIMENSIONS]);

impl Meaning {
    pub(super) fn of(text: &str) -> Self {
        let rows: BTreeSet<usize> = text.unicode_words().filter_map(row).collect();
        let mut sum = [0.0; DIMENSIONS];
        for row in rows {
            let vector = &TABLE.vectors[row * DIMENSIONS..][..DIMENSIONS];
            let numbers = vector.iter().map(|byte| f64::from(byte.cast_signed()));
            sum.iter_mut().zip(numbers).for_each(|(sum, x)| *sum += x);
        }
        let length = dot(&sum, &sum).sqrt();
        if length > 0.0 {
            sum.iter_mut().for_each(|x| *x /= length);
        }
        Self(sum)
    }

    /// Cosine similarity, in [0, 1]: what points apart has nothing in common, and so has a text of which
    /// no word is known.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        dot(&self.0, &other.0).max(0.0)
    }
}

fn dot(a: &[f64; DIMENSIONS], b: &[f64; DIMENSIONS]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The row of a word, without a possessive ending.
fn row(word: &str) -> Option<usize> {
    let word = word.to_lowercase().replace('’', "'");
    let word = without_possessive(&word);
    TABLE.words.binary_search(&word).ok()
}

struct Table {
    /// Ascending.
    words: Vec<&'static str>,
    /// [`DIMENSIONS`] signed bytes a word.
    vectors: &'static [u8],
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let bytes = include_bytes!("../../models/vectors-en.bin");
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (words, vectors) = bytes.split_at(end.map_or(bytes.len(), |end| end + 2));
    Table {
        words: str::from_utf8(words)
            .unwrap_or_default()
            .split_terminator('\n')
            .filter(|word| !word.is_empty())
            .collect(),
        vectors,
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert!(TABLE.words.len() > 10_000);
        assert_eq!(TABLE.vectors.len(), TABLE.words.len() * DIMENSIONS);
        assert!(TABLE.words.is_sorted());
    }

    #[test]
    fn other_words_for_the_same_are_alike() {
        let told = Meaning::of("The ferry capsized and dozens drowned");
        let again = Meaning::of("Passengers die as a boat’s engine fails and it sinks at sea");
        let other = Meaning::of("Voters elect a new parliament");
        assert!(told.likeness(&again) > 2.0 * told.likeness(&other));
        assert!((told.likeness(&told) - 1.0).abs() < 1e-12);
        assert!(told.likeness(&Meaning::of("xyzzy 17")).abs() < 1e-12);
    }
}
