//! Definite descriptions that stand for somebody named before: "the president", "the ministry", "the
//! company".
//!
//! Precision first, as in the earliest sieves of Lee et al. ("Deterministic coreference resolution based on
//! entity-centric, precision-ranked rules", Computational Linguistics 39(4), 2013): a description is resolved
//! only when one named entity of the sentences before can be meant, and is left alone otherwise. Pronouns
//! are left to `attribution`, which resolves those that speak.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::{EntityKind, LocalEntity, Mention, tokenize};
use crate::span::{Cover, Span, inside};

/// Sentences before its own in which a description's antecedent stands (two for an office, as the
/// rule for presidents always had; guesses).
const OFFICE_WINDOW: usize = 2;
const BODY_WINDOW: usize = 3;

/// Descriptions and the entities they stand for, as indices into `entities`, in text order.
#[must_use]
pub(super) fn find_nominal_mentions(
    text: &str,
    sentences: &[Span],
    mentions: &[Mention],
    entities: &[LocalEntity],
) -> Vec<(Span, usize)> {
    let mut entity_of = vec![None; mentions.len()];
    for (place, entity) in entities.iter().enumerate() {
        for &mention in &entity.mentions {
            entity_of[mention] = Some(place);
        }
    }
    let finder = Finder {
        text,
        sentences,
        mentions,
        entities,
        entity_of,
        taken: Cover::of(mentions.iter().map(|mention| mention.span)),
        holders: RefCell::default(),
    };
    (0..sentences.len())
        .flat_map(|index| finder.in_sentence(index))
        .collect()
}

/// Offices that a name bears right before it ("President Ruiz") or in apposition ("Ruiz, the mayor").
const OFFICES: &[&str] = &[
    "president",
    "chancellor",
    "mayor",
    "governor",
    "senator",
    "minister",
    "spokesman",
    "spokeswoman",
    "ambassador",
    "general",
    "chairman",
    "king",
    "queen",
    "pope",
    "commander",
];

/// Bodies whose description repeats a word of their name: "the ministry" for "the Defence Ministry".
const NAMED_BODIES: &[(&str, &[&str])] = &[
    ("ministry", &["ministry"]),
    ("agency", &["agency"]),
    ("party", &["party"]),
    ("bank", &["bank"]),
    ("university", &["university"]),
    ("airline", &["airline", "airlines", "airways"]),
    ("union", &["union"]),
    ("court", &["court"]),
    ("council", &["council"]),
    ("committee", &["committee"]),
    ("commission", &["commission"]),
    ("observatory", &["observatory"]),
    ("army", &["army"]),
    ("navy", &["navy"]),
    ("organization", &["organization", "organisation"]),
    ("organisation", &["organization", "organisation"]),
    ("department", &["department"]),
];

/// Bodies that any name of their kind can have: "the company" for "Boeing".
const ANY_BODIES: &[&str] = &[
    "company",
    "firm",
    "automaker",
    "carmaker",
    "manufacturer",
    "group",
];

/// Words in names of bodies that are no companies.
const PUBLIC: &[&str] = &[
    "ministry",
    "government",
    "army",
    "navy",
    "police",
    "party",
    "court",
    "council",
    "committee",
    "commission",
    "union",
    "nations",
    "department",
    "parliament",
    "senate",
    "house",
    "university",
    "congress",
    "forces",
    "observatory",
    "league",
    "association",
    "agency",
    "times",
    "news",
    "post",
    "reuters",
    "stock",
    "exchange",
    "nasdaq",
    "dow",
    "eu",
    "un",
    "nato",
];

struct Finder<'a> {
    text: &'a str,
    sentences: &'a [Span],
    mentions: &'a [Mention],
    entities: &'a [LocalEntity],
    /// The entity of each mention.
    entity_of: Vec<Option<usize>>,
    /// Where mentions are.
    taken: Cover,
    /// Whom the document gives each office that was asked for.
    holders: RefCell<HashMap<String, Option<usize>>>,
}

