//! Every statement of the graph about one thing, to be read.

use std::fmt::Write;

use crate::inspect::Card;
use crate::rdf::Namespace;

/// Values of one predicate beyond this many are counted, not listed.
const MOST: usize = 25;

/// The statements by predicate, each value in a line.
pub(super) fn text(card: &Card, namespace: &Namespace) -> String {
    let mut text = format!("{}\n<{}>\n", card.label, card.iri);
    let mut last = "";
    let mut listed = 0;
    for fact in &card.facts {
        if fact.predicate != last {
            let _ = writeln!(text, "\n{}", fact.predicate);
            last = &fact.predicate;
            listed = 0;
        }
        listed += 1;
        if listed > MOST {
            let all = card
                .facts
                .iter()
                .filter(|other| other.predicate == last)
                .count();
            if listed == MOST + 1 {
                let _ = writeln!(text, "  … and {} more", all - MOST);
            }
            continue;
        }
        match &fact.label {
            Some(label) => drop(writeln!(text, "  {label}  <{}>", namespace.id(&fact.value))),
            None => drop(writeln!(text, "  {}", fact.value)),
        }
    }
    text
}
