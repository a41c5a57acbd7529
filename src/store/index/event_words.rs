//! The words of the events, read by column: which events say a term, and which terms an event says.
//!
//! This is what ranking needs and a full-text query does not give: exact counts over what is alive
//! (Tantivy's own scores still count deleted records until segments merge), and a forward index.
//! Scoring itself is left to `timeline`.

use std::collections::BTreeMap;

use tantivy::collector::DocSetCollector;
use tantivy::columnar::{Column, StrColumn};
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::schema::{FINGERPRINT, FIRST, Fields, LAST, LENGTH, WORDS};
use super::{Hit, Index, Search, StoreError};

/// Where a record stands in one opening of the index; dense from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u32);

impl Slot {
    /// As an index into a table of [`EventWords::slots`] rows.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The words of the events of an index, as it was when this was made.
pub struct EventWords {
    searcher: Searcher,
    fields: Fields,
    segments: Vec<Segment>,
    /// Number of words of each slot; 0 where there is no event.
    lengths: Vec<u32>,
    events: usize,
    mean_length: f64,
}

impl std::fmt::Debug for EventWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EventWords")
    }
}

/// The columns of one segment; none where no record of it has such a value.
struct Segment {
    /// Slot of its first record.
    base: u32,
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
    fingerprint: Option<Column<u64>>,
    words: Option<StrColumn>,
}

impl Segment {
    fn open(reader: &SegmentReader, base: u32) -> Result<Self, StoreError> {
        let columns = reader.fast_fields();
        Ok(Self {
            base,
            first: columns.column_opt(FIRST)?,
            last: columns.column_opt(LAST)?,
            fingerprint: columns.column_opt(FINGERPRINT)?,
            words: columns.str(WORDS)?,
        })
    }
}

fn value<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static>(
    column: Option<&Column<T>>,
    row: u32,
) -> Option<T> {
    column.and_then(|column| column.first(row))
}

impl EventWords {
    pub(super) fn new(searcher: Searcher, fields: Fields) -> Result<Self, StoreError> {
        let mut segments = Vec::new();
        let mut lengths: Vec<u32> = Vec::new();
        for reader in searcher.segment_readers() {
            let base = u32::try_from(lengths.len()).unwrap_or(u32::MAX);
            segments.push(Segment::open(reader, base)?);
            let column: Option<Column<u64>> = reader.fast_fields().column_opt(LENGTH)?;
            let length = |row| {
                let length = value(column.as_ref(), row).filter(|_| !reader.is_deleted(row));
                length.map_or(0, |length| u32::try_from(length).unwrap_or(u32::MAX))
            };
            lengths.extend((0..reader.max_doc()).map(length));
        }
        let events = lengths.iter().filter(|length| **length > 0).count();
        let tokens: u64 = lengths.iter().copied().map(u64::from).sum();
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 tokens")]
        let mean_length = tokens as f64 / events.max(1) as f64;
        Ok(Self {
            searcher,
            fields,
            segments,
            lengths,
            events,
            mean_length,
        })
    }

    /// Number of slots, records of other kinds and deleted ones included.
    #[must_use]
    pub const fn slots(&self) -> usize {
        self.lengths.len()
    }

    /// Number of events that have words.
    #[must_use]
    pub const fn events(&self) -> usize {
        self.events
    }

    /// Mean number of words of an event, repeats counted.
    #[must_use]
    pub const fn mean_length(&self) -> f64 {
        self.mean_length
    }

