//! Average-linkage clustering of a sparse graph of likely pairs.
//!
//! 1. Pairs that are certain are joined, whatever else is there: no further document can part them.
//! 2. What is likely to be of an anchor joins it, the likeliest first. An anchor speaks for its cluster:
//!    what else has joined it does not speak against a newcomer.
//! 3. The two clusters whose members are most alike on average join, as long as the average (pairs
//!    that were not compared count 0) reaches a threshold. So a report between two happenings does
//!    not tie them together, as single linkage would let it.
//!
//! Clusters bound to different anchors never join, nor do clusters whose members cannot all have been on one
//! day: an undated report that is like two of different days does not tie these. The result depends on the set
//! of pairs, not on their order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use jiff::civil::Date;

/// What is clustered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Item {
    /// What it is bound to.
    pub(super) anchor: Option<usize>,
    /// The first and the last day it can have been on; none where it can have been on any.
    pub(super) days: Option<(Date, Date)>,
}

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
    days: Option<(Date, Date)>,
    /// Sums of probabilities to other clusters.
    near: BTreeMap<usize, f64>,
}

/// Clusters items 0‥`items.len()`; returns the members of each, sorted. Items that bear different
/// anchors stay apart, items that bear the same one start together.
pub(super) fn cluster(items: &[Item], pairs: &[Pair], thresholds: &Thresholds) -> Vec<Vec<usize>> {
    let mut linkage = Linkage::new(items);
    linkage.join_from(pairs, |pair| pair.probability >= thresholds.certain);
    linkage.join_from(pairs, |pair| {
        let ends = [items[pair.items.0].anchor, items[pair.items.1].anchor];
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
    fn new(items: &[Item]) -> Self {
        let mut by_anchor: BTreeMap<usize, usize> = BTreeMap::new();
        let mut linkage = Self {
            clusters: Vec::new(),
            cluster_of: Vec::with_capacity(items.len()),
        };
        for (item, what) in items.iter().enumerate() {
            let next = linkage.clusters.len();
            let place = what
                .anchor
                .map_or(next, |anchor| *by_anchor.entry(anchor).or_insert(next));
            if place == next {
                linkage.clusters.push(Some(Cluster {
                    anchor: what.anchor,
                    days: what.days,
                    ..Cluster::default()
                }));
            }
            if let Some(cluster) = &mut linkage.clusters[place] {
                // Things of one anchor are one, whatever their days.
                cluster.days = hull(cluster.days, what.days);
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
            cluster.days = common(cluster.days, moved.days);
        }
    }

    fn may_join(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (&self.clusters[a], &self.clusters[b]) else {
            return false;
        };
        let one_anchor = a.anchor.is_none() || b.anchor.is_none() || a.anchor == b.anchor;
        one_anchor && common(a.days, b.days).is_none_or(|(first, last)| first <= last)
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

type Days = Option<(Date, Date)>;

/// The days that both leave open; the first is after the last where there is none.
fn common(a: Days, b: Days) -> Days {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.max(b.0), a.1.min(b.1))),
        _ => a.or(b),
    }
}

/// The days from the first of both to the last of both.
fn hull(a: Days, b: Days) -> Days {
    Some((a?.0.min(b?.0), a?.1.max(b?.1)))
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

    fn anchored(anchor: Option<usize>) -> Item {
        Item { anchor, days: None }
    }

    #[test]
    fn an_undated_report_does_not_tie_two_days() {
        let day = |day| {
            let day = jiff::civil::date(2022, 4, day);
            Item {
                anchor: None,
                days: Some((day, day)),
            }
        };
        let items = [day(5), Item::default(), day(9)];
        let pairs = [pair(0, 1, 0.99), pair(1, 2, 0.98)];
        assert_eq!(cluster(&items, &pairs, &THRESHOLDS), [vec![0, 1], vec![2]]);
    }

    const THRESHOLDS: Thresholds = Thresholds {
        certain: 0.95,
        of_anchor: 0.5,
        likely: 0.4,
    };

    #[test]
    fn what_is_of_an_anchor_joins_it_though_others_in_its_cluster_differ() {
        let pairs = [pair(0, 1, 0.97), pair(0, 2, 0.96), pair(0, 3, 0.6)];
        let items = [Some(7), None, None, None].map(anchored);
        assert_eq!(cluster(&items, &pairs, &THRESHOLDS), [vec![0, 1, 2, 3]]);
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
        let clusters = cluster(&[Item::default(); 5], &pairs, &THRESHOLDS);
        assert_eq!(clusters, [vec![0, 1, 2], vec![3, 4]]);
        let mut backwards = pairs;
        backwards.reverse();
        assert_eq!(
            cluster(&[Item::default(); 5], &backwards, &THRESHOLDS),
            clusters
        );
    }

    #[test]
    fn certain_pairs_are_final_and_anchors_part() {
        let pairs = [pair(0, 1, 0.99), pair(1, 2, 0.98), pair(2, 3, 0.97)];
        let items = [Some(7), None, None, Some(8)].map(anchored);
        assert_eq!(
            cluster(&items, &pairs, &THRESHOLDS),
            [vec![0, 1, 2], vec![3]]
        );
    }
}
