//! A sentence as its tokens, with the mentions and times that lie on them.

use std::ops::Range;

use crate::extract::{Mention, Timex, tokenize};
use crate::span::Span;

/// The tokens of one sentence, counted from 0. What lies on each is looked up once: what is taken for one sentence
/// can be a whole document.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Span>,
    pub(super) mentions: &'a [Mention],
    /// The mentions that can lie in the sentence, by their places.
    near: Range<usize>,
    /// What lies on each token.
    on: Vec<On>,
    lower: Vec<String>,
}

/// What lies on a token.
#[derive(Clone, Copy, Default)]
struct On {
    timex: bool,
    mention: bool,
    /// The mention that it begins.
    starting: Option<usize>,
    /// The mention that it ends.
    ending: Option<usize>,
}

/// The places of what can lie in a sentence among things sorted by `start`: what starts in it, and the one before.
fn near<T>(things: &[T], sentence: Span, start: impl Fn(&T) -> usize) -> Range<usize> {
    let from = things.partition_point(|thing| start(thing) < sentence.start);
    let to = things.partition_point(|thing| start(thing) < sentence.end);
    from.saturating_sub(1)..to
}

/// The places of the tokens that lie wholly inside a span.
fn tokens_in(tokens: &[Span], span: Span) -> Range<usize> {
    let from = tokens.partition_point(|token| token.start < span.start);
    let to = tokens.partition_point(|token| token.end <= span.end);
    from..to.max(from)
}

impl<'a> Words<'a> {
    pub(super) fn of(
        text: &'a str,
        sentence: Span,
        mentions: &'a [Mention],
        timexes: &[Timex],
    ) -> Self {
        let tokens = tokenize(text, sentence);
        let lower = tokens.iter().map(|t| t.of(text).to_lowercase()).collect();
        let mut on = vec![On::default(); tokens.len()];
        for timex in &timexes[near(timexes, sentence, |timex| timex.span.start)] {
            for token in &mut on[tokens_in(&tokens, timex.span)] {
                token.timex = true;
            }
        }
        let near = near(mentions, sentence, |mention| mention.span.start);
        for place in near.clone() {
            let span = mentions[place].span;
            let covered = tokens_in(&tokens, span);
            for token in &mut on[covered] {
                token.mention = true;
            }
            if let Ok(first) = tokens.binary_search_by_key(&span.start, |token| token.start) {
                on[first].starting.get_or_insert(place);
            }
            if let Ok(last) = tokens.binary_search_by_key(&span.end, |token| token.end) {
                on[last].ending.get_or_insert(place);
            }
        }
        Self {
            text,
            tokens,
            mentions,
            near,
            on,
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
        self.on.get(i).is_some_and(|on| on.timex)
    }

    /// Whether a token is part of a name.
    pub(super) fn in_mention(&self, i: usize) -> bool {
        self.on[i].mention
    }

    /// The mention whose last token this is.
    pub(super) fn mention_ending(&self, i: usize) -> Option<usize> {
        self.on[i].ending
    }

    /// The mention whose first token this is.
    pub(super) fn mention_starting(&self, i: usize) -> Option<usize> {
        self.on[i].starting
    }

    /// The mention that covers a phrase but for its article.
    pub(super) fn mention_over(&self, span: Span) -> Option<usize> {
        let words = span.of(self.text);
        let bare = ["the ", "The "]
            .iter()
            .find_map(|article| words.strip_prefix(article))
            .unwrap_or(words);
        let bare = Span::new(span.end - bare.len(), span.end);
        let near = &self.mentions[self.near.clone()];
        [span, bare].into_iter().find_map(|wanted| {
            let found = near.binary_search_by_key(&wanted, |mention| mention.span);
            found.ok().map(|place| self.near.start + place)
        })
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
