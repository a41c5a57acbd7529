//! `annals watch`: reads what appears in folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use clap::Args;
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::interrupt::Interrupt;
use super::session::location;
use super::{Failure, Globals, ingest, output};
use crate::document::{self, Limits};
use crate::pipeline;
use crate::store::{Access, StoreError};

/// Read what is in folders now, then what appears or changes in them, until Ctrl-C
///
/// A file is read when it has not changed for some seconds, so that one which is still being written
/// is not read in half. The store is free for other commands between two readings. Files that
/// vanish stay in the store; annals forget takes them out.
#[derive(Debug, Args)]
pub(super) struct Watch {
    /// Folders, watched with what is in them
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// How long a file has to be left alone before it is read
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, value_parser = seconds)]
    settle: f64,
    /// Look for changes every so many seconds instead of asking the system, as network folders need
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    poll: Option<f64>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let value: f64 = text
        .parse()
        .map_err(|_| format!("{text:?} is not a number"))?;
    match value {
        0.01..=86_400.0 => Ok(value),
        _ => Err("want between 0.01 and 86400 seconds".to_owned()),
    }
}

type Events = Receiver<notify::Result<notify::Event>>;

impl Watch {
    pub(super) fn execute(self, globals: &Globals) -> Result<ExitCode, Failure> {
        let interrupt = Interrupt::listen()?;
        let (_watcher, events) = self.watcher()?;
        read(globals, &self.folders, &interrupt)?;
        let settle = Duration::from_secs_f64(self.settle);
        while interrupt.flow().is_continue() {
            let changed = settled(&events, settle, &interrupt)?;
            if !changed.is_empty() && interrupt.flow().is_continue() {
                read(globals, &changed, &interrupt)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Watches before anything is read, so that nothing falls between.
    fn watcher(&self) -> Result<(Box<dyn Watcher>, Events), Failure> {
        let (sender, events) = channel();
        let mut watcher: Box<dyn Watcher> = match self.poll {
            Some(every) => {
                let config = Config::default().with_poll_interval(Duration::from_secs_f64(every));
                Box::new(PollWatcher::new(sender, config).map_err(failed)?)
            }
            None => Box::new(RecommendedWatcher::new(sender, Config::default()).map_err(failed)?),
        };
        for folder in &self.folders {
            watcher
                .watch(folder, RecursiveMode::Recursive)
                .map_err(failed)?;
        }
        Ok((watcher, events))
    }
}

fn failed(error: notify::Error) -> Failure {
    let paths: Vec<_> = error
        .paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    Failure::not_found(format!("cannot watch {}: {error}", paths.join(", ")))
        .hint("name folders that exist; on a network folder, try --poll 10")
}

/// Waits for changes and then until there have been none for a while; at most some seconds without
/// any, so that Ctrl-C is seen.
fn settled(
    events: &Events,
    settle: Duration,
    interrupt: &Interrupt,
) -> Result<Vec<PathBuf>, Failure> {
    /// How often Ctrl-C is looked for.
    const PATIENCE: Duration = Duration::from_millis(200);
    let mut changed = BTreeSet::new();
    let mut last = Instant::now();
    while interrupt.flow().is_continue() {
        match events.recv_timeout(PATIENCE.min(settle)) {
            Ok(event) => {
                let event = event.map_err(failed)?;
                if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_)) {
                    changed.extend(event.paths);
                    last = Instant::now();
                }
            }
            Err(RecvTimeoutError::Timeout) if !changed.is_empty() && last.elapsed() >= settle => {
                break;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::not_found("watching ended without a reason"));
            }
        }
    }
    Ok(changed.into_iter().filter(|path| is_wanted(path)).collect())
}

/// Files and folders that are there; hidden ones are mostly half-written copies. A new folder can
/// hold files from before it was watched.
fn is_wanted(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    path.exists() && name.is_some_and(|name| !name.starts_with('.') && !name.ends_with('~'))
}

fn read(globals: &Globals, paths: &[PathBuf], interrupt: &Interrupt) -> Result<(), Failure> {
    let mut store = loop {
        match pipeline::open(&location(globals), Access::Write) {
            // Somebody asks the store something that takes long.
            Err(StoreError::Locked { .. }) if interrupt.flow().is_continue() => {}
            other => break other?,
        }
    };
    let documents = document::discover(paths, &Limits::default());
    let report = pipeline::ingest(&mut store, documents, &|_| interrupt.flow())?;
    for refusal in report.refusals.iter().filter(|_| !globals.quiet) {
        output::note(&format!("refused: {}", ingest::line(refusal)));
    }
    let counts = report.documents;
    output::write_text(&format!(
        "{} new, {} changed, {} unchanged, {} refused; {} events in {:.2} s\n",
        counts.new, counts.changed, counts.unchanged, counts.refused, report.events, report.seconds,
    ))?;
    Ok(())
}
