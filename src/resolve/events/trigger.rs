//! What kind of happening words tell of: dying, arresting, electing, meeting…
//!
//! A fixed list of trigger words by kind (`models/triggers-en.tsv`) stands in for a trained trigger
//! classifier; it only has to tell the arrest from the bomb, not to find every event.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A set of kinds, one bit each, in the order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u64);

/// Kinds that come after a deed rather than being it, in three sorts, kinds that by themselves
/// say a good deal about which happening it is, and kinds that most happenings have. Our own division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    /// What police and courts do.
    Justice,
    /// What others say and do about it.
    Reaction,
    /// What is done for those it befell.
    Aftermath,
    /// Happenings that few stories have two of.
    Telling,
    /// What comes with happenings of every kind.
    Common,
}

impl Sort {
    const ALL: [Self; 5] = [
        Self::Justice,
        Self::Reaction,
        Self::Aftermath,
        Self::Telling,
        Self::Common,
    ];

    fn names(self) -> &'static str {
        match self {
            Self::Justice => "arrest accuse convict acquit try execute",
            Self::Reaction => "say demand mourn market visit protest",
            Self::Aftermath => "rescue search free find treat",
            Self::Telling => {
                "bomb shoot abduct free rob quake erupt flood storm burn wreck collapse vanish \
                 find smuggle acquit execute vote appoint dismiss resign depose trade rate walk-out \
                 unveil win award infect recall"
            }
            Self::Common => {
                "die injure say treat rescue search demand visit arrest deploy mourn market close \
                 accuse meet"
            }
        }
    }
}

impl Kinds {
    /// The kinds that words trigger.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        Self(words.fold(0, |kinds, word| {
            let word = word.to_lowercase();
            kinds | TABLE.words.get(word.as_str()).copied().unwrap_or(0)
        }))
    }

    /// All but those of a sort.
    pub(super) fn without(self, sort: Sort) -> Self {
        Self(self.0 & !TABLE.sorts[&sort])
    }

    /// Itself, or the other where it is empty.
    pub(super) fn or(self, other: Self) -> Self {
        if self.0 == 0 { other } else { self }
    }

    /// How many kinds both have.
    pub(super) fn shared(self, other: Self) -> u32 {
        (self.0 & other.0).count_ones()
    }

    /// Whether both tell of something, and of nothing the same.
    pub(super) fn contradicts(self, other: Self) -> bool {
        self.0 != 0 && other.0 != 0 && self.0 & other.0 == 0
    }

    /// Whether there is a kind of that sort.
    pub(super) fn has(self, sort: Sort) -> bool {
        self.0 & TABLE.sorts[&sort] != 0
    }

    /// Whether both have the same kind of that sort.
    pub(super) fn share(self, other: Self, sort: Sort) -> bool {
        Self(self.0 & other.0).has(sort)
    }
}

struct Table {
    words: HashMap<&'static str, u64>,
    sorts: HashMap<Sort, u64>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut kinds: HashMap<&str, u64> = HashMap::new();
    for (bit, (kind, triggers)) in rows().enumerate() {
        kinds.insert(kind, 1 << bit);
        for word in triggers.split(' ') {
            *words.entry(word).or_insert(0) |= 1 << bit;
        }
    }
    let mask = |sort: Sort| {
        let kinds = sort.names().split_whitespace().map(|kind| kinds.get(kind));
        kinds.flatten().fold(0, |mask, bit| mask | bit)
    };
    Table {
        words,
        sorts: Sort::ALL.map(|sort| (sort, mask(sort))).into(),
    }
});

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../../models/triggers-en.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Kinds {
        Kinds::of(text.split(' '))
    }

    #[test]
    fn the_arrest_is_not_the_bomb() {
        let bomb = kinds("Bomb kills nine on a bus");
        let toll = kinds("Two of the injured died overnight");
        let arrest = kinds("Police detain the owner");
        assert!(bomb.shared(toll) > 0);
        assert!(bomb.contradicts(arrest));
        assert!(!bomb.contradicts(kinds("A quiet day")));
        assert!(arrest.has(Sort::Justice) && !bomb.has(Sort::Justice));
        assert!(bomb.share(kinds("a blast"), Sort::Telling));
        assert!(!bomb.share(toll, Sort::Telling));
    }

    #[test]
    fn kinds_fit_their_bits_and_sorts_name_kinds() {
        assert!(TABLE.words.len() > 600);
        assert!(rows().count() <= 64);
        for sort in Sort::ALL {
            let names = sort.names().split_whitespace();
            assert_eq!(
                names.count() as u32,
                TABLE.sorts[&sort].count_ones(),
                "{sort:?}"
            );
        }
    }
}
