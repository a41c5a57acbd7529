//! A store that lost or changed bytes: what is derived is derived again, and a damaged journal is
//! never passed over.

use std::fs;

use crate::support::{Random, Sandbox};

#[test]
fn a_lost_index_or_graph_is_derived_again() {
    let sandbox = Sandbox::with_news();
    let quads = sandbox.quads();
    let timeline = sandbox.annals(&["timeline", "Palmyra"]).exits(0).text();
    for lost in [&["index"] as &[&str], &["graph"], &["index", "graph"]] {
        for part in lost {
            // A build without RocksDB has no such folder.
            let _ = fs::remove_dir_all(sandbox.path(".annals").join(part));
        }
        assert_eq!(
            sandbox.annals(&["timeline", "Palmyra"]).exits(0).text(),
            timeline,
            "{lost:?}"
        );
        assert!(sandbox.quads() == quads, "{lost:?}");
    }
}

#[test]
fn a_lost_index_is_healed_by_the_next_ingest_too() {
    let sandbox = Sandbox::with_news();
    let quads = sandbox.quads();
    fs::remove_dir_all(sandbox.path(".annals/index")).unwrap();
    sandbox
        .annals(&["ingest", "examples/news", "--quiet"])
        .exits(3);
    assert!(sandbox.quads() == quads);
    sandbox.annals(&["search", "Palmyra"]).exits(0);
}

