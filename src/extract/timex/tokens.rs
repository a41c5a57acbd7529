//! Text in, the tokens of the time grammar out: words with their [`Lex`], numbers with their form,
//! punctuation marks one by one.
//!
//! These are not the tagger's tokens: numbers are read here ("2,000", "2.5", "21st", "1990s"),
//! and line breaks that end a paragraph stay visible. The rules look at tokens through
//! [`Tokens`], which answers for any index.

use super::lex::{Form, Lex, Unit, lex_of};
use crate::span::Span;

/// One token: byte offsets in the text and its class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    start: usize,
    end: usize,
    lex: Lex,
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
            Lex::End | Lex::Break => true,
            Lex::Punct('.' | '!' | '?' | ':' | '—') => true,
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
            Lex::Break => true,
            Lex::Punct('!' | '?') => true,
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

/// Reads one token at byte `at` (or skips white space) and returns where the next one begins.
fn read_token(text: &str, at: usize, end: usize, list: &mut Vec<Token>) -> usize {
    let bytes = text.as_bytes();
    let first = bytes[at];
    if first.is_ascii_alphabetic() {
        return read_word(text, at, end, list);
    }
    match first {
        b' ' | b'\t' => at + 1,
        b'\n' | b'\r' => read_break(bytes, at, end, list),
        b'0'..=b'9' => read_number(text, at, end, list),
        _ => read_char(text, at, end, list),
    }
}

fn read_word(text: &str, start: usize, end: usize, list: &mut Vec<Token>) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < end && bytes[at].is_ascii_alphanumeric() {
        at += 1;
    }
    if at < end && bytes[at] >= 0x80 {
        let more = foreign_letters(&text[at..end]);
        if more > 0 {
            list.push(Token {
                start,
                end: at + more,
                lex: Lex::Other,
            });
            return at + more;
        }
    }
    let mut lex = lex_of(&text[start..at]);
    if matches!(
        lex,
        Lex::Month(_) | Lex::ShortMonth(_) | Lex::ShortWeekday(_)
    ) {
        lex = if bytes[start].is_ascii_uppercase() {
            lex
        } else {
            uncapitalised(lex)
        };
    }
    list.push(Token {
        start,
        end: at,
        lex,
    });
    at
}

/// A month or weekday written small: "march", "may", "august" and the short forms are other words.
fn uncapitalised(lex: Lex) -> Lex {
    match lex {
        Lex::Month(3 | 5 | 8) | Lex::ShortMonth(_) | Lex::ShortWeekday(_) => Lex::Other,
        _ => lex,
    }
}

/// Bytes of the letters (any script) and digits at the beginning of `rest`.
fn foreign_letters(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric())
        .unwrap_or(rest.len())
}

fn read_char(text: &str, at: usize, end: usize, list: &mut Vec<Token>) -> usize {
    let rest = &text[at..end];
    let Some(mark) = rest.chars().next() else {
        return end;
    };
    if mark.is_alphanumeric() {
        let letters = foreign_letters(rest);
        list.push(Token {
            start: at,
            end: at + letters,
            lex: Lex::Other,
        });
        return at + letters;
    }
    let next = at + mark.len_utf8();
    if !mark.is_whitespace() {
        let mark = match mark {
            '‐' | '‑' | '‒' | '–' => '-',
            '’' | '‘' | '`' => '\'',
            other => other,
        };
        list.push(Token {
            start: at,
            end: next,
            lex: Lex::Punct(mark),
        });
    }
    next
}

/// A line break counts unless it only wraps a line in the middle of a sentence.
fn read_break(bytes: &[u8], start: usize, end: usize, list: &mut Vec<Token>) -> usize {
    let mut at = start;
    let mut lines = 0;
    while at < end && bytes[at].is_ascii_whitespace() {
        lines += usize::from(bytes[at] == b'\n');
        at += 1;
    }
    let wraps = lines == 1
        && at < end
        && (bytes[at].is_ascii_lowercase() || bytes[at].is_ascii_digit())
        && start > 0
        && (bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b',');
    if !wraps {
        list.push(Token {
            start,
            end: at,
            lex: Lex::Break,
        });
    }
    at
}

