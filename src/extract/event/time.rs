//! The day on which a sentence says that what it tells happened.
//!
//! A date can also be that of something merely named ("the communiqué of 30 June", "Sunday's game", "the
//! May 2 vote"), a bound ("since Monday") or an aside ("Ruiz, fired on June 8, is suing"). Those date
//! nothing.

use super::{EventTime, Told};
use crate::extract::{Timex, TimexKind};
use crate::span::{Span, inside};

/// The time expression that dates a sentence that names somebody, and the day it gives.
pub(super) fn told_time<'a>(told: Told<'a>, sentence: Span) -> Option<(&'a Timex, EventTime)> {
    let mut mentions = inside(told.mentions, sentence, |mention| mention.span);
    mentions.next().and_then(|_| time_of(told, sentence))
}

/// As [`told_time`], also of a sentence that names nobody: what a headline tells needs no names.
pub(super) fn time_of<'a>(told: Told<'a>, sentence: Span) -> Option<(&'a Timex, EventTime)> {
    let text = told.document.text.as_str();
    if is_birth(sentence.of(text)) {
        return None;
    }
    let timexes = inside(told.timexes, sentence, |timex| timex.span).map(|(_, timex)| timex);
    let timex = timexes
        .filter(|timex| names_a_day(timex, text))
        .filter(|timex| !is_spoken(told.speech, timex.span))
        .find(|timex| says_when(text, sentence, timex.span))?;
    let value = day_of(&timex.value).to_owned();
    let time = EventTime {
        value,
        words: Some(timex.span),
        counted_from: None,
    };
    Some((timex, time))
}

/// Whether words lie in a piece of speech.
fn is_spoken(speech: &[Span], words: Span) -> bool {
    let after = speech.partition_point(|speech| speech.start <= words.start);
    speech[..after]
        .last()
        .is_some_and(|speech| speech.contains(words))
}

/// A value without its time of day.
pub(super) fn day_of(value: &str) -> &str {
    value.split('T').next().unwrap_or(value)
}

/// `2017-12-11`, `XXXX-03-27`, `XXXX-WXX-1`, `XXXX-XX-XX` and their times of day.
fn is_day(value: &str) -> bool {
    day_of(value).split('-').count() == 3 && !value.contains("-W") || value.starts_with("XXXX-WXX-")
}

/// A day with at least its month and day known.
pub(super) fn is_calendar_day(value: &str) -> bool {
    is_day(value) && !value.contains('W') && !value.ends_with("XX")
}

/// Whether an expression names a day itself. A bare time of day ("in the afternoon", "at 3 p.m.") takes the
/// day told last, which can be another story's.
fn names_a_day(timex: &Timex, text: &str) -> bool {
    match timex.kind {
        TimexKind::Duration | TimexKind::Set => false,
        TimexKind::Date => is_day(&timex.value),
        TimexKind::Time => is_day(&timex.value) && has_day_word(timex.span.of(text)),
    }
}

fn has_day_word(words: &str) -> bool {
    const DAYS: [&str; 10] = [
        "day", "night", "this ", "last ", "sun", "mon", "tue", "wed", "thu", "fri",
    ];
    let words = words.to_lowercase();
    let bare_night = words.starts_with("the ") || words.starts_with("night");
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    (!bare_night && DAYS.iter().any(|day| words.contains(day))) || digits >= 6
}

/// Whether the words around a time expression leave it to say when.
fn says_when(text: &str, sentence: Span, timex: Span) -> bool {
    let before = &text[sentence.start..timex.start];
    let after = &text[timex.end..sentence.end];
    !is_bound_or_name(before)
        && !is_attribute(before, after)
        && !is_aside(before, after)
        && !is_subordinate(before, after)
        && !is_of_gerund(before)
        && is_calendar_word(before, timex.of(text))
}

/// "closed after the ice had come on Monday": the time is that of a clause which only frames the main one.
fn is_subordinate(before: &str, after: &str) -> bool {
    const OPENERS: [&str; 12] = [
        "when", "after", "before", "while", "until", "since", "because", "although", "though",
        "whether", "if", "unless",
    ];
    let clause = before
        .rsplit([',', ';', ':', '–', '—'])
        .next()
        .unwrap_or(before);
    let words: Vec<String> = clause.split_whitespace().map(str::to_lowercase).collect();
    let opener = words
        .iter()
        .rposition(|word| OPENERS.contains(&word.as_str()));
    // "the day after" and "after midnight on Monday" open no clause.
    let Some(at) = opener.filter(|at| words.len() - at > 3) else {
        return false;
    };
    let opens_sentence = clause.len() == before.len() && at == 0;
    match words[at].as_str() {
        // "drowned when the ferry sank on Monday": both at once.
        "when" | "while" => !opens_sentence && (at == 0 || is_state(&words[..at])),
        // "After months of rumours Apple showed a watch on Tuesday": a clause would end in a comma.
        _ => !opens_sentence || after.contains(','),
    }
}

/// "was 12 when", "is still at sea when": the main clause tells no happening. "were killed when" does.
fn is_state(clause: &[String]) -> bool {
    const BE: [&str; 5] = ["is", "are", "was", "were", "been"];
    const PARTICIPLES: [&str; 14] = [
        "shot", "hit", "hurt", "held", "found", "lost", "cut", "struck", "caught", "brought",
        "left", "shut", "sunk", "burnt",
    ];
    let be = clause.iter().rposition(|word| BE.contains(&word.as_str()));
    let Some(be) = be else {
        return false;
    };
    let mut next = clause[be + 1..].iter().take(2);
    !next.any(|word| {
        ["ed", "en", "ing"].iter().any(|end| word.ends_with(end))
            || PARTICIPLES.contains(&word.as_str())
    })
}