/// Flips one bit in the middle of a file.
fn flip(sandbox: &Sandbox, name: &str) {
    let path = sandbox.path(name);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

const SEGMENT: &str = ".annals/journal/000001.jsonl.zst";

#[test]
fn a_flipped_bit_in_the_journal_is_an_error() {
    let sandbox = Sandbox::with_news();
    flip(&sandbox, SEGMENT);
    for command in [
        &["ingest", "examples/news"] as &[&str],
        &["forget", "wire-0001"],
        &["rebuild"],
    ] {
        sandbox
            .annals(command)
            .without_panic()
            .exits(5)
            .says("damaged")
            .says("hint:");
    }
    flip(&sandbox, SEGMENT);
    sandbox.annals(&["ingest", "examples/news"]).exits(3);
}

#[test]
fn a_damaged_journal_is_noticed_when_the_graph_has_to_be_derived() {
    let sandbox = Sandbox::with_news();
    flip(&sandbox, SEGMENT);
    fs::remove_dir_all(sandbox.path(".annals/index")).unwrap();
    sandbox
        .annals(&["timeline", "Palmyra"])
        .without_panic()
        .exits(5)
        .says("damaged");
}

#[test]
fn validate_notices_a_damaged_journal() {
    let sandbox = Sandbox::with_news();
    flip(&sandbox, SEGMENT);
    sandbox
        .annals(&["validate"])
        .without_panic()
        .exits(5)
        .says("damaged");
}

#[test]
fn a_failed_rebuild_leaves_what_was_there() {
    let sandbox = Sandbox::with_news();
    flip(&sandbox, SEGMENT);
    sandbox.annals(&["rebuild"]).exits(5);
    sandbox.annals(&["timeline", "Palmyra"]).exits(0);
}

#[test]
fn a_lost_or_cut_segment_is_an_error() {
    let sandbox = Sandbox::with_news();
    let segment = fs::read(sandbox.path(SEGMENT)).unwrap();
    fs::remove_file(sandbox.path(SEGMENT)).unwrap();
    sandbox
        .annals(&["ingest", "examples/news"])
        .without_panic()
        .exits(5)
        .says("000001");
    sandbox.write(SEGMENT, &segment[..segment.len() / 2]);
    sandbox
        .annals(&["ingest", "examples/news"])
        .without_panic()
        .exits(5)
        .says("damaged");
    sandbox.write(SEGMENT, &segment);
    sandbox.annals(&["ingest", "examples/news"]).exits(3);
}

#[test]
fn a_changed_manifest_is_an_error() {
    let sandbox = Sandbox::with_news();
    let manifest = ".annals/journal/manifest.jsonl";
    let line = fs::read(sandbox.path(manifest)).unwrap();
    sandbox.write(manifest, "{\"segment\": 7}\n");
    sandbox
        .annals(&["stats"])
        .without_panic()
        .exits(5)
        .says("manifest");
    sandbox.write(manifest, line);
    sandbox.annals(&["stats"]).exits(0);
}

/// A manifest may lose its last lines without looking damaged; what was derived from them tells.
#[test]
fn a_journal_that_lost_its_end_is_noticed() {
    let sandbox = Sandbox::new();
    for part in ["articles", "news"] {
        let folder = format!("examples/news/{part}");
        sandbox.annals(&["ingest", &folder, "--quiet"]);
    }
    let manifest = ".annals/journal/manifest.jsonl";
    let whole = fs::read(sandbox.path(manifest)).unwrap();
    let first_line = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    assert!(first_line < whole.len(), "two segments are there");
    for kept in [0, first_line - 1, first_line, whole.len() - 1] {
        sandbox.write(manifest, &whole[..kept]);
        for command in [
            &["stats"] as &[&str],
            &["ingest", "examples/news"],
            &["timeline", "x"],
        ] {
            sandbox
                .annals(command)
                .without_panic()
                .exits(5)
                .says("was acknowledged")
                .says("hint:");
        }
        let check = sandbox.annals(&["check"]).without_panic().exits(5);
        assert!(
            check.text().contains("was acknowledged"),
            "{}",
            check.text()
        );
    }
    sandbox.write(manifest, &whole[..first_line]);
    sandbox.annals(&["rebuild"]).exits(0);
    sandbox.annals(&["check"]).exits(0);
}

/// Pages of zeros, as a loss of power leaves them, make no hole that is passed over: what is read is all
/// or an error.
#[test]
fn a_journal_with_zeroed_bytes_is_an_error() {
    let sandbox = Sandbox::with_news();
    let mut random = Random::default();
    let files = sandbox.files(".annals/journal");
    // An outline is made again from its segment.
    for file in files.into_iter().filter(|file| !file.contains("outline")) {
        let whole = fs::read(sandbox.path(&file)).unwrap();
        for _ in 0..10 {
            let from = random.below(whole.len());
            let mut bytes = whole.clone();
            let length = [64, 4096][random.below(2)].min(bytes.len() - from);
            bytes[from..from + length].fill(0);
            sandbox.write(&file, &bytes);
            let check = sandbox.annals(&["check"]).without_panic();
            assert_eq!(
                check.code(),
                Some(5),
                "{file} from {from}: {}",
                check.messages()
            );
        }
        sandbox.write(&file, &whole);
    }
    sandbox.annals(&["check"]).exits(0);
}

#[test]
fn damaged_settings_are_explained() {
    let sandbox = Sandbox::with_news();
    for settings in [
        "",
        "format = 99\nbase = \"https://x.example/\"\n",
        "format = 2\nbase = \"no iri\"\n",
        "\u{0}",
    ] {
        sandbox.write(".annals/annals.toml", settings);
        sandbox
            .annals(&["stats"])
            .without_panic()
            .exits(1)
            .says("annals.toml");
    }
}

#[test]
fn damaged_derived_files_are_an_error_that_rebuild_mends() {
    let sandbox = Sandbox::with_news();
    let quads = sandbox.quads();
    for part in ["index", "graph"] {
        let folder = format!(".annals/{part}");
        if !sandbox.path(&folder).exists() {
            continue;
        }
        for file in sandbox.files(&folder) {
            if !file.ends_with(".lock") && !file.ends_with("LOCK") {
                sandbox.write(&file, "damaged");
            }
        }
        let reading: &[&str] = match part {
            "index" => &["search", "Palmyra"],
            _ => &["export"],
        };
        sandbox
            .annals(reading)
            .without_panic()
            .exits(5)
            .says("rebuild");
        sandbox.annals(&["rebuild"]).without_panic().exits(0);
        assert!(sandbox.quads() == quads, "{part}");
    }
}
