//! Coreference inside one document: which mentions name the same entity.
//!
//! Conservative rules only: equal names, a surname or a first name after (or, in a headline,
//! before) the full name, an acronym with its definition, and "the president" when the document
//! knows one president and names nobody else around. Everything else stays apart; `resolve` joins
//! entities across documents.

use std::collections::BTreeMap;

use super::acronym::AcronymDefinition;
use super::name::{name_key, written_name};
use super::{EntityKind, Mention};
use crate::span::Span;

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
    let names = Names::new(text, mentions);
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in 0..mentions.len() {
        let leader = names.leader(index, acronyms);
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
}

impl<'a> Names<'a> {
    fn new(text: &'a str, mentions: &'a [Mention]) -> Self {
        let keys = mentions
            .iter()
            .map(|mention| name_key(mention.span.of(text)))
            .collect();
        Self {
            text,
            mentions,
            keys,
        }
    }

    /// The key under which a mention's entity is grouped.
    fn leader(&self, index: usize, acronyms: &[AcronymDefinition]) -> String {
        let key = &self.keys[index];
        if self.mentions[index].kind == EntityKind::Person {
            return self.full_name(index).unwrap_or(key).clone();
        }
        let short = self.mentions[index].span.of(self.text);
        let same_form = |definition: &&AcronymDefinition| {
            definition.short.of(self.text).eq_ignore_ascii_case(short)
        };
        match acronyms.iter().find(same_form) {
            Some(definition) => name_key(definition.long.of(self.text)),
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
        let is_full = |other: &usize| {
            self.mentions[*other].kind == EntityKind::Person
                && self.keys[*other]
                    .split_once(' ')
                    .is_some_and(|(first, rest)| {
                        rest.rsplit(' ').next() == Some(word) || first == word
                    })
        };
        let before = (0..index).rev().find(is_full);
        let found = before.or_else(|| (index + 1..self.keys.len()).find(is_full));
        found.map(|other| &self.keys[other])
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

/// Mentions of "the president", where the document titles exactly one person so and names no
/// other person within the two sentences before.
#[must_use]
pub(super) fn find_president_mentions(
    text: &str,
    sentences: &[Span],
    mentions: &[Mention],
    entities: &[LocalEntity],
) -> Vec<(Span, usize)> {
    let titled = |entity: &LocalEntity| {
        entity
            .mentions
            .iter()
            .any(|&m| text[..mentions[m].span.start].ends_with("President "))
    };
    let persons = || {
        entities
            .iter()
            .enumerate()
            .filter(|(_, e)| e.kind == EntityKind::Person)
    };
    let mut presidents = persons().filter(|(_, entity)| titled(entity));
    let (Some((president, _)), None) = (presidents.next(), presidents.next()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let window = Span::new(sentences[index.saturating_sub(2)].start, sentence.end);
        let inside = |e: &LocalEntity| {
            e.mentions
                .iter()
                .any(|&m| window.contains(mentions[m].span))
        };
        let alone = persons()
            .filter(|(_, e)| inside(e))
            .map(|(i, _)| i)
            .eq([president]);
        if alone {
            found.extend(definite_president(text, *sentence).map(|span| (span, president)));
        }
    }
    found
}

/// Places of "the president" in a sentence, when no "of …" follows.
fn definite_president(text: &str, sentence: Span) -> impl Iterator<Item = Span> + '_ {
    const PHRASE: &str = "he president";
    let words = sentence.of(text);
    words.match_indices(PHRASE).filter_map(move |(at, _)| {
        let start = at
            .checked_sub(1)
            .filter(|s| matches!(words.as_bytes()[*s], b't' | b'T'))?;
        let rest = &words[at + PHRASE.len()..];
        let whole = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let bare = whole && !rest.starts_with(" of ");
        bare.then(|| Span::new(sentence.start + start, sentence.start + at + PHRASE.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn the_president_is_resolved_only_when_alone() {
        use EntityKind::Person;
        let text = "President Ana Ruiz spoke. The president smiled. Tom Berg heard the president of the club.";
        let found = mentions(text, &[("Ana Ruiz", Person), ("Tom Berg", Person)]);
        let entities = resolve_coreference(text, &found, &[]);
        let sentences = crate::extract::split_sentences(text, Span::new(0, text.len()), "en");
        let spans = find_president_mentions(text, &sentences, &found, &entities);
        let words: Vec<_> = spans
            .iter()
            .map(|(span, who)| (span.of(text), *who))
            .collect();
        assert_eq!(words, [("The president", 0)]);
    }
}
