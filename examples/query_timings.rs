//! Times timelines and searches inside a process, on an open store.
//!
//! ```text
//! cargo run --release --example query_timings -- STORE NAME
//! ```
//! Asks for fifty timelines of NAME over three years each, the years sliding over what the store has, and
//! for fifty searches, of the names with the most events; prints median and worst.

#![allow(clippy::print_stdout, reason = "a program prints")]

use std::path::Path;
use std::time::{Duration, Instant};

use annals::extract::terms;
use annals::pipeline;
use annals::record::NameRecord;
use annals::store::{Access, Condition, Index, RecordKind, Search};
use annals::timeline::{Order, Request, select};
use jiff::ToSpan;
use jiff::civil::{Date, date};

const TIMES: usize = 50;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [store, name] = &arguments[..] else {
        anyhow::bail!("usage: query_timings STORE NAME");
    };
    let start = Instant::now();
    let store = pipeline::open(Path::new(store), Access::Read)?;
    println!("opened in {:.1} ms", milliseconds(start.elapsed()));
    let index = &store.index;
    let mut entries = 0;
    let mut timelines = Vec::new();
    for window in 0..TIMES {
        let from = date(2002, 1, 1).checked_add(i64::try_from(window * 150)?.days())?;
        let request = request(name, from)?;
        let start = Instant::now();
        entries += select(index, &request)?.entries.len();
        timelines.push(start.elapsed());
    }
    say(
        &format!("timelines of {name:?}, {entries} entries"),
        timelines,
    );
    let mut searches = Vec::new();
    for name in names(index)? {
        let search = search(&name);
        let start = Instant::now();
        index.search(&search)?;
        searches.push(start.elapsed());
    }
    say("searches", searches);
    Ok(())
}

fn request(name: &str, from: Date) -> Result<Request, jiff::Error> {
    Ok(Request {
        phrase: name.to_owned(),
        from: Some(from),
        to: Some(from.checked_add(3.years())?),
        top: None,
        order: Order::Date,
        known_at: None,
        by: None,
        explain: false,
        less_relevant: false,
    })
}

/// The names with the most events.
fn names(index: &Index) -> anyhow::Result<Vec<String>> {
    let mut names: Vec<NameRecord> = index
        .all(RecordKind::Name)?
        .iter()
        .map(|hit| serde_json::from_str(&hit.stored))
        .collect::<Result<_, _>>()?;
    names.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.iri.cmp(&b.iri)));
    Ok(names
        .into_iter()
        .take(TIMES)
        .map(|name| name.name)
        .collect())
}

fn search(name: &str) -> Search {
    let words = terms(name);
    let must = words
        .iter()
        .map(|word| vec![Condition::Terms(vec![word.clone()])]);
    Search {
        kind: RecordKind::Event,
        must: must.collect(),
        should: words.iter().map(|word| (word.clone(), 1.0)).collect(),
        or_keys: Vec::new(),
        days: None,
        limit: 20,
    }
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let worst = times.last().copied().unwrap_or_default();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    println!(
        "{} {what}: median {:.1} ms, worst {:.1} ms",
        times.len(),
        milliseconds(median),
        milliseconds(worst)
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
