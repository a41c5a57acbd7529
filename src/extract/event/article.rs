//! Events of an article: its headline's, and those of sentences that carry a date of their own.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::status::{standing_at, standing_of_title};
use super::time::{day_of, is_calendar_day, time_of, told_time};
use super::{EventMention, EventOrigin, EventTime, Standing, Status, Told, Written, at};
use crate::document::SectionKind;
use crate::extract::terms;
use crate::span::Span;

/// Sentences in which an article's headline event may state its date (inverted-pyramid style: who,
/// what, when in the lede; three is a guess).
const LEDE_SENTENCES: usize = 3;

/// A dated article's headline event lies at most so many days before the article: what the lede dates farther
/// back is background (a guess; of 40 Wikinews articles, the two whose lede told an older date told background).
const NEWS_DAYS: i32 = 14;

/// The headline event and the body events.
pub(super) fn article(told: Told<'_>) -> Vec<EventMention> {
    let Some(headline) = headline(told) else {
        return Vec::new();
    };
    let others = body(told, None, &headline);
    std::iter::once(headline).chain(others).collect()
}

/// The sentences that are not the title.
fn body_sentences(told: Told<'_>) -> Vec<Span> {
    let title = told.document.section(SectionKind::Title);
    let sentences = told.sentences.iter().copied();
    sentences
        .filter(|s| title.is_none_or(|title| !title.overlaps(*s)))
        .collect()
}

/// What the headline tells, dated by its own words, by its lede or by the article's own date. Also one without time, place
/// or participants: other reports of the same event may give them.
fn headline(told: Told<'_>) -> Option<EventMention> {
    let document = told.document;
    let body = body_sentences(told);
    let words = document
        .section(SectionKind::Title)
        .or(body.first().copied())?;
    let sentence = told.sentences.iter().copied().find(|s| words.contains(*s));
    let own = sentence.and_then(|sentence| stated_in_headline(told, sentence));
    let whole = own
        .as_ref()
        .is_some_and(|(time, _)| is_calendar_day(&time.value));
    let lede = if whole {
        None
    } else {
        lede_time(told, &body, words)
    };
    let fits = |time: &EventTime| {
        own.as_ref()
            .is_none_or(|(own, _)| may_be(&own.value, &time.value))
    };
    let (dated_by, stated) = match lede {
        Some((sentence, time)) if fits(&time) => (Some(sentence), Some((time, None))),
        _ => (None, own),
    };
    let (time, ahead) = stated.unzip();
    let standing = standing_of_title(told, words);
    Some(EventMention {
        origin: EventOrigin::Headline,
        words,
        dated_by: dated_by.filter(|sentence| *sentence != words),
        time: time.or_else(|| at(document.dct)),
        standing: match (standing.status, ahead.flatten()) {
            (Status::Asserted, Some(ahead)) => ahead,
            _ => standing,
        },
    })
}

/// The day that a headline's own sentence states, and how the sentence tells it where that day is still ahead. A day
/// of what somebody says will be is not that of their saying so.
fn stated_in_headline(told: Told<'_>, sentence: Span) -> Option<(EventTime, Option<Standing>)> {
    let (time, standing) = dated_by_any(told, sentence, told.document.dct)?;
    let planned = standing.status == Status::Planned;
    let spoken = planned && standing.quotation.is_some();
    (!spoken).then_some((time, planned.then_some(standing)))
}

/// Whether a day whose year nothing fixes ("on Tuesday", "on 3 May") can be another.
fn may_be(open: &str, other: &str) -> bool {
    let Ok(day) = other.parse::<Date>() else {
        return open == other;
    };
    if let Some(weekday) = open.strip_prefix("XXXX-WXX-") {
        return day_of(weekday) == day.weekday().to_monday_one_offset().to_string();
    }
    let known = open.trim_start_matches("XXXX-").trim_start_matches("XX-");
    day_of(known) == "XX" || other.ends_with(day_of(known))
}

/// The sentence of the lede that dates the headline, and the day it gives.
fn lede_time(told: Told<'_>, body: &[Span], headline: Span) -> Option<(Span, EventTime)> {
    let document = told.document;
    let title = document.words(headline);
    // A sub-heading that asks ("How did it begin?") ends the lede.
    let asked = |sentence: &&Span| !is_question(document.words(**sentence));
    let lede = body.iter().take_while(asked).filter_map(|sentence| {
        let words = document.words(*sentence);
        let same = says_the_same(words, title);
        (same || is_prose(words, title)).then_some((*sentence, same))
    });
    lede.take(LEDE_SENTENCES).find_map(|(sentence, same)| {
        let (timex, time) = if same {
            time_of(told, sentence)
        } else {
            told_time(told, sentence)
        }?;
        let happened = standing_at(told, sentence, timex.span).status <= Status::Reported;
        (happened && is_news(&time.value, document.dct)).then_some((sentence, time))
    })
}

