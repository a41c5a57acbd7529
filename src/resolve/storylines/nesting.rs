//! Which storylines lie in which: "Battle of Tor" in "Norland Civil War".
//!
//! Three kinds of evidence, each with a score: a heading that lists several storylines lies in each
//! of them; a name that holds another's whole name is about a part of it; and a storyline whose
//! events are nearly all framed by a larger one too lies in that. The surest links are taken first
//! and none that would close a circle.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Storyline;
use super::frames::Frames;
use super::naming::{named_years, without_years};
use super::same_name::canonical;
use crate::resolve::Entities;

/// Co-framed events that are needed at least; Sanderson and Croft ("Deriving concept hierarchies
/// from text", SIGIR 1999) use whole collections, one page of a small archive shows nothing.
const LEAST_SHARED: usize = 2;
/// Share of a storyline's events that a larger one has to frame too: the 0.8 of Sanderson and Croft.
const SUBSUMED: f64 = 0.8;
/// Score of a name inside another; a guess: now and then ("First … war") a name holds a namesake's.
const NAME_SCORE: f64 = 0.9;

/// What a nesting rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nesting {
    /// The smaller one's name is a list of headings with the larger one in it.
    HeadingList,
    /// The smaller one's name holds the larger one's.
    NameContainment,
    /// Nearly all events of the smaller one are framed by the larger one too.
    SharedEvents,
}

impl Nesting {
    /// The name of the method in the graph.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HeadingList => "heading-list",
            Self::NameContainment => "name-containment",
            Self::SharedEvents => "shared-events",
        }
    }
}

/// A storyline that another lies in.
#[derive(Clone, Debug, PartialEq)]
pub struct Parent {
    /// The larger storyline, as an index into the list of storylines.
    pub storyline: usize,
    /// How sure that is, in [0, 1].
    pub score: f64,
    /// What speaks for it.
    pub method: Nesting,
    /// Events that both frame.
    pub shared: usize,
}

/// Fills in the parents of all storylines.
pub(super) fn nest(list: &mut [Storyline], entities: &Entities, frames: &Frames) {
    let shared = shared_events(frames);
    let mut found: BTreeMap<(usize, usize), (f64, Nesting)> = BTreeMap::new();
    let mut note = |child: usize, parent: usize, score: f64, method: Nesting| {
        let known = found.entry((child, parent)).or_insert((score, method));
        if score > known.0 {
            *known = (score, method);
        }
    };
    for (child, parts) in frames.parts().iter().enumerate() {
        for &parent in parts.iter().filter(|&&part| part != child) {
            note(child, parent, 1.0, Nesting::HeadingList);
        }
    }
    let is_list = |storyline: usize| !frames.parts()[storyline].is_empty();
    for (child, parent) in names_inside(list, entities) {
        if is_list(child) || is_list(parent) {
            continue;
        }
        note(child, parent, NAME_SCORE, Nesting::NameContainment);
    }
    for (child, parent, score) in subsumed(frames, &shared) {
        note(child, parent, score, Nesting::SharedEvents);
    }
    for (child, parent, score, method) in without_circles(found, list.len()) {
        list[child].parents.push(Parent {
            storyline: parent,
            score,
            method,
            shared: shared.get(&ordered(child, parent)).copied().unwrap_or(0),
        });
    }
}

