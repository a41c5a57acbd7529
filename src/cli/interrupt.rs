//! Ctrl-C while documents are read: the first one stops cleanly, the second at once.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Failure, failure, output};

/// Whether the user wants to stop.
pub(super) struct Interrupt {
    is_wanted: Arc<AtomicBool>,
    can_wait: Arc<AtomicBool>,
}

impl Interrupt {
    /// Begins to listen for Ctrl-C and for the signal to terminate.
    pub(super) fn listen() -> Result<Self, Failure> {
        let interrupt = Self {
            is_wanted: Arc::new(AtomicBool::new(false)),
            can_wait: Arc::new(AtomicBool::new(true)),
        };
        let (is_wanted, can_wait) = (
            Arc::clone(&interrupt.is_wanted),
            Arc::clone(&interrupt.can_wait),
        );
        let on_signal = move || {
            if is_wanted.swap(true, Ordering::SeqCst) || !can_wait.load(Ordering::SeqCst) {
                leave();
            }
            output::note("stopping: what was read is kept; press Ctrl-C again to stop at once");
        };
        ctrlc::set_handler(on_signal)
            .map_err(|error| Failure::usage(format!("cannot listen for Ctrl-C: {error}")))?;
        Ok(interrupt)
    }

    /// Whether to go on.
    pub(super) fn flow(&self) -> ControlFlow<()> {
        if self.is_wanted.load(Ordering::SeqCst) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// From now on nothing can be lost, so Ctrl-C stops at once.
    pub(super) fn stop_at_once(&self) {
        self.can_wait.store(false, Ordering::SeqCst);
    }
}

/// What is derived is written all at once or caught up with when the store is next opened.
#[expect(
    clippy::exit,
    reason = "the user asked for it, and the main thread is busy"
)]
fn leave() -> ! {
    std::process::exit(i32::from(failure::INTERRUPTED));
}
