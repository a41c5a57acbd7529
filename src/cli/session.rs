//! What a reading command works on: a store on disk, or files read into memory on the spot.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::names::Names;
use super::{Failure, Globals, output};
use crate::counted::counted;
use crate::inspect::View;
use crate::pipeline;
use crate::rdf::Namespace;
use crate::store::{Access, Folder, Graph, Index, Store, Unseen};

/// Name of a store that is looked for in the folders above.
const DEFAULT: &str = ".annals";

/// How long a user waits without being told what for (a guess).
const SILENCE: Duration = Duration::from_secs(1);

/// An open source of answers.
pub(super) enum Session {
    Stored(Box<Store>),
    InMemory { graph: Graph, index: Box<Index> },
}

impl Session {
    /// Opens what the global options name.
    pub(super) fn open(globals: &Globals) -> Result<Self, Failure> {
        if globals.input.is_empty() {
            let store = open(&location(globals), globals.quiet)?;
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

/// Opens a store for reading, and says what keeps the user waiting, and what the answer will leave out.
fn open(path: &Path, quiet: bool) -> Result<Store, Failure> {
    let (opening, is_open) = mpsc::channel::<()>();
    let store = thread::scope(|scope| {
        scope.spawn(move || {
            if is_open.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout) && !quiet {
                output::note(&waiting(path));
            }
        });
        let store = pipeline::open(path, Access::Read);
        drop(opening);
        store
    })?;
    if let Some(unseen) = store.unseen().filter(|_| !quiet) {
        output::note(&left_out(unseen));
    }
    Ok(store)
}

fn waiting(path: &Path) -> String {
    match Folder::writer(path) {
        Ok(Some(writer)) if writer != std::process::id().to_string() => {
            format!("waiting for {}, which writes the store", process(&writer))
        }
        _ => "bringing the graph and the index up to the journal".to_owned(),
    }
}

fn process(id: &str) -> String {
    match id {
        "" => "another process".to_owned(),
        id => format!("process {id}"),
    }
}

fn left_out(unseen: &Unseen) -> String {
    let what = format!(
        "note: without the newest {} of the journal",
        counted(unseen.records, "record")
    );
    match &unseen.writer {
        Some(writer) => format!("{what}; {} is still at work on them", process(writer)),
        None => {
            format!("{what}; the next command that can write the store adds what follows from them")
        }
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
