//! Prints how long resolution takes for growing parts of a set of documents.
//!
//! `resolve_curve FOLDER SIZE…` reads and extracts the documents under FOLDER once, then resolves the
//! first SIZE of them, for each SIZE, and prints documents, events and seconds.

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use std::time::Instant;

use annals::document::{Limits, discover, read};
use annals::extract::{Tagger, extract};
use annals::id::DocumentId;
use annals::resolve::{Reading, resolve};
use rayon::prelude::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder: std::path::PathBuf = arguments.next().unwrap_or_default().into();
    let sizes: Vec<usize> = arguments.filter_map(|size| size.parse().ok()).collect();
    let found = discover(&[folder], &Limits::default());
    let documents: Vec<_> = found.filter_map(Result::ok).collect();
    let tagger = Tagger::shipped();
    let mut readings: Vec<Reading> = documents
        .par_iter()
        .filter_map(|raw| {
            let document = read(raw).ok()?;
            let sha256 = format!("{:064}", raw.content.len());
            let extraction = extract(&document, tagger, &|_| false);
            Some(Reading {
                id: DocumentId::of_document(&document, &sha256),
                document,
                sha256,
                path: raw.path.clone(),
                replaces: None,
                is_current: true,
                extraction,
            })
        })
        .collect();
    readings.sort_by(|a, b| a.id.cmp(&b.id));
    readings.dedup_by(|a, b| a.id == b.id);
    println!("{} documents read", readings.len());
    for size in sizes {
        let part = &readings[..size.min(readings.len())];
        let start = Instant::now();
        let resolution = resolve(part, &[]);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{} documents, {} events: {seconds:.2} s",
            part.len(),
            resolution.events.len()
        );
    }
}
