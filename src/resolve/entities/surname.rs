//! Documents that give only a surname: whom they mean, by what other documents near in time and
//! context call in full.
//!
//! Each document is decided by itself. Of the persons of that surname, each has a weight: how many
//! documents name the person in full within a month, half a year, two years; times how much likelier
//! the document's other names are beside that person than elsewhere. The heaviest is taken when it
//! outweighs the next clearly; otherwise the surname stays a name of its own.
//!
//! The figures are guesses. What they do was read by hand, not measured against a gold standard:
//! `ARCHITECTURE.md` has the counts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::census::Census;
use super::edges::Edges;
use super::{fold, given};
use crate::extract::gazetteer::{is_first_name, is_surname};
use crate::extract::{EntityKind, name_key};
use crate::resolve::alias;

/// Days around a document, and what a document of the whole name counts within them.
const NEAR: [(i64, f64); 3] = [(30, 1.0), (180, 0.3), (730, 0.05)];
/// How often the heaviest outweighs the next.
const CLEAR: f64 = 3.0;
/// Words that end names and are no surnames.
const END_WORDS: [&str; 6] = ["jr", "jnr", "sr", "snr", "ii", "iii"];
/// A surname shorter than this has to be spelled as in the whole name: Lai is not Lee.
const SPELLED_OTHERWISE: usize = 6;
/// A word is taken for a body by mistake where so many times as many documents mean a person.
const SLIP: usize = 5;
/// A smaller store is taken for a part of one of so many documents: where everything is about one
/// story, its names still tell it from other stories.
const LEAST: usize = 100;
/// Readings of a person looked at for company.
const SAMPLE: usize = 200;

/// Local entities that belong elsewhere than their name: reading, place among its local entities,
/// and a node of the person meant.
pub(super) type Moved = HashMap<(usize, usize), usize>;

/// A person who may be meant.
struct Person {
    /// The node of the whole name that most documents use.
    node: usize,
    days: Vec<i64>,
    readings: usize,
    /// In how many of so many readings looked at is each group named too.
    company: BTreeMap<usize, usize>,
    sample: usize,
}

/// Finds whom surnames mean.
pub(super) fn surnames(census: &Census, edges: &Edges) -> Moved {
    let leaders = edges.leaders();
    let by_surname = by_surname(census, &leaders);
    let mut spread = vec![0_usize; leaders.len()];
    for locals in &census.locals {
        let groups: HashSet<usize> = locals.iter().map(|&node| leaders[node]).collect();
        groups.into_iter().for_each(|group| spread[group] += 1);
    }
    let scale = Scale {
        leaders: &leaders,
        spread: &spread,
        all: census.locals.len(),
    };
    let uses = uses_of_short_forms(census);
    let mut moved = Moved::new();
    for (lone, node) in census.nodes.iter().enumerate() {
        let single = node.words() == 1 && edges.split_by(lone).is_none();
        let may_be_person = node.is_person() || is_slip(census, lone, &uses);
        // "Jnr" and "George" are ends of names, and nobody's alone.
        let is_name = !END_WORDS.contains(&node.key.as_str()) && !given::is_given_name(&node.key);
        if !single || !may_be_person || !is_name || alias::meant_by(node.kind, &node.key).is_some()
        {
            continue;
        }
        let Some(groups) = by_surname.get(&fold::loose(&node.key)) else {
            continue;
        };
        let persons = groups
            .iter()
            .map(|(&leader, nodes)| scale.person(census, leader, nodes));
        let persons: Vec<Person> = persons.collect();
        for &reading in &census.usage[lone].readings {
            let Some(place) = census.locals[reading].iter().position(|&n| n == lone) else {
                continue;
            };
            if let Some(person) = scale.choose(census, reading, lone, &persons) {
                moved.insert((reading, place), person);
            }
        }
    }
    moved
}

/// In how many readings a word alone is a person's name.
fn uses_of_short_forms(census: &Census) -> HashMap<String, usize> {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for (node, usage) in census.nodes.iter().zip(&census.usage) {
        if node.is_person() && node.words() == 1 {
            *uses.entry(node.key.clone()).or_default() += usage.readings.len();
        }
        for (name, readings) in &usage.short {
            *uses.entry(name_key(name)).or_default() += readings.len();
        }
    }
    uses
}

/// Whether a word that few documents take for a body is a person's name nearly everywhere else.
fn is_slip(census: &Census, node: usize, uses: &HashMap<String, usize>) -> bool {
    let known = &census.nodes[node];
    let persons = uses.get(&known.key).copied().unwrap_or(0);
    known.kind == Some(EntityKind::Organization) && persons >= SLIP * census.spread(node)
}

