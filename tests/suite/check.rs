//! `annals check`: damage is found wherever it is, and `annals rebuild` mends what can be mended.

use std::fs;

use proptest::test_runner::{RngAlgorithm, TestRng};
use rand_like::below;

use crate::support::Sandbox;

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

/// Every flipped byte is found, or changes nothing that anybody could see.
#[test]
fn no_flipped_byte_makes_an_answer_silently_wrong() {
    let sandbox = Sandbox::with_news();
    let (quads, timeline) = (sandbox.quads(), answer(&sandbox));
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let files: Vec<String> = sandbox
        .files(".annals")
        .into_iter()
        .filter(|file| fs::metadata(sandbox.path(file)).unwrap().len() > 0)
        .collect();
    let mut found = 0;
    for _ in 0..FLIPS {
        let file = sandbox.path(&files[below(&mut random, files.len())]);
        let whole = fs::read(&file).unwrap();
        let mut bytes = whole.clone();
        bytes[below(&mut random, whole.len())] ^= 1 << below(&mut random, 8);
        fs::write(&file, &bytes).unwrap();
        let check = sandbox.annals(&["check"]).without_panic();
        if check.code() == Some(0) {
            assert!(sandbox.quads() == quads, "{}", file.display());
            assert_eq!(answer(&sandbox), timeline, "{}", file.display());
        } else {
            assert!(matches!(check.code(), Some(1 | 5)), "{}", check.messages());
            found += 1;
        }
        // Opening may have mended or renamed things, so put back the whole store's own file.
        fs::write(&file, &whole).unwrap();
        if sandbox.annals(&["check"]).code() != Some(0) {
            sandbox.annals(&["rebuild"]).exits(0);
        }
    }
    assert!(found > 0, "no flip was found at all");
}

const FLIPS: usize = 24;

fn answer(sandbox: &Sandbox) -> String {
    sandbox.annals(&["timeline", "Palmyra"]).exits(0).text()
}

mod rand_like {
    use proptest::prelude::Rng;
    use proptest::test_runner::TestRng;

    /// A number below a bound.
    pub(super) fn below(random: &mut TestRng, bound: usize) -> usize {
        usize::try_from(random.next_u64() % bound as u64).unwrap()
    }
}
