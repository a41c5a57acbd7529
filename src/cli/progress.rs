//! How far a run has come: a line on standard error that comes and goes, and only on a terminal.

use std::cell::Cell;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

use crate::document::{self, Limits};
use crate::pipeline::Progress;

/// How often the line is drawn where nothing is told: resolving can take long and tells nothing.
const TICK: Duration = Duration::from_millis(120);

const KNOWN: &str =
    "{spinner} reading {bar:24} {human_pos} of {human_len} documents{msg}, {per_sec:0}, {eta} left";
const UNKNOWN: &str = "{spinner} reading {human_pos} documents{msg}, {per_sec:0}, {elapsed}";
const LATER: &str = "{spinner} {msg}, {elapsed}";

/// The line.
pub(super) struct Bar {
    bar: ProgressBar,
    refused: Cell<usize>,
}

impl Bar {
    /// A line that shows itself; none when that is not wanted, or standard error is no terminal.
    pub(super) fn start(quiet: bool) -> Self {
        let bar = ProgressBar::no_length().with_finish(ProgressFinish::AndClear);
        if quiet || std::env::var_os("CI").is_some() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        set_style(&bar, UNKNOWN);
        if !bar.is_hidden() {
            bar.enable_steady_tick(TICK);
        }
        Self {
            bar,
            refused: Cell::new(0),
        }
    }

    /// Counts in the background how many documents there will be, to say how long they will take.
    pub(super) fn count(&self, paths: &[PathBuf], limits: &Limits) {
        if self.bar.is_hidden() {
            return;
        }
        let (bar, paths, limits) = (self.bar.clone(), paths.to_vec(), *limits);
        std::thread::spawn(move || {
            // Somebody has to be reading still: a finished line must not come back.
            if let Some(total) = document::count(&paths, &limits)
                && !bar.is_finished()
            {
                bar.set_length(total as u64);
            }
        });
    }

    /// Notes that a document was refused.
    pub(super) fn refuse(&self) {
        self.refused.set(self.refused.get() + 1);
        self.bar
            .set_message(format!(" ({} refused)", self.refused.get()));
    }

    /// Shows what is told.
    pub(super) fn show(&self, progress: Progress) {
        match progress {
            Progress::Acknowledged(seen) => {
                let total = self.bar.length().filter(|total| *total >= seen as u64);
                set_style(&self.bar, if total.is_some() { KNOWN } else { UNKNOWN });
                self.bar.set_position(seen as u64);
            }
            Progress::Resolving => self.go_on("resolving entities and events"),
            Progress::Storing => self.go_on("writing the graph and the index"),
            Progress::Done => self.bar.finish_and_clear(),
        }
    }

    fn go_on(&self, what: &'static str) {
        set_style(&self.bar, LATER);
        self.bar.set_message(what);
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn set_style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_templates() {
        for template in [KNOWN, UNKNOWN, LATER] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
