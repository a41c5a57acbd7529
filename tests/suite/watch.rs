//! `annals watch` reads what appears, and Ctrl-C stops it and `annals ingest` cleanly.

use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::Sandbox;

const STORY: &str =
    "Ferry sinks off Malta\n\nTwelve people are missing, rescuers said on Monday.\n";

/// Waits until a search finds something; the store can be in use meanwhile.
fn wait_for(sandbox: &Sandbox, words: &str) {
    let start = Instant::now();
    while sandbox.annals(&["search", words]).code() != Some(0) {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{words:?} never came"
        );
        sleep(Duration::from_millis(50));
    }
}

fn interrupt(child: &Child) {
    let pid = child.id().to_string();
    let status = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(status.success());
}

#[test]
fn a_file_that_appears_is_read() {
    for extra in [&[] as &[&str], &["--poll", "0.1"]] {
        let sandbox = Sandbox::new();
        sandbox.write(
            "inbox/first.txt",
            "Tunnel opens in Bern\n\nTrains ran for the first time.\n",
        );
        let mut arguments = vec!["watch", "inbox", "--settle", "0.1"];
        arguments.extend(extra);
        let mut child = sandbox.process(&arguments).spawn().unwrap();
        wait_for(&sandbox, "tunnel");
        sandbox.write("inbox/later/second.txt", STORY);
        wait_for(&sandbox, "ferry");
        interrupt(&child);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn a_folder_that_is_not_there_cannot_be_watched() {
    let sandbox = Sandbox::new();
    sandbox
        .annals(&["watch", "nowhere"])
        .exits(1)
        .says("cannot watch")
        .says("hint:");
}

/// A standard input that never ends is read until Ctrl-C.
#[test]
fn an_interrupted_ingest_keeps_what_it_read() {
    let sandbox = Sandbox::new();
    for number in 0..3000 {
        let story =
            format!("Harbour report {number}\n\nShip number {number} left Malta on Monday.\n");
        sandbox.write(&format!("many/{number}.txt"), story);
    }
    let mut child = sandbox.process(&["ingest", "many"]).spawn().unwrap();
    let segment = sandbox.path(".annals/journal/000001.jsonl.zst");
    let start = Instant::now();
    while !segment.exists() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "nothing was acknowledged"
        );
        sleep(Duration::from_millis(1));
    }
    interrupt(&child);
    let code = child.wait().unwrap().code();
    assert!(matches!(code, Some(130 | 0)), "{code:?}");
    let held = sandbox
        .annals(&["stats", "--format", "json"])
        .exits(0)
        .json();
    assert!(held["documents"].as_u64().unwrap() >= 1000, "{held}");
    sandbox.annals(&["ingest", "many"]).exits(0);
    let held = sandbox
        .annals(&["stats", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(held["documents"], 3000);
}
