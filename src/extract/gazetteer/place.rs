//! Places with coordinates: countries and cities of 15,000 inhabitants and more (GeoNames).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::country::{countries, name_of};
use super::{CITIES, names};

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
/// assert!(place("Atlantis").is_none());
/// ```
#[must_use]
pub fn place(name: &str) -> Option<PlaceEntry> {
    static INDEX: OnceLock<HashMap<&'static str, PlaceEntry>> = OnceLock::new();
    INDEX.get_or_init(index).get(name).copied()
}

/// One city of the table: names, the first of them preferred, and where it is.
pub(super) fn cities() -> impl Iterator<Item = (&'static str, &'static str, PlaceEntry)> {
    super::lines(CITIES).filter_map(|line| {
        let mut cells = line.split('\t');
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
    })
}

fn index() -> HashMap<&'static str, PlaceEntry> {
    let mut index = HashMap::with_capacity(40_000);
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
    // Cities come largest first, so the first of a name stays.
    for (name, others, entry) in cities() {
        index.entry(name).or_insert(entry);
        for other in names(others) {
            index.entry(other).or_insert(entry);
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
        assert_eq!(place("Kiev").map(|p| p.country), Some("Ukraine"));
    }
}
