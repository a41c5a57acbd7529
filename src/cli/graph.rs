//! `annals graph`: figures of the graph as a whole, what matters most in it, what belongs together.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use petgraph::graph::NodeIndex;
use serde::Serialize;

use super::arguments::{check_period, first_day, last_day, one_or_more};
use super::node_kind::node_kind;
use super::output::shortened;
use super::session::Session;
use super::{Failure, Globals, output};
use crate::export::guarded;
use crate::graph::{
    MOST_FOR_EXACT, NodeKind, Skeleton, betweenness, communities, degrees, node, page_rank,
};
use crate::inspect::View;

/// Figures of the graph as a whole: sizes, what matters most, what belongs together
#[derive(Debug, Args)]
pub(super) struct GraphCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Count things and links, and how they hang together
    Stats(Stats),
    /// List what matters most
    Central(Central),
    /// List what belongs together: communities by the Leiden algorithm
    Communities(Together),
}

/// Characters of a cell in a table.
const CELL_CHARACTERS: usize = 110;

#[derive(Debug, Args)]
struct Common {
    /// Only events from this day on: 2015, 2015-09 or 2015-09-30
    #[arg(long, value_parser = first_day, value_name = "DATE")]
    from: Option<Date>,
    /// Only events up to this day, inclusive
    #[arg(long, value_parser = last_day, value_name = "DATE")]
    to: Option<Date>,
    /// How to write it; a table on a terminal, TSV in a pipe
    #[arg(short, long)]
    format: Option<Format>,
}

#[derive(Debug, Args)]
struct Stats {
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Central {
    #[command(flatten)]
    common: Common,
    /// Only things of this kind; can be given several times
    #[arg(long, value_name = "KIND", value_parser = node_kind())]
    kind: Vec<NodeKind>,
    /// Number of things
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = one_or_more)]
    top: usize,
    /// What to rank by
    #[arg(long, default_value = "pagerank")]
    by: Measure,
}

#[derive(Debug, Args)]
struct Together {
    #[command(flatten)]
    common: Common,
    /// Only list members of this kind; can be given several times. Without it, all but events
    #[arg(long, value_name = "KIND", value_parser = node_kind())]
    kind: Vec<NodeKind>,
    /// Number of communities
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = one_or_more)]
    top: usize,
    /// Above 1 gives more and smaller communities, below 1 fewer and larger ones
    #[arg(long, default_value_t = 1.0, value_name = "R")]
    resolution: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// PageRank: linked with what is itself well linked
    Pagerank,
    /// Number of links
    Degree,
    /// Share of shortest paths that pass through; estimated from some paths where things are many
    Betweenness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table fitted to the terminal
    Table,
    /// An array of objects
    Json,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
}

