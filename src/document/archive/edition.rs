//! The editions of the archive as data: which words head which section in which language. The words
//! of all editions are understood in every page; which ones a page uses tells its edition.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::VersionStatus;

/// A part of a page below its summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Formats,
    Sources,
    Changes,
    Related,
}

/// The words of one edition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edition {
    /// BCP 47 tag.
    pub(super) language: String,
    /// What the addresses of its pages begin with.
    pub(super) links: String,
    #[serde(default)]
    formats: Vec<String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    changes: Vec<String>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    previous_day: Vec<String>,
    #[serde(default)]
    cover: Vec<String>,
    #[serde(default)]
    nameless_cover: Vec<String>,
    #[serde(default)]
    first_version: Vec<String>,
    #[serde(default)]
    update: Vec<String>,
    #[serde(default)]
    current_version: Vec<String>,
}

#[derive(Deserialize)]
struct Table {
    edition: Vec<Edition>,
}

static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("editions.toml"))
        .expect("the built-in table of editions is checked by a test");
    table.edition
});

/// All editions; the first is the default.
pub(super) fn all() -> &'static [Edition] {
    &EDITIONS
}

/// The edition whose words satisfy a test.
fn find(test: impl Fn(&Edition) -> bool) -> Option<&'static Edition> {
    all().iter().find(|edition| test(edition))
}

fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

/// The part that a heading opens (without its colon), and the edition that words it so.
pub(super) fn part(heading: &str) -> Option<(Part, &'static Edition)> {
    let of = |edition: &'static Edition| {
        let parts = [
            (&edition.formats, Part::Formats),
            (&edition.sources, Part::Sources),
            (&edition.changes, Part::Changes),
            (&edition.related, Part::Related),
        ];
        parts
            .into_iter()
            .find(|(words, _)| has(words, heading))
            .map(|(_, part)| (part, edition))
    };
    all().iter().find_map(of)
}

/// The edition whose word for "context" this is.
pub(super) fn of_context(word: &str) -> Option<&'static Edition> {
    find(|edition| has(&edition.context, word))
}

/// The edition whose link to the day before begins like this.
pub(super) fn of_previous_day(label: &str) -> Option<&'static Edition> {
    find(|edition| {
        edition
            .previous_day
            .iter()
            .any(|words| label.starts_with(words.as_str()))
    })
}

/// The edition whose pages have such addresses.
pub(super) fn of_address(address: &str) -> Option<&'static Edition> {
    find(|edition| address.starts_with(&edition.links))
}

/// The edition of a language.
pub(super) fn of_language(language: &str) -> Option<&'static Edition> {
    find(|edition| edition.language == language)
}

/// Whether a source's name says that its address is the cover image.
pub(super) fn is_cover(name: &str) -> bool {
    find(|edition| has(&edition.cover, name)).is_some()
}

/// The words that mark a cover image on the line of a source.
pub(super) fn nameless_covers() -> impl Iterator<Item = &'static str> {
    all()
        .iter()
        .flat_map(|edition| edition.nameless_cover.iter().map(String::as_str))
}

/// The status that a line of a Changes list words like this.
pub(super) fn status(words: &str) -> Option<VersionStatus> {
    let of = |edition: &Edition| {
        let statuses = [
            (&edition.first_version, VersionStatus::First),
            (&edition.update, VersionStatus::Update),
            (&edition.current_version, VersionStatus::Current),
        ];
        statuses
            .into_iter()
            .find(|(known, _)| has(known, words))
            .map(|(_, status)| status)
    };
    all().iter().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sound() {
        assert_eq!(all()[0].language, "en");
        for edition in all() {
            assert!(edition.links.starts_with('/') && edition.links.ends_with("news/"));
            assert!(!edition.sources.is_empty() && !edition.related.is_empty());
        }
    }

    #[test]
    fn words_tell_the_edition() {
        assert!(matches!(part("Source"), Some((Part::Sources, e)) if e.language == "en"));
        assert!(matches!(part("有关"), Some((Part::Related, e)) if e.language == "zh"));
        assert!(part("Sour").is_none());
        assert_eq!(
            of_address("/zh/news/2016/01/1/x.md").map(|e| &*e.language),
            Some("zh")
        );
        assert!(of_previous_day("Previous Day...").is_some());
        assert_eq!(status("Update"), Some(VersionStatus::Update));
    }
}
