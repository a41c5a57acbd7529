//! Places that share a name: cities of several countries, and names listed as ambiguous.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::country::name_of;
use super::place::{PlaceEntry, countries_by_name};
use super::{CITIES, HOMONYMS, STATES, lines, names, rows};

/// One of several places of a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Namesake {
    /// What to call it where it is not the usual one.
    pub(crate) name: String,
    /// A word for ids.
    pub(crate) slug: String,
    /// The country whose mention speaks for it.
    pub(crate) country: Option<&'static str>,
    /// Names whose mention speaks for it.
    pub(crate) neighbours: Vec<&'static str>,
    /// Inhabitants; 0 where the table of homonyms says which meaning is the usual one.
    pub(crate) population: u64,
}

/// The places of a name, the usual one first; empty for names that are not ambiguous.
///
/// Names of `homonyms.tsv` have the meanings listed there; other names mean the largest city of each
/// country. A country's own name means the country, unless it is listed.
pub(crate) fn namesakes(name: &str) -> &'static [Namesake] {
    static ALL: OnceLock<HashMap<&'static str, Vec<Namesake>>> = OnceLock::new();
    ALL.get_or_init(read).get(name).map_or(&[], Vec::as_slice)
}

/// The country of a state or province that news names without its country.
pub(crate) fn country_of_state(name: &str) -> Option<&'static str> {
    static ALL: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let rows = rows(STATES).filter(|row| row.len() == 2);
        let named = rows.filter_map(|row| Some((name_of(row[0])?, row[1])));
        named
            .flat_map(|(country, states)| names(states).map(move |state| (state, country)))
            .collect()
    });
    all.get(name).copied()
}

/// The country of a place: of a state or province of the name before that of a city.
pub(crate) fn country_of_place(name: &str) -> Option<&'static str> {
    country_of_state(name).or_else(|| super::place(name).map(|place| place.country))
}

/// Whether a name is a country's.
pub(crate) fn is_country(name: &str) -> bool {
    static ALL: OnceLock<HashMap<&'static str, PlaceEntry>> = OnceLock::new();
    ALL.get_or_init(countries_by_name).contains_key(name)
}

/// Whether two names are known as two different places.
pub(crate) fn are_two_places(a: &str, b: &str) -> bool {
    /// Degrees; a city and its outskirts are nearer.
    const APART: f32 = 0.5;
    let (Some(a), Some(b)) = (super::place(a), super::place(b)) else {
        return false;
    };
    let far = |x: f32, y: f32| (x - y).abs() > APART;
    a.country != b.country || far(a.lat, b.lat) || far(a.lon, b.lon)
}

/// Whether two names are known as one place, and in which country.
pub(crate) fn one_place(a: &str, b: &str) -> Option<PlaceEntry> {
    let (a, b) = (super::place(a)?, super::place(b)?);
    (a == b).then_some(a)
}

fn read() -> HashMap<&'static str, Vec<Namesake>> {
    let mut all = cities();
    let mut listed: HashMap<&'static str, Vec<Namesake>> = HashMap::new();
    for row in rows(HOMONYMS).filter(|row| row.len() == 4) {
        listed.entry(row[0]).or_default().push(Namesake {
            name: row[1].to_owned(),
            slug: row[2].to_owned(),
            country: None,
            neighbours: names(row[3]).collect(),
            population: 0,
        });
    }
    all.extend(listed);
    all
}

/// Cities of two countries or more, the largest first.
fn cities() -> HashMap<&'static str, Vec<Namesake>> {
    let states = countries_by_name();
    let mut all: HashMap<&'static str, Vec<Namesake>> = HashMap::new();
    for line in lines(CITIES) {
        let mut cells = line.split('\t');
        let (Some(name), Some(code)) = (cells.next(), cells.next()) else {
            continue;
        };
        let Some(country) = name_of(code) else {
            continue;
        };
        let population = cells.nth(2).and_then(|cell| cell.parse().ok());
        let others = names(cells.next().unwrap_or(""));
        for name in std::iter::once(name).chain(others) {
            let known = all.entry(name).or_default();
            if !states.contains_key(name) && known.iter().all(|k| k.country != Some(country)) {
                known.push(Namesake {
                    name: format!("{name} ({country})"),
                    slug: crate::id::slug(country, 40),
                    country: Some(country),
                    neighbours: Vec::new(),
                    population: population.unwrap_or(0),
                });
            }
        }
    }
    all.retain(|_, known| known.len() > 1);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_of_several_countries_are_namesakes() {
        let countries = |name| -> Vec<_> { namesakes(name).iter().map(|n| n.country).collect() };
        assert_eq!(countries("Tripoli"), [Some("Libya"), Some("Lebanon")]);
        assert!(countries("Novosibirsk").is_empty());
        assert!(namesakes("Georgia").len() > 1, "listed");
        assert!(
            countries("Jordan").is_empty(),
            "a country's name is the country's"
        );
    }

    #[test]
    fn tables_have_their_columns() {
        assert!(rows(HOMONYMS).all(|row| row.len() == 4));
        assert!(rows(STATES).all(|row| row.len() == 2 && name_of(row[0]).is_some()));
        assert_eq!(country_of_state("Alabama"), Some("United States"));
        assert_eq!(country_of_state("Victoria"), Some("Australia"));
    }

    #[test]
    fn places_are_told_apart() {
        assert!(are_two_places("Iran", "Iraq"));
        assert!(one_place("Kyiv", "Kiev").is_some());
        assert!(one_place("Kyiv", "Kharkiv").is_none());
    }
}
