//! From edges to entities: names, ids, and why each name belongs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Naming;
use super::census::Census;
use super::edges::Edges;
use super::known;
use super::reason::Reason;
use super::surname::Moved;
use super::{Entities, Entity, Held, Surface, sense};
use crate::decision::NameRef;
use crate::extract::{EntityKind, name_key};
use crate::id::EntityId;
use crate::resolve::{EstablishedName, storylines};

/// A short form belongs to the person whom so many of all documents mean by it.
const DOMINANT: f64 = 0.8;

/// Builds the entities. `moved` are local entities that belong to another person than their name;
/// `hidden` are names the user has taken from entities, `bearers` the entities that nodes are known to
/// name.
pub(super) fn build(
    census: &Census,
    edges: &Edges,
    moved: &Moved,
    hidden: &[(NameRef, NameRef)],
    bearers: &HashMap<usize, EstablishedName>,
) -> Entities {
    let leaders = edges.leaders();
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, leader) in leaders.iter().enumerate() {
        parts.entry(*leader).or_default().push(node);
    }
    let lone = Lone::of(census, moved, &leaders);
    let builder = Builder {
        census,
        edges,
        at: edges.at_nodes(),
        short: dominant_short_forms(census, &leaders, &lone),
        lone,
        hidden,
        bearers,
    };
    let mut built: Vec<(Entity, usize)> = parts
        .iter()
        .filter_map(|(leader, nodes)| Some((builder.entity(*leader, nodes)?, *leader)))
        .collect();
    tell_apart(&mut built);
    built.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let index: HashMap<usize, usize> = built
        .iter()
        .enumerate()
        .map(|(index, (_, leader))| (*leader, index))
        .collect();
    let of_node = |node: usize| index.get(&leaders[node]).copied();
    let list = built.into_iter().map(|(entity, _)| entity).collect();
    assign(census, moved, list, &builder.lone, &of_node)
}

/// Surnames standing alone that were found to be somebody's.
struct Lone {
    /// By the leader of the person meant and the node of the surname: the readings.
    taken: BTreeMap<usize, BTreeMap<usize, BTreeSet<usize>>>,
    /// By the node of the surname: readings that were taken from it.
    gone: HashMap<usize, BTreeSet<usize>>,
    /// By the node of the surname: the node of the person mostly meant.
    mostly: HashMap<usize, usize>,
}

impl Lone {
    fn of(census: &Census, moved: &Moved, leaders: &[usize]) -> Self {
        let mut taken: BTreeMap<usize, BTreeMap<usize, BTreeSet<usize>>> = BTreeMap::new();
        let mut gone: HashMap<usize, BTreeSet<usize>> = HashMap::new();
        let mut counts: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (&(reading, place), &person) in moved {
            let node = census.locals[reading][place];
            let of_person = taken.entry(leaders[person]).or_default();
            of_person.entry(node).or_default().insert(reading);
            gone.entry(node).or_default().insert(reading);
            *counts.entry(node).or_default().entry(person).or_default() += 1;
        }
        let most = |persons: &BTreeMap<usize, usize>| {
            let best = persons
                .iter()
                .max_by_key(|(p, n)| (**n, std::cmp::Reverse(**p)));
            best.map(|(person, _)| *person)
        };
        let mostly = counts
            .iter()
            .filter_map(|(node, persons)| Some((*node, most(persons)?)));
        Self {
            mostly: mostly.collect(),
            taken,
            gone,
        }
    }

    /// The readings that a node keeps.
    fn kept<'a>(&'a self, node: usize, readings: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
        let gone = self.gone.get(&node);
        let all = readings.iter().copied();
        all.filter(move |reading| gone.is_none_or(|gone| !gone.contains(reading)))
    }
}

/// One-word forms by their key, where nearly all documents mean one person by it: key → leader.
fn dominant_short_forms(census: &Census, leaders: &[usize], lone: &Lone) -> HashMap<String, usize> {
    let mut uses: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    for (node, usage) in census.usage.iter().enumerate() {
        for (name, readings) in &usage.short {
            let of_key = uses.entry(name_key(name)).or_default();
            *of_key.entry(leaders[node]).or_default() += readings.len();
        }
    }
    for (leader, nodes) in &lone.taken {
        for (node, readings) in nodes {
            let of_key = uses.entry(census.nodes[*node].key.clone()).or_default();
            *of_key.entry(*leader).or_default() += readings.len();
        }
    }
    let dominant = uses.into_iter().filter_map(|(key, persons)| {
        let all: usize = persons.values().sum();
        let (leader, most) = persons
            .iter()
            .max_by_key(|(l, n)| (**n, std::cmp::Reverse(**l)))?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of documents are far below 2^52"
        )]
        let is_dominant = *most as f64 >= DOMINANT * all as f64;
        is_dominant.then_some((key, *leader))
    });
    dominant.collect()
}

