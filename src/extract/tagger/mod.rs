//! The named-entity tagger: tokens of a document in, mentions of persons, places and organizations
//! out.
//!
//! A linear-chain model over BILOU labels. Each token is described by hashed [`features`], whose
//! weights come from a fixed table ([`table`]); [`viterbi`] finds the best labels of a sentence.
//! The document is read as a whole first ([`document`]), so that what one sentence shows helps in
//! another. Training is in [`train`]; data, scores and known errors are in `models/ner-en.md`.

mod classes;
mod consistency;
mod document;
mod features;
mod label;
mod model;
mod sentence;
mod table;
mod train;
mod viterbi;
mod word;

pub use model::ModelError;
pub(crate) use train::without_overlap;
pub use train::{Corpus, CorpusError, TrainOptions, TrainReport, train};

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::extract::Mention;
use crate::extract::gazetteer::Phrases;
use crate::span::Span;
use consistency::{Reading, Votes};
use document::{Cues, Observations};
use features::features;
use label::{OUTSIDE, decode};
use model::Model;
use sentence::{Joiners, Sentence};
use table::Lanes;
use viterbi::Scores;
use word::Word;

/// Finds the mentions of persons, places and organizations in English news.
pub struct Tagger {
    model: Model,
    reader: Reader,
}

/// What turns tokens into features: the same in training and in tagging.
struct Reader {
    joiners: Joiners,
    cues: Cues,
    phrases: &'static Phrases,
}

impl Reader {
    fn new() -> Self {
        Self {
            joiners: Joiners::new(),
            cues: Cues::new(),
            phrases: Phrases::shared(),
        }
    }

    /// Calls `visit` for each sentence of a document, with what is known of all of it.
    fn read(
        &self,
        text: &str,
        sentences: &[Vec<Span>],
        mut visit: impl FnMut(usize, &Sentence<'_>, &Observations),
    ) {
        let words: Vec<Vec<Word>> = sentences
            .iter()
            .map(|tokens| tokens.iter().map(|&token| Word::new(text, token)).collect())
            .collect();
        let views: Vec<Sentence<'_>> = words
            .iter()
            .map(|words| Sentence::new(words, &self.joiners, self.phrases))
            .collect();
        let seen = Observations::gather(&views, &self.cues, self.phrases);
        for (at, view) in views.iter().enumerate() {
            visit(at, view, &seen);
        }
    }
}

impl Tagger {
    /// The model shipped with Annals, read on first use.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Tagger> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let bytes = include_bytes!("../../../models/ner-en.bin");
            Self::new(Cow::Borrowed(bytes)).expect("the shipped model is tested to be readable")
        })
    }

    /// A tagger with a model of [`train`].
    ///
    /// # Errors
    /// When the bytes are no model, or one of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::new(Cow::Owned(bytes.to_vec()))
    }

    fn new(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        Ok(Self {
            model: Model::from_bytes(bytes)?,
            reader: Reader::new(),
        })
    }

    /// The mentions in a document, sorted, without overlap and without white space at their edges.
    ///
    /// `sentences[i]` holds the tokens of the i-th sentence as byte spans of `text`. Give all
    /// sentences of a document at once: what one shows helps with the others.
    ///
    /// ```
    /// use annals::{Span, extract::{Tagger, split_sentences, tokenize}};
    /// let text = "Chancellor Angela Merkel met officials in Damascus.";
    /// let all = Span::new(0, text.len());
    /// let sentences: Vec<_> =
    ///     split_sentences(text, all, "en").into_iter().map(|s| tokenize(text, s)).collect();
    /// let names: Vec<_> =
    ///     Tagger::shipped().tag(text, &sentences).iter().map(|m| m.span.of(text)).collect();
    /// assert_eq!(names, ["Angela Merkel", "Damascus"]);
    /// ```
    #[must_use]
    pub fn tag(&self, text: &str, sentences: &[Vec<Span>]) -> Vec<Mention> {
        let mut readings = Vec::with_capacity(sentences.len());
        let (mut votes, mut trail) = (Votes::default(), Vec::new());
        self.reader.read(text, sentences, |_, sentence, seen| {
            let names = sentence.words.iter().map(Word::name).collect();
            let scores: Vec<Scores> = (0..sentence.words.len())
                .map(|token| self.scores(sentence, seen, token))
                .collect();
            let labels = self.model.transitions.best(&scores, &mut trail);
            votes.count_definitions(sentence.words, &labels);
            let reading = Reading {
                names,
                scores,
                labels,
            };
            votes.count(&reading);
            readings.push(reading);
        });
        let mut mentions = Vec::new();
        for (tokens, reading) in sentences.iter().zip(&mut readings) {
            if votes.add(reading, self.model.unit) {
                reading.labels = self.model.transitions.best(&reading.scores, &mut trail);
            }
            decode(tokens, &reading.labels, &mut mentions);
        }
        mentions
    }

    fn scores(&self, sentence: &Sentence<'_>, seen: &Observations, at: usize) -> Scores {
        if !sentence.is_near_capital(at) {
            return self.surely_outside();
        }
        let mut lanes = Lanes::default();
        features(sentence, seen, at, &mut |feature| {
            self.model.table.add(feature, &mut lanes)
        });
        table::scores(&lanes)
    }

    /// The scores of a word that cannot be part of a name.
    fn surely_outside(&self) -> Scores {
        let mut scores = Scores::default();
        scores[OUTSIDE] = (CERTAIN * self.model.unit) as i32;
        scores
    }
}

/// Score of a label that is not in doubt, in natural logarithms of odds.
const CERTAIN: f32 = 12.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::EntityKind::{Organization, Person, Place};
    use crate::extract::{EntityKind, split_sentences, tokenize};

    fn tagged(text: &str) -> Vec<(EntityKind, &str)> {
        let sentences: Vec<_> = split_sentences(text, Span::new(0, text.len()), "en")
            .into_iter()
            .map(|sentence| tokenize(text, sentence))
            .collect();
        Tagger::shipped()
            .tag(text, &sentences)
            .iter()
            .map(|m| (m.kind, m.span.of(text)))
            .collect()
    }

    #[test]
    fn ledes_in_capitals() {
        let text = "VLADIMIR PUTIN yesterday announced that Russian forces would leave Syria.";
        assert_eq!(tagged(text), [(Person, "VLADIMIR PUTIN"), (Place, "Syria")]);
    }

    #[test]
    fn adjectives_titles_and_articles_are_no_part_of_names() {
        let text = "The Egyptian President Hosni Mubarak spoke to the World Bank in Cairo.";
        assert_eq!(
            tagged(text),
            [
                (Person, "Hosni Mubarak"),
                (Organization, "World Bank"),
                (Place, "Cairo")
            ]
        );
    }

    #[test]
    fn a_document_without_names_or_words_has_no_mentions() {
        assert_eq!(tagged("nothing happened here, and nobody said so."), []);
        assert_eq!(tagged(" \n\n "), []);
        assert_eq!(Tagger::shipped().tag("", &[vec![], vec![]]), []);
    }
}
