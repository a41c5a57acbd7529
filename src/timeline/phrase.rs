//! A phrase read as a topic: the names in it, its other words, the storylines it names.

use std::collections::BTreeSet;

use super::rank::{UNIT, Weights};
use crate::extract::{gazetteer, is_number, name_key, terms};
use crate::record::{EventRecord, NameRecord};
use crate::store::{Condition, EventWords, Index, RecordKind, Search, StoreError};

/// Weight of a name's terms against other words: the topic has to be about whom or what it names
/// (development topics: 1 gives mean average precision .75, 2 gives .80, 3 gives .79).
const NAME_WEIGHT: f64 = 2.0;
/// Share of the events saying the words of a name in which they have to name something, so that a
/// lone misreading ("Southeast" taken for a place once) makes no name of a common word (link
/// probability: Mihalcea and Csomai, *Wikify!*, CIKM 2007; the threshold is a guess).
const LEAST_LINKED: f64 = 0.2;

/// So many titles show how the words of a phrase are written together (a guess), and in so many of those that have all of
/// the words, at least two, they have to stand side by side and begin with capitals (a guess).
const TITLES: usize = 50;
const LEAST_TOGETHER: f64 = 0.8;

/// What a phrase asks for.
#[derive(Debug, Default)]
pub(super) struct Topic {
    /// Index terms and [units](super::rank::Weights) of the whole phrase with their weights.
    pub(super) weights: Weights,
    /// All its index terms.
    pub(super) terms: BTreeSet<String>,
    /// The names in it, in its order.
    pub(super) names: Vec<Name>,
    /// Terms of its other words.
    pub(super) others: BTreeSet<String>,
    /// Storylines and concepts whose name has every word of the phrase.
    pub(super) storylines: Vec<NamedStoryline>,
}

/// A storyline that a phrase names.
#[derive(Debug)]
pub(super) struct NamedStoryline {
    pub(super) iri: String,
    pub(super) name: String,
    /// Terms of the name that the phrase lacks.
    more: Vec<String>,
}

impl NamedStoryline {
    /// Whether the phrase has every word of the name but its years.
    pub(super) fn is_whole(&self) -> bool {
        self.more.iter().all(|term| is_number(term))
    }
}

/// A name in a phrase.
#[derive(Debug)]
pub(super) struct Name {
    /// As written.
    pub(super) surface: String,
    /// What an event must have of it: a reading as participant, place or frame, or its words.
    pub(super) conditions: Vec<Condition>,
}

impl Topic {
    /// Reads a phrase without its years.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn read(index: &Index, said: &EventWords, phrase: &str) -> Result<Self, StoreError> {
        // A dash or stroke joins two names ("Turkey–PKK conflict"); a hyphen can be part of one.
        let is_between = |c: char| c.is_whitespace() || matches!(c, '–' | '—' | '/');
        let words = phrase.split(is_between).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let mut topic = Self::default();
        let mut at = 0;
        while at < words.len() {
            at = match longest_name(index, said, &words[at..], at == 0)? {
                Some((length, name)) => {
                    topic.add_name(index, said, name, &words[at..at + length])?;
                    at + length
                }
                None => {
                    topic.add_word(words[at]);
                    at + 1
                }
            };
        }
        topic.storylines = storylines(index, phrase)?;
        Ok(topic)
    }

    fn add_name(
        &mut self,
        index: &Index,
        said: &EventWords,
        name: Name,
        words: &[&str],
    ) -> Result<(), StoreError> {
        let country = gazetteer::country_of_demonym(&words.join(" ")).unwrap_or_default();
        let own = terms(&name.surface);
        let country = terms(country);
        let weigh = |terms: &[String]| -> Weights {
            let weighed = terms.iter().map(|term| (term.clone(), NAME_WEIGHT));
            weighed.collect()
        };
        self.weights.extend(match own.len() {
            0 | 1 => weigh(&own),
            _ => weights_of_unit(index, said, &own, &name.conditions)?,
        });
        self.weights.extend(weigh(&country));
        self.terms.extend(own.into_iter().chain(country));
        self.names.push(name);
        Ok(())
    }

    fn add_word(&mut self, word: &str) {
        for term in terms(word) {
            self.weights.entry(term.clone()).or_insert(1.0);
            self.terms.insert(term.clone());
            self.others.insert(term);
        }
    }

    /// Whether the phrase is nothing but names.
    pub(super) fn is_names_only(&self) -> bool {
        self.others.is_empty() && !self.names.is_empty()
    }

    /// One group of conditions for each name.
    pub(super) fn conditions(&self) -> Vec<Vec<Condition>> {
        let conditions = self.names.iter().map(|name| name.conditions.clone());
        conditions.collect()
    }
}

