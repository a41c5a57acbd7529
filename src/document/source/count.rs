//! Counts documents before any is read, for whoever shows how far a run has come. Names tell; nothing is opened.

use std::path::{Path, PathBuf};

use super::glob::Pattern;
use super::walk::Walk;
use super::{Discovery, Limits, Settings, discover, packed};
use crate::document::Format;
use crate::document::format::extension;

/// How many documents and refusals [`discover`] will find, where names alone can tell: `None` when some
/// file can hold several documents (a container, JSON lines, a feed) or when standard input is read.
///
/// A guess all the same: files come and go, and a file of any name can be a feed.
///
/// ```
/// use annals::document::{Limits, count};
///
/// assert_eq!(count(&["no/such/page.md".into()], &Limits::default()), Some(1)); // a refusal
/// assert_eq!(count(&["stories.jsonl".into()], &Limits::default()), None);
/// ```
#[must_use]
pub fn count(paths: &[PathBuf], limits: &Limits) -> Option<usize> {
    let Discovery { settings, .. } = discover(&[], limits);
    paths.iter().map(|path| count_in(path, &settings)).sum()
}

fn count_in(root: &Path, settings: &Settings) -> Option<usize> {
    let walk = if root.is_dir() {
        Walk::new(root, None, settings)
    } else if let Some(pattern) = Pattern::of(root).filter(|_| !root.exists()) {
        Walk::new(&pattern.base.clone(), Some((root, pattern)), settings)
    } else {
        return count_of(root);
    };
    // A refusal counts as one: it is found too.
    walk.map(|found| found.map_or(Some(1), |path| count_of(&path)))
        .sum()
}

fn count_of(file: &Path) -> Option<usize> {
    let name = file.to_string_lossy();
    let extension = extension(&name);
    let extension = extension.as_str();
    let is_many = packed::is_packed(&name)
        || Format::JsonLines.extensions().contains(&extension) && extension != "json"
        || Format::Feed.extensions().contains(&extension) && !matches!(extension, "xml" | "json")
        || file.as_os_str() == "-";
    (!is_many).then_some(1)
}
