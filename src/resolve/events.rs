//! Events across documents: which tellings are of one happening.
//!
//! Tellings are one event when they are of one address, of the versions of one chain, or, on the
//! same day, nearly the same words. An article joins the one event near its date whose page it
//! resembles most; an undated article looks at every day, bound by the weekday it names. Different
//! happenings of one story on one day stay apart: pages are joined only when they say the same.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::Reading;
use super::groups::Groups;
use super::similarity::Signature;
use crate::document::{Document, DocumentKind, SectionKind};
use crate::extract::{EventMention, EventOrigin};
use crate::id::{DocumentId, EventId};
use crate::time::{Interval, Precision};

/// Two items of an archive on one day are one event from this likeness of their titles on. Pages
/// are written to be told apart, so only rewordings pass (chosen on the development pages).
const SAME_TITLE: f64 = 0.72;
/// An article joins the event it resembles most from this likeness on.
const SAME_STORY: f64 = 0.3;
/// Two articles are of one event from this likeness on.
const SAME_ARTICLE: f64 = 0.5;
/// An article's event lies at most so many days before its own date.
const REPORTING_DELAY_DAYS: i32 = 3;

/// One event mention of one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Telling {
    /// Index of the reading.
    pub reading: usize,
    /// Index among its event mentions.
    pub mention: usize,
}

impl Telling {
    /// The event mention itself.
    #[must_use]
    pub fn of<'a>(&self, readings: &'a [Reading]) -> &'a EventMention {
        &readings[self.reading].extraction.events[self.mention]
    }

    /// The document that tells it.
    #[must_use]
    pub fn document<'a>(&self, readings: &'a [Reading]) -> &'a Document {
        &readings[self.reading].document
    }
}

/// Something that happened, however many documents tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// One line saying what happened: the words of `describer`.
    pub title: String,
    /// The telling that describes it best.
    pub describer: Telling,
    /// All tellings, sorted.
    pub tellings: Vec<Telling>,
    /// TIMEX3 value of its day; components that nothing fixes are `X`.
    pub value: Option<String>,
    /// When it happened, where the value is complete enough for it.
    pub interval: Option<Interval>,
    /// People and organizations taking part, as entity indices, sorted.
    pub actors: Vec<usize>,
    /// Where it happened, likewise.
    pub places: Vec<usize>,
    /// What frames it: shared context names, likewise.
    pub context: Vec<usize>,
    /// The topic headings it stands under, likewise.
    pub topics: Vec<usize>,
}

impl Event {
    /// Its date in EDTF, where anything of it is known: `2017-12-11`, `XXXX-03-27`. A bare weekday or
    /// a day counted from an unknown date says nothing.
    #[must_use]
    pub fn date(&self) -> Option<String> {
        if let Some(interval) = &self.interval {
            return Some(interval.edtf());
        }
        let value = self.value.as_deref()?;
        let known = value.bytes().any(|byte| byte.is_ascii_digit()) && !value.contains('W');
        known.then(|| value.to_owned())
    }

    /// The precision of that date; a date without a year is known to the day.
    #[must_use]
    pub fn precision(&self) -> Option<Precision> {
        let partial = || self.date().map(|_| Precision::Day);
        self.interval
            .as_ref()
            .map(|interval| interval.precision)
            .or_else(partial)
    }
}

/// What a telling is known by before tellings are joined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Address(String),
    Told(DocumentId, usize),
}

struct Node {
    key: Key,
    tellings: Vec<Telling>,
    date: Option<Date>,
}

/// Resolves the event mentions of all readings. The second part gives, for each reading, the event
/// of each of its event mentions.
pub(super) fn resolve_events(readings: &[Reading]) -> (Vec<Event>, Vec<Vec<usize>>) {
    let nodes = nodes(readings);
    let mut groups = Groups::new(nodes.len());
    join_versions(readings, &nodes, &mut groups);
    join_rewordings(readings, &nodes, &mut groups);
    join_articles(readings, &nodes, &mut groups);
    let superseded = superseded_addresses(readings);
    let members = groups.members();
    let mut events: Vec<Event> = members
        .iter()
        .map(|members| {
            event(
                readings,
                members.iter().map(|&member| &nodes[member]),
                &superseded,
            )
        })
        .collect();
    events.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.tellings.cmp(&b.tellings)));
    let mut event_of: Vec<Vec<usize>> = readings
        .iter()
        .map(|reading| vec![0; reading.extraction.events.len()])
        .collect();
    for (index, event) in events.iter().enumerate() {
        for telling in &event.tellings {
            event_of[telling.reading][telling.mention] = index;
        }
    }
    (events, event_of)
}

