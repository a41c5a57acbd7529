//! Learning: a linear-chain conditional random field by stochastic gradient ascent with AdaGrad
//! steps (Lafferty et al. 2001; Duchi et al. 2011).
//!
//! One sentence at a time: scores of its tokens, forward and backward sums, then each weight moves
//! by the difference of observed and expected counts. Features are left out at random, so that no
//! word alone decides: names in other news are other names.

use super::random::Random;
use crate::extract::tagger::label::{LABELS, may_begin, may_end, may_follow};

/// Weights per row: labels, padded to a power of two.
const LANES: usize = 16;
/// Gradients below this move nothing.
const NEGLIGIBLE: f32 = 1e-3;

type Lane = [f32; LANES];

/// One sentence, its features as row numbers.
pub(super) struct Encoded {
    /// The features of all tokens, one after another.
    pub(super) features: Vec<u32>,
    /// For each token where its features end.
    pub(super) ends: Vec<u32>,
    /// The right labels.
    pub(super) labels: Vec<u8>,
    /// How much the sentence counts.
    pub(super) weight: f32,
}

/// One feature's weights and the sums of their squared gradients.
#[derive(Clone, Copy)]
struct Row {
    weights: Lane,
    squares: Lane,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    /// AdaGrad's rate.
    pub(super) rate: f32,
    /// Pull towards zero at each step.
    pub(super) decay: f32,
    /// Share of features left out at each visit of a token.
    pub(super) dropout: f32,
}

/// The field being learned.
pub(super) struct Field {
    rows: Vec<Row>,
    transitions: Vec<Row>,
    scratch: Scratch,
}

/// Buffers used again for each sentence.
#[derive(Default)]
struct Scratch {
    kept: Vec<u32>,
    ends: Vec<usize>,
    emissions: Vec<Lane>,
    forward: Vec<Lane>,
    backward: Vec<Lane>,
}

impl Field {
    /// A field of this many features, all weights zero.
    pub(super) fn new(features: usize) -> Self {
        let zero = Row {
            weights: [0.0; LANES],
            squares: [0.0; LANES],
        };
        Self {
            rows: vec![zero; features],
            transitions: vec![zero; LABELS],
            scratch: Scratch::default(),
        }
    }

    /// The weights of a feature.
    pub(super) fn weights(&self, feature: usize) -> [f32; LABELS] {
        std::array::from_fn(|label| self.rows[feature].weights[label])
    }

    /// The weights of transitions, `[label][next]`.
    pub(super) fn transitions(&self) -> [[f32; LABELS]; LABELS] {
        std::array::from_fn(|from| std::array::from_fn(|to| self.transitions[from].weights[to]))
    }

    /// Learns from one sentence. Returns its negative log-likelihood before the step.
    pub(super) fn learn(&mut self, sentence: &Encoded, steps: Steps, random: &mut Random) -> f32 {
        let mut scratch = std::mem::take(&mut self.scratch);
        self.score(sentence, steps, random, &mut scratch);
        let moves = self.moves();
        let log_sum = sums(&moves, &mut scratch);
        let loss = log_sum - self.path_score(sentence, &scratch);
        self.step(sentence, &moves, &scratch, steps);
        self.scratch = scratch;
        loss
    }

    /// Scores each token, some features left out.
    fn score(&self, sentence: &Encoded, steps: Steps, random: &mut Random, scratch: &mut Scratch) {
        scratch.kept.clear();
        scratch.ends.clear();
        scratch.emissions.clear();
        let limit = (steps.dropout * 256.0) as u64;
        let scale = 256.0 / (256 - limit) as f32;
        let mut start = 0;
        for &end in &sentence.ends {
            let mut sum = [0.0; LANES];
            let mut bits = (0, 0u32);
            for &feature in &sentence.features[start..end as usize] {
                if bits.1 == 0 {
                    bits = (random.next(), 8);
                }
                let left_out = bits.0 & 255 < limit;
                bits = (bits.0 >> 8, bits.1 - 1);
                if !left_out {
                    scratch.kept.push(feature);
                    add(&mut sum, &self.rows[feature as usize].weights, scale);
                }
            }
            scratch.ends.push(scratch.kept.len());
            scratch.emissions.push(sum);
            start = end as usize;
        }
    }

    /// The factors of legal transitions, zero for the others.
    fn moves(&self) -> [Lane; LABELS] {
        std::array::from_fn(|from| {
            std::array::from_fn(|to| {
                if to < LABELS && may_follow(from, to) {
                    self.transitions[from].weights[to].exp()
                } else {
                    0.0
                }
            })
        })
    }

    /// The score of the right labels.
    fn path_score(&self, sentence: &Encoded, scratch: &Scratch) -> f32 {
        let emitted: f32 = scratch
            .emissions
            .iter()
            .zip(&sentence.labels)
            .map(|(token, &label)| token[usize::from(label)])
            .sum();
        let moved: f32 = sentence
            .labels
            .windows(2)
            .map(|pair| self.transitions[usize::from(pair[0])].weights[usize::from(pair[1])])
            .sum();
        emitted + moved
    }

