//! Damaged files can make Tantivy panic instead of returning an error; here such a panic becomes an
//! error.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tantivy::TantivyError;

use super::StoreError;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread will be turned into an error, so that a panic hook can be quiet.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Reads from the index. Nothing is shared with the reading that a panic could leave half-changed.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(before);
    result.unwrap_or_else(|_| {
        let damaged = TantivyError::SystemError("a file is damaged".to_owned());
        Err(StoreError::Index(damaged))
    })
}
