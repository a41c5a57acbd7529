//! Fingerprints of a graph's parts, kept in a file beside it, so that what differs is found without
//! reading the graph.
//!
//! A part is all that one document states, or the quads of one subject in the graphs that documents
//! share. The file names the journal position it belongs to and carries a hash of itself; a file
//! that is missing, damaged or of another position is not used.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;

use oxigraph::model::Quad;
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::derived::{Derived, for_documents};

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
        let mut hasher = DefaultHasher::new();
        quad.hash(&mut hasher);
        self.0 = self.0.wrapping_add(hasher.finish());
        self.1 += 1;
    }
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
    sha256: String,
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

    /// Reads the file, when it is whole and of this position.
    pub(super) fn read(path: &Path, position: u64) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let (header, body) = text.split_once('\n')?;
        let header: Header = serde_json::from_str(header).ok()?;
        let whole = header.position == position && header.sha256 == crate::hash::whole(body);
        serde_json::from_str(body).ok().filter(|_| whole)
    }

    /// The position that the file names, when there is a whole first line.
    pub(super) fn position(path: &Path) -> Option<u64> {
        use std::io::BufRead;
        let mut line = String::new();
        let file = fs::File::open(path).ok()?;
        std::io::BufReader::new(file).read_line(&mut line).ok()?;
        let header: Header = serde_json::from_str(&line).ok()?;
        Some(header.position)
    }

    /// Writes the file, all or nothing.
    pub(super) fn write(&self, path: &Path, position: u64) -> Result<(), StoreError> {
        let body = serde_json::to_string(self)?;
        let header = Header {
            position,
            sha256: crate::hash::whole(&body),
        };
        let header = serde_json::to_string(&header)?;
        let folder = path.parent().unwrap_or(path);
        let write = || {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(header.as_bytes())?;
            file.write_all(b"\n")?;
            file.write_all(body.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(path)?;
            Ok(())
        };
        write().map_err(|error| StoreError::io(path, error))
    }
}

fn add(prints: &mut HashMap<String, Print>, part: &str, quad: &Quad) {
    match prints.get_mut(part) {
        Some(print) => print.add(quad),
        None => {
            prints.insert(part.to_owned(), Print::of([quad]));
        }
    }
}