fn nodes(readings: &[Reading]) -> Vec<Node> {
    let mut tellings: BTreeMap<Key, Vec<Telling>> = BTreeMap::new();
    for (reading, read) in readings.iter().enumerate() {
        for mention in 0..read.extraction.events.len() {
            let telling = Telling { reading, mention };
            tellings
                .entry(key_of(read, mention))
                .or_default()
                .push(telling);
        }
    }
    let node = |(key, tellings): (Key, Vec<Telling>)| {
        let date = match &key {
            Key::Address(address) => Document::date_of_address(address),
            Key::Told(..) => None,
        };
        let told = || {
            tellings[0]
                .of(readings)
                .time
                .as_ref()
                .and_then(|time| time.value.parse().ok())
        };
        let date = date.or_else(told);
        Node {
            key,
            tellings,
            date,
        }
    };
    tellings.into_iter().map(node).collect()
}

fn key_of(reading: &Reading, mention: usize) -> Key {
    let document = &reading.document;
    let address = match reading.extraction.events[mention].origin {
        EventOrigin::Version(place) => Some(document.versions[place].address.clone()),
        EventOrigin::Related(place) => Some(document.related[place].address.clone()),
        EventOrigin::Item(place) => Some(document.items[place].address.clone()),
        EventOrigin::Headline if document.kind == DocumentKind::EventPage => {
            document.address.clone()
        }
        EventOrigin::Headline | EventOrigin::Body(_) => None,
    };
    address.map_or_else(|| Key::Told(reading.id.clone(), mention), Key::Address)
}

/// Joins the addresses of each chain of versions, and contents that replaced each other.
fn join_versions(readings: &[Reading], nodes: &[Node], groups: &mut Groups) {
    let place: HashMap<&Key, usize> = nodes.iter().enumerate().map(|(i, n)| (&n.key, i)).collect();
    let headline: HashMap<&DocumentId, usize> = readings
        .iter()
        .filter(|reading| !reading.extraction.events.is_empty())
        .filter_map(|reading| Some((&reading.id, *place.get(&key_of(reading, 0))?)))
        .collect();
    for reading in readings {
        let chain = reading
            .document
            .versions
            .iter()
            .map(|version| Key::Address(version.address.clone()));
        let own = headline.get(&reading.id).copied();
        let replaced = reading
            .replaces
            .as_ref()
            .and_then(|id| headline.get(id).copied());
        let chain = chain.filter_map(|key| place.get(&key).copied());
        let all: Vec<usize> = own.into_iter().chain(replaced).chain(chain).collect();
        all.windows(2)
            .for_each(|pair| groups.join(pair[0], pair[1]));
    }
}

/// Joins items of one day whose titles say the same.
fn join_rewordings(readings: &[Reading], nodes: &[Node], groups: &mut Groups) {
    let mut days: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        if let (Key::Address(_), Some(date)) = (&node.key, node.date) {
            days.entry(date).or_default().push(index);
        }
    }
    for day in days.values() {
        let titles: Vec<Vec<Signature>> =
            day.iter().map(|&i| titles(readings, &nodes[i])).collect();
        for (place, &a) in day.iter().enumerate() {
            for (other, &b) in day.iter().enumerate().skip(place + 1) {
                if !groups.joined(a, b) && likeness(&titles[place], &titles[other]) >= SAME_TITLE {
                    groups.join(a, b);
                }
            }
        }
    }
}

fn likeness(left: &[Signature], right: &[Signature]) -> f64 {
    let pairs = left
        .iter()
        .flat_map(|a| right.iter().map(move |b| a.cosine(b)));
    pairs.fold(0.0, f64::max)
}

/// The distinct titles of an item, each also without a topic before its colon.
fn titles(readings: &[Reading], node: &Node) -> Vec<Signature> {
    let mut titles: Vec<&str> = node
        .tellings
        .iter()
        .map(|t| t.document(readings).words(t.of(readings).words).trim())
        .collect();
    titles.sort_unstable();
    titles.dedup();
    titles
        .iter()
        .flat_map(|title| [Some(*title), without_topic(title)])
        .flatten()
        .map(Signature::of)
        .collect()
}

/// `Topic: Text` without its topic of up to eight words.
fn without_topic(title: &str) -> Option<&str> {
    let (topic, text) = title.split_once(':')?;
    let short = topic.split_whitespace().count() <= 8 && text.split_whitespace().count() > 3;
    short.then(|| text.trim())
}

