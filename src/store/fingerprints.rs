//! Fingerprints of a graph's parts, kept in files beside it, so that what differs is found without
//! reading the graph.
//!
//! A part is all that one document states, or the quads of one subject in the graphs that documents
//! share. The first file has all parts, each later one those that changed since the one before; a file
//! is named by the journal position it belongs to and carries a hash of itself. Where one is missing or
//! damaged, or the last is of another position, none is used.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use oxigraph::model::{GraphNameRef, NamedOrBlankNodeRef, Quad, TermRef};
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::derived::{Derived, for_documents};
use crate::hash;

/// One part: the sum of its quads' hashes, and their number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Print(u64, usize);

impl Print {
    pub(super) fn of<'a>(quads: impl IntoIterator<Item = &'a Quad>) -> Self {
        let mut print = Self::default();
        quads.into_iter().for_each(|quad| print.add(quad));
        print
    }

    /// Adds a quad; the order of adding does not matter.
    fn add(&mut self, quad: &Quad) {
        self.0 = self.0.wrapping_add(hash_of(quad));
        self.1 += 1;
    }
}

fn hash_of(quad: &Quad) -> u64 {
    let node = |node| match node {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str(),
        NamedOrBlankNodeRef::BlankNode(node) => node.as_str(),
    };
    let object = match quad.object.as_ref() {
        TermRef::NamedNode(object) => ["", object.as_str(), ""],
        TermRef::BlankNode(object) => ["_", object.as_str(), ""],
        TermRef::Literal(object) => {
            let kind = object.language().unwrap_or(object.datatype().as_str());
            ["l", object.value(), kind]
        }
    };
    let graph = match quad.graph_name.as_ref() {
        GraphNameRef::NamedNode(name) => name.as_str(),
        GraphNameRef::BlankNode(name) => name.as_str(),
        GraphNameRef::DefaultGraph => "",
    };
    let ends = [node(quad.subject.as_ref()), quad.predicate.as_str(), graph];
    hash::number(ends.into_iter().chain(object))
}

/// The parts of a graph by their IRIs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprints {
    pub(super) documents: HashMap<String, Print>,
    pub(super) subjects: HashMap<String, Print>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    position: u64,
    /// The position of the file that this one goes on from; none for a first one.
    follows: Option<u64>,
    sha256: String,
}

/// Where the file of a position lies.
fn file_of(folder: &Path, position: u64) -> PathBuf {
    folder.join(format!("{position:06}.json"))
}

/// The positions of a folder's files, ascending.
fn positions(folder: &Path) -> Vec<u64> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let position = |file: fs::DirEntry| {
        let name = file.file_name();
        name.to_str()?.strip_suffix(".json")?.parse().ok()
    };
    let mut positions: Vec<u64> = files.filter_map(position).collect();
    positions.sort_unstable();
    positions
}

impl Fingerprints {
    /// The fingerprints of what is to be held.
    pub(super) fn of(derived: &impl Derived) -> Self {
        let mut prints = Self::default();
        prints.documents.extend(for_documents(derived, |index| {
            let print = Print::of(&derived.document_quads(index));
            (derived.document_name(index).into_string(), print)
        }));
        derived
            .shared_quads()
            .for_each(|quad| prints.add_shared(&quad));
        prints
    }

    /// Adds a quad that a document states.
    pub(super) fn add_of_document(&mut self, document: &str, quad: &Quad) {
        add(&mut self.documents, document, quad);
    }

    /// Adds a quad of a graph that documents share.
    pub(super) fn add_shared(&mut self, quad: &Quad) {
        add(
            &mut self.subjects,
            super::graph::iri_of(&quad.subject),
            quad,
        );
    }

    /// The number of quads.
    pub(super) fn quads(&self) -> usize {
        let prints = self.documents.values().chain(self.subjects.values());
        prints.map(|print| print.1).sum()
    }

    /// Reads a folder's files, when they are whole and the last is of this position.
    pub(super) fn read(folder: &Path, position: u64) -> Option<Self> {
        let positions = positions(folder);
        let mut known: Option<(u64, Self)> = None;
        for at in positions {
            let (header, prints) = read_file(&file_of(folder, at))?;
            let follows = known.as_ref().map(|(last, _)| *last);
            if header.position != at || header.follows != follows {
                return None;
            }
            let mut whole = known.map(|(_, whole)| whole).unwrap_or_default();
            whole.take_over(prints);
            known = Some((at, whole));
        }
        known
            .filter(|(last, _)| *last == position)
            .map(|(_, whole)| whole)
    }

    /// The position of a folder's last file, when its first line is whole.
    pub(super) fn position(folder: &Path) -> Option<u64> {
        use std::io::BufRead;
        let mut line = String::new();
        let file = fs::File::open(file_of(folder, *positions(folder).last()?)).ok()?;
        std::io::BufReader::new(file).read_line(&mut line).ok()?;
        let header: Header = serde_json::from_str(&line).ok()?;
        Some(header.position)
    }

    /// Writes all parts as a folder's only file. The folder must not be there.
    pub(super) fn write(&self, folder: &Path, position: u64) -> Result<(), StoreError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, error))?;
        self.write_file(folder, position, None)
    }

    /// Writes parts that changed as a file of their own; those without quads are gone. Where the
    /// position before has no file, nothing is written.
    pub(super) fn write_changed(
        &self,
        folder: &Path,
        before: u64,
        position: u64,
    ) -> Result<(), StoreError> {
        match Self::position(folder) {
            Some(last) if last == before && before < position => {
                self.write_file(folder, position, Some(before))
            }
            _ => Ok(()),
        }
    }

    fn take_over(&mut self, changed: Self) {
        let parts = [
            (&mut self.documents, changed.documents),
            (&mut self.subjects, changed.subjects),
        ];
        for (known, changed) in parts {
            for (part, print) in changed {
                match print.1 {
                    0 => known.remove(&part),
                    _ => known.insert(part, print),
                };
            }
        }
    }

    /// Writes a file, all or nothing.
    fn write_file(
        &self,
        folder: &Path,
        position: u64,
        follows: Option<u64>,
    ) -> Result<(), StoreError> {
        let body = serde_json::to_string(self)?;
        let header = Header {
            position,
            follows,
            sha256: crate::hash::whole(&body),
        };
        let header = serde_json::to_string(&header)?;
        let write = || {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(header.as_bytes())?;
            file.write_all(b"\n")?;
            file.write_all(body.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(file_of(folder, position))?;
            Ok(())
        };
        write().map_err(|error| StoreError::io(folder, error))
    }
}

fn read_file(path: &Path) -> Option<(Header, Fingerprints)> {
    let text = fs::read_to_string(path).ok()?;
    let (header, body) = text.split_once('\n')?;
    let header: Header = serde_json::from_str(header).ok()?;
    let is_whole = header.sha256 == crate::hash::whole(body);
    let prints = serde_json::from_str(body).ok().filter(|_| is_whole)?;
    Some((header, prints))
}

fn add(prints: &mut HashMap<String, Print>, part: &str, quad: &Quad) {
    match prints.get_mut(part) {
        Some(print) => print.add(quad),
        None => {
            prints.insert(part.to_owned(), Print::of([quad]));
        }
    }
}
