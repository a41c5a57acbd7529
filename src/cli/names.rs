//! Names where IRIs are wanted: one meaning is taken, of several the one that is meant far more often
//! than the others, and said so; else all are listed.

use super::output::shortened;
use super::{Failure, output};
use crate::counted::counted;
use crate::inspect::{Candidate, bearer, find, suggest};
use crate::rdf::Namespace;
use crate::store::{Index, Store};

/// Characters of a label that is listed among others.
const LABEL_CHARACTERS: usize = 90;

/// What helps when not even a guess does.
const SEARCH: &str = "annals search WORDS finds events and documents by their words";

/// Where names are looked up.
pub(super) struct Names<'a> {
    pub(super) index: &'a Index,
    /// The namespace in which the index's IRIs were minted.
    pub(super) namespace: Namespace,
}

impl<'a> Names<'a> {
    /// The names of a store.
    pub(super) fn of(store: &'a Store) -> Self {
        Self {
            index: &store.index,
            namespace: store.settings.namespace(),
        }
    }

    /// The one thing that `text` means, or is by far most likely to mean.
    pub(super) fn resolve(&self, text: &str, wanted: &[&str]) -> Result<Candidate, Failure> {
        let mut found = self.found(text, wanted)?;
        match &found[..] {
            [_] => Ok(found.remove(0)),
            [first, second, ..] if first.outweighs(second) => {
                output::note(&choice(text, first, &found[1..], &self.namespace));
                Ok(found.remove(0))
            }
            _ => Err(ambiguous(text, &found, &self.namespace)),
        }
    }

    /// The one thing that `text` means; where it can mean several, the user has to choose.
    pub(super) fn resolve_strictly(
        &self,
        text: &str,
        wanted: &[&str],
    ) -> Result<Candidate, Failure> {
        let mut found = self.found(text, wanted)?;
        match found.len() {
            1 => Ok(found.remove(0)),
            _ => Err(ambiguous(text, &found, &self.namespace)),
        }
    }

    /// What `text` can mean: one thing or more.
    fn found(&self, text: &str, wanted: &[&str]) -> Result<Vec<Candidate>, Failure> {
        let found = find(self.index, &self.namespace, text, wanted)?;
        if found.is_empty() {
            let meant = suggest(self.index, &self.namespace, text, wanted)?;
            return Err(Failure::not_found(format!("nothing is known as {text:?}"))
                .hint(did_you_mean(&meant).unwrap_or_else(|| SEARCH.to_owned())));
        }
        if let Some(thing) = bearer(self.index, text, wanted)? {
            output::note(&also_a_name(text, &thing));
        }
        Ok(found)
    }
}

/// Asks whether one of these was meant; nothing when there are none.
pub(super) fn did_you_mean(meant: &[Candidate]) -> Option<String> {
    let each = meant
        .iter()
        .map(|one| match (one.kind.as_str(), one.documents) {
            ("" | "document", _) => format!("{:?}", one.label),
            (kind, 0) => format!("{:?} ({kind})", one.label),
            (kind, count) => format!("{:?} ({kind}, {})", one.label, counted(count, "document")),
        });
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| format!("did you mean {}?", each.join(" or ")))
}

/// That what is looked for among events or documents names something else.
fn also_a_name(text: &str, thing: &Candidate) -> String {
    let (kind, count) = (&thing.kind, counted(thing.documents, "document"));
    format!(
        "{text:?} is also a name ({kind}, {count}): annals timeline {text:?} lists its events, annals show {text:?} tells of it"
    )
}

/// What was taken, and how to have another.
fn choice(text: &str, taken: &Candidate, others: &[Candidate], namespace: &Namespace) -> String {
    const SHOWN: usize = 3;
    let mut named: Vec<String> = others
        .iter()
        .take(SHOWN)
        .map(|other| {
            format!(
                "{} ({}: {})",
                other.label,
                other.documents,
                namespace.id(&other.iri)
            )
        })
        .collect();
    if others.len() > SHOWN {
        named.push(format!("{} more", others.len() - SHOWN));
    }
    format!(
        "{text:?} is taken for {} ({}); it can also mean {}",
        taken.label,
        counted(taken.documents, "document"),
        named.join(", ")
    )
}

fn ambiguous(text: &str, found: &[Candidate], namespace: &Namespace) -> Failure {
    output::note(&format!("{text:?} can mean {} things:", found.len()));
    for (place, candidate) in found.iter().enumerate() {
        let place = place + 1;
        let kind = match candidate.documents {
            0 => candidate.kind.clone(),
            count => format!("{}, {}", candidate.kind, counted(count, "document")),
        };
        let label = shortened(&candidate.label, LABEL_CHARACTERS);
        let id = namespace.id(&candidate.iri);
        output::note(&format!("  {place}. {label} ({kind})  {id}"));
    }
    let example = found.first().map_or("", |first| namespace.id(&first.iri));
    Failure::usage("the name is ambiguous").hint(format!(
        "write the last word of a line instead of the name, such as {example}, or more of the name"
    ))
}