/// An event's account for comparison with articles.
struct Account {
    node: usize,
    date: Option<Date>,
    /// The TIMEX3 value the telling gives, complete or not.
    value: Option<String>,
    is_page: bool,
    /// Whether the telling itself gives its day, as pages do and articles that name one.
    is_stated: bool,
    signature: Signature,
}

/// Joins each article's headline event to the event it resembles most.
fn join_articles(readings: &[Reading], nodes: &[Node], groups: &mut Groups) {
    let accounts: Vec<Account> = nodes
        .iter()
        .enumerate()
        .filter_map(|(index, node)| account(readings, index, node))
        .collect();
    let articles: Vec<usize> = (0..accounts.len())
        .filter(|&i| !accounts[i].is_page)
        .collect();
    if articles.is_empty() {
        return;
    }
    let index = AccountIndex::new(&accounts);
    for &article in &articles {
        let threshold = |other: &Account| {
            if other.is_page {
                SAME_STORY
            } else {
                SAME_ARTICLE
            }
        };
        let candidates = index.candidates(&accounts, article);
        let scored = candidates.into_iter().map(|other| {
            let likeness = accounts[article]
                .signature
                .cosine(&accounts[other].signature);
            (likeness, other)
        });
        let (mut pages, mut others): (Vec<_>, Vec<_>) = scored
            .filter(|(l, o)| *l >= threshold(&accounts[*o]))
            .partition(|(_, o)| accounts[*o].is_page);
        pages.sort_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then_with(|| accounts[a.1].node.cmp(&accounts[b.1].node))
        });
        others.extend(pages.first().copied());
        for (_, other) in others {
            groups.join(accounts[article].node, accounts[other].node);
        }
    }
}

fn account(readings: &[Reading], index: usize, node: &Node) -> Option<Account> {
    let headline = node
        .tellings
        .iter()
        .find(|t| t.of(readings).origin == EventOrigin::Headline);
    let telling = match (&node.key, headline) {
        (_, Some(headline)) => headline,
        (Key::Address(_), None) => node.tellings.first()?,
        (Key::Told(..), None) => return None,
    };
    let time = telling.of(readings).time.as_ref();
    Some(Account {
        node: index,
        date: node.date,
        value: time.map(|time| time.value.clone()),
        is_page: matches!(node.key, Key::Address(_)),
        is_stated: matches!(node.key, Key::Address(_))
            || time.is_some_and(|time| time.words.is_some()),
        signature: Signature::of(&account_text(readings, *telling)),
    })
}

/// Title with summary, or title with the lede.
fn account_text(readings: &[Reading], telling: Telling) -> String {
    let document = telling.document(readings);
    let mention = telling.of(readings);
    let mut text = document.words(mention.words).to_owned();
    if mention.origin == EventOrigin::Headline {
        let lede = document
            .section(SectionKind::Summary)
            .or_else(|| document.section(SectionKind::Paragraph));
        for span in lede
            .into_iter()
            .chain(mention.dated_by)
            .filter(|span| *span != mention.words)
        {
            text.push(' ');
            text.push_str(document.words(span));
        }
    }
    text
}

/// Accounts by day and by their heaviest terms.
struct AccountIndex {
    by_day: BTreeMap<Date, Vec<usize>>,
    by_term: HashMap<u64, Vec<usize>>,
}

/// How many of an account's heaviest terms it is looked up by; a guess that keeps lists short.
const LOOKUP_TERMS: usize = 12;

impl AccountIndex {
    fn new(accounts: &[Account]) -> Self {
        let mut index = Self {
            by_day: BTreeMap::new(),
            by_term: HashMap::new(),
        };
        for (place, account) in accounts.iter().enumerate() {
            if let Some(date) = account.date {
                index.by_day.entry(date).or_default().push(place);
            }
            for term in account.signature.heaviest(LOOKUP_TERMS) {
                index.by_term.entry(term).or_default().push(place);
            }
        }
        index
    }

    /// Accounts an article may be of, ascending.
    fn candidates(&self, accounts: &[Account], article: usize) -> Vec<usize> {
        let own = &accounts[article];
        let near: Vec<usize> = match own.date {
            Some(date) => {
                let days = jiff::Span::new().days(REPORTING_DELAY_DAYS);
                let from = date.saturating_sub(days);
                let to = date.saturating_add(jiff::Span::new().days(1));
                self.by_day
                    .range(from..=to)
                    .flat_map(|(_, places)| places)
                    .copied()
                    .collect()
            }
            None => {
                let terms = own.signature.heaviest(LOOKUP_TERMS);
                let mut places: Vec<usize> = terms
                    .iter()
                    .filter_map(|term| self.by_term.get(term))
                    .flatten()
                    .copied()
                    .collect();
                places.sort_unstable();
                places.dedup();
                places
            }
        };
        near.into_iter()
            .filter(|&other| other != article && agrees(own, &accounts[other]))
            .collect()
    }
}

