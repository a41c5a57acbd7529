//! Topic timelines: what belongs to a topic and a system's ranking in, average precision and recall
//! at cut-offs out.
//!
//! Gold: `{"topic", "from", "to", "events": [{"id"}], "unjudged": [id], "split"}`; answers:
//! `{"topic", "ranking": [id, best first]}`. A topic without an answer scores 0. Ids begin with their
//! date, and what lies outside the topic's dates is not looked at. There are two readings, because
//! nobody judged every item: *condensed* takes unjudged items out of the ranking (Sakai 2007), which
//! reads high; *strict* counts them as wrong, which reads low.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::score::share;
use super::{EvalError, Lines};

/// A topic and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TopicRow {
    /// Its name.
    pub topic: String,
    /// First day, inclusive.
    pub from: String,
    /// Last day, inclusive.
    pub to: String,
    /// What belongs to it.
    pub events: Vec<Judged>,
    /// Ids of items of which nobody knows whether they belong.
    #[serde(default)]
    pub unjudged: Vec<String>,
    /// Which part of the data it is in.
    #[serde(default)]
    pub split: Option<String>,
}

/// An item of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Judged {
    /// Its id.
    pub id: String,
}

/// A system's answer to a topic.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RankingRow {
    /// The topic's name.
    pub topic: String,
    /// Ids, the best first.
    pub ranking: Vec<String>,
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TimelineScores {
    /// Means over the topics, unjudged items taken out.
    pub condensed: RankScores,
    /// Means over the topics, unjudged items counted as wrong.
    pub strict: RankScores,
    /// Topic by topic, in the order of the gold.
    pub topics: Vec<TopicScores>,
    /// Answers to topics that the gold does not have.
    pub unknown: Vec<String>,
}

/// The figures of one topic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopicScores {
    /// Its name.
    pub topic: String,
    /// How many items belong to it.
    pub relevant: usize,
    /// Unjudged items taken out.
    pub condensed: RankScores,
    /// Unjudged items counted as wrong.
    pub strict: RankScores,
}

/// Measures of a ranking, in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct RankScores {
    /// Mean of the precision at each relevant item; 0 for those not found.
    pub average_precision: f64,
    /// Precision at as many items as are relevant.
    pub r_precision: f64,
    /// Share of the first ten that is relevant.
    pub precision_at_10: f64,
    /// Share of what is relevant among the first 20.
    pub recall_at_20: f64,
    /// Share of what is relevant among the first 50.
    pub recall_at_50: f64,
    /// Share of what is relevant among the first 100.
    pub recall_at_100: f64,
}

/// Scores rankings against gold.
///
/// # Errors
/// When a topic stands twice, or one of the gold has no items.
pub fn score_timelines(
    gold: &Lines<TopicRow>,
    system: &Lines<RankingRow>,
) -> Result<TimelineScores, EvalError> {
    let known = gold.by_key(|row| &row.topic)?;
    let answers = system.by_key(|row| &row.topic)?;
    if let Some(row) = gold.rows.iter().find(|row| row.value.events.is_empty()) {
        let reason = format!("nothing belongs to the topic {:?}", row.value.topic);
        return Err(gold.error(row.line, reason, "leave the topic out: it cannot be scored"));
    }
    let topics: Vec<TopicScores> = gold
        .values()
        .map(|topic| {
            let answer = answers.get(topic.topic.as_str());
            topic_scores(topic, answer.map_or(&[], |row| &row.value.ranking))
        })
        .collect();
    let unknown = system.values().map(|row| row.topic.clone());
    Ok(TimelineScores {
        condensed: mean(topics.iter().map(|topic| topic.condensed)),
        strict: mean(topics.iter().map(|topic| topic.strict)),
        unknown: unknown
            .filter(|topic| !known.contains_key(topic.as_str()))
            .collect(),
        topics,
    })
}

