//! What lies between others: the share of shortest paths that pass through each node of a graph,
//! exact in small graphs, estimated from a sample of starting points in large ones.

use std::collections::VecDeque;

use petgraph::visit::EdgeRef;
use rayon::prelude::*;
use rustworkx_core::centrality::betweenness_centrality;

use super::skeleton::Skeleton;
use crate::hash;

/// The largest graph whose betweenness is computed exactly: the cost grows with nodes times links
/// (2,000 nodes took 0.3 s).
pub const MOST_FOR_EXACT: usize = 10_000;

/// Nodes from which shortest paths are sought in larger graphs. The standard error falls with the
/// root of their number; see [`Betweenness::error`] for what it is. 256 keeps a graph of 150,000
/// things within seconds.
pub const PIVOTS: usize = 256;

/// Pivots that one task adds up. Tasks are added in their order, so that the number of threads
/// never shows in the last bits of a sum.
const PIVOTS_OF_A_TASK: usize = 32;

/// How far each node lies between others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Betweenness {
    /// The share of shortest paths that pass through each node, in [0, 1].
    pub values: Vec<f64>,
    /// The standard error of each value, as the sample shows it; empty when the values are exact. It is too
    /// small for a node that only paths from a few things pass through, such as the last before a dead
    /// end: a sample seldom holds those few. Such nodes never come first.
    pub errors: Vec<f64>,
    /// The number of nodes from which paths were sought; `None` for all.
    pub pivots: Option<usize>,
}

impl Betweenness {
    /// The standard error of a node's value, 0 when it is exact.
    #[must_use]
    pub fn error(&self, node: usize) -> f64 {
        self.errors.get(node).copied().unwrap_or_default()
    }
}

/// The betweenness of each node: exact up to [`MOST_FOR_EXACT`] nodes, beyond that estimated from
/// [`PIVOTS`] of them.
#[must_use]
pub fn betweenness(skeleton: &Skeleton) -> Betweenness {
    let graph = skeleton.graph();
    if graph.node_count() > MOST_FOR_EXACT {
        return sampled_betweenness(skeleton, PIVOTS);
    }
    // One thread: sums of floats in another order differ in their last bits.
    let values = betweenness_centrality(graph, false, true, usize::MAX);
    Betweenness {
        values: values.into_iter().map(Option::unwrap_or_default).collect(),
        ..Betweenness::default()
    }
}

/// The betweenness of each node, estimated from the shortest paths that start at some of them.
///
/// Uniform pivots, each one's dependencies by Brandes's algorithm, scaled up to all nodes (Brandes
/// and Pich, "Centrality estimation in large networks", 2007). A pivot is a node whose IRI's hash is
/// among the lowest: which nodes those are depends on nothing but the IRIs.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 nodes")]
pub fn sampled_betweenness(skeleton: &Skeleton, pivots: usize) -> Betweenness {
    let neighbours = Neighbours::of(skeleton);
    let pivots = drawn(skeleton, pivots);
    let tasks: Vec<Sums> = pivots
        .par_chunks(PIVOTS_OF_A_TASK)
        .map(|pivots| Sums::over(&neighbours, pivots))
        .collect();
    let count = neighbours.count();
    let mut sums = Sums::new(count);
    tasks.iter().for_each(|task| sums.add(task));
    let (all, sampled) = (count as f64, pivots.len().max(1) as f64);
    let pairs = ((all - 1.0) * (all - 2.0)).max(1.0);
    let scale = all / pairs;
    let error = |(sum, square): (&f64, &f64)| {
        let mean = sum / sampled;
        let variance = (square / sampled - mean * mean).max(0.0);
        let unseen = 1.0 - sampled / all;
        scale * (variance * unseen / (sampled - 1.0).max(1.0)).sqrt()
    };
    Betweenness {
        values: sums.first.iter().map(|sum| scale * sum / sampled).collect(),
        errors: sums.first.iter().zip(&sums.second).map(error).collect(),
        pivots: Some(pivots.len()),
    }
}

/// So many nodes, those of the lowest hashes.
fn drawn(skeleton: &Skeleton, count: usize) -> Vec<u32> {
    let nodes = skeleton.graph().node_indices();
    let mut hashed: Vec<(String, u32)> = nodes
        .map(|node| (hash::short(skeleton.iri(node)), place(node.index())))
        .collect();
    hashed.sort_unstable();
    hashed.truncate(count);
    hashed.into_iter().map(|(_, node)| node).collect()
}

/// Sums over pivots of each node's dependency and of its square.
struct Sums {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Sums {
    fn new(count: usize) -> Self {
        Self {
            first: vec![0.0; count],
            second: vec![0.0; count],
        }
    }

    fn over(neighbours: &Neighbours, pivots: &[u32]) -> Self {
        let mut sums = Self::new(neighbours.count());
        let mut search = Search::new(neighbours.count());
        for &pivot in pivots {
            search.run(neighbours, pivot);
            for &node in search.order.iter().filter(|node| **node != pivot) {
                let dependency = search.dependency[node as usize];
                sums.first[node as usize] += dependency;
                sums.second[node as usize] += dependency * dependency;
            }
        }
        sums
    }