impl GraphCommand {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        session.with_view(|view| match self.what {
            What::Stats(command) => command.execute(view),
            What::Central(command) => command.execute(view, globals),
            What::Communities(command) => command.execute(view),
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Common {
    fn skeleton(&self, view: View<'_>) -> Result<Skeleton, Failure> {
        check_period(self.from, self.to)?;
        let skeleton = Skeleton::of(view)?;
        if self.from.is_none() && self.to.is_none() {
            return Ok(skeleton);
        }
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        let (from, to) = (day(self.from), day(self.to));
        Ok(skeleton.within(view, from.as_deref(), to.as_deref())?)
    }

    /// Whether people look at it: then a title need not be whole.
    fn is_table(&self) -> bool {
        let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stdout());
        self.format == Some(Format::Table) || self.format.is_none() && is_terminal
    }

    fn write<T: Serialize>(
        &self,
        header: &[&str],
        values: &[T],
        cells: Vec<Vec<String>>,
    ) -> Result<(), Failure> {
        let cells = if self.is_table() {
            cells
                .into_iter()
                .map(|row| {
                    let cells = row.iter();
                    cells.map(|cell| shortened(cell, CELL_CHARACTERS)).collect()
                })
                .collect()
        } else {
            cells
        };
        let format = match self.format {
            None => None,
            Some(Format::Table) => Some(output::Format::Table),
            Some(Format::Json) => Some(output::Format::Json),
            Some(Format::Tsv) => Some(output::Format::Tsv),
            Some(Format::Csv) => return Ok(write_csv(header, &cells)?),
        };
        let rows = output::Rows {
            header,
            values,
            cells,
        };
        Ok(output::write_rows(&rows, format)?)
    }
}

/// Writes rows for spreadsheets: what could be taken for a formula gets a quote before it.
fn write_csv(header: &[&str], rows: &[Vec<String>]) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.flush()
}

#[derive(Serialize)]
struct Figure {
    what: String,
    figure: f64,
}

impl Stats {
    fn execute(&self, view: View<'_>) -> Result<(), Failure> {
        let skeleton = self.common.skeleton(view)?;
        let figures = figures(&skeleton, &skeleton.kinds(view)?);
        let cells = figures
            .iter()
            .map(|figure| vec![figure.what.clone(), short(figure.figure)]);
        self.common
            .write(&["what", "figure"], &figures, cells.collect())
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 links")]
fn figures(skeleton: &Skeleton, kinds: &[NodeKind]) -> Vec<Figure> {
    let graph = skeleton.graph();
    let mut by_kind: BTreeMap<NodeKind, usize> = BTreeMap::new();
    kinds
        .iter()
        .for_each(|kind| *by_kind.entry(*kind).or_default() += 1);
    let mut links: BTreeMap<&str, usize> = BTreeMap::new();
    for tie in graph.edge_weights() {
        *links.entry(tie.kind.name()).or_default() += 1;
    }
    let parts = components(skeleton);
    let degrees = degrees(skeleton);
    let mean = 2.0 * graph.edge_count() as f64 / graph.node_count().max(1) as f64;
    let mut figures: Vec<(String, f64)> = vec![("things".to_owned(), graph.node_count() as f64)];
    figures.extend(
        by_kind
            .iter()
            .map(|(kind, n)| (format!("  {}", kind.name()), *n as f64)),
    );
    figures.push(("links".to_owned(), graph.edge_count() as f64));
    figures.extend(
        links
            .iter()
            .map(|(kind, n)| (format!("  {kind}"), *n as f64)),
    );
    figures.extend([
        ("links of a thing, mean".to_owned(), mean),
        (
            "links of a thing, most".to_owned(),
            degrees.iter().copied().max().unwrap_or(0) as f64,
        ),
        ("separate parts".to_owned(), parts.len() as f64),
        (
            "largest part".to_owned(),
            parts.iter().copied().max().unwrap_or(0) as f64,
        ),
    ]);
    figures
        .into_iter()
        .map(|(what, figure)| Figure { what, figure })
        .collect()
}

/// Sizes of the connected components.
fn components(skeleton: &Skeleton) -> Vec<usize> {
    use petgraph::visit::EdgeRef;
    let graph = skeleton.graph();
    let mut union = petgraph::unionfind::UnionFind::new(graph.node_count());
    for edge in graph.edge_references() {
        union.union(edge.source().index(), edge.target().index());
    }
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for root in union.into_labeling() {
        *sizes.entry(root).or_default() += 1;
    }
    sizes.into_values().collect()
}

#[derive(Serialize)]
struct Ranked {
    rank: usize,
    name: String,
    kind: &'static str,
    degree: usize,
    pagerank: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    betweenness: Option<f64>,
    /// Where betweenness is estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    standard_error: Option<f64>,
    iri: String,
}

impl Central {
    fn execute(&self, view: View<'_>, globals: &Globals) -> Result<(), Failure> {
        let skeleton = self.common.skeleton(view)?;
        let kinds = skeleton.kinds(view)?;
        let (degrees, ranks) = (degrees(&skeleton), page_rank(&skeleton));
        let between = match self.by {
            Measure::Betweenness => Some(betweenness(&skeleton)),
            Measure::Pagerank | Measure::Degree => None,
        };
        #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 links")]
        let value = |place: usize| match (&between, self.by) {
            (Some(between), _) => between.values[place],
            (None, Measure::Degree) => degrees[place] as f64,
            (None, _) => ranks[place],
        };
        let mut places: Vec<usize> = (0..kinds.len())
            .filter(|&place| self.kind.is_empty() || self.kind.contains(&kinds[place]))
            .collect();
        places.sort_by(|&a, &b| order(value(b), value(a)).then(a.cmp(&b)));
        places.truncate(self.top);
        let mut rows = Vec::with_capacity(places.len());
        for (at, place) in places.into_iter().enumerate() {
            let iri = skeleton.iri(NodeIndex::new(place)).to_owned();
            rows.push(Ranked {
                rank: at + 1,
                name: node(view, &iri)?.label,
                kind: kinds[place].name(),
                degree: degrees[place],
                pagerank: ranks[place],
                betweenness: between.as_ref().map(|between| between.values[place]),
                standard_error: between
                    .as_ref()
                    .filter(|between| between.pivots.is_some())
                    .map(|between| between.error(place)),
                iri,
            });
        }
        self.write(&rows)?;
        if let Some(pivots) = between.and_then(|between| between.pivots)
            && !globals.quiet
        {
            output::note(&estimate(pivots, kinds.len()));
        }
        Ok(())
    }

    fn write(&self, rows: &[Ranked]) -> Result<(), Failure> {
        let mut header = vec!["rank", "name", "kind", "degree", "pagerank"];
        header.extend((self.by == Measure::Betweenness).then_some("betweenness"));
        let is_estimated = rows.iter().any(|row| row.standard_error.is_some());
        header.extend(is_estimated.then_some("standard error"));
        let cells = rows.iter().map(|row| {
            let mut cells = vec![
                row.rank.to_string(),
                row.name.clone(),
                row.kind.to_owned(),
                row.degree.to_string(),
                format!("{:.5}", row.pagerank),
            ];
            let shares = row.betweenness.into_iter().chain(row.standard_error);
            cells.extend(shares.map(|value| format!("{value:.5}")));
            cells
        });
        let cells = cells.collect();
        self.common.write(&header, rows, cells)
    }
}

/// Values that differ in their last bits only are equal.
fn order(a: f64, b: f64) -> std::cmp::Ordering {
    (a * 1e12).round().total_cmp(&(b * 1e12).round())
}

/// What has to be known of figures that rest on a sample.
fn estimate(pivots: usize, count: usize) -> String {
    format!(
        "betweenness is estimated from the shortest paths that start at {pivots} of {count} things, the same ones \
         each time; --from and --to make a smaller graph, which up to {MOST_FOR_EXACT} things is computed exactly"
    )
}

#[derive(Serialize)]
struct Community {
    rank: usize,
    label: String,
    size: usize,
    events: usize,
    members: Vec<String>,
}

/// Names that a community is labelled with, and members that are listed.
const LABEL_NAMES: usize = 3;
const LISTED: usize = 10;

impl Together {
    fn execute(&self, view: View<'_>) -> Result<(), Failure> {
        let skeleton = self.common.skeleton(view)?;
        let kinds = skeleton.kinds(view)?;
        let ranks = page_rank(&skeleton);
        let found = communities(&skeleton, self.resolution)
            .map_err(|error| Failure::usage(error.to_string()))?;
        let mut rows = Vec::new();
        for (at, members) in found.groups.iter().take(self.top).enumerate() {
            let mut ranked = members.clone();
            ranked.sort_by(|a, b| order(ranks[b.index()], ranks[a.index()]).then(a.cmp(b)));
            let kind = |member: &NodeIndex| kinds[member.index()];
            let named = |wanted: &dyn Fn(NodeKind) -> bool, count: usize| {
                let wanted = ranked.iter().filter(|member| wanted(kind(member)));
                let names = wanted
                    .take(count)
                    .map(|&member| Ok(node(view, skeleton.iri(member))?.label));
                names.collect::<Result<Vec<String>, Failure>>()
            };
            let listed = |kind: NodeKind| match &self.kind[..] {
                [] => kind != NodeKind::Event,
                wanted => wanted.contains(&kind),
            };
            rows.push(Community {
                rank: at + 1,
                label: named(&|kind| kind != NodeKind::Event, LABEL_NAMES)?.join(", "),
                size: members.len(),
                events: members
                    .iter()
                    .filter(|m| kind(m) == NodeKind::Event)
                    .count(),
                members: named(&listed, LISTED)?,
            });
        }
        let cells = rows.iter().map(|row| {
            vec![
                row.rank.to_string(),
                row.label.clone(),
                row.size.to_string(),
                row.events.to_string(),
                row.members.join("; "),
            ]
        });
        let header = ["rank", "community", "things", "events", "foremost members"];
        self.common.write(&header, &rows, cells.collect())
    }
}

/// A figure without digits that say nothing.
fn short(figure: f64) -> String {
    if figure.fract() == 0.0 {
        format!("{figure:.0}")
    } else {
        format!("{figure:.2}")
    }
}
