//! Text in, tokens of the time grammar out: words with their [`Lex`], numbers with their form,
//! punctuation marks one by one.
//!
//! Numbers are read here with what belongs to them ("2,000", "2.5", "21st", "1990s"), and line
//! breaks that end a paragraph stay visible.

use super::lex::{Form, Lex, lex_of};
use super::tokens::Token;

/// Reads one token at byte `at` (or skips white space) and returns where the next one begins.
pub(super) fn read_token(text: &str, at: usize, end: usize, list: &mut Vec<Token>) -> usize {
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
    use super::super::tokens::Tokens;
    use super::*;
    use crate::span::Span;

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
