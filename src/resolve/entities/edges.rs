//! Edges between nodes, each with its reason, and the groups they make.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::unionfind::UnionFind;

use super::reason::Reason;

/// Reasons found so far. What the user has split off takes edges only inside its own split.
pub(super) struct Edges {
    list: Vec<(usize, usize, Reason)>,
    split: BTreeMap<usize, u64>,
    union: UnionFind<usize>,
    len: usize,
}

impl Edges {
    /// No edges between `len` nodes; `split` has those the user split off, with the decision's number.
    pub(super) fn new(len: usize, split: BTreeMap<usize, u64>) -> Self {
        Self {
            list: Vec::new(),
            split,
            union: UnionFind::new(len),
            len,
        }
    }

    /// Joins two nodes, unless the user has split one of them off.
    pub(super) fn add(&mut self, a: usize, b: usize, reason: Reason) {
        if a != b && self.split.get(&a) == self.split.get(&b) {
            self.decide(a, b, reason);
        }
    }

    /// Joins two nodes because the user says so.
    pub(super) fn decide(&mut self, a: usize, b: usize, reason: Reason) {
        self.union.union(a, b);
        self.list.push((a, b, reason));
    }

    /// The decision that split a node off.
    pub(super) fn split_by(&self, node: usize) -> Option<u64> {
        self.split.get(&node).copied()
    }

    /// One edge by its index.
    pub(super) fn edge(&self, index: usize) -> (usize, usize, &Reason) {
        let (a, b, reason) = &self.list[index];
        (*a, *b, reason)
    }

    /// The smallest node of each node's group.
    pub(super) fn leaders(&self) -> Vec<usize> {
        let mut first = vec![usize::MAX; self.len];
        (0..self.len)
            .map(|node| {
                let root = self.union.find(node);
                first[root] = first[root].min(node);
                first[root]
            })
            .collect()
    }

    /// For each node the edges at it, as indices into the list.
    pub(super) fn at_nodes(&self) -> Vec<Vec<usize>> {
        let mut at = vec![Vec::new(); self.len];
        for (index, (a, b, _)) in self.list.iter().enumerate() {
            at[*a].push(index);
            at[*b].push(index);
        }
        at
    }

    /// Why each node of a group is joined with its root: the edge by which a breadth-first walk first
    /// comes to it.
    pub(super) fn reasons_from(
        &self,
        root: usize,
        at: &[Vec<usize>],
    ) -> Vec<(usize, usize, &Reason)> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::from([root]);
        let mut open = VecDeque::from([root]);
        while let Some(node) = open.pop_front() {
            for &index in &at[node] {
                let (a, b, reason) = &self.list[index];
                let other = if *a == node { *b } else { *a };
                if seen.insert(other) {
                    found.push((other, node, reason));
                    open.push_back(other);
                }
            }
        }
        found
    }

    /// The nodes that stay with one when the user's merges are left out.
    pub(super) fn without_decisions(&self, start: usize, at: &[Vec<usize>]) -> BTreeSet<usize> {
        let mut seen = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            for &index in &at[node] {
                let (a, b, reason) = &self.list[index];
                let other = if *a == node { *b } else { *a };
                if !matches!(reason, Reason::Decision { .. }) && seen.insert(other) {
                    open.push(other);
                }
            }
        }
        seen
    }
}
