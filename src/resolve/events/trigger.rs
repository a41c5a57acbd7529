//! What kind of happening words tell of: dying, arresting, electing, meeting…
//!
//! A fixed list of trigger words by kind (`models/triggers-en.tsv`) stands in for a trained trigger
//! classifier; it only has to tell the arrest from the bomb, not to find every event.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

/// A set of kinds, one bit each, in the order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    /// The kinds that the words of a text trigger.
    pub(super) fn of(text: &str) -> Self {
        let words = text.unicode_words().map(str::to_lowercase);
        Self(words.fold(0, |kinds, word| {
            kinds | TABLE.get(word.as_str()).copied().unwrap_or(0)
        }))
    }

    /// Shared kinds over those of the poorer side, in [0, 1].
    pub(super) fn overlap(self, other: Self) -> f64 {
        let fewer = self.0.count_ones().min(other.0.count_ones());
        if fewer == 0 {
            return 0.0;
        }
        f64::from((self.0 & other.0).count_ones()) / f64::from(fewer)
    }

    /// Whether both tell of something, and of nothing the same.
    pub(super) fn contradicts(self, other: Self) -> bool {
        self.0 != 0 && other.0 != 0 && self.0 & other.0 == 0
    }
}

static TABLE: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    let lines = include_str!("../../../models/triggers-en.tsv").lines();
    let rows = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'));
    for (bit, (_, words)) in rows.enumerate() {
        for word in words.split(' ') {
            *table.entry(word).or_insert(0) |= 1 << bit;
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrest_is_not_the_bomb() {
        let bomb = Kinds::of("Bomb kills nine on a bus");
        let toll = Kinds::of("Two of the injured died overnight");
        let arrest = Kinds::of("Police detain the owner");
        assert!(bomb.overlap(toll) > 0.0);
        assert!(bomb.contradicts(arrest));
        assert!(!bomb.contradicts(Kinds::of("A quiet day")));
    }

    #[test]
    fn kinds_fit_their_bits() {
        assert!(TABLE.len() > 200);
        let rows = include_str!("../../../models/triggers-en.tsv").lines();
        assert!(rows.filter(|line| !line.starts_with('#')).count() <= 32);
    }
}
