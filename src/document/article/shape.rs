//! What a single paragraph looks like: prose, a headline, a byline, page furniture. Each test looks at
//! the paragraph alone; where it stands is weighed elsewhere.

use std::sync::LazyLock;

use regex::Regex;

/// Longest headline, in characters. A guess: headlines of agencies stay below 120, archive titles
/// that tell a whole story below 200.
const MAX_HEADLINE_CHARS: usize = 200;

/// Shortest paragraph, in [`weight`], that counts as prose when it ends like a sentence. A guess.
const MIN_PROSE_WEIGHT: usize = 6;

/// Longest paragraph, in characters, judged by the wordings of page furniture. A guess.
const MAX_FURNITURE_CHARS: usize = 250;

/// Longest byline, in characters. A guess.
const MAX_BYLINE_CHARS: usize = 120;

/// How much a paragraph says: its words, two Chinese or Japanese characters counting as one.
pub(super) fn weight(words: &str) -> usize {
    let wide = words
        .chars()
        .filter(|c| ('\u{3040}'..='\u{9FFF}').contains(c))
        .count();
    words
        .split(' ')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
        + wide / 2
}

/// Whether a paragraph ends like a sentence, closing quotes and brackets aside.
pub(super) fn ends_sentence(words: &str) -> bool {
    let open = words.trim_end_matches(['"', '”', '’', '\'', '»', '」', ')', ']', '）']);
    open.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether a paragraph is made of sentences.
pub(super) fn is_prose(words: &str) -> bool {
    ends_sentence(words) && weight(words) >= MIN_PROSE_WEIGHT && !is_question(words)
}

/// Whether a paragraph is one short question, as headlines often are.
fn is_question(words: &str) -> bool {
    words.ends_with(['?', '？']) && words.chars().count() <= MAX_HEADLINE_CHARS / 2
}

/// Whether a paragraph could be a headline.
pub(super) fn is_headline(words: &str) -> bool {
    let stops = words.ends_with(['.', '。', ',', ';', ':', '，', '：']) && !words.ends_with("...");
    !stops && words.chars().count() <= MAX_HEADLINE_CHARS && words.chars().any(char::is_alphabetic)
}

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-–—•*|] ?)?(?:(?i:written |posted |story |report )?[Bb]y:?|BY:?|Author:|文/) ?(\p{Lu}.*|\p{Han}.*)$")
        .expect("tested pattern")
});

/// Where the names stand in a byline, as a byte offset; `None` when a paragraph is none.
pub(super) fn byline(words: &str) -> Option<usize> {
    if words.chars().count() > MAX_BYLINE_CHARS || words.ends_with(['.', '!', '?', '。']) {
        return None;
    }
    BYLINE.captures(words)?.get(1).map(|names| names.start())
}

struct Furniture {
    starts: Vec<&'static str>,
    holds: Vec<&'static str>,
}

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let mut table = Furniture {
        starts: Vec::new(),
        holds: Vec::new(),
    };
    for line in include_str!("boilerplate.tsv").lines() {
        match line.split_once('\t') {
            Some(("starts", words)) => table.starts.push(words),
            Some(("holds", words)) => table.holds.push(words),
            _ => {}
        }
    }
    table
});

/// Whether a paragraph is worded like page furniture.
pub(super) fn is_furniture(words: &str) -> bool {
    if words.chars().count() > MAX_FURNITURE_CHARS {
        return false;
    }
    let lower = words.to_lowercase();
    FURNITURE
        .starts
        .iter()
        .any(|start| lower.starts_with(start))
        || FURNITURE.holds.iter().any(|part| lower.contains(part))
}

/// What two copies of a paragraph share: its letters and digits, in lower case.
pub(super) fn key(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert!(is_prose("Rescuers said that the sea was calm."));
        assert!(is_prose("“We left before the storm had begun.”"));
        assert!(!is_prose("Ferry sinks off Malta; twelve are missing"));
        assert!(!is_prose("Why did the ferry leave in a storm?"));
        assert!(is_headline("Why did the ferry leave in a storm?"));
        assert!(is_headline("Ferry sinks off Malta"));
        assert!(!is_headline("The sea was calm, they said."));
        assert!(!is_headline("-----"));
        assert!(is_furniture("Follow us on Birdsite for more"));
        assert!(!is_furniture("The strait is a share of the sea"));
        assert_eq!(key("?? ?? A Boat, 2"), key("a boat 2"));
    }

    #[test]
    fn bylines() {
        for line in [
            "By Ann Borg in Valletta",
            "- By Ann Borg",
            "BY ANN BORG",
            "by Ann Borg",
            "Written by Ann Borg",
        ] {
            let names = byline(line).map(|at| line[at..].to_lowercase());
            assert!(
                names.is_some_and(|names| names.starts_with("ann borg")),
                "{line}"
            );
        }
        for line in [
            "By Tuesday the ferry had sunk.",
            "by the sea",
            "Bystanders Help",
            "Ann Borg",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }
}
