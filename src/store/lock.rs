//! One writer, many readers: a lock file that the operating system frees when its holder dies.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Folder, StoreError};

/// How a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Beside other readers.
    Read,
    /// Alone.
    Write,
}

/// A held lock; dropping it frees it.
#[derive(Debug)]
pub(super) struct Lock {
    access: Access,
    file: Option<File>,
}

impl Lock {
    pub(super) fn take(folder: &Folder, access: Access) -> Result<Self, StoreError> {
        let path = folder.lock();
        let io = |error| StoreError::io(&path, error);
        let Some(file) = open(&path, access).map_err(io)? else {
            return Ok(Self { access, file: None });
        };
        match wait_for(&file, access) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).unwrap_or_default();
                return Err(StoreError::Locked {
                    holder: holder.trim().to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let lock = Self {
            access,
            file: Some(file),
        };
        lock.name_holder().map_err(io)?;
        Ok(lock)
    }

    /// Writes down who is writing. A reader takes out what a writer left that died.
    fn name_holder(&self) -> std::io::Result<()> {
        match (&self.file, self.access) {
            (Some(file), Access::Write) => {
                file.set_len(0)?;
                (&*file).write_all(std::process::id().to_string().as_bytes())
            }
            (_, Access::Read) => {
                self.clear();
                Ok(())
            }
            (None, Access::Write) => Ok(()),
        }
    }

    /// Takes the process id out, where there is one and the file may be written: it is a word for people, and
    /// no harm if it stays.
    fn clear(&self) {
        if let Some(file) = &self.file
            && file.metadata().is_ok_and(|metadata| metadata.len() > 0)
        {
            let _ = file.set_len(0);
        }
    }

    pub(super) fn access(&self) -> Access {
        self.access
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.access == Access::Write {
            self.clear();
        }
    }
}

/// Opens the lock file, made when missing. A reader that may not write it takes it as it is; `None` where there
/// is none and none can be made, so that nobody can write the store either.
fn open(path: &Path, access: Access) -> std::io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    let options = options.create(true).truncate(false).read(true).write(true);
    let error = match options.open(path) {
        Ok(file) => return Ok(Some(file)),
        Err(error) => error,
    };
    let is_forbidden = matches!(
        error.kind(),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied
    );
    if access == Access::Write || !is_forbidden {
        return Err(error);
    }
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Tries for a moment: most commands hold a store for a few hundredths of a second.
fn wait_for(file: &File, access: Access) -> Result<(), TryLockError> {
    const PATIENCE: Duration = Duration::from_secs(1);
    let start = Instant::now();
    loop {
        let locked = match access {
            Access::Read => file.try_lock_shared(),
            Access::Write => file.try_lock(),
        };
        match locked {
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(folder: &Folder) -> String {
        match Lock::take(folder, Access::Write) {
            Err(StoreError::Locked { holder }) => holder,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_a_living_writer_is_named() {
        let path = tempfile::tempdir().unwrap();
        let folder = Folder::new(path.path());
        let writer = Lock::take(&folder, Access::Write).unwrap();
        assert_eq!(holder(&folder), std::process::id().to_string());
        drop(writer);
        let reader = Lock::take(&folder, Access::Read).unwrap();
        assert_eq!(holder(&folder), "");
        drop(reader);
        fs::write(folder.lock(), "4194304").unwrap();
        let _reader = Lock::take(&folder, Access::Read).unwrap();
        assert_eq!(holder(&folder), "");
    }

    #[test]
    fn a_reader_goes_on_without_a_lock_only_where_nobody_can_write() {
        let path = tempfile::tempdir().unwrap();
        let folder = Folder::new(path.path());
        // A lock that cannot be opened for another reason.
        fs::create_dir(folder.lock()).unwrap();
        assert!(matches!(
            Lock::take(&folder, Access::Read),
            Err(StoreError::Io { .. })
        ));
    }
}
