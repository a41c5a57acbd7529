//! Items of an archive that say the same of the same day.
//!
//! Pages are written to be told apart, so only rewordings are joined: different happenings of one
//! story on one day stay apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::nodes::{Key, Node};
use crate::extract::gazetteer::country_of_demonym;
use crate::extract::terms;
use crate::resolve::Reading;
use crate::resolve::groups::Groups;
use crate::resolve::similarity::{Signature, with_full_names};

/// Two items of an archive on one day are one event from this likeness of their titles on. Pages
/// are written to be told apart, so only rewordings pass (chosen on the development pages).
const SAME_TITLE: f64 = 0.72;

/// Joins items of one day whose titles say the same.
pub(super) fn join_rewordings(readings: &[Reading], nodes: &[Node], groups: &mut Groups) {
    let mut days: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        if let (Key::Address(_), Some(date)) = (&node.key, node.date) {
            days.entry(date).or_default().push(index);
        }
    }
    let alike: Vec<Vec<(usize, usize)>> = days
        .par_iter()
        .map(|(_, day)| alike(readings, nodes, day))
        .collect();
    for (a, b) in alike.into_iter().flatten() {
        groups.join(a, b);
    }
}

/// Pairs among the items of a day whose titles say the same.
fn alike(readings: &[Reading], nodes: &[Node], day: &[usize]) -> Vec<(usize, usize)> {
    let titles: Vec<Vec<Signature>> = day.iter().map(|&i| titles(readings, &nodes[i])).collect();
    let named: Vec<Named> = day
        .iter()
        .map(|&i| Named::of(readings, &nodes[i]))
        .collect();
    let mut found = Vec::new();
    for (place, &a) in day.iter().enumerate() {
        for (other, &b) in day.iter().enumerate().skip(place + 1) {
            let alike = likeness(&titles[place], &titles[other]) >= SAME_TITLE;
            if alike && !named[place].is_opposed_to(&named[other]) {
                found.push((a, b));
            }
        }
    }
    found
}

fn likeness(left: &[Signature], right: &[Signature]) -> f64 {
    let pairs = left
        .iter()
        .flat_map(|a| right.iter().map(move |b| a.cosine(b)));
    pairs.fold(0.0, f64::max)
}

/// What an item names in its titles, and all that it says in them.
struct Named {
    names: Vec<BTreeSet<String>>,
    said: BTreeSet<String>,
}

impl Named {
    fn of(readings: &[Reading], node: &Node) -> Self {
        let mut named = Self {
            names: Vec::new(),
            said: BTreeSet::new(),
        };
        for telling in &node.tellings {
            let reading = &readings[telling.reading];
            let title = telling.of(readings).words;
            let words = reading.document.words(title);
            named.said.extend(stems(words));
            let mentions = reading.extraction.mentions.iter();
            let inside = mentions.filter(|mention| title.contains(mention.span));
            let names = inside.map(|mention| reading.document.words(mention.span));
            named.names.extend(names.map(stems));
            named.names.extend(inner_capitals(words).map(stems));
        }
        named.names.retain(|name| !name.is_empty());
        named
    }

    /// Whether each names somebody or something of which the other says nothing: elections of one day in two
    /// countries are worded alike.
    fn is_opposed_to(&self, other: &Self) -> bool {
        self.names_more_than(other) && other.names_more_than(self)
    }

    fn names_more_than(&self, other: &Self) -> bool {
        let mut names = self.names.iter();
        names.any(|name| name.is_disjoint(&other.said))
    }
}

/// The stems of words, and the countries that demonyms among them stand for: "British" says "United Kingdom".
fn stems(words: &str) -> BTreeSet<String> {
    let mut stems: BTreeSet<String> = terms(&with_full_names(words)).into_iter().collect();
    let countries = words.unicode_words().filter_map(country_of_demonym);
    stems.extend(countries.flat_map(terms));
    stems.extend(country_of_demonym(words).into_iter().flat_map(terms));
    stems
}

/// Capitalized words that do not begin a title: proper names that the tagger may not know.
fn inner_capitals(title: &str) -> impl Iterator<Item = &str> {
    let words = title.unicode_words().skip(1);
    words.filter(|word| word.starts_with(char::is_uppercase))
}

/// The distinct titles of an item, each also without a topic before its colon.
fn titles(readings: &[Reading], node: &Node) -> Vec<Signature> {
    let mut titles: Vec<&str> = node
        .tellings
        .iter()
        .map(|t| t.document(readings).words(t.of(readings).words).trim())
        .collect();
    titles.sort_unstable();
    titles.dedup();
    titles
        .iter()
        .flat_map(|title| [Some(*title), without_topic(title)])
        .flatten()
        .map(Signature::of)
        .collect()
}

/// `Topic: Text` without its topic of up to eight words.
fn without_topic(title: &str) -> Option<&str> {
    let (topic, text) = title.split_once(':')?;
    let short = topic.split_whitespace().count() <= 8 && text.split_whitespace().count() > 3;
    short.then(|| text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(title: &str) -> Named {
        Named {
            names: inner_capitals(title).map(stems).collect(),
            said: stems(title),
        }
    }

    #[test]
    fn the_same_said_of_two_countries_is_two_happenings() {
        let cyprus = named("Voters in Cyprus go to the polls for a parliamentary election.");
        let vietnam = named("Voters in Vietnam go to the polls for a parliamentary election.");
        assert!(cyprus.is_opposed_to(&vietnam));
        let reworded = named("Cypriot voters go to the polls to elect a parliament in Cyprus.");
        assert!(!cyprus.is_opposed_to(&reworded));
        assert!(!cyprus.is_opposed_to(&named("Voters go to the polls.")));
    }
}
