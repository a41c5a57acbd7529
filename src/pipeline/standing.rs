//! What a store has established already, looked up in its index: which entity bears a name, which
//! event a telling tells.

use crate::decision::NameRef;
use crate::extract::EntityKind;
use crate::id::{EntityId, EventId};
use crate::rdf::Namespace;
use crate::record::{EventRecord, NameRecord};
use crate::resolve::{Established, EstablishedName, Naming};
use crate::store::{Hit, Index, RecordKind, StoreError};

use super::records::{naming_word, told_key};

/// A store's index as what is established.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    pub(super) index: &'a Index,
    pub(super) namespace: &'a Namespace,
    /// How many events the store has.
    pub(super) events: usize,
}

impl Standing<'_> {
    /// The names that have a key, with what the index keeps of their bearers.
    fn named(&self, key: &str) -> Result<Vec<NameRecord>, StoreError> {
        let hits = self.index.lookup(RecordKind::Name, key)?;
        Ok(hits.iter().filter_map(read).collect())
    }

    /// The events that a telling tells, by its key: more than one only in a damaged store.
    pub(super) fn told(&self, telling: &str) -> Result<Vec<EventRecord>, StoreError> {
        let hits = self.index.lookup(RecordKind::Event, &told_key(telling))?;
        Ok(hits.iter().filter_map(read).collect())
    }
}

fn read<T: serde::de::DeserializeOwned>(hit: &Hit) -> Option<T> {
    serde_json::from_str(&hit.stored).ok()
}

impl Established for Standing<'_> {
    /// An index that cannot be read knows nothing: a new entity is then made, until all is derived
    /// again.
    fn name(&self, name: &NameRef) -> Option<EstablishedName> {
        let bearers = self.named(&name.key).ok()?;
        let best = bearers
            .iter()
            .filter_map(|bearer| Some((use_of(bearer, name)?, bearer)));
        let best = best.max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| y.iri.cmp(&x.iri)));
        let (_, bearer) = best?;
        Some(EstablishedName {
            id: EntityId::of_string(self.namespace.id(&bearer.iri)),
            naming: naming_of(&bearer.kind)?,
            name: bearer.name.clone(),
        })
    }

    fn event(&self, telling: &str) -> Option<EventId> {
        let known = self.told(telling).ok()?;
        let iris = known.iter().map(|record| record.event.as_str());
        let iri = iris.min()?;
        Some(EventId::of_string(self.namespace.id(iri)))
    }

    fn events(&self) -> usize {
        self.events
    }
}

/// How surely a record's entity bears a name: whether exactly this name as this kind of thing is
/// listed, then by how many documents. A context name belongs to whoever bears it.
fn use_of(bearer: &NameRecord, name: &NameRef) -> Option<(bool, usize)> {
    let same =
        |node: &NameRef| (&node.key, node.kind, &node.sense) == (&name.key, name.kind, &name.sense);
    let exact = bearer.surfaces.iter().filter(|surface| same(&surface.node));
    if let Some(documents) = exact.map(|surface| surface.documents).max() {
        return Some((true, documents));
    }
    let of_key = bearer
        .surfaces
        .iter()
        .filter(|surface| surface.node.key == name.key && surface.node.sense == name.sense);
    let documents = of_key.map(|surface| surface.documents).max()?;
    let fits = name.kind.is_none() || naming_of(&bearer.kind) == name.kind.map(Naming::Entity);
    fits.then_some((false, documents))
}

fn naming_of(word: &str) -> Option<Naming> {
    let all = [
        Naming::Entity(EntityKind::Person),
        Naming::Entity(EntityKind::Place),
        Naming::Entity(EntityKind::Organization),
        Naming::Storyline,
        Naming::Concept,
    ];
    all.into_iter().find(|naming| naming_word(*naming) == word)
}
