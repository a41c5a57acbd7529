//! Reports of one happening: which articles tell the same event, and which page's event that is.
//!
//! Candidates are found by the rare terms they share, near each other in time where both are dated,
//! so that the work grows with the number of reports and not with its square. Each pair is judged by
//! [`evidence`](super::evidence), and the likely pairs are clustered.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rayon::prelude::*;

use super::Telling;
use super::account::{Account, account};
use super::day::{Agreement, can_be, compare};
use super::evidence::{Outer, probability};
use super::linkage::{Item, Pair, Thresholds, cluster};
use super::nodes::Node;
use crate::extract::EventOrigin;
use crate::resolve::Reading;
use crate::resolve::groups::Groups;

/// Two reports are one event for good from .999 on, whatever else is read: pairs as certain chain clusters, and
/// from .98 on, which this was, one pair of two captures of pirates tied all reports of both. A report is of a page's event
/// from .7 on (a guess; only the examples have both: long articles share more words with a page than the
/// short reports the weights were fitted on do with each other). Clusters join while the average probability
/// between their members is at least .3, as before meaning counted: cross-validated over the development topics
/// precision is .81 and recall .81 (.78 and .77 without meaning), on ECB+ .82 and .84; at .35 they are .81 and .80,
/// and .93 and .81, but fewer reports kept aside were found.
const THRESHOLDS: Thresholds = Thresholds {
    certain: 0.999,
    of_anchor: 0.7,
    likely: 0.3,
};
/// Pairs below this probability count as 0, as pairs do that share no rare term.
const NEGLIGIBLE: f64 = 0.02;
/// An article's event lies at most so many days before its own date (a guess: reports of the day
/// after and of the weekend).
const REPORTING_DELAY_DAYS: i32 = 3;
/// How many of an account's heaviest terms it is looked up by; a guess that keeps lists short.
const LOOKUP_TERMS: usize = 16;
/// Terms that more accounts of one day, or more accounts altogether for undated ones, are looked up
/// by than this say nothing and are passed over: what bounds the work.
const MOST_SHARING: usize = 400;

/// Joins the headline events of articles to each other and to the events of pages.
pub(super) fn join_reports(readings: &[Reading], nodes: &[Node], groups: &mut Groups) {
    let tells = |telling: &Telling| telling.of(readings).origin == EventOrigin::Headline;
    let is_article = |node: &Node| !node.is_item() && node.tellings.iter().any(tells);
    let any_article = nodes.iter().any(is_article);
    if !any_article {
        return;
    }
    let accounts: Vec<Account> = nodes
        .par_iter()
        .enumerate()
        .filter_map(|(index, node)| account(readings, index, node))
        .collect();
    let index = Index::new(&accounts);
    let mut pairs: Vec<Pair> = (0..accounts.len())
        .into_par_iter()
        .filter(|&place| !accounts[place].is_page)
        .flat_map_iter(|place| likely_pairs(&accounts, &index, place))
        .collect();
    pairs.extend(joined_before(&accounts, groups));
    let items = Items::new(&accounts, groups);
    for members in cluster(&items.items, &items.pairs(&pairs), &THRESHOLDS) {
        for pair in members.windows(2) {
            groups.join(items.nodes[pair[0]], items.nodes[pair[1]]);
        }
    }
}

/// What is clustered: each article, and the pages of each group as one item, so that an older
/// version that says less does not speak against a report.
struct Items {
    /// The item of each account.
    of: Vec<usize>,
    /// A node of each item.
    nodes: Vec<usize>,
    /// Pages are bound to their groups, so that no article ties two together.
    items: Vec<Item>,
}

impl Items {
    fn new(accounts: &[Account], groups: &Groups) -> Self {
        let mut items = Self {
            of: Vec::with_capacity(accounts.len()),
            nodes: Vec::new(),
            items: Vec::new(),
        };
        let mut by_group: HashMap<usize, usize> = HashMap::new();
        for account in accounts {
            let next = items.nodes.len();
            let group = groups.representative(account.node);
            let item = match account.is_page {
                true => *by_group.entry(group).or_insert(next),
                false => next,
            };
            if item == next {
                items.nodes.push(account.node);
                items.items.push(Item {
                    anchor: account.is_page.then_some(group),
                    days: possible_days(account),
                });
            }
            items.of.push(item);
        }
        items
    }

    /// Pairs of items, each as likely as the likeliest pair of their accounts.
    fn pairs(&self, pairs: &[Pair]) -> Vec<Pair> {
        let mut best: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for pair in pairs {
            let (a, b) = (self.of[pair.items.0], self.of[pair.items.1]);
            if a != b {
                let known = best.entry((a.min(b), a.max(b))).or_default();
                *known = known.max(pair.probability);
            }
        }
        let pair = |(items, probability)| Pair { items, probability };
        best.into_iter().map(pair).collect()
    }
}

/// The first and the last day on which what an account tells can have been: a page's day, the day that an
/// article states, or the days before an article's own date, and the day after it by another clock.
fn possible_days(account: &Account) -> Option<(Date, Date)> {
    let date = account.date?;
    let days = |days: i32| jiff::Span::new().days(days);
    Some(match account.is_stated {
        true => (date, date),
        false => (
            date.saturating_sub(days(REPORTING_DELAY_DAYS)),
            date.saturating_add(days(1)),
        ),
    })
}

/// Articles that versions have joined already.
fn joined_before<'a>(
    accounts: &'a [Account],
    groups: &'a Groups,
) -> impl Iterator<Item = Pair> + 'a {
    let mut first: HashMap<usize, usize> = HashMap::new();
    accounts
        .iter()
        .enumerate()
        .filter_map(move |(place, account)| {
            let group = groups.representative(account.node);
            let leader = *first.entry(group).or_insert(place);
            (leader != place).then_some(Pair {
                items: (leader, place),
                probability: 1.0,
            })
        })
}

