//! The model file: a header, transition scores and the table of weights.
//!
//! Layout, little-endian: the magic word, the layout's version (u32), the weights' unit (f32: the
//! integer that stands for one natural logarithm of odds), 13 x 13 transition scores
//! (i32, in units of the weights), then the table until the end. The version grows with every
//! change of the features, because weights mean nothing to other features.

use std::borrow::Cow;

use thiserror::Error;

use super::label::LABELS;
use super::table::Table;
use super::viterbi::{Scores, Transitions};

const MAGIC: &[u8; 8] = b"annalsNE";
/// Version of layout and features.
const VERSION: u32 = 2;
const TRANSITIONS: usize = LABELS * LABELS * 4;
const HEADER: usize = MAGIC.len() + 4 + 4 + TRANSITIONS;

/// Why bytes are not a model.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// The bytes do not begin as a model does.
    #[error("no tagger model: it must begin with \"annalsNE\"")]
    NoModel,
    /// The model is of another version of Annals.
    #[error(
        "tagger model of version {found}, but this program reads version {VERSION}: train it again"
    )]
    Version {
        /// The version found.
        found: u32,
    },
    /// The table of weights is cut off.
    #[error("tagger model of {size} bytes: its table is not a power of two of rows")]
    Size {
        /// The number of bytes found.
        size: usize,
    },
}

/// The learned part of a tagger.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) table: Table,
    pub(super) transitions: Transitions,
    /// What one natural logarithm of odds is in scores.
    pub(super) unit: f32,
    scores: [Scores; LABELS],
}

impl Model {
    /// A model of its parts.
    pub(super) fn new(table: Table, scores: [Scores; LABELS], unit: f32) -> Self {
        Self {
            table,
            transitions: Transitions::new(scores),
            unit,
            scores,
        }
    }

    /// Reads what [`Model::to_bytes`] wrote.
    pub(super) fn from_bytes(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NoModel)?;
        let cut = ModelError::Size { size: bytes.len() };
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(cut.clone())?;
        let found = u32::from_le_bytes(*version);
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let (unit, rest) = rest.split_first_chunk::<4>().ok_or(cut.clone())?;
        let (transitions, table) = rest.split_at_checked(TRANSITIONS).ok_or(cut.clone())?;
        let mut numbers = transitions
            .chunks_exact(4)
            .map(|n| i32::from_le_bytes([n[0], n[1], n[2], n[3]]));
        let scores = std::array::from_fn(|_| std::array::from_fn(|_| numbers.next().unwrap_or(0)));
        let table = match &bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[HEADER..]),
            Cow::Owned(_) => Cow::Owned(table.to_vec()),
        };
        Ok(Self::new(
            Table::from_bytes(table).ok_or(cut)?,
            scores,
            f32::from_le_bytes(*unit),
        ))
    }

    /// The bytes of the model file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.table.bytes().len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&self.unit.to_le_bytes());
        self.scores
            .iter()
            .flatten()
            .for_each(|score| bytes.extend_from_slice(&score.to_le_bytes()));
        bytes.extend_from_slice(self.table.bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_then_reading_is_identity() {
        let mut table = Table::empty(2);
        table.insert(42, &[3; LABELS]);
        let scores =
            std::array::from_fn(|from| std::array::from_fn(|to| from as i32 * 100 - to as i32));
        let model = Model::new(table, scores, 31.5);
        let read = Model::from_bytes(model.to_bytes().into()).expect("written by itself");
        assert_eq!(read.table, model.table);
        assert_eq!(read.unit, 31.5);
        assert_eq!(read.scores, model.scores);
    }

    #[test]
    fn damage_is_told_apart() {
        let bytes = Model::new(Table::empty(1), [[0; LABELS]; LABELS], 1.0).to_bytes();
        assert_eq!(
            Model::from_bytes(Cow::Borrowed(b"PK")).unwrap_err(),
            ModelError::NoModel
        );
        let cut = bytes[..bytes.len() - 1].to_vec();
        assert_eq!(
            Model::from_bytes(cut.into()).unwrap_err(),
            ModelError::Size {
                size: bytes.len() - 1
            }
        );
        let mut other = bytes.clone();
        other[8] = 99;
        assert_eq!(
            Model::from_bytes(other.into()).unwrap_err(),
            ModelError::Version { found: 99 }
        );
    }
}
