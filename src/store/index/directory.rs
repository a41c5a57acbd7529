//! The folder of an index as Tantivy sees it, also where nothing can be written there.
//!
//! Tantivy locks a file while it opens an index, so that files which a writer no longer needs are not removed
//! meanwhile, and opens it for writing. Here it is opened for reading where that is all that is allowed.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use crate::store::{StoreError, is_forbidden};

/// A folder that can be read without being written.
#[derive(Clone, Debug)]
pub(super) struct IndexFolder {
    path: PathBuf,
    files: MmapDirectory,
}

impl IndexFolder {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let files = MmapDirectory::open(path).map_err(tantivy::TantivyError::from)?;
        let path = path.to_path_buf();
        Ok(Self { path, files })
    }

    /// Takes a lock without writing; where its file is missing, nobody has one to wait for.
    fn lock_to_read(&self, lock: &Lock) -> io::Result<DirectoryLock> {
        let file = match File::open(self.path.join(&lock.filepath)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Box::new(()).into()),
            file => file?,
        };
        file.lock()?;
        Ok(Box::new(file).into())
    }
}

impl Directory for IndexFolder {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath && is_forbidden(&error) =>
            {
                self.lock_to_read(lock)
                    .map_err(|error| LockError::IoError(Arc::new(error)))
            }
            taken => taken,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
