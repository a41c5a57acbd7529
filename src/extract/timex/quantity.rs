//! Quantities in front of units: "18", "two and a half", "a dozen", "several".

use super::lex::{Form, Lex};
use super::tokens::Tokens;

/// A quantity, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Quantity {
    /// Counted; halves are kept as half units.
    Exact {
        /// Twice the number, so that halves stay whole.
        halves: i32,
    },
    /// Written with another decimal fraction ("1.25").
    Decimal(String),
    /// "several"
    Unknown,
}

impl Quantity {
    pub(super) const fn of(whole: i32) -> Self {
        Self::Exact {
            halves: whole.saturating_mul(2),
        }
    }

    /// The number, when it is whole.
    pub(super) const fn whole(&self) -> Option<i32> {
        match self {
            Self::Exact { halves } if *halves % 2 == 0 => Some(*halves / 2),
            _ => None,
        }
    }

    /// The same quantity and a half more.
    pub(super) fn and_a_half(self) -> Self {
        match self {
            Self::Exact { halves } => Self::Exact {
                halves: halves.saturating_add(1),
            },
            other => other,
        }
    }

    /// As TIMEX3 writes it, `times` larger: `2.5`, `18`, `X`.
    pub(super) fn written(&self, times: i32) -> String {
        match self {
            Self::Exact { halves } => {
                let halves = halves.saturating_mul(times);
                let fraction = if halves % 2 == 0 { "" } else { ".5" };
                format!("{}{fraction}", halves / 2)
            }
            Self::Decimal(text) if times == 1 => text.clone(),
            _ => "X".to_owned(),
        }
    }
}

/// The quantity that begins at token `i`, and one past its last token. "a" and "an" are not read
/// here: whether they count depends on the unit.
pub(super) fn quantity(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, usize)> {
    let (quantity, end) = vague(tokens, i)
        .or_else(|| digits(tokens, i))
        .or_else(|| words(tokens, i))?;
    Some(with_half(tokens, quantity, end))
}

/// "few", "a few", "a couple of", "dozens of"
fn vague(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, usize)> {
    let a = usize::from(tokens.lex(i) == Lex::A);
    let end = match tokens.lex(i + a) {
        Lex::Some => i + a + 1,
        Lex::Other
            if matches!(tokens.lex_before(i), Lex::Deixis(_)) && tokens.is(i, &["couple"]) =>
        {
            tokens.skip(i + 1, &["of"])
        }
        Lex::Key
            if a == 0
                && tokens.is(i, &["dozens", "hundreds", "scores"])
                && tokens.is(i + 1, &["of"]) =>
        {
            i + 2
        }
        Lex::Other if a == 1 && tokens.is(i + 1, &["couple", "number", "handful"]) => {
            tokens.skip(i + 2, &["of"])
        }
        _ => return None,
    };
    Some((Quantity::Unknown, end))
}

fn digits(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, usize)> {
    let quantity = match tokens.lex(i) {
        Lex::Number(value, Form::Digits(_) | Form::Grouped) => {
            Quantity::of(i32::try_from(value).ok()?)
        }
        Lex::Number(value, Form::Decimal) if tokens.word(i).ends_with(".5") => {
            Quantity::of(i32::try_from(value).ok()?).and_a_half()
        }
        Lex::Number(_, Form::Decimal) => Quantity::Decimal(tokens.word(i).to_owned()),
        _ => return None,
    };
    if tokens.is_punct(i + 1, '½') {
        return Some((quantity.and_a_half(), i + 2));
    }
    Some((quantity, i + 1))
}

/// "twenty-five", "one hundred and fifty", "a dozen", "half a dozen"
fn words(tokens: &Tokens<'_>, i: usize) -> Option<(Quantity, usize)> {
    if tokens.lex(i) == Lex::Half && tokens.lex(i + 1) == Lex::A && tokens.is(i + 2, &["dozen"]) {
        return Some((Quantity::of(6), i + 3));
    }
    let (mut value, mut at) = match (tokens.lex(i), tokens.lex(i + 1)) {
        (Lex::A, Lex::Cardinal(large @ (12 | 100))) if !tokens.is(i + 1, &["twelve"]) => {
            (large, i + 2)
        }
        (Lex::Cardinal(value), _) => below_hundred(tokens, value, i + 1),
        _ => return None,
    };
    if let Lex::Cardinal(large @ (12 | 100)) = tokens.lex(at)
        && !tokens.is(at, &["twelve"])
    {
        value = value.saturating_mul(large);
        at += 1;
        let rest = tokens.skip(at, &["and"]);
        if let (100, Lex::Cardinal(more)) = (large, tokens.lex(rest)) {
            let (more, end) = below_hundred(tokens, more, rest + 1);
            return Some((Quantity::of(i32::from(value.saturating_add(more))), end));
        }
    }
    Some((Quantity::of(i32::from(value)), at))
}

/// Adds the ones to the tens: "twenty-five".
fn below_hundred(tokens: &Tokens<'_>, value: u16, at: usize) -> (u16, usize) {
    let next = tokens.skip_punct(at, '-');
    match tokens.lex(next) {
        Lex::Cardinal(ones @ 1..=9) if (20..100).contains(&value) && value.is_multiple_of(10) => {
            (value + ones, next + 1)
        }
        _ => (value, at),
    }
}

/// "and a half", "-and-a-half", "1/2" after a number.
fn with_half(tokens: &Tokens<'_>, quantity: Quantity, end: usize) -> (Quantity, usize) {
    if quantity == Quantity::Unknown {
        return (quantity, end);
    }
    if let Some(after) = and_a_half(tokens, end) {
        return (quantity.and_a_half(), after);
    }
    let fraction =
        tokens.is(end, &["1"]) && tokens.is_punct(end + 1, '/') && tokens.is(end + 2, &["2"]);
    if fraction {
        (quantity.and_a_half(), end + 3)
    } else {
        (quantity, end)
    }
}

/// One past "and a half" at token `i`.
pub(super) fn and_a_half(tokens: &Tokens<'_>, i: usize) -> Option<usize> {
    let and = tokens.skip_punct(i, '-');
    if !tokens.is(and, &["and"]) {
        return None;
    }
    let a = tokens.skip_punct(and + 1, '-');
    let half = tokens.skip_punct(a + 1, '-');
    (tokens.lex(a) == Lex::A && tokens.lex(half) == Lex::Half).then_some(half + 1)
}
