//! The same documents give the same graph, byte by byte: in whatever order, in however many runs,
//! on however many threads.

use crate::support::Sandbox;

/// Every file of the examples that may be a document, by its path.
fn files(sandbox: &Sandbox) -> Vec<String> {
    sandbox.files("examples/news")
}

/// Moves every path somewhere else, the same way each time: steps of a number that shares no
/// divisor with the count.
fn shuffled(paths: Vec<String>) -> Vec<String> {
    let count = paths.len();
    let step = (count / 3..)
        .find(|step| (2..=*step).all(|d| !step.is_multiple_of(d) || !count.is_multiple_of(d)))
        .unwrap();
    (0..count)
        .map(|place| paths[(place * step + 11) % count].clone())
        .collect()
}

fn ingest(sandbox: &Sandbox, paths: &[String]) {
    let mut arguments = vec!["ingest", "--quiet"];
    arguments.extend(paths.iter().map(String::as_str));
    let code = sandbox.annals(&arguments).code();
    assert!(matches!(code, Some(0 | 3)), "{code:?}");
}

#[test]
fn the_order_of_files_does_not_matter() {
    let forward = Sandbox::new();
    let backward = Sandbox::new();
    let mut paths = files(&forward);
    ingest(&forward, &paths);
    paths.reverse();
    ingest(&backward, &paths);
    assert!(forward.quads() == backward.quads());
    ingest(&forward, &["examples/news".to_owned()]);
    assert!(forward.quads() == backward.quads());
}

#[test]
fn one_run_for_each_file_gives_what_one_run_for_all_gives() {
    let whole = Sandbox::with_news();
    let pieces = Sandbox::new();
    for path in shuffled(files(&pieces)) {
        ingest(&pieces, &[path]);
    }
    assert!(whole.quads() == pieces.quads());
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let exports = ["1", "2", "7"].map(|threads| {
        let sandbox = Sandbox::new();
        let variables = [("RAYON_NUM_THREADS", threads)];
        sandbox
            .annals_with(&variables, &["ingest", "examples/news"])
            .exits(3);
        sandbox.annals_with(&variables, &["export"]).exits(0).text()
    });
    assert!(exports[0] == exports[1] && exports[1] == exports[2]);
}

#[test]
fn answers_are_the_same_every_time() {
    let sandbox = Sandbox::with_news();
    let again = Sandbox::with_news();
    let commands: [&[&str]; 7] = [
        &["timeline", "Palmyra", "--format", "json"],
        &[
            "timeline",
            "Syria",
            "--rank",
            "relevance",
            "--format",
            "svg",
        ],
        &["search", "Putin", "--format", "json"],
        &["show", "Vladimir Putin", "--format", "json"],
        &["export", "--format", "jsonld"],
        &["export", "--format", "svg"],
        &["query", "--saved", "most-reported"],
    ];
    for command in commands {
        let first = sandbox.annals(command).exits(0);
        assert!(
            first.bytes() == sandbox.annals(command).bytes(),
            "{command:?}"
        );
        assert!(
            first.bytes() == again.annals(command).bytes(),
            "{command:?} on another store"
        );
    }
}
