//! The tokens of the time grammar, as the rules look at them: any index has an answer, and
//! sentences have ends.
//!
//! [`reader`](super::reader) makes them; they are not the tagger's tokens.

use super::lex::{Lex, Unit};
use super::reader::read_token;
use crate::span::Span;

/// One token: byte offsets in the text and its class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) lex: Lex,
}

/// The tokens of one part of a text.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// Reads the tokens of `text` under `part`; offsets are those of the whole text.
    pub(super) fn read(text: &'t str, part: Span) -> Self {
        let mut list = Vec::with_capacity(part.len() / 5);
        let mut at = part.start;
        let end = part.end;
        while at < end {
            at = read_token(text, at, end, &mut list);
        }
        Self { text, list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The class of token `i`; [`Lex::End`] when there is none.
    pub(super) fn lex(&self, i: usize) -> Lex {
        self.list.get(i).map_or(Lex::End, |token| token.lex)
    }

    /// The class of the token before `i`.
    pub(super) fn lex_before(&self, i: usize) -> Lex {
        i.checked_sub(1).map_or(Lex::End, |before| self.lex(before))
    }

    /// The letters of token `i`; empty when there is none.
    pub(super) fn word(&self, i: usize) -> &'t str {
        self.list
            .get(i)
            .map_or("", |token| &self.text[token.start..token.end])
    }

    /// The letters of the token `back` places before `i`.
    pub(super) fn word_before(&self, i: usize, back: usize) -> &'t str {
        i.checked_sub(back).map_or("", |before| self.word(before))
    }

    /// Whether token `i` is one of `words` (lower case, compared without case).
    pub(super) fn is(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    /// Whether the token before `i` is one of `words`.
    pub(super) fn is_before(&self, i: usize, words: &[&str]) -> bool {
        i.checked_sub(1)
            .is_some_and(|before| self.is(before, words))
    }

    pub(super) fn is_punct(&self, i: usize, mark: char) -> bool {
        self.lex(i) == Lex::Punct(mark)
    }

    /// Whether token `i` follows its neighbour without a space.
    pub(super) fn glued(&self, i: usize) -> bool {
        match (
            i.checked_sub(1).and_then(|b| self.list.get(b)),
            self.list.get(i),
        ) {
            (Some(before), Some(token)) => {
                before.end == token.start && before.lex != Lex::Break && token.lex != Lex::Break
            }
            _ => false,
        }
    }

    /// Whether token `i` begins with a capital letter.
    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.word(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether token `i` opens a sentence or a line.
    pub(super) fn opens_sentence(&self, i: usize) -> bool {
        match self.lex_before(i) {
            Lex::End | Lex::Break | Lex::Punct('.' | '!' | '?' | ':' | '—') => true,
            Lex::Punct('"' | '“' | '\'') => {
                i < 2 || matches!(self.lex(i - 2), Lex::Break | Lex::Punct(_))
            }
            _ => false,
        }
    }

    /// The index after an optional `mark` at `i`.
    pub(super) fn skip_punct(&self, i: usize, mark: char) -> usize {
        i + usize::from(self.is_punct(i, mark))
    }

    /// The index after an optional one of `words` at `i`.
    pub(super) fn skip(&self, i: usize, words: &[&str]) -> usize {
        i + usize::from(self.is(i, words))
    }

    /// The calendar unit at `i` and whether it is plural; knows that "second" is one.
    pub(super) fn unit(&self, i: usize) -> Option<(Unit, bool)> {
        match self.lex(i) {
            Lex::Unit(unit) => Some((unit, false)),
            Lex::Units(unit) => Some((unit, true)),
            Lex::Ordinal(2) if self.is(i, &["second"]) => Some((Unit::Second, false)),
            _ => None,
        }
    }

    /// The byte span of tokens `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.list[from].start, self.list[to - 1].end)
    }

    /// The first token of the sentence around token `i`, looking back at most `limit` tokens.
    pub(super) fn sentence_start(&self, i: usize, limit: usize) -> usize {
        let lowest = i.saturating_sub(limit);
        (lowest + 1..=i)
            .rev()
            .find(|&at| self.ends_sentence(at - 1))
            .unwrap_or(lowest)
    }

    /// One past the last token of the sentence around token `i`, looking at most `limit` tokens on.
    pub(super) fn sentence_end(&self, i: usize, limit: usize) -> usize {
        let highest = (i + limit).min(self.len());
        (i..highest)
            .find(|&at| self.ends_sentence(at))
            .unwrap_or(highest)
    }

    /// Whether a sentence ends with token `i`: a final mark before a capital, or a line's end.
    fn ends_sentence(&self, i: usize) -> bool {
        match self.lex(i) {
            Lex::Break | Lex::Punct('!' | '?') => true,
            Lex::Punct('.') => {
                !self.glued(i + 1)
                    && self.is_capital(i + 1)
                    && self.word_before(i, 1).len() > 1
                    && !matches!(
                        self.lex_before(i),
                        Lex::ShortMonth(_) | Lex::ShortWeekday(_)
                    )
                    && !self.is_before(
                        i,
                        &[
                            "mr", "mrs", "ms", "dr", "gen", "st", "lt", "col", "sen", "rep", "gov",
                        ],
                    )
            }
            _ => false,
        }
    }
}
