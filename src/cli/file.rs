//! Files that commands write: whole, or not at all.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;

/// Writes a file under another name and renames it when it is whole, so that an older one stays where
/// that fails. What is no file, such as `/dev/null`, is written to as it is.
pub(super) fn write_whole(bytes: &[u8], path: &Path) -> Result<(), Failure> {
    write(bytes, path).map_err(|error| {
        Failure::from_file(path, error).hint("name a file in a folder that you may write to")
    })
}

/// Writes to a file that was named, else to standard output.
pub(super) fn write_output(bytes: &[u8], path: Option<&Path>) -> Result<(), Failure> {
    match path {
        Some(path) => write_whole(bytes, path),
        None => Ok(io::stdout().lock().write_all(bytes)?),
    }
}

fn write(bytes: &[u8], path: &Path) -> io::Result<()> {
    // A link stays, and what it leads to is written.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return fs::write(path, bytes);
    }
    let mut file = builder(old.map(|old| old.permissions())).tempfile_in(folder_of(&path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// What makes files as any other file is made, or with given permissions; temporary ones are their owner's
/// alone.
fn builder(permissions: Option<Permissions>) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(permissions.unwrap_or_else(|| Permissions::from_mode(0o666)));
    }
    #[cfg(not(unix))]
    drop(permissions);
    builder
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_a_link_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write_whole(b"one", &path).unwrap();
        write_whole(b"two", &path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            let link = folder.path().join("link.txt");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            write_whole(b"three", &link).unwrap();
            assert!(link.is_symlink());
            assert_eq!(fs::read(&path).unwrap(), b"three");
        }
    }
}
