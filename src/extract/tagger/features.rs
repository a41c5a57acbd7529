//! The features of one token: names of what is seen, as 64-bit hashes.
//!
//! A feature is a template number mixed with the values it combines. The order and numbering of
//! templates are part of the model format: a change here needs a new model.

use super::document::{OBSERVATIONS, Observations};
use super::sentence::{Run, Sentence, Style};
use super::word::{Case, Word};
use crate::extract::hash::mix;

/// Stands for a word before the first or after the last.
const EDGE: u64 = 0x5EED;

/// Calls `emit` with each feature of the token at `at`.
pub(super) fn features(
    sentence: &Sentence<'_>,
    seen: &Observations,
    at: usize,
    emit: &mut impl FnMut(u64),
) {
    let view = View { sentence, seen, at };
    view.words(emit);
    view.forms(emit);
    view.phrases(emit);
    view.runs(emit);
    view.document(emit);
    view.distribution(emit);
}

struct View<'a> {
    sentence: &'a Sentence<'a>,
    seen: &'a Observations,
    at: usize,
}

/// A feature of one value.
#[inline]
fn one(template: u64, value: u64) -> u64 {
    mix(mix(0, template), value)
}

/// A feature of two values.
#[inline]
fn two(template: u64, first: u64, second: u64) -> u64 {
    mix(one(template, first), second)
}

/// A feature of three values.
#[inline]
fn three(template: u64, first: u64, second: u64, third: u64) -> u64 {
    mix(two(template, first, second), third)
}

