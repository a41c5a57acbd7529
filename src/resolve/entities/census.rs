//! The census: which names there are, as what, how they are written, in which documents.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::node::Node;
use super::sense::Evidence;
use crate::document::Document;
use crate::extract::{EntityKind, LocalEntity, name_key, written_name};
use crate::resolve::Reading;
use crate::span::Span;

/// Everything counted. Readings and nodes are indices.
#[derive(Default)]
pub(super) struct Census {
    /// Sorted.
    pub(super) nodes: Vec<Node>,
    /// Of each node.
    pub(super) usage: Vec<Usage>,
    /// The node of each local entity of each reading.
    pub(super) locals: Vec<Vec<usize>>,
    /// The nodes of each reading's context names and topic headings, without repeats, sorted.
    pub(super) framing: Vec<Vec<usize>>,
    /// Days since 1970 of each reading, where it is dated.
    pub(super) days: Vec<Option<i64>>,
    /// Definitions of short forms: short, long, and the readings that define them so.
    pub(super) acronyms: BTreeMap<(usize, usize), Vec<usize>>,
    by_node: HashMap<Node, usize>,
}

/// How a node is used.
#[derive(Default)]
pub(super) struct Usage {
    /// The ways it is written, with the readings that write it so, ascending.
    pub(super) names: BTreeMap<String, Vec<usize>>,
    /// One-word forms of a person's name in readings that give the whole name.
    pub(super) short: BTreeMap<String, Vec<usize>>,
    /// The readings that name it, ascending.
    pub(super) readings: Vec<usize>,
    /// Their days, ascending.
    pub(super) days: Vec<i64>,
}

impl Usage {
    /// The way it is mostly written: of several the longest, then the first.
    pub(super) fn name(&self) -> &str {
        let commonest = self
            .names
            .iter()
            .max_by_key(|(name, readings)| (readings.len(), name.len(), std::cmp::Reverse(*name)));
        commonest.map_or("", |(name, _)| name)
    }
}

/// What one reading names.
struct Named {
    /// One for each local entity.
    locals: Vec<(Node, String)>,
    /// One-word forms of persons: place in `locals`, written form.
    short: Vec<(usize, String)>,
    /// Other names defined as short forms: node, written form, place in `locals` of the long form.
    defined: Vec<(Node, String, usize)>,
    framing: Vec<(Node, String)>,
}

impl Census {
    pub(super) fn of(readings: &[Reading]) -> Self {
        let named: Vec<Named> = readings.par_iter().map(Named::of).collect();
        let mut census = Self::with_nodes(&named);
        for (index, (reading, named)) in readings.iter().zip(named).enumerate() {
            census.count(index, reading, named);
        }
        for usage in &mut census.usage {
            let days = usage.readings.iter().filter_map(|&r| census.days[r]);
            usage.days = days.collect();
            usage.days.sort_unstable();
        }
        census
    }

    fn with_nodes(named: &[Named]) -> Self {
        let all = named.iter().flat_map(|named| {
            let locals = named.locals.iter().map(|(node, _)| node);
            let defined = named.defined.iter().map(|(node, ..)| node);
            let framing = named.framing.iter().map(|(node, _)| node);
            locals.chain(defined).chain(framing)
        });
        let distinct: std::collections::HashSet<&Node> = all.collect();
        let mut nodes: Vec<Node> = distinct.into_iter().cloned().collect();
        nodes.sort_unstable();
        let by_node = nodes.iter().cloned().zip(0..).collect();
        let usage = nodes.iter().map(|_| Usage::default()).collect();
        Self {
            nodes,
            usage,
            by_node,
            ..Self::default()
        }
    }

    fn count(&mut self, index: usize, reading: &Reading, named: Named) {
        let day = reading.document.dct.map(crate::record::day_number);
        self.days.push(day);
        let mut locals = Vec::with_capacity(named.locals.len());
        for (node, name) in named.locals {
            locals.push(self.add(node, name, index));
        }
        for (local, name) in named.short {
            let short = &mut self.usage[locals[local]].short;
            push(short.entry(name).or_default(), index);
        }
        for (node, name, long) in named.defined {
            let short = self.add(node, name, index);
            let readings = self.acronyms.entry((short, locals[long])).or_default();
            readings.push(index);
        }
        let mut framing: Vec<usize> = Vec::with_capacity(named.framing.len());
        for (node, name) in named.framing {
            framing.push(self.add(node, name, index));
        }
        framing.sort_unstable();
        framing.dedup();
        self.locals.push(locals);
        self.framing.push(framing);
    }

