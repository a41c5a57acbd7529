//! Scores smoothed over near neighbours: an event among good answers is likely one itself.

use super::sort_best;
use super::vector::{Cosines, Vector, vector};
use crate::store::{EventWords, Slot, StoreError};

/// Best events that are smoothed; the rest keep their scores, less what smoothing takes from the lower half of these.
pub(super) const EVENTS: usize = 300;
/// Nearest neighbours of each.
const NEIGHBOURS: usize = 10;
/// Share of the neighbours in the new score.
const SHARE: f64 = 0.5;
/// Days after which a likeness counts 1/e.
const DECAY_DAYS: f64 = 30.0;
/// Likeness by which an event with few or far neighbours is drawn towards nothing.
const PRIOR: f64 = 0.3;

/// The events with smoothed scores, the best [`EVENTS`] first and in order.
pub(super) fn smoothed(
    words: &EventWords,
    mut scored: Vec<(Slot, f64)>,
) -> Result<Vec<(Slot, f64)>, StoreError> {
    let count = EVENTS.min(scored.len());
    let (head, tail) = scored.split_at_mut(count);
    let slots: Vec<Slot> = head.iter().map(|(slot, _)| *slot).collect();
    let vectors: Vec<Vector> = words.terms(&slots)?.into_iter().map(vector).collect();
    let likeness = likeness(words, &slots, &vectors);
    let old: Vec<f64> = head.iter().map(|(_, score)| *score).collect();
    for ((_, score), near) in head.iter_mut().zip(&likeness) {
        let sum: f64 = near.iter().map(|(_, likeness)| likeness).sum();
        let drawn: f64 = near.iter().map(|(at, likeness)| likeness * old[*at]).sum();
        *score = (1.0 - SHARE) * *score + SHARE * drawn / (sum + PRIOR);
    }
    let lower = count / 2;
    let kept = usual_share(&old[lower..], &head[lower..]);
    tail.iter_mut().for_each(|(_, score)| *score *= kept);
    sort_best(words, &mut scored, EVENTS);
    Ok(scored)
}

/// The median share of their old scores that events have kept.
fn usual_share(old: &[f64], new: &[(Slot, f64)]) -> f64 {
    let shares = old.iter().zip(new).map(|(old, (_, new))| new / old);
    let mut shares: Vec<f64> = shares.collect();
    shares.sort_by(f64::total_cmp);
    shares.get(shares.len() / 2).copied().unwrap_or(1.0)
}

/// For each event its nearest neighbours with their likeness: the cosine, less with days between.
fn likeness(words: &EventWords, slots: &[Slot], vectors: &[Vector]) -> Vec<Vec<(usize, f64)>> {
    let days: Vec<Option<i64>> = slots.iter().map(|slot| midpoint(words, *slot)).collect();
    let cosines = Cosines::new(vectors);
    let nearest = |at: usize| {
        let mut near: Vec<(usize, f64)> = cosines
            .of(at)
            .into_iter()
            .enumerate()
            .filter(|(other, cosine)| *other != at && *cosine > 0.0)
            .map(|(other, cosine)| (other, cosine * decay(days[at], days[other])))
            .collect();
        let nearer =
            |a: &(usize, f64), b: &(usize, f64)| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0));
        if NEIGHBOURS < near.len() {
            near.select_nth_unstable_by(NEIGHBOURS, nearer);
            near.truncate(NEIGHBOURS);
        }
        near.sort_unstable_by(nearer);
        near
    };
    (0..slots.len()).map(nearest).collect()
}

/// The middle of an event's days; `None` when its year is unknown.
fn midpoint(words: &EventWords, slot: Slot) -> Option<i64> {
    let (first, last) = words.days(slot)?;
    (first != i64::MIN && last != i64::MAX).then(|| first + (last - first) / 2)
}

/// An unknown day counts as one decay away.
#[expect(clippy::cast_precision_loss, reason = "days are far below 2^52")]
fn decay(a: Option<i64>, b: Option<i64>) -> f64 {
    let apart = match (a, b) {
        (Some(a), Some(b)) => a.abs_diff(b) as f64,
        _ => DECAY_DAYS,
    };
    (-apart / DECAY_DAYS).exp()
}
