//! Asks an outside extractor for what the journal does not have from it yet, and hands out what it
//! has. `docs/extractor.md` says what is promised.

use super::catalogue::{Catalogue, Held, OutsideReadings};
use super::{Answers, ReadDocument};
use crate::document::{Document, RawDocument, Refusal, RefusalKind};
use crate::extract::OutsideMentions;
use crate::extractor::{Extractor, ExtractorError, Request};
use crate::hash;
use crate::id::DocumentId;
use crate::journal::OutsideReading;
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
    read: &mut [ReadDocument],
    catalogue: &Catalogue,
) -> Result<Answers, ExtractorError> {
    let mut answers: Answers = vec![None; read.len()];
    let mut asked: Vec<(usize, OutsideReading)> = Vec::new();
    let mut requests = Vec::new();
    for (at, result) in read.iter().enumerate() {
        let Ok((raw, document)) = result else {
            continue;
        };
        let blank = blank(extractor, raw, document);
        if !is_known(catalogue.outside(), &blank) {
            requests.push(request(raw, document));
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
                if let Ok((raw, _)) = &read[at] {
                    read[at] = Err(Refusal {
                        path: raw.path.clone(),
                        part: raw.part,
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
fn blank(extractor: &Extractor, raw: &RawDocument, document: &Document) -> OutsideReading {
    let sha256 = hash::whole(&raw.content);
    OutsideReading {
        base: DocumentId::of_document(document, &sha256)
            .as_str()
            .to_owned(),
        sha256,
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

/// What an outside extractor found in a document, where it fits the document's text.
pub(super) fn usable<'a>(
    readings: &'a OutsideReadings,
    held: &Held,
) -> Option<&'a OutsideMentions> {
    let key = (held.base.as_str().to_owned(), held.sha256.clone());
    let reading = readings.get(&key)?;
    (reading.text_sha256 == hash::whole(&held.document.text)).then_some(&reading.found)
}

/// How many documents have an answer that fits their text no more.
pub(super) fn unfit(catalogue: &Catalogue) -> usize {
    let readings = catalogue.outside();
    let has =
        |held: &&Held| readings.contains_key(&(held.base.as_str().to_owned(), held.sha256.clone()));
    let with_answer = catalogue.held().filter(has);
    with_answer
        .filter(|held| usable(readings, held).is_none())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, read};
    use crate::extract::OutsideMode;
    use crate::journal::Acquisition;

    #[test]
    fn an_answer_to_another_text_is_unfit() {
        let raw = RawDocument {
            path: "strike.txt".to_owned(),
            part: None,
            format: Format::Article,
            content: "Strike in Valletta\n\nDockers went home.".to_owned(),
        };
        let document = read(&raw).unwrap();
        let timeout = std::time::Duration::from_secs(1);
        let extractor = Extractor::new("names", OutsideMode::Replace, timeout).unwrap();
        let fit = blank(&extractor, &raw, &document);
        let unfit_answer = OutsideReading {
            text_sha256: hash::whole("another text"),
            ..fit.clone()
        };
        let mut catalogue = Catalogue::default();
        let acquisition = Acquisition {
            run: 1,
            origin: "strike.txt".to_owned(),
            raw,
        };
        catalogue.add(&acquisition, document);
        assert_eq!(unfit(&catalogue), 0, "there is no answer");
        catalogue.read_outside(unfit_answer);
        assert_eq!(unfit(&catalogue), 1);
        assert!(!is_known(catalogue.outside(), &fit), "it is asked for anew");
        catalogue.read_outside(fit.clone());
        assert_eq!(unfit(&catalogue), 0);
        assert!(is_known(catalogue.outside(), &fit));
    }
}
