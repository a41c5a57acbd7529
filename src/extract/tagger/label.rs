//! Token labels: BILOU over three kinds of entity, thirteen in all.
//!
//! Mentions to labels and back, and which label may follow which.

use crate::extract::{EntityKind, Mention};
use crate::span::Span;

/// Number of labels.
pub(super) const LABELS: usize = 13;
/// Outside any mention.
pub(super) const OUTSIDE: usize = 0;

/// The kinds in label order.
pub(super) const KINDS: [EntityKind; 3] = [
    EntityKind::Person,
    EntityKind::Place,
    EntityKind::Organization,
];

/// Where in its mention a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Begin,
    Inside,
    Last,
    Unit,
}

/// The label of a token at `part` of a mention of `kind`.
pub(super) fn label(kind: EntityKind, part: Part) -> usize {
    1 + 4 * kind as usize + part as usize
}

/// The kind and part of a label; `None` for [`OUTSIDE`].
pub(super) fn parts(label: usize) -> Option<(EntityKind, Part)> {
    let index = label.checked_sub(1)?;
    let part = [Part::Begin, Part::Inside, Part::Last, Part::Unit][index % 4];
    Some((KINDS[index / 4], part))
}

/// Whether a mention is open after this label.
fn opens(label: usize) -> Option<EntityKind> {
    parts(label)
        .filter(|(_, part)| matches!(part, Part::Begin | Part::Inside))
        .map(|(kind, _)| kind)
}

/// Whether this label continues an open mention.
fn continues(label: usize) -> Option<EntityKind> {
    parts(label)
        .filter(|(_, part)| matches!(part, Part::Inside | Part::Last))
        .map(|(kind, _)| kind)
}

/// Whether `next` may follow `label`.
pub(super) fn may_follow(label: usize, next: usize) -> bool {
    opens(label) == continues(next)
}

/// Whether a sentence may begin with this label.
pub(super) fn may_begin(label: usize) -> bool {
    continues(label).is_none()
}

/// Whether a sentence may end with this label.
pub(super) fn may_end(label: usize) -> bool {
    opens(label).is_none()
}

/// The labels of a sentence's tokens. Mentions must be sorted; one that covers no whole token, or
/// only part of one, takes the tokens it overlaps.
pub(super) fn encode(tokens: &[Span], mentions: &[Mention]) -> Vec<usize> {
    let mut labels = vec![OUTSIDE; tokens.len()];
    for mention in mentions {
        let first = tokens.partition_point(|token| token.end <= mention.span.start);
        let end = tokens.partition_point(|token| token.start < mention.span.end);
        for (at, found) in labels.iter_mut().enumerate().take(end).skip(first) {
            let part = match (at == first, at + 1 == end) {
                (true, true) => Part::Unit,
                (true, false) => Part::Begin,
                (false, true) => Part::Last,
                (false, false) => Part::Inside,
            };
            *found = label(mention.kind, part);
        }
    }
    labels
}

/// The mentions that a legal sequence of labels stands for.
pub(super) fn decode(tokens: &[Span], labels: &[usize], mentions: &mut Vec<Mention>) {
    let mut start = 0;
    for (token, &label) in tokens.iter().zip(labels) {
        let Some((kind, part)) = parts(label) else {
            continue;
        };
        if matches!(part, Part::Begin | Part::Unit) {
            start = token.start;
        }
        if matches!(part, Part::Last | Part::Unit) {
            mentions.push(Mention {
                span: Span::new(start, token.end),
                kind,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_decoding_are_inverse() {
        let tokens: Vec<Span> = (0..6).map(|at| Span::new(at * 3, at * 3 + 2)).collect();
        let mentions = vec![
            Mention {
                span: Span::new(0, 2),
                kind: EntityKind::Person,
            },
            Mention {
                span: Span::new(3, 8),
                kind: EntityKind::Place,
            },
            Mention {
                span: Span::new(9, 17),
                kind: EntityKind::Organization,
            },
        ];
        let labels = encode(&tokens, &mentions);
        assert!(may_begin(labels[0]) && may_end(labels[5]));
        assert!(labels.windows(2).all(|pair| may_follow(pair[0], pair[1])));
        let mut decoded = Vec::new();
        decode(&tokens, &labels, &mut decoded);
        assert_eq!(decoded, mentions);
    }
}
