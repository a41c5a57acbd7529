//! Whether a store is as it should be: its journal whole, and graph and index what follows from it.

use std::path::Path;

use super::derivation::Derivation;
use super::report::Noted;
use crate::store::{Access, Damage, Graph, Store, StoreError};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What is not as it should be.
    pub damages: Vec<Damage>,
    /// How many segments at the journal's end graph or index have not seen: an ingest was broken off, and
    /// the next command that opens the store derives them. That is no damage.
    pub underived: u64,
    /// How many segments the journal has.
    pub segments: u64,
}

impl From<Vec<Damage>> for Checked {
    fn from(damages: Vec<Damage>) -> Self {
        Self {
            damages,
            ..Self::default()
        }
    }
}

/// Looks for damage in a store: in the journal, whatever state the rest is in; then, where that is whole,
/// in what is derived from it, as far as each part has seen the journal. Nothing is written. While documents
/// wait for a consolidation, graph and index are compared with what was written, not with what
/// follows from the journal.
///
/// # Errors
/// When there is no store, another process is writing, or its settings or manifest cannot be read.
pub fn check(path: &Path) -> Result<Checked, StoreError> {
    let store = match Store::open(path, Access::Read) {
        // An index that cannot be opened is damage, and no reason not to look at the journal.
        Err(StoreError::Index(error)) => {
            let mut damages = Store::check_journal_of(path)?;
            damages.push(damage("index", &error));
            return Ok(damages.into());
        }
        other => other?,
    };
    let mut damages = store.check_journal();
    let (index, graph) = (store.index.position(), graph_position(&store));
    damages.extend(index.as_ref().err().map(|error| damage("index", error)));
    damages.extend(graph.as_ref().err().map(|error| damage("graph", error)));
    let (Ok(index), Ok(graph)) = (index, graph) else {
        return Ok(damages.into());
    };
    if !damages.is_empty() {
        return Ok(damages.into());
    }
    let segments = store.journal.position();
    let seen = graph.map_or(index, |graph| graph.min(index));
    Ok(Checked {
        damages: check_derived(&store, index, graph)?,
        underived: segments.saturating_sub(seen),
        segments,
    })
}

/// A part that cannot be looked at is damaged.
fn damage(part: &'static str, error: &impl ToString) -> Damage {
    let what = error.to_string();
    Damage { part, what }
}

/// Where the graph stands; `None` where it lives in memory.
fn graph_position(store: &Store) -> Result<Option<u64>, StoreError> {
    if Graph::is_durable() {
        Ok(Some(store.graph()?.position()?))
    } else {
        Ok(None)
    }
}

fn check_derived(store: &Store, index: u64, graph: Option<u64>) -> Result<Vec<Damage>, StoreError> {
    if Noted::of(&store.index)?.waiting > 0 {
        return Ok(store.check_written(Derivation::SHARED_GRAPHS));
    }
    let derivation = Derivation::until(store, index)?;
    let mut found = match graph {
        None => Vec::new(),
        Some(position) if position == index => store.check_graph(&derivation),
        Some(position) => store.check_graph(&Derivation::until(store, position)?),
    };
    found.extend(store.check_index(&derivation));
    Ok(found)
}
