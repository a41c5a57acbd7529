//! Items of an archive that say the same of the same day.
//!
//! Pages are written to be told apart, so only rewordings are joined: different happenings of one
//! story on one day stay apart.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::nodes::{Key, Node};
use crate::resolve::Reading;
use crate::resolve::groups::Groups;
use crate::resolve::similarity::Signature;

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
    let mut found = Vec::new();
    for (place, &a) in day.iter().enumerate() {
        for (other, &b) in day.iter().enumerate().skip(place + 1) {
            if likeness(&titles[place], &titles[other]) >= SAME_TITLE {
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