    fn add(&mut self, other: &Self) {
        let add = |to: &mut Vec<f64>, from: &[f64]| {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        };
        add(&mut self.first, &other.first);
        add(&mut self.second, &other.second);
    }
}

/// Each node's neighbours, once for each link, in one list.
struct Neighbours {
    starts: Vec<usize>,
    list: Vec<u32>,
}

impl Neighbours {
    fn of(skeleton: &Skeleton) -> Self {
        let graph = skeleton.graph();
        let mut starts = Vec::with_capacity(graph.node_count() + 1);
        let mut list = Vec::with_capacity(graph.edge_count() * 2);
        for node in graph.node_indices() {
            starts.push(list.len());
            list.extend(graph.edges(node).map(|edge| place(edge.target().index())));
        }
        starts.push(list.len());
        Self { starts, list }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    fn of_node(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.list[self.starts[node]..self.starts[node + 1]]
    }
}

const UNSEEN: u32 = u32::MAX;

/// Brandes's search from one node (Brandes, "A faster algorithm for betweenness centrality", 2001),
/// with tables that are used again.
struct Search {
    distance: Vec<u32>,
    paths: Vec<f64>,
    dependency: Vec<f64>,
    /// The nodes reached, nearest first.
    order: Vec<u32>,
    queue: VecDeque<u32>,
}

impl Search {
    fn new(count: usize) -> Self {
        Self {
            distance: vec![UNSEEN; count],
            paths: vec![0.0; count],
            dependency: vec![0.0; count],
            order: Vec::new(),
            queue: VecDeque::new(),
        }
    }

    fn run(&mut self, neighbours: &Neighbours, from: u32) {
        for node in std::mem::take(&mut self.order) {
            self.distance[node as usize] = UNSEEN;
            self.paths[node as usize] = 0.0;
            self.dependency[node as usize] = 0.0;
        }
        self.distance[from as usize] = 0;
        self.paths[from as usize] = 1.0;
        self.queue.push_back(from);
        while let Some(node) = self.queue.pop_front() {
            self.order.push(node);
            self.reach(neighbours, node);
        }
        for at in (0..self.order.len()).rev() {
            self.depend(neighbours, self.order[at]);
        }
    }

    fn reach(&mut self, neighbours: &Neighbours, node: u32) {
        let (next, paths) = (self.distance[node as usize] + 1, self.paths[node as usize]);
        for &other in neighbours.of_node(node) {
            let distance = &mut self.distance[other as usize];
            if *distance == UNSEEN {
                *distance = next;
                self.queue.push_back(other);
            }
            if *distance == next {
                self.paths[other as usize] += paths;
            }
        }
    }

    fn depend(&mut self, neighbours: &Neighbours, node: u32) {
        let distance = self.distance[node as usize];
        let share = (1.0 + self.dependency[node as usize]) / self.paths[node as usize];
        for &other in neighbours.of_node(node) {
            if distance > 0 && self.distance[other as usize] == distance - 1 {
                self.dependency[other as usize] += self.paths[other as usize] * share;
            }
        }
    }
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(UNSEEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring of so many things with a tail of three.
    fn ring(count: usize) -> Skeleton {
        let name = |at: usize| format!("http://example.org/{at:03}");
        let ring = (0..count).map(|at| (name(at), name((at + 1) % count)));
        let tail = (count..count + 3).map(|at| (name(at), name(at + 1)));
        Skeleton::linking(ring.chain(tail).chain([(name(0), name(count))]))
    }

    #[test]
    fn all_as_pivots_give_the_exact_values() {
        let skeleton = ring(9);
        let exact = betweenness(&skeleton);
        let sampled = sampled_betweenness(&skeleton, usize::MAX);
        assert_eq!((exact.pivots, sampled.pivots), (None, Some(13)));
        for (node, (a, b)) in exact.values.iter().zip(&sampled.values).enumerate() {
            assert!((a - b).abs() < 1e-12, "{a} is not {b}");
            assert!(sampled.error(node) < 1e-12);
        }
    }

    #[test]
    fn a_sample_comes_near_the_exact_values() {
        let skeleton = ring(60);
        let exact = betweenness(&skeleton);
        let sampled = sampled_betweenness(&skeleton, 32);
        assert_eq!(sampled, sampled_betweenness(&skeleton, 32));
        for (a, b) in exact.values.iter().zip(&sampled.values) {
            assert!((a - b).abs() < 0.03, "{a} is far from {b}");
        }
        let by_value = |a: &usize, b: &usize| exact.values[*a].total_cmp(&exact.values[*b]);
        let first = (0..exact.values.len()).max_by(by_value).unwrap();
        let off = (exact.values[first] - sampled.values[first]).abs();
        assert!(off <= 3.0 * sampled.error(first), "{off}");
    }
}
