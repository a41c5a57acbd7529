//! Splits the text of an article into paragraphs. Some files hold one paragraph a line, others break
//! their lines at a margin; in these the lines of a paragraph are joined again.

use crate::document::clean;

/// One paragraph: a line of readable words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) words: String,
    /// Whether it begins after a blank line or at the top.
    pub(super) after_gap: bool,
}

/// Widest margin, in characters, at which lines are taken to be broken by hand or by a mail program.
/// A guess: such margins are 65 to 80, and 100 in code; paragraphs of news run longer.
const MAX_MARGIN: usize = 110;

/// Narrowest margin: below it lines are headings and lists.
const MIN_MARGIN: usize = 50;

/// The paragraphs of a text, in order; none is empty.
pub(super) fn split(text: &str) -> Vec<Paragraph> {
    let lines: Vec<String> = text.lines().map(clean::inline).collect();
    let margin = margin(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&str> = None;
    for line in &lines {
        let joined = previous.is_some_and(|previous| is_wrapped(previous, line, margin));
        match paragraphs.last_mut().filter(|_| joined && !line.is_empty()) {
            Some(last) => {
                last.words.push(' ');
                last.words.push_str(line);
            }
            None if !line.is_empty() => {
                paragraphs.push(Paragraph {
                    words: line.clone(),
                    after_gap: previous.is_none(),
                });
            }
            None => {}
        }
        previous = Some(line.as_str()).filter(|line| !line.is_empty());
    }
    paragraphs
}

/// The margin that the lines keep, if they keep one.
fn margin(lines: &[String]) -> Option<usize> {
    let widest = lines.iter().map(|line| line.chars().count()).max()?;
    (MIN_MARGIN..=MAX_MARGIN)
        .contains(&widest)
        .then_some(widest)
}

/// Whether a line ends only because its next word would have crossed the margin.
fn is_wrapped(line: &str, next: &str, margin: Option<usize>) -> bool {
    let Some(margin) = margin else { return false };
    let first = next.split(' ').next().unwrap_or_default();
    line.chars().count() + 1 + first.chars().count() > margin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text)
            .into_iter()
            .map(|paragraph| paragraph.words)
            .collect()
    }

    #[test]
    fn one_paragraph_a_line() {
        let long = "word ".repeat(40);
        let text = format!("Title\n{long}\n{long}\n\n\nShort.\n");
        assert_eq!(words(&text), ["Title", long.trim(), long.trim(), "Short."]);
        let gaps: Vec<bool> = split(&text).iter().map(|p| p.after_gap).collect();
        assert_eq!(gaps, [true, false, false, true]);
    }

    #[test]
    fn lines_broken_at_a_margin() {
        let text = "A ferry sinks\nBy A. Borg\n\nA ferry with more than two hundred people on board has sunk off\n\
                    Malta in a storm, rescuers said on Tuesday after a long night of\nsearching.\n\nIt was calm.\n";
        let joined = "A ferry with more than two hundred people on board has sunk off Malta in a \
                      storm, rescuers said on Tuesday after a long night of searching.";
        assert_eq!(
            words(text),
            ["A ferry sinks", "By A. Borg", joined, "It was calm."]
        );
    }
}
