//! Entries as JSON: an array of them, or, where grouped, an array of groups in the same order.

use std::io::Write;

use serde::Serialize;

use super::{ExportError, write_json};
use crate::timeline::{Entry, Timeline};

/// The entries of one day, month or year.
#[derive(Serialize)]
struct Group<'a> {
    /// `2015-10-02`, `2015-10` or `2015`; null for those whose year is unknown.
    period: Option<&'a str>,
    entries: &'a [Entry],
}

/// Writes the entries, or their groups.
pub(super) fn write(timeline: &Timeline, out: &mut impl Write) -> Result<(), ExportError> {
    let Some(by) = timeline.by else {
        return write_json(&timeline.entries, out);
    };
    let groups = timeline
        .entries
        .chunk_by(|a, b| by.group(a) == by.group(b))
        .map(|entries| Group {
            period: entries.first().and_then(|entry| by.group(entry)),
            entries,
        });
    write_json(&groups.collect::<Vec<_>>(), out)
}
