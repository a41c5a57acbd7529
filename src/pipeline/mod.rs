//! Ingest as one readable function over the stages, and everything that brings the derived stores
//! up to the journal.
//!
//! ```text
//! files ─► document ─► journal ─► extract ─► resolve ─► rdf ─► graph, index
//! ```

mod batch;
mod catalogue;
mod check;
mod decide;
mod derivation;
mod diff;
mod neighbourhood;
mod open;
mod outside;
mod records;
mod report;
mod standing;
mod stats;
mod supplement;
mod tellings;

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;

pub use check::{Checked, check};
pub use decide::{decide, decisions};
pub use derivation::{Counts, Derivation};
pub use diff::{Difference, Moment, Side, diff, parse_side};
pub use open::open;
pub use outside::IngestError;
pub use report::{DocumentCounts, Remark, Report};
pub use stats::Stats;

use crate::document::{self, Document, RawDocument, Refusal};
use crate::extractor::{Extractor, ExtractorError};
use crate::hash;
use crate::id::DocumentId;
use crate::journal::{Acquisition, OutsideReading, Record};
use crate::store::{Derived, Graph, Store, StoreError};
use catalogue::{Catalogue, Change};
use report::Noted;

/// Most documents that are read, and acknowledged by the journal, together.
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
/// acknowledged stays, whatever happens afterwards. `progress` can break off after
/// [`Progress::Acknowledged`]: then nothing more is read, and graph and index catch up when the
/// store is next opened.
///
/// # Errors
/// When the journal, the graph or the index fails.
pub fn ingest(
    store: &mut Store,
    documents: impl Iterator<Item = Result<RawDocument, Refusal>>,
    progress: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<Report, StoreError> {
    let nobody = |batch: &mut [Taken], _: &Catalogue| Ok(vec![None; batch.len()]);
    ingest_reading(store, documents, take, &nobody, progress)
}

/// As [`ingest`], with an outside extractor for the names. A document it has read before is not
/// given to it again, one whose answer cannot be used is refused.
///
/// # Errors
/// When the extractor fails, and then the documents of the batch in hand are not acknowledged; when
/// the journal, the graph or the index fails.
pub fn ingest_with(
    store: &mut Store,
    documents: impl Iterator<Item = Result<RawDocument, Refusal>>,
    extractor: &Extractor,
    progress: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<Report, IngestError> {
    let ask = |batch: &mut [Taken], catalogue: &Catalogue| -> Result<_, ExtractorError> {
        outside::ask(extractor, batch, catalogue)
    };
    ingest_reading(
        store,
        documents,
        |raw, run, _| read(raw, run),
        &|batch, catalogue| Ok(ask(batch, catalogue)?),
        progress,
    )
}

/// What an outside extractor newly found in each document of a batch.
type Answers = Vec<Option<OutsideReading>>;
/// Asks an outside extractor, or nobody.
type Ask<'a, E> = dyn Fn(&mut [Taken], &Catalogue) -> Result<Answers, E> + Sync + 'a;

fn ingest_reading<E: From<StoreError> + Send>(
    store: &mut Store,
    documents: impl Iterator<Item = Result<RawDocument, Refusal>>,
    take: impl Fn(RawDocument, u64, &Catalogue) -> Taken + Sync,
    ask: &Ask<'_, E>,
    progress: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<Report, E> {
    let start = Instant::now();
    let mut catalogue = Catalogue::of_journal(&store.journal).map_err(StoreError::from)?;
    let run = catalogue.last_run() + 1;
    let held = catalogue.len();
    let was_behind = store.is_behind()?;
    let mut report = Report::default();
    let mut documents = documents.fuse();
    let bytes =
        |found: &Result<RawDocument, Refusal>| found.as_ref().map_or(0, |raw| raw.content.len());
    let mut next_batch = || batch::next(&mut documents, BATCH, bytes);
    let mut batch = next_batch();
    let mut seen = 0;
    while !batch.is_empty() && !report.is_interrupted {
        seen += batch.len();
        let mut acknowledged = Ok(());
        // While the journal waits for the disk, the next files are read.
        batch = rayon::in_place_scope(|scope| {
            scope.spawn(|_| {
                acknowledged = (|| {
                    let mut batch = take_all(batch, |raw| take(raw, run, &catalogue));
                    let answers = ask(&mut batch, &catalogue)?;
                    let records = add_all(batch, answers, &mut catalogue, &mut report);
                    report.settle(catalogue.settle(false));
                    store.journal.append(&records).map_err(StoreError::from)?;
                    Ok::<_, E>(())
                })();
            });
            next_batch()
        });
        acknowledged?;
        report.is_interrupted = progress(Progress::Acknowledged(seen)).is_break();
    }
    if !report.is_interrupted {
        let settled = catalogue.settle(true);
        let records = report.settle(settled);
        store.journal.append(&records).map_err(StoreError::from)?;
        let new: Vec<usize> = (held..catalogue.len()).collect();
        let can_wait = !was_behind && report.read_outside == 0;
        if can_wait && supplement::is_worth_while(store, &catalogue, &new)? {
            let _ = progress(Progress::Resolving);
            supplement::supplement(store, &catalogue, &new)?;
        } else {
            catch_up(store, &catalogue, progress)?;
        }
    }
    report.count(&store.index)?;
    report.seconds = start.elapsed().as_secs_f64();
    let _ = progress(Progress::Done);
    Ok(report)
}

/// What became of one document of a batch.
enum Taken {
    /// Its file is known to hold this document.
    Known(usize),
    Read(Box<(Acquisition, Document)>),
    Refused(Refusal),
}

fn take_all(
    batch: Vec<Result<RawDocument, Refusal>>,
    take: impl Fn(RawDocument) -> Taken + Sync,
) -> Vec<Taken> {
    let batch = batch.into_par_iter();
    batch
        .map(|raw| raw.map_or_else(Taken::Refused, &take))
        .collect()
}

/// Sorts a batch into new, changed, unchanged and refused; returns what the journal has to learn.
fn add_all(
    batch: Vec<Taken>,
    answers: Answers,
    catalogue: &mut Catalogue,
    report: &mut Report,
) -> Vec<Record> {
    let mut records = Vec::new();
    for (taken, answer) in batch.into_iter().zip(answers) {
        match taken {
            Taken::Refused(refusal) => report.refuse(refusal),
            Taken::Known(index) => {
                catalogue.see(index);
                report.documents.add(Change::Unchanged);
            }
            Taken::Read(read) => match catalogue.add(&read.0) {
                None => catalogue.put_off(read.0),
                Some(change) => {
                    report.documents.add(change);
                    if change != Change::Unchanged {
                        report.remark(&read.0.raw, &read.1);
                        records.push(Record::Document(read.0));
                    }
                }
            },
        }
        if let Some(answer) = answer {
            catalogue.read_outside(answer.clone());
            records.push(Record::Mentions(answer));
            report.read_outside += 1;
        }
    }
    records
}

/// Reads a document to see what it is, unless its file is known to hold it.
fn take(raw: RawDocument, run: u64, known: &Catalogue) -> Taken {
    let sha256 = hash::whole(&raw.content);
    match known.known(&file_of(&raw), &sha256) {
        Some(index) => Taken::Known(index),
        None => read_hashed(raw, run, sha256),
    }
}

fn read(raw: RawDocument, run: u64) -> Taken {
    let sha256 = hash::whole(&raw.content);
    read_hashed(raw, run, sha256)
}

fn read_hashed(raw: RawDocument, run: u64, sha256: String) -> Taken {
    match document::read_within(raw, Duration::from_secs(document::MAX_READING_SECS)) {
        Err(refusal) => Taken::Refused(*refusal),
        Ok((raw, document)) => {
            let file = file_of(&raw);
            let acquisition = Acquisition {
                run,
                origin: match &document.id {
                    Some(id) => format!("{file}#{id}"),
                    None => file,
                },
                base: DocumentId::of_document(&document, &sha256),
                address: document.address.clone(),
                sha256,
                raw,
            };
            Taken::Read(Box::new((acquisition, document)))
        }
    }
}

/// The file a document comes from, whatever folder the user stands in.
fn file_of(raw: &RawDocument) -> String {
    std::path::absolute(Path::new(&raw.path)).map_or_else(
        |_| raw.path.clone(),
        |path| path.to_string_lossy().into_owned(),
    )
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
    let derivation = derive(documents, &mut report);
    let graph = Graph::in_memory()?;
    let mut quads = 0;
    graph.fill(derivation.quads().inspect(|_| quads += 1), 1)?;
    let mut index = crate::store::Index::in_memory()?;
    let noted = Noted {
        counts: derivation.counts(),
        quads,
        waiting: 0,
    };
    index.replace(derivation.records(), 1, &noted.written())?;
    report.set(noted.counts, quads);
    Ok((graph, index, report))
}

/// Derives everything from documents that no journal keeps.
fn derive(
    documents: impl Iterator<Item = Result<RawDocument, Refusal>>,
    report: &mut Report,
) -> Derivation {
    let mut catalogue = Catalogue::default();
    let batch = take_all(documents.collect(), |raw| read(raw, 1));
    let answers = vec![None; batch.len()];
    let records = add_all(batch, answers, &mut catalogue, report);
    let records = records.into_iter().map(Ok);
    Derivation::of_records(&catalogue, records, crate::rdf::Namespace::default())
        .expect("records in memory can be read")
}

/// Derives everything from the journal where documents wait for that, and writes what differs; see
/// [`Report::waiting`].
///
/// # Errors
/// When the journal cannot be read, or graph or index cannot be written.
pub fn consolidate(
    store: &mut Store,
    progress: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    if Noted::of(&store.index)?.waiting == 0 {
        return Ok(());
    }
    let catalogue = Catalogue::of_journal(&store.journal)?;
    derive_all(store, &catalogue, progress)
}

/// Derives graph and index from the journal and writes what differs, where one is behind.
fn catch_up(
    store: &mut Store,
    catalogue: &Catalogue,
    progress: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    if !store.is_behind()? {
        return Ok(());
    }
    derive_all(store, catalogue, progress)
}

fn derive_all(
    store: &mut Store,
    catalogue: &Catalogue,
    progress: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    // From here on nothing can be lost, and breaking off would only put the work off.
    let _ = progress(Progress::Resolving);
    let records = store.journal.records();
    let derivation = Derivation::of_records(catalogue, records, namespace(store))?;
    let _ = progress(Progress::Storing);
    store.write(&derivation, |quads| {
        let (counts, waiting) = (derivation.counts(), 0);
        Noted {
            counts,
            quads,
            waiting,
        }
        .written()
    })?;
    Ok(())
}

fn namespace(store: &Store) -> crate::rdf::Namespace {
    store.settings.namespace()
}

/// Derives everything again from the journal, beside what was derived before, and puts it in its place; also where
/// graph or index cannot be opened any more.
///
/// # Errors
/// When the journal is damaged, or the derived parts cannot be written; then what was derived before stays.
pub fn rebuild(
    path: &Path,
    progress: &dyn Fn(Progress) -> ControlFlow<()>,
) -> Result<(Store, Report), StoreError> {
    let start = Instant::now();
    let mut store = Store::open_underived(path)?;
    let catalogue = Catalogue::of_journal(&store.journal)?;
    derive_all(&mut store, &catalogue, progress)?;
    let mut report = Report::default();
    report.count(&store.index)?;
    report.seconds = start.elapsed().as_secs_f64();
    Ok((store, report))
}

/// Takes documents out, by their IRIs, and all others of the same content; returns how many were
/// there.
///
/// # Errors
/// When the journal or a derived part cannot be written.
pub fn forget(store: &mut Store, documents: &[String]) -> Result<usize, StoreError> {
    let catalogue = Catalogue::of_journal(&store.journal)?;
    let records = catalogue.forgetting(documents, &namespace(store));
    store.journal.append(&records)?;
    let held = catalogue.len();
    let catalogue = Catalogue::of_journal(&store.journal)?;
    catch_up(store, &catalogue, &|_| ControlFlow::Continue(()))?;
    Ok(held - catalogue.len())
}
