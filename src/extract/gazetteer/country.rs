//! Countries: their names, other names and demonyms.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{COUNTRIES, DEMONYMS, names, rows};

/// Everything known of one country's naming.
pub(super) struct Country {
    /// ISO 3166-1 alpha-2 code, or a code beginning with X for a country without one.
    pub(super) code: &'static str,
    /// The name used in English news.
    pub(super) name: &'static str,
    /// Other names, long and short.
    pub(super) others: Vec<&'static str>,
    /// Adjectives and names of citizens.
    pub(super) demonyms: Vec<&'static str>,
    /// Latitude and longitude of the capital, degrees.
    pub(super) capital: Option<(f32, f32)>,
    /// Inhabitants, 0 where unknown.
    pub(super) population: u64,
}

/// All countries, by code.
pub(super) fn countries() -> &'static [Country] {
    static ALL: OnceLock<Vec<Country>> = OnceLock::new();
    ALL.get_or_init(read)
}

/// The name of a country by its code.
pub(super) fn name_of(code: &str) -> Option<&'static str> {
    let all = countries();
    all.binary_search_by(|country| country.code.cmp(code))
        .ok()
        .map(|at| all[at].name)
}

/// The country a demonym belongs to.
///
/// Plurals in -s are accepted. Adjectives of several countries' regions ("Arab", "Korean") belong to
/// none.
///
/// ```
/// use annals::extract::gazetteer::country_of_demonym;
/// assert_eq!(country_of_demonym("Syrian"), Some("Syria"));
/// assert_eq!(country_of_demonym("Iraqis"), Some("Iraq"));
/// assert_eq!(country_of_demonym("Arab"), None);
/// ```
#[must_use]
pub fn country_of_demonym(word: &str) -> Option<&'static str> {
    static INDEX: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        countries()
            .iter()
            .flat_map(|c| c.demonyms.iter().map(|demonym| (*demonym, c.name)))
            .collect()
    });
    index
        .get(word)
        .or_else(|| index.get(word.strip_suffix('s')?))
        .copied()
}

fn read() -> Vec<Country> {
    let mut naming: HashMap<&str, [&'static str; 2]> = rows(DEMONYMS)
        .filter(|row| row.len() == 3)
        .map(|row| (row[0], [row[1], row[2]]))
        .collect();
    let mut all = Vec::with_capacity(270);
    for row in rows(COUNTRIES).filter(|row| row.len() == 6) {
        let [demonyms, others] = naming.remove(row[0]).unwrap_or_default();
        all.push(Country {
            code: row[0],
            name: row[1],
            others: names(others).collect(),
            demonyms: names(demonyms).collect(),
            capital: row[3].parse().ok().zip(row[4].parse().ok()),
            population: row[5].parse().unwrap_or(0),
        });
    }
    // Countries without an ISO code, mostly of the past: the first name is the name.
    for row in rows(DEMONYMS).filter(|row| row.len() == 3 && naming.contains_key(row[0])) {
        let mut others = names(row[2]);
        let (Some(name), demonyms) = (others.next(), names(row[1]).collect()) else {
            continue;
        };
        all.push(Country {
            code: row[0],
            name,
            others: others.collect(),
            demonyms,
            capital: None,
            population: 0,
        });
    }
    all.sort_by_key(|country| country.code);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demonyms_name_one_country() {
        for (demonym, country) in [
            ("British", "United Kingdom"),
            ("Soviet", "Soviet Union"),
            ("Congolese", "DR Congo"),
        ] {
            let found = country_of_demonym(demonym);
            assert!(
                found == Some(country) || demonym == "Congolese" && found.is_some(),
                "{demonym} {found:?}"
            );
        }
        assert_eq!(country_of_demonym("President"), None);
    }
}
