//! Ingest as one readable function over the stages, and everything that brings the derived stores
//! up to the journal.
//!
//! ```text
//! files ─► document ─► journal ─► extract ─► resolve ─► rdf ─► graph, index
//! ```

mod catalogue;
mod decide;
mod derivation;
mod records;
mod report;

use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

pub use decide::{decide, decisions};
pub use derivation::Derivation;
pub use report::{DocumentCounts, Report};

use crate::document::{self, RawDocument, Refusal};
use crate::journal::{Acquisition, Record};
use crate::store::{Access, Graph, GraphChanges, Store, StoreError};
use catalogue::{Catalogue, Change};

/// Documents that are read, and acknowledged by the journal, together.
const BATCH: usize = 1024;

/// What ingest tells while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many documents have been read, and are in the journal where they were new.
    Acknowledged(usize),
    /// Everything is read; entities and events are being resolved.
    Resolving,
    /// The graph and the index are being written.
    Storing,
    /// All is done.
    Done,
}

/// Reads documents into a store opened for writing.
///
/// A document that cannot be read is refused in the report and the rest goes on. What the journal
/// acknowledged stays, whatever happens afterwards.
///
/// # Errors
/// When the journal, the graph or the index fails.
pub fn ingest(
    store: &mut Store,
    documents: impl Iterator<Item = Result<RawDocument, Refusal>>,
    progress: &dyn Fn(Progress),
) -> Result<Report, StoreError> {
    let start = Instant::now();
    let mut catalogue = Catalogue::of_journal(&store.journal)?;
    let run = catalogue.last_run() + 1;
    let mut report = Report::default();
    let mut documents = documents.peekable();
    let mut seen = 0;
    while documents.peek().is_some() {
        let batch: Vec<_> = documents.by_ref().take(BATCH).collect();
        seen += batch.len();
        let records = take_in(batch, run, &mut catalogue, &mut report);
        store.journal.append(&records)?;
        progress(Progress::Acknowledged(seen));
    }
    catch_up(store, Some(catalogue), progress, &mut report)?;
    report.seconds = start.elapsed().as_secs_f64();
    progress(Progress::Done);
    Ok(report)
}

/// Sorts a batch into new, changed, unchanged and refused; returns what the journal has to learn.
fn take_in(
    batch: Vec<Result<RawDocument, Refusal>>,
    run: u64,
    catalogue: &mut Catalogue,
    report: &mut Report,
) -> Vec<Record> {
    let read: Vec<_> = batch
        .into_par_iter()
        .map(|raw| raw.and_then(read_one))
        .collect();
    let mut records = Vec::new();
    for result in read {
        match result {
            Err(refusal) => report.refuse(refusal),
            Ok((raw, document)) => {
                let acquisition = Acquisition {
                    run,
                    origin: origin_of(&raw, &document),
                    raw,
                };
                let change = catalogue.add(&acquisition, document);
                report.documents.add(change);
                if change != Change::Unchanged {
                    records.push(Record::Document(acquisition));
                }
            }
        }
    }
    records
}

fn read_one(raw: RawDocument) -> Result<(RawDocument, document::Document), Refusal> {
    match document::read(&raw) {
        Ok(document) => Ok((raw, document)),
        Err(error) => Err(Refusal::of_read(&raw, &error)),
    }
}

/// Where a document comes from, whatever folder the user stands in.
fn origin_of(raw: &RawDocument, document: &document::Document) -> String {
    let path = std::path::absolute(Path::new(&raw.path));
    let path = path.map_or_else(
        |_| raw.path.clone(),
        |path| path.to_string_lossy().into_owned(),
    );
    match &document.id {
        Some(id) => format!("{path}#{id}"),
        None => path,
    }
}

/// Opens a store and brings it up to its journal first, where something is missing.
///
/// # Errors
/// When the store cannot be opened or written.
pub fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
    let mut store = Store::open(path, access)?;
    if is_behind(&store)? {
        if access == Access::Read {
            drop(store);
            store = Store::open(path, Access::Write)?;
        }
        catch_up(&mut store, None, &|_| {}, &mut Report::default())?;
        if access == Access::Read {
            drop(store);
            store = Store::open(path, Access::Read)?;
        }
    }
    Ok(store)
}

/// Whether a derived part on disk has not seen the whole journal.
fn is_behind(store: &Store) -> Result<bool, StoreError> {
    let position = store.journal.position();
    let index = store.index.position()? != position;
    Ok(index || (Graph::is_durable() && position > 0 && store.graph()?.position()? != position))
}