/// Groups of whole names of persons by folded surname; also by the first word, where that is no
/// common given name: Moon Jae-in, Mahathir Mohamad.
fn by_surname(census: &Census, leaders: &[usize]) -> HashMap<String, BTreeMap<usize, Vec<usize>>> {
    let mut found: HashMap<String, BTreeMap<usize, Vec<usize>>> = HashMap::new();
    for (index, node) in census.nodes.iter().enumerate() {
        if node.is_person() && node.words() > 1 {
            let first = node.key.split(' ').next().unwrap_or_default();
            let leads = !is_first_name(first) && !given::is_given_name(first);
            let ends = !ends_in_given_name(census.usage[index].name());
            let last = ends.then(|| node.last_word());
            let words = last.into_iter().chain(leads.then_some(first));
            let keys: BTreeSet<String> = words.map(fold::loose).collect();
            for key in keys {
                let groups = found.entry(key).or_default();
                groups.entry(leaders[index]).or_default().push(index);
            }
        }
    }
    found
}

/// Whether a name ends in a given name of two syllables: Ban Ki-moon, Kim Jong-un.
fn ends_in_given_name(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let second = last.split_once('-').map_or("", |(_, second)| second);
    second.starts_with(char::is_lowercase)
}

struct Scale<'a> {
    leaders: &'a [usize],
    /// In how many readings each group is named.
    spread: &'a [usize],
    all: usize,
}

impl Scale<'_> {
    fn person(&self, census: &Census, leader: usize, nodes: &[usize]) -> Person {
        let mut days: Vec<i64> = nodes
            .iter()
            .flat_map(|&n| &census.usage[n].days)
            .copied()
            .collect();
        days.sort_unstable();
        let mut readings: Vec<usize> = nodes
            .iter()
            .flat_map(|&n| &census.usage[n].readings)
            .copied()
            .collect();
        readings.sort_unstable();
        readings.dedup();
        let mut company = BTreeMap::new();
        let step = readings.len().div_ceil(SAMPLE).max(1);
        for &reading in readings.iter().step_by(step) {
            let groups: HashSet<usize> = census.locals[reading]
                .iter()
                .map(|&node| self.leaders[node])
                .collect();
            for group in groups.into_iter().filter(|&group| group != leader) {
                *company.entry(group).or_default() += 1;
            }
        }
        let node = nodes
            .iter()
            .copied()
            .max_by_key(|&n| (census.spread(n), std::cmp::Reverse(n)));
        Person {
            node: node.unwrap_or(leader),
            days,
            sample: readings.len().div_ceil(step),
            readings: readings.len(),
            company,
        }
    }

    /// The person a document means by a surname, as a node.
    fn choose(
        &self,
        census: &Census,
        reading: usize,
        lone: usize,
        persons: &[Person],
    ) -> Option<usize> {
        let day = census.days[reading];
        let beside: HashSet<usize> = census
            .with(reading, lone)
            .map(|n| self.leaders[n])
            .collect();
        let mut beside: Vec<usize> = beside.into_iter().collect();
        beside.sort_unstable();
        let weigh = |person: &Person| {
            let context = self.context(person, &beside);
            (time(person, day) * (1.0 + context), context)
        };
        let mut weighed: Vec<(f64, f64, &Person)> = persons
            .iter()
            .map(|person| {
                let (weight, context) = weigh(person);
                (weight, context, person)
            })
            .collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.node.cmp(&b.2.node)));
        let (weight, context, person) = weighed.first()?;
        let next = weighed.get(1).map_or(0.0, |(weight, ..)| *weight);
        let is_clear = *weight > 0.0 && *weight >= CLEAR * next;
        // A common surname, or one spelled otherwise, needs company as well.
        let rare = persons.len() == 1 && !is_surname(&census.nodes[lone].key);
        let key = census.nodes[lone].key.as_str();
        let same = census.nodes[person.node]
            .key
            .split(' ')
            .any(|word| word == key);
        let spelled = same || key.len() >= SPELLED_OTHERWISE;
        let near = *weight >= if rare { 1.0 } else { CLEAR };
        let supported = *context > 0.0 || (same && near);
        (is_clear && supported && spelled).then_some(person.node)
    }

    /// How much likelier the names beside are with the person than elsewhere: the sum of the logarithms.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of documents are far below 2^52"
    )]
    fn context(&self, person: &Person, beside: &[usize]) -> f64 {
        let lift = |group: &usize| {
            let with = *person.company.get(group)? as f64 / person.sample as f64;
            let anywhere = self.spread[*group] as f64 / self.all.max(LEAST) as f64;
            Some((with / anywhere).ln().max(0.0))
        };
        beside
            .iter()
            .filter_map(lift)
            .filter(|lift| *lift > 1.0)
            .sum()
    }
}

/// How much a person is spoken of near a day; all documents count a little when there is none.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of documents are far below 2^52"
)]
fn time(person: &Person, day: Option<i64>) -> f64 {
    const UNDATED: f64 = 0.05;
    let Some(day) = day else {
        return UNDATED * person.readings as f64;
    };
    let within = |days: i64| {
        let from = person.days.partition_point(|&other| other < day - days);
        let to = person.days.partition_point(|&other| other <= day + days);
        (to - from) as f64
    };
    NEAR.iter()
        .map(|(days, weight)| weight * within(*days))
        .sum()
}
