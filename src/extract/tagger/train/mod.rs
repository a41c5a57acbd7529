//! Training: labelled documents in, the bytes of a model and a report out.
//!
//! Deterministic: the same corpora, options and program give the same bytes. Reads and writes no
//! files; `annals train` does.

mod corpus;
mod crf;
mod encode;
mod random;
mod recase;

pub(crate) use corpus::without_overlap;
pub use corpus::{Corpus, CorpusError};

use super::model::Model;
use super::table::Table;
use crf::{Field, Steps};
use encode::{TrainingSet, encode};
use random::Random;
use recase::recased;

use super::label::LABELS;

/// How to train.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// Passes over the corpora.
    pub epochs: usize,
    /// Seed of order, left-out features and rewritten copies.
    pub seed: u64,
    /// Rate of learning (AdaGrad).
    pub rate: f32,
    /// Pull of weights towards zero at each step.
    pub decay: f32,
    /// Share of features left out at each visit, in [0, 1).
    pub dropout: f32,
    /// A feature seen less often is not learned.
    pub rarest: u8,
    /// Share of documents that get a copy as headlines and ledes are written, in [0, 1].
    pub recased: f32,
    /// Size of the model: two to this power of buckets of 64 bytes.
    pub log_buckets: u32,
}

/// What the shipped model was trained with; the development sets are indifferent to half or double
/// of any of it.
impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 5,
            seed: 1,
            rate: 0.05,
            decay: 0.001,
            dropout: 0.4,
            rarest: 2,
            recased: 0.3,
            log_buckets: 17,
        }
    }
}

/// What training saw and did.
#[derive(Clone, Debug, Default)]
pub struct TrainReport {
    /// Sentences learned from, copies included.
    pub sentences: usize,
    /// Their tokens.
    pub tokens: usize,
    /// Their mentions.
    pub mentions: usize,
    /// Mentions whose edges fall inside a token; learned as the whole tokens.
    pub misaligned: usize,
    /// Mentions over a sentence boundary; not learned.
    pub across: usize,
    /// Features learned.
    pub features: usize,
    /// Features in the model.
    pub kept: usize,
    /// Mean negative log-likelihood of a token in each pass.
    pub losses: Vec<f32>,
}

/// Trains a tagger on corpora, each with the weight of its sentences.
///
/// `progress` is called after each pass with its number, from 1, and its loss.
#[must_use]
pub fn train(
    corpora: &[(Corpus, f32)],
    options: &TrainOptions,
    progress: &mut dyn FnMut(usize, f32),
) -> (Vec<u8>, TrainReport) {
    let mut random = Random::new(options.seed);
    let mut documents = Vec::new();
    for (corpus, weight) in corpora {
        for document in &corpus.documents {
            documents.push((document.clone(), *weight));
            if random.share() < options.recased {
                documents.push((recased(document, &mut random), *weight));
            }
        }
    }
    let (set, mut report) = encode(&documents, options.rarest);
    let mut field = Field::new(set.hashes.len());
    let steps = Steps {
        rate: options.rate,
        decay: options.decay,
        dropout: options.dropout,
    };
    let mut order: Vec<usize> = (0..set.sentences.len()).collect();
    for epoch in 1..=options.epochs {
        random.shuffle(&mut order);
        let loss: f64 = order
            .iter()
            .map(|&at| f64::from(field.learn(&set.sentences[at], steps, &mut random)))
            .sum();
        let mean = (loss / report.tokens.max(1) as f64) as f32;
        report.losses.push(mean);
        progress(epoch, mean);
    }
    let model = pack(&field, &set, options.log_buckets, &mut report);
    (model.to_bytes(), report)
}

