//! One name in several spellings: candidates share kind and consonant skeleton, and are judged by
//! likeness, by what the tables know of both, and by their company.
//!
//! Only names in one block are compared, so that the work grows with the number of names. The
//! thresholds are guesses; 70 random merges over 107,000 items of Wikipedia's Current Events were
//! read by hand in November 2026 (3 wrong, of which the rules now keep 2 apart).

use std::collections::{BTreeMap, HashMap};

use strsim::normalized_damerau_levenshtein as likeness;

use super::census::Census;
use super::context::{self, Company};
use super::edges::Edges;
use super::reason::Reason;
use super::{fold, given};
use crate::extract::EntityKind;
use crate::extract::gazetteer::{are_two_places, is_first_name, is_surname, one_place};
use crate::resolve::alias;

/// Least likeness of the folded names.
const FOLDED: f64 = 0.8;
/// Least likeness of the names as they are: guards against folds that take too much away.
const PLAIN: f64 = 0.6;
/// Names that are equal under the strict fold need no company from this length on.
const SURE_LENGTH: usize = 5;
/// Places and bodies that so many readings each name in spellings that are not one fold apart are two: Hunan is not
/// Henan (a guess, after the 390 such merges over 107,000 items of Current Events).
const SETTLED: usize = 8;
/// Blocks larger than this are of short names that share a skeleton by chance.
const LARGEST_BLOCK: usize = 60;

/// Finds spellings of one name.
pub(super) fn spellings(census: &Census, edges: &mut Edges) {
    let mut companies: HashMap<usize, Company> = HashMap::new();
    for block in blocks(census).values() {
        for (place, &a) in block.iter().enumerate() {
            for &b in &block[place + 1..] {
                if let Some(reason) = judge(census, a, b, &mut companies) {
                    edges.add(a, b, reason);
                }
            }
        }
    }
}

/// Names by kind and skeleton; single names of persons are left to [`surname`](super::surname).
fn blocks(census: &Census) -> BTreeMap<(EntityKind, String), Vec<usize>> {
    let mut blocks: BTreeMap<(EntityKind, String), Vec<usize>> = BTreeMap::new();
    for (index, node) in census.nodes.iter().enumerate() {
        let Some(kind) = node.kind.filter(|_| node.sense.is_none()) else {
            continue;
        };
        if node.is_person() && node.words() == 1 {
            continue;
        }
        if let Some(skeleton) = fold::skeleton(&fold::loose(&node.key)) {
            let joined = skeleton.replace(' ', "");
            blocks.entry((kind, joined)).or_default().push(index);
        }
    }
    blocks.retain(|_, block| (2..=LARGEST_BLOCK).contains(&block.len()));
    blocks
}

fn judge(
    census: &Census,
    a: usize,
    b: usize,
    companies: &mut HashMap<usize, Company>,
) -> Option<Reason> {
    let (one, other) = (&census.nodes[a].key, &census.nodes[b].key);
    let names = [a, b].map(|node| census.usage[node].name());
    if let Some(place) = one_place(names[0], names[1]) {
        let country = place.country.to_owned();
        return Some(Reason::Gazetteer { country });
    }
    let folds = [one, other].map(|key| fold::loose(key).replace(' ', ""));
    let score = likeness(&folds[0], &folds[1]);
    if score < FOLDED || likeness(one, other) < PLAIN || !may_be_one(census, a, b) {
        return None;
    }
    let kind = census.nodes[a].kind;
    let words = |key: &str| fold::loose(key).split(' ').count();
    // Vila Real is not Villarreal, but FoxNews is Fox News.
    let parted = kind == Some(EntityKind::Place) && words(one) != words(other);
    let is_habit = !parted
        && fold::strict(one) == fold::strict(other)
        && one.len().min(other.len()) >= SURE_LENGTH;
    let is_person = kind == Some(EntityKind::Person);
    let (letters, long) = match is_person {
        true => (folds[0].len(), 10),
        false => (differing_letters(one, other), 8),
    };
    let is_long = !parted && folds[0] == folds[1] && letters >= long;
    let is_settled = census.spread(a).min(census.spread(b)) >= SETTLED;
    if !is_person && folds[0] != folds[1] && is_settled {
        return None;
    }
    let mut shared = Vec::new();
    if !is_habit && !is_long {
        shared = shared_company(census, a, b, companies);
        if shared.is_empty() {
            return None;
        }
    }
    Some(Reason::Transliteration {
        of: names[1].to_owned(),
        score,
        shared: context::names(census, &shared),
    })
}

/// Folded letters of the words of one name that another has not: of places and bodies that fold alike, "province"
/// says nothing of which.
fn differing_letters(one: &str, other: &str) -> usize {
    let others: Vec<&str> = other.split(' ').collect();
    let words = one.split(' ').filter(|word| !others.contains(word));
    words.map(|word| fold::loose(word).len()).sum()
}

fn shared_company(
    census: &Census,
    a: usize,
    b: usize,
    companies: &mut HashMap<usize, Company>,
) -> Vec<usize> {
    for node in [a, b] {
        companies
            .entry(node)
            .or_insert_with(|| Company::of(census, node));
    }
    companies[&a].shared(&companies[&b], census)
}

/// What forbids that two spellings are one name: a document that has both, tables that know them as
/// two, other figures, other words, other first letters.
fn may_be_one(census: &Census, a: usize, b: usize) -> bool {
    let (one, other) = (&census.nodes[a], &census.nodes[b]);
    let kind = one.kind;
    let rows = [one, other].map(|node| alias::meant_by(kind, &node.key).map(|known| known.name));
    if let [Some(x), Some(y)] = rows
        && x != y
    {
        return false;
    }
    let figures = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    figures(&one.key) == figures(&other.key)
        && match kind {
            Some(EntityKind::Person) => same_person_words(&one.key, &other.key),
            Some(EntityKind::Place) => {
                !are_two_places(census.usage[a].name(), census.usage[b].name())
            }
            // Names of bodies are made of words, and other words are other bodies.
            _ => fold::strict(&one.key) == fold::strict(&other.key) || !is_worded(&one.key),
        }
        && context::together(census, a, b) == 0
}

/// Word by word: two common first names that are no forms of one, or two common surnames, are two.
fn same_person_words(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    if one.len() != other.len() {
        return true;
    }
    let last = one.len() - 1;
    one.iter().zip(&other).enumerate().all(|(place, (x, y))| {
        let known = |word: &str| match place == last {
            true => is_surname(word),
            false => is_first_name(word) || given::is_given_name(word),
        };
        x == y || given::one_class(x, y) || !(known(x) && known(y))
    })
}

/// Whether a body's name has several words.
fn is_worded(key: &str) -> bool {
    key.contains(' ')
}
