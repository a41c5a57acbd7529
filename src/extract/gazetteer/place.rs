//! Places with coordinates: countries and cities of 15,000 inhabitants and more (GeoNames).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::country::{countries, name_of};
use super::{CITIES, SPELLINGS, names, rows};
use crate::extract::hash::{HashTable, mix};

/// What is known of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceEntry {
    /// The country it lies in, or is.
    pub country: &'static str,
    /// Degrees north; of a country, its capital's.
    pub lat: f32,
    /// Degrees east; of a country, its capital's.
    pub lon: f32,
    /// Inhabitants.
    pub population: u64,
}

/// The best known place of that name: a country before a city, of several cities the largest.
///
/// Upper and lower case count; words that are cities only by accident ("Nice", "Same", "Of") are
/// found here too, so ask only for spans that the tagger calls a place.
///
/// ```
/// use annals::extract::gazetteer::place;
/// let aleppo = place("Aleppo").expect("a large city");
/// assert_eq!(aleppo.country, "Syria");
/// assert!((aleppo.lat - 36.2).abs() < 0.1);
/// assert!(place("Zembla").is_none());
/// ```
#[must_use]
pub fn place(name: &str) -> Option<PlaceEntry> {
    static BY_COUNTRY: OnceLock<HashMap<&'static str, PlaceEntry>> = OnceLock::new();
    static BY_NAME: OnceLock<HashTable<&'static str>> = OnceLock::new();
    if let Some(country) = BY_COUNTRY.get_or_init(countries_by_name).get(name) {
        return Some(*country);
    }
    let name = rows(SPELLINGS)
        .find(|row| row[0] == name)
        .and_then(|row| row.get(1).copied())
        .unwrap_or(name);
    let row = BY_NAME.get_or_init(cities_by_name).get(&name_hash(name))?;
    let (first, others, entry) = city(row)?;
    (first == name || names(others).any(|other| other == name)).then_some(entry)
}

fn name_hash(name: &str) -> u64 {
    name.bytes()
        .fold(0, |hash, byte| mix(hash, u64::from(byte)))
}

/// One row of the table of cities: name, other names, entry.
fn city(row: &'static str) -> Option<(&'static str, &'static str, PlaceEntry)> {
    let mut cells = row.split('\t');
    let (name, code) = (cells.next()?, cells.next()?);
    let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let population = cells.next()?.parse().ok()?;
    let country = name_of(code).unwrap_or(code);
    Some((
        name,
        cells.next().unwrap_or(""),
        PlaceEntry {
            country,
            lat,
            lon,
            population,
        },
    ))
}

pub(super) fn countries_by_name() -> HashMap<&'static str, PlaceEntry> {
    let mut index = HashMap::with_capacity(600);
    for country in countries() {
        let Some((lat, lon)) = country.capital else {
            continue;
        };
        let entry = PlaceEntry {
            country: country.name,
            lat,
            lon,
            population: country.population,
        };
        for name in std::iter::once(country.name).chain(country.others.iter().copied()) {
            index.insert(name, entry);
        }
    }
    index
}

/// The rows of cities by the hashes of their names, read only when asked for. Cities come largest
/// first, so the first of a name stays.
fn cities_by_name() -> HashTable<&'static str> {
    let mut index = HashTable::with_capacity_and_hasher(40_000, Default::default());
    for row in super::lines(CITIES) {
        let (name, rest) = row.split_once('\t').unwrap_or((row, ""));
        let others = rest.rsplit('\t').next().unwrap_or("");
        for name in std::iter::once(name).chain(names(others)) {
            index.entry(name_hash(name)).or_insert(row);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_come_before_cities_and_large_cities_before_small() {
        assert_eq!(place("Georgia").map(|p| p.country), Some("Georgia"));
        assert_eq!(place("London").map(|p| p.country), Some("United Kingdom"));
        assert_eq!(
            place("New York").map(|p| p.population > 5_000_000),
            Some(true)
        );
        assert!(place("Aleppo Kabul").is_none());
        assert_eq!(place("Kiev").map(|p| p.country), Some("Ukraine"));
    }
}