/// Digits with what belongs to them: separators, an ordinal ending, the "s" of a decade.
fn read_number(text: &str, start: usize, end: usize, list: &mut Vec<Token>) -> usize {
    let bytes = &text.as_bytes()[..end];
    let mut at = digits_end(bytes, start);
    let mut value = number(&bytes[start..at]);
    let mut form = Form::Digits(u8::try_from(at - start).unwrap_or(u8::MAX));
    while at - start <= 3 || form == Form::Grouped {
        let group = digits_end(bytes, at + 1);
        if bytes.get(at) != Some(&b',') || group != at + 4 {
            break;
        }
        value = value
            .saturating_mul(1000)
            .saturating_add(number(&bytes[at + 1..group]));
        form = Form::Grouped;
        at = group;
    }
    let fraction = digits_end(bytes, at + 1);
    if bytes.get(at) == Some(&b'.') && fraction > at + 1 && !dotted_date(bytes, start, fraction) {
        form = Form::Decimal;
        at = fraction;
    }
    let lex = Lex::Number(value, form);
    let (lex, at) = with_ending(bytes, at, value, form).unwrap_or((lex, at));
    list.push(Token {
        start,
        end: at,
        lex,
    });
    at
}

/// Whether "27.03" before `at` goes on as a date ("27.03.2016") or hangs on an earlier part of one.
fn dotted_date(bytes: &[u8], start: usize, at: usize) -> bool {
    let goes_on = bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    let hangs_on = start > 1 && bytes[start - 1] == b'.' && bytes[start - 2].is_ascii_digit();
    goes_on || hangs_on
}

/// "21st" and "1990s": the letters glued to the digits, when nothing else follows.
fn with_ending(bytes: &[u8], at: usize, value: u32, form: Form) -> Option<(Lex, usize)> {
    let Form::Digits(count) = form else {
        return None;
    };
    let letters = bytes[at..]
        .iter()
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    let value = u16::try_from(value).ok()?;
    let ending = bytes[at..at + letters].to_ascii_lowercase();
    match ending.as_slice() {
        b"st" | b"nd" | b"rd" | b"th" => Some((Lex::Ordinal(value), at + 2)),
        b"s" if value % 10 == 0 && (count == 4 || (count == 2 && value > 0)) => {
            Some((Lex::Decade(value), at + 1))
        }
        _ => None,
    }
}

fn digits_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0_u32, |value, digit| {
        value
            .saturating_mul(10)
            .saturating_add(u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(text: &str) -> Vec<Lex> {
        let tokens = Tokens::read(text, Span::new(0, text.len()));
        (0..tokens.len()).map(|i| tokens.lex(i)).collect()
    }

    #[test]
    fn numbers_keep_their_form() {
        assert_eq!(classes("2,000"), [Lex::Number(2000, Form::Grouped)]);
        assert_eq!(classes("2.5"), [Lex::Number(2, Form::Decimal)]);
        assert_eq!(classes("21st"), [Lex::Ordinal(21)]);
        assert_eq!(classes("1990s"), [Lex::Decade(1990)]);
        assert_eq!(classes("27.03.2016").len(), 5);
        assert_eq!(classes("March 3, 2016").len(), 4);
    }

    #[test]
    fn small_march_is_no_month() {
        assert_eq!(classes("march"), [Lex::Other]);
        assert_eq!(classes("MARCH"), [Lex::Month(3)]);
    }

    #[test]
    fn a_wrapped_line_is_no_break() {
        assert_eq!(classes("last\nweek").len(), 2);
        assert_eq!(classes("since 1992\nJanuary").len(), 4);
    }
}
