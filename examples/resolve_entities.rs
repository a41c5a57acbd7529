//! Reads files and folders, resolves the names in them and prints how long that alone took.
//!
//! ```sh
//! cargo run --release --no-default-features --example resolve_entities -- PATH…
//! ```

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use std::path::PathBuf;
use std::time::Instant;

use annals::document::{Limits, discover, read};
use annals::extract::{Tagger, extract};
use annals::id::DocumentId;
use annals::resolve::{Reading, resolve_entities};

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let tagger = Tagger::shipped();
    let mut readings: Vec<Reading> = discover(&paths, &Limits::default())
        .filter_map(|raw| {
            let raw = raw.ok()?;
            let document = read(&raw).ok()?;
            let extraction = extract(&document, tagger, &|_| false);
            Some(Reading {
                id: DocumentId::of_document(&document, "00000000"),
                document,
                sha256: String::new(),
                path: raw.path,
                replaces: None,
                is_current: true,
                extraction,
            })
        })
        .collect();
    readings.sort_by(|a, b| a.id.cmp(&b.id));
    for count in [10_000, 30_000, readings.len()] {
        let part = &readings[..count.min(readings.len())];
        let start = Instant::now();
        let entities = resolve_entities(part, &[]);
        println!(
            "{} documents, {} entities, {:.2} s",
            part.len(),
            entities.list().len(),
            start.elapsed().as_secs_f64()
        );
    }
}
