//! A weighted query in, scored events out: BM25, several rounds of pseudo-relevance feedback, then
//! smoothing over near neighbours. Which of them belong to a timeline is left to `belong`.
//!
//! 1. BM25 (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009, section 3.4) over
//!    one bag of words an event, with statistics of what is alive.
//! 2. Feedback as in RM3 (Abdul-Jaleel et al., *UMass at TREC 2004*): the terms of the best events,
//!    weighed by tf-idf and by the events' scores, are mixed into the query; repeated, because the
//!    second query finds better events to learn from than the first.
//! 3. Events whose wording and time are near those of high-scoring events rise (the cluster
//!    hypothesis; Diaz, *Regularizing ad hoc retrieval scores*, CIKM 2005).
//!
//! Constants: chosen on the 20 development topics (2015–2017 pool, November 2026), all in the middle
//! of a wide plateau: 140 random settings around them gave mean average precision .75 to .84; a
//! setting chosen on ten topics gave .82 on the other ten.

mod feedback;
mod smooth;
mod vector;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use feedback::Teachers;
pub(super) use vector::{Cosines, Vector, cosine, vector};

use crate::store::{EventWords, Slot, StoreError};

/// BM25's term-frequency saturation: low, since items of one sentence say a word once.
const K1: f64 = 0.5;
/// BM25's length normalization.
const B: f64 = 0.4;
/// Feedback rounds; the third still helps vague phrases, a fourth changes nothing.
const ROUNDS: usize = 3;

/// Terms with their weights. Several terms, parted by [`UNIT`], are a unit, said by what says all of them.
pub(super) type Weights = BTreeMap<String, f64>;

/// What parts the terms of a unit; no term has it.
pub(super) const UNIT: &str = " ";

/// First and last day, as days since 1970-01-01, inclusive.
pub(super) type Days = (i64, i64);

/// The events that answer, best first.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// Events with their scores; the [`smooth::EVENTS`] best come first and in order, the others in
    /// none.
    pub(super) events: Vec<(Slot, f64)>,
    /// The query after feedback; weights sum up to 1.
    pub(super) model: Weights,
}

/// How much more an event counts that is known to answer: short timelines of 120 headings have .44, .47 and .48 of its
/// events with 1, 2 and 4.
const KNOWN: f64 = 2.0;

/// Ranks the events of a period by a query. Where some are known to answer, `asked_for`, the rest is learned from them
/// (relevance feedback: Rocchio, in *The SMART Retrieval System*, 1971).
///
/// # Errors
/// When the index cannot be read.
pub(super) fn rank(
    words: &EventWords,
    query: &Weights,
    days: Option<Days>,
    asked_for: &BTreeSet<Slot>,
) -> Result<Ranking, StoreError> {
    let mut scorer = Scorer::new(words, days);
    let query = normalized(query);
    let mut model = query.clone();
    let mut best = scorer.score(&model)?;
    for round in 0..ROUNDS {
        let judged = best.iter().filter(|(slot, _)| asked_for.contains(slot));
        let mut judged: Vec<(Slot, f64)> = judged.copied().collect();
        sort(words, &mut judged);
        let teachers = match judged.is_empty() {
            true => Teachers::Best { of: &best, round },
            false => Teachers::Judged(&judged),
        };
        let Some(learned) = feedback::expanded(words, &query, teachers)? else {
            break;
        };
        model = learned;
        best = scorer.score(&model)?;
    }
    let events = smooth::smoothed(words, best)?;
    Ok(Ranking { events, model })
}

/// Raises the scores of events that are known to answer.
pub(super) fn prefer(scored: &mut [(Slot, f64)], known: &BTreeSet<Slot>) {
    let known = scored.iter_mut().filter(|(slot, _)| known.contains(slot));
    known.for_each(|(_, score)| *score *= KNOWN);
}

/// What each term of a model adds to the score of an event, largest first.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn contributions(
    words: &EventWords,
    model: &Weights,
    slot: Slot,
) -> Result<Vec<(String, f64)>, StoreError> {
    let scorer = Scorer::new(words, None);
    let said = words.terms(&[slot])?.pop().unwrap_or_default();
    let mut parts = Vec::new();
    let said: BTreeMap<String, u32> = said.into_iter().collect();
    for (term, weight) in model {
        let counts: Option<Vec<u32>> = term.split(UNIT).map(|t| said.get(t).copied()).collect();
        if let Some(count) = counts.and_then(|counts| counts.into_iter().min()) {
            let idf = scorer.idf(scorer.postings_of(term)?.len());
            let part = weight * idf * scorer.saturation(slot, count);
            parts.push((term.clone(), part));
        }
    }
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(parts)
}

