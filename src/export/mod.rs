//! Writers from values to bytes: a graph, a timeline or quads in, one file format out.
//!
//! Each format is one file. Nothing here knows where the values come from, opens a file or reads
//! the clock, and equal values always give equal bytes. Guessing a format from a name, a media
//! type or a file extension lives in [`GraphFormat`], [`TimelineFormat`] and [`RdfFormat`] and
//! nowhere else; tables of SPARQL solutions are Oxigraph's own, and text for a terminal is `cli`'s.
//!
//! ```
//! use annals::export::{GraphFormat, write_graph};
//! use annals::graph::EventGraph;
//!
//! let mut out = Vec::new();
//! write_graph(&EventGraph::default(), GraphFormat::Dot, &mut out)?;
//! assert!(out.starts_with(b"digraph"));
//! # Ok::<(), annals::export::ExportError>(())
//! ```

mod date;
mod draw;
mod format;
mod formula;
mod graph;
mod history;
mod names;
mod rdf;
#[cfg(test)]
mod samples;
mod timeline;
mod xml;

use std::io;

pub use format::{GraphFormat, RdfFormat, TimelineFormat};
pub(crate) use formula::guarded;
pub use graph::write_graph;
pub use history::write_history;
pub use rdf::write_quads;
pub use timeline::write_timeline;

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The writer refused the bytes.
    #[error("failed to write the export")]
    Io(#[from] io::Error),
    /// A value has no JSON form.
    #[error("failed to write the export as JSON")]
    Json(#[from] serde_json::Error),
    /// A row could not be written as CSV.
    #[error("failed to write the export as CSV")]
    Csv(#[from] csv::Error),
    /// A prefix of the table is not an IRI, which is a fault of Annals.
    #[error("prefix {prefix:?} is not bound to an IRI")]
    Prefix {
        /// The prefix, without its colon.
        prefix: &'static str,
        /// What is wrong with its IRI.
        source: oxigraph::model::IriParseError,
    },
}
