//! A sentence as its tokens, with the mentions and times that lie on them.

use crate::extract::{Mention, Timex, tokenize};
use crate::span::Span;

/// The tokens of one sentence, counted from 0.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Span>,
    pub(super) mentions: &'a [Mention],
    timexes: &'a [Timex],
    lower: Vec<String>,
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
            timexes,
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

    pub(super) fn in_timex(&self, i: usize) -> bool {
        self.timexes
            .iter()
            .any(|timex| timex.span.contains(self.tokens[i]))
    }

    /// The mention whose last token this is.
    pub(super) fn mention_ending(&self, i: usize) -> Option<usize> {
        let end = self.tokens[i].end;
        self.mentions
            .iter()
            .position(|mention| mention.span.end == end)
    }

    /// The mention whose first token this is.
    pub(super) fn mention_starting(&self, i: usize) -> Option<usize> {
        let start = self.tokens[i].start;
        self.mentions
            .iter()
            .position(|mention| mention.span.start == start)
    }

    /// The mention that covers a phrase but for its article.
    pub(super) fn mention_over(&self, span: Span) -> Option<usize> {
        let words = span.of(self.text);
        let bare = ["the ", "The "]
            .iter()
            .find_map(|article| words.strip_prefix(article))
            .unwrap_or(words);
        let bare = Span::new(span.end - bare.len(), span.end);
        self.mentions
            .iter()
            .position(|mention| mention.span == bare || mention.span == span)
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
