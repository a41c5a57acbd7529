//! Why figures cannot be had: the place in the file, and what does not fit there.

/// A line of a gold or system file that cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct EvalError {
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, as a lower-case fragment.
    pub reason: String,
    /// How to mend it.
    pub hint: &'static str,
}
