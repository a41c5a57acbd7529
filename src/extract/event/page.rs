//! Events of archive pages: the headline, and what the page's lists name. Each is dated by its address.

use super::status::standing_of_title;
use super::{EventMention, EventOrigin, Told, at};
use crate::document::{Document, SectionKind};
use crate::span::Span;

/// The headline event of an event page, its versions and its related items.
pub(super) fn page(told: Told<'_>) -> Vec<EventMention> {
    let document = told.document;
    let headline = document
        .section(SectionKind::Title)
        .map(|words| EventMention {
            origin: EventOrigin::Headline,
            words,
            dated_by: None,
            time: at(document.dct),
            standing: standing_of_title(told, words),
        });
    let versions = document.versions.iter().enumerate();
    let versions = versions.map(|(i, v)| entry(told, EventOrigin::Version(i), v.title, &v.address));
    let related = document.related.iter().enumerate();
    let related = related.map(|(i, r)| entry(told, EventOrigin::Related(i), r.title, &r.address));
    headline
        .into_iter()
        .chain(versions)
        .chain(related)
        .collect()
}

/// The entries of a day index.
pub(super) fn items(told: Told<'_>) -> Vec<EventMention> {
    let items = told.document.items.iter().enumerate();
    items
        .map(|(i, item)| {
            let mut mention = entry(told, EventOrigin::Item(i), item.title, &item.address);
            mention.time = mention.time.or_else(|| at(told.document.dct));
            mention
        })
        .collect()
}

fn entry(told: Told<'_>, origin: EventOrigin, words: Span, address: &str) -> EventMention {
    EventMention {
        origin,
        words,
        dated_by: None,
        time: at(Document::date_of_address(address)),
        standing: standing_of_title(told, words),
    }
}
