//! Average-linkage clustering of a sparse graph of likely pairs.
//!
//! 1. Pairs that are certain are joined, whatever else is there: no further document can part them.
//! 2. What is likely to be of an anchor joins it, the likeliest first. An anchor speaks for its cluster:
//!    what else has joined it does not speak against a newcomer.
//! 3. The two clusters whose members are most alike on average join, as long as the average (pairs
//!    that were not compared count 0) reaches a threshold. So a report between two happenings does
//!    not tie them together, as single linkage would let it.
//!
//! Clusters bound to different anchors never join. The result depends on the set of pairs, not on
//! their order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Two items, the smaller first, and how likely they belong together, in [0, 1].
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) items: (usize, usize),
    pub(super) probability: f64,
}

/// From which probabilities on things join.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thresholds {
    /// A pair, whatever else there is.
    pub(super) certain: f64,
    /// A pair of an anchor and something without one.
    pub(super) of_anchor: f64,
    /// Two clusters, on average.
    pub(super) likely: f64,
}

#[derive(Default)]
struct Cluster {
    members: Vec<usize>,
    anchor: Option<usize>,
    /// Sums of probabilities to other clusters.
    near: BTreeMap<usize, f64>,
}

/// Clusters items 0‥`anchors.len()`; returns the members of each, sorted. Items that bear different
/// anchors stay apart, items that bear the same one start together.
pub(super) fn cluster(
    anchors: &[Option<usize>],
    pairs: &[Pair],
    thresholds: &Thresholds,
) -> Vec<Vec<usize>> {
    let mut linkage = Linkage::new(anchors);
    linkage.join_from(pairs, |pair| pair.probability >= thresholds.certain);
    linkage.join_from(pairs, |pair| {
        let ends = [anchors[pair.items.0], anchors[pair.items.1]];
        ends.iter().flatten().count() == 1 && pair.probability >= thresholds.of_anchor
    });
    linkage.weigh(pairs);
    linkage.agglomerate(thresholds.likely);
    let mut members: Vec<Vec<usize>> = linkage
        .clusters
        .into_iter()
        .flatten()
        .map(|c| c.members)
        .collect();
    members
        .iter_mut()
        .for_each(|cluster| cluster.sort_unstable());
    members.sort_unstable();
    members
}

struct Linkage {
    clusters: Vec<Option<Cluster>>,
    cluster_of: Vec<usize>,
}

impl Linkage {
    fn new(anchors: &[Option<usize>]) -> Self {
        let mut by_anchor: BTreeMap<usize, usize> = BTreeMap::new();
        let mut linkage = Self {
            clusters: Vec::new(),
            cluster_of: Vec::with_capacity(anchors.len()),
        };
        for (item, anchor) in anchors.iter().enumerate() {
            let next = linkage.clusters.len();
            let place = anchor.map_or(next, |anchor| *by_anchor.entry(anchor).or_insert(next));
            if place == next {
                linkage.clusters.push(Some(Cluster {
                    anchor: *anchor,
                    ..Cluster::default()
                }));
            }
            if let Some(cluster) = &mut linkage.clusters[place] {
                cluster.members.push(item);
            }
            linkage.cluster_of.push(place);
        }
        linkage
    }

    /// Joins the pairs that pass, the likeliest first.
    fn join_from(&mut self, pairs: &[Pair], passes: impl Fn(&Pair) -> bool) {
        let mut sure: Vec<&Pair> = pairs.iter().filter(|pair| passes(pair)).collect();
        sure.sort_by(|a, b| {
            b.probability
                .total_cmp(&a.probability)
                .then(a.items.cmp(&b.items))
        });
        for pair in sure {
            let (a, b) = (self.cluster_of[pair.items.0], self.cluster_of[pair.items.1]);
            if a != b && self.may_join(a, b) {
                self.join(a.min(b), a.max(b));
            }
        }
    }

    /// Moves the members of the second cluster to the first.
    fn join(&mut self, into: usize, from: usize) {
        let Some(moved) = self.clusters[from].take() else {
            return;
        };
        for &item in &moved.members {
            self.cluster_of[item] = into;
        }
        for (other, sum) in moved.near {
            if other == into {
                continue;
            }
            if let Some(cluster) = &mut self.clusters[other] {
                cluster.near.remove(&from);
                *cluster.near.entry(into).or_default() += sum;
            }
            if let Some(cluster) = &mut self.clusters[into] {
                *cluster.near.entry(other).or_default() += sum;
            }
        }
        if let Some(cluster) = &mut self.clusters[into] {
            cluster.near.remove(&from);
            cluster.members.extend(moved.members);
            cluster.anchor = cluster.anchor.or(moved.anchor);
        }
    }

