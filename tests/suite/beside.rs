//! Processes that meet: one writes at a time, others read beside it, and nobody sees half of anything.
//!
//! A writer is held where a test wants it: by an input that does not end while it reads, by a reader that stays while
//! it is to change the graph and the index.

use std::fs::{self, File};
use std::io::Write;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{Outcome, Sandbox};

/// Documents that are acknowledged together.
const A_BATCH: usize = 1024;

const READERS: [&[&str]; 6] = [
    &["stats", "--format", "json"],
    &["timeline", "Palmyra", "--format", "json"],
    &["search", "Palmyra", "--format", "json"],
    &["show", "Palmyra", "--format", "json"],
    &["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
    &["export", "--format", "nq"],
];

/// Waits for something that another process does.
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(120), "{what}: never");
        sleep(Duration::from_millis(10));
    }
}

fn lock_file(sandbox: &Sandbox, name: &str) -> File {
    let mut options = File::options();
    let options = options.create(true).truncate(false).read(true).write(true);
    options
        .open(sandbox.path(&format!(".annals/{name}")))
        .unwrap()
}

fn segments(sandbox: &Sandbox) -> usize {
    let manifest = fs::read_to_string(sandbox.path(".annals/journal/manifest.jsonl"));
    manifest.unwrap_or_default().lines().count()
}

/// A writer that reads its standard input.
struct Writer {
    process: Child,
    input: ChildStdin,
}

