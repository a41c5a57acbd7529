//! Makes `models/idf-en.tsv`: in how many texts each index term occurs.
//!
//! Reads one text a line on standard input and writes the table to standard output. The shipped
//! table was made from the items of Wikipedia's Current Events portal (2002–2014 and 2018–2026,
//! CC BY-SA 4.0), one item a line:
//!
//! ```sh
//! cargo run --release --no-default-features --example document_frequencies < items.txt > models/idf-en.tsv
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};

use annals::extract::{RAREST, terms};

fn main() -> io::Result<()> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut texts = 0_u32;
    for line in io::stdin().lock().lines() {
        texts += 1;
        for term in terms(&line?).into_iter().collect::<BTreeSet<_>>() {
            *counts.entry(term).or_default() += 1;
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "\t{texts}")?;
    for (term, count) in counts.iter().filter(|(_, count)| **count > RAREST) {
        writeln!(out, "{term}\t{count}")?;
    }
    out.flush()
}
