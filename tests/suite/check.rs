//! `annals check`: damage is found wherever it is, and `annals rebuild` mends what can be mended.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{Random, Sandbox, copy, number_of};

#[test]
fn a_whole_store_is_found_whole() {
    let sandbox = Sandbox::with_news();
    let report = sandbox.annals(&["check"]).exits(0).text();
    assert!(report.contains("whole"), "{report}");
    let found = sandbox
        .annals(&["check", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(found, serde_json::json!([]));
}

#[test]
fn a_store_that_is_not_there_is_not_checked() {
    Sandbox::new().annals(&["check"]).exits(1).says("no store");
}

/// A store whose ingest of a second file died when that was acknowledged, before it was derived.
fn broken_off() -> Sandbox {
    let sandbox = Sandbox::new();
    let derived = ["index", "graph", "graph.prints"];
    let derived = derived.map(|part| format!(".annals/{part}"));
    sandbox.write("first.txt", "Angela Merkel visited Paris on 3 May 2017.\n");
    sandbox.annals(&["ingest", "first.txt"]).exits(0);
    let parts = derived.iter().filter(|part| sandbox.path(part).exists());
    let parts: Vec<_> = parts.collect();
    for part in &parts {
        copy(&sandbox.path(part), &sandbox.path(&format!("kept/{part}")));
    }
    sandbox.write("second.txt", "Boris Johnson visited Rome on 4 May 2017.\n");
    sandbox.annals(&["ingest", "second.txt"]).exits(0);
    for part in &parts {
        fs::remove_dir_all(sandbox.path(part)).unwrap();
        copy(&sandbox.path(&format!("kept/{part}")), &sandbox.path(part));
    }
    sandbox
}

#[test]
fn what_is_not_derived_yet_is_no_damage() {
    let sandbox = broken_off();
    let check = || sandbox.annals(&["check", "--format", "json"]);
    let report = check().exits(0).says("1 of 2 segments");
    assert_eq!(report.json(), serde_json::json!([]));
    let report = sandbox.annals(&["check"]).exits(0).text();
    assert!(report.contains("as far as"), "{report}");
    sandbox.annals(&["show", "Boris Johnson"]).exits(0);
    let report = check().exits(0);
    assert!(!report.messages().contains("segments"));
    assert_eq!(report.json(), serde_json::json!([]));
}

#[test]
fn damage_is_found_also_where_something_is_not_derived_yet() {
    let flip = |file: &Path| {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(file, bytes).unwrap();
    };
    let sandbox = broken_off();
    flip(&sandbox.path(".annals/journal/000002.jsonl.zst"));
    sandbox.annals(&["check"]).exits(5).says("backup");
    let sandbox = broken_off();
    let files = sandbox.files(".annals/index");
    let store = files.iter().find(|file| file.ends_with(".store")).unwrap();
    flip(&sandbox.path(store));
    sandbox.annals(&["check"]).exits(5).says("rebuild");
}

#[test]
fn a_damaged_index_hides_no_damage_of_the_journal() {
    let sandbox = Sandbox::with_news();
    let segment = sandbox.path(".annals/journal/000001.jsonl.zst");
    let whole = fs::read(&segment).unwrap();
    sandbox.write(".annals/index/meta.json", "damaged");
    sandbox.annals(&["check"]).exits(5).says("rebuild");
    sandbox.annals(&["stats"]).exits(5).says("annals check");
    fs::write(&segment, &whole[..whole.len() / 2]).unwrap();
    let check = sandbox.annals(&["check"]).exits(5).says("backup");
    for part in ["journal:", "index:"] {
        assert!(check.text().contains(part), "{}", check.text());
    }
    assert!(!check.messages().contains("whole"), "{}", check.messages());
}

/// How long bytes are flipped where `ANNALS_FLIPS` does not say how often, and how often at least.
const FLIPPING: Duration = Duration::from_secs(20);
const LEAST_FLIPS: usize = 24;

/// Every flipped byte is found, or changes nothing that anybody could see.
#[test]
#[expect(clippy::print_stdout, reason = "a long run reports what it did")]
fn no_flipped_byte_makes_an_answer_silently_wrong() {
    let asked = number_of("ANNALS_FLIPS");
    let sandbox = Sandbox::with_news();
    let (quads, timeline) = (sandbox.quads(), answer(&sandbox));
    let mut random = Random::default();
    let (mut flips, mut found, mut slowest) = (0, 0, Duration::ZERO);
    let start = Instant::now();
    let is_enough = |flips| match asked {
        Some(asked) => flips >= asked,
        None => flips >= LEAST_FLIPS && start.elapsed() > FLIPPING,
    };
    while !is_enough(flips) {
        // Files come and go with every rebuild.
        let mut files = sandbox.files(".annals");
        files.retain(|file| fs::metadata(sandbox.path(file)).unwrap().len() > 0);
        let file = sandbox.path(&files[random.below(files.len())]);
        let whole = fs::read(&file).unwrap();
        let mut bytes = whole.clone();
        bytes[random.below(whole.len())] ^= 1 << random.below(8);
        fs::write(&file, &bytes).unwrap();
        let before = Instant::now();
        let check = sandbox.annals(&["check"]).without_panic();
        slowest = slowest.max(before.elapsed());
        if check.code() == Some(0) {
            assert!(sandbox.quads() == quads, "{}", file.display());
            assert_eq!(answer(&sandbox), timeline, "{}", file.display());
        } else {
            assert!(matches!(check.code(), Some(1 | 5)), "{}", check.messages());
            found += 1;
        }
        flips += 1;
        // Opening may have mended or renamed things, so put back the whole store's own file.
        fs::write(&file, &whole).unwrap();
        if sandbox.annals(&["check"]).code() != Some(0) {
            sandbox.annals(&["rebuild"]).exits(0);
        }
    }
    assert!(sandbox.quads() == quads);
    assert!(found > 0, "no flip was found at all");
    println!(
        "{flips} flips, {found} found, the others change nothing; the slowest check took {slowest:?}"
    );
}

fn answer(sandbox: &Sandbox) -> String {
    sandbox.annals(&["timeline", "Palmyra"]).exits(0).text()
}
