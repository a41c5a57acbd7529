//! What a reading command works on: a store on disk, or files read into memory on the spot.

use std::path::{Path, PathBuf};

use super::names::Names;
use super::{Failure, Globals, output};
use crate::inspect::View;
use crate::pipeline;
use crate::rdf::Namespace;
use crate::store::{Access, Graph, Index, Store};

/// Name of a store that is looked for in the folders above.
const DEFAULT: &str = ".annals";

/// An open source of answers.
pub(super) enum Session {
    Stored(Box<Store>),
    InMemory { graph: Graph, index: Box<Index> },
}

impl Session {
    /// Opens what the global options name.
    pub(super) fn open(globals: &Globals) -> Result<Self, Failure> {
        if globals.input.is_empty() {
            let store = pipeline::open(&location(globals), Access::Read)?;
            return Ok(Self::Stored(Box::new(store)));
        }
        let limits = crate::document::Limits::default();
        let documents = crate::document::discover(&globals.input, &limits);
        let (graph, index, report) = pipeline::in_memory(documents)?;
        for refusal in report.refusals.iter().filter(|_| !globals.quiet) {
            output::note(&format!("refused: {}", super::ingest::line(refusal)));
        }
        Ok(Self::InMemory {
            graph,
            index: Box::new(index),
        })
    }

    /// Reads the whole journal, checking every segment against its acknowledged hash.
    pub(super) fn check_journal(&self) -> Result<(), Failure> {
        if let Self::Stored(store) = self {
            store
                .journal
                .verify()
                .map_err(crate::store::StoreError::from)?;
        }
        Ok(())
    }

    pub(super) fn index(&self) -> &Index {
        match self {
            Self::Stored(store) => &store.index,
            Self::InMemory { index, .. } => index,
        }
    }

    /// Where names are looked up.
    pub(super) fn names(&self) -> Names<'_> {
        Names {
            index: self.index(),
            namespace: self.namespace(),
        }
    }

    /// The namespace of the IRIs: the store's own, or the default one of what is read on the spot.
    pub(super) fn namespace(&self) -> Namespace {
        match self {
            Self::Stored(store) => store.settings.namespace(),
            Self::InMemory { .. } => Namespace::default(),
        }
    }

    pub(super) fn graph(&self) -> Result<Graph, Failure> {
        match self {
            Self::Stored(store) => Ok(pipeline::graph(store)?),
            Self::InMemory { graph, .. } => Ok(graph.clone()),
        }
    }

    /// Does something with graph and index together.
    pub(super) fn with_view<T>(
        &self,
        work: impl FnOnce(View<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let graph = self.graph()?;
        work(View {
            graph: &graph,
            index: self.index(),
        })
    }
}

/// The store's folder: the one named, else the nearest `.annals` from here upwards, else `.annals`
/// here.
pub(super) fn location(globals: &Globals) -> PathBuf {
    if let Some(location) = &globals.location {
        return location.clone();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let above = here
        .ancestors()
        .map(|folder| folder.join(DEFAULT))
        .find(|path| path.is_dir());
    above.unwrap_or_else(|| Path::new(DEFAULT).to_path_buf())
}
