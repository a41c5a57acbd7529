//! Names where IRIs are wanted: one meaning is taken, several are listed.

use super::{Failure, output};
use crate::inspect::{Candidate, find};
use crate::store::Index;

/// The one thing that `text` means.
pub(super) fn resolve(index: &Index, text: &str, wanted: &[&str]) -> Result<Candidate, Failure> {
    let mut found = find(index, text, wanted)?;
    match found.len() {
        0 => Err(Failure::not_found(format!("nothing is known as {text:?}"))
            .hint("annals search WORDS finds events and documents by their words")),
        1 => Ok(found.remove(0)),
        count => {
            output::note(&format!("{text:?} can mean {count} things:"));
            for (place, candidate) in found.iter().enumerate() {
                output::note(&format!(
                    "  {}. {} ({}) <{}>",
                    place + 1,
                    candidate.label,
                    candidate.kind,
                    candidate.iri
                ));
            }
            Err(Failure::usage("the name is ambiguous")
                .hint("use an IRI from the list, or more of the title"))
        }
    }
}