    /// The events that say a term, in the order of their slots, and how often each does.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn postings(&self, term: &str) -> Result<Vec<(Slot, u32)>, StoreError> {
        let term = Term::from_field_text(self.fields.words, term);
        let mut found = Vec::new();
        for (reader, segment) in self.searcher.segment_readers().iter().zip(&self.segments) {
            let inverted = reader.inverted_index(self.fields.words)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqs);
            let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                let row = postings.doc();
                if !reader.is_deleted(row) {
                    found.push((Slot(segment.base + row), postings.term_freq()));
                }
                postings.advance();
            }
        }
        Ok(found)
    }

    /// The events that say all of some terms, in the order of their slots, and how often each says the rarest of them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn saying_all(&self, terms: &[String]) -> Result<Vec<(Slot, u32)>, StoreError> {
        let Some((first, others)) = terms.split_first() else {
            return Ok(Vec::new());
        };
        let mut found = self.postings(first)?;
        for term in others {
            let postings = self.postings(term)?;
            found.retain_mut(|(slot, count)| {
                let at = postings.binary_search_by_key(slot, |(other, _)| *other);
                at.is_ok_and(|at| {
                    *count = postings[at].1.min(*count);
                    true
                })
            });
        }
        Ok(found)
    }

    /// Number of words of an event, repeats counted.
    #[must_use]
    pub fn length(&self, slot: Slot) -> u32 {
        self.lengths[slot.index()]
    }

    /// First and last day of an event, as days since 1970-01-01.
    #[must_use]
    pub fn days(&self, slot: Slot) -> Option<(i64, i64)> {
        let (segment, row) = self.place(slot);
        let first = value(segment.first.as_ref(), row)?;
        Some((first, value(segment.last.as_ref(), row)?))
    }

    /// First and last day of each event, as far as they are known: else the least and the greatest number.
    pub fn all_days(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let slots = (0_u32..).zip(&self.lengths);
        let events = slots.filter(|(_, length)| **length > 0);
        events.filter_map(|(slot, _)| self.days(Slot(slot)))
    }

    /// For each slot whether it is an event with words whose days overlap these, inclusive.
    #[must_use]
    pub fn within(&self, first: i64, last: i64) -> Vec<bool> {
        let mut within = vec![false; self.lengths.len()];
        for (reader, segment) in self.searcher.segment_readers().iter().zip(&self.segments) {
            let base = segment.base as usize;
            for (row, slot) in (0..reader.max_doc()).zip(base..) {
                // Most records are no events.
                within[slot] = self.lengths[slot] > 0
                    && value(segment.first.as_ref(), row).is_some_and(|day| day <= last)
                    && value(segment.last.as_ref(), row).is_some_and(|day| day >= first);
            }
        }
        within
    }

    /// A number that depends only on what the record holds: breaks ties alike in every index.
    #[must_use]
    pub fn fingerprint(&self, slot: Slot) -> u64 {
        let (segment, row) = self.place(slot);
        value(segment.fingerprint.as_ref(), row).unwrap_or(0)
    }

    /// The terms of events with their counts, each list sorted by term.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn terms(&self, slots: &[Slot]) -> Result<Vec<Vec<(String, u32)>>, StoreError> {
        let mut lists: Vec<Vec<(String, u32)>> = vec![Vec::new(); slots.len()];
        let mut by_segment: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, slot) in slots.iter().enumerate() {
            let base = self.place(*slot).0.base;
            by_segment.entry(base).or_default().push(at);
        }
        for places in by_segment.into_values() {
            let (segment, _) = self.place(slots[places[0]]);
            let Some(words) = &segment.words else {
                continue;
            };
            let ordinals = |at: &usize| {
                let mut ordinals: Vec<u64> = words.term_ords(slots[*at].0 - segment.base).collect();
                ordinals.sort_unstable();
                ordinals
            };
            let ordinals: Vec<Vec<u64>> = places.iter().map(ordinals).collect();
            let texts = texts(words, &ordinals)?;
            for (at, ordinals) in places.into_iter().zip(ordinals) {
                lists[at] = counted(&ordinals, &texts);
            }
        }
        Ok(lists)
    }

    /// What the owner of a record stored, with its IRI.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn record(&self, slot: Slot) -> Result<(String, Hit), StoreError> {
        let at = self.segments.partition_point(|s| s.base <= slot.0) - 1;
        let ordinal = u32::try_from(at).unwrap_or(u32::MAX);
        let address = DocAddress::new(ordinal, slot.0 - self.segments[at].base);
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text = |field| {
            let value = document.get_first(field);
            value
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default()
        };
        let stored = text(self.fields.stored);
        Ok((text(self.fields.iri), Hit { score: 0.0, stored }))
    }

    /// All records that a search matches, in the order of their slots; its limit and scores count
    /// for nothing.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn matching(&self, index: &Index, search: &Search) -> Result<Vec<Slot>, StoreError> {
        let found = self
            .searcher
            .search(&index.query(search), &DocSetCollector)?;
        let slot = |address: DocAddress| {
            Slot(self.segments[address.segment_ord as usize].base + address.doc_id)
        };
        let mut slots: Vec<Slot> = found.into_iter().map(slot).collect();
        slots.sort_unstable();
        Ok(slots)
    }

    fn place(&self, slot: Slot) -> (&Segment, u32) {
        let at = self.segments.partition_point(|s| s.base <= slot.0) - 1;
        (&self.segments[at], slot.0 - self.segments[at].base)
    }
}

/// The texts of all ordinals, sorted by ordinal, which is the order of the texts themselves.
fn texts(words: &StrColumn, lists: &[Vec<u64>]) -> Result<Vec<(u64, String)>, StoreError> {
    let mut all: Vec<u64> = lists.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let mut texts = Vec::with_capacity(all.len());
    let take = |bytes: &[u8]| texts.push(String::from_utf8_lossy(bytes).into_owned());
    words
        .dictionary()
        .sorted_ords_to_term_cb(&all, take)
        .map_err(tantivy::TantivyError::from)?;
    Ok(all.into_iter().zip(texts).collect())
}

fn counted(ordinals: &[u64], texts: &[(u64, String)]) -> Vec<(String, u32)> {
    let runs = ordinals.chunk_by(|a, b| a == b);
    let counted = runs.filter_map(|run| {
        let at = texts.binary_search_by_key(&run[0], |(ordinal, _)| *ordinal);
        let (_, text) = &texts[at.ok()?];
        Some((text.clone(), u32::try_from(run.len()).unwrap_or(u32::MAX)))
    });
    counted.collect()
}