/// The weights scaled to sum up to 1.
fn normalized(weights: &Weights) -> Weights {
    let sum: f64 = weights.values().sum();
    let scaled = weights.iter().map(|(term, w)| (term.clone(), w / sum));
    scaled.collect()
}

/// Scores events; keeps the postings of terms it has read.
struct Scorer<'a> {
    words: &'a EventWords,
    within: Option<Vec<bool>>,
    postings: BTreeMap<String, Vec<(Slot, f64)>>,
}

impl<'a> Scorer<'a> {
    fn new(words: &'a EventWords, days: Option<Days>) -> Self {
        Self {
            words,
            within: days.map(|(first, last)| words.within(first, last)),
            postings: BTreeMap::new(),
        }
    }

    /// All events of the period that say a term of the query, the best first and in order.
    fn score(&mut self, query: &Weights) -> Result<Vec<(Slot, f64)>, StoreError> {
        let mut scores = vec![0.0; self.words.slots()];
        let mut touched = Vec::new();
        for (term, weight) in query {
            for (slot, part) in self.weighed(term)? {
                let score: &mut f64 = &mut scores[slot.index()];
                if *score == 0.0 {
                    touched.push(*slot);
                }
                *score += weight * part;
            }
        }
        let scored = touched.into_iter().map(|slot| (slot, scores[slot.index()]));
        let mut scored: Vec<(Slot, f64)> = scored.filter(|(_, score)| *score > 0.0).collect();
        sort_best(self.words, &mut scored, smooth::EVENTS);
        Ok(scored)
    }

    /// The events of the period that say a term, with its BM25 weight in each.
    fn weighed(&mut self, term: &str) -> Result<&[(Slot, f64)], StoreError> {
        if !self.postings.contains_key(term) {
            let postings = self.postings_of(term)?;
            let idf = self.idf(postings.len());
            let is_inside = |slot: &Slot| {
                self.within
                    .as_ref()
                    .is_none_or(|within| within[slot.index()])
            };
            let inside = postings.into_iter().filter(|(slot, _)| is_inside(slot));
            let weighed = inside.map(|(slot, count)| (slot, idf * self.saturation(slot, count)));
            let weighed = weighed.collect();
            self.postings.insert(term.to_owned(), weighed);
        }
        Ok(&self.postings[term])
    }

    /// The events that say a term or all of a unit.
    fn postings_of(&self, term: &str) -> Result<Vec<(Slot, u32)>, StoreError> {
        let terms: Vec<String> = term.split(UNIT).map(str::to_owned).collect();
        self.words.saying_all(&terms)
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 events")]
    fn idf(&self, said_by: usize) -> f64 {
        let (all, said_by) = (self.words.events() as f64, said_by as f64);
        (1.0 + (all - said_by + 0.5) / (said_by + 0.5)).ln()
    }

    fn saturation(&self, slot: Slot, count: u32) -> f64 {
        let length = f64::from(self.words.length(slot)) / self.words.mean_length().max(1.0);
        let count = f64::from(count);
        count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length))
    }
}

/// Best first; ties by what the events hold, so that the layout of the index never shows.
pub(super) fn sort(words: &EventWords, scored: &mut [(Slot, f64)]) {
    scored.sort_unstable_by(|a, b| order(words, a, b));
}

/// Brings the best so many to the front, in order.
pub(super) fn sort_best(words: &EventWords, scored: &mut [(Slot, f64)], count: usize) {
    if count < scored.len() {
        scored.select_nth_unstable_by(count, |a, b| order(words, a, b));
    }
    let count = count.min(scored.len());
    sort(words, &mut scored[..count]);
}

fn order(words: &EventWords, (a, x): &(Slot, f64), (b, y): &(Slot, f64)) -> Ordering {
    let tie = || words.fingerprint(*a).cmp(&words.fingerprint(*b));
    y.total_cmp(x).then_with(tie)
}