/// Whether a sentence tells what the headline tells, however short it is: half of the headline's terms, two at
/// least (a guess). The headline itself, repeated, is no sentence of the story.
fn says_the_same(sentence: &str, title: &str) -> bool {
    let of_title: BTreeSet<String> = terms(title).into_iter().collect();
    let of_sentence: BTreeSet<String> = terms(sentence).into_iter().collect();
    let shared = of_title.intersection(&of_sentence).count();
    sentence.trim() != title.trim() && shared >= 2 && 2 * shared >= of_title.len()
}

/// Whether a sentence is one of the story: no byline, no repeated headline, no short line of a page's frame
/// (eight words are a guess).
fn is_prose(sentence: &str, title: &str) -> bool {
    let is_byline = sentence.starts_with("By ") || sentence.starts_with("- By ");
    sentence.split_whitespace().count() >= 8 && !is_byline && sentence.trim() != title.trim()
}

/// Whether a day can be that of an article's news: not ahead of the article, and not long before it.
fn is_news(value: &str, dct: Option<Date>) -> bool {
    let (Some(dct), Ok(day)) = (dct, value.parse::<Date>()) else {
        return true;
    };
    let age = day.until(dct).map_or(0, |span| span.get_days());
    (0..=NEWS_DAYS).contains(&age)
}

/// The events of sentences that state a day which is not the headline's. `from` is the day that words like
/// "on Monday" count from where the article does not state it.
pub(super) fn body(
    told: Told<'_>,
    from: Option<Written>,
    headline: &EventMention,
) -> Vec<EventMention> {
    let written = from.map(|from| from.day).or(told.document.dct);
    let headline_value = match from {
        Some(from) => Some(from.event.to_string()),
        None => headline.time.as_ref().map(|time| time.value.clone()),
    };
    let mut seen: Vec<Span> = vec![headline.words];
    seen.extend(headline.dated_by);
    let sentences = body_sentences(told).into_iter().enumerate();
    sentences
        .filter_map(|(place, words)| {
            let (mut time, standing) = dated(told, words, written)?;
            let counted = from.filter(|_| is_relative(told, &time));
            time.counted_from = counted.map(|from| from.day);
            let other = Some(&time.value) != headline_value.as_ref() && !seen.contains(&words);
            other.then_some(EventMention {
                origin: EventOrigin::Body(place),
                words,
                dated_by: None,
                time: Some(time),
                standing,
            })
        })
        .collect()
}

/// The day that a sentence tells of and how; nothing for what only may be.
fn dated(told: Told<'_>, sentence: Span, written: Option<Date>) -> Option<(EventTime, Standing)> {
    let (_, time) = told_time(told, sentence)?;
    if !is_calendar_day(&time.value) {
        return None;
    }
    dated_by_any(told, sentence, written)
}

/// As [`dated`], also of a sentence that names nobody.
fn dated_by_any(
    told: Told<'_>,
    sentence: Span,
    written: Option<Date>,
) -> Option<(EventTime, Standing)> {
    let (timex, time) = time_of(told, sentence)?;
    if is_question(sentence.of(&told.document.text)) {
        return None;
    }
    let mut standing = standing_at(told, sentence, timex.span);
    let ahead = match (time.value.parse::<Date>(), written) {
        (Ok(day), Some(written)) => day > written,
        _ => false,
    };
    if ahead && standing.status <= Status::Reported {
        standing.status = Status::Planned;
        standing.cue = Some(timex.span);
    }
    // A plan whose day has passed: the day is that of something else in the sentence.
    let passed = match (time.value.parse::<Date>(), written) {
        (Ok(day), Some(written)) => day < written,
        _ => false,
    };
    if passed && standing.status == Status::Planned {
        return None;
    }
    (standing.status != Status::Hypothetical).then_some((time, standing))
}

/// Whether a time's value depends on the day the article was written on: it is not spelt out with its year.
fn is_relative(told: Told<'_>, time: &EventTime) -> bool {
    let words = time.words.map_or("", |words| told.document.words(words));
    time.value
        .get(..4)
        .is_some_and(|year| !words.contains(year))
}

fn is_question(sentence: &str) -> bool {
    sentence
        .trim_end_matches(['"', '”', '’', ' '])
        .ends_with('?')
}

#[cfg(test)]
mod tests;
