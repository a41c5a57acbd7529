//! The named-entity tagger: tokens of a document in, mentions of persons, places and organizations
//! out.
//!
//! A linear-chain model over BILOU labels. Each token is described by hashed [`features`], whose
//! weights come from a fixed table ([`table`]); [`viterbi`] finds the best labels of a sentence.
//! The document is read as a whole first ([`document`]), so that what one sentence shows helps in
//! another. Training is in [`train`]; data, scores and known errors are in `models/ner-en.md`.

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
pub use train::{Corpus, CorpusError, Report, TrainOptions, train};

use std::sync::OnceLock;

use crate::extract::Mention;
use crate::extract::gazetteer::Phrases;
use crate::span::Span;
use document::{Cues, Observations};
use features::features;
use label::{LABELS, decode};
use model::Model;
use sentence::{Joiners, Sentence};
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
            Self::from_bytes(bytes).expect("the shipped model is tested to be readable")
        })
    }

    /// A tagger with a model of [`train`].
    ///
    /// # Errors
    /// When the bytes are no model, or one of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
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
        let mut mentions = Vec::new();
        let (mut scores, mut trail) = (Vec::new(), Vec::new());
        self.reader.read(text, sentences, |at, sentence, seen| {
            scores.clear();
            scores
                .extend((0..sentence.words.len()).map(|token| self.scores(sentence, seen, token)));
            let labels = self.model.transitions.best(&scores, &mut trail);
            decode(&sentences[at], &labels, &mut mentions);
        });
        mentions
    }

    fn scores(&self, sentence: &Sentence<'_>, seen: &Observations, at: usize) -> [i32; LABELS] {
        let mut scores = [0; LABELS];
        features(sentence, seen, at, &mut |feature| {
            self.model.table.add(feature, &mut scores)
        });
        scores
    }
}
