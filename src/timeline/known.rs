//! What a reader could know on a day: only the documents and versions published by then, in the
//! words current then.
//!
//! A listed version is known from the day it was stored; a page or article from its own date, but
//! not before the versions it has replaced. What bears no date at all is never known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Entry;

/// One telling of an event, as the index keeps it beside the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Told {
    /// First day on which it could be read.
    pub(crate) since: Option<Date>,
    /// Its words on one line.
    pub(crate) title: String,
    /// Whether it is the telling that the entry's title comes from.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) describes: bool,
    /// IRI of the document that tells it, where the entry lists that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// Addresses of the sources which that document cites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sources: Vec<String>,
}

/// The entry as it stood on a day; `None` when nothing told it yet.
pub(super) fn as_known(mut entry: Entry, told: &[Told], day: Date) -> Option<Entry> {
    let known: Vec<&Told> = told
        .iter()
        .filter(|told| told.since.is_some_and(|since| since <= day))
        .collect();
    let newest = known
        .iter()
        .max_by_key(|told| (told.describes, told.since, std::cmp::Reverse(&told.title)))?;
    let title = newest.title.clone();
    entry
        .versions
        .retain(|version| *version != title && known.iter().any(|told| told.title == *version));
    entry.title = title;
    let is_known = |iri: &String| known.iter().any(|told| told.document.as_ref() == Some(iri));
    if known.iter().any(|told| told.document.is_some()) {
        entry.documents.retain(|document| is_known(&document.iri));
    }
    let is_cited = |url: &String| known.iter().any(|told| told.sources.contains(url));
    entry.sources.retain(|source| is_cited(&source.url));
    Some(entry)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn told(day: i8, title: &str, describes: bool) -> Told {
        Told {
            since: Some(date(2017, 4, day)),
            title: title.to_owned(),
            describes,
            document: None,
            sources: vec![],
        }
    }

    #[test]
    fn the_words_are_those_of_the_day() {
        let entry = Entry {
            title: "86 people die".to_owned(),
            versions: vec!["58 people die".to_owned(), "72 people die".to_owned()],
            ..Entry::default()
        };
        let all = [
            told(4, "58 people die", false),
            told(5, "72 people die", false),
            told(6, "86 people die", true),
        ];
        let on = |day| as_known(entry.clone(), &all, date(2017, 4, day));
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
        assert_eq!(on(9).unwrap(), entry);
    }
}
