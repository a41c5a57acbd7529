//! Short forms that documents define: where the definitions agree, the short form alone means the
//! long one too.

use std::collections::BTreeMap;

use super::census::Census;
use super::edges::Edges;
use super::reason::Reason;
use crate::extract::name_key;
use crate::resolve::{Reading, alias};

/// Share of the defining documents that must agree. A guess.
const AGREED: f64 = 0.8;

/// A short form that has so many times more documents than define it is somebody else's usual name:
/// AFP is a police force where it is defined, and a news agency elsewhere. A guess.
const BARE: usize = 10;

/// Joins short forms with what documents define them as.
pub(super) fn acronyms(readings: &[Reading], census: &Census, edges: &mut Edges) {
    let mut of_short: BTreeMap<usize, Vec<(usize, &Vec<usize>)>> = BTreeMap::new();
    for ((short, long), defining) in &census.acronyms {
        of_short.entry(*short).or_default().push((*long, defining));
    }
    let leaders = edges.leaders();
    for (short, longs) in of_short {
        let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
        for (long, defining) in &longs {
            *groups.entry(leaders[*long]).or_default() += defining.len();
        }
        let all: usize = groups.values().sum();
        let Some((&group, &count)) = groups
            .iter()
            .max_by_key(|(leader, count)| (**count, std::cmp::Reverse(**leader)))
        else {
            continue;
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of documents are far below 2^52"
        )]
        let agreed = count as f64 >= AGREED * all as f64;
        let is_usual = census.spread(short) <= BARE * all;
        if !agreed || !is_usual || means_other(census, short, group) {
            continue;
        }
        let of_group = longs.iter().filter(|(long, _)| leaders[*long] == group);
        if let Some((long, defining)) =
            of_group.max_by_key(|(long, d)| (d.len(), std::cmp::Reverse(*long)))
        {
            let reason = Reason::Acronym {
                document: readings[defining[0]].id.to_string(),
                words: defining_words(
                    &readings[defining[0]],
                    &census.nodes[*long].key,
                    &census.nodes[short].key,
                ),
                documents: count,
            };
            edges.add(*long, short, reason);
        }
    }
}

/// Whether the table of aliases knows the short form as something else.
fn means_other(census: &Census, short: usize, group: usize) -> bool {
    let node = &census.nodes[short];
    let known = |index: usize| {
        let node = &census.nodes[index];
        alias::meant_by(node.kind, &node.key).map(|known| known.name)
    };
    alias::meant_by(node.kind, &node.key).is_some() && known(short) != known(group)
}

/// "World Food Programme (WFP)" as the document has it.
fn defining_words(reading: &Reading, long: &str, short: &str) -> String {
    let document = &reading.document;
    let spans: Vec<_> = reading.extraction.mentions.iter().map(|m| m.span).collect();
    let is = |key: &str, span: crate::span::Span| name_key(document.words(span)) == key;
    let pair = spans
        .windows(2)
        .find(|two| is(long, two[0]) && is(short, two[1]));
    let words = match pair {
        Some(two) => crate::span::Span::new(two[0].start, two[1].end).of(&document.text),
        None => spans
            .iter()
            .find(|span| is(short, **span))
            .map_or("", |span| document.words(*span)),
    };
    let closed = if words.contains('(') { ")" } else { "" };
    format!(
        "{}{closed}",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}
