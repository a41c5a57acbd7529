//! What a reader could know on a day: only the documents and versions published by then, in the
//! words current then.
//!
//! A listed version is known from the day it was stored; a page or article from its own date, but
//! not before the versions it has replaced. What bears no date at all is never known.
//!
//! Title, versions, documents, sources, status, attribution and date are those of the tellings known. What
//! cannot be told apart by day is left out: context where a telling came later, and storylines found
//! always, since they rest on other events too. Which events answer a phrase and a period, their order and
//! their IRIs still come from all that is known now.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::record::{DateBasis, EventRecord, Told};
use crate::time::Precision;

/// The event as it stood on a day; `None` when nothing told it yet.
pub(super) fn as_known(mut record: EventRecord, day: Date) -> Option<EventRecord> {
    let all = std::mem::take(&mut record.told);
    let is_known = |told: &&Told| told.since.is_some_and(|since| since <= day);
    let known: Vec<&Told> = all.iter().filter(is_known).collect();
    let newest = *known
        .iter()
        .max_by_key(|told| (told.describes, told.since, Reverse(&told.title)))?;
    record.storylines.clear();
    record
        .versions
        .retain(|version| *version != newest.title && known.iter().any(|t| t.title == *version));
    record.title.clone_from(&newest.title);
    keep_reports(&mut record, &known, &all);
    if record.all_told_since.is_none_or(|since| since > day) {
        record.context.clear();
        record.refers.clear();
        set_status(&mut record, &known, newest);
        set_date(&mut record, &known, newest);
    }
    if record.inferred_date.is_none() {
        record.date_basis = DateBasis::of(known.iter().copied(), record.date.as_deref());
    }
    Some(record)
}

/// Keeps the documents and sources of what is known. Where that is nothing but titles in a page's list of
/// versions, the page stays.
fn keep_reports(record: &mut EventRecord, known: &[&Told], all: &[Told]) {
    let tells = |told: &Told, iri: &str| told.document.as_deref() == Some(iri);
    if known.iter().any(|told| told.document.is_some()) {
        let is_known = |iri: &str| known.iter().any(|told| tells(told, iri));
        record.documents.retain(|document| is_known(&document.iri));
    } else if all.iter().any(|told| told.describes) {
        let lists = |iri: &str| all.iter().any(|told| told.describes && tells(told, iri));
        record.documents.retain(|document| lists(&document.iri));
    }
    let is_cited = |url: &String| known.iter().any(|told| told.sources.contains(url));
    record.sources.retain(|source| is_cited(&source.url));
}

/// Asserted when any known report asserts it, else as the newest has it.
fn set_status(record: &mut EventRecord, known: &[&Told], newest: &Told) {
    let asserts = |told: &&Told| told.document.is_some() && told.status.is_none();
    let open = (!known.iter().any(asserts)).then_some(newest);
    record.status = open.and_then(|told| told.status.clone());
    record.attributed_to = open.and_then(|told| told.attributed_to.clone());
}

/// The date stays when something known says it; else it is the earliest full day that is said, as when
/// events are made, or what the newest says.
fn set_date(record: &mut EventRecord, known: &[&Told], newest: &Told) {
    let dates: Vec<(String, Precision)> = known.iter().filter_map(|told| told.date()).collect();
    if !newest.describes {
        record.inferred_date = None;
    }
    if dates
        .iter()
        .any(|(date, _)| record.date.as_ref() == Some(date))
    {
        return;
    }
    let full = dates
        .into_iter()
        .filter(|(date, _)| date.parse::<Date>().is_ok());
    let date = full.min().or_else(|| newest.date());
    record.inferred_date = None;
    record.precision = date.as_ref().map_or_else(
        || "unknown".to_owned(),
        |(_, precision)| precision.to_string(),
    );
    record.date = date.map(|(date, _)| date);
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::record::{DocumentRef, FoundStoryline};

    fn told(day: i8, title: &str, describes: bool) -> Told {
        Told {
            since: Some(date(2017, 4, day)),
            title: title.to_owned(),
            describes,
            ..Told::default()
        }
    }

    #[test]
    fn the_words_are_those_of_the_day() {
        let record = EventRecord {
            title: "86 people die".to_owned(),
            versions: vec!["58 people die".to_owned(), "72 people die".to_owned()],
            told: vec![
                told(4, "58 people die", false),
                told(5, "72 people die", false),
                told(6, "86 people die", true),
            ],
            all_told_since: Some(date(2017, 4, 6)),
            ..EventRecord::default()
        };
        let on = |day| as_known(record.clone(), date(2017, 4, day));
        assert!(on(3).is_none());
        let early = on(4).unwrap();
        assert_eq!(
            (early.title.as_str(), early.versions.len()),
            ("58 people die", 0)
        );
        let later = on(5).unwrap();
        assert_eq!(
            (later.title.as_str(), later.versions.len()),
            ("72 people die", 1)
        );
        let last = on(9).unwrap();
        assert_eq!((last.title, last.versions), (record.title, record.versions));
    }

    /// A plan that came true on another day than was said, by a document that adds a context.
    #[test]
    fn nothing_of_a_later_document_shows() {
        let report = |name: &str| DocumentRef {
            iri: name.to_owned(),
            ..DocumentRef::default()
        };
        let plan = Told {
            document: Some("plan".to_owned()),
            time: Some("2017-04-20".to_owned()),
            status: Some("planned".to_owned()),
            attributed_to: Some("the mayor".to_owned()),
            ..told(4, "The port will close", false)
        };
        let fact = Told {
            document: Some("fact".to_owned()),
            time: Some("2017-04-19".to_owned()),
            ..told(21, "The port closes", true)
        };
        let record = EventRecord {
            date: Some("2017-04-19".to_owned()),
            precision: "day".to_owned(),
            title: "The port closes".to_owned(),
            documents: vec![report("fact"), report("plan")],
            context: vec!["Winter of 2017".to_owned()],
            storylines: vec![FoundStoryline::default()],
            told: vec![plan, fact],
            all_told_since: Some(date(2017, 4, 21)),
            refers: vec!["2017-03-03".to_owned()],
            ..EventRecord::default()
        };
        let early = as_known(record.clone(), date(2017, 4, 10)).unwrap();
        let expected = EventRecord {
            date: Some("2017-04-20".to_owned()),
            precision: "day".to_owned(),
            title: "The port will close".to_owned(),
            documents: vec![report("plan")],
            status: Some("planned".to_owned()),
            attributed_to: Some("the mayor".to_owned()),
            all_told_since: record.all_told_since,
            ..EventRecord::default()
        };
        assert_eq!(early, expected);
        let late = as_known(record.clone(), date(2017, 4, 21)).unwrap();
        assert_eq!((late.date, late.status), (record.date, None));
        assert_eq!(late.context, record.context);
        assert!(late.storylines.is_empty(), "they rest on other events");
    }
}
