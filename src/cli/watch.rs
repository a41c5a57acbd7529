//! `annals watch`: reads what appears in folders.

mod changes;
mod wanted;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use clap::Args;
use notify::event::ModifyKind;
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use self::changes::Changes;
use self::wanted::Wanted;
use super::interrupt::Interrupt;
use super::session::location;
use super::{Failure, Globals, ingest, output};
use crate::counted::counted;
use crate::document::{self, Limits};
use crate::pipeline;
use crate::store::{Access, StoreError};

/// Read what is in folders now, then what appears or changes in them, until Ctrl-C
///
/// A file is read when it has not changed for some seconds, so that one which is still being written
/// is not read in half. Other commands can question the store at any time, and write between two
/// readings. Files that vanish stay in the store; annals forget takes them out. Hidden files, the
/// store itself, and files with an extension that no format has are passed over.
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
        if let Some(missing) = self.folders.iter().find(|folder| !folder.exists()) {
            let missing = missing.display();
            let what = format!("cannot watch {missing}: it does not exist");
            return Err(Failure::usage(what).hint("name folders that exist"));
        }
        let interrupt = Interrupt::listen()?;
        let (_watcher, events) = self.watcher()?;
        let wanted = Wanted::new(&self.folders, &location(globals));
        read(globals, &self.folders, &wanted, &interrupt)?;
        let settle = Duration::from_secs_f64(self.settle);
        let mut changes = Changes::default();
        while interrupt.flow().is_continue() {
            listen(&events, settle, &wanted, &mut changes)?;
            let settled = settled(&mut changes, settle, &wanted);
            if !settled.is_empty() && interrupt.flow().is_continue() {
                read(globals, &settled, &wanted, &interrupt)?;
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

/// Notes what changes for a moment: no longer than something needs to settle, and so short that Ctrl-C is
/// soon seen.
fn listen(
    events: &Events,
    settle: Duration,
    wanted: &Wanted,
    changes: &mut Changes,
) -> Result<(), Failure> {
    const MOMENT: Duration = Duration::from_millis(200);
    let end = Instant::now() + MOMENT.min(settle);
    loop {
        match events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(event) => note(&event.map_err(failed)?, wanted, changes),
            Err(RecvTimeoutError::Timeout) => return Ok(()),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::not_found("watching ended without a reason"));
            }
        }
        if Instant::now() >= end {
            return Ok(());
        }
    }
}

/// Notes the paths of an event that are not hidden. A folder counts when it is new or has a new name: what
/// changes in it later comes under its own name.
///
/// Where the system lost events, every watched folder is noted, and with it what is in it.
fn note(event: &notify::Event, wanted: &Wanted, changes: &mut Changes) {
    if event.need_rescan() {
        for folder in wanted.folders() {
            changes.note(folder.to_owned(), Instant::now());
        }
    }
    let (is_change, is_new) = match event.kind {
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => (true, true),
        EventKind::Modify(_) => (true, false),
        _ => (false, false),
    };
    let paths = event.paths.iter().filter(|_| is_change);
    for path in paths.filter_map(|path| wanted.named(path)) {
        if is_new || !path.is_dir() {
            changes.note(path, Instant::now());
        }
    }
}

/// Takes out the files that have not changed for a while and are to be read; none when there are none. A
/// new folder can hold files from before it was watched: they are noted when it has settled.
fn settled(changes: &mut Changes, settle: Duration, wanted: &Wanted) -> Vec<PathBuf> {
    let now = Instant::now();
    let (folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) = changes
        .take_settled(now, settle)
        .into_iter()
        .partition(|path| path.is_dir());
    let noted: HashSet<PathBuf> = files.iter().cloned().collect();
    for file in folders.iter().flat_map(|folder| wanted.files(folder)) {
        if !noted.contains(&file) {
            changes.come_across(file, now);
        }
    }
    files.retain(|file| wanted.is_news(file));
    files
}

/// Reads what is in some folders and files, the store itself left out, and says what came of it.
fn read(
    globals: &Globals,
    paths: &[PathBuf],
    wanted: &Wanted,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let mut store = loop {
        match pipeline::open(&location(globals), Access::Write) {
            // Somebody else writes, or reads something that takes long.
            Err(StoreError::Locked { .. } | StoreError::BeingRead)
                if interrupt.flow().is_continue() => {}
            other => break other?,
        }
    };
    // A file can hold many documents: the last path is remembered.
    let mut last = (String::new(), false);
    let documents = document::discover(paths, &Limits::default()).filter(move |found| {
        let path = match found {
            Ok(document) => &document.path,
            Err(refusal) => &refusal.path,
        };
        if last.0 != *path {
            last = (path.clone(), wanted.is_of_store(Path::new(path)));
        }
        !last.1
    });
    let report = match pipeline::ingest(&mut store, documents, &|_| interrupt.flow()) {
        // Whoever opens the store next derives what was read.
        Err(error @ StoreError::BeingRead) => {
            output::note(&format!("note: {error}; what was read is in the journal"));
            return Ok(());
        }
        done => done?,
    };
    for refusal in report.refusals.iter().filter(|_| !globals.quiet) {
        output::note(&format!("refused: {}", ingest::line(refusal)));
    }
    let counts = report.documents;
    output::write_text(&format!(
        "{} new, {} changed, {} unchanged, {} refused; {} in {:.2} s\n",
        counts.new,
        counts.changed,
        counts.unchanged,
        counts.refused,
        counted(report.events, "event"),
        report.seconds,
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_folders_is_looked_at_when_events_are_lost() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "words").unwrap();
        let wanted = Wanted::new(&[folder.path().to_owned()], &folder.path().join("store"));
        let mut changes = Changes::default();
        let lost = notify::Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        note(&lost, &wanted, &mut changes);
        assert_eq!(
            settled(&mut changes, Duration::ZERO, &wanted),
            Vec::<PathBuf>::new()
        );
        assert_eq!(settled(&mut changes, Duration::ZERO, &wanted), [file]);
    }
}
