//! Same event or not: gold and answers about pairs in, pairwise precision, recall and F1 out.
//!
//! Either side is a list of pairs, `{"a": id, "b": id, "same": bool}`, or a clustering, a line
//! `{"doc": id, "cluster": name}` for each document, where documents of one cluster are the same (gold of
//! ECB+ says `subtopic` for the cluster). Over a gold clustering all pairs of its documents are
//! scored, over gold pairs just those. Pairs in which an answer is missing count as "not the same".
//! Between two clusterings B-cubed (Bagga and Baldwin 1998) is given as well.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::lines;
use super::score::{harmonic_mean, share};
use super::{Counts, EvalError, Lines, Score};

/// A line of either form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "neither a pair {\"a\", \"b\", \"same\"} nor a document {\"doc\", \"cluster\"}"
)]
pub enum PairRow {
    /// A judgement about two documents or items.
    Pair {
        /// Id of the one.
        #[serde(deserialize_with = "lines::id")]
        a: String,
        /// Id of the other.
        #[serde(deserialize_with = "lines::id")]
        b: String,
        /// Whether they tell the same event.
        same: bool,
    },
    /// The cluster of a document.
    Member {
        /// Its id.
        #[serde(deserialize_with = "lines::id", alias = "id")]
        doc: String,
        /// Its cluster.
        #[serde(deserialize_with = "lines::id", alias = "subtopic", alias = "event")]
        cluster: String,
    },
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PairScores {
    /// Over pairs; what counts as found is "the same".
    pub pairwise: Score,
    /// Share of the pairs judged as the gold has them.
    pub accuracy: f64,
    /// Over documents, between two clusterings.
    pub b_cubed: Option<BCubed>,
}

/// B-cubed: for each document, how its cluster meets its gold cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct BCubed {
    /// Mean share of a document's cluster that belongs there.
    pub precision: f64,
    /// Mean share of a document's gold cluster that is there.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// One side, by its form.
enum Side<'a> {
    Pairs(HashMap<(&'a str, &'a str), bool>),
    Clusters(HashMap<&'a str, &'a str>),
}

/// Scores answers against gold.
///
/// # Errors
/// When a side mixes the two forms or says something twice.
pub fn score_pairs(
    gold: &Lines<PairRow>,
    system: &Lines<PairRow>,
) -> Result<PairScores, EvalError> {
    let (wanted, answer) = (side(gold)?, side(system)?);
    let mut counts = Counts::default();
    let (mut right, mut all) = (0, 0);
    for ((a, b), same) in pairs(gold, &wanted) {
        let said = says_same(&answer, a, b);
        counts.found += usize::from(same && said);
        counts.spurious += usize::from(!same && said);
        counts.missed += usize::from(same && !said);
        right += usize::from(same == said);
        all += 1;
    }
    let b_cubed = match (&wanted, &answer) {
        (Side::Clusters(gold), Side::Clusters(system)) => Some(b_cubed(gold, system)),
        _ => None,
    };
    Ok(PairScores {
        pairwise: counts.into(),
        accuracy: share(right, all),
        b_cubed,
    })
}

fn side(lines: &Lines<PairRow>) -> Result<Side<'_>, EvalError> {
    let (mut pairs, mut clusters) = (HashMap::new(), HashMap::new());
    for row in &lines.rows {
        let is_new = match &row.value {
            PairRow::Pair { a, b, same } => pairs.insert(ordered(a, b), *same).is_none(),
            PairRow::Member { doc, cluster } => {
                clusters.insert(doc.as_str(), cluster.as_str()).is_none()
            }
        };
        if !is_new {
            let reason = "what this line speaks of was judged above".to_owned();
            return Err(lines.error(row.line, reason, "keep one line for each pair or document"));
        }
        if !pairs.is_empty() && !clusters.is_empty() {
            let reason = "pairs and clusters in one file".to_owned();
            return Err(lines.error(
                row.line,
                reason,
                "give either {\"a\", \"b\", \"same\"} or {\"doc\", \"cluster\"} lines",
            ));
        }
    }
    Ok(if clusters.is_empty() {
        Side::Pairs(pairs)
    } else {
        Side::Clusters(clusters)
    })
}

fn ordered<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    if a <= b { (a, b) } else { (b, a) }
}

