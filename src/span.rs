//! Byte spans: half-open ranges of a document's text, shared by every stage.
//!
//! Inside Annals a span always counts **bytes** and always lies on character boundaries. Offsets in
//! Unicode code points exist only at the edges (`annals extract`, `annals eval`), where
//! [`CodePoints`] converts them.

use serde::{Deserialize, Serialize};

/// A half-open byte range `start..end` of a text.
///
/// ```
/// let span = annals::Span::new(0, 5);
/// assert_eq!(span.of("Syria calls"), "Syria");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from its first byte to one past its last.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The words of `text` under this span.
    ///
    /// # Panics
    /// When the span is not one of `text`: out of bounds or inside a character.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }

    /// Number of bytes covered.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub const fn contains(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(&self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span moved `by` bytes to the right.
    #[must_use]
    pub const fn shifted(&self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

/// Spans, in any order and however they overlap, that are asked about many others.
pub(crate) struct Cover {
    /// Sorted.
    starts: Vec<usize>,
    /// The furthest end of the spans up to each start.
    reaches: Vec<usize>,
}

impl Cover {
    pub(crate) fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let ends = spans.iter().scan(0, |furthest: &mut usize, span| {
            *furthest = span.end.max(*furthest);
            Some(*furthest)
        });
        Self {
            reaches: ends.collect(),
            starts: spans.iter().map(|span| span.start).collect(),
        }
    }

    /// Whether one of the spans has the whole of another.
    pub(crate) fn contains(&self, other: Span) -> bool {
        let before = self.starts.partition_point(|start| *start <= other.start);
        before > 0 && self.reaches[before - 1] >= other.end
    }

    /// Whether one of the spans shares a byte with another.
    pub(crate) fn overlaps(&self, other: Span) -> bool {
        let before = self.starts.partition_point(|start| *start < other.end);
        before > 0 && self.reaches[before - 1] > other.start
    }
}

/// What lies wholly inside a span, with its place, among things that are sorted and do not overlap.
pub(crate) fn inside<T>(
    things: &[T],
    part: Span,
    span_of: impl Fn(&T) -> Span,
) -> impl Iterator<Item = (usize, &T)> {
    let from = things.partition_point(|thing| span_of(thing).start < part.start);
    let to = things.partition_point(|thing| span_of(thing).end <= part.end);
    let range = from..to.max(from);
    range.clone().zip(&things[range])
}

/// Converts byte offsets of one text to code-point offsets.
///
/// Offsets may be asked for in any order; each lookup is a binary search over a table with one
/// row for every non-ASCII character, so ASCII text costs nothing.
#[derive(Debug)]
pub struct CodePoints {
    /// (byte offset after a multi-byte character, surplus bytes up to there)
    surplus: Vec<(usize, usize)>,
}

impl CodePoints {
    /// Prepares the table of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut total = 0;
        let surplus = text
            .char_indices()
            .filter(|(_, c)| c.len_utf8() > 1)
            .map(|(at, c)| {
                total += c.len_utf8() - 1;
                (at + c.len_utf8(), total)
            })
            .collect();
        Self { surplus }
    }

    /// The code-point offset of a byte offset.
    ///
    /// ```
    /// let points = annals::CodePoints::new("Łódź calls");
    /// assert_eq!(points.of_byte("Łódź".len()), 4);
    /// ```
    #[must_use]
    pub fn of_byte(&self, byte: usize) -> usize {
        let before = self.surplus.partition_point(|(end, _)| *end <= byte);
        byte - before.checked_sub(1).map_or(0, |row| self.surplus[row].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_lies_inside_is_found_by_its_place() {
        let words = [Span::new(0, 3), Span::new(4, 6), Span::new(6, 9)];
        let found = |start, end| {
            let found = inside(&words, Span::new(start, end), |word| *word);
            found.map(|(place, _)| place).collect::<Vec<_>>()
        };
        assert_eq!(found(0, 9), [0, 1, 2]);
        assert_eq!(found(1, 8), [1]);
        assert_eq!(found(7, 8), [] as [usize; 0]);
    }

    proptest! {
        #[test]
        fn code_points_agree_with_counting(text in ".{0,40}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(byte), count);
            }
            prop_assert_eq!(points.of_byte(text.len()), text.chars().count());
        }
    }

    proptest::proptest! {
        #[test]
        fn a_cover_answers_as_its_spans_do(
            all in proptest::collection::vec((0_usize..40, 1_usize..10), 0..12),
            (start, length) in (0_usize..40, 1_usize..10),
        ) {
            let span = |(start, length)| Span::new(start, start + length);
            let (all, asked): (Vec<Span>, Span) = (all.into_iter().map(span).collect(), span((start, length)));
            let cover = Cover::of(all.iter().copied());
            assert_eq!(cover.contains(asked), all.iter().any(|other| other.contains(asked)));
            assert_eq!(cover.overlaps(asked), all.iter().any(|other| other.overlaps(asked)));
        }
    }
}
