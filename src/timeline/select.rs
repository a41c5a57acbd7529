//! From a request to a timeline: the topic is read, ranked, cut down to what belongs, and put in
//! order.

use jiff::civil::Date;

use super::phrase::Topic;
use super::rank::{self, Days};
use super::{Entry, Timeline, belong};
use crate::record::day_number;
use crate::store::{EventWords, Index, RecordKind, Search, Slot, StoreError};
use crate::time::split_period;

/// The order of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By date; what has no full date comes last.
    #[default]
    Date,
    /// Best answers first. Events that have none of the names come too, far down.
    Relevance,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// A phrase; years in it count as the period.
    pub phrase: String,
    /// First day; replaces the phrase's own.
    pub from: Option<Date>,
    /// Last day, inclusive; replaces the phrase's own.
    pub to: Option<Date>,
    /// At most so many entries: the best ones.
    pub top: Option<usize>,
    /// The order of entries.
    pub order: Order,
}

/// Selects the entries that answer a request.
///
/// # Errors
/// When the index cannot be read.
pub fn select(index: &Index, request: &Request) -> Result<Timeline, StoreError> {
    let (words, period) = split_period(&request.phrase);
    let from = request
        .from
        .or(period.as_ref().map(|period| period.earliest.date()));
    let to = request
        .to
        .or(period.as_ref().map(|period| period.latest.date()));
    let mut entries = ranked(index, &words, days(from, to), request)?;
    if let Some(top) = request.top {
        entries.truncate(top);
    }
    if request.order == Order::Date {
        entries.sort_by(|a, b| {
            date_key(a)
                .cmp(&date_key(b))
                .then_with(|| a.event.cmp(&b.event))
        });
    }
    let day = |date: Date| date.to_string();
    Ok(Timeline {
        phrase: request.phrase.clone(),
        from: from.map(day),
        to: to.map(day),
        entries,
    })
}

/// Full dates in order, then partial ones, then none.
fn date_key(entry: &Entry) -> (bool, Option<&str>) {
    let date = entry.date.as_deref();
    (date.is_none_or(|date| date.contains('X')), date)
}

fn days(from: Option<Date>, to: Option<Date>) -> Option<(i64, i64)> {
    (from.is_some() || to.is_some()).then(|| {
        (
            from.map_or(i64::MIN, day_number),
            to.map_or(i64::MAX, day_number),
        )
    })
}

/// All entries that answer, best first.
fn ranked(
    index: &Index,
    phrase: &str,
    days: Option<Days>,
    request: &Request,
) -> Result<Vec<Entry>, StoreError> {
    let words = index.words()?;
    let topic = Topic::read(index, &words, phrase)?;
    if topic.weights.is_empty() {
        return match phrase.trim().is_empty() {
            true => everything(index, &words, days),
            false => Ok(Vec::new()),
        };
    }
    let ranking = rank::rank(&words, &topic.weights, days)?;
    let mut events = match request.order {
        Order::Relevance => ranking.events,
        Order::Date => belong::members(index, &words, &topic, &ranking, days)?.events,
    };
    events.truncate(request.top.unwrap_or(usize::MAX));
    events
        .into_iter()
        .map(|(slot, score)| entry(&words, slot, score))
        .collect()
}

/// All events of a period, in the order of their IRIs.
fn everything(
    index: &Index,
    words: &EventWords,
    days: Option<Days>,
) -> Result<Vec<Entry>, StoreError> {
    let search = Search {
        kind: RecordKind::Event,
        must: vec![],
        should: vec![],
        or_keys: vec![],
        days,
        limit: 0,
    };
    let slots = words.matching(index, &search)?;
    let entries: Result<Vec<Entry>, _> = slots
        .into_iter()
        .map(|slot| entry(words, slot, 0.0))
        .collect();
    let mut entries = entries?;
    entries.sort_by(|a, b| a.event.cmp(&b.event));
    Ok(entries)
}

fn entry(words: &EventWords, slot: Slot, score: f64) -> Result<Entry, StoreError> {
    let (_, hit) = words.record(slot)?;
    let entry: Entry = serde_json::from_str(&hit.stored)?;
    Ok(Entry { score, ..entry })
}
