//! Names known beforehand: countries with demonyms, cities with coordinates, regions, bodies, first
//! names. The tables are TSV files under `models/gazetteer`, compiled in and read on first use.
//!
//! Comes in: a name. Goes out: what is known of it. Whether a word in a text is that name is left to
//! the tagger, which sees these tables only as features, and to entity linking.

mod country;
mod namesake;
mod phrases;
mod place;

pub use country::country_of_demonym;
pub(crate) use namesake::{
    Namesake, are_two_places, country_of_place, country_of_state, is_country, namesakes, one_place,
};
pub(crate) use phrases::{Class, Phrases};
pub use place::{PlaceEntry, place};

/// Whether a word is a common first name of the 1990 census of the United States.
///
/// ```
/// assert!(annals::extract::gazetteer::is_first_name("Angela"));
/// assert!(!annals::extract::gazetteer::is_first_name("Damascus"));
/// ```
#[must_use]
pub fn is_first_name(word: &str) -> bool {
    phrases::Phrases::shared().classes_of(word) & Class::FirstName.bit() != 0
}

/// Whether a word is a common surname of the 1990 census of the United States.
pub(crate) fn is_surname(word: &str) -> bool {
    phrases::Phrases::shared().classes_of(word) & Class::Surname.bit() != 0
}

/// The rows of an embedded table: no comments, no empty lines, columns split at tabs.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(table).map(|line| line.split('\t').collect())
}

/// The lines of an embedded table without comments and empty lines.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// The names of a cell: parted by semicolons, the empty cell has none.
fn names(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|name| !name.is_empty())
}

const CITIES: &str = include_str!("../../../models/gazetteer/cities.tsv");
const SPELLINGS: &str = include_str!("../../../models/gazetteer/spellings.tsv");
const COUNTRIES: &str = include_str!("../../../models/gazetteer/countries.tsv");
const DEMONYMS: &str = include_str!("../../../models/gazetteer/demonyms.tsv");
const HOMONYMS: &str = include_str!("../../../models/gazetteer/homonyms.tsv");
const STATES: &str = include_str!("../../../models/gazetteer/states.tsv");
const REGIONS: &str = include_str!("../../../models/gazetteer/regions.txt");
const ORGANIZATIONS: &str = include_str!("../../../models/gazetteer/organizations.txt");
const FIRST_NAMES: &str = include_str!("../../../models/gazetteer/first-names.txt");
const SURNAMES: &str = include_str!("../../../models/gazetteer/surnames.txt");
const WORDS: &str = include_str!("../../../models/gazetteer/words.tsv");
