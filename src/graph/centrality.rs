//! Who and what matters most in a graph by its links: degree and PageRank.

use petgraph::visit::EdgeRef;

use super::skeleton::Skeleton;

/// Usual damping factor (Brin and Page, "The anatomy of a large-scale hypertextual Web search
/// engine", 1998).
const DAMPING: f64 = 0.85;
/// Rounds of power iteration; 0.85^100 < 1e-7.
const MOST_ROUNDS: usize = 100;
/// The ranks' change at which iteration stops, summed over all nodes.
const TOLERANCE: f64 = 1e-9;

/// Number of links of each node.
#[must_use]
pub fn degrees(skeleton: &Skeleton) -> Vec<usize> {
    let graph = skeleton.graph();
    let degree = |node| graph.edges(node).count();
    graph.node_indices().map(degree).collect()
}

/// The PageRank of each node, by power iteration; the ranks sum to 1. Links have no direction, each
/// counts once, and the rank of a node without links goes to all.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 nodes")]
pub fn page_rank(skeleton: &Skeleton) -> Vec<f64> {
    let graph = skeleton.graph();
    let count = graph.node_count();
    let links = degrees(skeleton);
    let mut ranks = vec![1.0 / count.max(1) as f64; count];
    for _ in 0..MOST_ROUNDS {
        let lost: f64 = (0..count)
            .filter(|&n| links[n] == 0)
            .map(|n| ranks[n])
            .sum();
        let base = (1.0 - DAMPING + DAMPING * lost) / count as f64;
        let mut next = vec![base; count];
        for edge in graph.edge_references() {
            let (a, b) = (edge.source().index(), edge.target().index());
            next[b] += DAMPING * ranks[a] / links[a] as f64;
            next[a] += DAMPING * ranks[b] / links[b] as f64;
        }
        let change: f64 = ranks.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}
