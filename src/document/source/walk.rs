//! Walks a folder: every file in it that may hold documents, sorted by name folder by folder, and a
//! refusal for everything else. No ignore file is obeyed: a file that is there is read or refused.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use super::glob::Pattern;
use super::{Settings, file, packed, tidy};
use crate::document::{Format, Refusal, RefusalKind};
use crate::store_mark::is_store;

/// The files of a folder.
pub(super) struct Walk {
    entries: ignore::Walk,
    /// Refusals of what the walk has passed over that are still to be reported.
    passed: Arc<Mutex<Vec<Refusal>>>,
    /// An entry that came after some passed over.
    waiting: Option<Result<PathBuf, Refusal>>,
    settings: Settings,
    /// The pattern that is walked, until a file has matched it.
    unmatched: Option<PathBuf>,
}

impl Walk {
    /// Walks a folder, following symbolic links; only what matches a pattern, if there is one.
    pub(super) fn new(root: &Path, pattern: Option<(&Path, Pattern)>, settings: &Settings) -> Self {
        // The walk asks about what is in its root, never about the root.
        let refused_root = refuse_store(root);
        let mut builder = WalkBuilder::new(root);
        builder.standard_filters(false).follow_links(true);
        builder.max_depth(refused_root.is_some().then_some(0));
        let passed = Arc::new(Mutex::new(Vec::from_iter(refused_root)));
        let passing = Arc::clone(&passed);
        let mut unmatched = None;
        let pattern = pattern.map(|(path, pattern)| {
            builder.overrides(pattern.files.clone());
            unmatched = Some(path.to_owned());
            pattern
        });
        let entries = builder
            .sort_by_file_name(OsStr::cmp)
            .filter_entry(move |entry| {
                let refusal = pass_over(entry);
                let goes_on = refusal.is_none();
                let is_meant = |_: &Refusal| {
                    let pattern = pattern.as_ref();
                    pattern.is_none_or(|pattern| pattern.reaches(entry.path()))
                };
                let refusal = refusal.filter(is_meant);
                passing
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .extend(refusal);
                goes_on
            })
            .build();
        Self {
            entries,
            passed,
            waiting: None,
            settings: settings.clone(),
            unmatched,
        }
    }

    fn next_passed(&self) -> Option<Refusal> {
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        (!passed.is_empty()).then(|| passed.remove(0))
    }

    fn next_entry(&mut self) -> Option<Result<PathBuf, Refusal>> {
        loop {
            let Some(entry) = self.entries.next() else {
                return self
                    .unmatched
                    .take()
                    .map(|pattern| Err(refuse_unmatched(&pattern)));
            };
            match entry {
                Err(error) => return Some(Err(refuse_error(&error))),
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
                Ok(entry) => {
                    self.unmatched = None;
                    return Some(accept(&entry, &self.settings));
                }
            }
            if self.has_passed() {
                // Reported before the walk goes on, so that the order is that of the names.
                return self.next_passed().map(Err);
            }
        }
    }

    fn has_passed(&self) -> bool {
        let passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        !passed.is_empty()
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.waiting.is_none() && !self.has_passed() {
            self.waiting = self.next_entry();
        }
        self.next_passed().map(Err).or_else(|| self.waiting.take())
    }
}

/// Why the walk passes over something.
fn pass_over(entry: &DirEntry) -> Option<Refusal> {
    if entry.file_name().as_encoded_bytes().starts_with(b".") {
        let reason = "is hidden (its name begins with a dot)";
        let hint = "name it itself to have it read";
        let name = tidy(entry.path());
        return Some(Refusal::new(&name, RefusalKind::Hidden, reason, hint));
    }
    refuse_store(entry.path())
}

/// Refuses a store, in which there is only what was read already.
fn refuse_store(folder: &Path) -> Option<Refusal> {
    let reason = "is a store of Annals";
    let hint = "name the documents that it was made of";
    is_store(folder).then(|| Refusal::new(&tidy(folder), RefusalKind::Store, reason, hint))
}

/// Takes a file whose extension some format has.
fn accept(entry: &DirEntry, settings: &Settings) -> Result<PathBuf, Refusal> {
    let name = tidy(entry.path());
    if !entry.file_type().is_some_and(|kind| kind.is_file()) {
        let reason = "is neither a file nor a folder";
        let hint = "name it itself to have it read";
        return Err(Refusal::new(&name, RefusalKind::NotAFile, reason, hint));
    }
    match refuse_extension(&name, settings) {
        Some((kind, reason)) => {
            let hint = "name it itself to have it read as text";
            Err(Refusal::new(&name, kind, reason, hint))
        }
        None => Ok(entry.path().to_owned()),
    }
}

/// Why a file of a folder or an archive is not looked into: its extension, when no format has it and
/// none is asked for.
pub(super) fn refuse_extension(
    name: &str,
    settings: &Settings,
) -> Option<(RefusalKind, &'static str)> {
    let known = settings.format.is_some() || has_known_extension(name);
    (!known).then_some((
        RefusalKind::UnknownExtension,
        "has an extension that no format has",
    ))
}

/// Whether some format or packing has the extension of a name, or it has none.
pub(super) fn has_known_extension(name: &str) -> bool {
    packed::is_packed(name) || Format::knows_extension_of(name)
}

fn refuse_unmatched(pattern: &Path) -> Refusal {
    let reason = "matches no file";
    let hint = "* and ? stay inside a name, ** crosses folders";
    Refusal::new(&tidy(pattern), RefusalKind::Missing, reason, hint)
}

/// Says why the walk could not go somewhere.
fn refuse_error(error: &ignore::Error) -> Refusal {
    match error {
        ignore::Error::Loop { child, ancestor } => {
            let reason = format!("leads back to {}, a folder above it", tidy(ancestor));
            let hint = "remove the symbolic link";
            Refusal::new(&tidy(child), RefusalKind::LinkLoop, &reason, hint)
        }
        ignore::Error::WithPath { path, err } => match err.io_error() {
            Some(io) => file::refuse_io(path, &tidy(path), io),
            None => refuse_error(err),
        },
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            refuse_error(err)
        }
        other => {
            let reason = format!("could not be walked: {other}");
            Refusal::new(
                "",
                RefusalKind::Unreadable,
                &reason,
                "check the disk and the path",
            )
        }
    }
}