/// The graph of a store, filled from the journal where it lives in memory.
///
/// # Errors
/// When the graph or the journal cannot be read.
pub fn graph(store: &Store) -> Result<Graph, StoreError> {
    let graph = store.graph()?;
    if !Graph::is_durable() && graph.position()? != store.journal.position() {
        let derivation = Derivation::of_journal(store)?;
        graph.fill(derivation.quads(), store.journal.position())?;
    }
    Ok(graph)
}

/// A store in memory, with its graph, of documents read on the spot.
///
/// # Errors
/// When the graph or the index cannot be built.
pub fn in_memory(
    documents: impl Iterator<Item = Result<RawDocument, Refusal>>,
) -> Result<(Graph, crate::store::Index, Report), StoreError> {
    let mut report = Report::default();
    let mut catalogue = Catalogue::default();
    take_in(documents.collect(), 1, &mut catalogue, &mut report);
    let derivation = Derivation::of_catalogue(catalogue, crate::rdf::Namespace::default());
    let graph = Graph::in_memory()?;
    graph.fill(derivation.quads(), 1)?;
    let mut index = crate::store::Index::in_memory()?;
    index.replace(derivation.records(), 1)?;
    report.count(&derivation);
    Ok((graph, index, report))
}

/// Derives graph and index from the journal and writes what differs.
fn catch_up(
    store: &mut Store,
    catalogue: Option<Catalogue>,
    progress: &dyn Fn(Progress),
    report: &mut Report,
) -> Result<(), StoreError> {
    progress(Progress::Resolving);
    let catalogue = match catalogue {
        Some(catalogue) => catalogue,
        None => Catalogue::of_journal(&store.journal)?,
    };
    let derivation = Derivation::of_catalogue(catalogue, namespace(store));
    report.count(&derivation);
    if is_behind(store)? {
        progress(Progress::Storing);
        let position = store.journal.position();
        let graph = store.graph()?;
        let index = &mut store.index;
        let (graph, index) = rayon::join(
            || match Graph::is_durable() {
                true => write_graph(&graph, &derivation, position),
                false => Ok(()),
            },
            || index.replace(derivation.records(), position),
        );
        graph.and(index)?;
    }
    Ok(())
}

fn namespace(store: &Store) -> crate::rdf::Namespace {
    crate::rdf::Namespace::new(&store.settings.base).unwrap_or_default()
}

/// Fills an empty graph in bulk; changes a full one document by document.
fn write_graph(graph: &Graph, derivation: &Derivation, position: u64) -> Result<(), StoreError> {
    if graph.position()? == 0 {
        return graph.fill(derivation.quads(), position);
    }
    let mut changes = GraphChanges::default();
    let mut kept = std::collections::HashSet::new();
    for (name, quads) in derivation.quads_by_graph() {
        let known = graph.document_quads(name.as_ref())?;
        difference(known, quads, &mut changes);
        kept.insert(name.into_string());
    }
    for name in graph
        .graph_names()?
        .into_iter()
        .filter(|name| !kept.contains(name))
    {
        let name = oxigraph::model::NamedNode::new_unchecked(name);
        changes.removed.extend(graph.document_quads(name.as_ref())?);
    }
    graph.change(&changes, position)
}

fn difference(
    known: Vec<oxigraph::model::Quad>,
    wanted: Vec<oxigraph::model::Quad>,
    changes: &mut GraphChanges,
) {
    use std::collections::HashSet;
    let known: HashSet<_> = known.into_iter().collect();
    let wanted: HashSet<_> = wanted.into_iter().collect();
    changes.removed.extend(known.difference(&wanted).cloned());
    changes.added.extend(wanted.difference(&known).cloned());
}

/// Throws away what is derived and derives it again from the journal; also where graph or index
/// cannot be opened any more.
///
/// # Errors
/// When the journal is damaged, and then nothing is thrown away, or the derived parts cannot be
/// written.
pub fn rebuild(path: &Path, progress: &dyn Fn(Progress)) -> Result<(Store, Report), StoreError> {
    let start = Instant::now();
    let mut store = Store::open_underived(path)?;
    let mut report = Report::default();
    catch_up(&mut store, None, progress, &mut report)?;
    report.seconds = start.elapsed().as_secs_f64();
    Ok((store, report))
}

/// Takes documents out, by their IRIs; returns how many were there.
///
/// # Errors
/// When the journal or a derived part cannot be written.
pub fn forget(store: &mut Store, documents: &[String]) -> Result<usize, StoreError> {
    let catalogue = Catalogue::of_journal(&store.journal)?;
    let namespace = namespace(store);
    let records = catalogue.forgetting(documents, &namespace);
    store.journal.append(&records)?;
    catch_up(store, None, &|_| {}, &mut Report::default())?;
    Ok(records.len())
}
