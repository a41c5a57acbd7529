//! The file that marks a folder as a store: `store` writes it, and whoever looks for documents keeps out
//! of folders that have it.

use std::path::Path;

/// Name of the settings file in a store's folder.
pub(crate) const STORE_MARK: &str = "annals.toml";

/// Whether a folder is a store of Annals, in which nothing is news.
pub(crate) fn is_store(folder: &Path) -> bool {
    folder.join(STORE_MARK).is_file()
}