/// "with a playoff looming on Sunday"
fn is_of_gerund(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().rev().take(4).collect();
    let at = usize::from(
        words
            .first()
            .is_some_and(|w| matches!(*w, "on" | "at" | "for")),
    );
    let gerund = words
        .get(at)
        .is_some_and(|w| w.len() > 5 && w.ends_with("ing"));
    let auxiliary = words.get(at + 1).is_some_and(|w| {
        matches!(
            *w,
            "is" | "are" | "was" | "were" | "been" | "be" | "and" | "the"
        )
    });
    gerund && !auxiliary && words.len() > at + 1
}

/// "a staff Christmas party": a feast says when only after "on" or "at".
fn is_calendar_word(before: &str, words: &str) -> bool {
    let feast = words.starts_with(char::is_uppercase)
        && !words.bytes().any(|b| b.is_ascii_digit())
        && !words.to_lowercase().contains("day")
        && !words.contains("ight");
    !feast || matches!(last_word(before).as_str(), "on" | "at")
}

/// "the communiqué of 30 June", "since Monday", "until 1 May".
fn is_bound_or_name(before: &str) -> bool {
    const APART: [&str; 18] = [
        "of", "from", "since", "until", "till", "by", "to", "dated", "for", "before", "after",
        "between", "through", "than", "and", "or", "as", "like",
    ];
    APART.contains(&last_word(before).as_str())
}

fn last_word(before: &str) -> String {
    let word = before.split_whitespace().next_back().unwrap_or("");
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

/// "Sunday's game", "the May 2 vote", "a Friday deadline".
fn is_attribute(before: &str, after: &str) -> bool {
    let possessive = after.starts_with("'s") || after.starts_with("’s") || after.starts_with('-');
    let determined = matches!(
        last_word(before).as_str(),
        "the" | "a" | "an" | "this" | "that" | "its" | "their" | "his" | "her" | "our"
    );
    // "In a Wednesday speech, Ruiz resigned": the phrase that opens the sentence says when.
    let opening = before.split_whitespace().count() == 2
        && ["in ", "at ", "during "]
            .iter()
            .any(|word| before.to_lowercase().starts_with(word));
    possessive || (determined && !opening && !before.trim_end().ends_with(','))
}

/// "Ruiz, fired on June 8, is suing": the time stands in a participle or relative clause between commas, and
/// the sentence goes on about something else.
fn is_aside(before: &str, after: &str) -> bool {
    let Some((earlier, clause)) = before.rsplit_once(", ") else {
        return false;
    };
    let opener = clause
        .split_whitespace()
        .next()
        .unwrap_or("")
        .to_lowercase();
    let opens = matches!(
        opener.as_str(),
        "who" | "which" | "whose" | "where" | "whom"
    ) || (opener.len() > 4 && (opener.ends_with("ed") || opener.ends_with("ing")));
    let goes_on = after
        .find(',')
        .is_some_and(|comma| after[comma + 1..].split_whitespace().count() >= 3);
    opens && goes_on && !earlier.trim().is_empty()
}

/// A biographical date is no news.
fn is_birth(sentence: &str) -> bool {
    sentence.contains(" born ") || sentence.contains("(born")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str, words: &str) -> bool {
        let start = text.find(words).unwrap();
        says_when(
            text,
            Span::new(0, text.len()),
            Span::new(start, start + words.len()),
        )
    }

    #[test]
    fn adverbial_dates_say_when() {
        for (text, words) in [
            ("The army took the city on 3 November.", "3 November"),
            ("On Monday, Ruiz flew to Oslo.", "Monday"),
            ("Ruiz resigned Friday, and Berg followed.", "Friday"),
            ("The ship sank yesterday, killing nine.", "yesterday"),
            ("In a Wednesday speech, Ruiz resigned.", "Wednesday"),
            ("Ruiz was speaking on Monday in Oslo.", "Monday"),
            ("Thirty drowned when the ferry sank on Monday.", "Monday"),
            ("Nine were killed when a bomb went off on Monday.", "Monday"),
            (
                "When the ice came on 3 December, the port closed.",
                "3 December",
            ),
            (
                "After months of rumours Apple unveiled a watch on Tuesday.",
                "Tuesday",
            ),
        ] {
            assert!(dates(text, words), "{text}");
        }
    }

    #[test]
    fn dates_of_things_named_do_not() {
        for (text, words) in [
            ("They cite the communiqué of 30 June 2012.", "30 June 2012"),
            ("The town has been cut off since Monday.", "Monday"),
            ("He will miss Sunday's game in Oslo.", "Sunday"),
            ("The May 2 vote divided the party.", "May 2"),
            (
                "Ruiz, fired on June 8, is seeking six million from Ohio.",
                "June 8",
            ),
            (
                "The port closed after the ice had come on 3 December.",
                "3 December",
            ),
            (
                "After workers walked out on Monday, Oracle closed.",
                "Monday",
            ),
            ("Ruiz was 12 when her father died on Monday.", "Monday"),
            (
                "It was a long night with a playoff looming on Sunday.",
                "Sunday",
            ),
            ("He walked into a Christmas party in Oslo.", "Christmas"),
            (
                "Ruiz, who arrived on Monday, met his counterpart in Oslo.",
                "Monday",
            ),
        ] {
            assert!(!dates(text, words), "{text}");
        }
    }
}
