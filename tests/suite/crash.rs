//! Processes that die: nothing acknowledged is lost.

use std::thread::sleep;
use std::time::Duration;

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
