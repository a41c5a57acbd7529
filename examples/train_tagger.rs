//! Trains the named-entity tagger, runs it, and measures its speed.
//!
//! ```text
//! train_tagger train OUT.bin [--epochs N] [--seed N] [--rate R] [--decay D] [--dropout P]
//!              [--rarest N] [--recased P] [--log-buckets N] WEIGHT:FILE.jsonl ...
//! train_tagger tag [--model FILE.bin] < texts.jsonl > mentions.jsonl
//! train_tagger bench [--model FILE.bin] < texts.jsonl
//! ```
//!
//! A line of input is `{"id", "text"}`, with `"entities"` for training; offsets are Unicode code
//! points, end-exclusive. `tag` answers `{"id", "entities"}`; `bench` prints words per second on one
//! core, tokenising included.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program, not a library"
)]

use std::io::{Read, Write};
use std::time::Instant;

use annals::extract::{Corpus, Tagger, TrainOptions, split_sentences, tokenize, train};
use annals::{CodePoints, Span};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("train") => train_model(&arguments[1..]),
        Some("tag") => tag_lines(&arguments[1..]),
        Some("bench") => bench(&arguments[1..]),
        _ => bail!("expected train, tag or bench; the head of this example says how"),
    }
}

fn train_model(arguments: &[String]) -> Result<()> {
    let (mut options, mut corpora, mut out) = (TrainOptions::default(), Vec::new(), None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(name) = argument.strip_prefix("--") else {
            match argument.split_once(':') {
                Some((weight, file)) => corpora.push((
                    Corpus::parse(&std::fs::read_to_string(file)?).context(file.to_owned())?,
                    weight.parse()?,
                )),
                None => out = Some(argument),
            }
            continue;
        };
        let value = rest.next().context("an option needs a value")?;
        match name {
            "epochs" => options.epochs = value.parse()?,
            "seed" => options.seed = value.parse()?,
            "rate" => options.rate = value.parse()?,
            "decay" => options.decay = value.parse()?,
            "dropout" => options.dropout = value.parse()?,
            "rarest" => options.rarest = value.parse()?,
            "recased" => options.recased = value.parse()?,
            "log-buckets" => options.log_buckets = value.parse()?,
            _ => bail!("no option --{name}"),
        }
    }
    let out = out.context("name the file to write")?;
    let started = Instant::now();
    let mut progress = |epoch, loss| {
        eprintln!(
            "pass {epoch}: loss {loss:.4}, {:.0} s",
            started.elapsed().as_secs_f32()
        )
    };
    let (bytes, report) = train(&corpora, &options, &mut progress);
    std::fs::write(out, bytes)?;
    eprintln!("{report:?}");
    Ok(())
}

fn tagger(arguments: &[String]) -> Result<&'static Tagger> {
    match arguments {
        [] => Ok(Tagger::shipped()),
        [option, file] if option == "--model" => Ok(Box::leak(Box::new(Tagger::from_bytes(
            &std::fs::read(file)?,
        )?))),
        _ => bail!("expected nothing or --model FILE.bin"),
    }
}

fn sentences(text: &str) -> Vec<Vec<Span>> {
    let sentences = split_sentences(text, Span::new(0, text.len()), "en");
    sentences
        .into_iter()
        .map(|sentence| tokenize(text, sentence))
        .collect()
}

fn rows() -> Result<Vec<Value>> {
    let mut lines = String::new();
    std::io::stdin().read_to_string(&mut lines)?;
    lines
        .lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

fn tag_lines(arguments: &[String]) -> Result<()> {
    let tagger = tagger(arguments)?;
    let mut out = std::io::stdout().lock();
    for row in rows()? {
        let text = row["text"].as_str().context("a row without text")?;
        let points = CodePoints::new(text);
        let entities: Vec<Value> = tagger
            .tag(text, &sentences(text))
            .iter()
            .map(|m| json!({"start": points.of_byte(m.span.start), "end": points.of_byte(m.span.end), "type": m.kind}))
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "entities": entities}))?;
    }
    Ok(())
}

fn bench(arguments: &[String]) -> Result<()> {
    let started = Instant::now();
    let tagger = tagger(arguments)?;
    println!(
        "loaded in {:.1} ms",
        started.elapsed().as_secs_f64() * 1000.0
    );
    let texts: Vec<String> = rows()?
        .iter()
        .filter_map(|row| row["text"].as_str().map(str::to_owned))
        .collect();
    let words: usize = texts
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum();
    let mut best = f64::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        let mentions: usize = texts
            .iter()
            .map(|text| tagger.tag(text, &sentences(text)).len())
            .sum();
        best = best.min(started.elapsed().as_secs_f64());
        std::hint::black_box(mentions);
    }
    println!("{words} words, {:.0} words/s", words as f64 / best);
    Ok(())
}
