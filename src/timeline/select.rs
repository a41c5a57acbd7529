//! From a request to a timeline: the topic is read, ranked, cut down to what belongs, and put in
//! order.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::digest::{Candidate, digest};
use super::filed::Filed;
use super::period::span_with_silences;
use super::phrase::{self, Topic};
use super::rank::{self, Ranking};
use super::unread::unread;
use super::{By, Cut, Entry, Timeline, belong, explain, known};
use crate::extract::terms;
use crate::record::{EventRecord, day_number};
use crate::store::{Condition, EventWords, Index, RecordKind, Search, Slot, StoreError};
use crate::time::{is_bare_year, split_period};

/// Events from which the best are chosen: enough for any page, and read in a few milliseconds.
const POOL: usize = 600;

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
    /// A phrase; years in it count as the period, unless it is the name of a storyline as it stands ("2011 Norway
    /// attacks"), or nothing happened in the year and the title of an event says the words and the number side by side.
    pub phrase: String,
    /// First day; replaces the phrase's own.
    pub from: Option<Date>,
    /// Last day, inclusive; replaces the phrase's own.
    pub to: Option<Date>,
    /// Whether less relevant events come too: all that have the names of the phrase, and what scores half
    /// of what is needed.
    pub less_relevant: bool,
    /// At most so many entries: in date order those that tell the story best, by relevance the first.
    pub top: Option<usize>,
    /// The order of entries.
    pub order: Order,
    /// Only what could be known on this day, in the words of that day; context that was added later and
    /// storylines found are left out.
    pub known_at: Option<Date>,
    /// How renderings group the entries.
    pub by: Option<By>,
    /// Whether each entry says why it is there.
    pub explain: bool,
}

/// Selects the entries that answer a request.
///
/// # Errors
/// When the index cannot be read.
pub fn select(index: &Index, request: &Request) -> Result<Timeline, StoreError> {
    let mut asked =
        match is_bare_year(&request.phrase) && phrase::is_storyline(index, &request.phrase)? {
            true => Asked::whole(request),
            false => Asked::of(request),
        };
    let mut answer = Answer::read(index, &asked, request)?;
    if answer.entries.is_empty()
        && is_bare_year(&request.phrase)
        && is_said(index, &request.phrase)?
    {
        asked = Asked::whole(request);
        answer = Answer::read(index, &asked, request)?;
    }
    if request.order == Order::Date {
        answer.entries.sort_by(|a, b| {
            date_key(a)
                .cmp(&date_key(b))
                .then_with(|| a.event.cmp(&b.event))
        });
    }
    let day = |date: Date| date.to_string();
    let mut timeline = Timeline {
        phrase: request.phrase.clone(),
        from: asked.from.map(day),
        to: asked.to.map(day),
        known_at: request.known_at.map(day),
        by: request.by,
        cut: answer.cut,
        chosen_of: answer.chosen_of,
        in_part: !answer.is_met && !answer.entries.is_empty(),
        unread: Vec::new(),
        entries: answer.entries,
    };
    if let Some((first, last)) = span_with_silences(&timeline) {
        let words = index.words()?;
        timeline.unread = unread(&words, first, last);
    }
    Ok(timeline)
}

/// A request's phrase, taken apart.
struct Asked {
    words: String,
    from: Option<Date>,
    to: Option<Date>,
}

impl Asked {
    /// The years in the phrase are its period, where the request has none.
    fn of(request: &Request) -> Self {
        let (words, period) = split_period(&request.phrase);
        let first = period.map(|period| period.first_day());
        let last = period.map(|period| period.last_day());
        Self {
            words,
            from: request.from.or(first),
            to: request.to.or(last),
        }
    }

    /// The phrase is all words.
    fn whole(request: &Request) -> Self {
        Self {
            words: request.phrase.clone(),
            from: request.from,
            to: request.to,
        }
    }
}

