//! Paths with `*`, `?`, `[…]` and `{…}` that the shell has not filled in, because the user quoted them.

use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};

/// The folder to walk for a pattern and what to take in it; `None` when the path is no pattern.
///
/// `*` and `?` stay inside a name, `**` crosses folders.
pub(super) fn pattern(path: &Path) -> Option<(PathBuf, Override)> {
    let is_pattern = |part: &std::ffi::OsStr| part.to_string_lossy().contains(['*', '?', '[', '{']);
    let place = path.iter().position(is_pattern)?;
    let base: PathBuf = path.iter().take(place).collect();
    let base = if base.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        base
    };
    let rest: Vec<_> = path
        .iter()
        .skip(place)
        .map(|part| part.to_string_lossy())
        .collect();
    let mut builder = OverrideBuilder::new(&base);
    builder.add(&format!("/{}", rest.join("/"))).ok()?;
    Some((base, builder.build().ok()?))
}
