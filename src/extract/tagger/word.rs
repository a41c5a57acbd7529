//! What the features look at in one token: hashes of its forms, affixes and shape, and its case.

use crate::extract::hash::{fold, mix};
use crate::span::Span;

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// No letter or digit.
    Mark,
    /// Letters and digits, the first of them a digit.
    Number,
    /// `abc`.
    Lower,
    /// `Abc`.
    Capital,
    /// `A`.
    Initial,
    /// `ABC`, `U.S.`.
    Upper,
    /// `aBc`, `McDonald`.
    Mixed,
}

impl Case {
    /// Whether a name may be written so.
    pub(super) const fn is_capital(self) -> bool {
        matches!(
            self,
            Self::Capital | Self::Initial | Self::Upper | Self::Mixed
        )
    }
}

/// One token's properties.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Hash in lower case: [`lower_hash`](crate::extract::hash::lower_hash).
    pub(super) lower: u64,
    /// Hash as written.
    pub(super) exact: u64,
    /// Hash of the shape: `Xx`, `XX`, `d`, `X.X.`, runs shortened to two.
    pub(super) shape: u64,
    /// Hashes of the first one to four characters, in lower case.
    pub(super) prefixes: [u64; 4],
    /// Hashes of the last one to four characters, in lower case.
    pub(super) suffixes: [u64; 4],
    /// How it is written.
    pub(super) case: Case,
    /// The character, when it is only one.
    pub(super) mark: char,
    /// The first character in lower case.
    pub(super) first: u32,
}

impl Word {
    /// The hash of a word that is written as a name is.
    pub(super) fn name(&self) -> Option<u64> {
        self.case.is_capital().then_some(self.lower)
    }

    /// The properties of one token of `text`.
    pub(super) fn new(text: &str, token: Span) -> Self {
        let word = token.of(text);
        let mut found = Self {
            lower: 0,
            exact: 0,
            shape: 0,
            prefixes: [0; 4],
            suffixes: [0; 4],
            case: Case::Mark,
            mark: '\0',
            first: 0,
        };
        let (mut upper, mut lower, mut digits, mut length) = (0, 0, 0, 0);
        let mut first_upper = false;
        let mut run = ('\0', 0);
        for c in word.chars() {
            found.exact = mix(found.exact, u64::from(u32::from(c)));
            found.lower = mix(found.lower, u64::from(fold(c)));
            if length < 4 {
                found.prefixes[length] = found.lower;
            }
            let class = if c.is_lowercase() {
                lower += 1;
                'x'
            } else if c.is_uppercase() {
                upper += 1;
                first_upper |= length == 0;
                'X'
            } else if c.is_numeric() {
                digits += 1;
                'd'
            } else if c.is_alphabetic() {
                lower += 1;
                'o'
            } else {
                c
            };
            run = if class == run.0 {
                (class, run.1 + 1)
            } else {
                (class, 1)
            };
            if run.1 <= 2 {
                found.shape = mix(found.shape, u64::from(u32::from(class)));
            }
            if length == 0 {
                found.mark = c;
                found.first = fold(c);
            }
            length += 1;
        }
        if length > 1 {
            found.mark = '\0';
        }
        let mut suffix = 0;
        for (at, c) in word.chars().rev().take(4).enumerate() {
            suffix = mix(suffix, u64::from(fold(c)));
            found.suffixes[at] = suffix;
        }
        found.case = match (upper, lower, digits) {
            (0, 0, 0) => Case::Mark,
            (0, _, 0) => Case::Lower,
            (_, _, 1..) if word.starts_with(|c: char| c.is_numeric()) => Case::Number,
            (0, _, _) => Case::Lower,
            (1, 0, 0) if length == 1 => Case::Initial,
            (_, 0, _) => Case::Upper,
            (1, _, _) if first_upper => Case::Capital,
            _ => Case::Mixed,
        };
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Word::new(text, Span::new(0, text.len()))
    }

    #[test]
    fn cases() {
        for (text, case) in [
            ("the", Case::Lower),
            ("Syria", Case::Capital),
            ("UN", Case::Upper),
            ("U.S.", Case::Upper),
            ("J", Case::Initial),
            ("McCain", Case::Mixed),
            ("2017", Case::Number),
            (",", Case::Mark),
            ("eBay", Case::Mixed),
            ("Łódź", Case::Capital),
            ("20th", Case::Number),
            ("'s", Case::Lower),
        ] {
            assert_eq!(word(text).case, case, "{text}");
        }
    }

    #[test]
    fn case_is_in_the_exact_hash_only() {
        assert_eq!(word("PUTIN").lower, word("Putin").lower);
        assert_ne!(word("PUTIN").exact, word("Putin").exact);
        assert_eq!(word("Assad").shape, word("Putin").shape);
    }
}
