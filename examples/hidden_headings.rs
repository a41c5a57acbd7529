//! Measures how well events without a heading are put into storylines: hides the headings of one in
//! five, and counts how many are found again and how many are wrong.
//!
//! ```text
//! cargo run --example hidden_headings -- PATH… [--figures]
//! ```
//! For each threshold: events found, precision against the headings themselves, precision with the
//! storylines above them, recall of what can be found at all, recall of everything hidden. With
//! `--figures`, one line an event instead: 1 for right and 0 for wrong, then what the score is made
//! of, for fitting its weights.

#![allow(clippy::print_stdout, reason = "a program prints")]
#![allow(clippy::cast_precision_loss, reason = "counts are small")]

use std::path::PathBuf;

use annals::resolve::storylines::{Trial, hide_headings};

fn main() -> anyhow::Result<()> {
    let (flags, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    let documents = annals::document::discover(&paths, &annals::document::Limits::default());
    let derivation = annals::pipeline::Derivation::of_documents(documents);
    let trials = hide_headings(derivation.readings(), derivation.resolution(), 5, 1);
    if flags.iter().any(|flag| flag == "--figures") {
        trials.iter().for_each(figures);
        return Ok(());
    }
    let findable = trials.iter().filter(|trial| trial.is_findable).count();
    println!("{} events hidden, {findable} of a storyline with other members", trials.len());
    println!("threshold  found  precision  with those above  recall of findable  recall of all");
    for step in 4..20 {
        row(&trials, f64::from(step) * 0.05, findable);
    }
    if flags.iter().any(|flag| flag == "--wrong") {
        let entities = derivation.resolution().entities.list();
        for trial in &trials {
            let Some((entity, found)) = &trial.found else { continue };
            if found.score >= 0.5 && !trial.stated.contains(entity) {
                let stated: Vec<&str> = trial.stated.iter().map(|&e| &*entities[e].name).collect();
                println!("{:.2} {:?} is {stated:?}: {}", found.score, entities[*entity].name,
                    derivation.resolution().events[trial.event].title);
            }
        }
    }
    Ok(())
}

fn row(trials: &[Trial], threshold: f64, findable: usize) {
    let found: Vec<(&Trial, usize)> = trials
        .iter()
        .filter_map(|trial| {
            let (entity, membership) = trial.found.as_ref()?;
            (membership.score >= threshold).then_some((trial, *entity))
        })
        .collect();
    let right = found.iter().filter(|(t, e)| t.stated[..t.named].contains(e)).count() as f64;
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
        let figures = membership.likeness.figures().map(|figure| format!("{figure:.5}"));
        println!("{right}\t{}", figures.join("\t"));
    }
}
