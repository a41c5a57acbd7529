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

/// What a watch of `.` says, from its start until a while after the last of some changes.
fn watched(sandbox: &Sandbox, location: &str, changes: &[(&str, &str, &str)]) -> (String, String) {
    let mut child = sandbox
        .process(&["watch", ".", "--settle", "0.2"])
        .env("ANNALS_LOCATION", location)
        .spawn()
        .unwrap();
    for (name, content, words) in changes {
        sandbox.write(name, content);
        let start = Instant::now();
        let search = || sandbox.annals_with(&[("ANNALS_LOCATION", location)], &["search", words]);
        while search().code() != Some(0) {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "{words:?} never came"
            );
            sleep(Duration::from_millis(50));
        }
    }
    sleep(Duration::from_secs(2));
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn a_watched_folder_can_hold_the_store() {
    for location in [".annals", "kept"] {
        let sandbox = Sandbox::new();
        std::fs::remove_dir_all(sandbox.path("examples")).unwrap();
        sandbox.write("first.txt", "Tunnel opens in Bern\n\nTrains ran at once.\n");
        let bridge = "Bridge falls in Lyon\n\nNobody was hurt.\n";
        let changes = [
            (
                "first.txt",
                "Tunnel opens in Bern\n\nTrains ran at once.\n",
                "tunnel",
            ),
            ("second.txt", STORY, "ferry"),
            ("second.txt", bridge, "bridge"),
            (".hidden/third.txt", STORY, "bridge"),
        ];
        let (said, noted) = watched(&sandbox, location, &changes);
        let counts: Vec<&str> = said
            .lines()
            .filter_map(|line| line.split_once(", 0 refused"))
            .map(|(counts, _)| counts)
            .filter(|counts| !counts.contains("1 unchanged"))
            .collect();
        let expected = [
            "1 new, 0 changed, 0 unchanged",
            "1 new, 0 changed, 0 unchanged",
            "0 new, 1 changed, 0 unchanged",
        ];
        assert_eq!(counts, expected, "{said}{noted}");
        assert!(said.lines().count() < 6, "{said}");
        assert!(!noted.contains("refused"), "{noted}");
    }
}

#[test]
fn a_file_is_read_while_others_go_on_appearing() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "inbox/first.txt",
        "Tunnel opens in Bern\n\nTrains ran at once.\n",
    );
    let mut child = sandbox
        .process(&["watch", "inbox", "--settle", "0.5"])
        .spawn()
        .unwrap();
    wait_for(&sandbox, "tunnel");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                if is_over.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                sandbox.write(&format!("inbox/{number}.txt"), STORY);
                sleep(Duration::from_millis(100));
            }
        });
        let start = Instant::now();
        let mut is_read = false;
        while !is_read && start.elapsed() < Duration::from_secs(60) {
            is_read = sandbox.annals(&["search", "ferry"]).code() == Some(0);
            sleep(Duration::from_millis(50));
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(is_read, "nothing is read while files appear");
    });
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_folder_that_is_not_there_cannot_be_watched() {
    let sandbox = Sandbox::new();
    sandbox
        .annals(&["watch", "nowhere"])
        .exits(2)
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
