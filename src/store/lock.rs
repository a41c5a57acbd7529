//! Who may do what with a store at the same time: one writer, and readers beside it but for the moment in which
//! graph and index change. Three lock files, which the operating system frees when their holder dies:
//!
//! | file | held alone | shared |
//! | --- | --- | --- |
//! | `lock` | by a writer, as long as it runs; it has the writer's process id | while a backup is made |
//! | `lock.turn` | by a writer that waits for its moment, and in it | by a reader, while it comes in |
//! | `lock.readers` | by a writer in its moment | by a reader, as long as it reads |
//!
//! Whoever waits for one holds at most one of those above it, so nobody waits in a circle. A reader looks at `lock`,
//! and never waits for it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Folder, StoreError};

/// How a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Beside other readers, and beside a writer.
    Read,
    /// As the only writer.
    Write,
}

/// How long a writer waits for another one: most commands that write hold a small store for less.
const FOR_A_WRITER: Duration = Duration::from_millis(500);

/// How long a reader waits for graph and index to be changed, which takes a second or two (a guess).
pub(crate) const FOR_A_CHANGE: Duration = Duration::from_secs(10);

/// How long a writer waits until nobody reads: longer than it takes to check an archive of a hundred thousand pages
/// (a guess).
pub(super) const FOR_READERS: Duration = Duration::from_secs(300);

/// How long a waiting writer lets nobody come in, and how long it lets them then: readers that follow each other
/// without a pause cannot keep it out, and one reader that stays cannot make it keep the others out (a guess).
const SHUT: Duration = Duration::from_secs(2);
const OPEN: Duration = Duration::from_millis(200);

/// How often a lock is tried.
const TRY_EVERY: Duration = Duration::from_millis(10);

/// What an open store holds; dropping it frees it.
#[derive(Debug)]
pub(super) struct Lock {
    access: Access,
    held: Held,
}

impl Lock {
    pub(super) fn take(folder: &Folder, access: Access) -> Result<Self, StoreError> {
        let held = match access {
            Access::Read => come_in(folder)?,
            Access::Write => {
                let lock = folder.lock();
                let held = Held::wait(&lock, Manner::Alone, FOR_A_WRITER)?;
                let held = held.ok_or_else(|| in_use(folder))?;
                held.name_holder()
                    .map_err(|error| StoreError::io(&lock, error))?;
                held
            }
        };
        Ok(Self { access, held })
    }

    pub(super) fn access(&self) -> Access {
        self.access
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.access == Access::Write {
            self.held.clear();
        }
    }
}

/// The moment of a writer: nobody reads graph and index until it is dropped.
#[derive(Debug)]
pub(super) struct Moment {
    _readers: Held,
    _turn: Held,
}

impl Moment {
    /// Waits until nobody reads. Only whoever holds the lock for writing may.
    pub(super) fn take(folder: &Folder, patience: Duration) -> Result<Self, StoreError> {
        let start = Instant::now();
        loop {
            if let Some(turn) = Held::wait(&folder.turn_lock(), Manner::Alone, SHUT)?
                && let Some(readers) = Held::wait(&folder.readers_lock(), Manner::Alone, SHUT)?
            {
                return Ok(Self {
                    _readers: readers,
                    _turn: turn,
                });
            }
            if start.elapsed() >= patience {
                return Err(StoreError::BeingRead);
            }
            std::thread::sleep(OPEN);
        }
    }
}

/// Waits until graph and index are not being changed, and keeps them so.
fn come_in(folder: &Folder) -> Result<Held, StoreError> {
    let wait = |path: &Path| {
        let held = Held::wait(path, Manner::Shared, FOR_A_CHANGE)?;
        held.ok_or_else(|| in_use(folder))
    };
    let _turn = wait(&folder.turn_lock())?;
    wait(&folder.readers_lock())
}

/// Keeps writers out; `None` where one is writing.
pub(super) fn keep_writers_out(folder: &Folder) -> Result<Option<Held>, StoreError> {
    let held = Held::wait(&folder.lock(), Manner::Shared, Duration::ZERO)?;
    // What a writer left that died.
    held.iter().for_each(Held::clear);
    Ok(held)
}

/// The process id of who is writing, empty where it is not to be read; `None` where nobody writes.
pub(super) fn writer(folder: &Folder) -> Result<Option<String>, StoreError> {
    let nobody = keep_writers_out(folder)?.is_some();
    Ok((!nobody).then(|| named(folder)))
}

fn named(folder: &Folder) -> String {
    let holder = fs::read_to_string(folder.lock()).unwrap_or_default();
    holder.trim().to_owned()
}

fn in_use(folder: &Folder) -> StoreError {
    let holder = named(folder);
    StoreError::Locked { holder }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Alone,
    Shared,
}

/// A locked file; nothing where there is none and none can be made, so that nobody can write the store either.
#[derive(Debug)]
pub(super) struct Held(Option<File>);

