//! Numbers with their nouns, as every message and every rendering spells them.

/// `1 event`, `2 events`, `3 entities`: a number with its noun. The plural of a noun that ends in a consonant
/// and y ends in ies, of any other in s.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    let is_vowel = |c: char| "aeiou".contains(c);
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(is_vowel) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        for (number, noun, expected) in [
            (0, "event", "0 events"),
            (1, "event", "1 event"),
            (2, "event", "2 events"),
            (1, "entity", "1 entity"),
            (2, "entity", "2 entities"),
            (2, "day", "2 days"),
            (2, "journal segment", "2 journal segments"),
        ] {
            assert_eq!(counted(number, noun), expected);
        }
    }
}
