//! `annals backup` and `annals diff`: a copy is the same store, and what differs is said.

use std::fs::File;

use crate::support::Sandbox;

#[test]
fn a_copy_answers_like_the_store() {
    let sandbox = Sandbox::with_news();
    let report = sandbox.annals(&["backup", "copy"]).exits(0).text();
    assert!(report.contains("journal segment"), "{report}");
    sandbox.annals(&["diff", ".annals", "copy"]).exits(0);
    let quads = ["export", "--format", "nq", "--location", "copy"];
    assert!(sandbox.annals(&quads).exits(0).text() == sandbox.quads());
    sandbox.annals(&["check", "--location", "copy"]).exits(0);
}

#[test]
fn a_store_can_be_copied_while_somebody_writes() {
    let sandbox = Sandbox::with_news();
    let lock = File::options()
        .read(true)
        .write(true)
        .open(sandbox.path(".annals/lock"))
        .unwrap();
    lock.lock().unwrap();
    let report = sandbox.annals(&["backup", "copy"]).exits(0).text();
    assert!(report.contains("derived when it is opened"), "{report}");
    lock.unlock().unwrap();
    let quads = ["export", "--format", "nq", "--location", "copy"];
    assert!(sandbox.annals(&quads).exits(0).text() == sandbox.quads());
}

#[test]
fn a_backup_overwrites_nothing_and_copies_no_damage() {
    let sandbox = Sandbox::with_news();
    sandbox.write("full/letter.txt", "dear");
    sandbox
        .annals(&["backup", "full"])
        .exits(2)
        .says("not empty");
    sandbox.write(".annals/journal/000001.jsonl.zst", "damaged");
    sandbox.annals(&["backup", "copy"]).exits(5).says("damaged");
    sandbox
        .annals(&["backup", "copy", "--location", "nowhere"])
        .exits(1)
        .says("no store");
}

#[test]
fn a_diff_shows_what_an_ingest_changed() {
    let sandbox = Sandbox::new();
    sandbox
        .annals(&["ingest", "examples/news/articles"])
        .exits(0);
    sandbox.annals(&["backup", "before"]).exits(0);
    sandbox.write(
        "note.txt",
        "Ferry sinks off Malta\n\nTwelve people are missing, rescuers said.\n",
    );
    sandbox.annals(&["ingest", "note.txt"]).exits(0);
    for old in ["before", ".annals@1"] {
        let report = sandbox.annals(&["diff", old, ".annals"]).exits(1).text();
        assert!(report.contains("0 documents removed, 1 added"), "{report}");
        let quads = sandbox
            .annals(&["diff", old, ".annals", "--quads"])
            .exits(1)
            .text();
        assert!(
            quads
                .lines()
                .any(|line| line.starts_with("+ ") && line.contains("Malta"))
        );
        let json = sandbox
            .annals(&["diff", old, ".annals", "--json"])
            .exits(1)
            .json();
        assert_eq!(json["added_documents"].as_array().unwrap().len(), 1);
    }
    let back = sandbox
        .annals(&["diff", ".annals", "before"])
        .exits(1)
        .text();
    assert!(back.contains("1 document removed, 0 added"), "{back}");
    sandbox
        .annals(&["diff", ".annals@9999-01-01", ".annals"])
        .exits(0);
    sandbox
        .annals(&["diff", ".annals@soon", ".annals"])
        .exits(2)
        .says("@SEGMENT");
}
