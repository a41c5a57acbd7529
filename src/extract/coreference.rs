//! Coreference inside one document: which mentions name the same entity.
//!
//! Conservative rules only: equal names, a surname or a first name after (or, in a headline,
//! before) the full name, an acronym with its definition. Descriptions ("the ministry") are left
//! to `nominal`. Everything else stays apart; `resolve` joins entities across documents.

use std::collections::{BTreeMap, HashMap};

use super::acronym::AcronymDefinition;
use super::name::{name_key, written_name};
use super::{EntityKind, Mention};

/// An entity as one document knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEntity {
    /// Its kind, by the majority of its mentions.
    pub kind: EntityKind,
    /// The fullest name the document gives it.
    pub name: String,
    /// [`name_key`] of that name.
    pub key: String,
    /// Keys of its other names in this document, sorted.
    pub other_keys: Vec<String>,
    /// Its mentions as indices into the document's mentions, ascending.
    pub mentions: Vec<usize>,
}

/// Groups mentions into entities, in the order of their first mentions.
#[must_use]
pub(super) fn resolve_coreference(
    text: &str,
    mentions: &[Mention],
    acronyms: &[AcronymDefinition],
) -> Vec<LocalEntity> {
    let names = Names::new(text, mentions, acronyms);
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in 0..mentions.len() {
        let leader = names.leader(index);
        groups.entry(leader).or_default().push(index);
    }
    let mut entities: Vec<LocalEntity> = groups
        .into_values()
        .map(|members| names.entity(members))
        .collect();
    entities.sort_by_key(|entity| entity.mentions[0]);
    entities
}

/// The mentions of a document with their names.
struct Names<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    keys: Vec<String>,
    /// The mentions of persons by several words, ascending, under the first and the last of them.
    full_names: HashMap<String, Vec<usize>>,
    /// Long forms under their short ones in lower case; the first definition counts.
    long_forms: HashMap<String, &'a str>,
}

impl<'a> Names<'a> {
    fn new(text: &'a str, mentions: &'a [Mention], acronyms: &[AcronymDefinition]) -> Self {
        let keys: Vec<String> = mentions
            .iter()
            .map(|mention| name_key(mention.span.of(text)))
            .collect();
        let mut full_names: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, key) in keys.iter().enumerate() {
            if let Some((first, rest)) = key.split_once(' ')
                && mentions[index].kind == EntityKind::Person
            {
                let last = rest.rsplit(' ').next().unwrap_or(rest);
                for word in [first, last] {
                    full_names.entry(word.to_owned()).or_default().push(index);
                }
            }
        }
        let mut long_forms = HashMap::new();
        for definition in acronyms {
            let short = definition.short.of(text).to_ascii_lowercase();
            long_forms
                .entry(short)
                .or_insert_with(|| definition.long.of(text));
        }
        Self {
            text,
            mentions,
            keys,
            full_names,
            long_forms,
        }
    }

    /// The key under which a mention's entity is grouped.
    fn leader(&self, index: usize) -> String {
        let key = &self.keys[index];
        if self.mentions[index].kind == EntityKind::Person {
            return self.full_name(index).unwrap_or(key).clone();
        }
        let short = self.mentions[index].span.of(self.text).to_ascii_lowercase();
        match self.long_forms.get(&short) {
            Some(long) => name_key(long),
            None => key.clone(),
        }
    }

    /// The full name that a one-word person's name stands for: the nearest before it that begins
    /// or ends with the word, else the first after it.
    fn full_name(&self, index: usize) -> Option<&String> {
        let word = &self.keys[index];
        if word.contains(' ') {
            return None;
        }
        let full = self.full_names.get(word)?;
        let after = full.partition_point(|&other| other < index);
        let found = after.checked_sub(1).unwrap_or(after);
        full.get(found).map(|&other| &self.keys[other])
    }

    fn entity(&self, members: Vec<usize>) -> LocalEntity {
        let fullest = members.iter().copied().max_by_key(|&index| {
            let words = self.keys[index].split(' ').count();
            (words, self.keys[index].len(), std::cmp::Reverse(index))
        });
        let fullest = fullest.expect("a group has at least the mention that made it");
        let kind = self.majority_kind(&members);
        let key = self.keys[fullest].clone();
        let mut other_keys: Vec<String> = members
            .iter()
            .map(|&index| self.keys[index].clone())
            .filter(|k| *k != key)
            .collect();
        other_keys.sort();
        other_keys.dedup();
        let name = written_name(self.mentions[fullest].span.of(self.text), kind);
        LocalEntity {
            kind,
            name,
            key,
            other_keys,
            mentions: members,
        }
    }

    /// The kind most mentions have; the first mention's in a tie.
    fn majority_kind(&self, members: &[usize]) -> EntityKind {
        let count = |kind| {
            members
                .iter()
                .filter(|&&m| self.mentions[m].kind == kind)
                .count()
        };
        let first = self.mentions[members[0]].kind;
        let kinds = [
            EntityKind::Person,
            EntityKind::Place,
            EntityKind::Organization,
        ];
        let best = kinds
            .into_iter()
            .max_by_key(|&kind| (count(kind), kind == first));
        best.unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn mentions(text: &str, names: &[(&str, EntityKind)]) -> Vec<Mention> {
        let mut from = 0;
        let find = |(name, kind): &(&str, EntityKind)| {
            let start = from + text[from..].find(name).unwrap();
            from = start + name.len();
            Mention {
                span: Span::new(start, from),
                kind: *kind,
            }
        };
        names.iter().map(find).collect()
    }

    #[test]
    fn surnames_follow_the_nearest_full_name() {
        use EntityKind::Person;
        let text =
            "Ruiz wins. Ana Ruiz thanked Tom Berg. Mr Berg left; Ruiz stayed. Pablo Ruiz and Ruiz";
        let found = mentions(
            text,
            &[
                ("Ruiz", Person),
                ("Ana Ruiz", Person),
                ("Tom Berg", Person),
                ("Berg", Person),
                ("Ruiz", Person),
                ("Pablo Ruiz", Person),
                ("Ruiz", Person),
            ],
        );
        let entities = resolve_coreference(text, &found, &[]);
        let groups: Vec<_> = entities
            .iter()
            .map(|e| (e.name.as_str(), e.mentions.as_slice()))
            .collect();
        assert_eq!(
            groups,
            [
                ("Ana Ruiz", &[0, 1, 4][..]),
                ("Tom Berg", &[2, 3]),
                ("Pablo Ruiz", &[5, 6])
            ]
        );
    }
}
