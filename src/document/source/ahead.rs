//! Opens the files of a folder a few ahead, several at once: a disk that is asked for one small file
//! at a time lets everybody wait.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::thread;

use super::file::{self, Opened};
use super::walk::Walk;
use super::{Settings, packed};
use crate::document::Refusal;

/// Files that are opened together.
const TOGETHER: usize = 128;
/// Threads that open them. With one, two, four and eight, 107,366 pages that the system did not hold in memory
/// were in the journal after 10.9, 8.3, 6.6 and 6.6 s, and after 12.5 s when one file was opened at a time.
const THREADS: usize = 4;
/// Largest file that is opened ahead, in bytes: what is read ahead is held in memory.
const MOST_BYTES: u64 = 1_000_000;

/// The files of a walk, in its order.
pub(super) struct Ahead {
    walk: Walk,
    found: VecDeque<Result<File, Refusal>>,
}

enum File {
    Opened(Opened),
    /// Too large to be held, or packed, and then perhaps many files.
    Waiting(PathBuf),
}

impl Ahead {
    pub(super) fn new(walk: Walk) -> Self {
        Self {
            walk,
            found: VecDeque::new(),
        }
    }

    /// What the next file holds, or why there is none to be opened; nothing at the end.
    pub(super) fn next(&mut self, settings: &Settings) -> Option<Result<Opened, Refusal>> {
        if self.found.is_empty() {
            let entries: Vec<_> = self.walk.by_ref().take(TOGETHER).collect();
            self.found = open_all(&entries, settings);
        }
        let found = self.found.pop_front()?;
        Some(found.map(|file| match file {
            File::Opened(opened) => opened,
            File::Waiting(path) => file::open(&path, settings),
        }))
    }
}

fn open_all(
    entries: &[Result<PathBuf, Refusal>],
    settings: &Settings,
) -> VecDeque<Result<File, Refusal>> {
    let open = |entry: &Result<PathBuf, Refusal>| match entry {
        Ok(path) => Ok(open(path, settings)),
        Err(refusal) => Err(refusal.clone()),
    };
    thread::scope(|scope| {
        let parts = entries.chunks(TOGETHER.div_ceil(THREADS));
        let threads: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(open).collect::<Vec<_>>()))
            .collect();
        let opened = threads.into_iter().flat_map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        opened.collect()
    })
}

fn open(path: &Path, settings: &Settings) -> File {
    if is_small(path) {
        File::Opened(file::open(path, settings))
    } else {
        File::Waiting(path.to_owned())
    }
}

fn is_small(path: &Path) -> bool {
    !packed::is_packed(&path.to_string_lossy())
        && path
            .metadata()
            .is_ok_and(|metadata| metadata.len() <= MOST_BYTES)
}
