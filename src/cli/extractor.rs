//! The options that name an outside extractor.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::Failure;
use crate::extract::OutsideMode;
use crate::extractor::{Extractor, ExtractorError};

/// An outside program that finds the names.
#[derive(Debug, Args)]
pub(super) struct ExtractorOptions {
    /// Find names with this program: JSON lines {"id","text"} in, {"id","entities"} out
    ///
    /// It is split into words as in a shell, but no shell runs it. docs/extractor.md describes the
    /// protocol, examples/extractors/spacy.py is one.
    #[arg(long, value_name = "CMD")]
    extractor: Option<String>,
    /// What the program's names are to Annals' own
    #[arg(
        long,
        default_value = "replace",
        requires = "extractor",
        value_name = "MODE"
    )]
    extractor_mode: Mode,
    /// Stop when the program writes nothing for so long
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..), requires = "extractor", value_name = "SECONDS")]
    extractor_timeout: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mode {
    /// They take the place of Annals' own
    Replace,
    /// Those that overlap none of Annals' own join them
    Add,
}

impl ExtractorOptions {
    /// The extractor that was named.
    pub(super) fn extractor(&self) -> Result<Option<Extractor>, Failure> {
        let Some(command) = &self.extractor else {
            return Ok(None);
        };
        let mode = match self.extractor_mode {
            Mode::Replace => OutsideMode::Replace,
            Mode::Add => OutsideMode::Add,
        };
        let timeout = Duration::from_secs(self.extractor_timeout);
        Ok(Some(Extractor::new(command, mode, timeout)?))
    }
}

impl From<ExtractorError> for Failure {
    fn from(error: ExtractorError) -> Self {
        let hint = error.hint();
        match error {
            ExtractorError::Command { .. } => Self::usage(error).hint(hint),
            _ => Self::not_found(error).hint(hint),
        }
    }
}

impl From<crate::pipeline::IngestError> for Failure {
    fn from(error: crate::pipeline::IngestError) -> Self {
        match error {
            crate::pipeline::IngestError::Store(error) => error.into(),
            crate::pipeline::IngestError::Extractor(error) => error.into(),
        }
    }
}