impl Held {
    /// Tries for some time; `None` where somebody else holds it for longer.
    fn wait(path: &Path, manner: Manner, patience: Duration) -> Result<Option<Self>, StoreError> {
        let io = |error| StoreError::io(path, error);
        let Some(file) = open(path, manner).map_err(io)? else {
            return Ok(Some(Self(None)));
        };
        let start = Instant::now();
        loop {
            let locked = match manner {
                Manner::Alone => file.try_lock(),
                Manner::Shared => file.try_lock_shared(),
            };
            match locked {
                Ok(()) => return Ok(Some(Self(Some(file)))),
                Err(TryLockError::Error(error)) => return Err(io(error)),
                Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return Ok(None),
                Err(TryLockError::WouldBlock) => std::thread::sleep(TRY_EVERY),
            }
        }
    }

    /// Writes down who holds it.
    fn name_holder(&self) -> std::io::Result<()> {
        let Some(mut file) = self.0.as_ref() else {
            return Ok(());
        };
        file.set_len(0)?;
        file.write_all(std::process::id().to_string().as_bytes())
    }

    /// Takes the process id out, where there is one and the file may be written: it is a word for people, and
    /// no harm if it stays.
    fn clear(&self) {
        if let Some(file) = &self.0
            && file.metadata().is_ok_and(|metadata| metadata.len() > 0)
        {
            let _ = file.set_len(0);
        }
    }
}

impl Drop for Held {
    /// Frees it now, also where a process that was started meanwhile still has the file open.
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            let _ = file.unlock();
        }
    }
}

/// Opens a lock file, made when missing. A reader that may not write it takes it as it is; `None` where there
/// is none and none can be made.
fn open(path: &Path, manner: Manner) -> std::io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    let options = options.create(true).truncate(false).read(true).write(true);
    let error = match options.open(path) {
        Ok(file) => return Ok(Some(file)),
        Err(error) => error,
    };
    if manner == Manner::Alone || !super::is_forbidden(&error) {
        return Err(error);
    }
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let path = tempfile::tempdir().unwrap();
        let folder = Folder::new(path.path());
        (path, folder)
    }

    fn holder(folder: &Folder) -> String {
        match Lock::take(folder, Access::Write) {
            Err(StoreError::Locked { holder }) => holder,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_a_living_writer_is_named() {
        let (_path, folder) = folder();
        assert_eq!(writer(&folder).unwrap(), None);
        let lock = Lock::take(&folder, Access::Write).unwrap();
        let us = std::process::id().to_string();
        assert_eq!(holder(&folder), us);
        assert_eq!(writer(&folder).unwrap(), Some(us));
        drop(lock);
        fs::write(folder.lock(), "4194304").unwrap();
        assert_eq!(writer(&folder).unwrap(), None);
        let _copying = keep_writers_out(&folder).unwrap().unwrap();
        assert_eq!(holder(&folder), "");
    }

    #[test]
    fn readers_and_a_writer_meet_only_in_the_moment_of_change() {
        let (_path, folder) = folder();
        let writer = Lock::take(&folder, Access::Write).unwrap();
        let reader = Lock::take(&folder, Access::Read).unwrap();
        let other = Lock::take(&folder, Access::Read).unwrap();
        drop(other);
        assert!(matches!(
            Moment::take(&folder, Duration::ZERO),
            Err(StoreError::BeingRead)
        ));
        // A writer that waits in vain lets others in again.
        let _other = Lock::take(&folder, Access::Read).unwrap();
        drop((reader, _other));
        let moment = Moment::take(&folder, Duration::ZERO).unwrap();
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| Lock::take(&folder, Access::Read).is_ok());
            std::thread::sleep(Duration::from_millis(50));
            assert!(!waits.is_finished());
            drop(moment);
            assert!(waits.join().unwrap());
        });
        drop(writer);
    }

    /// Each reader is there before the last has gone.
    #[test]
    fn readers_that_follow_each_other_do_not_keep_a_writer_out() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let (_path, folder) = folder();
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::SeqCst) {
                        let _lock = Lock::take(&folder, Access::Read).unwrap();
                        std::thread::sleep(Duration::from_millis(30));
                    }
                });
            }
            let _writer = Lock::take(&folder, Access::Write).unwrap();
            for _ in 0..3 {
                drop(Moment::take(&folder, FOR_READERS).unwrap());
            }
            is_over.store(true, Ordering::SeqCst);
        });
    }

    #[test]
    fn a_reader_goes_on_without_a_lock_only_where_nobody_can_write() {
        let (_path, folder) = folder();
        // A lock that cannot be opened for another reason.
        fs::create_dir(folder.readers_lock()).unwrap();
        assert!(matches!(
            Lock::take(&folder, Access::Read),
            Err(StoreError::Io { .. })
        ));
    }
}