impl View<'_> {
    fn word(&self, offset: isize) -> Option<&Word> {
        self.sentence.words.get(self.at.checked_add_signed(offset)?)
    }

    fn lower(&self, offset: isize) -> u64 {
        self.word(offset).map_or(EDGE, |word| word.lower)
    }

    fn shape(&self, offset: isize) -> u64 {
        self.word(offset).map_or(EDGE, |word| word.shape)
    }

    fn classes(&self, offset: isize) -> u32 {
        self.at
            .checked_add_signed(offset)
            .and_then(|at| self.sentence.single.get(at))
            .copied()
            .unwrap_or(0)
    }

    fn style(&self) -> u64 {
        match self.sentence.style {
            Style::Prose => 0,
            Style::Headline => 1,
            Style::Capitals => 2,
        }
    }

    /// The token itself and its neighbours.
    fn words(&self, emit: &mut impl FnMut(u64)) {
        let [l2, l1, l0, r1, r2] = [-2, -1, 0, 1, 2].map(|offset| self.lower(offset));
        let shape = self.shape(0);
        let exact = self.word(0).map_or(0, |word| word.exact);
        emit(one(0, 0));
        emit(one(1, exact));
        emit(one(2, l0));
        emit(one(3, l1));
        emit(one(4, r1));
        emit(one(5, l2));
        emit(one(6, r2));
        emit(two(7, l1, l0));
        emit(two(8, l0, r1));
        emit(two(9, l1, r1));
        emit(two(10, l1, shape));
        emit(two(11, shape, r1));
        emit(three(12, l2, l1, shape));
        emit(three(13, shape, r1, r2));
        emit(three(14, l1, shape, r1));
        emit(two(15, self.lower(-3), shape));
        emit(two(16, self.lower(3), shape));
    }

    /// Affixes and shapes.
    fn forms(&self, emit: &mut impl FnMut(u64)) {
        let Some(word) = self.word(0) else { return };
        let [s2, s1, s0, t1, t2] = [-2, -1, 0, 1, 2].map(|offset| self.shape(offset));
        for (length, (&prefix, &suffix)) in (0u64..).zip(word.prefixes.iter().zip(&word.suffixes)) {
            emit(three(20, length, prefix, u64::from(word.case.is_capital())));
            emit(three(21, length, suffix, u64::from(word.case.is_capital())));
        }
        let first = u64::from(self.at == 0);
        emit(three(22, s0, first, self.style()));
        emit(two(23, s1, s0));
        emit(two(24, s0, t1));
        emit(three(25, s1, s0, t1));
        emit(mix(three(26, s2, s1, s0), t1));
        emit(mix(three(27, s1, s0, t1), t2));
        if let Some(before) = self.word(-1) {
            emit(two(28, before.suffixes[2], s0));
        }
        if let Some(after) = self.word(1) {
            emit(two(29, after.suffixes[2], s0));
        }
    }

    /// Known phrases.
    fn phrases(&self, emit: &mut impl FnMut(u64)) {
        let (single, phrase) = (self.classes(0), self.sentence.phrase[self.at]);
        let capital = u64::from(self.word(0).is_some_and(|word| word.case.is_capital()));
        let start = u64::from(self.sentence.phrase_start[self.at]);
        for bit in bits(single) {
            emit(two(30, bit, capital));
        }
        for bit in bits(phrase) {
            emit(three(31, bit, start, capital));
        }
        emit(three(32, u64::from(single), u64::from(phrase), capital));
        let (before, after) = (u64::from(self.classes(-1)), u64::from(self.classes(1)));
        emit(three(33, before, u64::from(single), capital));
        emit(three(34, u64::from(single), after, capital));
        emit(two(35, before, self.shape(0)));
        emit(two(36, after, self.shape(0)));
        emit(mix(three(37, before, u64::from(single), after), capital));
        emit(two(38, u64::from(self.classes(-2)), self.shape(0)));
        emit(two(39, u64::from(self.classes(2)), self.shape(0)));
    }

    /// The run of capitalised words around the token.
    fn runs(&self, emit: &mut impl FnMut(u64)) {
        let run = self.sentence.runs[self.at];
        let long = self.sentence.long_runs[self.at];
        if run.end == 0 {
            if long.end != 0 {
                self.run_ends(60, long, emit);
            }
            return;
        }
        self.run_ends(40, run, emit);
        if long != run {
            self.run_ends(50, long, emit);
        }
    }

    fn run_ends(&self, template: u64, run: Run, emit: &mut impl FnMut(u64)) {
        let words = self.sentence.words;
        let outside = |at: Option<usize>| {
            at.and_then(|at| words.get(at))
                .map_or(EDGE, |word| word.lower)
        };
        let (first, last) = (&words[run.start], &words[run.end - 1]);
        let length = (run.end - run.start).min(6) as u64;
        let from_start = (self.at - run.start).min(3) as u64;
        let to_end = (run.end - 1 - self.at).min(3) as u64;
        let place = from_start * 4 + to_end;
        let (before, after) = (outside(run.start.checked_sub(1)), outside(Some(run.end)));
        emit(three(template, length, place, self.style()));
        emit(two(template + 1, last.lower, to_end));
        emit(two(template + 2, first.lower, from_start));
        emit(two(template + 3, before, place));
        emit(two(template + 4, after, place));
        emit(three(template + 5, before, after, place));
        let classes = u64::from(self.sentence.single[run.end - 1]);
        let opening = u64::from(self.sentence.single[run.start]);
        emit(two(template + 6, classes, to_end));
        emit(two(template + 7, opening, from_start));
        emit(three(template + 8, opening, classes, place));
        emit(three(
            template + 9,
            outside(Some(run.end)),
            outside(Some(run.end + 1)),
            length.min(3),
        ));
    }

    /// The company that the words keep in other text.
    fn distribution(&self, emit: &mut impl FnMut(u64)) {
        let class = |offset: isize| {
            let at = self.at.checked_add_signed(offset)?;
            self.sentence.classes.get(at).copied()
        };
        let [l1, own, r1] = [-1, 0, 1].map(|offset| class(offset).unwrap_or_default());
        let shape = self.shape(0);
        emit(two(80, u64::from(own.fine), shape));
        emit(two(81, u64::from(own.coarse), shape));
        emit(two(82, u64::from(l1.fine), shape));
        emit(two(83, u64::from(r1.fine), shape));
        emit(three(
            84,
            u64::from(l1.coarse),
            u64::from(own.coarse),
            shape,
        ));
        emit(three(
            85,
            u64::from(own.coarse),
            u64::from(r1.coarse),
            shape,
        ));
        emit(three(86, u64::from(l1.coarse), u64::from(r1.coarse), shape));
        let run = self.sentence.runs[self.at];
        if run.end > run.start + 1 {
            let (first, last) = (
                self.sentence.classes[run.start],
                self.sentence.classes[run.end - 1],
            );
            emit(three(
                87,
                u64::from(last.fine),
                (run.end - 1 - self.at).min(3) as u64,
                0,
            ));
            emit(three(
                88,
                u64::from(first.fine),
                (self.at - run.start).min(3) as u64,
                0,
            ));
        }
    }

    /// What the document says of the word elsewhere.
    fn document(&self, emit: &mut impl FnMut(u64)) {
        let Some(word) = self.word(0) else { return };
        if !word.case.is_capital() {
            return;
        }
        let mask = self.seen.of(word);
        let case = u64::from(word.case == Case::Upper) * 3 + self.style();
        for bit in 0..OBSERVATIONS as u64 {
            if mask & (1 << bit) != 0 {
                emit(two(70, bit, case));
            }
        }
        emit(two(71, u64::from(mask), case));
        for (template, offset) in [(72, -1), (73, 1)] {
            if let Some(other) = self.word(offset).filter(|word| word.case.is_capital()) {
                emit(three(
                    template,
                    u64::from(self.seen.of(other)),
                    u64::from(mask & 1),
                    self.style(),
                ));
            }
        }
    }
}

/// The positions of the bits that are set.
fn bits(mut mask: u32) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || {
        let bit = mask.trailing_zeros();
        (bit < 32).then(|| {
            mask &= mask - 1;
            u64::from(bit)
        })
    })
}
