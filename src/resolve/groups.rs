//! Groups under construction: petgraph's union-find with the members listed at the end.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

/// Items 0‥n that are being joined into groups. The result does not depend on the order of joins.
pub(super) struct Groups {
    union: UnionFind<usize>,
    len: usize,
}

impl Groups {
    pub(super) fn new(len: usize) -> Self {
        Self {
            union: UnionFind::new(len),
            len,
        }
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        self.union.union(a, b);
    }

    /// A member that stands for the group of an item, until something joins.
    pub(super) fn representative(&self, item: usize) -> usize {
        self.union.find(item)
    }

    /// The groups, each ascending, ordered by their smallest members.
    pub(super) fn members(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for item in 0..self.len {
            groups.entry(self.union.find(item)).or_default().push(item);
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort_unstable();
        groups
    }
}