fn ordered(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// How many events each two storylines both frame.
fn shared_events(frames: &Frames) -> HashMap<(usize, usize), usize> {
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for framing in frames.of_event() {
        for (place, &a) in framing.iter().enumerate() {
            for &b in &framing[place + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    shared
}

/// A name as it is compared: its words, and the years it states.
type Name = (Vec<String>, Option<(i16, Option<i16>)>);

/// Child and parent by names: the parent's words, two at least, stand together in the child's name,
/// and the parent states no other years.
fn names_inside(list: &[Storyline], entities: &Entities) -> Vec<(usize, usize)> {
    let names: Vec<Name> = list
        .iter()
        .map(|storyline| entities.list()[storyline.entity].name.as_str())
        .map(|name| (canonical(&without_years(name)), named_years(name)))
        .collect();
    let mut by_words: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (place, (words, _)) in names.iter().enumerate().filter(|(_, n)| n.0.len() > 1) {
        by_words.entry(words).or_default().push(place);
    }
    let mut pairs = BTreeSet::new();
    for (child, (words, years)) in names.iter().enumerate() {
        for (from, to) in runs(words.len()).filter(|&(from, to)| !is_numbered(words, from, to)) {
            let parents = by_words.get(&words[from..to]).into_iter().flatten();
            let larger = parents.copied().filter(|&parent| {
                let is_whole = to - from == words.len();
                let of_parent = names[parent].1;
                parent != child && of_parent.is_none_or(|own| !is_whole && Some(own) == *years)
            });
            pairs.extend(larger.map(|parent| (child, parent)));
        }
    }
    pairs.into_iter().collect()
}

/// All runs of two or more of so many words, end-exclusive.
fn runs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |from| (from + 2..=count).map(move |to| (from, to)))
}

/// "Second Norland War" and "Norland War II" are others than "Norland War", not parts of it.
fn is_numbered(name: &[String], from: usize, to: usize) -> bool {
    const ORDINALS: &[&str] = &[
        "fifth", "first", "fourth", "second", "third", // as Porter's stemmer leaves them
    ];
    const NUMERALS: &[&str] = &["i", "ii", "iii", "iv", "v"];
    let before = from.checked_sub(1).map(|place| name[place].as_str());
    let after = name.get(to).map(String::as_str);
    let is_ordinal = |word: &str| {
        ORDINALS.contains(&word) || word.ends_with("th") && word.as_bytes()[0].is_ascii_digit()
    };
    before.is_some_and(is_ordinal) || after.is_some_and(|word| NUMERALS.contains(&word))
}

/// Child, parent and score by events: the child's are nearly all the parent's too, and the parent
/// has more.
fn subsumed(frames: &Frames, shared: &HashMap<(usize, usize), usize>) -> Vec<(usize, usize, f64)> {
    let mut sizes = vec![0_usize; frames.storylines().len()];
    for &storyline in frames.of_event().iter().flatten() {
        sizes[storyline] += 1;
    }
    let mut pairs = Vec::new();
    for (&(a, b), &both) in shared.iter().filter(|(_, both)| **both >= LEAST_SHARED) {
        let (child, parent) = if sizes[a] < sizes[b] { (a, b) } else { (b, a) };
        #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 events")]
        let share = both as f64 / sizes[child] as f64;
        if share >= SUBSUMED && sizes[child] < sizes[parent] {
            #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 events")]
            let doubt = 1.0 / (sizes[child] as f64 + 1.0);
            pairs.push((child, parent, share * (1.0 - doubt)));
        }
    }
    pairs
}

/// The links, surest first, without those that would close a circle.
fn without_circles(
    found: BTreeMap<(usize, usize), (f64, Nesting)>,
    count: usize,
) -> Vec<(usize, usize, f64, Nesting)> {
    let mut links: Vec<(usize, usize, f64, Nesting)> = found
        .into_iter()
        .map(|((child, parent), (score, method))| (child, parent, score, method))
        .collect();
    links.sort_by(|a, b| {
        b.2.total_cmp(&a.2)
            .then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
    });
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); count];
    links.retain(|&(child, parent, ..)| {
        let is_open = child != parent && !reaches(&above, parent, child);
        if is_open {
            above[child].push(parent);
        }
        is_open
    });
    links
}

/// Whether one climbs from `from` to `to`.
fn reaches(above: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(place) = open.pop() {
        if place == to {
            return true;
        }
        open.extend(above[place].iter().filter(|&&up| seen.insert(up)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_never_closed() {
        let found = BTreeMap::from([
            ((0, 1), (0.9, Nesting::NameContainment)),
            ((1, 2), (0.95, Nesting::SharedEvents)),
            ((2, 0), (0.8, Nesting::SharedEvents)),
        ]);
        let kept: Vec<(usize, usize)> = without_circles(found, 3)
            .into_iter()
            .map(|(child, parent, ..)| (child, parent))
            .collect();
        assert_eq!(kept, [(1, 2), (0, 1)]);
    }

    #[test]
    fn numbered_namesakes_are_not_parts() {
        let name = canonical("Second Norland Civil War");
        assert!(is_numbered(&name, 1, name.len()));
        let name = canonical("Aftermath of the Norland Civil War");
        assert!(!is_numbered(&name, 1, name.len()));
    }
}