    fn may_join(&self, a: usize, b: usize) -> bool {
        let anchor = |place: usize| self.clusters[place].as_ref().and_then(|c| c.anchor);
        match (anchor(a), anchor(b)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// Sums the pairs between clusters, in the order of their items, so that sums come out the same.
    fn weigh(&mut self, pairs: &[Pair]) {
        let mut pairs: Vec<&Pair> = pairs.iter().collect();
        pairs.sort_by_key(|pair| pair.items);
        for pair in pairs {
            let (a, b) = (self.cluster_of[pair.items.0], self.cluster_of[pair.items.1]);
            if a != b {
                for (from, to) in [(a, b), (b, a)] {
                    if let Some(cluster) = &mut self.clusters[from] {
                        *cluster.near.entry(to).or_default() += pair.probability;
                    }
                }
            }
        }
    }

    fn agglomerate(&mut self, likely: f64) {
        let mut heap = BinaryHeap::new();
        for a in 0..self.clusters.len() {
            self.push(a, likely, &mut heap);
        }
        while let Some(candidate) = heap.pop() {
            let (a, b) = candidate.clusters;
            if self.average(a, b) == Some(candidate.average) && self.may_join(a, b) {
                self.join(a, b);
                self.push(a, likely, &mut heap);
            }
        }
    }

    fn push(&self, a: usize, likely: f64, heap: &mut BinaryHeap<Candidate>) {
        let Some(cluster) = &self.clusters[a] else {
            return;
        };
        for &b in cluster.near.keys() {
            if let Some(average) = self.average(a, b).filter(|average| *average >= likely) {
                heap.push(Candidate {
                    average,
                    clusters: (a.min(b), a.max(b)),
                });
            }
        }
    }

    fn average(&self, a: usize, b: usize) -> Option<f64> {
        let (left, right) = (self.clusters[a].as_ref()?, self.clusters[b].as_ref()?);
        let sum = left.near.get(&b)?;
        Some(sum / f64_of(left.members.len() * right.members.len()))
    }
}

fn f64_of(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[derive(PartialEq)]
struct Candidate {
    average: f64,
    clusters: (usize, usize),
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.average
            .total_cmp(&other.average)
            .then_with(|| other.clusters.cmp(&self.clusters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: usize, b: usize, probability: f64) -> Pair {
        Pair {
            items: (a, b),
            probability,
        }
    }

    const THRESHOLDS: Thresholds = Thresholds {
        certain: 0.95,
        of_anchor: 0.5,
        likely: 0.4,
    };

    #[test]
    fn what_is_of_an_anchor_joins_it_though_others_in_its_cluster_differ() {
        let pairs = [pair(0, 1, 0.97), pair(0, 2, 0.96), pair(0, 3, 0.6)];
        let anchors = [Some(7), None, None, None];
        assert_eq!(cluster(&anchors, &pairs, &THRESHOLDS), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn a_report_between_two_happenings_does_not_tie_them() {
        let pairs = [
            pair(0, 1, 0.9),
            pair(3, 4, 0.9),
            pair(1, 2, 0.6),
            pair(0, 2, 0.5),
            pair(2, 3, 0.5),
        ];
        let clusters = cluster(&[None; 5], &pairs, &THRESHOLDS);
        assert_eq!(clusters, [vec![0, 1, 2], vec![3, 4]]);
        let mut backwards = pairs;
        backwards.reverse();
        assert_eq!(cluster(&[None; 5], &backwards, &THRESHOLDS), clusters);
    }

    #[test]
    fn certain_pairs_are_final_and_anchors_part() {
        let pairs = [pair(0, 1, 0.99), pair(1, 2, 0.98), pair(2, 3, 0.97)];
        let anchors = [Some(7), None, None, Some(8)];
        assert_eq!(
            cluster(&anchors, &pairs, &THRESHOLDS),
            [vec![0, 1, 2], vec![3]]
        );
    }
}