    /// Moves the weights towards the observed labels and away from the expected ones.
    fn step(
        &mut self,
        sentence: &Encoded,
        moves: &[Lane; LABELS],
        scratch: &Scratch,
        steps: Steps,
    ) {
        let mut pairs = [[0.0; LANES]; LABELS];
        let mut start = 0;
        for (at, &label) in sentence.labels.iter().enumerate() {
            let mut gradient = marginals(&scratch.forward[at], &scratch.backward[at]);
            gradient
                .iter_mut()
                .for_each(|share| *share *= -sentence.weight);
            gradient[usize::from(label)] += sentence.weight;
            let end = scratch.ends[at];
            if gradient.iter().any(|value| value.abs() > NEGLIGIBLE) {
                for &feature in &scratch.kept[start..end] {
                    self.rows[feature as usize].step(&gradient, steps);
                }
            }
            start = end;
            if at > 0 {
                count_pairs(at, moves, scratch, sentence.weight, &mut pairs);
                pairs[usize::from(sentence.labels[at - 1])][usize::from(label)] += sentence.weight;
            }
        }
        for (row, gradient) in self.transitions.iter_mut().zip(&pairs) {
            row.step(gradient, steps);
        }
    }
}

impl Row {
    #[inline]
    fn step(&mut self, gradient: &Lane, steps: Steps) {
        for lane in 0..LANES {
            let slope = gradient[lane] - steps.decay * self.weights[lane];
            self.squares[lane] += slope * slope;
            self.weights[lane] += steps.rate * slope / (self.squares[lane] + 1e-2).sqrt();
        }
    }
}

#[inline]
fn add(sum: &mut Lane, weights: &Lane, scale: f32) {
    for lane in 0..LANES {
        sum[lane] += weights[lane] * scale;
    }
}

/// Fills the forward and backward sums, each token's scaled to one. Returns the logarithm of the
/// sum over all label sequences.
fn sums(moves: &[Lane; LABELS], scratch: &mut Scratch) -> f32 {
    let Scratch {
        emissions,
        forward,
        backward,
        ..
    } = scratch;
    forward.clear();
    backward.clear();
    let mut log_sum = 0.0;
    let mut factors = Vec::with_capacity(emissions.len());
    for (at, token) in emissions.iter().enumerate() {
        let top = token[..LABELS].iter().copied().fold(f32::MIN, f32::max);
        let factor: Lane = std::array::from_fn(|label| {
            if label < LABELS {
                (token[label] - top).exp()
            } else {
                0.0
            }
        });
        let last = at + 1 == emissions.len();
        let mut current = [0.0; LANES];
        for label in 0..LABELS {
            let before: f32 = match at.checked_sub(1).map(|at| &forward[at]) {
                None => f32::from(u8::from(may_begin(label))),
                Some(before) => (0..LABELS)
                    .map(|from: usize| before[from] * moves[from][label])
                    .sum(),
            };
            current[label] = if last && !may_end(label) {
                0.0
            } else {
                before * factor[label]
            };
        }
        log_sum += top + normalise(&mut current).ln();
        forward.push(current);
        factors.push(factor);
    }
    let mut next: Lane =
        std::array::from_fn(|label| f32::from(u8::from(label < LABELS && may_end(label))));
    for at in (0..emissions.len()).rev() {
        backward.push(next);
        let weighted: Lane = std::array::from_fn(|label| next[label] * factors[at][label]);
        let mut before = [0.0; LANES];
        for (from, row) in moves.iter().enumerate() {
            before[from] = row
                .iter()
                .zip(&weighted)
                .map(|(factor, value)| factor * value)
                .sum();
        }
        normalise(&mut before);
        next = before;
    }
    backward.reverse();
    log_sum
}

/// Scales to a sum of one. Returns the sum before.
fn normalise(values: &mut Lane) -> f32 {
    let sum: f32 = values.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    values.iter_mut().for_each(|value| *value /= sum);
    sum
}

/// The probabilities of a token's labels.
fn marginals(forward: &Lane, backward: &Lane) -> Lane {
    let mut shares = std::array::from_fn(|label| forward[label] * backward[label]);
    normalise(&mut shares);
    shares
}

/// Takes the expected counts of label pairs at `at - 1` and `at` off the pairs.
fn count_pairs(
    at: usize,
    moves: &[Lane; LABELS],
    scratch: &Scratch,
    weight: f32,
    pairs: &mut [Lane; LABELS],
) {
    let top = scratch.emissions[at][..LABELS]
        .iter()
        .copied()
        .fold(f32::MIN, f32::max);
    let right: Lane = std::array::from_fn(|label| {
        if label < LABELS {
            (scratch.emissions[at][label] - top).exp() * scratch.backward[at][label]
        } else {
            0.0
        }
    });
    let mut expected: [Lane; LABELS] = std::array::from_fn(|from| {
        std::array::from_fn(|to| scratch.forward[at - 1][from] * moves[from][to] * right[to])
    });
    let sum: f32 = expected
        .iter()
        .flatten()
        .sum::<f32>()
        .max(f32::MIN_POSITIVE);
    for (row, counts) in pairs.iter_mut().zip(&mut expected) {
        for (pair, count) in row.iter_mut().zip(counts) {
            *pair -= weight * *count / sum;
        }
    }
}
