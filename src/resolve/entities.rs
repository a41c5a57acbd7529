//! Entities across documents: which local entities and context names are one.
//!
//! Two names are one entity when their keys and kinds are equal, when the table of well-known
//! aliases says so, or when documents define one as the acronym of the other and nobody defines it
//! otherwise. A context name or topic heading joins the entity that bears its name; else it is a
//! storyline when it reads like an event, or a concept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::groups::Groups;
use super::{Reading, alias, storylines};
use crate::document::Document;
use crate::extract::{EntityKind, name_key, written_name};
use crate::id::EntityId;
use crate::span::Span;

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// A person, place or organization.
    Entity(EntityKind),
    /// A long event that others belong to.
    Storyline,
    /// Anything else that frames events: an office, a topic.
    Concept,
}

/// A person, place, organization, storyline or concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    pub naming: Naming,
    /// Its preferred name.
    pub name: String,
    /// Its other names as written, sorted.
    pub aliases: Vec<String>,
}

impl Entity {
    /// Whether it is somewhere rather than someone.
    #[must_use]
    pub fn is_place(&self) -> bool {
        self.naming == Naming::Entity(EntityKind::Place)
    }
}

/// All entities of a set of readings.
#[derive(Debug, Default)]
pub struct Entities {
    list: Vec<Entity>,
    by_node: HashMap<Node, usize>,
}

/// A name as one kind of thing; `None` while only context lines have used it.
type Node = (Option<EntityKind>, String);

impl Entities {
    /// The entities, sorted by id.
    #[must_use]
    pub fn list(&self) -> &[Entity] {
        &self.list
    }

    /// The index of the entity that a local entity belongs to.
    #[must_use]
    pub fn of_key(&self, kind: EntityKind, key: &str) -> Option<usize> {
        self.by_node.get(&(Some(kind), key.to_owned())).copied()
    }

    /// The index of the entity that a context name or topic heading names.
    #[must_use]
    pub fn of_name(&self, name: &str) -> Option<usize> {
        self.by_node.get(&(None, name_key(name))).copied()
    }
}

/// Resolves the names of all readings.
pub(super) fn resolve_entities(readings: &[Reading]) -> Entities {
    let mut census = Census::default();
    readings.iter().for_each(|reading| census.count(reading));
    let nodes: Vec<&Node> = census.names.keys().collect();
    let groups = join(&nodes, &census);
    build(&nodes, &groups, &census)
}

/// Who is called what, how often.
#[derive(Default)]
struct Census {
    /// Every node with the ways it was written and how many documents wrote it so.
    names: BTreeMap<Node, BTreeMap<String, usize>>,
    /// Acronym keys with the long-form keys that documents define for them.
    acronyms: BTreeMap<String, BTreeSet<String>>,
}

impl Census {
    fn count(&mut self, reading: &Reading) {
        for entity in &reading.extraction.entities {
            self.add(Some(entity.kind), &entity.key, entity.name.clone());
            if entity.kind == EntityKind::Organization {
                for short in &entity.other_keys {
                    let written = self.written(reading, entity, short);
                    self.add(Some(entity.kind), short, written);
                    self.acronyms
                        .entry(short.clone())
                        .or_default()
                        .insert(entity.key.clone());
                }
            }
        }
        for span in framing_names(&reading.document) {
            let name = reading.document.words(span);
            self.add(None, &name_key(name), name.to_owned());
        }
    }

    fn add(&mut self, kind: Option<EntityKind>, key: &str, name: String) {
        if !key.is_empty() {
            *self
                .names
                .entry((kind, key.to_owned()))
                .or_default()
                .entry(name)
                .or_default() += 1;
        }
    }

    /// How a local entity's other name is written.
    fn written(
        &self,
        reading: &Reading,
        entity: &crate::extract::LocalEntity,
        key: &str,
    ) -> String {
        let surfaces = entity
            .mentions
            .iter()
            .map(|&m| reading.document.words(reading.extraction.mentions[m].span));
        let surface = surfaces
            .into_iter()
            .find(|surface| name_key(surface) == key);
        surface.map_or_else(
            || key.to_owned(),
            |surface| written_name(surface, entity.kind),
        )
    }
}

/// Topic headings and context names of a document.
pub(super) fn framing_names(document: &Document) -> impl Iterator<Item = Span> + '_ {
    let topic = document.section(crate::document::SectionKind::Topic);
    let related = document.related.iter().flat_map(|related| &related.context);
    let items = document
        .items
        .iter()
        .flat_map(|item| item.topics.iter().chain(&item.context));
    topic
        .into_iter()
        .chain(related.copied())
        .chain(items.copied())
}

