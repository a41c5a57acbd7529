//! Names where IRIs are wanted: one meaning is taken, of several the one that is meant far more often
//! than the others, and said so; else all are listed.

use super::{Failure, output};
use crate::inspect::{Candidate, find};
use crate::store::Index;

/// The one thing that `text` means, or is by far most likely to mean.
pub(super) fn resolve(index: &Index, text: &str, wanted: &[&str]) -> Result<Candidate, Failure> {
    let mut found = found(index, text, wanted)?;
    match &found[..] {
        [_] => Ok(found.remove(0)),
        [first, second, ..] if first.outweighs(second) => {
            output::note(&choice(text, first, &found[1..]));
            Ok(found.remove(0))
        }
        _ => Err(ambiguous(text, &found)),
    }
}

/// The one thing that `text` means; where it can mean several, the user has to choose.
pub(super) fn resolve_strictly(
    index: &Index,
    text: &str,
    wanted: &[&str],
) -> Result<Candidate, Failure> {
    let mut found = found(index, text, wanted)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        _ => Err(ambiguous(text, &found)),
    }
}

/// What `text` can mean: one thing or more.
fn found(index: &Index, text: &str, wanted: &[&str]) -> Result<Vec<Candidate>, Failure> {
    let found = find(index, text, wanted)?;
    if found.is_empty() {
        return Err(Failure::not_found(format!("nothing is known as {text:?}"))
            .hint("annals search WORDS finds events and documents by their words"));
    }
    Ok(found)
}

/// What was taken, and how to have another.
fn choice(text: &str, taken: &Candidate, others: &[Candidate]) -> String {
    const SHOWN: usize = 3;
    let mut named: Vec<String> = others
        .iter()
        .take(SHOWN)
        .map(|other| {
            format!(
                "{} ({}: {})",
                other.label,
                other.documents,
                other.short_iri()
            )
        })
        .collect();
    if others.len() > SHOWN {
        named.push(format!("{} more", others.len() - SHOWN));
    }
    format!(
        "{text:?} is taken for {} ({} documents); it can also mean {}",
        taken.label,
        taken.documents,
        named.join(", ")
    )
}

fn ambiguous(text: &str, found: &[Candidate]) -> Failure {
    output::note(&format!("{text:?} can mean {} things:", found.len()));
    for (place, candidate) in found.iter().enumerate() {
        let place = place + 1;
        let kind = match candidate.documents {
            0 => candidate.kind.clone(),
            1 => format!("{}, 1 document", candidate.kind),
            count => format!("{}, {count} documents", candidate.kind),
        };
        let (label, id) = (shortened(&candidate.label), candidate.short_iri());
        output::note(&format!("  {place}. {label} ({kind})  {id}"));
    }
    let example = found.first().map_or("", Candidate::short_iri);
    Failure::usage("the name is ambiguous").hint(format!(
        "write the last word of a line instead of the name, such as {example}, or more of the name"
    ))
}

/// The beginning of a long title, in whole words.
fn shortened(label: &str) -> String {
    const MOST_CHARACTERS: usize = 90;
    let Some((end, _)) = label.char_indices().nth(MOST_CHARACTERS) else {
        return label.to_owned();
    };
    let cut = label[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &label[..cut])
}
