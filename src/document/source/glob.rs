//! Paths with `*`, `?`, `[…]` and `{…}` that the shell has not filled in, because the user quoted them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};

/// What to walk for a path that is a pattern.
pub(super) struct Pattern {
    /// The folder to walk.
    pub(super) base: PathBuf,
    /// What to take in it.
    pub(super) files: Override,
    /// What its parts down to each depth match, as far as each is the name of one folder.
    parts: Vec<Override>,
    /// Whether a part crosses folders.
    is_deep: bool,
}

impl Pattern {
    /// The pattern that a path is; `None` when it is none.
    ///
    /// `*` and `?` stay inside a name, `**` crosses folders.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let is_pattern =
            |part: &std::ffi::OsStr| part.to_string_lossy().contains(['*', '?', '[', '{']);
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
        let matching = |rest: &[Cow<'_, str>]| {
            let mut builder = OverrideBuilder::new(&base);
            builder.add(&format!("/{}", rest.join("/"))).ok()?;
            builder.build().ok()
        };
        let single = rest.iter().take_while(|part| !part.contains("**")).count();
        Some(Self {
            files: matching(&rest)?,
            parts: (1..=single)
                .map(|depth| matching(&rest[..depth]))
                .collect::<Option<_>>()?,
            is_deep: single < rest.len(),
            base,
        })
    }

    /// Whether something below the base matches the pattern as far down as it goes.
    pub(super) fn reaches(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.base).unwrap_or(path);
        match below.components().count().checked_sub(1) {
            None => true,
            Some(depth) => match self.parts.get(depth) {
                Some(parts) => parts.matched(path, path.is_dir()).is_whitelist(),
                None => self.is_deep,
            },
        }
    }
}