impl Writer {
    /// Starts it and waits until it has the store.
    fn start(sandbox: &Sandbox) -> Self {
        let mut process = sandbox
            .process(&["ingest", "-", "--quiet"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let id = process.id().to_string();
        wait_until("a writer has the store", || {
            fs::read_to_string(sandbox.path(".annals/lock")).is_ok_and(|holder| holder == id)
        });
        Self { process, input }
    }

    /// Gives it documents and waits until a batch of them is acknowledged.
    fn read_a_batch(&mut self, sandbox: &Sandbox) {
        let before = segments(sandbox);
        for number in 0..A_BATCH {
            self.give(&number.to_string());
        }
        wait_until("a batch is acknowledged", || segments(sandbox) > before);
    }

    fn give(&mut self, name: &str) {
        let text = format!("Boat {name} reached Valletta on 3 May 2017.");
        let line = format!("{{\"id\": \"boat-{name}\", \"text\": \"{text}\"}}\n");
        self.input.write_all(line.as_bytes()).unwrap();
    }

    /// Gives it a last document, and lets it do the rest.
    fn end(mut self) {
        self.give("last");
        drop(self.input);
        let status = self.process.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

fn answers(sandbox: &Sandbox) -> Vec<Vec<u8>> {
    let answer = |command: &&[&str]| {
        let outcome = sandbox.annals(command).without_panic().exits(0);
        outcome.bytes().to_vec()
    };
    READERS.iter().map(answer).collect()
}

fn documents(sandbox: &Sandbox) -> usize {
    let stats = sandbox.annals(&["stats", "--format", "json"]).exits(0);
    stats.json()["documents"].as_u64().unwrap() as usize
}

#[test]
fn readers_answer_from_what_was_there_while_a_writer_reads() {
    let sandbox = Sandbox::with_news();
    let (expected, held) = (answers(&sandbox), documents(&sandbox));
    let mut writer = Writer::start(&sandbox);
    assert!(answers(&sandbox) == expected);
    let stats = sandbox.annals(&["stats"]).exits(0);
    assert_eq!(stats.messages(), "", "nothing is left out yet");

    writer.read_a_batch(&sandbox);
    assert!(answers(&sandbox) == expected);
    sandbox
        .annals(&["stats"])
        .exits(0)
        .says(&format!("newest {A_BATCH} records"))
        .says(&format!("process {} ", writer.process.id()));
    let quiet = sandbox.annals(&["stats", "--quiet"]).exits(0);
    assert_eq!(quiet.messages(), "");

    writer.end();
    assert_eq!(documents(&sandbox), held + A_BATCH + 1);
    sandbox.annals(&["check"]).exits(0);
}

#[test]
fn a_store_is_copied_and_checked_beside_a_writer() {
    let sandbox = Sandbox::with_news();
    let held = documents(&sandbox);
    let mut writer = Writer::start(&sandbox);
    writer.read_a_batch(&sandbox);
    sandbox.annals(&["check"]).exits(0).says("not derived yet");
    sandbox.annals(&["backup", "kept"]).exits(0);
    let of_copy = [("ANNALS_LOCATION", "kept")];
    let stats = sandbox.annals_with(&of_copy, &["stats", "--format", "json"]);
    assert_eq!(stats.exits(0).json()["documents"], held + A_BATCH);
    sandbox.annals_with(&of_copy, &["check"]).exits(0);
    writer.end();
}

/// The journal is cut by whoever writes next, and by nobody else.
#[test]
fn a_reader_leaves_the_end_of_a_journal_as_it_is() {
    let sandbox = Sandbox::with_news();
    let writer = Writer::start(&sandbox);
    let manifest = sandbox.path(".annals/journal/manifest.jsonl");
    let torn = fs::read(&manifest).unwrap();
    let torn = [torn.as_slice(), b"{\"segment\": 2, \"sha2"].concat();
    fs::write(&manifest, &torn).unwrap();
    answers(&sandbox);
    assert!(fs::read(&manifest).unwrap() == torn);
    sandbox.annals(&["check"]).exits(0);
    writer.end();
    assert_eq!(segments(&sandbox), 2);
    sandbox.annals(&["check"]).exits(0);
}

#[test]
fn what_a_killed_writer_read_is_derived_by_a_reader() {
    let sandbox = Sandbox::with_news();
    let held = documents(&sandbox);
    let mut writer = Writer::start(&sandbox);
    writer.read_a_batch(&sandbox);
    writer.process.kill().unwrap();
    writer.process.wait().unwrap();
    assert_eq!(documents(&sandbox), held + A_BATCH);
}

/// Somebody reads as long as it takes, and a writer has something to change.
#[test]
fn a_writer_waits_for_readers_and_lets_others_read_meanwhile() {
    let sandbox = Sandbox::with_news();
    sandbox.write(
        "more.txt",
        "Ferry sinks off Malta\n\nTwelve people are missing.\n",
    );
    let held = documents(&sandbox);
    let reader = lock_file(&sandbox, "lock.readers");
    for command in [&["ingest", "more.txt"] as &[&str], &["rebuild"]] {
        reader.lock_shared().unwrap();
        let before = segments(&sandbox);
        let mut writer = sandbox.process(command).spawn().unwrap();
        wait_until("the journal or an index is written", || {
            segments(&sandbox) > before || sandbox.path(".annals/index.new/meta.json").exists()
        });
        let seen = documents(&sandbox);
        sleep(Duration::from_secs(3));
        assert_eq!(documents(&sandbox), seen);
        assert!(writer.try_wait().unwrap().is_none(), "it waits");
        reader.unlock().unwrap();
        assert!(writer.wait().unwrap().success());
        assert_eq!(documents(&sandbox), held + 1);
        sandbox.annals(&["check"]).exits(0);
    }
    let files = sandbox.files(".annals");
    let is_left = |file: &&String| file.contains(".new") || file.contains(".old");
    assert_eq!(files.iter().find(is_left), None);
}

#[test]
fn a_reader_waits_for_a_change_and_says_for_whom() {
    let sandbox = Sandbox::with_news();
    let (writer, moment) = (
        lock_file(&sandbox, "lock"),
        lock_file(&sandbox, "lock.readers"),
    );
    writer.lock().unwrap();
    (&writer).write_all(b"4711").unwrap();
    moment.lock().unwrap();
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| sandbox.annals(&["stats"]));
        sleep(Duration::from_secs(3));
        assert!(!reader.is_finished());
        moment.unlock().unwrap();
        let outcome = reader.join().unwrap().exits(0);
        outcome.says("waiting for process 4711");
    });
    moment.lock().unwrap();
    let start = Instant::now();
    sandbox
        .annals(&["stats"])
        .exits(5)
        .says("in use by process 4711")
        .says("hint:");
    assert!(start.elapsed() > Duration::from_secs(5));
}

/// An answer from nothing would be a wrong one.
#[test]
fn a_reader_of_a_first_ingest_is_told_that_nothing_is_there_yet() {
    let sandbox = Sandbox::new();
    let mut writer = Writer::start(&sandbox);
    writer.read_a_batch(&sandbox);
    sandbox
        .annals(&["timeline", "Valletta"])
        .exits(5)
        .says(&format!("in use by process {}", writer.process.id()));
    writer.end();
    assert_eq!(documents(&sandbox), A_BATCH + 1);
}

/// A copy of a store keeps writers out, too.
#[test]
fn a_second_writer_is_refused() {
    let sandbox = Sandbox::with_news();
    let writer = lock_file(&sandbox, "lock");
    let writers: [&[&str]; 4] = [
        &["ingest", "examples/news"],
        &["forget", "wire-0001"],
        &["alias", "merge", "Palmyra", "Damascus"],
        &["rebuild"],
    ];
    for hold in [File::lock, File::lock_shared] {
        hold(&writer).unwrap();
        for command in writers {
            let outcome = sandbox.annals(command).without_panic();
            outcome.exits(5).says("in use").says("hint:");
        }
        assert!(answers(&sandbox).iter().all(|answer| !answer.is_empty()));
        writer.unlock().unwrap();
    }
    sandbox.annals(&["ingest", "examples/news"]).exits(3);
}

/// Of two real processes.
#[test]
fn of_two_writers_one_is_told_who_the_other_is() {
    let sandbox = Sandbox::new();
    let writer = Writer::start(&sandbox);
    let start = Instant::now();
    sandbox
        .annals(&["ingest", "examples/news/articles"])
        .exits(5)
        .says(&format!("in use by process {}", writer.process.id()))
        .says("hint:");
    assert!(start.elapsed() < Duration::from_secs(30));
    writer.end();
    sandbox
        .annals(&["ingest", "examples/news/articles"])
        .exits(0);
    assert_eq!(documents(&sandbox), 10);
}

#[test]
fn who_watches_and_has_nothing_to_read_keeps_nobody_out() {
    let sandbox = Sandbox::new();
    sandbox.write("inbox/first.txt", "Tunnel opens in Bern\n\nTrains ran.\n");
    let mut watch = sandbox.process(&["watch", "inbox"]).spawn().unwrap();
    wait_until("the folder is read", || {
        sandbox.annals(&["search", "tunnel"]).code() == Some(0)
    });
    // It has the store for a little longer than it takes to be seen.
    wait_until("another writes", || {
        sandbox.annals(&["ingest", "examples/news/articles"]).code() == Some(0)
    });
    assert_eq!(documents(&sandbox), 10);
    watch.kill().unwrap();
    watch.wait().unwrap();
}

/// Documents are written in pairs; who reads meanwhile sees both of a pair or neither. Readers follow each other
/// without a pause, and no writer is kept out by them.
#[test]
fn no_reader_sees_half_of_what_is_written() {
    let sandbox = Sandbox::new();
    let write = |n: usize| {
        let one = |part: &str| {
            format!(
                "{{\"id\": \"{n}{part}\", \"text\": \"Boat {n} of line {part} reached Valletta on 3 May 2017.\"}}\n"
            )
        };
        let path = format!("in/{n}.jsonl");
        sandbox.write(&path, one("a") + &one("b"));
        let ingest = sandbox.annals(&["ingest", &path, "--quiet"]);
        ingest.without_panic().exits(0);
    };
    write(0);
    let is_done = AtomicBool::new(false);
    let reads = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for reader in 0..3 {
            let (sandbox, is_done, reads) = (&sandbox, &is_done, &reads);
            scope.spawn(move || {
                while !is_done.load(Ordering::SeqCst) {
                    let command = [
                        &["stats", "--format", "json"] as &[&str],
                        &[
                            "search", "Valletta", "--kind", "document", "--format", "json",
                        ],
                        &["export", "--format", "nq"],
                    ][reader];
                    let outcome = sandbox.annals(command).without_panic().exits(0);
                    assert_eq!(told_of(reader, &outcome) % 2, 0);
                    reads.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        for n in 1..8 {
            write(n);
        }
        is_done.store(true, Ordering::SeqCst);
    });
    assert_eq!(documents(&sandbox), 16);
    assert!(reads.load(Ordering::SeqCst) > 3);
}

/// How many documents an answer of the reader of that number speaks of.
fn told_of(reader: usize, outcome: &Outcome) -> usize {
    match reader {
        0 => outcome.json()["documents"].as_u64().unwrap() as usize,
        1 => outcome.json().as_array().unwrap().len(),
        _ => {
            let text = outcome.text();
            let is_kind = |line: &&str| line.contains("#type> ") && line.contains("Document> ");
            text.lines().filter(is_kind).count()
        }
    }
}

#[test]
fn many_readers_read_together() {
    let sandbox = Sandbox::with_news();
    let expected = sandbox.quads();
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(|| sandbox.quads())).collect();
        for reader in readers {
            assert!(reader.join().unwrap() == expected);
        }
    });
}

