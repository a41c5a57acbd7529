//! Kinds of thing as values of an option.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::graph::NodeKind;

/// Reads a kind of thing by its word.
pub(super) fn node_kind() -> impl TypedValueParser<Value = NodeKind> {
    let values = NodeKind::ALL.map(|kind| PossibleValue::new(kind.name()).help(help(kind)));
    PossibleValuesParser::new(values).try_map(|word| {
        let mut kinds = NodeKind::ALL.into_iter();
        kinds.find(|kind| kind.name() == word).ok_or("no such kind")
    })
}

const fn help(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Event => "Something that happened",
        NodeKind::Storyline => "A long event that others belong to",
        NodeKind::Person => "A human being",
        NodeKind::Place => "A place",
        NodeKind::Organization => "A body",
        NodeKind::Concept => "A context name of no known kind",
    }
}