struct Builder<'a> {
    census: &'a Census,
    edges: &'a Edges,
    at: Vec<Vec<usize>>,
    short: HashMap<String, usize>,
    lone: Lone,
    hidden: &'a [(NameRef, NameRef)],
    bearers: &'a HashMap<usize, EstablishedName>,
}

/// Names of an entity under construction: readings that write them, why, and whence.
type Surfaces = BTreeMap<String, (BTreeSet<usize>, Reason, usize)>;

impl Builder<'_> {
    /// The entity of a group; `None` when all its documents mean somebody else.
    fn entity(&self, leader: usize, nodes: &[usize]) -> Option<Entity> {
        let root = self.root(nodes);
        let mut surfaces = self.surfaces(root, nodes);
        if surfaces.values().all(|(readings, ..)| readings.is_empty()) {
            return None;
        }
        let bearer = self.bearer(root, nodes);
        let name = match bearer {
            Some(bearer) => bearer.name.clone(),
            None => self.name(root, nodes, &surfaces),
        };
        let documents = surfaces.values().flat_map(|(readings, ..)| readings);
        let mut documents: BTreeSet<usize> = documents.copied().collect();
        self.add_surnames(leader, root, nodes, &name, &mut surfaces);
        documents.extend(surfaces.values().flat_map(|(readings, ..)| readings));
        let kind = self.kind(root);
        let naming = kind.map_or_else(|| storylines::naming_of(&name), Naming::Entity);
        let naming = bearer.map_or(naming, |bearer| bearer.naming);
        let parts = self.parts(nodes);
        Some(Entity {
            id: bearer.map_or_else(|| self.id(root, naming), |bearer| bearer.id.clone()),
            naming,
            aliases: surfaces
                .keys()
                .filter(|other| **other != name)
                .cloned()
                .collect(),
            root: self.census.nodes[root].name_ref(self.census.usage[root].name()),
            surfaces: self.listed(surfaces, nodes, &parts),
            merges: self.merges(nodes, &parts),
            documents: documents.len(),
            name,
        })
    }

    /// The node an entity is named by: of those that are no short form, the one most documents use.
    fn root(&self, nodes: &[usize]) -> usize {
        let is_short = |node: &usize| {
            let shorts = &self.census.acronyms;
            shorts
                .range((*node, 0)..=(*node, usize::MAX))
                .next()
                .is_some()
        };
        let rank = |node: &usize| {
            let kept = self
                .lone
                .kept(*node, &self.census.usage[*node].readings)
                .count();
            let typed = self.census.nodes[*node].kind.is_some();
            (typed, !is_short(node), kept, std::cmp::Reverse(*node))
        };
        nodes.iter().copied().max_by_key(rank).unwrap_or_default()
    }

    /// The entity that a group is known to be: that of its root, else of the node that most documents
    /// name.
    fn bearer(&self, root: usize, nodes: &[usize]) -> Option<&EstablishedName> {
        let known = nodes.iter().filter(|node| self.bearers.contains_key(node));
        let best = known.max_by_key(|&&node| {
            let spread = self.census.spread(node);
            (node == root, spread, std::cmp::Reverse(node))
        });
        self.bearers.get(best?)
    }

    fn surfaces(&self, root: usize, nodes: &[usize]) -> Surfaces {
        let mut reasons: HashMap<usize, Reason> = HashMap::new();
        if nodes.len() > 1 {
            for (node, from, reason) in self.edges.reasons_from(root, &self.at) {
                reasons.insert(node, self.seen_from(node, from, reason));
            }
        }
        if let Some(known) = self.known(root) {
            let named = name_key(known.name);
            for &node in nodes
                .iter()
                .filter(|&&n| known::line(self.census, n) == Some(known))
            {
                let line = known.name.to_owned();
                let is_name = self.census.nodes[node].key == named;
                let reason = if is_name {
                    Reason::SameName
                } else {
                    Reason::Table { line }
                };
                reasons.insert(node, reason);
            }
        }
        let mut surfaces = Surfaces::new();
        for &node in nodes {
            for (name, readings) in &self.census.usage[node].names {
                let kept: BTreeSet<usize> = self.lone.kept(node, readings).collect();
                if kept.is_empty() {
                    continue;
                }
                let reason = reasons.get(&node).cloned().unwrap_or(Reason::SameName);
                let known = surfaces.entry(name.clone());
                let entry = known.or_insert_with(|| (BTreeSet::new(), reason, node));
                entry.0.extend(kept);
            }
        }
        surfaces
    }

    /// A reason, told of the one name as seen from the other.
    fn seen_from(&self, node: usize, from: usize, reason: &Reason) -> Reason {
        let mut reason = reason.clone();
        let same_key = self.census.nodes[node].key == self.census.nodes[from].key;
        match &mut reason {
            Reason::Transliteration { of, .. } | Reason::GivenName { of, .. } => {
                self.census.usage[from].name().clone_into(of);
            }
            Reason::Table { .. } | Reason::Context if same_key => return Reason::SameName,
            _ => {}
        }
        reason
    }

    /// Adds surnames standing alone, and short forms beside the whole name where they are this
    /// person's above all.
    fn add_surnames(
        &self,
        leader: usize,
        root: usize,
        nodes: &[usize],
        name: &str,
        surfaces: &mut Surfaces,
    ) {
        for (node, readings) in self.lone.taken.get(&leader).into_iter().flatten() {
            for (written, writing) in &self.census.usage[*node].names {
                let writing = writing.iter().copied();
                let taken: BTreeSet<usize> = writing.filter(|r| readings.contains(r)).collect();
                if !taken.is_empty() {
                    let (of, documents) = (name.to_owned(), readings.len());
                    let reason = Reason::Surname { of, documents };
                    surfaces.insert(written.clone(), (taken, reason, *node));
                }
            }
        }
        let members = nodes
            .iter()
            .flat_map(|&node| &self.census.usage[node].short);
        for (written, readings) in members {
            let key = name_key(written);
            if self.short.get(&key) == Some(&leader) && !self.is_hidden(root, &key) {
                let of = name.to_owned();
                let fresh = || (BTreeSet::new(), Reason::WithinDocument { of }, root);
                let entry = surfaces.entry(written.clone()).or_insert_with(fresh);
                entry.0.extend(readings.iter().copied());
            }
        }
    }

    /// Whether the user has said that a short form is no name of the entity.
    fn is_hidden(&self, root: usize, key: &str) -> bool {
        let root = &self.census.nodes[root];
        let mut hidden = self.hidden.iter();
        hidden.any(|(name, from)| name.key == key && from.key == root.key && from.kind == root.kind)
    }

    fn kind(&self, root: usize) -> Option<EntityKind> {
        match self.known(root) {
            Some(known) => Some(known.kind),
            None => self.census.nodes[root].kind,
        }
    }

    /// The line of the table that names the entity, unless the user has split the root off.
    fn known(&self, root: usize) -> Option<&'static crate::resolve::alias::Known> {
        known::line(self.census, root).filter(|_| self.edges.split_by(root).is_none())
    }

    fn name(&self, root: usize, nodes: &[usize], surfaces: &Surfaces) -> String {
        if let Some(known) = self.known(root) {
            return known.name.to_owned();
        }
        let own = self.census.usage[root].name();
        let node = &self.census.nodes[root];
        if let Some(name) = node
            .sense
            .as_ref()
            .and_then(|sense| sense::name_of(own, sense))
        {
            return name.to_owned();
        }
        let of_root = surfaces
            .iter()
            .filter(|(_, (.., node))| *node == root || nodes.len() == 1);
        let best = of_root.max_by_key(|(name, (readings, ..))| {
            (readings.len(), name.len(), std::cmp::Reverse(name.as_str()))
        });
        best.map_or(own, |(name, _)| name).to_owned()
    }

    fn id(&self, root: usize, naming: Naming) -> EntityId {
        let node = &self.census.nodes[root];
        let key = match (self.known(root), &node.sense) {
            (Some(known), _) => known.name.to_owned(),
            (None, Some(sense)) => format!("{} {sense}", node.key),
            (None, None) => node.key.clone(),
        };
        match naming {
            Naming::Entity(kind) => EntityId::of_entity(kind, &key),
            Naming::Storyline => EntityId::of_storyline(&key),
            Naming::Concept => EntityId::of_concept(&key),
        }
    }

    /// The part of each node: what stays together when the user's merges are left out.
    fn parts(&self, nodes: &[usize]) -> HashMap<usize, usize> {
        let mut parts = HashMap::new();
        for &node in nodes {
            if !parts.contains_key(&node) {
                let part = self.edges.without_decisions(node, &self.at);
                parts.extend(part.into_iter().map(|member| (member, node)));
            }
        }
        parts
    }

    fn merges(&self, nodes: &[usize], parts: &HashMap<usize, usize>) -> Vec<Held> {
        let mut merges = BTreeMap::new();
        for &node in nodes {
            for &edge in &self.at[node] {
                let (a, b, reason) = self.edges.edge(edge);
                if let Reason::Decision { number, .. } = reason {
                    merges.insert(*number, [parts[&a], parts[&b]]);
                }
            }
        }
        let held = merges.into_iter();
        held.map(|(number, parts)| Held { number, parts }).collect()
    }

    fn listed(
        &self,
        surfaces: Surfaces,
        nodes: &[usize],
        parts: &HashMap<usize, usize>,
    ) -> Vec<Surface> {
        let mut listed: Vec<Surface> = surfaces
            .into_iter()
            .map(|(name, (readings, reason, node))| Surface {
                node: self.name_ref(&name, node, &reason),
                other_kinds: self.other_kinds(&self.name_ref(&name, node, &reason), nodes),
                documents: readings.len(),
                reason,
                part: parts.get(&node).copied().unwrap_or(node),
                split: self.edges.split_by(node),
                name,
            })
            .collect();
        listed.sort_by(|a, b| {
            b.documents
                .cmp(&a.documents)
                .then_with(|| a.name.cmp(&b.name))
        });
        listed
    }

    /// The same name as the other kinds of thing and in the other senses that a group has it.
    fn other_kinds(&self, named: &NameRef, nodes: &[usize]) -> Vec<NameRef> {
        let same = nodes
            .iter()
            .map(|&node| &self.census.nodes[node])
            .filter(|node| node.key == named.key);
        same.filter(|node| (node.kind, &node.sense) != (named.kind, &named.sense))
            .map(|node| node.name_ref(&named.name))
            .collect()
    }

    /// What a decision about a surface speaks of: a short form is a name of its own.
    fn name_ref(&self, name: &str, node: usize, reason: &Reason) -> NameRef {
        let mut named = self.census.nodes[node].name_ref(name);
        if matches!(reason, Reason::WithinDocument { .. }) {
            named.key = name_key(name);
        }
        named
    }
}