/// The pairs of an article with pages and with later articles.
fn likely_pairs(accounts: &[Account], index: &Index, place: usize) -> Vec<Pair> {
    let own = &accounts[place];
    let candidates = index.candidates(accounts, place);
    let judged = candidates.into_iter().filter_map(|other| {
        let theirs = &accounts[other];
        let counts = (theirs.is_page || other > place) && may_be_one(own, theirs);
        let evidence = Outer {
            names_the_day: names_the_day(own, theirs),
            days_apart: days_apart(own, theirs),
        };
        let probability = probability(own, theirs, evidence);
        (counts && probability >= NEGLIGIBLE).then(|| Pair {
            items: (place.min(other), place.max(other)),
            probability,
        })
    });
    judged.collect()
}

/// Whether their dates let an article and another account be of one event.
pub(super) fn may_be_one(article: &Account, other: &Account) -> bool {
    if !near(article, other) {
        return false;
    }
    match (article.date, other.date) {
        (Some(a), Some(b)) if article.is_stated && other.is_stated => a == b,
        (None, Some(_)) => may_name(article, other),
        (Some(_), None) => may_name(other, article),
        (None, None) if article.is_stated && other.is_stated => !names_other_days(article, other),
        _ => true,
    }
}

/// Whether two undated accounts say that their happenings were on different days of the week.
fn names_other_days(a: &Account, b: &Account) -> bool {
    let (Some(a), Some(b)) = (&a.value, &b.value) else {
        return false;
    };
    compare(a, b) == Agreement::Opposed
}

/// Whether the day that an undated account names, if it names one, can be the other's, or one shortly
/// before a day that is only when the other was written.
fn may_name(undated: &Account, dated: &Account) -> bool {
    let (Some(value), Some(date)) = (&undated.value, dated.date) else {
        return true;
    };
    let delays = if dated.is_stated {
        0..=0
    } else {
        0..=REPORTING_DELAY_DAYS
    };
    delays
        .map(|days| date.saturating_sub(jiff::Span::new().days(days)))
        .any(|day| can_be(value, day))
}

/// Whether an undated article names the very day, if not the year, of an item of an archive.
fn names_the_day(article: &Account, other: &Account) -> bool {
    let undated = article.date.is_none() && other.is_page;
    let (Some(value), Some(date)) = (&article.value, other.date) else {
        return false;
    };
    undated
        && value.starts_with("XXXX-")
        && !value.contains('W')
        && !value.ends_with('X')
        && can_be(value, date)
}

/// How many days lie between the days of two articles; 0 where one has none or names the other's, or the
/// other is a page, whose day is the event's own.
pub(super) fn days_apart(article: &Account, other: &Account) -> f64 {
    let names = |a: &Account, b: &Account| {
        let date = b.date.map(|date| date.to_string());
        date.is_some_and(|date| a.days.contains(&date))
    };
    if names(article, other) || names(other, article) {
        return 0.0;
    }
    let days = |a: Date, b: Date| b.since(a).map_or(0, |span| span.get_days().abs());
    match (article.date, other.date) {
        (Some(a), Some(b)) if !other.is_page => f64::from(days(a, b)),
        _ => 0.0,
    }
}

fn near(article: &Account, other: &Account) -> bool {
    let (Some(own), Some(theirs)) = (article.date, other.date) else {
        return true;
    };
    let after = own.since(theirs).map_or(i32::MAX, |span| span.get_days());
    let most_before = if other.is_page {
        1
    } else {
        REPORTING_DELAY_DAYS
    };
    (-most_before..=REPORTING_DELAY_DAYS).contains(&after)
}

/// Accounts by their heaviest terms: those of each day, and all.
struct Index {
    lookup: Vec<Vec<u64>>,
    by_day: BTreeMap<Date, HashMap<u64, Vec<usize>>>,
    undated: HashMap<u64, Vec<usize>>,
    all: HashMap<u64, Vec<usize>>,
}

impl Index {
    fn new(accounts: &[Account]) -> Self {
        let lookup = accounts.iter().map(|a| a.wording.heaviest(LOOKUP_TERMS));
        let mut index = Self {
            lookup: lookup.collect(),
            by_day: BTreeMap::new(),
            undated: HashMap::new(),
            all: HashMap::new(),
        };
        for (place, account) in accounts.iter().enumerate() {
            for &term in &index.lookup[place] {
                let day = match account.date {
                    Some(date) => index.by_day.entry(date).or_default(),
                    None => &mut index.undated,
                };
                day.entry(term).or_default().push(place);
                index.all.entry(term).or_default().push(place);
            }
        }
        index
    }

    /// Accounts that an article shares a heavy term with, ascending.
    fn candidates(&self, accounts: &[Account], place: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut take = |terms: &HashMap<u64, Vec<usize>>| {
            let lists = self.lookup[place].iter().filter_map(|term| terms.get(term));
            let short = lists.filter(|list| list.len() <= MOST_SHARING);
            short.for_each(|list| found.extend(list));
        };
        match accounts[place].date {
            Some(date) => {
                let days = jiff::Span::new().days(REPORTING_DELAY_DAYS);
                let span = date.saturating_sub(days)..=date.saturating_add(days);
                self.by_day.range(span).for_each(|(_, terms)| take(terms));
                take(&self.undated);
            }
            None => take(&self.all),
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|&other| other != place);
        found
    }
}
