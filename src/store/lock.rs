//! One writer, many readers: a lock file that the operating system frees when its holder dies.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
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
    _file: Option<File>,
}

impl Lock {
    pub(super) fn take(folder: &Folder, access: Access) -> Result<Self, StoreError> {
        let path = folder.lock();
        let io = |error| StoreError::io(&path, error);
        let open = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path);
        let file = match open {
            Ok(file) => file,
            // A store on read-only media cannot be written by anybody.
            Err(_) if access == Access::Read => {
                return Ok(Self {
                    access,
                    _file: None,
                });
            }
            Err(error) => return Err(io(error)),
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
        if access == Access::Write {
            let write = || {
                file.set_len(0)?;
                (&file).write_all(std::process::id().to_string().as_bytes())
            };
            write().map_err(io)?;
        }
        Ok(Self {
            access,
            _file: Some(file),
        })
    }

    pub(super) fn access(&self) -> Access {
        self.access
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
