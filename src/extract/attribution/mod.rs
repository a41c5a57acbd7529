//! Who says what: the sentences of a document in, [`Quotation`]s out, each with the spans of speaker,
//! cue and content.
//!
//! Found are "X said (that) …", "…, X said", "…, said X", "X told Y that …", "according to X, …", `X: "…"`,
//! and the later quotations of a paragraph whose speaker is named once. No parser: the phrase
//! beside a reporting verb is a speaker only when it is a name or ends in a noun for somebody who
//! speaks; everything else is left unattributed. Which events a quotation covers is left to
//! `event`.

mod cue;
mod quote;
mod speaker;
mod words;

use self::cue::{Frame, Verb, is_edge};
use self::speaker::Speaker;
use self::words::Words;
use super::{EntityKind, Mention, Timex};
use crate::span::{Cover, Span, inside};

/// Something that a document lets somebody say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quotation {
    /// The words said or reported, quotation marks and "that" left out.
    pub content: Span,
    /// Whether they stand in quotation marks.
    pub kind: QuotationKind,
    /// The words for the speaker, next to the cue ("Mr Putin", "a Pentagon spokesman", "he").
    pub speaker: Span,
    /// Index of the mention that names the speaker; for "he" and "she" the one they stand for.
    pub mention: Option<usize>,
    /// The reporting verb, or "according to".
    pub cue: Span,
    /// Whether the speaker says that it is not so.
    pub denies: bool,
}

impl Quotation {
    /// The words that attribute: speaker and cue with what stands between them.
    #[must_use]
    pub fn attribution(&self) -> Span {
        let start = self.speaker.start.min(self.cue.start);
        Span::new(start, self.speaker.end.max(self.cue.end))
    }

    /// Whether the speaker is known by more than a pronoun.
    #[must_use]
    pub fn is_named(&self, text: &str) -> bool {
        self.mention.is_some() || !is_pronoun(self.speaker.of(text))
    }
}

/// How a quotation renders what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuotationKind {
    /// In the speaker's words, between quotation marks.
    Direct,
    /// In the document's words.
    Indirect,
}

/// Finds the quotations of a document's prose, sorted by content. `paragraphs` are its parts and
/// `sentences` those of the parts, both in order.
#[must_use]
pub(super) fn find_quotations(
    text: &str,
    paragraphs: &[Span],
    sentences: &[Span],
    mentions: &[Mention],
    timexes: &[Timex],
) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    for &paragraph in paragraphs {
        let quotes = quote::quoted(text, paragraph);
        let first = found.len();
        let from = sentences.partition_point(|sentence| sentence.start < paragraph.start);
        let inside = sentences[from..].iter();
        let inside = inside.take_while(|sentence| sentence.start < paragraph.end);
        for &sentence in inside.filter(|sentence| paragraph.contains(**sentence)) {
            let words = Words::of(text, sentence, mentions, timexes);
            let Some(mut quotation) = in_sentence(&words, sentence, &quotes) else {
                continue;
            };
            if is_pronoun(quotation.speaker.of(text)) {
                quotation.mention = antecedent(mentions, found.last(), quotation.speaker);
            }
            found.push(quotation);
        }
        let more = continued(text, &quotes, &found[first..]);
        found.extend(more);
    }
    found.sort_unstable();
    found
}

/// The spans between quotation marks that are somebody's speech.
#[must_use]
pub(super) fn find_speech(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let quotes = paragraphs
        .iter()
        .flat_map(|part| quote::quoted(text, *part));
    quotes
        .filter(|quote| quote::is_speech(text, *quote))
        .collect()
}

fn is_pronoun(words: &str) -> bool {
    ["he", "she"]
        .iter()
        .any(|pronoun| words.eq_ignore_ascii_case(pronoun))
}

/// "he said" goes on with the speaker before when that is a person and nobody else was named in between.
fn antecedent(mentions: &[Mention], last: Option<&Quotation>, pronoun: Span) -> Option<usize> {
    let speaker = last?.mention?;
    let is_person = |mention: &Mention| mention.kind == EntityKind::Person;
    let since = last?.speaker.end.max(last?.cue.end);
    let between = Span::new(since.min(pronoun.start), pronoun.start);
    let mut others = inside(mentions, between, |mention| mention.span);
    let alone = !others.any(|(_, other)| is_person(other));
    (is_person(&mentions[speaker]) && alone).then_some(speaker)
}

/// Quotations of a paragraph beyond those with a cue of their own, when one speaker speaks in it.
fn continued(text: &str, quotes: &[Span], found: &[Quotation]) -> Vec<Quotation> {
    let Some(first) = found.iter().find(|q| q.kind == QuotationKind::Direct) else {
        return Vec::new();
    };
    let alone = found
        .iter()
        .all(|q| q.speaker == first.speaker || q.mention == first.mention);
    let taken = Cover::of(found.iter().map(|q| q.content));
    let rest = quotes.iter().filter(|quote| {
        let is_later = quote.start > first.cue.start;
        alone && is_later && !taken.overlaps(**quote) && quote::is_speech(text, **quote)
    });
    rest.map(|quote| Quotation {
        content: *quote,
        denies: false,
        ..*first
    })
    .collect()
}