fn join(nodes: &[&Node], census: &Census) -> Groups {
    let place: HashMap<&Node, usize> = nodes
        .iter()
        .enumerate()
        .map(|(i, node)| (*node, i))
        .collect();
    let mut groups = Groups::new(nodes.len());
    let mut known: HashMap<(EntityKind, &str), usize> = HashMap::new();
    for (index, (kind, key)) in nodes.iter().enumerate() {
        let entry = alias::meant_by(*kind, key);
        if let Some(entry) = entry {
            let first = *known.entry((entry.kind, entry.name)).or_insert(index);
            groups.join(first, index);
        } else if let (None, Some(bearer)) = (kind, commonest_bearer(key, census)) {
            groups.join(place[&bearer], index);
        }
    }
    for (one, other) in storylines::same_names(storyline_names(nodes, census)) {
        groups.join(one, other);
    }
    for (short, longs) in census.acronyms.iter().filter(|(_, longs)| longs.len() == 1) {
        let organization = |key: &String| place.get(&(Some(EntityKind::Organization), key.clone()));
        let long = longs.first().and_then(organization);
        if let (Some(short), Some(long)) = (organization(short), long) {
            groups.join(*short, *long);
        }
    }
    groups
}

/// The names that would be storylines, each as it is first in order of its spellings.
fn storyline_names<'a>(
    nodes: &'a [&Node],
    census: &'a Census,
) -> impl Iterator<Item = (usize, &'a str)> {
    let untyped = nodes.iter().enumerate().filter(|(_, (kind, key))| {
        kind.is_none()
            && alias::meant_by(None, key).is_none()
            && commonest_bearer(key, census).is_none()
    });
    let named = untyped.filter_map(|(place, node)| {
        let (name, _) = census.names.get(*node)?.first_key_value()?;
        Some((place, name.as_str()))
    });
    named.filter(|(_, name)| storylines::naming_of(name) == Naming::Storyline)
}

/// The typed node with a context name's key that most documents use.
fn commonest_bearer(key: &str, census: &Census) -> Option<Node> {
    let kinds = [
        EntityKind::Person,
        EntityKind::Place,
        EntityKind::Organization,
    ];
    let nodes = kinds.into_iter().map(|kind| (Some(kind), key.to_owned()));
    let counted = nodes.filter_map(|node| {
        let count: usize = census.names.get(&node)?.values().sum();
        Some((count, node))
    });
    counted.max().map(|(_, node)| node)
}

fn build(nodes: &[&Node], groups: &Groups, census: &Census) -> Entities {
    let mut built: Vec<(Entity, Vec<usize>)> = groups
        .members()
        .into_iter()
        .map(|members| (entity(&members, nodes, census), members))
        .collect();
    built.sort_by(|(a, x), (b, y)| a.id.cmp(&b.id).then_with(|| x.cmp(y)));
    let mut entities = Entities::default();
    for (entity, members) in built {
        let index = match entities.list.last_mut() {
            Some(last) if last.id == entity.id => {
                last.aliases.extend(entity.aliases);
                last.aliases.push(entity.name);
                entities.list.len() - 1
            }
            _ => {
                entities.list.push(entity);
                entities.list.len() - 1
            }
        };
        entities.by_node.extend(
            members
                .into_iter()
                .map(|member| (nodes[member].clone(), index)),
        );
    }
    for entity in &mut entities.list {
        entity.aliases.sort();
        entity.aliases.dedup();
        entity.aliases.retain(|alias| *alias != entity.name);
    }
    entities
}

fn entity(members: &[usize], nodes: &[&Node], census: &Census) -> Entity {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, count) in members
        .iter()
        .flat_map(|&member| &census.names[nodes[member]])
    {
        *names.entry(name).or_default() += count;
    }
    let known = members
        .iter()
        .find_map(|&member| alias::meant_by(nodes[member].0, &nodes[member].1));
    let kind = known
        .map(|known| known.kind)
        .or_else(|| members.iter().find_map(|&m| nodes[m].0));
    let commonest = names
        .iter()
        .max_by_key(|(name, count)| (**count, name.len(), std::cmp::Reverse(**name)));
    let name = known
        .map(|k| k.name)
        .or(commonest.map(|(name, _)| *name))
        .unwrap_or_default()
        .to_owned();
    let naming = kind.map_or_else(|| storylines::naming_of(&name), Naming::Entity);
    let key_name = match known {
        Some(_) => name.as_str(),
        None => longest_key(members, nodes),
    };
    let id = match naming {
        Naming::Entity(kind) => EntityId::of_entity(kind, key_name),
        Naming::Storyline => EntityId::of_storyline(key_name),
        Naming::Concept => EntityId::of_concept(key_name),
    };
    let aliases = names
        .into_keys()
        .map(str::to_owned)
        .filter(|alias| *alias != name)
        .collect();
    Entity {
        id,
        naming,
        name,
        aliases,
    }
}

/// The key an id is made of: the longest, so that an acronym joined later does not change it.
fn longest_key<'a>(members: &[usize], nodes: &[&'a Node]) -> &'a str {
    let keys = members.iter().map(|&member| nodes[member].1.as_str());
    keys.max_by_key(|key| (key.len(), std::cmp::Reverse(*key)))
        .unwrap_or_default()
}
