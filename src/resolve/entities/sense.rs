//! Which of several places of one name a document means: Georgia the country or the state, Tripoli in
//! Libya or in Lebanon.
//!
//! Only the document itself and fixed tables decide, so that more documents never change the answer:
//! each country, state and city that it names speaks for the meanings that lie there. The usual
//! meaning stays unless nothing speaks for it and something speaks for another. That a place named
//! beside its country, or beside neighbours, is the one there is the oldest rule of toponym
//! resolution (Leidner, "Toponym Resolution in Text", 2007, chapter 4: "one referent per discourse",
//! spatial minimality).

use std::collections::BTreeSet;

use crate::extract::EntityKind;
use crate::extract::gazetteer::{Namesake, country_of_demonym, country_of_state, namesakes, place};
use crate::resolve::Reading;

/// What a document names, for choosing between namesakes.
pub(super) struct Evidence<'a> {
    reading: &'a Reading,
    /// Names and, of places, the countries they lie in; filled when first asked for.
    seen: std::cell::OnceCell<BTreeSet<String>>,
}

impl<'a> Evidence<'a> {
    pub(super) const fn of(reading: &'a Reading) -> Self {
        let seen = std::cell::OnceCell::new();
        Self { reading, seen }
    }

    /// The sense of a name in the document: `None` for the usual one.
    pub(super) fn sense(&self, kind: EntityKind, name: &str) -> Option<String> {
        if kind != EntityKind::Place {
            return None;
        }
        let (usual, others) = namesakes(name).split_first()?;
        if self.speaks_for(usual) > 0 {
            return None;
        }
        let best = others
            .iter()
            .map(|other| (self.speaks_for(other), other))
            .max_by_key(|(count, other)| (*count, std::cmp::Reverse(&other.slug)))?;
        (best.0 > 0).then(|| best.1.slug.clone())
    }

    fn speaks_for(&self, namesake: &Namesake) -> usize {
        let seen = self.seen.get_or_init(|| seen(self.reading));
        let named = namesake.neighbours.iter().copied().chain(namesake.country);
        named.filter(|name| seen.contains(*name)).count()
    }
}

/// The name of one sense of a place.
pub(super) fn name_of(name: &str, sense: &str) -> Option<&'static str> {
    let mut all = namesakes(name).iter();
    all.find(|namesake| namesake.slug == sense)
        .map(|namesake| namesake.name.as_str())
}

fn seen(reading: &Reading) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let document = &reading.document;
    let framing = super::census::framing_names(document).map(|span| document.words(span));
    let named = reading.extraction.entities.iter().map(|e| e.name.as_str());
    for name in named.chain(framing) {
        seen.insert(name.to_owned());
        seen.extend(country_of_state(name).map(str::to_owned));
        // A name that is ambiguous itself speaks for no country.
        if namesakes(name).is_empty() {
            seen.extend(place(name).map(|place| place.country.to_owned()));
        }
    }
    let words = document.text.split(|c: char| !c.is_alphanumeric());
    let capital = words.filter(|word| word.starts_with(char::is_uppercase));
    seen.extend(capital.filter_map(country_of_demonym).map(str::to_owned));
    seen
}
