//! Mentions that another program found in a document, and what they are to Annals' own.

use serde::{Deserialize, Serialize};

use super::Mention;
use crate::span::{Cover, Span};

/// Mentions from outside, sorted, without overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideMentions {
    /// The mentions, as byte spans of the document's text.
    pub mentions: Vec<Mention>,
    /// What they are to Annals' own.
    pub mode: OutsideMode,
}

/// What mentions from outside are to Annals' own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideMode {
    /// They take the place of Annals' own.
    Replace,
    /// Those that overlap none of Annals' own join them.
    Add,
}

impl OutsideMentions {
    /// The mentions of the parts that are read, joined with Annals' own where they are to be.
    pub(super) fn joined(
        &self,
        parts: &[Span],
        own: impl FnOnce() -> Vec<Mention>,
    ) -> Vec<Mention> {
        let parts = Cover::of(parts.iter().copied());
        let outside = self.mentions.iter().copied();
        let outside = outside.filter(|mention| parts.contains(mention.span));
        match self.mode {
            OutsideMode::Replace => outside.collect(),
            OutsideMode::Add => {
                let mut all = own();
                let taken = Cover::of(all.iter().map(|own| own.span));
                let free = |mention: &Mention| !taken.overlaps(mention.span);
                let added: Vec<Mention> = outside.filter(free).collect();
                all.extend(added);
                all.sort_unstable();
                all
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::EntityKind;

    fn at(start: usize, end: usize) -> Mention {
        Mention {
            span: Span::new(start, end),
            kind: EntityKind::Place,
        }
    }

    #[test]
    fn own_mentions_win_when_others_are_added() {
        let outside = |mode| OutsideMentions {
            mentions: vec![at(0, 4), at(6, 8), at(20, 22)],
            mode,
        };
        let parts = [Span::new(0, 10)];
        let add = outside(OutsideMode::Add).joined(&parts, || vec![at(2, 5)]);
        assert_eq!(add, [at(2, 5), at(6, 8)]);
        let replace = outside(OutsideMode::Replace).joined(&parts, || panic!("not asked for"));
        assert_eq!(replace, [at(0, 4), at(6, 8)]);
    }
}
