//! Well-known aliases as data: names that no text defines because every reader knows them.
//!
//! `models/gazetteer/aliases.tsv` has one entity a line: kind, preferred name, other names joined
//! by `|`. The names are compared by their [`name_key`].

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::extract::gazetteer::is_surname;
use crate::extract::{EntityKind, name_key};

/// One line of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) kind: EntityKind,
    pub(super) name: &'static str,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    parse(include_str!("../../models/gazetteer/aliases.tsv"))
        .expect("a test reads every line of the table")
});

struct Table {
    known: Vec<Known>,
    by_key: HashMap<String, Vec<usize>>,
}

/// The well-known entity that a name means: one of the kind given, else, for a name that is long
/// enough to mean nothing else, one of another kind, since taggers err on kinds more than tables do.
pub(super) fn meant_by(kind: Option<EntityKind>, key: &str) -> Option<&'static Known> {
    /// Shorter keys ("is", "who", "car") are also words and other people's acronyms.
    const SURE_LENGTH: usize = 5;
    let of_kind = candidates(key).find(|known| kind.is_none_or(|kind| known.kind == kind));
    // A person of one name is somebody's surname before it is a place taken for a person.
    let is_surname = kind == Some(EntityKind::Person) && !key.contains(' ') && is_surname(key);
    let is_sure = key.len() >= SURE_LENGTH && !is_surname;
    of_kind.or_else(|| candidates(key).next().filter(|_| is_sure))
}

fn candidates(key: &str) -> impl Iterator<Item = &'static Known> + use<> {
    let rows = TABLE.by_key.get(key).map_or(&[][..], Vec::as_slice);
    rows.iter().map(|&row| &TABLE.known[row])
}

fn parse(text: &'static str) -> Result<Table, String> {
    let mut table = Table {
        known: Vec::new(),
        by_key: HashMap::new(),
    };
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [kind, name, aliases] = columns[..] else {
            return Err(format!("line {}: want three columns", number + 1));
        };
        let kind = match kind {
            "person" => EntityKind::Person,
            "place" => EntityKind::Place,
            "organization" => EntityKind::Organization,
            other => return Err(format!("line {}: no kind {other:?}", number + 1)),
        };
        let row = table.known.len();
        table.known.push(Known { kind, name });
        for alias in std::iter::once(name).chain(aliases.split('|')) {
            let rows = table.by_key.entry(name_key(alias)).or_default();
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        assert!(parse(include_str!("../../models/gazetteer/aliases.tsv")).is_ok());
    }

    #[test]
    fn an_alias_leads_to_one_entity_of_a_kind() {
        for rows in TABLE.by_key.values() {
            let kinds: std::collections::HashSet<_> =
                rows.iter().map(|&r| TABLE.known[r].kind).collect();
            let names: Vec<_> = rows.iter().map(|&r| TABLE.known[r].name).collect();
            assert_eq!(kinds.len(), rows.len(), "{names:?} share a name");
        }
    }
}
