//! `annals export`: the graph as RDF, as a picture or for other graph tools.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::arguments::one_or_more;
use super::session::Session;
use super::{Failure, Globals, file, output};
use crate::counted::counted;
use crate::export::{GraphFormat, RdfFormat, write_graph, write_quads};
use crate::graph::{Selection, project};
use crate::inspect::Candidate;

/// Write the graph for other programs, or as a picture
///
/// RDF formats (nq, nt, ttl, trig, jsonld) write every quad, sorted, so that equal graphs give equal
/// files. Graph formats (dot, svg, graphml, …) write events and what links them; --around, --depth, --limit
/// and --entities are for them.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// nq, nt, ttl, trig, jsonld; dot, svg, graphml, gexf, cyjs or mermaid
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// Write to a file, over the one that is there; its extension gives the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only what is around this thing: a name, words of a title, or an IRI
    #[arg(long, value_name = "NAME")]
    around: Option<String>,
    /// Steps from it; 1 where nothing is said
    #[arg(long, value_name = "N", requires = "around")]
    depth: Option<usize>,
    /// Things around it at most: those with most links to what is nearer stay. svg and mermaid have
    /// 80 where nothing is said, dot 300, other formats all
    #[arg(long, value_name = "N", requires = "around", value_parser = one_or_more)]
    limit: Option<usize>,
    /// Also people, places and organizations, not only events and what frames them; so always around one of them
    #[arg(long)]
    entities: bool,
}

impl Export {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let extension = self
            .output
            .as_ref()
            .and_then(|path| path.extension()?.to_str());
        let name = self
            .format
            .as_deref()
            .or(extension)
            .unwrap_or("nq")
            .to_owned();
        self.check(&name)?;
        let session = Session::open(globals)?;
        let mut bytes = Vec::new();
        if let Some(format) = RdfFormat::from_name(&name) {
            let graph = session.graph()?;
            let quads: Vec<_> = graph.quads().collect::<Result<_, _>>()?;
            write_quads(quads.into_iter(), format, &mut bytes)?;
        } else if let Some(format) = GraphFormat::from_name(&name) {
            let around = self.around.as_deref();
            let around = around
                .map(|name| session.names().resolve(name, &[]))
                .transpose()?;
            let selection = Selection {
                // Around a person there is nothing but events that name them.
                entities: self.entities || around.as_ref().is_some_and(is_participant),
                around: around.map(|thing| thing.iri),
                depth: self.depth.unwrap_or(1),
                limit: self.limit.or(most_drawn(format)),
            };
            let found = session.with_view(|view| Ok(project(view, &selection)?))?;
            if found.left_out > 0 && !globals.quiet {
                output::note(&format!(
                    "{} shown, {} more left out: --limit N shows more",
                    counted(found.graph.node_count(), "thing"),
                    found.left_out
                ));
            }
            write_graph(&found.graph, format, &mut bytes)?;
        } else {
            let known: Vec<&str> = RdfFormat::ALL
                .iter()
                .map(|f| f.name())
                .chain(GraphFormat::ALL.iter().map(|f| f.name()))
                .collect();
            return Err(Failure::usage(format!("no format {name:?}"))
                .hint(format!("known: {}", known.join(", "))));
        }
        file::write_output(&bytes, self.output.as_deref())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Export {
    /// RDF takes the whole graph.
    fn check(&self, format: &str) -> Result<(), Failure> {
        let chosen = [
            ("--around", self.around.is_some()),
            ("--depth", self.depth.is_some()),
            ("--limit", self.limit.is_some()),
            ("--entities", self.entities),
        ];
        let option = chosen.iter().find(|(_, is_given)| *is_given);
        match (RdfFormat::from_name(format), option) {
            (Some(_), Some((option, _))) => Err(Failure::usage(format!(
                "{option} is for graph formats, and {format} writes every quad"
            ))
            .hint("name a graph format, as in --format svg; annals query writes a part of the graph as RDF")),
            _ => Ok(()),
        }
    }
}

/// Whether events have a thing as an actor or a place.
fn is_participant(thing: &Candidate) -> bool {
    matches!(thing.kind.as_str(), "person" | "place" | "organization")
}

/// What still can be looked at in one picture; more is a ball of wool. Graphviz lays out and zooms what it
/// gets, in the other two everything has to have a name that can be read (guesses).
const fn most_drawn(format: GraphFormat) -> Option<usize> {
    match format {
        GraphFormat::Svg | GraphFormat::Mermaid => Some(80),
        GraphFormat::Dot => Some(300),
        _ => None,
    }
}
