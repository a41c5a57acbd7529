//! `annals path`: how two things are connected.

use std::fmt::Write;
use std::io;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use petgraph::graph::NodeIndex;

use super::arguments::one_or_more;
use super::session::Session;
use super::{Failure, Globals, output};
use crate::counted::counted;
use crate::export::{GraphFormat, write_graph};
use crate::graph::{
    Connection, Node, NodeKind, Skeleton, cheapest_paths, connection, drawn, links,
};
use crate::inspect::{Candidate, View, reported_events};
use crate::rdf::Namespace;

/// How two people, places, events, storylines or documents are connected
///
/// The cheapest paths come first: few links, through things that not everything is linked with.
/// Each link is shown with the documents that state it. Exit code 1 when there is no path.
#[derive(Debug, Args)]
pub(super) struct PathCommand {
    /// A name, words of an event's title, a document's path or address, or an IRI
    from: String,
    /// The other end
    to: String,
    /// Links a path may have at most
    #[arg(long, default_value_t = 6, value_name = "N", value_parser = one_or_more)]
    max_hops: usize,
    /// Number of paths
    #[arg(long, default_value_t = 3, value_name = "K", value_parser = one_or_more)]
    top: usize,
    /// How to write them
    #[arg(short, long, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Paths to read
    Text,
    /// An array of paths
    Json,
    /// Graphviz
    Dot,
    /// A picture
    Svg,
    /// A Mermaid flowchart
    Mermaid,
}

impl PathCommand {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let session = Session::open(globals)?;
        let from = session.names().resolve(&self.from, &[])?;
        let to = session.names().resolve(&self.to, &[])?;
        if from.iri == to.iri {
            return Err(Failure::usage(format!(
                "both ends are one thing: {}",
                from.label
            )));
        }
        session.with_view(|view| {
            let found = self.connections(view, &from, &to)?;
            if found.is_empty() {
                let (from, to, hops) = (&from.label, &to.label, &self.max_hops);
                return Err(Failure::not_found(format!(
                    "{from:?} and {to:?} are not connected within {}",
                    counted(*hops, "link")
                ))
                .hint("allow longer paths with --max-hops N"));
            }
            self.write(view, &found, &session.namespace())
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn connections(
        &self,
        view: View<'_>,
        from: &Candidate,
        to: &Candidate,
    ) -> Result<Vec<Connection>, Failure> {
        let skeleton = Skeleton::of(view)?;
        let starts = ends(view, &skeleton, from)?;
        let goals = ends(view, &skeleton, to)?;
        let paths = cheapest_paths(&skeleton, &starts, &goals, self.max_hops, self.top);
        let paths = paths.iter().map(|path| connection(view, &skeleton, path));
        Ok(paths.collect::<Result<_, _>>()?)
    }

    fn write(
        &self,
        view: View<'_>,
        found: &[Connection],
        namespace: &Namespace,
    ) -> Result<(), Failure> {
        let format = match self.format {
            Format::Text => return Ok(output::write_text(&text(found, namespace))?),
            Format::Json => return Ok(output::write_json(found)?),
            Format::Dot => GraphFormat::Dot,
            Format::Svg => GraphFormat::Svg,
            Format::Mermaid => GraphFormat::Mermaid,
        };
        let (nodes, links) = links(found);
        let graph = drawn(view, &nodes, &links)?;
        let mut bytes = Vec::new();
        write_graph(&graph, format, &mut bytes)?;
        Ok(io::Write::write_all(&mut io::stdout().lock(), &bytes)?)
    }
}

/// The nodes of a thing; those of a document are the events it reports.
fn ends(view: View<'_>, skeleton: &Skeleton, thing: &Candidate) -> Result<Vec<NodeIndex>, Failure> {
    let iris = match thing.kind.as_str() {
        "document" => reported_events(view, &thing.iri)?,
        _ => vec![thing.iri.clone()],
    };
    Ok(iris.iter().filter_map(|iri| skeleton.node(iri)).collect())
}

/// Documents of a link beyond this many are counted, not listed.
const MOST_DOCUMENTS: usize = 3;

fn text(found: &[Connection], namespace: &Namespace) -> String {
    let mut text = String::new();
    for (place, connection) in found.iter().enumerate() {
        let links = counted(connection.steps.len(), "link");
        let _ = writeln!(text, "{}. {links}", place + 1);
        for (at, node) in connection.nodes.iter().enumerate() {
            let _ = writeln!(text, "  {}", thing(node));
            if let Some(step) = connection.steps.get(at) {
                let _ = writeln!(text, "    {}", step.relation);
                if step.is_inferred {
                    let _ = writeln!(text, "      (inferred)");
                }
                for document in step.documents.iter().take(MOST_DOCUMENTS) {
                    let _ = writeln!(text, "      <{}>", namespace.id(document));
                }
                if let Some(more) = step.documents.len().checked_sub(MOST_DOCUMENTS + 1) {
                    let _ = writeln!(text, "      and {} more", more + 1);
                }
            }
        }
    }
    text
}

fn thing(node: &Node) -> String {
    match (&node.date, node.kind) {
        (Some(date), NodeKind::Event) => format!("{date} {}", node.label),
        (_, kind) => format!("{} ({})", node.label, kind.name()),
    }
}
