//! Reads files and folders and prints what is in them, and how fast: a check of the readers against a
//! collection whose numbers are known.
//!
//! ```sh
//! cargo run --release --no-default-features --example read_counts -- PATH…
//! ```

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use annals::document::{
    Document, DocumentKind, Limits, RawDocument, Refusal, SourceRole, VersionStatus, discover, read,
};

/// Pages read at least, so that the speed means something.
const TIMED_PAGES: usize = 5000;

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let verbose = std::env::var_os("VERBOSE").is_some();
    let (mut raws, mut refusals) = (Vec::new(), Vec::new());
    for found in discover(&paths, &Limits::default()) {
        match found {
            Ok(raw) => raws.push(raw),
            Err(refusal) => refusals.push(refusal),
        }
    }
    let mut documents = Vec::new();
    for raw in &raws {
        match read(raw) {
            Ok(document) => documents.push((raw.path.as_str(), document)),
            Err(error) => refusals.push(Refusal::of_read(raw, &error)),
        }
    }
    count(&documents);
    for refusal in &refusals {
        println!(
            "refused  {} {:?}: {} ({})",
            refusal.path, refusal.part, refusal.reason, refusal.hint
        );
    }
    for (path, document) in &documents {
        for diagnostic in &document.diagnostics {
            println!(
                "{path}:{}: {}",
                diagnostic.line.unwrap_or(0),
                diagnostic.message
            );
        }
        if verbose {
            show(path, document);
        }
    }
    time(&raws);
}

/// Prints how many there are of each thing.
fn count(documents: &[(&str, Document)]) {
    let all: Vec<&Document> = documents.iter().map(|(_, document)| document).collect();
    let addresses: BTreeSet<&str> = all.iter().filter_map(|d| d.address.as_deref()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    let mut add = |what: &'static str, more: usize| *counts.entry(what).or_default() += more;
    for document in &all {
        add(
            match document.kind {
                DocumentKind::EventPage => "event pages",
                DocumentKind::DayIndex => "day indexes",
                DocumentKind::Article => "articles",
            },
            1,
        );
        add("with Changes", usize::from(!document.versions.is_empty()));
        add("without address", usize::from(document.address.is_none()));
        add("without date", usize::from(document.dct.is_none()));
        add(
            "without summary",
            usize::from(
                document
                    .section(annals::document::SectionKind::Summary)
                    .is_none(),
            ),
        );
        for source in &document.sources {
            add(
                if source.role == SourceRole::Cited {
                    "sources"
                } else {
                    "covers"
                },
                1,
            );
        }
        for version in &document.versions {
            add(
                match version.status {
                    VersionStatus::First => "versions first",
                    VersionStatus::Update => "versions between",
                    VersionStatus::Current => "versions current",
                },
                1,
            );
        }
        for related in &document.related {
            add("related", 1);
            add(
                "related inside",
                usize::from(addresses.contains(related.address.as_str())),
            );
            for name in &related.context {
                names[0].insert(document.words(*name));
                names[2].insert(document.words(*name));
            }
        }
        for item in &document.items {
            add("items", 1);
            add("items with context", usize::from(!item.context.is_empty()));
            add("items with summary", usize::from(item.summary.is_some()));
            add("items with topic", usize::from(!item.topics.is_empty()));
            for name in &item.context {
                names[1].insert(document.words(*name));
                names[2].insert(document.words(*name));
            }
        }
    }
    let topics: BTreeSet<&str> = all
        .iter()
        .flat_map(|d| d.sections.iter().map(move |s| (d, s)))
        .filter(|(_, s)| s.kind == annals::document::SectionKind::Topic)
        .map(|(d, s)| d.words(s.span))
        .collect();
    for (what, count) in counts {
        println!("{count:>7}  {what}");
    }
    println!(
        "{:>7}  distinct contexts (related {}, items {})",
        names[2].len(),
        names[0].len(),
        names[1].len()
    );
    println!("{:>7}  distinct topics", topics.len());
    println!("{:>7}  distinct addresses", addresses.len());
}

/// Prints a document part by part.
fn show(path: &str, document: &Document) {
    println!(
        "--- {path} {:?} {} {:?}",
        document.address, document.language, document.dct
    );
    for section in &document.sections {
        println!("{:?}: {}", section.kind, document.words(section.span));
    }
}

/// Prints how fast the documents are read, files apart.
fn time(raws: &[RawDocument]) {
    if raws.is_empty() {
        return;
    }
    let rounds = TIMED_PAGES.div_ceil(raws.len());
    let started = Instant::now();
    for _ in 0..rounds {
        for raw in raws {
            std::hint::black_box(read(raw).ok());
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{:>7.0}  pages read a second, one thread",
        (rounds * raws.len()) as f64 / seconds
    );
}
