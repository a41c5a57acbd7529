//! What each paragraph of an article is, from its shape and its place.
//!
//! The first paragraph of prose divides an article. Above it stand the headline, byline and date, and
//! furniture; below it furniture is only what says so: a wording of [`shape::is_furniture`], a second
//! copy of something, or a scrap after the last prose.

use std::collections::HashMap;

use jiff::civil::Date;

use super::dateline::{self, Claim};
use super::paragraphs::Paragraph;
use super::shape;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    /// A byline, and where its names begin, as a byte offset.
    Byline(usize),
    DateLine(Claim, Date),
    Paragraph,
    Boilerplate,
}

/// Least weight of a headline among other short lines above the prose: names of papers and sections
/// are lighter. A guess.
const MIN_TITLE_WEIGHT: usize = 5;

/// Paragraphs above the first prose that are looked at for a headline; a guess.
const MAX_HEAD: usize = 40;

/// Longest scrap after the last prose that is taken for furniture, in characters. A guess.
const MAX_SCRAP_CHARS: usize = 80;

/// Paragraphs at the end that are looked up in the rest, to find pull quotes. A guess.
const PULL_QUOTES: usize = 12;

/// One role for each paragraph.
pub(super) fn assign(paragraphs: &[Paragraph]) -> Vec<Role> {
    let keys: Vec<String> = paragraphs.iter().map(|p| shape::key(&p.words)).collect();
    let body = first_prose(paragraphs);
    let mut roles: Vec<Role> = paragraphs.iter().map(|p| role_by_shape(&p.words)).collect();
    keep_bylines_at_the_edges(&mut roles, paragraphs, body);
    let title = title(paragraphs, &keys, &roles, body);
    if let Some(title) = title {
        roles[title] = Role::Title;
        if body < paragraphs.len() {
            mark_head(&mut roles, paragraphs, &keys, title, body);
        }
    }
    mark_copies(&mut roles, paragraphs, &keys);
    mark_tail(&mut roles, paragraphs, &keys, title);
    roles
}

fn role_by_shape(words: &str) -> Role {
    if let Some(names) = shape::byline(words) {
        Role::Byline(names)
    } else if let Some((claim, date)) = dateline::date_line(words) {
        Role::DateLine(claim, date)
    } else if shape::is_furniture(words) {
        Role::Boilerplate
    } else {
        Role::Paragraph
    }
}

/// Index of the first paragraph of prose; the number of paragraphs when there is none.
fn first_prose(paragraphs: &[Paragraph]) -> usize {
    let is_prose = |p: &Paragraph| shape::is_prose(&p.words) && !shape::is_furniture(&p.words);
    paragraphs
        .iter()
        .position(is_prose)
        .unwrap_or(paragraphs.len())
}

/// Inside the prose a line that looks like a byline or a date is one of its lines.
fn keep_bylines_at_the_edges(roles: &mut [Role], paragraphs: &[Paragraph], body: usize) {
    let last = paragraphs
        .iter()
        .rposition(|p| shape::is_prose(&p.words))
        .unwrap_or(0);
    // A byline may also follow the first paragraph, which is then a lead.
    for role in roles.iter_mut().take(last).skip(body + 2) {
        if matches!(role, Role::Byline(_) | Role::DateLine(..)) {
            *role = Role::Paragraph;
        }
    }
}

/// Index of the headline: of the lines above the prose that could be one, the first that Markdown
/// marks as one (`# …`), else the first that stands there twice, else the first with enough words, else the one with most.
fn title(paragraphs: &[Paragraph], keys: &[String], roles: &[Role], body: usize) -> Option<usize> {
    let could_be = |index: &usize| {
        roles[*index] == Role::Paragraph && shape::is_headline(&paragraphs[*index].words)
    };
    let candidates: Vec<usize> = (0..body.min(MAX_HEAD)).filter(could_be).collect();
    let near = &keys[..keys.len().min(body + MAX_HEAD)];
    let weight = |index: usize| shape::weight(&paragraphs[index].words);
    let twice =
        |index: &&usize| weight(**index) >= 3 && near[**index + 1..].contains(&near[**index]);
    let heavy = |index: &&usize| weight(**index) >= MIN_TITLE_WEIGHT;
    let marked = |index: &&usize| paragraphs[**index].words.starts_with("# ");
    let first = |test: &dyn Fn(&&usize) -> bool| candidates.iter().find(test);
    let found = first(&marked)
        .or_else(|| first(&twice))
        .or_else(|| first(&heavy));
    let most = candidates.iter().rev().max_by_key(|index| weight(**index));
    found.or(most).copied()
}

/// Marks the furniture above the prose: what stands above the headline, or between its two copies,
/// and is no sentence.
fn mark_head(
    roles: &mut [Role],
    paragraphs: &[Paragraph],
    keys: &[String],
    title: usize,
    body: usize,
) {
    let copy = (title + 1..body)
        .rev()
        .find(|index| keys[*index] == keys[title]);
    let end = copy.map_or(title, |copy| copy + 1);
    for index in (0..end).filter(|index| *index != title) {
        let is_sentence = shape::is_prose(&paragraphs[index].words);
        if roles[index] == Role::Paragraph && !is_sentence {
            roles[index] = Role::Boilerplate;
        }
    }
}

/// Marks the second and later copies of a paragraph, and both of a caption that stands twice in a row.
fn mark_copies(roles: &mut [Role], paragraphs: &[Paragraph], keys: &[String]) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let Some(original) = first.get(key.as_str()).copied() else {
            first.insert(key, index);
            continue;
        };
        roles[index] = Role::Boilerplate;
        let in_a_row = original + 1 == index && !shape::ends_sentence(&paragraphs[index].words);
        if in_a_row && roles[original] == Role::Paragraph {
            roles[original] = Role::Boilerplate;
        }
    }
}

/// Marks what follows the last prose: scraps, and pull quotes that the prose holds already.
fn mark_tail(roles: &mut [Role], paragraphs: &[Paragraph], keys: &[String], title: Option<usize>) {
    let whole = |index: &usize| {
        roles[*index] == Role::Paragraph && shape::is_prose(&paragraphs[*index].words)
    };
    let Some(last) = (0..paragraphs.len()).rev().find(whole) else {
        return;
    };
    if title.is_none_or(|title| title > last) {
        return;
    }
    let tail = last + 1..paragraphs.len();
    let quotes = tail.len().saturating_sub(PULL_QUOTES);
    for index in tail.clone() {
        if roles[index] != Role::Paragraph {
            continue;
        }
        let short = paragraphs[index].words.chars().count() <= MAX_SCRAP_CHARS;
        let scrap = short && !shape::ends_sentence(&paragraphs[index].words);
        let late = index >= tail.start + quotes;
        if scrap || (late && is_inside(&keys[index], &keys[..tail.start])) {
            roles[index] = Role::Boilerplate;
        }
    }
}

/// Whether a paragraph stands inside another one.
fn is_inside(key: &str, others: &[String]) -> bool {
    !key.is_empty() && others.iter().any(|other| other.contains(key))
}
