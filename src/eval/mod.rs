//! Gold and a system's answers in, figures out: precision, recall and F1 of names, times, events and
//! pairs, average precision of timelines.
//!
//! Everything here is a function of two texts of JSON Lines; offsets in them count Unicode code
//! points from 0, end-exclusive. Each file says which formats it reads and what it counts. Reading
//! files and printing tables is left to `cli`. [`own`] gives Annals' own answers to the texts of a
//! gold file.

mod error;
mod events;
mod lines;
mod matching;
mod ner;
mod ner_errors;
mod normal;
pub mod own;
mod pairs;
mod score;
mod texts;
mod timeline;
mod timex;
mod updates;

pub use error::EvalError;
pub use events::{EventRow, EventScores, EventSpan, score_events};
pub use lines::{Lines, Row};
pub use ner::{EntityRow, KindScores, NerRow, NerScores, score_ner};
pub use ner_errors::{ErrorKind, ErrorTally, NerError, ner_errors};
pub use pairs::{BCubed, PairRow, PairScores, score_pairs};
pub use score::{Counts, Score};
pub use timeline::{
    Judged, RankScores, RankingRow, TimelineScores, TopicRow, TopicScores, score_timelines,
};
pub use timex::{TimexRow, TimexScores, TimexSpan, Valued, score_timexes};
pub use updates::{AnswerRow, UpdateRow, UpdateScores, score_updates};
