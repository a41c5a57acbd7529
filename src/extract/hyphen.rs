//! Mentions that end inside a hyphenated name, grown to its end: "Park Ji" in "Park Ji-sung".
//!
//! Tokens part at hyphens, and a tagger that has seen few such names stops there. A name goes on behind a hyphen when
//! what stands before it is a particle ("Umm al-Fahm"), when a small word ties it to another name
//! ("Stratford-upon-Avon"), or when it is a person's and the rest is no English ending ("-led", "-era"). What is
//! said of another by a compound ("Oslo-based") is left as it is.

use super::{EntityKind, Mention};
use crate::span::Span;

/// Particles that begin a part of a name and are joined to it by a hyphen: the Arabic article with its assimilated
/// forms, and what stands for "son of" and "of the".
const PARTICLES: [&str; 16] = [
    "al", "el", "ad", "ar", "as", "ash", "at", "az", "ed", "er", "es", "esh", "ez", "ul", "ud",
    "bin",
];

/// Small words that tie two parts of one name, as in names of towns.
const TIES: [&str; 14] = [
    "al", "au", "aux", "de", "des", "di", "du", "en", "la", "le", "les", "on", "sur", "upon",
];

/// Endings that say something of another: those that are no participle.
const ENDINGS: [&str; 47] = [
    "era", "style", "like", "free", "friendly", "wide", "born", "held", "led", "run", "made",
    "built", "bred", "lite", "type", "level", "area", "bound", "only", "owned", "proof", "class",
    "age", "year", "month", "day", "old", "strong", "sized", "heavy", "related", "loyal", "themed",
    "esque", "ish", "ism", "loving", "hating", "drawn", "chosen", "written", "sworn", "backed",
    "linked", "allied", "based", "time",
];

/// Grows mentions that end inside a hyphenated name to its end. `mentions` are sorted and do not overlap, and
/// neither do those that come out.
pub(super) fn with_whole_names(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut whole: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        if whole
            .last()
            .is_some_and(|last| last.span.overlaps(mention.span))
        {
            continue;
        }
        let end = end_of_name(text, mention);
        whole.push(Mention {
            span: Span::new(mention.span.start, end),
            ..mention
        });
    }
    whole
}

/// Where the name that a mention begins ends.
fn end_of_name(text: &str, mention: Mention) -> usize {
    let mut end = mention.span.end;
    while let Some(next) = continued(text, mention.kind, Span::new(mention.span.start, end)) {
        end = next;
    }
    end
}

/// Where the next part of a name ends, if what stands behind `name` is one.
fn continued(text: &str, kind: EntityKind, name: Span) -> Option<usize> {
    let is_person = kind == EntityKind::Person;
    let rest = &text[name.end..];
    if let Some(behind) = rest.strip_prefix('-') {
        let part = word(behind);
        let before = last_word(name.of(text));
        let particle = PARTICLES.contains(&before.to_lowercase().as_str());
        let ending = is_person
            && is_small(part)
            && !is_ending(part)
            && !behind[part.len()..].starts_with('-');
        let compound = is_small(part) && is_ending(part);
        if !part.is_empty() && (particle && !compound || ending) {
            return Some(name.end + 1 + part.len());
        }
        let tied = part_after(&behind[part.len()..]).filter(|last| is_capital(last));
        return tied
            .filter(|_| TIES.contains(&part))
            .map(|last| name.end + 2 + part.len() + last.len());
    }
    // "Abdel Fattah el-Sisi": the particle begins the last part of a person's name.
    let behind = rest.strip_prefix(' ').filter(|_| is_person)?;
    let particle = word(behind);
    let last = part_after(&behind[particle.len()..]).filter(|last| is_capital(last))?;
    let begins = PARTICLES.contains(&particle) && particle != "at" && particle != "as";
    begins.then_some(name.end + 2 + particle.len() + last.len())
}

/// The word behind a hyphen.
fn part_after(text: &str) -> Option<&str> {
    text.strip_prefix('-')
        .map(word)
        .filter(|word| !word.is_empty())
}

/// The letters that a text begins with.
fn word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    &text[..end]
}

fn last_word(name: &str) -> &str {
    name.rsplit([' ', '-', '\u{a0}']).next().unwrap_or(name)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_small(word: &str) -> bool {
    !word.is_empty() && word.chars().all(char::is_lowercase)
}

/// Whether a small word behind a hyphen is an English one that can end a compound: in the list, or a participle.
fn is_ending(word: &str) -> bool {
    let participle = word.len() > 3 && (word.ends_with("ed") || word.ends_with("ing"));
    participle || word.len() > 6 || ENDINGS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::EntityKind::{Organization, Person, Place};
    use super::*;

    fn grown<'a>(text: &'a str, name: &str, kind: EntityKind) -> &'a str {
        let start = text.find(name).unwrap();
        let span = Span::new(start, start + name.len());
        with_whole_names(text, vec![Mention { span, kind }])[0]
            .span
            .of(text)
    }

    #[test]
    fn a_name_reaches_to_the_end_of_its_last_word() {
        for (text, cut, kind, whole) in [
            ("Park Ji-sung scored.", "Park Ji", Person, "Park Ji-sung"),
            (
                "Nasser al-Khelaifi left.",
                "Nasser al",
                Person,
                "Nasser al-Khelaifi",
            ),
            ("Mona el-Tahawy wrote.", "Mona", Person, "Mona el-Tahawy"),
            ("In Umm al-Fahm", "Umm al", Place, "Umm al-Fahm"),
            (
                "Newcastle-upon-Tyne won.",
                "Newcastle",
                Place,
                "Newcastle-upon-Tyne",
            ),
            ("The Al-furqan brigade", "Al", Organization, "Al-furqan"),
        ] {
            assert_eq!(grown(text, cut, kind), whole, "{text}");
        }
    }

    #[test]
    fn a_compound_is_no_longer_name() {
        for (text, name, kind) in [
            ("Merkel-led talks", "Merkel", Person),
            ("a Thatcher-era law", "Thatcher", Person),
            ("a Berg-appointed judge", "Berg", Person),
            ("the Oslo-based firm", "Oslo", Place),
            ("the Oslo-Bergen line", "Oslo", Place),
            ("the Oslo-to-Bergen line", "Oslo", Place),
            ("Berg as Al-Hilal won", "Berg", Person),
            ("Berg met al Hassan", "Berg", Person),
        ] {
            assert_eq!(grown(text, name, kind), name, "{text}");
        }
    }

    #[test]
    fn what_a_grown_name_covers_is_no_second_name() {
        let text = "Nasser al-Khelaifi left.";
        let mention = |start, end| Mention {
            span: Span::new(start, end),
            kind: Person,
        };
        let whole = with_whole_names(text, vec![mention(0, 9), mention(10, 18)]);
        assert_eq!(whole, [mention(0, 18)]);
    }
}
