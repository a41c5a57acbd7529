//! `annals export`: the graph as RDF, as a picture or for other graph tools.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::session::Session;
use super::{Failure, Globals, output};
use crate::export::{GraphFormat, RdfFormat, write_graph, write_quads};
use crate::graph::{Selection, project};

/// Write the graph for other programs, or as a picture
///
/// RDF formats (nq, nt, ttl, trig, jsonld) write every quad, sorted, so that equal graphs give equal
/// files. Graph formats (dot, svg, graphml, …) write events and what links them.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// nq, nt, ttl, trig, jsonld; dot, svg, graphml, gexf, cyjs or mermaid
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// Write to a file; its extension gives the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only what is around this thing: a name, words of a title, or an IRI
    #[arg(long, value_name = "NAME")]
    around: Option<String>,
    /// Steps from it
    #[arg(long, default_value_t = 1, value_name = "N")]
    depth: usize,
    /// Things around it at most: those with most links to what is nearer stay. Pictures (dot, svg,
    /// mermaid) have 300 where nothing is said, other formats all
    #[arg(long, value_name = "N", requires = "around")]
    limit: Option<usize>,
    /// Also people, places and organizations, not only events and what frames them
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
                around: around.map(|thing| thing.iri),
                depth: self.depth,
                entities: self.entities,
                limit: self.limit.or(most_drawn(format)),
            };
            let found = session.with_view(|view| Ok(project(view, &selection)?))?;
            if found.left_out > 0 && !globals.quiet {
                output::note(&format!(
                    "{} things shown, {} more left out: --limit N shows more",
                    found.graph.node_count(),
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
        match &self.output {
            Some(path) => std::fs::write(path, bytes)?,
            None => io::Write::write_all(&mut io::stdout().lock(), &bytes)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What still can be looked at in one picture; more is a ball of wool.
fn most_drawn(format: GraphFormat) -> Option<usize> {
    const READABLE: usize = 300;
    let is_picture = matches!(
        format,
        GraphFormat::Dot | GraphFormat::Svg | GraphFormat::Mermaid
    );
    is_picture.then_some(READABLE)
}
