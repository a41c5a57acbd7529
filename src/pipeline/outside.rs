//! Asks an outside extractor for what the journal does not have from it yet, and hands out what it
//! has. `docs/extractor.md` says what is promised.

use super::catalogue::{Catalogue, OutsideReadings};
use super::{Answers, Taken};
use crate::document::{Document, RawDocument, Refusal, RefusalKind};
use crate::extract::OutsideMentions;
use crate::extractor::{Extractor, ExtractorError, Request};
use crate::hash;
use crate::id::DocumentId;
use crate::journal::{Acquisition, OutsideReading};
use crate::store::StoreError;

/// Why an ingest with an outside extractor stopped.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The extractor failed.
    #[error(transparent)]
    Extractor(#[from] ExtractorError),
}

/// Gives a batch to the extractor, without what it has read before. A document whose answer cannot
/// be used becomes a refusal.
pub(super) fn ask(
    extractor: &Extractor,
    batch: &mut [Taken],
    catalogue: &Catalogue,
) -> Result<Answers, ExtractorError> {
    let mut answers: Answers = vec![None; batch.len()];
    let mut asked: Vec<(usize, OutsideReading)> = Vec::new();
    let mut requests = Vec::new();
    for (at, taken) in batch.iter().enumerate() {
        let Taken::Read(read) = taken else {
            continue;
        };
        let (acquisition, document) = &**read;
        let blank = blank(extractor, acquisition, document);
        if !is_known(catalogue.outside(), &blank) {
            requests.push(request(&acquisition.raw, document));
            asked.push((at, blank));
        }
    }
    let results = extractor.read(requests)?;
    for ((at, mut reading), result) in asked.into_iter().zip(results) {
        match result {
            Ok(mentions) => {
                reading.found.mentions = mentions;
                answers[at] = Some(reading);
            }
            Err(error) => {
                if let Taken::Read(read) = &batch[at] {
                    batch[at] = Taken::Refused(Refusal {
                        path: read.0.raw.path.clone(),
                        part: read.0.raw.part,
                        kind: RefusalKind::Extractor,
                        reason: error.to_string(),
                        hint: error.hint().to_owned(),
                    });
                }
            }
        }
    }
    Ok(answers)
}

/// The record of an answer that has not come yet.
fn blank(extractor: &Extractor, read: &Acquisition, document: &Document) -> OutsideReading {
    OutsideReading {
        base: read.base.as_str().to_owned(),
        sha256: read.sha256.clone(),
        text_sha256: hash::whole(&document.text),
        extractor: extractor.command().to_owned(),
        found: OutsideMentions {
            mentions: Vec::new(),
            mode: extractor.mode(),
        },
    }
}

/// Whether the same extractor has read the same text of the same document.
fn is_known(readings: &OutsideReadings, blank: &OutsideReading) -> bool {
    let key = (blank.base.clone(), blank.sha256.clone());
    readings.get(&key).is_some_and(|known| {
        (&known.text_sha256, &known.extractor, known.found.mode)
            == (&blank.text_sha256, &blank.extractor, blank.found.mode)
    })
}

fn request<'a>(raw: &RawDocument, document: &'a Document) -> Request<'a> {
    let id = match raw.part {
        Some(part) => format!("{}:{part}", raw.path),
        None => raw.path.clone(),
    };
    Request {
        id,
        text: &document.text,
        language: &document.language,
        dct: document.dct,
    }
}

/// What an outside extractor found in a document, if one has read it; `None` when it has read
/// another text of it.
#[expect(
    clippy::option_option,
    reason = "not read, and read in vain, are two things"
)]
pub(super) fn answer<'a>(
    readings: &'a OutsideReadings,
    base: &DocumentId,
    sha256: &str,
    document: &Document,
) -> Option<Option<&'a OutsideMentions>> {
    if readings.is_empty() {
        return Some(None);
    }
    match readings.get(&(base.as_str().to_owned(), sha256.to_owned())) {
        None => Some(None),
        Some(reading) if reading.text_sha256 == hash::whole(&document.text) => {
            Some(Some(&reading.found))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::extract::OutsideMode;

    #[test]
    fn an_answer_to_another_text_is_unfit() {
        let raw = RawDocument {
            path: "strike.txt".to_owned(),
            part: None,
            format: Format::Article,
            charset: None,
            content: "Strike in Valletta\n\nDockers went home.".to_owned(),
        };
        let Taken::Read(read) = super::super::read(raw, 1) else {
            panic!("an article can be read");
        };
        let (acquisition, document) = *read;
        let timeout = std::time::Duration::from_secs(1);
        let extractor = Extractor::new("names", OutsideMode::Replace, timeout).unwrap();
        let fit = blank(&extractor, &acquisition, &document);
        let unfit = OutsideReading {
            text_sha256: hash::whole("another text"),
            ..fit.clone()
        };
        let mut catalogue = Catalogue::default();
        let answer = |catalogue: &Catalogue| {
            let (base, sha256) = (&acquisition.base, &acquisition.sha256);
            answer(catalogue.outside(), base, sha256, &document).map(|found| found.is_some())
        };
        assert_eq!(answer(&catalogue), Some(false), "there is no answer");
        catalogue.read_outside(unfit);
        assert_eq!(answer(&catalogue), None);
        assert!(!is_known(catalogue.outside(), &fit), "it is asked for anew");
        catalogue.read_outside(fit.clone());
        assert_eq!(answer(&catalogue), Some(true));
        assert!(is_known(catalogue.outside(), &fit));
    }
}
