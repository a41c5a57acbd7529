//! How much a term says: its inverse document frequency in a fixed collection of news.
//!
//! `models/idf-en.tsv` has a term and the number of texts that hold it on each line; the line of
//! the empty term has the number of all texts. `examples/document_frequencies.rs` makes it. The
//! table is fixed, so that a judgement about two texts never depends on what else was read.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The table leaves out terms of fewer texts than this.
pub const RAREST: u32 = 5;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../models/idf-en.tsv");
    let rows = text.lines().filter_map(|line| {
        let (term, count) = line.split_once('\t')?;
        Some((term, count.parse().ok()?))
    });
    let counts: HashMap<&str, f64> = rows.collect();
    let texts = counts.get("").copied().unwrap_or(1.0);
    Table { counts, texts }
});

struct Table {
    counts: HashMap<&'static str, f64>,
    texts: f64,
}

/// `ln(N / df)`, at least 0. A term that the table lacks counts as rare as the rarest in it.
#[must_use]
pub fn term_weight(term: &str) -> f64 {
    let count = TABLE
        .counts
        .get(term)
        .copied()
        .unwrap_or_else(|| f64::from(RAREST));
    (TABLE.texts / count).ln().max(0.0)
}
