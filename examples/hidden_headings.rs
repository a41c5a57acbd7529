//! Measures how well events without a heading are put into storylines: hides the headings of one in
//! five, and counts how many are found again and how many are wrong.
//!
//! ```text
//! cargo run --example hidden_headings -- PATH… [--seed=N] [--wrong] [--figures]
//! ```
//! For each threshold: events found, precision against the headings themselves, precision with the
//! storylines above them, recall of what can be found at all, recall of everything hidden. With
//! `--wrong`, the wrong ones too. With `--figures`, one line an event instead: 1 for right and 0 for wrong, then what the score is made
//! of, for fitting its weights.

#![allow(clippy::print_stdout, reason = "a program prints")]
#![allow(clippy::cast_precision_loss, reason = "counts are small")]

use std::path::PathBuf;

use annals::resolve::Resolution;
use annals::resolve::storylines::{THRESHOLD, Trial, hide_headings};

fn main() -> anyhow::Result<()> {
    let (flags, paths): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|arg| arg.starts_with("--"));
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    let documents = annals::document::discover(&paths, &annals::document::Limits::default());
    let derivation = annals::pipeline::Derivation::of_documents(documents);
    let seed = flags
        .iter()
        .find_map(|flag| flag.strip_prefix("--seed=")?.parse().ok());
    let trials = hide_headings(
        derivation.readings(),
        derivation.resolution(),
        5,
        seed.unwrap_or(1),
    );
    if flags.iter().any(|flag| flag == "--figures") {
        trials.iter().for_each(figures);
        return Ok(());
    }
    let findable = trials.iter().filter(|trial| trial.is_findable).count();
    println!(
        "{} events hidden, {findable} of a storyline with other members",
        trials.len()
    );
    println!("threshold  found  precision  with those above  recall of findable  recall of all");
    for step in 4..20 {
        row(&trials, f64::from(step) * 0.05, findable);
    }
    println!("the product's own threshold:");
    row(&trials, THRESHOLD, findable);
    if flags.iter().any(|flag| flag == "--wrong") {
        trials
            .iter()
            .for_each(|trial| wrong(trial, derivation.resolution()));
    }
    Ok(())
}

fn wrong(trial: &Trial, resolution: &Resolution) {
    let Some((entity, found)) = &trial.found else {
        return;
    };
    if found.score >= THRESHOLD && !trial.stated.contains(entity) {
        let name = |entity: usize| resolution.entities.list()[entity].name.as_str();
        let stated: Vec<&str> = trial.stated.iter().map(|&entity| name(entity)).collect();
        let title = &resolution.events[trial.event].title;
        println!(
            "{:.2} {:?} is {stated:?}: {title}",
            found.score,
            name(*entity)
        );
    }
}

fn row(trials: &[Trial], threshold: f64, findable: usize) {
    let found: Vec<(&Trial, usize)> = trials
        .iter()
        .filter_map(|trial| {
            let (entity, membership) = trial.found.as_ref()?;
            (membership.score >= threshold).then_some((trial, *entity))
        })
        .collect();
    let right = found
        .iter()
        .filter(|(t, e)| t.stated[..t.named].contains(e))
        .count() as f64;
    let kin = found.iter().filter(|(t, e)| t.stated.contains(e)).count() as f64;
    let count = found.len().max(1) as f64;
    println!(
        "{threshold:>9.2}  {:>5}  {:>9.3}  {:>16.3}  {:>18.3}  {:>13.3}",
        found.len(),
        right / count,
        kin / count,
        right / findable.max(1) as f64,
        right / trials.len().max(1) as f64
    );
}

fn figures(trial: &Trial) {
    if let Some((entity, membership)) = &trial.found {
        let right = u8::from(trial.stated.contains(entity));
        let figures = membership
            .likeness
            .figures()
            .map(|figure| format!("{figure:.5}"));
        println!("{right}\t{}", figures.join("\t"));
    }
}
