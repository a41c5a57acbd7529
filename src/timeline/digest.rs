//! The N entries that tell a story best: important ones, from all its stretches, each saying something new.
//!
//! An entry is important when many documents and sources report it, when others name its day (the strongest single
//! sign of a salient date: Kessler et al., *Finding Salient Dates for Building Thematic Timelines*, ACL 2012), and
//! when what comes after speaks as it does: the sum of its likeness to later entries, the less the later they are
//! (Gerrish and Blei, *A Language-based Approach to Measuring Scholarly Impact*, ICML 2010). All that counts as far as it answers the phrase and its words are those
//! of the story, by its likeness to the centroid of all entries (Radev et al., *Centroid-based summarization of
//! multiple documents*, 2004): what merely stands under the story's heading is unlike it.
//!
//! Entries are then taken one by one. What an entry adds is its importance where nothing of its time has been
//! taken yet and less where much has: a concave function of the sum for a few days and for a stretch of the story
//! (Lin and Bilmes, *A Class of Submodular Functions for Document Summarization*, ACL 2011; Martschat and Markert, *A
//! Temporally Sensitive Submodularity Framework for Timeline Summarization*, CoNLL 2018). From that its likeness to
//! those taken is subtracted (maximal marginal relevance, Carbonell and Goldstein, SIGIR 1998).
//!
//! The weights are in the middle of what did well on the fourteen development stories of `benches/key_days.jsonl`
//! (90 random settings; November 2026), those of the stretches on these and on 25 further stories that a newcomer asked for (26 settings).

use std::collections::{BTreeMap, HashMap};

use super::Entry;
use super::rank::{Cosines, Vector, cosine};
use crate::record::day_number;
use crate::store::Slot;

/// Weight of importance against difference.
const BALANCE: f64 = 0.75;
/// What an entry has that only one source reports, and one that nothing echoes, beside 1 for the foremost.
const UNREPORTED: f64 = 0.3;
const UNECHOED: f64 = 0.03;
/// How much more an entry is whose day is named the most.
const MENTIONS: f64 = 0.5;
/// Days after which an echo counts 1/e.
const DECAY_DAYS: f64 = 30.0;
/// Likeness below which nothing echoes: common words alone.
const LEAST_ECHO: f64 = 0.05;
/// Days that are one time: what happens in the evening is told the next day.
const DAYS_TOGETHER: i64 = 3;
/// Stretches of a story for each entry wanted, and the share of the time in what parts them; the rest is that of importance.
const STRETCHES: f64 = 0.6;
const TIME: f64 = 0.25;
/// Entries looked at: the most important ones, but always more than are wanted.
const CANDIDATES: usize = 300;
/// So many are chosen for their difference too; whoever asks for more gets the most important of the
/// rest, since the work grows with the square and a longer list has its repeats anyway (a guess).
const WEIGHED: usize = 300;

/// An entry with what the choice needs to know of it.
pub(super) struct Candidate {
    /// Where the index has it.
    pub(super) slot: Slot,
    /// The entry, with its relevance as its score.
    pub(super) entry: Entry,
    /// Its words.
    pub(super) vector: Vector,
    /// Full days that its tellings name, its own not counted.
    pub(super) refers: Vec<String>,
}

impl Candidate {
    /// Its day, where it has a full date.
    fn day(&self) -> Option<i64> {
        let date = self.entry.date.as_deref()?.get(..10)?;
        date.parse().ok().map(day_number)
    }
}

/// Chooses at most `count` entries, the first choice first.
pub(super) fn digest(candidates: Vec<Candidate>, count: usize) -> Vec<(Slot, Entry)> {
    let importance = importance(&candidates);
    let mut open: Vec<(f64, Candidate)> = importance.into_iter().zip(candidates).collect();
    open.sort_by(|(a, x), (b, y)| {
        b.total_cmp(a)
            .then_with(|| x.entry.event.cmp(&y.entry.event))
    });
    let weighed = count.min(WEIGHED);
    let pool = open.len().min(CANDIDATES.max(weighed * 2));
    let chosen = most_different(&open[..pool], weighed);
    let mut is_chosen = vec![false; open.len()];
    chosen.iter().for_each(|&at| is_chosen[at] = true);
    let others = (0..open.len()).filter(|&at| !is_chosen[at]);
    let all = chosen.into_iter().chain(others).take(count);
    all.map(|at| (open[at].1.slot, open[at].1.entry.clone()))
        .collect()
}

