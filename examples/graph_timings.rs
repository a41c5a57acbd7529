//! Times what `annals path`, `annals graph` and `annals export --around` do once a store is open.
//!
//! ```text
//! cargo run --example graph_timings -- STORE FROM TO
//! ```
//! `FROM` and `TO` are IRIs, or their ends behind the base (`person/vladimir-putin`).

#![allow(clippy::print_stdout, reason = "a program prints")]

use std::path::Path;
use std::time::Instant;

use annals::graph::{
    Selection, Skeleton, cheapest_paths, communities, connection, page_rank, project,
};
use annals::inspect::View;
use annals::pipeline;
use annals::rdf::Namespace;
use annals::store::Access;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [store, from, to] = &arguments[..] else {
        anyhow::bail!("usage: graph_timings STORE FROM TO");
    };
    let store = timed("open the store", || {
        pipeline::open(Path::new(store), Access::Read)
    })?;
    let graph = timed("open the graph", || pipeline::graph(&store))?;
    let view = View {
        graph: &graph,
        index: &store.index,
    };
    let skeleton = timed("read the skeleton", || Skeleton::of(view))?;
    let size = (skeleton.graph().node_count(), skeleton.graph().edge_count());
    println!("{:>9} things, {} links", size.0, size.1);
    let node = |name: &String| skeleton.node(Namespace::default().iri(name).as_str());
    let (start, goal) = (node(from), node(to));
    let ends = start
        .zip(goal)
        .ok_or_else(|| anyhow::anyhow!("an end has no links"))?;
    let paths = timed("find three paths", || {
        cheapest_paths(&skeleton, &[ends.0], &[ends.1], 6, 3)
    });
    timed("read what they are about", || {
        let read = paths.iter().map(|path| connection(view, &skeleton, path));
        read.collect::<Result<Vec<_>, _>>()
    })?;
    timed("PageRank", || page_rank(&skeleton));
    let found = timed("communities", || communities(&skeleton, 1.0))?;
    println!(
        "{:>9} communities, modularity {:.3}",
        found.groups.len(),
        found.modularity
    );
    for depth in 1..=3 {
        let selection = Selection {
            around: Some(Namespace::default().iri(from).into_string()),
            depth,
            entities: true,
            limit: Some(300),
        };
        let found = timed(&format!("300 things around, depth {depth}"), || {
            project(view, &selection)
        })?;
        println!(
            "{:>9} things, {} left out",
            found.graph.node_count(),
            found.left_out
        );
    }
    Ok(())
}

/// Does something and prints how long it took.
fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{:>8.3} s  {what}", start.elapsed().as_secs_f64());
    result
}