/// Whether the title of an event says a phrase as it stands, its number too ("Euro 2016"): then a number with
/// which nothing happened is hardly a year.
fn is_said(index: &Index, phrase: &str) -> Result<bool, StoreError> {
    let wanted = terms(phrase);
    let search = Search {
        must: vec![vec![Condition::Terms(wanted.clone())]],
        ..Search::of(RecordKind::Event, POOL)
    };
    for hit in index.search(&search)? {
        let event: EventRecord = serde_json::from_str(&hit.stored)?;
        let title = terms(&event.title);
        if title
            .windows(wanted.len().max(1))
            .any(|words| words == wanted)
        {
            return Ok(true);
        }
    }
    Ok(false)
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

/// What answers.
#[derive(Default)]
struct Answer {
    /// Best first, or the chosen ones.
    entries: Vec<Entry>,
    /// Where the line was drawn.
    cut: Option<Cut>,
    /// Of how many the entries were chosen.
    chosen_of: Option<usize>,
    /// Whether some event answers the whole phrase.
    is_met: bool,
}

impl Answer {
    fn read(index: &Index, asked: &Asked, request: &Request) -> Result<Self, StoreError> {
        let (phrase, days) = (&asked.words, days(asked.from, asked.to));
        let words = index.words()?;
        let topic = Topic::read(index, &words, phrase)?;
        if topic.weights.is_empty() && !phrase.trim().is_empty() {
            return Ok(Self::default());
        }
        let mut filed = Filed::default();
        let (mut ranking, mut members) = if topic.weights.is_empty() {
            (Ranking::default(), belong::everything(index, &words, days)?)
        } else {
            filed = Filed::read(index, &words, &topic, days)?;
            let ranking = rank::rank(&words, &topic.weights, days, &filed.asked_for)?;
            let members = belong::members(index, &words, &topic, &ranking, &filed, days)?;
            (ranking, members)
        };
        if request.less_relevant {
            let more = std::mem::take(&mut members.less_relevant);
            members.events.extend(more);
            rank::sort(&words, &mut members.events);
        }
        let whole_ranking = request.order == Order::Relevance && !ranking.events.is_empty();
        if whole_ranking {
            let most = request.top.unwrap_or(usize::MAX);
            rank::prefer(&mut ranking.events, &filed.asked_for);
            rank::sort_best(&words, &mut ranking.events, most.saturating_mul(2));
        }
        let chosen = match whole_ranking {
            true => &ranking.events,
            false => &members.events,
        };
        let reader = Reader {
            words: &words,
            known_at: request.known_at,
        };
        let mut chosen_of = None;
        let chosen = match (request.top, request.order) {
            (Some(top), Order::Relevance) => reader.first(chosen, top)?,
            (Some(top), Order::Date) if top < chosen.len() => {
                chosen_of = Some(chosen.len());
                reader.best(chosen, top)?
            }
            _ => reader.first(chosen, usize::MAX)?,
        };
        let is_cut = request.order == Order::Date && !request.less_relevant;
        let left_out = members.less_relevant.len();
        let is_cut = is_cut && (members.cut.is_some() || left_out > 0);
        let cut = is_cut.then(|| Cut {
            least_score: members.cut.map_or(0.0, |cut| cut.others),
            left_out,
        });
        let storylines = match request.explain {
            true => filed.storylines_of_each(index, &words, &topic)?,
            false => BTreeMap::new(),
        };
        let explained = chosen.into_iter().map(|(slot, mut entry)| {
            if request.explain {
                let shown = (slot, &entry);
                let why = explain::explain(&words, &topic, &ranking, &members, &storylines, shown)?;
                entry.why = Some(why);
            }
            Ok(entry)
        });
        Ok(Self {
            entries: explained.collect::<Result<_, StoreError>>()?,
            cut,
            chosen_of,
            is_met: members.is_met,
        })
    }
}

/// An event that could be known, with its score.
type Known = (Slot, f64, EventRecord);

/// Reads the entries of events.
struct Reader<'a> {
    words: &'a EventWords,
    known_at: Option<Date>,
}

impl Reader<'_> {
    /// The first so many that could be known.
    fn first(
        &self,
        events: &[(Slot, f64)],
        count: usize,
    ) -> Result<Vec<(Slot, Entry)>, StoreError> {
        let known = self.known(events, count)?.into_iter();
        let entry = |(slot, score, record)| (slot, Entry::of(record, score));
        Ok(known.map(entry).collect())
    }

    /// So many that tell the story best. The best [`POOL`] scores are looked at of those that could be known.
    fn best(&self, events: &[(Slot, f64)], count: usize) -> Result<Vec<(Slot, Entry)>, StoreError> {
        let size = POOL.max(count.saturating_mul(3));
        let known = self.known(events, size)?;
        let slots: Vec<Slot> = known.iter().map(|(slot, ..)| *slot).collect();
        let candidate = |((slot, score, mut record), terms): (Known, _)| Candidate {
            slot,
            refers: std::mem::take(&mut record.refers),
            entry: Entry::of(record, score),
            vector: rank::vector(terms),
        };
        let terms = self.words.terms(&slots)?;
        Ok(digest(
            known.into_iter().zip(terms).map(candidate).collect(),
            count,
        ))
    }

    /// The first so many that could be known, with their records.
    fn known(&self, events: &[(Slot, f64)], count: usize) -> Result<Vec<Known>, StoreError> {
        let mut known = Vec::new();
        let mut rest = events;
        while known.len() < count && !rest.is_empty() {
            let (next, later) = rest.split_at(rest.len().min(count - known.len()));
            known.extend(self.read(next)?);
            rest = later;
        }
        Ok(known)
    }

    /// Those of some events that could be known, in their order. They are read in the order in which the index packs
    /// them, so that no pack is opened twice.
    fn read(&self, events: &[(Slot, f64)]) -> Result<Vec<Known>, StoreError> {
        let mut places: Vec<usize> = (0..events.len()).collect();
        places.sort_unstable_by_key(|&place| events[place].0);
        let mut known: Vec<Option<Known>> = Vec::new();
        known.resize_with(events.len(), || None);
        for place in places {
            let (slot, score) = events[place];
            known[place] = self.record(slot)?.map(|record| (slot, score, record));
        }
        Ok(known.into_iter().flatten().collect())
    }

    /// An event as it stood on the day asked for, if it did.
    fn record(&self, slot: Slot) -> Result<Option<EventRecord>, StoreError> {
        let record: EventRecord = serde_json::from_str(&self.words.record(slot)?.1.stored)?;
        Ok(match self.known_at {
            Some(day) => known::as_known(record, day),
            None => Some(record),
        })
    }
}
