//! Which paths of watched folders are news: none of the store itself, nothing hidden, nothing whose name
//! no format has.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::document::has_known_extension;
use crate::store_mark::is_store;

/// The watched folders, and the store that is none of them.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Each folder as it was named and from the root of the file system.
    folders: Vec<[PathBuf; 2]>,
    store: PathBuf,
}

impl Wanted {
    pub(super) fn new(folders: &[PathBuf], store: &Path) -> Self {
        let both = |folder: &PathBuf| [folder.clone(), absolute(folder)];
        Self {
            folders: folders.iter().map(both).collect(),
            store: store.to_owned(),
        }
    }

    /// The folders, as they were named.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(|[named, _]| named.as_path())
    }

    /// Whether a path lies in the store, by either name of it.
    pub(super) fn is_of_store(&self, path: &Path) -> bool {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| absolute(path));
        absolute(path).starts_with(absolute(&self.store))
            || real(path).starts_with(real(&self.store))
    }

    /// The path as it is found by walking the folder that was named, so that a file has one name however
    /// it is come across; `None` for what is hidden on the way there or lies in no watched folder.
    pub(super) fn named(&self, path: &Path) -> Option<PathBuf> {
        let below = self.folders.iter().flat_map(|[named, absolute]| {
            let roots = [named, absolute].into_iter();
            roots.filter_map(move |root| Some((named, path.strip_prefix(root).ok()?)))
        });
        below
            .filter(|(_, rest)| !rest.components().any(is_hidden))
            .map(|(folder, rest)| folder.join(rest))
            .next()
    }

    /// Whether a path is a file to be read: not a copy that an editor keeps, not of the store.
    pub(super) fn is_news(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let is_read = |name: &str| !name.ends_with('~') && has_known_extension(name);
        path.is_file() && name.is_some_and(|name| is_read(&name)) && !self.is_of_store(path)
    }

    /// The files below a folder, hidden ones and those of the store left out.
    pub(super) fn files(&self, folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(folder) = open.pop() {
            if self.is_of_store(&folder) || is_store(&folder) {
                continue;
            }
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            let paths = entries
                .flatten()
                .map(|entry| folder.join(entry.file_name()));
            let paths = paths.filter(|path| !path.components().next_back().is_some_and(is_hidden));
            // A link to a folder can lead back to one above.
            let (folders, others): (Vec<_>, Vec<_>) =
                paths.partition(|path| path.is_dir() && !path.is_symlink());
            open.extend(folders);
            files.extend(others);
        }
        files
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn is_hidden(part: Component<'_>) -> bool {
    matches!(part, Component::Normal(name) if name.as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_store_and_what_is_hidden_are_no_news() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in [
            "a.txt",
            ".annals/annals.toml",
            "kept/manifest.json",
            "new/.git/b.txt",
            "new/b.txt",
            "new/c.swp",
        ] {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), "words").unwrap();
        }
        let wanted = Wanted::new(&[folder.path().to_owned()], &path("kept"));
        let is_news = |name: &str| {
            wanted
                .named(&path(name))
                .is_some_and(|path| wanted.is_news(&path))
        };
        assert!(is_news("a.txt") && is_news("new/b.txt"));
        for name in [
            ".annals/annals.toml",
            "kept/manifest.json",
            "new/.git/b.txt",
            "new/c.swp",
            "gone.txt",
        ] {
            assert!(!is_news(name), "{name}");
        }
        let mut files = wanted.files(folder.path());
        files.sort();
        assert_eq!(files, [path("a.txt"), path("new/b.txt"), path("new/c.swp")]);
        assert_eq!(wanted.named(Path::new("/elsewhere/a.txt")), None);
    }
}