fn topic_scores(topic: &TopicRow, ranking: &[String]) -> TopicScores {
    let relevant: HashSet<&str> = topic.events.iter().map(|event| event.id.as_str()).collect();
    let unjudged: HashSet<&str> = topic.unjudged.iter().map(String::as_str).collect();
    let mut seen = HashSet::new();
    let looked_at: Vec<&str> = ranking
        .iter()
        .map(String::as_str)
        .filter(|id| is_within(id, topic) && seen.insert(*id))
        .collect();
    let judged: Vec<&str> = looked_at
        .iter()
        .copied()
        .filter(|id| !unjudged.contains(id))
        .collect();
    TopicScores {
        topic: topic.topic.clone(),
        relevant: relevant.len(),
        condensed: rank_scores(&judged, &relevant),
        strict: rank_scores(&looked_at, &relevant),
    }
}

/// Whether the day at the head of an id (`2015-08-26#6`) lies in the topic's time.
fn is_within(id: &str, topic: &TopicRow) -> bool {
    let day: String = id.chars().take(10).collect();
    (topic.from.as_str()..=topic.to.as_str()).contains(&day.as_str())
}

fn rank_scores(ranking: &[&str], relevant: &HashSet<&str>) -> RankScores {
    let hits: Vec<bool> = ranking.iter().map(|id| relevant.contains(id)).collect();
    let among = |first: usize| hits.iter().take(first).filter(|hit| **hit).count();
    let mut found = 0;
    let mut sum = 0.0;
    for (place, _) in hits.iter().enumerate().filter(|(_, hit)| **hit) {
        found += 1;
        sum += share(found, place + 1);
    }
    let all = relevant.len();
    RankScores {
        average_precision: sum / all as f64,
        r_precision: share(among(all), all),
        precision_at_10: share(among(10), 10),
        recall_at_20: share(among(20), all),
        recall_at_50: share(among(50), all),
        recall_at_100: share(among(100), all),
    }
}

fn mean(scores: impl ExactSizeIterator<Item = RankScores>) -> RankScores {
    let count = scores.len().max(1) as f64;
    let sum = scores.fold([0.0; 6], |sum, one| {
        let values = one.values();
        std::array::from_fn(|at| sum[at] + values[at])
    });
    RankScores::of_values(sum.map(|value| value / count))
}

impl RankScores {
    /// The measures in the order of the fields.
    #[must_use]
    pub const fn values(&self) -> [f64; 6] {
        [
            self.average_precision,
            self.r_precision,
            self.precision_at_10,
            self.recall_at_20,
            self.recall_at_50,
            self.recall_at_100,
        ]
    }

    const fn of_values(values: [f64; 6]) -> Self {
        let [
            average_precision,
            r_precision,
            precision_at_10,
            recall_at_20,
            recall_at_50,
            recall_at_100,
        ] = values;
        Self {
            average_precision,
            r_precision,
            precision_at_10,
            recall_at_20,
            recall_at_50,
            recall_at_100,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(ranking: &str) -> TimelineScores {
        let gold = r#"{"topic":"Dam","from":"2015-01-01","to":"2015-12-31","events":[{"id":"2015-02-01#1"},{"id":"2015-03-01#1"}],"unjudged":["2015-02-02#9"]}"#;
        let gold = Lines::parse("gold.jsonl", gold).unwrap();
        let system = format!(r#"{{"topic":"Dam","ranking":{ranking}}}"#);
        score_timelines(&gold, &Lines::parse("system.jsonl", &system).unwrap()).unwrap()
    }

    #[test]
    fn unjudged_items_count_only_in_the_strict_reading() {
        let scores = scores(r#"["2015-02-02#9","2015-02-01#1","2016-01-01#1","2015-02-01#1"]"#);
        assert_eq!(scores.condensed.average_precision, 0.5);
        assert_eq!(scores.strict.average_precision, 0.25);
        assert_eq!(scores.strict.recall_at_20, 0.5);
        assert_eq!(scores.condensed.precision_at_10, 0.1);
    }

    #[test]
    fn a_topic_without_answer_scores_nothing_and_an_unknown_one_is_named() {
        let gold = r#"{"topic":"Dam","from":"2015","to":"2016","events":[{"id":"2015-02-01#1"}]}"#;
        let gold = Lines::parse("gold.jsonl", gold).unwrap();
        let system = Lines::parse("system.jsonl", r#"{"topic":"Ship","ranking":[]}"#).unwrap();
        let scores = score_timelines(&gold, &system).unwrap();
        assert_eq!(scores.strict.average_precision, 0.0);
        assert_eq!(scores.unknown, ["Ship"]);
    }
}
