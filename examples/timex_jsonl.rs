//! Reads JSON lines `{"id", "text", "dct"}` and writes `{"id", "timexes"}` with code-point offsets,
//! the form that scorers of time expressions read. The speed goes to standard error.
//!
//! ```sh
//! cargo run --release --example timex_jsonl < gold.jsonl > system.jsonl
//! ```

use std::io::{BufRead, Write, stdin, stdout};
use std::time::{Duration, Instant};

use annals::extract::{Timex, extract_timexes};
use annals::{CodePoints, Span};
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let mut out = stdout().lock();
    let (mut words, mut spent) = (0_usize, Duration::ZERO);
    for line in stdin().lock().lines() {
        let document: Value = serde_json::from_str(&line?)?;
        let text = document["text"].as_str().unwrap_or_default();
        let dct = document["dct"]
            .as_str()
            .and_then(|dct| dct.get(..10)?.parse().ok());
        let start = Instant::now();
        let timexes = extract_timexes(text, Span::new(0, text.len()), dct);
        spent += start.elapsed();
        words += text.split_whitespace().count();
        let points = CodePoints::new(text);
        let rows: Vec<Value> = timexes.iter().map(|timex| row(&points, timex)).collect();
        writeln!(out, "{}", json!({"id": document["id"], "timexes": rows}))?;
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::print_stderr,
        reason = "a report to the person who runs this"
    )]
    {
        eprintln!(
            "{words} words in {spent:?}: {:.0} words/s",
            words as f64 / spent.as_secs_f64()
        );
    }
    Ok(())
}

/// One timex as the scorer reads it.
fn row(points: &CodePoints, timex: &Timex) -> Value {
    json!({
        "start": points.of_byte(timex.span.start),
        "end": points.of_byte(timex.span.end),
        "type": timex.kind,
        "value": timex.value,
    })
}
