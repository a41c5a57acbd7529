//! A sentence as its tokens, with the mentions and times that lie on them.

use std::ops::Range;

use crate::extract::{Mention, Timex, tokenize};
use crate::span::Span;

/// The tokens of one sentence, counted from 0.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Span>,
    pub(super) mentions: &'a [Mention],
    /// The mentions that can lie in the sentence, by their places.
    near: Range<usize>,
    /// The times that can lie in the sentence.
    timexes: &'a [Timex],
    lower: Vec<String>,
}

/// The places of what can lie in a sentence among things sorted by `start`: what starts in it, and the one before.
fn near<T>(things: &[T], sentence: Span, start: impl Fn(&T) -> usize) -> Range<usize> {
    let from = things.partition_point(|thing| start(thing) < sentence.start);
    let to = things.partition_point(|thing| start(thing) < sentence.end);
    from.saturating_sub(1)..to
}

impl<'a> Words<'a> {
    pub(super) fn of(
        text: &'a str,
        sentence: Span,
        mentions: &'a [Mention],
        timexes: &'a [Timex],
    ) -> Self {
        let tokens = tokenize(text, sentence);
        let lower = tokens.iter().map(|t| t.of(text).to_lowercase()).collect();
        Self {
            text,
            tokens,
            mentions,
            near: near(mentions, sentence, |mention| mention.span.start),
            timexes: &timexes[near(timexes, sentence, |timex| timex.span.start)],
            lower,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// A token in lower case; empty beyond the last.
    pub(super) fn lower(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.tokens[i].of(self.text).starts_with(char::is_uppercase)
    }

    /// Whether a token lies in a time expression; none beyond the last does.
    pub(super) fn in_timex(&self, i: usize) -> bool {
        self.tokens
            .get(i)
            .is_some_and(|token| self.timexes.iter().any(|timex| timex.span.contains(*token)))
    }

    /// Whether a token is part of a name.
    pub(super) fn in_mention(&self, i: usize) -> bool {
        let token = self.tokens[i];
        self.mention_where(|span| span.contains(token)).is_some()
    }

    /// The mention whose last token this is.
    pub(super) fn mention_ending(&self, i: usize) -> Option<usize> {
        let end = self.tokens[i].end;
        self.mention_where(|span| span.end == end)
    }

    /// The mention whose first token this is.
    pub(super) fn mention_starting(&self, i: usize) -> Option<usize> {
        let start = self.tokens[i].start;
        self.mention_where(|span| span.start == start)
    }

    fn mention_where(&self, fits: impl Fn(Span) -> bool) -> Option<usize> {
        let mut near = self.near.clone();
        near.find(|&place| fits(self.mentions[place].span))
    }

    /// The mention that covers a phrase but for its article.
    pub(super) fn mention_over(&self, span: Span) -> Option<usize> {
        let words = span.of(self.text);
        let bare = ["the ", "The "]
            .iter()
            .find_map(|article| words.strip_prefix(article))
            .unwrap_or(words);
        let bare = Span::new(span.end - bare.len(), span.end);
        self.mention_where(|found| found == bare || found == span)
    }

    pub(super) fn first_of(&self, mention: usize) -> usize {
        let start = self.mentions[mention].span.start;
        self.tokens.partition_point(|token| token.start < start)
    }

    pub(super) fn last_of(&self, mention: usize) -> usize {
        let end = self.mentions[mention].span.end;
        self.tokens.partition_point(|token| token.end < end)
    }
}
