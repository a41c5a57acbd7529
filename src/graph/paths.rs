//! How two things are connected: the cheapest paths between them, without circles.
//!
//! What everybody is linked with connects nothing in particular, so each step costs more the more
//! links its ends have. The paths come best first: partial paths are taken up in the order of what
//! they cost so far plus the least that the rest can cost, which is known exactly from one run of
//! Dijkstra's algorithm backwards; so the first complete path is the cheapest, the second the next.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use petgraph::algo::dijkstra;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::skeleton::{Skeleton, Tie};

/// Partial paths that are looked at before the search gives up; a guess: seconds.
const MOST_STEPS: usize = 2_000_000;

/// A way from one thing to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The things on the way, both ends included.
    pub nodes: Vec<NodeIndex>,
    /// The links between them, one fewer.
    pub ties: Vec<EdgeIndex>,
    /// What it costs: the number of links, and half the logarithm of the degrees of their ends.
    pub cost: f64,
}

/// At most `top` paths of at most `max_hops` links from any of `starts` to any of `goals`, cheapest
/// first; equal costs in the order of the nodes.
#[must_use]
pub fn cheapest_paths(
    skeleton: &Skeleton,
    starts: &[NodeIndex],
    goals: &[NodeIndex],
    max_hops: usize,
    top: usize,
) -> Vec<Path> {
    let search = Search::new(skeleton, goals);
    let mut open: BinaryHeap<Partial> = BinaryHeap::new();
    open.extend(starts.iter().filter_map(|&start| search.start(start)));
    let mut found = Vec::new();
    let mut steps = 0;
    while let Some(partial) = open.pop() {
        if found.len() == top || steps > MOST_STEPS {
            break;
        }
        steps += 1;
        if goals.contains(&partial.end()) {
            found.push(partial.path);
        } else if partial.path.ties.len() < max_hops {
            let left = max_hops - partial.path.ties.len();
            open.extend(search.steps(&partial, left));
        }
    }
    found
}

struct Search<'a> {
    skeleton: &'a Skeleton,
    /// Half the logarithm of each node's degree.
    crowd: Vec<f64>,
    /// The least that the rest of a path can cost from each node that is connected with a goal.
    least: HashMap<NodeIndex, f64>,
    /// The fewest links from there to a goal.
    hops: HashMap<NodeIndex, usize>,
}

/// The beginning of a path, ordered so that the most promising comes first.
struct Partial {
    promise: f64,
    path: Path,
}

impl<'a> Search<'a> {
    fn new(skeleton: &'a Skeleton, goals: &[NodeIndex]) -> Self {
        let crowd = crowds(skeleton);
        let mut least: HashMap<NodeIndex, f64> = HashMap::new();
        let mut hops: HashMap<NodeIndex, usize> = HashMap::new();
        for &goal in goals {
            let costs = dijkstra(skeleton.graph(), goal, None, |edge| {
                cost(&crowd, edge.source(), edge.target())
            });
            let links = dijkstra(skeleton.graph(), goal, None, |_| 1_usize);
            for (node, value) in costs {
                let known = least.entry(node).or_insert(value);
                *known = known.min(value);
            }
            for (node, value) in links {
                let known = hops.entry(node).or_insert(value);
                *known = (*known).min(value);
            }
        }
        Self {
            skeleton,
            crowd,
            least,
            hops,
        }
    }

    fn start(&self, node: NodeIndex) -> Option<Partial> {
        Some(Partial {
            promise: *self.least.get(&node)?,
            path: Path {
                nodes: vec![node],
                ties: Vec::new(),
                cost: 0.0,
            },
        })
    }

    /// The path with one more link, to each neighbour from which `left` links can still do; of
    /// several links between two things, the one that most documents state.
    fn steps(&self, partial: &Partial, left: usize) -> Vec<Partial> {
        let end = partial.end();
        let mut best: HashMap<NodeIndex, (Tie, EdgeIndex)> = HashMap::new();
        for edge in self.skeleton.graph().edges(end) {
            let (next, tie) = (edge.target(), *edge.weight());
            let fits = self.hops.get(&next).is_some_and(|&hops| hops < left);
            if fits && !partial.path.nodes.contains(&next) {
                let known = best.entry(next).or_insert((tie, edge.id()));
                if (tie.documents, known.0.kind) > (known.0.documents, tie.kind) {
                    *known = (tie, edge.id());
                }
            }
        }
        let mut steps: Vec<Partial> = best
            .into_iter()
            .map(|(next, (_, tie))| {
                let mut path = partial.path.clone();
                path.cost += cost(&self.crowd, end, next);
                path.nodes.push(next);
                path.ties.push(tie);
                Partial {
                    promise: path.cost + self.least[&next],
                    path,
                }
            })
            .collect();
        steps.sort();
        steps
    }
}

/// One for the step, and half the logarithm of each end's degree, so that a path through a thing
/// with a thousand links costs as much as one through three with ten. A guess that reads well.
fn cost(crowd: &[f64], a: NodeIndex, b: NodeIndex) -> f64 {
    1.0 + crowd[a.index()] + crowd[b.index()]
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 links")]
fn crowds(skeleton: &Skeleton) -> Vec<f64> {
    let graph = skeleton.graph();
    let degree = |node| graph.neighbors(node).count().max(1) as f64;
    graph
        .node_indices()
        .map(|node| degree(node).ln() / 2.0)
        .collect()
}

impl Partial {
    fn end(&self) -> NodeIndex {
        self.path.nodes[self.path.nodes.len() - 1]
    }
}

impl Ord for Partial {
    /// The heap hands out the greatest: the least costly, then the first nodes.
    fn cmp(&self, other: &Self) -> Ordering {
        // The last bits of a sum depend on the order of its terms; equal paths must stay equal.
        let rounded = |promise: f64| (promise * 1e6).round();
        rounded(other.promise)
            .total_cmp(&rounded(self.promise))
            .then_with(|| other.path.nodes.cmp(&self.path.nodes))
    }
}

impl PartialOrd for Partial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Partial {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Partial {}
