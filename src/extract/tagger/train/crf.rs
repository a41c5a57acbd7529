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
    /// The labels that may be right, a bit each: one for a known token, several for one on which
    /// annotators disagree.
    pub(super) allowed: Vec<u16>,
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
    factors: Vec<Lane>,
    all: Lattice,
    right: Lattice,
}

/// Forward and backward sums over label sequences, each token's scaled to one.
#[derive(Default)]
struct Lattice {
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
        scratch.factor();
        let Scratch {
            factors,
            all,
            right,
            ..
        } = &mut scratch;
        let loss = all.fill(&moves, factors, |_| u16::MAX)
            - right.fill(&moves, factors, |at| sentence.allowed[at]);
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
        for at in 0..sentence.allowed.len() {
            let (right, all) = (scratch.right.marginals(at), scratch.all.marginals(at));
            let gradient: Lane =
                std::array::from_fn(|label| sentence.weight * (right[label] - all[label]));
            let end = scratch.ends[at];
            if gradient.iter().any(|value| value.abs() > NEGLIGIBLE) {
                for &feature in &scratch.kept[start..end] {
                    self.rows[feature as usize].step(&gradient, steps);
                }
                if at > 0 {
                    let factors = &scratch.factors[at];
                    scratch
                        .right
                        .count_pairs(at, moves, factors, sentence.weight, &mut pairs);
                    scratch
                        .all
                        .count_pairs(at, moves, factors, -sentence.weight, &mut pairs);
                }
            }
            start = end;
        }
        for (row, gradient) in self.transitions.iter_mut().zip(&pairs) {
            row.step(gradient, steps);
        }
    }
}

impl Scratch {
    /// The exponentials of the emissions, the highest of each token scaled to one.
    fn factor(&mut self) {
        self.factors.clear();
        self.factors.extend(self.emissions.iter().map(|token| {
            let top = token[..LABELS].iter().copied().fold(f32::MIN, f32::max);
            std::array::from_fn(|label| {
                if label < LABELS {
                    (token[label] - top).exp()
                } else {
                    0.0
                }
            })
        }));
    }
}

impl Row {
    #[inline]
    fn step(&mut self, gradient: &Lane, steps: Steps) {
        for ((weight, square), gradient) in
            self.weights.iter_mut().zip(&mut self.squares).zip(gradient)
        {
            let slope = gradient - steps.decay * *weight;
            *square += slope * slope;
            *weight += steps.rate * slope / (*square + 1e-2).sqrt();
        }
    }
}

#[inline]
fn add(sum: &mut Lane, weights: &Lane, scale: f32) {
    for lane in 0..LANES {
        sum[lane] += weights[lane] * scale;
    }
}

impl Lattice {
    /// Fills the sums over the sequences of allowed labels. Returns the logarithm of the whole sum,
    /// relative to the scale of the factors.
    fn fill(
        &mut self,
        moves: &[Lane; LABELS],
        factors: &[Lane],
        allowed: impl Fn(usize) -> u16,
    ) -> f32 {
        self.forward.clear();
        self.backward.clear();
        let mut log_sum = 0.0;
        for (at, factor) in factors.iter().enumerate() {
            let mut current = match self.forward.last() {
                None => lane(|label| f32::from(u8::from(may_begin(label)))),
                Some(before) => advance(before, moves),
            };
            let (mask, last) = (allowed(at), at + 1 == factors.len());
            for label in 0..LABELS {
                let open = mask & 1 << label != 0 && (!last || may_end(label));
                current[label] *= if open { factor[label] } else { 0.0 };
            }
            log_sum += normalise(&mut current).ln();
            self.forward.push(current);
        }
        let mut next = lane(|label| f32::from(u8::from(may_end(label))));
        for at in (0..factors.len()).rev() {
            self.backward.push(next);
            let mask = allowed(at);
            let weighted = lane(|label| {
                if mask & 1 << label == 0 {
                    0.0
                } else {
                    next[label] * factors[at][label]
                }
            });
            next = [0.0; LANES];
            for (before, row) in next.iter_mut().zip(moves) {
                *before = row
                    .iter()
                    .zip(&weighted)
                    .map(|(factor, value)| factor * value)
                    .sum();
            }
            normalise(&mut next);
        }
        self.backward.reverse();
        log_sum
    }

    /// The probabilities of a token's labels.
    fn marginals(&self, at: usize) -> Lane {
        let mut shares =
            std::array::from_fn(|label| self.forward[at][label] * self.backward[at][label]);
        normalise(&mut shares);
        shares
    }

    /// Adds the expected counts of label pairs at `at - 1` and `at`, times a weight, to the pairs.
    ///
    /// A label that is not allowed at `at` has no share in `forward[at]`, which is how it is known.
    fn count_pairs(
        &self,
        at: usize,
        moves: &[Lane; LABELS],
        factors: &Lane,
        weight: f32,
        pairs: &mut [Lane; LABELS],
    ) {
        let right = lane(|label| {
            if self.forward[at][label] > 0.0 {
                factors[label] * self.backward[at][label]
            } else {
                0.0
            }
        });
        let mut expected = [[0.0; LANES]; LABELS];
        let mut sum = 0.0;
        for (from, row) in expected.iter_mut().enumerate() {
            for to in 0..LANES {
                row[to] = self.forward[at - 1][from] * moves[from][to] * right[to];
                sum += row[to];
            }
        }
        let scale = weight / sum.max(f32::MIN_POSITIVE);
        for (row, counts) in pairs.iter_mut().zip(&expected) {
            for (pair, count) in row.iter_mut().zip(counts) {
                *pair += scale * count;
            }
        }
    }
}

/// A lane with a value for each label and zero beyond.
fn lane(value: impl Fn(usize) -> f32) -> Lane {
    std::array::from_fn(|label| if label < LABELS { value(label) } else { 0.0 })
}

/// One step forward through the transitions.
fn advance(before: &Lane, moves: &[Lane; LABELS]) -> Lane {
    let mut next = [0.0; LANES];
    for (share, row) in before.iter().zip(moves) {
        for (sum, factor) in next.iter_mut().zip(row) {
            *sum += share * factor;
        }
    }
    next
}

/// Scales to a sum of one. Returns the sum before.
fn normalise(values: &mut Lane) -> f32 {
    let sum: f32 = values.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    values.iter_mut().for_each(|value| *value /= sum);
    sum
}
