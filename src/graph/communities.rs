//! What belongs together: communities of a graph, found by the Leiden algorithm.

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::skeleton::Skeleton;

/// The seed of every run: any will do, as long as it stays.
const SEED: u64 = 1;
/// Rounds; the default of the library, which says it converges in a few.
const MOST_ROUNDS: usize = 100;

/// Why no communities could be found.
#[derive(Debug, thiserror::Error)]
#[error("communities: {0}")]
pub struct CommunityError(String);

/// A division of the nodes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Communities {
    /// The members of each, sorted; the largest community first, equal sizes by their first member.
    pub groups: Vec<Vec<NodeIndex>>,
    /// Modularity of the division (Newman and Girvan 2004), at most 1.
    pub modularity: f64,
}

/// Divides a graph into communities by modularity. The same graph gives the same communities,
/// whatever the number of threads.
///
/// # Errors
/// When the algorithm refuses the graph.
pub fn communities(skeleton: &Skeleton, resolution: f64) -> Result<Communities, CommunityError> {
    let graph = skeleton.graph();
    if graph.edge_count() == 0 {
        return Ok(Communities::default());
    }
    let failed = |error: leiden_rs::LeidenError| CommunityError(error.to_string());
    let mut builder = GraphDataBuilder::new(graph.node_count());
    for edge in graph.edge_references() {
        let weight = f64::from(edge.weight().documents.max(1));
        let (a, b) = (edge.source().index(), edge.target().index());
        builder.add_edge(a, b, weight.sqrt()).map_err(failed)?;
    }
    let config = LeidenConfig::builder()
        .seed(SEED)
        .max_iterations(MOST_ROUNDS)
        .resolution(resolution)
        .parallel_local_moving_threshold(usize::MAX)
        .parallel_aggregation_threshold(usize::MAX)
        .build();
    let data = builder.build().map_err(failed)?;
    let output = Leiden::new(config).run(&data).map_err(failed)?;
    let mut groups: Vec<Vec<NodeIndex>> = output
        .partition
        .communities()
        .into_iter()
        .map(|(_, members)| {
            let mut members: Vec<NodeIndex> = members.into_iter().map(NodeIndex::new).collect();
            members.sort_unstable();
            members
        })
        .collect();
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    Ok(Communities {
        groups,
        modularity: output.quality,
    })
}