/// The places of so many candidates, given with their importance and the most important first: each time the
/// one that adds most to those before.
fn most_different(open: &[(f64, Candidate)], count: usize) -> Vec<usize> {
    let times = times(open, count);
    let mut taken_at: HashMap<Time, f64> = HashMap::new();
    let mut likeness = vec![0.0_f64; open.len()];
    let mut is_taken = vec![false; open.len()];
    let mut taken: Vec<usize> = Vec::new();
    while taken.len() < count {
        let added = |at: usize| {
            let importance = open[at].0;
            let to = |time: &Time| {
                let before = taken_at.get(time).copied().unwrap_or(0.0);
                (before + importance).sqrt() - before.sqrt()
            };
            times[at].iter().map(to).sum::<f64>() / 2.0
        };
        let gain = |at: usize| BALANCE * added(at) - (1.0 - BALANCE) * likeness[at];
        let left = (0..open.len()).filter(|&at| !is_taken[at]);
        let gains = left.map(|at| (at, gain(at)));
        let best = gains.max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        let Some((best, _)) = best else { break };
        is_taken[best] = true;
        taken.push(best);
        for time in times[best] {
            *taken_at.entry(time).or_default() += open[best].0;
        }
        for (at, (_, candidate)) in open.iter().enumerate() {
            let like = cosine(&candidate.vector, &open[best].1.vector);
            likeness[at] = likeness[at].max(like);
        }
    }
    taken
}

/// A few days or a stretch of the story, or neither for an entry without a full date.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Time {
    Days(i64),
    Stretch(usize),
    Unknown,
}

/// The days of each candidate and its stretch. Stretches share what importance there is, and a little of the time: what is
/// told of quiet years is mostly what does not matter, but a war's first weeks are not all of it either.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "days of history and counts of entries are far below 2^52, and shares are from 0 to 1"
)]
fn times(open: &[(f64, Candidate)], count: usize) -> Vec<[Time; 2]> {
    let days: Vec<Option<i64>> = open.iter().map(|(_, candidate)| candidate.day()).collect();
    let importance = open.iter().map(|(importance, _)| *importance);
    let mut by_day: BTreeMap<i64, f64> = BTreeMap::new();
    for (day, importance) in days.iter().zip(importance) {
        if let Some(day) = day {
            *by_day.entry(*day).or_default() += importance;
        }
    }
    let first = by_day.keys().next().copied().unwrap_or_default();
    let last = by_day.keys().next_back().copied().unwrap_or_default();
    let mut before = 0.0;
    let running = by_day.iter().map(|(day, importance)| {
        before += importance;
        (*day, before - importance)
    });
    let told_before: BTreeMap<i64, f64> = running.collect();
    let all = before.max(f64::MIN_POSITIVE);
    let stretch = |day: i64| {
        let of_time = (day - first) as f64 / (last - first + 1) as f64;
        let of_importance = told_before[&day] / all;
        let share = TIME * of_time + (1.0 - TIME) * of_importance;
        (share * STRETCHES * count as f64) as usize
    };
    let times = |day: Option<i64>| match day {
        Some(day) => [
            Time::Days(day.div_euclid(DAYS_TOGETHER)),
            Time::Stretch(stretch(day)),
        ],
        None => [Time::Unknown; 2],
    };
    days.into_iter().map(times).collect()
}

/// The importance of each, the most important 1.
#[expect(clippy::cast_precision_loss, reason = "counts of documents are small")]
fn importance(candidates: &[Candidate]) -> Vec<f64> {
    let mut mentions: BTreeMap<&str, usize> = BTreeMap::new();
    for day in candidates.iter().flat_map(|candidate| &candidate.refers) {
        *mentions.entry(day).or_default() += 1;
    }
    let count = |count: usize| (1.0 + count as f64).ln();
    let reports = |entry: &Entry| {
        let told = entry.documents.len() + entry.versions.len();
        count(told.saturating_sub(1) + entry.sources.len().saturating_sub(1))
    };
    let named = |entry: &Entry| {
        let day = entry.date.as_deref().unwrap_or_default();
        count(mentions.get(day).copied().unwrap_or(0))
    };
    let part = |value: &dyn Fn(&Entry) -> f64| {
        relative(candidates.iter().map(|c| value(&c.entry)).collect())
    };
    let (score, reports, named) = (part(&|entry| entry.score), part(&reports), part(&named));
    let (likeness, echo) = (likeness_to_all(candidates), relative(echoes(candidates)));
    let weigh = |at: usize| {
        (score[at] * likeness[at]).sqrt()
            * (UNREPORTED + reports[at])
            * (UNECHOED + echo[at])
            * (1.0 + MENTIONS * named[at])
    };
    relative((0..candidates.len()).map(weigh).collect())
}

