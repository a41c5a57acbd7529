//! Processes that die and processes that meet: nothing acknowledged is lost, and one writes at a
//! time.

use std::fs::File;
use std::io::Write;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::Sandbox;

/// Moments at which an ingest is killed, in milliseconds: some before its store exists, some while
/// journal, graph and index are written, the last often after its end.
const MOMENTS: [u64; 8] = [3, 20, 60, 120, 200, 300, 450, 700];

#[test]
fn a_killed_ingest_is_finished_by_the_next() {
    let expected = Sandbox::with_news().quads();
    for moment in MOMENTS {
        let sandbox = Sandbox::new();
        kill_ingest_after(&sandbox, moment);
        let stats = sandbox
            .annals(&["stats", "--format", "json"])
            .without_panic();
        match stats.code() {
            Some(0) => assert!(stats.json()["quads"].is_u64()),
            Some(1) => drop(stats.says("no store")),
            code => panic!(
                "stats exits with {code:?} after {moment} ms: {}",
                stats.messages()
            ),
        }
        sandbox
            .annals(&["ingest", "examples/news", "--quiet"])
            .without_panic()
            .exits(3);
        assert!(sandbox.quads() == expected, "killed after {moment} ms");
        sandbox.annals(&["timeline", "Palmyra"]).exits(0);
    }
}

#[test]
fn one_store_survives_many_deaths() {
    let expected = Sandbox::with_news().quads();
    let sandbox = Sandbox::new();
    sandbox
        .annals(&["ingest", "examples/news/articles"])
        .exits(0);
    for moment in MOMENTS {
        kill_ingest_after(&sandbox, moment);
        let held = sandbox
            .annals(&["stats", "--format", "json"])
            .without_panic()
            .exits(0)
            .json();
        assert!(
            held["documents"].as_u64().unwrap() >= 9,
            "what was acknowledged stays: {held}"
        );
    }
    sandbox
        .annals(&["ingest", "examples/news", "--quiet"])
        .exits(3);
    assert!(sandbox.quads() == expected);
}

fn kill_ingest_after(sandbox: &Sandbox, milliseconds: u64) {
    let mut child = sandbox
        .process(&["ingest", "examples/news", "--quiet"])
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(milliseconds));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_second_writer_is_refused_and_readers_wait_for_none() {
    let sandbox = Sandbox::with_news();
    let lock = File::options()
        .read(true)
        .write(true)
        .open(sandbox.path(".annals/lock"))
        .unwrap();
    lock.lock().unwrap();
    for command in [
        &["ingest", "examples/news"] as &[&str],
        &["forget", "wire-0001"],
        &["rebuild"],
        &["stats"],
    ] {
        sandbox
            .annals(command)
            .without_panic()
            .exits(5)
            .says("in use")
            .says("hint:");
    }
    lock.unlock().unwrap();
    lock.lock_shared().unwrap();
    sandbox.annals(&["stats"]).exits(0);
    sandbox.annals(&["timeline", "Palmyra"]).exits(0);
    sandbox
        .annals(&["ingest", "examples/news"])
        .exits(5)
        .says("in use");
    lock.unlock().unwrap();
    sandbox.annals(&["ingest", "examples/news"]).exits(3);
}

/// A real second process, and one that waits for its input holds the store for as long.
#[test]
fn of_two_writers_one_is_told_who_the_other_is() {
    let sandbox = Sandbox::new();
    let ingest = ["ingest", "-", "--quiet"];
    let mut first = sandbox
        .process(&ingest)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = first.stdin.take().unwrap();
    while !sandbox.path(".annals/journal").exists() {
        sleep(Duration::from_millis(10));
    }
    let start = Instant::now();
    sandbox
        .annals(&["ingest", "examples/news/articles"])
        .exits(5)
        .says(&format!("in use by process {}", first.id()))
        .says("hint:");
    assert!(start.elapsed() < Duration::from_secs(30));
    input
        .write_all(b"{\"text\": \"Angela Merkel visited Paris on 3 May 2017.\"}\n")
        .unwrap();
    drop(input);
    assert!(first.wait().unwrap().success());
    sandbox
        .annals(&["ingest", "examples/news/articles"])
        .exits(0);
    let stats = sandbox.annals(&["stats", "--format", "json"]).exits(0);
    assert_eq!(stats.json()["documents"], 10);
}

/// Documents are written in pairs; who reads meanwhile sees both of a pair or neither, or is told to wait.
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
        sandbox
            .annals(&["ingest", &path, "--quiet"])
            .without_panic()
    };
    write(0).exits(0);
    let is_done = AtomicBool::new(false);
    let reads = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for reader in 0..3 {
            let (sandbox, is_done, reads) = (&sandbox, &is_done, &reads);
            scope.spawn(move || {
                while !is_done.load(Ordering::SeqCst) {
                    let command = [
                        &["stats", "--format", "json"] as &[&str],
                        &["timeline", "Valletta", "--format", "json"],
                        &["export", "--format", "nq"],
                    ][reader];
                    let outcome = sandbox.annals(command).without_panic();
                    match outcome.code() {
                        Some(5) => drop(outcome.says("in use")),
                        _ => assert_eq!(pairs(reader, &outcome.exits(0)) % 2, 0),
                    }
                    reads.fetch_add(1, Ordering::SeqCst);
                    // Readers without a pause would hold the store among them for good.
                    sleep(Duration::from_millis(200));
                }
            });
        }
        for n in 1..8 {
            // A writer waits a second for its turn; where readers leave none, it says so.
            while write(n).code() != Some(0) {}
        }
        is_done.store(true, Ordering::SeqCst);
    });
    let stats = sandbox.annals(&["stats", "--format", "json"]).exits(0);
    assert_eq!(stats.json()["documents"], 16);
    assert!(reads.load(Ordering::SeqCst) > 3);
}

/// How many documents an answer of the reader of that number speaks of.
fn pairs(reader: usize, outcome: &crate::support::Outcome) -> usize {
    match reader {
        0 => outcome.json()["documents"].as_u64().unwrap() as usize,
        // A timeline may leave documents out; that it is read at all is what counts.
        1 => 0,
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

/// The first moments of a store are the ones in which it has least to show for itself.
#[test]
fn a_store_killed_at_its_birth_can_be_made_again() {
    for millisecond in 0..20 {
        let sandbox = Sandbox::new();
        kill_ingest_after(&sandbox, millisecond);
        sandbox
            .annals(&["ingest", "examples/news/articles"])
            .exits(0);
    }
}