/// Two entities of one id get the hashes of what they are named by: keys that differ can make one
/// slug. How the name is spelled does not count: another document can change that.
fn tell_apart(built: &mut [(Entity, usize)]) {
    let mut count: HashMap<EntityId, usize> = HashMap::new();
    for (entity, _) in built.iter() {
        *count.entry(entity.id.clone()).or_default() += 1;
    }
    for (entity, _) in built.iter_mut().filter(|(entity, _)| count[&entity.id] > 1) {
        entity.id = entity.id.distinguished(&identity(&entity.root));
    }
}

/// What makes a name the one it is, in one string: kind, key and sense.
fn identity(name: &NameRef) -> String {
    let kind = name.kind.map_or("", EntityKind::word);
    let sense = name.sense.as_deref().unwrap_or("");
    format!("{kind}\u{1f}{}\u{1f}{sense}", name.key)
}

fn assign(
    census: &Census,
    moved: &Moved,
    list: Vec<Entity>,
    lone: &Lone,
    of_node: &dyn Fn(usize) -> Option<usize>,
) -> Entities {
    let meant = |node: usize| of_node(node).or_else(|| of_node(*lone.mostly.get(&node)?));
    let local = |reading: usize, place: usize, node: usize| {
        let person = moved.get(&(reading, place)).copied();
        of_node(person.unwrap_or(node))
    };
    let locals = census.locals.iter().enumerate().map(|(reading, nodes)| {
        let entities = nodes.iter().enumerate();
        entities
            .map(|(place, &node)| local(reading, place, node))
            .collect()
    });
    let framing = census.framing.iter().map(|nodes| {
        let named = nodes.iter().filter_map(|&node| {
            let key = census.nodes[node].key.clone();
            Some((key, meant(node)?))
        });
        named.collect()
    });
    let usual = census
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.kind.is_none() && node.sense.is_none());
    let by_name = usual.filter_map(|(index, node)| Some((node.key.clone(), meant(index)?)));
    Entities {
        locals: locals.collect(),
        framing: framing.collect(),
        by_name: by_name.collect(),
        list,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(kind: Option<EntityKind>, key: &str, name: &str) -> Entity {
        let naming = kind.map_or(Naming::Concept, Naming::Entity);
        let root = NameRef {
            kind,
            key: key.to_owned(),
            sense: None,
            name: name.to_owned(),
        };
        Entity {
            id: EntityId::of_entity(EntityKind::Place, "San José"),
            naming,
            name: name.to_owned(),
            aliases: Vec::new(),
            root,
            surfaces: Vec::new(),
            merges: Vec::new(),
            documents: 1,
        }
    }

    fn ids(names: [&str; 2]) -> Vec<String> {
        let place = Some(EntityKind::Place);
        let mut built = vec![
            (entity(place, "san josé", names[0]), 0),
            (entity(place, "san josé.", names[1]), 1),
        ];
        tell_apart(&mut built);
        let ids = built.iter().map(|(entity, _)| entity.id.as_str());
        ids.map(str::to_owned).collect()
    }

    #[test]
    fn ids_told_apart_do_not_hang_on_how_a_name_is_spelled() {
        let told = ids(["San José", "San José."]);
        assert_ne!(told[0], told[1]);
        assert_eq!(told, ids(["SAN JOSÉ", "San  José."]));
        // Part of every store: a change here changes addresses that people have noted.
        assert_eq!(told[0], "place/san-josé-1417d1a3");
    }
}
