//! Which of several places of one name a document means: Georgia the country or the state, Tripoli in
//! Libya or in Lebanon.
//!
//! Only the document itself and fixed tables decide, so that more documents never change the answer:
//! each country, state and city that it names speaks for the meanings that lie there. The usual
//! meaning stays unless nothing speaks for it and something speaks for another. That a place named
//! beside its country, or beside neighbours, is the one there is the oldest rule of toponym
//! resolution (Leidner, "Toponym Resolution in Text", 2007, chapter 4: "one referent per discourse",
//! spatial minimality).
//!
//! A far smaller city of the same name needs more than a country that half of all news names: talks
//! in Geneva that American envoys attend are not held in Geneva, Illinois. What speaks for it has to
//! be rarer than the city is small, unless it stands right behind the name ("Paris, Texas").

use std::collections::BTreeMap;

use crate::extract::EntityKind;
use crate::extract::gazetteer::{Namesake, country_of_demonym, country_of_state, namesakes, place};
use crate::extract::{term_weight, terms};
use crate::resolve::Reading;

/// How much faster news names a city than it grows: a city of twice the inhabitants is named so many
/// times two as often. A guess.
const PROMINENCE: f64 = 2.0;

/// What a document names, for choosing between namesakes.
pub(super) struct Evidence<'a> {
    reading: &'a Reading,
    /// Names and, of places, the countries they lie in, with the rarity of what names them; filled
    /// when first asked for.
    seen: std::cell::OnceCell<BTreeMap<String, f64>>,
}

/// What speaks for one of several namesakes.
#[derive(Clone, Copy, Default)]
struct Support {
    count: usize,
    /// Rarity of the rarest name, `ln(N / df)`.
    rarest: f64,
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
        if self.support(usual).count > 0 {
            return None;
        }
        let supported = others.iter().map(|other| (self.support(other), other));
        let enough = supported.filter(|(support, other)| {
            support.count > 0
                && (support.rarest > handicap(usual, other) || self.is_named_beside(name, other))
        });
        let best = enough
            .max_by_key(|(support, other)| (support.count, std::cmp::Reverse(&other.slug)))?;
        Some(best.1.slug.clone())
    }

    fn support(&self, namesake: &Namesake) -> Support {
        let seen = self.seen.get_or_init(|| seen(self.reading));
        let named = namesake.neighbours.iter().copied().chain(namesake.country);
        let found = named.filter_map(|name| seen.get(name));
        found.fold(Support::default(), |support, rarity| Support {
            count: support.count + 1,
            rarest: support.rarest.max(*rarity),
        })
    }

    /// Whether the document puts the namesake's country, or a state of it, right behind the name.
    fn is_named_beside(&self, name: &str, namesake: &Namesake) -> bool {
        let Some(country) = namesake.country else {
            return false;
        };
        let text = &self.reading.document.text;
        let behind = text.match_indices(name).filter_map(|(at, name)| {
            let rest = text[at + name.len()..].strip_prefix(", ")?;
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != ' ');
            Some(&rest[..end.unwrap_or(rest.len())])
        });
        let mut said = behind.flat_map(beginnings);
        said.any(|place| place == country || country_of_state(place) == Some(country))
    }
}

/// The first word of a text, its first two, its first three.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.match_indices(' ').map(|(at, _)| at);
    ends.chain([text.len()]).take(3).map(|end| &text[..end])
}

/// How rare a thing has to be that speaks for a meaning against a more prominent one.
#[expect(
    clippy::cast_precision_loss,
    reason = "inhabitants are far fewer than 2^52"
)]
fn handicap(usual: &Namesake, other: &Namesake) -> f64 {
    match (usual.population, other.population) {
        (0, _) | (_, 0) => 0.0,
        (more, less) => PROMINENCE * (more as f64 / less as f64).ln(),
    }
}

/// The name of one sense of a place.
pub(super) fn name_of(name: &str, sense: &str) -> Option<&'static str> {
    let mut all = namesakes(name).iter();
    all.find(|namesake| namesake.slug == sense)
        .map(|namesake| namesake.name.as_str())
}

/// A city speaks for its country no more than the country's own name does: capitals and seats of
/// international bodies are named wherever anything happens.
fn seen(reading: &Reading) -> BTreeMap<String, f64> {
    let mut seen = BTreeMap::new();
    let mut add = |name: &str, rarity: f64| {
        let known: &mut f64 = seen.entry(name.to_owned()).or_default();
        *known = known.max(rarity);
    };
    let document = &reading.document;
    let framing = super::census::framing_names(document).map(|span| document.words(span));
    let named = reading.extraction.entities.iter().map(|e| e.name.as_str());
    for name in named.chain(framing) {
        add(name, rarity(name));
        let city = place(name).filter(|_| namesakes(name).is_empty());
        if let Some(country) = country_of_state(name) {
            let of = if city.is_some() { country } else { name };
            add(country, rarity(of));
        }
        // A name that is ambiguous itself speaks for no country.
        if let Some(city) = city {
            add(city.country, rarity(city.country));
        }
    }
    let words = document.text.split(|c: char| !c.is_alphanumeric());
    let capital = words.filter(|word| word.starts_with(char::is_uppercase));
    for country in capital.filter_map(country_of_demonym) {
        add(country, rarity(country));
    }
    seen
}

/// How rare the rarest word of a name is, `ln(N / df)`.
fn rarity(name: &str) -> f64 {
    let words = terms(name);
    words
        .iter()
        .map(|term| term_weight(term))
        .fold(0.0, f64::max)
}