/// Rounds the weights to eight bits and keeps the features that weigh most.
fn pack(field: &Field, set: &TrainingSet, log_buckets: u32, report: &mut TrainReport) -> Model {
    let mut heaviest: Vec<(f32, u64, usize)> = (0..set.hashes.len())
        .map(|at| {
            (
                field
                    .weights(at)
                    .iter()
                    .fold(0.0, |top: f32, w| top.max(w.abs())),
                set.hashes[at],
                at,
            )
        })
        .collect();
    heaviest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // The few weights beyond the 99.9th percentile are clipped: a finer scale serves all others.
    let top = heaviest
        .get(heaviest.len() / 1000)
        .map_or(1.0, |row| row.0)
        .max(0.01);
    let scale = 127.0 / top;
    let mut table = Table::empty(log_buckets);
    for &(_, hash, at) in &heaviest {
        let weights: [i8; LABELS] = field
            .weights(at)
            .map(|w| (w * scale).round().clamp(-127.0, 127.0) as i8);
        if weights != [0; LABELS] && table.insert(hash, &weights) {
            report.kept += 1;
        }
    }
    let transitions = field
        .transitions()
        .map(|row| row.map(|w| (w * scale).round() as i32));
    Model::new(table, transitions, scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{EntityKind, Tagger, split_sentences, tokenize};
    use crate::span::Span;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    const TOY: &str = r#"{"text":"Mr Brown met Mr Green in Ulmania.","entities":[{"start":3,"end":8,"type":"person"},{"start":16,"end":21,"type":"person"},{"start":25,"end":32,"type":"place"}]}
{"text":"The Party of Labour said that Mr Gray was in Ostia yesterday.","entities":[{"start":4,"end":19,"type":"organization"},{"start":33,"end":37,"type":"person"},{"start":45,"end":50,"type":"place"}]}
{"text":"In Narnia the Party of Peace told Mr White to go.","entities":[{"start":3,"end":9,"type":"place"},{"start":14,"end":28,"type":"organization"},{"start":37,"end":42,"type":"person"}]}"#;

    fn toy(seed: u64) -> (Vec<u8>, TrainReport) {
        let corpus = Corpus::parse(TOY).expect("well formed");
        let options = TrainOptions {
            epochs: 30,
            rate: 0.1,
            dropout: 0.2,
            seed,
            rarest: 1,
            recased: 1.0,
            log_buckets: 10,
            ..Default::default()
        };
        train(&[(corpus, 1.0)], &options, &mut |_, _| {})
    }

    fn tag(tagger: &Tagger, text: &str) -> Vec<(EntityKind, String)> {
        let sentences: Vec<_> = split_sentences(text, Span::new(0, text.len()), "en")
            .into_iter()
            .map(|sentence| tokenize(text, sentence))
            .collect();
        tagger
            .tag(text, &sentences)
            .iter()
            .map(|m| (m.kind, m.span.of(text).to_owned()))
            .collect()
    }

    #[test]
    fn training_is_deterministic_and_learns() {
        let (bytes, report) = toy(7);
        assert_eq!(bytes, toy(7).0);
        assert!(report.losses.last() < report.losses.first());
        assert_eq!(report.misaligned, 0);
        let tagger = Tagger::from_bytes(&bytes).expect("just trained");
        let found = tag(&tagger, "Mr Black met the Party of Work in Narnia.");
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0], (EntityKind::Person, "Black".to_owned()));
    }

    proptest! {
        #[test]
        fn mentions_lie_on_characters_in_order(text in "(Mr |[A-Z]{1,5}|é|日本|’s |\\PC|[a-z]{1,6} |\n|\\. ){0,40}") {
            static TAGGER: OnceLock<Tagger> = OnceLock::new();
            let tagger = TAGGER.get_or_init(|| Tagger::from_bytes(&toy(1).0).expect("just trained"));
            let sentences: Vec<_> = split_sentences(&text, Span::new(0, text.len()), "en")
                .into_iter().map(|sentence| tokenize(&text, sentence)).collect();
            let mut end = 0;
            for mention in tagger.tag(&text, &sentences) {
                prop_assert!(mention.span.start >= end && !mention.span.is_empty());
                let words = mention.span.of(&text);
                prop_assert_eq!(words.trim(), words);
                end = mention.span.end;
            }
        }
    }
}
