//! Layered layout by `dagre`: links run from earlier layers to later ones.
//!
//! Each connected part is laid out twice, left to right and top to bottom, and the form closer to
//! that of a page is kept. `dagre` took 15 ms for 50 nodes and 1.7 s for 300 (November 2026, one
//! core), so callers keep it to about 150.

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

use super::pack::{better, components, shelves};
use super::{Layout, Link, Point, Route, Size};

/// Lays out nodes of these sizes. Links from a node to itself get an empty route.
pub(in super::super) fn layered(sizes: &[Size], links: &[Link]) -> Layout {
    let parts = components(sizes.len(), links.iter().map(|link| (link.from, link.to)));
    let layouts: Vec<Layout> = parts
        .iter()
        .map(|part| {
            better(
                part_layout(part, sizes, links, RankDir::LR),
                part_layout(part, sizes, links, RankDir::TB),
            )
        })
        .collect();
    let (corners, size) = shelves(&layouts.iter().map(|layout| layout.size).collect::<Vec<_>>());
    let mut whole = Layout {
        size,
        nodes: vec![(0.0, 0.0); sizes.len()],
        routes: vec![Route::default(); links.len()],
    };
    for ((part, layout), corner) in parts.iter().zip(layouts).zip(corners) {
        place(&mut whole, part, layout, links, corner);
    }
    whole
}

/// Copies the layout of one part into the whole, moved to its corner.
fn place(whole: &mut Layout, part: &[usize], layout: Layout, links: &[Link], corner: Point) {
    let moved = |(x, y): Point| (x + corner.0, y + corner.1);
    for (&node, at) in part.iter().zip(layout.nodes) {
        whole.nodes[node] = moved(at);
    }
    for (index, route) in members(part, links).zip(layout.routes) {
        whole.routes[index] = Route {
            points: route.points.into_iter().map(moved).collect(),
            label: moved(route.label),
        };
    }
}

/// The positions of the links inside a part, whose members are sorted.
fn members<'a>(part: &'a [usize], links: &'a [Link]) -> impl Iterator<Item = usize> + 'a {
    (0..links.len()).filter(move |&at| {
        links[at].from != links[at].to && part.binary_search(&links[at].from).is_ok()
    })
}

fn part_layout(part: &[usize], sizes: &[Size], links: &[Link], direction: RankDir) -> Layout {
    let mut graph: Graph<NodeLabel, EdgeLabel> = Graph::with_options(GraphOptions {
        directed: true,
        multigraph: true,
        compound: false,
    });
    for &node in part {
        let (width, height) = sizes[node];
        graph.set_node(
            node.to_string(),
            Some(NodeLabel {
                width,
                height,
                ..NodeLabel::default()
            }),
        );
    }
    for at in members(part, links) {
        let Link {
            from,
            to,
            label: (width, height),
        } = links[at];
        let label = EdgeLabel {
            width,
            height,
            labelpos: dagre::layout::types::LabelPos::Center,
            ..EdgeLabel::default()
        };
        graph.set_edge(
            from.to_string(),
            to.to_string(),
            Some(label),
            Some(&at.to_string()),
        );
    }
    dagre::layout(&mut graph, Some(options(direction)));
    read(&graph, part, links)
}

fn options(rankdir: RankDir) -> LayoutOptions {
    LayoutOptions {
        rankdir,
        nodesep: 26.0,
        edgesep: 14.0,
        ranksep: 46.0,
        ..LayoutOptions::default()
    }
}

/// Takes the coordinates over, moved so that everything starts at the origin.
fn read(graph: &Graph<NodeLabel, EdgeLabel>, part: &[usize], links: &[Link]) -> Layout {
    let mut layout = Layout::default();
    let mut bounds = Bounds::default();
    for node in part {
        let (middle, size) = graph
            .node(&node.to_string())
            .map_or(((0.0, 0.0), (0.0, 0.0)), |n| {
                (
                    (n.x.unwrap_or(0.0), n.y.unwrap_or(0.0)),
                    (n.width, n.height),
                )
            });
        bounds.add(middle, size);
        layout.nodes.push(middle);
    }
    for at in members(part, links) {
        let Link { from, to, label } = links[at];
        let found = graph.edge(&from.to_string(), &to.to_string(), Some(&at.to_string()));
        let route = found.map(route).unwrap_or_default();
        for point in &route.points {
            bounds.add(*point, (0.0, 0.0));
        }
        bounds.add(route.label, label);
        layout.routes.push(route);
    }
    let (left, top) = bounds.low;
    let moved = |(x, y): Point| (x - left, y - top);
    layout
        .nodes
        .iter_mut()
        .for_each(|point| *point = moved(*point));
    for route in &mut layout.routes {
        route
            .points
            .iter_mut()
            .for_each(|point| *point = moved(*point));
        route.label = moved(route.label);
    }
    layout.size = (bounds.high.0 - left, bounds.high.1 - top);
    layout
}

fn route(edge: &EdgeLabel) -> Route {
    let points: Vec<Point> = edge.points.iter().map(|point| (point.x, point.y)).collect();
    let middle = points.get(points.len() / 2).copied().unwrap_or_default();
    Route {
        label: (edge.x.unwrap_or(middle.0), edge.y.unwrap_or(middle.1)),
        points,
    }
}

/// The box around everything added.
struct Bounds {
    low: Point,
    high: Point,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            low: (f64::INFINITY, f64::INFINITY),
            high: (f64::NEG_INFINITY, f64::NEG_INFINITY),
        }
    }
}

impl Bounds {
    fn add(&mut self, (x, y): Point, (width, height): Size) {
        self.low = (
            self.low.0.min(x - width / 2.0),
            self.low.1.min(y - height / 2.0),
        );
        self.high = (
            self.high.0.max(x + width / 2.0),
            self.high.1.max(y + height / 2.0),
        );
    }
}
