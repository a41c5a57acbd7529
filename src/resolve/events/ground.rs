//! Where a report's happening lies: the countries it speaks of, and the towns of its title and first
//! sentence.

use std::collections::BTreeSet;

use crate::extract::gazetteer::{
    PlaceEntry, country_of_demonym, country_of_place, country_of_state, is_country, place,
};
use crate::extract::{terms, without_possessive};
use crate::resolve::similarity::TermSet;

/// Two towns farther apart than so many degrees are not one place under two names (a guess: a
/// suburb is nearer).
const APART_DEGREES: f32 = 0.4;

/// The places of a report.
#[derive(Debug, Default)]
pub(super) struct Ground {
    countries: BTreeSet<&'static str>,
    towns: Vec<Town>,
}

#[derive(Debug)]
struct Town {
    stems: TermSet,
    known: Option<PlaceEntry>,
}

impl Ground {
    /// Takes in the name of a place; `is_core` says that it stands in the title or first sentence.
    pub(super) fn add(&mut self, name: &str, is_core: bool) {
        let name = name.strip_prefix("the ").unwrap_or(name);
        let name = without_possessive(name);
        self.countries.extend(country_of_place(name));
        if is_core && country_of_state(name).is_none() && !is_country(name) {
            self.towns.push(Town {
                stems: TermSet::new(terms(name)),
                known: place(name),
            });
        }
    }

    /// Takes in a word that can be a demonym.
    pub(super) fn add_word(&mut self, word: &str) {
        self.countries.extend(country_of_demonym(word));
    }

    /// Whether both speak of countries, and of none the same.
    pub(super) fn is_abroad_of(&self, other: &Self) -> bool {
        !self.countries.is_empty()
            && !other.countries.is_empty()
            && self.countries.is_disjoint(&other.countries)
    }

    /// Whether both are about towns that are known, none of them near one of the other's.
    pub(super) fn is_apart_from(&self, other: &Self) -> bool {
        let mut pairs = self
            .towns
            .iter()
            .flat_map(|a| other.towns.iter().map(move |b| (a, b)));
        !self.towns.is_empty() && !other.towns.is_empty() && pairs.all(|(a, b)| a.is_far_from(b))
    }
}

impl Town {
    fn is_far_from(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.known, other.known) else {
            return false;
        };
        let far = |x: f32, y: f32| (x - y).abs() > APART_DEGREES;
        self.stems.is_disjoint(&other.stems) && (far(a.lat, b.lat) || far(a.lon, b.lon))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(names: &[&str]) -> Ground {
        let mut ground = Ground::default();
        names.iter().for_each(|name| ground.add(name, true));
        ground
    }

    #[test]
    fn towns_are_apart_and_countries_agree() {
        let (kharkiv, odesa) = (ground(&["Kharkiv"]), ground(&["Odesa"]));
        assert!(kharkiv.is_apart_from(&odesa));
        assert!(!kharkiv.is_abroad_of(&odesa));
        assert!(!kharkiv.is_apart_from(&ground(&["Ukraine"])));
        assert!(kharkiv.is_abroad_of(&ground(&["Aleppo"])));
    }
}