    fn add(&mut self, node: Node, name: String, reading: usize) -> usize {
        let index = self.by_node[&node];
        let usage = &mut self.usage[index];
        push(usage.names.entry(name).or_default(), reading);
        push(&mut usage.readings, reading);
        index
    }

    pub(super) fn find(&self, node: &Node) -> Option<usize> {
        self.by_node.get(node).copied()
    }

    /// The nodes of a reading's local entities other than one.
    pub(super) fn with<'a>(
        &'a self,
        reading: usize,
        node: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let all = self.locals[reading].iter().copied();
        all.filter(move |&other| other != node)
    }

    /// In how many readings a node is named.
    pub(super) fn spread(&self, node: usize) -> usize {
        self.usage[node].readings.len()
    }
}

/// Adds a reading to an ascending list, once.
fn push(readings: &mut Vec<usize>, reading: usize) {
    if readings.last() != Some(&reading) {
        readings.push(reading);
    }
}

impl Named {
    fn of(reading: &Reading) -> Self {
        let mut named = Self {
            locals: Vec::new(),
            short: Vec::new(),
            defined: Vec::new(),
            framing: Vec::new(),
        };
        let evidence = Evidence::of(reading);
        for (place, local) in reading.extraction.entities.iter().enumerate() {
            let title = regnal_title(reading, local);
            let name = title.map_or_else(
                || local.name.clone(),
                |title| format!("{title} {}", local.name),
            );
            let key = if title.is_some() {
                &name_key(&name)
            } else {
                &local.key
            };
            let mut node = Node::new(Some(local.kind), key);
            node.sense = evidence.sense(local.kind, &local.name);
            named.locals.push((node, name));
            if title.is_some() {
                named.short.push((place, local.name.clone()));
            }
            named.other_names(reading, place, local);
        }
        let mut seen = std::collections::BTreeSet::new();
        for span in framing_names(&reading.document) {
            let name = reading.document.words(span);
            let mut node = Node::new(None, &name_key(name));
            node.sense = evidence.sense(EntityKind::Place, name);
            if !node.key.is_empty() && seen.insert((node.key.clone(), name)) {
                named.framing.push((node, name.to_owned()));
            }
        }
        named
    }

    fn other_names(&mut self, reading: &Reading, place: usize, local: &LocalEntity) {
        for key in &local.other_keys {
            match local.kind {
                EntityKind::Organization => {
                    let node = Node::new(Some(local.kind), key);
                    self.defined
                        .push((node, written(reading, local, key), place));
                }
                EntityKind::Person if !key.contains(' ') => {
                    self.short.push((place, written(reading, local, key)));
                }
                EntityKind::Person | EntityKind::Place => {}
            }
        }
    }
}

/// Titles that make one name a whole one: Pope Francis, Prince Harry, King Salman.
const REGNAL: [&str; 9] = [
    "Pope", "King", "Queen", "Prince", "Princess", "Emperor", "Empress", "Emir", "Sultan",
];

/// The title before a one-word name of a person, where the document gives one.
fn regnal_title(reading: &Reading, local: &LocalEntity) -> Option<&'static str> {
    if local.kind != EntityKind::Person || local.key.contains(' ') {
        return None;
    }
    local.mentions.iter().find_map(|&mention| {
        let start = reading.extraction.mentions[mention].span.start;
        let before = reading.document.text[..start].strip_suffix(' ')?;
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next()?;
        REGNAL.into_iter().find(|title| *title == word)
    })
}

/// How a local entity's other name is written.
fn written(reading: &Reading, local: &LocalEntity, key: &str) -> String {
    let mut surfaces = local
        .mentions
        .iter()
        .map(|&m| reading.document.words(reading.extraction.mentions[m].span));
    let surface = surfaces.find(|surface| name_key(surface) == key);
    surface.map_or_else(
        || key.to_owned(),
        |surface| written_name(surface, local.kind),
    )
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