/// The first quotation of a sentence.
fn in_sentence(words: &Words<'_>, sentence: Span, quotes: &[Span]) -> Option<Quotation> {
    let is_quoted = |i: usize| {
        let token = words.tokens[i];
        let quote = quotes.partition_point(|quote| quote.end < token.end);
        quotes.get(quote).is_some_and(|quote| quote.contains(token))
    };
    if let Some(found) = headed(words, quotes) {
        return Some(found);
    }
    let is_free = |i: &usize| !is_quoted(*i) && !words.in_mention(*i);
    (0..words.len()).filter(is_free).find_map(|i| {
        if words.lower(i) == "according" && words.lower(i + 1) == "to" {
            return according(words, sentence, i);
        }
        let verb = cue::verb(words.lower(i))?;
        inverted(words, sentence, quotes, i, verb)
            .or_else(|| trailing(words, sentence, quotes, i, verb))
            .or_else(|| leading(words, sentence, quotes, i, verb))
    })
}

/// `Surgeon: "They could not breathe"`: a speaker, a colon, speech.
fn headed(words: &Words<'_>, quotes: &[Span]) -> Option<Quotation> {
    let colon = (1..words.len().min(6)).find(|&i| words.lower(i) == ":")?;
    let content = opening_at(words, quotes, colon + 1)?;
    let speaker = speaker::before(words, colon)?;
    (speaker.first == 0).then(|| Quotation {
        content,
        kind: QuotationKind::Direct,
        speaker: speaker.span,
        mention: speaker.mention,
        cue: words.tokens[colon],
        denies: false,
    })
}

/// The speech that opens at a token.
fn opening_at(words: &Words<'_>, quotes: &[Span], token: usize) -> Option<Span> {
    let mark = words.tokens.get(token)?;
    let is_mark = matches!(mark.of(words.text), "\"" | "“");
    let at = quotes.binary_search_by_key(&mark.end, |quote| quote.start);
    let opened = at.ok().filter(|_| is_mark).map(|at| quotes[at]);
    opened.filter(|quote| quote::is_speech(words.text, *quote))
}

/// "…, said X" and "… ," she said's mirror image.
fn inverted(
    words: &Words<'_>,
    sentence: Span,
    quotes: &[Span],
    at: usize,
    verb: Verb,
) -> Option<Quotation> {
    let mark = at.checked_sub(1).filter(|&i| is_closing(words.lower(i)))?;
    // "told" is never turned round, nor is "Ruiz, who runs the port, said Berg had left".
    let comma = words.lower(mark) == ",";
    let aside = comma && (speaker::has_aside(words, at) || speaker::is_named_aside(words, mark));
    // "Berg warns Oslo": whom, not who, unless speech ends before it.
    let to_somebody = comma && verb.addresses;
    if verb.frame == Frame::Addressee || aside || to_somebody {
        return None;
    }
    let speaker = speaker::after(words, at)?;
    // "…, says Oslo bombed Bergen": the name begins what is said.
    let next = speaker.last + 1;
    let ends = matches!(words.lower(next), "" | "?" | "!") || is_edge(words.lower(next));
    if !ends && !cue::is_preposition(words.lower(next)) && !words.in_timex(next) {
        return None;
    }
    let (content, kind) = content_before(words, sentence, quotes, mark)?;
    Some(quotation(words, content, kind, speaker, at, verb))
}

/// "…, X said".
fn trailing(
    words: &Words<'_>,
    sentence: Span,
    quotes: &[Span],
    at: usize,
    verb: Verb,
) -> Option<Quotation> {
    let speaker = speaker::before(words, at)?;
    let mark = speaker
        .first
        .checked_sub(1)
        .filter(|&i| is_closing(words.lower(i)))?;
    let next = words.lower(at + 1);
    if next == ":" {
        return None;
    }
    let quoted = words.lower(mark) != ",";
    let ends = quoted || next.is_empty() || is_edge(next) || cue::is_preposition(next);
    let ends = (ends && next != "that") || at + 1 < words.len() && words.in_timex(at + 1);
    if !ends {
        return None;
    }
    let (content, kind) = content_before(words, sentence, quotes, mark)?;
    Some(quotation(words, content, kind, speaker, at, verb))
}

fn is_closing(word: &str) -> bool {
    matches!(word, "," | "”" | "\"")
}

/// The reporting verbs of `part`: what follows one is somebody's speech, another clause.
/// A word of a name is none: "the United States".
pub(super) fn speech_verbs(text: &str, part: Span, mentions: &[Mention]) -> Vec<Span> {
    let from = mentions.partition_point(|mention| mention.span.end <= part.start);
    let named = |token: Span| {
        let mut near = mentions[from..].iter();
        let mut near = near
            .by_ref()
            .take_while(|mention| mention.span.start < token.end);
        near.any(|mention| mention.span.contains(token))
    };
    let tokens = super::tokenize(text, part);
    let is_verb =
        |token: &Span| cue::verb(&token.of(text).to_lowercase()).is_some() && !named(*token);
    tokens.into_iter().filter(is_verb).collect()
}

