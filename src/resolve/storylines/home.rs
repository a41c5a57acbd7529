//! Where a storyline is at home: the countries its events speak of.

use std::collections::{BTreeSet, HashMap};

use crate::extract::gazetteer::{country_of_demonym, country_of_place};
use crate::resolve::{Entities, Event};

/// The share of a storyline's events that must speak of one country for it to be at home anywhere: a pandemic is not.
const AT_HOME: f64 = 1.0 / 3.0;
/// The share that makes a country one of the storyline's; a single one may be a place that is mistaken for its namesake.
const AT_HAND: f64 = 0.05;

/// The countries and the people of some events of a storyline.
pub(super) struct Home<'a> {
    entities: &'a Entities,
    events: usize,
    countries: HashMap<&'static str, usize>,
    actors: BTreeSet<usize>,
}

impl<'a> Home<'a> {
    pub(super) fn of<'e>(entities: &'a Entities, events: impl Iterator<Item = &'e Event>) -> Self {
        let mut home = Self {
            entities,
            events: 0,
            countries: HashMap::new(),
            actors: BTreeSet::new(),
        };
        for event in events {
            home.events += 1;
            for country in countries(entities, event) {
                *home.countries.entry(country).or_default() += 1;
            }
            home.actors.extend(&event.actors);
        }
        home
    }

    /// Whether an event speaks of countries and none of them is the storyline's, which has some, nor is anybody known
    /// from it.
    pub(super) fn is_abroad(&self, event: &Event) -> bool {
        let own = countries(self.entities, event);
        let share = |country: &str| self.share(self.countries.get(country).copied().unwrap_or(0));
        let most = self.countries.values().max().copied().unwrap_or(0);
        !own.is_empty()
            && self.share(most) >= AT_HOME
            && own.iter().all(|country| share(country) < AT_HAND)
            && !event.actors.iter().any(|actor| self.actors.contains(actor))
    }

    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 events")]
    fn share(&self, events: usize) -> f64 {
        events as f64 / self.events.max(1) as f64
    }
}

/// The countries of an event's places and of the demonyms in its title.
fn countries(entities: &Entities, event: &Event) -> BTreeSet<&'static str> {
    let names = event.places.iter();
    let places = names.filter_map(|&place| country_of_place(&entities.list()[place].name));
    let words = event.title.split(|c: char| !c.is_alphanumeric());
    places.chain(words.filter_map(country_of_demonym)).collect()
}
