//! Versions and revisions as one list of reports, every one after what it supersedes or revises.

use std::collections::BTreeMap;

use crate::inspect::{HistoryEntry, UpdateEntry};

/// A report as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) title: String,
    /// When it was stored or published, as the graph has it.
    pub(super) date: Option<String>,
    /// Whether its text is in the store, or only its title.
    pub(super) is_held: bool,
    /// Whether a newer version replaced it.
    pub(super) is_superseded: bool,
    /// Whether it is a version and the newest.
    pub(super) is_current: bool,
    /// What it revises: quantity, old and new value.
    pub(super) changes: Vec<String>,
}

/// Reports and which of them supersede or revise which, as (newer, older) places in the list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reports {
    pub(super) list: Vec<Report>,
    pub(super) superseding: Vec<(usize, usize)>,
    pub(super) revising: Vec<(usize, usize)>,
}

impl Reports {
    pub(super) fn of(versions: &[HistoryEntry], updates: &[UpdateEntry]) -> Self {
        let mut found = Found::default();
        versions.iter().for_each(|version| found.version(version));
        updates.iter().for_each(|update| found.update(update));
        found.in_order()
    }
}

/// Reports in the order in which they were met.
#[derive(Default)]
struct Found {
    places: BTreeMap<String, usize>,
    reports: Reports,
}

impl Found {
    fn place(&mut self, iri: &str, title: &str, date: Option<&String>) -> usize {
        if let Some(place) = self.places.get(iri) {
            let known = &mut self.reports.list[*place];
            known.date = known.date.take().or_else(|| date.cloned());
            return *place;
        }
        let place = self.reports.list.len();
        self.places.insert(iri.to_owned(), place);
        self.reports.list.push(Report {
            title: title.to_owned(),
            date: date.cloned(),
            is_held: true,
            ..Report::default()
        });
        place
    }

    fn version(&mut self, version: &HistoryEntry) {
        let place = self.place(&version.document, &version.title, version.stored.as_ref());
        let report = &mut self.reports.list[place];
        report.title.clone_from(&version.title);
        report.is_held = version.is_held;
        report.is_superseded = !version.superseded_by.is_empty();
        report.is_current = !report.is_superseded;
        for newer in &version.superseded_by {
            let newer = self.place(newer, newer, None);
            self.reports.superseding.push((newer, place));
        }
    }

    fn update(&mut self, update: &UpdateEntry) {
        let older = self.place(
            &update.updates,
            &update.updated_title,
            update.updated_date.as_ref(),
        );
        let newer = self.place(&update.document, &update.title, update.date.as_ref());
        let change = format!("{}: {} → {}", update.quantity, update.old, update.new);
        self.reports.list[newer].changes.push(change);
        self.reports.revising.push((newer, older));
    }

    /// The reports with the older first: again and again the earliest of those that supersede and
    /// revise only what is placed; a cycle goes as it was met.
    fn in_order(self) -> Reports {
        let Reports {
            list,
            superseding,
            revising,
        } = self.reports;
        let links: Vec<(usize, usize)> = superseding.iter().chain(&revising).copied().collect();
        let mut left: Vec<usize> = (0..list.len()).collect();
        let mut order = Vec::with_capacity(list.len());
        while !left.is_empty() {
            let is_ready = |at: usize| {
                let mut older = links.iter().filter(|(newer, _)| *newer == at);
                older.all(|(_, older)| *older == at || !left.contains(older))
            };
            let key = |at: &usize| (!is_ready(*at), list[*at].date.clone(), *at);
            let Some(next) = left.iter().copied().min_by_key(key) else {
                break;
            };
            left.retain(|at| *at != next);
            order.push(next);
        }
        let mut place = vec![0; list.len()];
        for (at, number) in order.iter().enumerate() {
            place[*number] = at;
        }
        let placed = |links: Vec<(usize, usize)>| {
            let mut links: Vec<(usize, usize)> = links
                .into_iter()
                .map(|(newer, older)| (place[newer], place[older]))
                .filter(|(newer, older)| newer != older)
                .collect();
            links.sort_unstable();
            links.dedup();
            links
        };
        Reports {
            superseding: placed(superseding),
            revising: placed(revising),
            list: order.into_iter().map(|at| list[at].clone()).collect(),
        }
    }
}
