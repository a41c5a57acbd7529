//! What a reading says that is not known yet.
//!
//! Within a run there is no order, so a reading is compared with what was held before its run, and
//! only what was met in any order decides: a file of several documents can hold a source's older
//! content beside its newest. Whether an older content has come back is therefore settled at the end.

use std::collections::HashMap;

use super::{Catalogue, Change, Source};
use crate::journal::Acquisition;

/// What is to be done with a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Is(Change),
    /// An older content, in a file that held another one last: has it come back?
    Open,
}

/// What became of readings that were put off.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Settled {
    /// Contents that came back: the journal's next records, in this order.
    pub(in crate::pipeline) came_back: Vec<Acquisition>,
    /// How many did not.
    pub(in crate::pipeline) unchanged: usize,
}

/// The file and the source of a reading.
fn place(read: &Acquisition) -> (String, Source) {
    (read.origin.clone(), Source::of(read))
}

impl Catalogue {
    /// Adds a reading of the run at hand where it says something new; then it is the journal's next
    /// record. `None` when [`settle`](Self::settle) is to decide.
    pub(in crate::pipeline) fn add(&mut self, read: &Acquisition) -> Option<Change> {
        let verdict = self.judge(read);
        self.note_seen(read);
        match verdict {
            Verdict::Open => None,
            Verdict::Is(change) => {
                if change != Change::Unchanged {
                    self.insert(read);
                    self.records += 1;
                }
                Some(change)
            }
        }
    }

    /// Puts a reading off for which [`add`](Self::add) gave nothing.
    pub(in crate::pipeline) fn put_off(&mut self, read: Acquisition) {
        self.put_off.push(read);
    }

    /// Decides what can be decided of the readings put off; at the end of a run that is all of them.
    /// Of several old contents in one file, the one that was held last comes back.
    pub(in crate::pipeline) fn settle(&mut self, is_end: bool) -> Settled {
        let mut settled = Settled::default();
        let (said, open): (Vec<_>, Vec<_>) = std::mem::take(&mut self.put_off)
            .into_iter()
            .partition(|read| self.is_still_said(read));
        settled.unchanged += said.len();
        if !is_end {
            self.put_off = open;
            return settled;
        }
        let mut newest: HashMap<(String, Source), u64> = HashMap::new();
        for read in &open {
            let age = newest.entry(place(read)).or_default();
            *age = self.last_held(read).max(*age);
        }
        for read in open {
            let is_older = self.last_held(&read) < newest[&place(&read)];
            // The same file can have been read twice.
            if is_older || self.is_still_said(&read) {
                settled.unchanged += 1;
            } else {
                self.insert(&read);
                self.records += 1;
                settled.came_back.push(read);
            }
        }
        settled
    }

    /// The last run before this one that found the content at its source.
    fn last_held(&self, read: &Acquisition) -> u64 {
        let runs = self.same(read).map(|index| self.held[index].run);
        runs.filter(|run| *run < read.run).max().unwrap_or(0)
    }

    /// Notes that a document held was found again in the run at hand.
    pub(in crate::pipeline) fn see(&mut self, index: usize) {
        self.seen.insert(index);
    }

    fn note_seen(&mut self, read: &Acquisition) {
        let from_there = |index: &usize| self.held[*index].origin == read.origin;
        let found: Vec<usize> = self.same(read).filter(from_there).collect();
        self.seen.extend(found);
    }

    fn judge(&self, read: &Acquisition) -> Verdict {
        let source = Source::of(read);
        let runs = self.of(&source).iter().map(|&index| self.held[index].run);
        let newest = runs.filter(|run| *run < read.run).max();
        let Some(newest) = newest else {
            let is_there = self.same(read).next().is_some();
            let is_copy = is_there || (!source.is_address() && self.is_elsewhere(read));
            return Verdict::Is(if is_copy {
                Change::Unchanged
            } else {
                Change::New
            });
        };
        let mut same = self.same(read).peekable();
        if same.peek().is_none() {
            return Verdict::Is(Change::Changed);
        }
        let is_current = same.any(|index| self.held[index].run >= newest);
        let last = self.last_of_file(read);
        let is_last = |&index: &usize| self.held[index].content() == (&read.base, &read.sha256);
        // A file that was never read, or has not changed, holds a copy and says nothing of an order.
        if is_current || last.is_empty() || last.iter().any(is_last) {
            Verdict::Is(Change::Unchanged)
        } else {
            Verdict::Open
        }
    }

    /// Whether a file still holds what it held last, so that an older content beside it is no news;
    /// or the content has come back already.
    fn is_still_said(&self, read: &Acquisition) -> bool {
        let last = self.last_of_file(read);
        let mut same = self.same(read);
        last.iter().any(|index| self.seen.contains(index))
            || same.any(|index| self.held[index].run == read.run)
    }

    /// Documents of the same source and content.
    fn same<'a>(&'a self, read: &'a Acquisition) -> impl Iterator<Item = usize> + 'a {
        let content = (&read.base, read.sha256.as_str());
        let of_source = self.of(&Source::of(read)).iter().copied();
        of_source.filter(move |&index| self.held[index].content() == content)
    }

    /// What a file held of its source when it was last read before this run.
    fn last_of_file(&self, read: &Acquisition) -> Vec<usize> {
        let source = Source::of(read);
        let before = self.of(&source).iter().copied().filter(|&index| {
            let held = &self.held[index];
            held.origin == read.origin && held.run < read.run
        });
        let before: Vec<usize> = before.collect();
        let last = before.iter().map(|&index| self.held[index].run).max();
        let is_last = |index: &usize| Some(self.held[*index].run) == last;
        before.into_iter().filter(is_last).collect()
    }

    /// Whether the content is held from another source. What a known source says newly in the same
    /// run does not count, or the order in which files are read would.
    fn is_elsewhere(&self, read: &Acquisition) -> bool {
        let copies = self.by_base.get(&read.base).into_iter().flatten();
        copies
            .map(|&index| &self.held[index])
            .any(|held| held.sha256 == read.sha256 && (held.run < read.run || !held.follows))
    }

    /// The documents of a source.
    fn of(&self, source: &Source) -> &[usize] {
        let number = self.sources.get(source);
        number.map_or(&[], |&number| &self.of_source[number])
    }
}
