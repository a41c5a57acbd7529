//! When each path was last changed: notes in, the paths that have been left alone long enough out. Knows
//! neither files nor the clock.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Paths that have changed and were not handed back yet.
#[derive(Debug, Default)]
pub(super) struct Changes {
    last: BTreeMap<PathBuf, Instant>,
}

impl Changes {
    /// Notes that a path has changed.
    pub(super) fn note(&mut self, path: PathBuf, now: Instant) {
        self.last.insert(path, now);
    }

    /// Notes a path that was come across, unless it is noted already.
    pub(super) fn come_across(&mut self, path: PathBuf, now: Instant) {
        self.last.entry(path).or_insert(now);
    }

    /// Takes out the paths that have not changed for so long, sorted. Whether others go on changing does
    /// not matter.
    pub(super) fn take_settled(&mut self, now: Instant, settle: Duration) -> Vec<PathBuf> {
        let is_settled = |last: Instant| now.duration_since(last) >= settle;
        let all = self.last.iter();
        let settled = all.filter(|(_, last)| is_settled(**last));
        let settled: Vec<PathBuf> = settled.map(|(path, _)| path.clone()).collect();
        self.last.retain(|_, last| !is_settled(*last));
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_settles_while_others_change() {
        let start = Instant::now();
        let at = |second| start + Duration::from_secs(second);
        let settle = Duration::from_secs(2);
        let mut changes = Changes::default();
        changes.note("first".into(), at(0));
        changes.note("second".into(), at(1));
        assert!(changes.take_settled(at(1), settle).is_empty());
        changes.note("third".into(), at(2));
        assert_eq!(
            changes.take_settled(at(2), settle),
            [PathBuf::from("first")]
        );
        changes.note("second".into(), at(3));
        changes.come_across("third".into(), at(3));
        assert_eq!(
            changes.take_settled(at(4), settle),
            [PathBuf::from("third")]
        );
        assert_eq!(
            changes.take_settled(at(5), settle),
            [PathBuf::from("second")]
        );
        assert!(changes.take_settled(at(9), settle).is_empty(), "each once");
    }
}