impl Finder<'_> {
    fn in_sentence(&self, index: usize) -> Vec<(Span, usize)> {
        let tokens = tokenize(self.text, self.sentences[index]);
        let mut found = Vec::new();
        for (i, token) in tokens.iter().enumerate().skip(1) {
            let article = matches!(tokens[i - 1].of(self.text), "the" | "The");
            if !article || !self.ends_phrase(&tokens, i) {
                continue;
            }
            let span = Span::new(tokens[i - 1].start, token.end);
            if self.taken.overlaps(span) {
                continue;
            }
            let entity = self.antecedent(token.of(self.text), index, span.start);
            found.extend(entity.map(|entity| (span, entity)));
        }
        found
    }

    /// Whether the noun at a token ends its phrase: no second noun, no "of …", no relative clause.
    fn ends_phrase(&self, tokens: &[Span], i: usize) -> bool {
        const AFTER: &[&str] = &[
            "said",
            "says",
            "told",
            "has",
            "had",
            "have",
            "will",
            "would",
            "could",
            "can",
            "may",
            "might",
            "is",
            "was",
            "are",
            "were",
            "also",
            "and",
            "to",
            "in",
            "on",
            "at",
            "as",
            "did",
            "does",
            "but",
            "'s",
            "’s",
            "now",
            "then",
            "from",
            "by",
            "with",
            "made",
            "took",
            "plans",
            "wants",
            "began",
            "met",
            "gave",
            "went",
            "came",
            "put",
            "or",
            "reports",
            "announces",
            "claims",
            "hopes",
            "expects",
            "does",
            "not",
            "later",
            "itself",
            "himself",
            "herself",
        ];
        let Some(next) = tokens.get(i + 1) else {
            return true;
        };
        let next = next.of(self.text);
        let punctuation = next
            .chars()
            .all(|c| !c.is_alphanumeric() && c != '-' && c != '\'');
        let past = next.len() > 4 && next.ends_with("ed") && next.chars().all(char::is_lowercase);
        punctuation || past || AFTER.contains(&next)
    }

    fn antecedent(&self, noun: &str, sentence: usize, before: usize) -> Option<usize> {
        if OFFICES.contains(&noun) {
            return self.holder(noun, sentence);
        }
        if let Some((_, words)) = NAMED_BODIES.iter().find(|(name, _)| *name == noun) {
            return self.body_named(words, sentence, before);
        }
        let any = ANY_BODIES.contains(&noun);
        any.then(|| self.only_company(sentence, before)).flatten()
    }

    /// The one person whom the document gives an office, when nobody else is named around.
    fn holder(&self, office: &str, sentence: usize) -> Option<usize> {
        let known = self.holders.borrow().get(office).copied();
        let holder = known.unwrap_or_else(|| {
            let holder = self.sole_holder(office);
            self.holders.borrow_mut().insert(office.to_owned(), holder);
            holder
        })?;
        let first = self.sentences[sentence.saturating_sub(OFFICE_WINDOW)].start;
        let window = Span::new(first, self.sentences[sentence].end);
        let named = self.named_in(EntityKind::Person, window);
        named.into_iter().eq([holder]).then_some(holder)
    }

    /// The one person whom the document gives an office.
    fn sole_holder(&self, office: &str) -> Option<usize> {
        let persons = (0..self.entities.len())
            .filter(|&entity| self.entities[entity].kind == EntityKind::Person);
        let mut holders = persons.filter(|&entity| self.bears(entity, office));
        let holder = holders.next()?;
        holders.next().is_none().then_some(holder)
    }

    /// Whether a name is preceded by an office or followed by it in apposition.
    fn bears(&self, entity: usize, office: &str) -> bool {
        self.entities[entity].mentions.iter().any(|&mention| {
            let span = self.mentions[mention].span;
            let before = self.text[..span.start].trim_end();
            let title = before
                .get(before.len().saturating_sub(office.len())..)
                .unwrap_or("");
            let after = &self.text[span.end..];
            let apposition = after.strip_prefix(", the ").is_some_and(|rest| {
                rest.starts_with(office) && !rest[office.len()..].starts_with("'s")
            });
            title.eq_ignore_ascii_case(office) || apposition
        })
    }

    /// The last organization before a place whose name has one of these words, when no other with it is near.
    fn body_named(&self, words: &[&str], sentence: usize, before: usize) -> Option<usize> {
        let window = self.window(sentence, before);
        let named = self.named_in(EntityKind::Organization, window);
        let mut fitting = named.into_iter().filter(|&entity| {
            let has = |key: &String| key.split(' ').any(|word| words.contains(&word));
            let local = &self.entities[entity];
            has(&local.key) || local.other_keys.iter().any(has)
        });
        let only = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }

    /// The only organization of the sentences before that can be a company.
    fn only_company(&self, sentence: usize, before: usize) -> Option<usize> {
        let window = self.window(sentence, before);
        let is_public = |e: usize| {
            let mut words = self.entities[e].key.split(' ');
            words.any(|word| PUBLIC.contains(&word))
        };
        let named = self.named_in(EntityKind::Organization, window);
        let mut companies = named.into_iter().filter(|&entity| !is_public(entity));
        companies.next().filter(|_| companies.next().is_none())
    }

    fn window(&self, sentence: usize, before: usize) -> Span {
        Span::new(
            self.sentences[sentence.saturating_sub(BODY_WINDOW)].start,
            before,
        )
    }

    /// The entities of a kind that have a mention in a part of the text.
    fn named_in(&self, kind: EntityKind, window: Span) -> BTreeSet<usize> {
        inside(self.mentions, window, |mention| mention.span)
            .filter_map(|(place, _)| self.entity_of[place])
            .filter(|&entity| self.entities[entity].kind == kind)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{coreference::resolve_coreference, split_sentences};
    use EntityKind::{Organization, Person};

    /// The descriptions found, with the names of what they stand for.
    fn found(text: &str, names: &[(&str, EntityKind)]) -> Vec<(String, String)> {
        let at = |(name, kind): &(&str, EntityKind)| {
            let start = text.find(name).unwrap();
            Mention {
                span: Span::new(start, start + name.len()),
                kind: *kind,
            }
        };
        let mut mentions: Vec<Mention> = names.iter().map(at).collect();
        mentions.sort_unstable();
        let entities = resolve_coreference(text, &mentions, &[]);
        let sentences = split_sentences(text, Span::new(0, text.len()), "en");
        let spans = find_nominal_mentions(text, &sentences, &mentions, &entities);
        let row = |(span, entity): &(Span, usize)| {
            (span.of(text).to_owned(), entities[*entity].name.clone())
        };
        spans.iter().map(row).collect()
    }

    #[test]
    fn a_description_stands_for_the_only_one_it_can_mean() {
        let row = |words: &str, name: &str| vec![(words.to_owned(), name.to_owned())];
        for (text, names, expected) in [
            (
                "President Ana Ruiz spoke. The president smiled.",
                vec![("Ana Ruiz", Person)],
                row("The president", "Ana Ruiz"),
            ),
            (
                "Tom Berg, the mayor, spoke in Oslo. Then the mayor left.",
                vec![("Tom Berg", Person)],
                row("the mayor", "Tom Berg"),
            ),
            (
                "The Transport Ministry met Acme Motors. On Friday the ministry said it was over.",
                vec![
                    ("Transport Ministry", Organization),
                    ("Acme Motors", Organization),
                ],
                row("the ministry", "Transport Ministry"),
            ),
            (
                "Acme Motors lost money. The company's head left.",
                vec![("Acme Motors", Organization)],
                row("The company", "Acme Motors"),
            ),
        ] {
            assert_eq!(found(text, &names), expected, "{text}");
        }
    }

    #[test]
    fn everything_else_is_left_alone() {
        for (text, names) in [
            (
                "President Ana Ruiz spoke. Tom Berg heard the president.",
                vec![("Ana Ruiz", Person), ("Tom Berg", Person)],
            ),
            (
                "President Ana Ruiz spoke of the president of the club.",
                vec![("Ana Ruiz", Person)],
            ),
            (
                "Acme Motors sued Zenith Works. The company lost.",
                vec![
                    ("Acme Motors", Organization),
                    ("Zenith Works", Organization),
                ],
            ),
            (
                "Acme Motors lost money. The company that won was glad.",
                vec![("Acme Motors", Organization)],
            ),
            (
                "Acme Motors lost money. The company chairman left.",
                vec![("Acme Motors", Organization)],
            ),
            (
                "The Transport Ministry spoke. The company lost.",
                vec![("Transport Ministry", Organization)],
            ),
        ] {
            assert_eq!(found(text, &names), [], "{text}");
        }
    }
}
