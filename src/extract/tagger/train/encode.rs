//! Documents to training sentences: features counted, rare ones dropped, the others numbered.

use super::TrainReport;
use super::corpus::Labelled;
use super::crf::Encoded;
use crate::extract::hash::{HashTable, finish};
use crate::extract::tagger::Reader;
use crate::extract::tagger::features::features;
use crate::extract::tagger::label;
use crate::extract::{Mention, split_sentences, tokenize};
use crate::span::Span;

/// Sentences with numbered features.
pub(super) struct TrainingSet {
    pub(super) sentences: Vec<Encoded>,
    /// The hash of each feature, by number.
    pub(super) hashes: Vec<u64>,
}

/// Encodes the documents, features that occur less than `rarest` times left out.
pub(super) fn encode(documents: &[(Labelled, f32)], rarest: u8) -> (TrainingSet, TrainReport) {
    let reader = Reader::new();
    let counts = Counts::over(documents, &reader);
    let mut numbers = Numbers::default();
    let mut report = TrainReport::default();
    let mut sentences = Vec::new();
    for (document, weight) in documents {
        let tokens = tokens_of(&document.text);
        reader.read(&document.text, &tokens, |at, sentence, seen| {
            let mentions = mentions_within(document, &tokens[at], &mut report);
            let mut allowed: Vec<u16> = label::encode(&tokens[at], &mentions)
                .into_iter()
                .map(|label| 1 << label)
                .collect();
            for (token, allowed) in tokens[at].iter().zip(&mut allowed) {
                if document.unknown.iter().any(|span| span.overlaps(*token)) {
                    *allowed = u16::MAX;
                }
            }
            let mut encoded = Encoded {
                features: Vec::new(),
                ends: Vec::new(),
                allowed,
                weight: *weight,
            };
            for token in 0..tokens[at].len() {
                features(sentence, seen, token, &mut |feature| {
                    if counts.of(feature) >= rarest {
                        encoded.features.push(numbers.of(feature));
                    }
                });
                encoded.ends.push(encoded.features.len() as u32);
            }
            encoded.features.shrink_to_fit();
            report.sentences += 1;
            report.tokens += tokens[at].len();
            sentences.push(encoded);
        });
        report.across += document.mentions.len();
    }
    report.across -= report.mentions;
    report.features = numbers.hashes.len();
    (
        TrainingSet {
            sentences,
            hashes: numbers.hashes,
        },
        report,
    )
}

fn tokens_of(text: &str) -> Vec<Vec<Span>> {
    let sentences = split_sentences(text, Span::new(0, text.len()), "en");
    sentences
        .into_iter()
        .map(|sentence| tokenize(text, sentence))
        .collect()
}

/// The mentions that lie in one sentence.
fn mentions_within(document: &Labelled, tokens: &[Span], report: &mut TrainReport) -> Vec<Mention> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Vec::new();
    };
    let sentence = Span::new(first.start, last.end);
    let mentions: Vec<Mention> = document
        .mentions
        .iter()
        .filter(|mention| sentence.contains(mention.span))
        .copied()
        .collect();
    let aligned = |mention: &&Mention| {
        tokens.iter().any(|token| token.start == mention.span.start)
            && tokens.iter().any(|token| token.end == mention.span.end)
    };
    report.mentions += mentions.len();
    report.misaligned += mentions.len() - mentions.iter().filter(aligned).count();
    mentions
}

/// Approximate counts of features, up to 255: two features may share a counter.
struct Counts(Vec<u8>);

impl Counts {
    const LOG_SIZE: u32 = 28;

    fn over(documents: &[(Labelled, f32)], reader: &Reader) -> Self {
        let mut counts = Self(vec![0; 1 << Self::LOG_SIZE]);
        for (document, _) in documents {
            reader.read(
                &document.text,
                &tokens_of(&document.text),
                |_, sentence, seen| {
                    for token in 0..sentence.words.len() {
                        features(sentence, seen, token, &mut |feature| {
                            let count = &mut counts.0[Self::slot(feature)];
                            *count = count.saturating_add(1);
                        });
                    }
                },
            );
        }
        counts
    }

    fn of(&self, feature: u64) -> u8 {
        self.0[Self::slot(feature)]
    }

    fn slot(feature: u64) -> usize {
        (finish(feature) >> (64 - Self::LOG_SIZE)) as usize
    }
}

/// Numbers for features, in order of appearance.
#[derive(Default)]
struct Numbers {
    numbers: HashTable<u32>,
    hashes: Vec<u64>,
}

impl Numbers {
    fn of(&mut self, feature: u64) -> u32 {
        let next = self.hashes.len() as u32;
        let number = *self.numbers.entry(feature).or_insert(next);
        if number == next {
            self.hashes.push(feature);
        }
        number
    }
}
