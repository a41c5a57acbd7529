//! Ids of documents with their versions, and what replaced what.
//!
//! A document replaces one of an earlier run only, so there are no cycles, and each has an id of its
//! own, so what is said of one is not said of another.

use super::{Catalogue, Role};
use crate::id::DocumentId;

impl Catalogue {
    /// A document's part in the graph.
    pub(super) fn role(&self, index: usize) -> Role {
        let held = &self.held[index];
        Role {
            id: self.id(index),
            base: held.base.clone(),
            sha256: held.sha256.clone(),
            path: held.path.clone(),
            replaces: self.replaced_by(index).map(|old| self.id(old)),
            is_current: !self.is_replaced(index),
        }
    }

    /// The id of a document held: the newest of a base id bears it plain, the others with their
    /// version.
    pub(in crate::pipeline) fn id(&self, index: usize) -> DocumentId {
        let held = &self.held[index];
        let of_base = || self.by_base[&held.base].iter().copied();
        let newest = of_base().max_by_key(|&other| self.rank(other));
        if newest == Some(index) {
            return held.base.clone();
        }
        let version = |content: &str| held.base.version(content, 1);
        let same =
            of_base().filter(|&other| version(&self.held[other].sha256) == version(&held.sha256));
        let earlier = same.filter(|&other| self.rank(other) < self.rank(index));
        held.base.version(&held.sha256, 1 + earlier.count())
    }

    /// How new a document is among those of a base id. Where the run does not tell, what tells is
    /// the same in whatever order files are read.
    fn rank(&self, index: usize) -> (u64, &str, bool, &str, usize) {
        let held = &self.held[index];
        (held.run, &held.sha256, held.follows, &held.origin, index)
    }

    /// The document that one replaced: the newest of its source from an earlier run, of several the
    /// one from the same file.
    fn replaced_by(&self, index: usize) -> Option<usize> {
        let held = &self.held[index];
        let earlier = self
            .beside(index)
            .filter(|&other| self.held[other].run < held.run);
        earlier.max_by_key(|&other| {
            let old = &self.held[other];
            (old.run, old.origin == held.origin, &old.sha256)
        })
    }

    /// Whether a document of the next run replaced this one.
    fn is_replaced(&self, index: usize) -> bool {
        let run_of = |other: usize| self.held[other].run;
        let later = || {
            self.beside(index)
                .filter(|&other| run_of(other) > run_of(index))
        };
        let next = later().map(run_of).min();
        later()
            .filter(|&other| Some(run_of(other)) == next)
            .any(|other| self.replaced_by(other) == Some(index))
    }

    /// The documents of a document's source.
    pub(super) fn beside(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        self.of_source[self.held[index].source].iter().copied()
    }
}
