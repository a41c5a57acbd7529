//! One name taken for several kinds of thing: taggers err, and where nearly all documents agree the
//! few others mean the same.

use std::collections::{BTreeMap, HashSet};

use super::census::Census;
use super::edges::Edges;
use super::reason::Reason;
use crate::extract::EntityKind;
use crate::extract::gazetteer::{is_first_name, is_surname};

/// The majority has so many times the documents of the minority: for names of several words, and for
/// single words, which are homonyms more often (Jordan, Chelsea, Madison). Guesses.
const WORDS: usize = 3;
const WORD: usize = 10;

/// Joins names that a few documents take for another kind of thing than nearly all others.
pub(super) fn kinds(census: &Census, edges: &mut Edges) {
    let mut same: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (index, node) in census
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, n)| n.kind.is_some())
    {
        let key = (node.key.as_str(), node.sense.as_deref());
        same.entry(key).or_default().push(index);
    }
    let parts = parts_of_names(census);
    for nodes in same.values().filter(|nodes| nodes.len() > 1) {
        let Some(&most) = nodes
            .iter()
            .max_by_key(|&&n| (census.spread(n), std::cmp::Reverse(n)))
        else {
            continue;
        };
        for &node in nodes.iter().filter(|&&node| node != most) {
            let (few, many) = (census.spread(node), census.spread(most));
            if is_slip(census, node, most, &parts) && many >= few * ratio(census, node) {
                edges.add(most, node, Reason::Kind { few, many });
            }
        }
    }
}

fn ratio(census: &Census, node: usize) -> usize {
    if census.nodes[node].words() > 1 {
        WORDS
    } else {
        WORD
    }
}

/// Whether a kind can be taken for another by mistake: a single word that is a person's name can be
/// somebody's surname as well, unless nobody in the store or the census is called so.
fn is_slip(census: &Census, node: usize, most: usize, parts: &HashSet<&str>) -> bool {
    let is_person = |node: usize| census.nodes[node].kind == Some(EntityKind::Person);
    let key = census.nodes[node].key.as_str();
    let is_part = parts.contains(key) || is_surname(key) || is_first_name(key);
    census.nodes[node].words() > 1 || !is_part || !(is_person(node) || is_person(most))
}

/// The words of whole names of persons.
fn parts_of_names(census: &Census) -> HashSet<&str> {
    let persons = census
        .nodes
        .iter()
        .filter(|node| node.is_person() && node.words() > 1);
    persons.flat_map(|node| node.key.split(' ')).collect()
}