/// Lets nobody write in the store, or its owner again; returns whether nobody can.
#[cfg(unix)]
fn let_write(sandbox: &Sandbox, is_allowed: bool) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let bits = if is_allowed { 0o700 } else { 0o500 };
    let files = sandbox.files(".annals").into_iter();
    let folders = [
        ".annals",
        ".annals/journal",
        ".annals/index",
        ".annals/graph",
    ];
    for path in files.chain(folders.map(str::to_owned)) {
        // A graph is not always there.
        let _ = fs::set_permissions(sandbox.path(&path), fs::Permissions::from_mode(bits));
    }
    File::create(sandbox.path(".annals/probe")).is_err()
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_is_read() {
    let sandbox = Sandbox::with_news();
    let expected = answers(&sandbox);
    let mut writer = Writer::start(&sandbox);
    writer.read_a_batch(&sandbox);
    writer.process.kill().unwrap();
    writer.process.wait().unwrap();
    // Permissions do not bind the superuser, as whom tests run in many containers.
    if let_write(&sandbox, false) {
        assert!(answers(&sandbox) == expected);
        let stats = sandbox.annals(&["stats"]).exits(0);
        stats.says("the next command that can write the store");
        sandbox.annals(&["check"]).exits(0);
        for lock in ["lock", "lock.turn", "lock.readers"] {
            let_write(&sandbox, true);
            fs::remove_file(sandbox.path(&format!(".annals/{lock}"))).unwrap();
            let_write(&sandbox, false);
            assert!(answers(&sandbox) == expected);
        }
    }
    let_write(&sandbox, true);
}
