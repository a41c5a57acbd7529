//! What resolution knows of an entity: its type and its names.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNodeRef, Quad};

use super::iri::Namespace;
use super::vocab::{annals, skos};
use crate::extract::EntityKind;
use crate::resolve::{Entity, Naming};

/// The quads of an entity, all in `annals:inferred`.
#[must_use]
pub fn entity_quads(entity: &Entity, namespace: &Namespace) -> Vec<Quad> {
    let node = namespace.iri(entity.id.as_str());
    let quad = |predicate: NamedNodeRef<'_>, object: oxigraph::model::Term| {
        Quad::new(node.clone(), predicate, object, annals::INFERRED)
    };
    let names = entity.aliases.iter().map(|alias| (skos::ALT_LABEL, alias));
    let names = std::iter::once((skos::PREF_LABEL, &entity.name)).chain(names);
    let names = names.map(|(term, name)| quad(term, Literal::new_simple_literal(name).into()));
    std::iter::once(quad(rdf::TYPE, class_of(entity.naming).into_owned().into()))
        .chain(names)
        .collect()
}

/// The class of a kind of entity.
#[must_use]
pub(super) fn class_of(naming: Naming) -> NamedNodeRef<'static> {
    match naming {
        Naming::Entity(EntityKind::Person) => annals::PERSON,
        Naming::Entity(EntityKind::Place) => annals::PLACE,
        Naming::Entity(EntityKind::Organization) => annals::ORGANIZATION,
        Naming::Storyline => annals::STORYLINE,
        Naming::Concept => annals::CONCEPT,
    }
}
