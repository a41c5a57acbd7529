//! The best sequence of labels: scores of each token and of neighbouring labels in, labels out.

use super::label::{LABELS, may_begin, may_end, may_follow};

/// Label scores of one token, in units of the model's scale.
pub(super) type Scores = [i32; LABELS];

/// Scores of label pairs, and for each label the labels that may stand before it.
#[derive(Clone, Debug)]
pub(super) struct Transitions {
    scores: [Scores; LABELS],
    before: [Vec<usize>; LABELS],
}

/// Lower than any sum of scores, and far enough from the end of the range to be added to.
const IMPOSSIBLE: i32 = i32::MIN / 4;

impl Transitions {
    /// Transitions from their scores, `[label][next]`; illegal pairs are never used.
    pub(super) fn new(scores: [Scores; LABELS]) -> Self {
        let before = std::array::from_fn(|next| {
            (0..LABELS)
                .filter(|&label| may_follow(label, next))
                .collect()
        });
        Self { scores, before }
    }

    /// The legal sequence with the highest sum. Of equals, the one with the lower labels.
    pub(super) fn best(&self, tokens: &[Scores], trail: &mut Vec<[u8; LABELS]>) -> Vec<usize> {
        trail.clear();
        let Some(first) = tokens.first() else {
            return Vec::new();
        };
        let mut current: Scores = std::array::from_fn(|label| {
            if may_begin(label) {
                first[label]
            } else {
                IMPOSSIBLE
            }
        });
        for token in &tokens[1..] {
            let mut from = [0; LABELS];
            let mut next = [IMPOSSIBLE; LABELS];
            for label in 0..LABELS {
                for &before in &self.before[label] {
                    let score = current[before] + self.scores[before][label];
                    if score > next[label] {
                        next[label] = score;
                        from[label] = before as u8;
                    }
                }
                next[label] = (next[label] + token[label]).max(IMPOSSIBLE);
            }
            trail.push(from);
            current = below_best(next);
        }
        let last = (0..LABELS)
            .filter(|&label| may_end(label))
            .rev()
            .max_by_key(|&label| current[label]);
        let mut labels = vec![last.unwrap_or_default(); tokens.len()];
        for at in (0..trail.len()).rev() {
            labels[at] = usize::from(trail[at][labels[at + 1]]);
        }
        labels
    }
}

/// The scores as they lie below the best of them: which sequence is best does not change, and a sentence of a million
/// words, which only an adversary writes, adds up to no number that is too large.
fn below_best(scores: Scores) -> Scores {
    let best = scores.into_iter().max().unwrap_or(0);
    scores.map(|score| score.saturating_sub(best).max(IMPOSSIBLE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best sum by trying every legal sequence.
    fn brute_force(transitions: &Transitions, tokens: &[Scores]) -> i32 {
        let mut best = i32::MIN;
        let mut stack: Vec<Vec<usize>> = (0..LABELS)
            .filter(|&l| may_begin(l))
            .map(|l| vec![l])
            .collect();
        while let Some(labels) = stack.pop() {
            let last = labels[labels.len() - 1];
            if labels.len() == tokens.len() {
                if may_end(last) {
                    best = best.max(sum(transitions, tokens, &labels));
                }
                continue;
            }
            stack.extend(
                (0..LABELS)
                    .filter(|&next| may_follow(last, next))
                    .map(|next| [&labels[..], &[next]].concat()),
            );
        }
        best
    }

    fn sum(transitions: &Transitions, tokens: &[Scores], labels: &[usize]) -> i32 {
        let emitted: i32 = tokens
            .iter()
            .zip(labels)
            .map(|(token, &label)| token[label])
            .sum();
        let moved: i32 = labels
            .windows(2)
            .map(|pair| transitions.scores[pair[0]][pair[1]])
            .sum();
        emitted + moved
    }

    #[test]
    fn a_sentence_may_be_as_long_as_it_likes() {
        let transitions = Transitions::new([[0; LABELS]; LABELS]);
        for score in [1_000_000, -1_000_000] {
            let tokens = vec![[score; LABELS]; 10_000];
            let labels = transitions.best(&tokens, &mut Vec::new());
            assert_eq!(labels.len(), tokens.len());
        }
    }

    proptest! {
        #[test]
        fn viterbi_equals_brute_force(
            tokens in prop::collection::vec(prop::array::uniform13(-50..50i32), 1..5),
            scores in prop::array::uniform13(prop::array::uniform13(-20..20i32)),
        ) {
            let transitions = Transitions::new(scores);
            let labels = transitions.best(&tokens, &mut Vec::new());
            prop_assert!(labels.windows(2).all(|pair| may_follow(pair[0], pair[1])));
            prop_assert_eq!(sum(&transitions, &tokens, &labels), brute_force(&transitions, &tokens));
        }
    }
}