/// Whether the day that an article names, complete or not, can be the other's date.
fn agrees(article: &Account, other: &Account) -> bool {
    match (&article.value, other.date) {
        (Some(_), Some(date)) if article.is_stated && other.is_stated && article.date.is_some() => {
            article.date == Some(date)
        }
        (Some(value), Some(date)) if article.date.is_none() => can_be(value, date),
        _ => true,
    }
}

/// Whether a TIMEX3 day with unknown components (`XXXX-03-27`, `XXXX-WXX-1`) can be a date.
fn can_be(value: &str, date: Date) -> bool {
    if let Some(weekday) = value.strip_prefix("XXXX-WXX-") {
        return weekday.get(..1) == Some(&*date.weekday().to_monday_one_offset().to_string());
    }
    let known = |(a, b): (u8, u8)| a == b'X' || a == b;
    value.bytes().zip(date.to_string().bytes()).all(known)
}

/// Addresses that some chain lists before its last entry.
fn superseded_addresses(readings: &[Reading]) -> std::collections::BTreeSet<String> {
    let chains = readings.iter().map(|reading| &reading.document.versions);
    let older = chains.flat_map(|chain| chain.iter().rev().skip(1));
    older.map(|version| version.address.clone()).collect()
}

fn event<'a>(
    readings: &[Reading],
    members: impl Iterator<Item = &'a Node>,
    superseded: &std::collections::BTreeSet<String>,
) -> Event {
    let members: Vec<&Node> = members.collect();
    let mut tellings: Vec<(bool, u8, &Key, Telling)> = Vec::new();
    for node in &members {
        let old = matches!(&node.key, Key::Address(address) if superseded.contains(address));
        for telling in &node.tellings {
            tellings.push((old, rank(readings, *telling), &node.key, *telling));
        }
    }
    tellings.sort();
    let describer = tellings[0].3;
    let first = members
        .iter()
        .min_by_key(|node| (node.date.is_none(), node.date, &node.key));
    let first = first.expect("a group has at least one member");
    let dated = members
        .iter()
        .filter(|n| matches!(n.key, Key::Address(_)))
        .filter_map(|n| n.date)
        .min();
    let told = tellings
        .iter()
        .find_map(|(.., telling)| telling.of(readings).time.as_ref());
    let full = members.iter().filter_map(|node| node.date).min();
    let value = dated
        .or(full)
        .map(|date| date.to_string())
        .or_else(|| told.map(|time| time.value.clone()));
    let title = document_title(readings, describer);
    let id_title = document_title(readings, first.tellings[0]);
    let id = match &first.key {
        Key::Address(address) => EventId::of_address(address, first.date, &id_title),
        Key::Told(document, mention) => {
            EventId::of_telling(document, first.date, &id_title, *mention)
        }
    };
    let mut all: Vec<Telling> = tellings.into_iter().map(|(.., telling)| telling).collect();
    all.sort_unstable();
    Event {
        id,
        title,
        describer,
        tellings: all,
        interval: value.as_deref().and_then(Interval::of_timex_value),
        value,
        actors: Vec::new(),
        places: Vec::new(),
        context: Vec::new(),
        topics: Vec::new(),
    }
}

/// How well a telling describes its event, best first.
fn rank(readings: &[Reading], telling: Telling) -> u8 {
    let page = telling.document(readings).kind == DocumentKind::EventPage;
    match telling.of(readings).origin {
        EventOrigin::Headline if page => 0,
        EventOrigin::Version(_) => 1,
        EventOrigin::Related(_) => 2,
        EventOrigin::Item(_) => 3,
        EventOrigin::Headline => 4,
        EventOrigin::Body(_) => 5,
    }
}

fn document_title(readings: &[Reading], telling: Telling) -> String {
    telling
        .document(readings)
        .words(telling.of(readings).words)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_components_match_anything() {
        let monday = jiff::civil::date(2017, 12, 11);
        for (value, expected) in [
            ("XXXX-WXX-1", true),
            ("XXXX-WXX-2", false),
            ("XXXX-12-11", true),
            ("XXXX-03-27", false),
            ("XXXX-XX-XX", true),
        ] {
            assert_eq!(can_be(value, monday), expected, "{value}");
        }
    }
}