fn says_same(side: &Side<'_>, a: &str, b: &str) -> bool {
    match side {
        Side::Pairs(pairs) => pairs.get(&ordered(a, b)).copied().unwrap_or(false),
        Side::Clusters(clusters) => {
            let cluster = clusters.get(a);
            cluster.is_some() && cluster == clusters.get(b)
        }
    }
}

/// The pairs to score with their gold judgement.
fn pairs<'a>(gold: &'a Lines<PairRow>, side: &Side<'a>) -> Vec<((&'a str, &'a str), bool)> {
    let documents: Vec<&str> = gold
        .values()
        .filter_map(|row| match row {
            PairRow::Member { doc, .. } => Some(doc.as_str()),
            PairRow::Pair { .. } => None,
        })
        .collect();
    match side {
        Side::Pairs(pairs) => pairs.iter().map(|(pair, same)| (*pair, *same)).collect(),
        Side::Clusters(clusters) => {
            let mut all = Vec::new();
            for (at, a) in documents.iter().enumerate() {
                all.extend(
                    documents[..at]
                        .iter()
                        .map(|b| ((*a, *b), clusters.get(a) == clusters.get(b))),
                );
            }
            all
        }
    }
}

fn b_cubed(gold: &HashMap<&str, &str>, system: &HashMap<&str, &str>) -> BCubed {
    let mut clusters: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (document, cluster) in system
        .iter()
        .filter(|(document, _)| gold.contains_key(*document))
    {
        clusters.entry(cluster).or_default().insert(document);
    }
    let mut golden: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (document, cluster) in gold {
        golden.entry(cluster).or_default().insert(document);
    }
    // In a fixed order: the sum of floating-point numbers depends on it.
    let mut documents: Vec<&str> = gold.keys().copied().collect();
    documents.sort_unstable();
    let (mut precision, mut recall) = (0.0, 0.0);
    for document in &documents {
        let alone = HashSet::from([*document]);
        let own = system
            .get(document)
            .map_or(&alone, |cluster| &clusters[cluster]);
        let wanted = &golden[gold[document]];
        let shared = own.intersection(wanted).count();
        precision += share(shared, own.len());
        recall += share(shared, wanted.len());
    }
    let count = documents.len().max(1) as f64;
    let (precision, recall) = (precision / count, recall / count);
    BCubed {
        precision,
        recall,
        f1: harmonic_mean(precision, recall),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Lines<PairRow> {
        Lines::parse("rows.jsonl", text).unwrap()
    }

    const CLUSTERS: &str = "{\"doc\":\"a\",\"cluster\":1}\n{\"doc\":\"b\",\"cluster\":1}\n{\"doc\":\"c\",\"cluster\":2}";

    #[test]
    fn pairs_and_clusters_are_read_on_either_side() {
        let pairs =
            "{\"a\":\"b\",\"b\":\"a\",\"same\":true}\n{\"a\":\"a\",\"b\":\"c\",\"same\":true}";
        let scores = score_pairs(&rows(CLUSTERS), &rows(pairs)).unwrap();
        assert_eq!(
            (
                scores.pairwise.tp,
                scores.pairwise.fp,
                scores.pairwise.missed
            ),
            (1, 1, 0)
        );
        let scores = score_pairs(&rows(pairs), &rows(CLUSTERS)).unwrap();
        assert_eq!(
            (
                scores.pairwise.tp,
                scores.pairwise.fp,
                scores.pairwise.missed
            ),
            (1, 0, 1)
        );
        assert_eq!(scores.b_cubed, None);
    }

    #[test]
    fn b_cubed_of_the_gold_itself_is_one() {
        let scores = score_pairs(&rows(CLUSTERS), &rows(CLUSTERS)).unwrap();
        assert_eq!(scores.b_cubed.unwrap().f1, 1.0);
        let alone = score_pairs(&rows(CLUSTERS), &rows("{\"doc\":\"a\",\"cluster\":1}")).unwrap();
        let b_cubed = alone.b_cubed.unwrap();
        assert_eq!(b_cubed.precision, 1.0);
        assert!((b_cubed.recall - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_file_has_one_form() {
        let mixed = format!("{CLUSTERS}\n{{\"a\":1,\"b\":2,\"same\":false}}");
        let error = score_pairs(&rows(&mixed), &rows(CLUSTERS)).unwrap_err();
        assert_eq!(error.line, 4);
        let error = Lines::<PairRow>::parse("rows.jsonl", "{}").unwrap_err();
        assert!(error.reason.starts_with("neither a pair"), "{error}");
    }
}
