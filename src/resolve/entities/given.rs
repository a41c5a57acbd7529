//! Whole names of one person: usual forms of a given name, middle names and initials left out, first
//! words left out.
//!
//! `models/gazetteer/given-names.tsv` has the usual forms, one class a line. A shorter name is joined
//! only when the fuller ones it could stand for agree among themselves: "George Bush" stays apart
//! where there is a George W. and a George H. W.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::census::Census;
use super::context::{self, Company};
use super::edges::Edges;
use super::reason::Reason;
use crate::extract::gazetteer::place;

/// Classes of given names by their members.
static CLASSES: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut classes: HashMap<&str, Vec<usize>> = HashMap::new();
    let lines = include_str!("../../../models/gazetteer/given-names.tsv").lines();
    for (class, line) in lines.filter(|line| !line.starts_with('#')).enumerate() {
        for name in line.split_whitespace() {
            classes.entry(name).or_default().push(class);
        }
    }
    classes
});

/// With and without a middle name, two names that so many documents use each are one person's only with
/// [`LEAST_SHARED`] neighbours in common: two well-known people have some. Guesses; in 107,000 items John Edwards
/// and John Bel Edwards, named by 20 and 12, share two.
const SETTLED: usize = 8;
const LEAST_SHARED: usize = 3;

/// How a shorter name stands to a fuller one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// Only initials are left out.
    Initials,
    /// Middle names are left out.
    Middle,
    /// Whole words are left out, or the given name has another form.
    Words,
}

/// Joins whole names of one person.
pub(super) fn given_names(census: &Census, edges: &mut Edges) {
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for block in blocks(census).values() {
        for &short in block {
            for &full in block.iter().filter(|&&full| full != short) {
                if relation(census, short, full).is_some() {
                    found.entry(short).or_default().insert(full);
                }
            }
        }
    }
    let mut companies = HashMap::new();
    for (&short, fuller) in &found {
        let fuller: Vec<usize> = fuller.iter().copied().collect();
        if !agree(census, &fuller) {
            continue;
        }
        for &full in &fuller {
            join(census, short, full, edges, &mut companies);
        }
    }
}

fn join(
    census: &Census,
    short: usize,
    full: usize,
    edges: &mut Edges,
    companies: &mut HashMap<usize, Company>,
) {
    let mut shared = Vec::new();
    let relation = relation(census, short, full);
    let is_settled = census.spread(short).min(census.spread(full)) >= SETTLED;
    if relation != Some(Relation::Initials) {
        for node in [short, full] {
            companies
                .entry(node)
                .or_insert_with(|| Company::of(census, node));
        }
        shared = companies[&short].shared(&companies[&full], census);
        let least = match relation {
            Some(Relation::Middle) if is_settled => LEAST_SHARED,
            _ => 1,
        };
        if shared.len() < least {
            return;
        }
    }
    let of = census.usage[full].name().to_owned();
    let shared = context::names(census, &shared);
    edges.add(short, full, Reason::GivenName { of, shared });
}

/// Whole names of persons by surname and given name (or its class), and by their last two words.
fn blocks(census: &Census) -> BTreeMap<(String, String), Vec<usize>> {
    let mut blocks: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, node) in census.nodes.iter().enumerate() {
        if !node.is_person() || node.words() < 2 {
            continue;
        }
        let words: Vec<&str> = node.key.split(' ').collect();
        let (first, last) = (words[0], node.last_word());
        let classes = CLASSES.get(first).into_iter().flatten();
        let mut keys: BTreeSet<String> = classes.map(|class| format!("#{class}")).collect();
        keys.insert(first.to_owned());
        keys.insert(words[words.len() - 2].to_owned());
        for key in keys {
            blocks
                .entry((last.to_owned(), key))
                .or_default()
                .push(index);
        }
    }
    blocks
}

/// How a shorter name stands to a fuller one; `None` when it does not.
fn relation(census: &Census, shorter: usize, fuller: usize) -> Option<Relation> {
    let words = |node: usize| census.nodes[node].key.split(' ').collect::<Vec<_>>();
    let (short, full) = (words(shorter), words(fuller));
    let (first, last, middle) = parts(&short)?;
    let (full_first, full_last, full_middle) = parts(&full)?;
    if last != full_last {
        return None;
    }
    if first == full_first && middle.is_empty() && !full_middle.is_empty() {
        let initials = full_middle.iter().all(|word| word.len() == 1);
        return Some(if initials {
            Relation::Initials
        } else {
            Relation::Middle
        });
    }
    let form = first != full_first && one_class(first, full_first);
    if form && middle == full_middle {
        // Of two forms the longer given name counts as the fuller name.
        let longer = (full_first.len(), full_first) > (first.len(), first);
        return longer.then_some(Relation::Words);
    }
    let is_ship = SHIPS.contains(&full_first);
    let is_town = place(census.usage[fuller].name()).is_some();
    let is_end = !is_ship && !is_town && full.len() > short.len() && full.ends_with(&short);
    is_end.then_some(Relation::Words)
}

/// Prefixes of ships, which are named after people.
const SHIPS: [&str; 5] = ["hms", "mv", "rms", "ss", "uss"];

/// First word, last word, and what stands between.
fn parts<'a>(words: &'a [&'a str]) -> Option<(&'a str, &'a str, &'a [&'a str])> {
    match words {
        [first, middle @ .., last] => Some((first, last, middle)),
        _ => None,
    }
}

/// Whether a word is in the table of given names.
pub(super) fn is_given_name(word: &str) -> bool {
    CLASSES.contains_key(word)
}

/// Whether two words are forms of one given name.
pub(super) fn one_class(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (CLASSES.get(one), CLASSES.get(other)) else {
        return false;
    };
    one.iter().any(|class| other.contains(class))
}

/// Whether fuller names can all be one person's: no two of them have different middle names.
fn agree(census: &Census, fuller: &[usize]) -> bool {
    let words = |node: usize| census.nodes[node].key.split(' ').collect::<Vec<_>>();
    fuller.iter().enumerate().all(|(place, &a)| {
        fuller[place + 1..].iter().all(|&b| {
            let (one, other) = (words(a), words(b));
            match (parts(&one), parts(&other)) {
                (Some((first, _, middle)), Some((other_first, _, other_middle))) => {
                    (first == other_first || one_class(first, other_first))
                        && (middle.is_empty()
                            || other_middle.is_empty()
                            || one_middle(middle, other_middle))
                }
                _ => false,
            }
        })
    })
}

/// "w" and "walker" are one, "w" and "h w" are two.
fn one_middle(one: &[&str], other: &[&str]) -> bool {
    let pairs = one.iter().zip(other);
    let fits = |(x, y): (&&str, &&str)| x.starts_with(*y) || y.starts_with(*x);
    one.len() == other.len() && pairs.into_iter().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_given_names() {
        assert!(one_class("bill", "william"));
        assert!(!one_class("bill", "robert"));
        assert!(one_middle(&["w"], &["walker"]));
        assert!(!one_middle(&["w"], &["h", "w"]));
    }
}