/// What stands before the comma or mark at a token: the speech that closes there, else the sentence so far.
fn content_before(
    words: &Words<'_>,
    sentence: Span,
    quotes: &[Span],
    mark: usize,
) -> Option<(Span, QuotationKind)> {
    let end = words.tokens[mark].start;
    let near = quotes.partition_point(|quote| quote.end + 6 < end);
    let closing = quotes.get(near).filter(|quote| quote.end <= end);
    if let Some(quote) = closing.filter(|quote| quote::is_speech(words.text, **quote)) {
        return Some((*quote, QuotationKind::Direct));
    }
    let content = Span::new(sentence.start, end);
    let enough = content.of(words.text).split_whitespace().nth(3).is_some();
    enough.then_some((content, QuotationKind::Indirect))
}

/// "X said (that) …", "X told Y that …", "X reported that …".
fn leading(
    words: &Words<'_>,
    sentence: Span,
    quotes: &[Span],
    at: usize,
    verb: Verb,
) -> Option<Quotation> {
    let speaker = speaker::before(words, at)?;
    let that = (at + 1..(at + 10).min(words.len()))
        .take_while(|&i| !is_edge(words.lower(i)) || words.lower(i) == "that")
        .find(|&i| words.lower(i) == "that" && !is_pronominal(words, i));
    let mut from = at + 1;
    if let Some(that) = that {
        from = that + 1;
    } else {
        while from < words.len() && (words.in_timex(from) || words.lower(from) == "on") {
            from += 1;
        }
        if matches!(words.lower(from), ":" | ",")
            && let Some(speech) = opening_at(words, quotes, from + 1)
        {
            return Some(quotation(
                words,
                speech,
                QuotationKind::Direct,
                speaker,
                at,
                verb,
            ));
        }
        let perfect = is_perfect(words, from);
        if !perfect && (verb.frame != Frame::Clause || !is_clause_start(words.lower(from))) {
            return None;
        }
    }
    if let Some(speech) = opening_at(words, quotes, from) {
        return Some(quotation(
            words,
            speech,
            QuotationKind::Direct,
            speaker,
            at,
            verb,
        ));
    }
    let start = words.tokens.get(from)?.start;
    let content = Span::new(start, sentence.end);
    let enough = content.of(words.text).split_whitespace().nth(2).is_some();
    enough.then(|| quotation(words, content, QuotationKind::Indirect, speaker, at, verb))
}

/// "claims to have won", "denies having lost": what is said has happened, if it has.
fn is_perfect(words: &Words<'_>, from: usize) -> bool {
    let (first, next) = (words.lower(from), words.lower(from + 1));
    first == "to" && next == "have" || matches!(first, "having" | "being") && !next.is_empty()
}

/// "said that." and "said that night" hold a pronoun or a determiner.
fn is_pronominal(words: &Words<'_>, that: usize) -> bool {
    let next = words.lower(that + 1);
    next.is_empty() || matches!(next, "." | "," | ";") || words.in_timex(that)
}

/// "said to be", "said of him", "said nothing" tell no content.
fn is_clause_start(word: &str) -> bool {
    !word.is_empty()
        && !is_edge(word)
        && !cue::is_preposition(word)
        && !matches!(word, "nothing" | "so" | "little" | "much" | "yes" | "no")
}

/// "according to X".
fn according(words: &Words<'_>, sentence: Span, at: usize) -> Option<Quotation> {
    let speaker = speaker::after(words, at + 1)?;
    let mark = (speaker.last + 1..words.len()).find(|&i| words.lower(i) == ",");
    let content = if at == 0 {
        Span::new(words.tokens.get(mark? + 1)?.start, sentence.end)
    } else {
        Span::new(sentence.start, words.tokens[at].start)
    };
    Some(Quotation {
        content: trimmed(words.text, content)?,
        kind: QuotationKind::Indirect,
        speaker: speaker.span,
        mention: speaker.mention,
        cue: Span::new(words.tokens[at].start, words.tokens[at + 1].end),
        denies: false,
    })
}

fn quotation(
    words: &Words<'_>,
    content: Span,
    kind: QuotationKind,
    speaker: Speaker,
    at: usize,
    verb: Verb,
) -> Quotation {
    Quotation {
        content: trimmed(words.text, content).unwrap_or(content),
        kind,
        speaker: speaker.span,
        mention: speaker.mention,
        cue: words.tokens[at],
        denies: verb.denies,
    }
}

/// Without white space and commas at its edges; `None` when nothing is left.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let is_loose = |c: char| c.is_whitespace() || c == ',';
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start_matches(is_loose).len());
    let end = start + words.trim_matches(is_loose).len();
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests;