/// The longest name that words begin with, and how many words it has. The whole of a phrase can be a name that no record
/// has; before other words that was found to do more harm than good (development topics: "Southeast Asian haze").
fn longest_name(
    index: &Index,
    events: &EventWords,
    words: &[&str],
    begins: bool,
) -> Result<Option<(usize, Name)>, StoreError> {
    for length in (1..=words.len()).rev() {
        let surface = words[..length].join(" ");
        let said = terms(&surface);
        if said.is_empty() {
            continue;
        }
        let readings = readings(index, &surface)?;
        let is_name = match readings.is_empty() {
            true => begins && length == words.len() && are_written_together(events, words)?,
            false => is_mostly_a_name(events, &said, &readings)?,
        };
        if !is_name {
            continue;
        }
        let keys = readings.into_iter().map(|name| Condition::Key(name.iri));
        let mut conditions: Vec<Condition> = keys.collect();
        conditions.push(Condition::Terms(said));
        let name = Name {
            surface,
            conditions,
        };
        return Ok(Some((length, name)));
    }
    Ok(None)
}

/// Whether events that say these terms mostly mean one of these names.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 events")]
fn is_mostly_a_name(
    events: &EventWords,
    said: &[String],
    readings: &[NameRecord],
) -> Result<bool, StoreError> {
    let saying = events.saying_all(said)?.len();
    let named: usize = readings.iter().map(|name| name.events).sum();
    Ok(named as f64 >= LEAST_LINKED * saying as f64)
}

/// The weights of the terms of a name of several words. A term alone counts as often as what says it means the name
/// ("Madoff" nearly always, "Bernard" hardly ever); the rest of the weight is for all of them together.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 events")]
fn weights_of_unit(
    index: &Index,
    events: &EventWords,
    said: &[String],
    conditions: &[Condition],
) -> Result<Weights, StoreError> {
    let naming = Search {
        must: vec![conditions.to_vec()],
        ..Search::of(RecordKind::Event, 0)
    };
    let naming = events.matching(index, &naming)?;
    let is_said = !events.saying_all(said)?.is_empty();
    let mut weights = Weights::new();
    let mut of_unit = 0.0;
    for term in said {
        let postings = events.postings(term)?;
        let meant = postings
            .iter()
            .filter(|(slot, _)| naming.binary_search(slot).is_ok());
        let share = meant.count() as f64 / (postings.len().max(1) as f64);
        of_unit += NAME_WEIGHT * (1.0 - share);
        weights.insert(term.clone(), NAME_WEIGHT * share);
    }
    if is_said {
        weights.insert(said.join(UNIT), of_unit);
    }
    Ok(weights)
}

/// Whether titles that have all of some words have them as a name has them: side by side, with capitals ("Sandy Hook").
#[expect(clippy::cast_precision_loss, reason = "at most fifty titles")]
fn are_written_together(events: &EventWords, words: &[&str]) -> Result<bool, StoreError> {
    if words.len() < 2 {
        return Ok(false);
    }
    let wanted: Vec<Vec<String>> = words.iter().map(|word| terms(word)).collect();
    let (mut having, mut together) = (0_usize, 0_usize);
    for (slot, _) in events
        .saying_all(&wanted.concat())?
        .into_iter()
        .take(TITLES)
    {
        let event: EventRecord = serde_json::from_str(&events.record(slot)?.1.stored)?;
        let title: Vec<&str> = event.title.split_whitespace().collect();
        let said: Vec<Vec<String>> = title.iter().map(|word| terms(word)).collect();
        having += usize::from(wanted.iter().all(|word| said.contains(word)));
        let is_name = |at: usize| {
            let end = at + wanted.len();
            said[at..end] == wanted[..]
                && title[at..end].iter().all(|word| {
                    word.trim_start_matches(|c: char| !c.is_alphanumeric())
                        .starts_with(char::is_uppercase)
                })
        };
        let places = 0..(title.len() + 1).saturating_sub(wanted.len());
        together += usize::from(places.into_iter().any(is_name));
    }
    Ok(together > 1 && together as f64 >= LEAST_TOGETHER * having as f64)
}

/// The people, places and organizations that a surface form names; a demonym names its country.
fn readings(index: &Index, surface: &str) -> Result<Vec<NameRecord>, StoreError> {
    let key = name_key(gazetteer::country_of_demonym(surface).unwrap_or(surface));
    let mut names = Vec::new();
    for hit in index.lookup(RecordKind::Name, &key)? {
        let name: NameRecord = serde_json::from_str(&hit.stored)?;
        if matches!(name.kind.as_str(), "person" | "place" | "organization") {
            names.push(name);
        }
    }
    Ok(names)
}

/// Storylines and concepts whose names have every word of the phrase.
fn storylines(index: &Index, phrase: &str) -> Result<Vec<NamedStoryline>, StoreError> {
    let words: BTreeSet<String> = terms(phrase).into_iter().collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let must = words
        .iter()
        .map(|term| vec![Condition::Terms(vec![term.clone()])]);
    let search = Search {
        must: must.collect(),
        ..Search::of(RecordKind::Name, 100)
    };
    let mut found = Vec::new();
    for hit in index.search(&search)? {
        let name: NameRecord = serde_json::from_str(&hit.stored)?;
        let mut more = terms(&name.name);
        more.retain(|term| !words.contains(term));
        found.push(NamedStoryline {
            iri: name.iri,
            name: name.name,
            more,
        });
    }
    Ok(found)
}

/// Whether a storyline has just these words for its name, numbers included.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn is_storyline(index: &Index, phrase: &str) -> Result<bool, StoreError> {
    let found = storylines(index, phrase)?;
    Ok(found.iter().any(|storyline| storyline.more.is_empty()))
}