/// Shares of the largest value.
fn relative(values: Vec<f64>) -> Vec<f64> {
    let most = values.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    values.into_iter().map(|value| value / most).collect()
}

/// How much later candidates, or those of the same day, speak as each does.
fn echoes(candidates: &[Candidate]) -> Vec<f64> {
    let days: Vec<Option<i64>> = candidates.iter().map(Candidate::day).collect();
    let cosines = Cosines::new(candidates.iter().map(|candidate| &candidate.vector));
    let echo = |at: usize| {
        let day = days[at]?;
        let echo = |(other, likeness): (usize, f64)| {
            let later = days[other]? - day;
            (other != at && later >= 0 && likeness > LEAST_ECHO).then(|| likeness * decay(later))
        };
        Some(
            cosines
                .of(at)
                .into_iter()
                .enumerate()
                .filter_map(echo)
                .sum(),
        )
    };
    (0..candidates.len())
        .map(|at| echo(at).unwrap_or(0.0))
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "days are far below 2^52")]
fn decay(days: i64) -> f64 {
    (-(days as f64) / DECAY_DAYS).exp()
}

/// How like each is to the sum of all, the likest 1.
fn likeness_to_all(candidates: &[Candidate]) -> Vec<f64> {
    let mut sum: BTreeMap<&str, f64> = BTreeMap::new();
    for (term, weight) in candidates.iter().flat_map(|candidate| &candidate.vector) {
        *sum.entry(term).or_default() += weight;
    }
    let like = |candidate: &Candidate| -> f64 {
        let terms = candidate.vector.iter();
        terms
            .map(|(term, weight)| weight * sum[term.as_str()])
            .sum()
    };
    relative(candidates.iter().map(like).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(event: &str, date: &str, words: &[&str], refers: &[&str]) -> Candidate {
        let weight = 1.0 / (words.len() as f64).sqrt();
        Candidate {
            slot: Slot::default(),
            entry: Entry {
                event: event.to_owned(),
                date: Some(date.to_owned()),
                score: 1.0,
                ..Entry::default()
            },
            vector: words
                .iter()
                .map(|word| ((*word).to_owned(), weight))
                .collect(),
            refers: refers.iter().map(|day| (*day).to_owned()).collect(),
        }
    }

    #[test]
    fn days_that_others_speak_of_come_first_and_repeats_last() {
        let named = &["2015-09-30"];
        let all = vec![
            candidate("order", "2016-03-14", &["putin", "withdraw"], named),
            candidate("again", "2016-03-15", &["putin", "withdraw", "base"], named),
            candidate("strike", "2015-09-30", &["jets", "strike"], &[]),
            candidate("more", "2015-10-01", &["jets", "strike", "idlib"], &[]),
        ];
        let chosen = digest(all, 4).into_iter().map(|(_, entry)| entry.event);
        let chosen: Vec<String> = chosen.collect();
        assert_eq!(chosen[..2], ["strike", "order"]);
        assert_eq!(chosen.len(), 4);
    }

    /// Equal in all else, the entry that later ones speak like says more than the one that came last.
    #[test]
    fn what_comes_after_shows_what_mattered() {
        let all = vec![
            candidate("visit", "2011-10-18", &["clinton", "tripoli"], &[]),
            candidate("death", "2011-10-20", &["gaddafi", "killed"], &[]),
            candidate(
                "autopsy",
                "2011-10-23",
                &["gaddafi", "killed", "autopsy"],
                &[],
            ),
            candidate(
                "burial",
                "2011-10-25",
                &["gaddafi", "killed", "burial"],
                &[],
            ),
        ];
        assert_eq!(digest(all, 1)[0].1.event, "death");
    }

    /// Of 6,000 events 4,000 are wanted: in a second, where the cube of that would take minutes.
    #[test]
    fn a_long_list_takes_no_time() {
        let all = (0..6000).map(|at| candidate(&format!("{at:04}"), "2016-03-14", &["jets"], &[]));
        let begin = std::time::Instant::now();
        let chosen = digest(all.collect(), 4000);
        assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
        let events: std::collections::BTreeSet<String> =
            chosen.into_iter().map(|(_, entry)| entry.event).collect();
        assert_eq!(events.len(), 4000, "each once");
    }
}
