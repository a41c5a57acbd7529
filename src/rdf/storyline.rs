//! What resolution knows of storylines: their spans, which lie in which, and the events found to
//! belong to them. All of it is inferred; what documents state about storylines is written with
//! the documents.

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::iri::Namespace;
use super::vocab::{annals, sem};
use crate::resolve::Resolution;
use crate::resolve::storylines::{METHOD, Membership, Parent, Storyline};

/// The quads of all storylines, in `annals:inferred`.
pub fn storyline_quads<'a>(
    resolution: &'a Resolution,
    namespace: &'a Namespace,
) -> impl Iterator<Item = Quad> + 'a {
    let writer = Writer {
        resolution,
        namespace,
    };
    let list = resolution.storylines.list();
    let spans = list
        .iter()
        .flat_map(move |storyline| writer.span(storyline));
    let parents = list.iter().flat_map(move |storyline| {
        let nested = move |parent| writer.nesting(storyline, parent);
        storyline.parents.iter().flat_map(nested)
    });
    let found = resolution.storylines.memberships().iter();
    spans
        .chain(parents)
        .chain(found.flat_map(move |membership| writer.membership(membership)))
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    resolution: &'a Resolution,
    namespace: &'a Namespace,
}

impl Writer<'_> {
    fn span(self, storyline: &Storyline) -> Vec<Quad> {
        let Some(span) = storyline.span else {
            return Vec::new();
        };
        let node = self.entity(storyline.entity);
        let moment = |moment: jiff::civil::DateTime| {
            Literal::new_typed_literal(moment.to_string(), xsd::DATE_TIME)
        };
        let text = Literal::new_simple_literal;
        vec![
            inferred(&node, annals::DATE, text(span.edtf())),
            inferred(&node, annals::PRECISION, text(span.precision.to_string())),
            inferred(&node, annals::EARLIEST, moment(span.earliest)),
            inferred(&node, annals::LATEST, moment(span.latest)),
        ]
    }

    fn nesting(self, child: &Storyline, parent: &Parent) -> Vec<Quad> {
        let above = self.storyline(parent.storyline);
        let id = &self.resolution.entities.list()[child.entity].id;
        self.link(
            &above,
            &self.entity(child.entity),
            id.as_str(),
            parent.score,
            parent.method.name(),
        )
    }

    fn membership(self, membership: &Membership) -> Vec<Quad> {
        let event = &self.resolution.events[membership.event].id;
        let node = self.namespace.iri(event.as_str());
        let above = self.storyline(membership.storyline);
        let mut quads = self.link(&above, &node, event.as_str(), membership.score, METHOD);
        let link = link_node(&above, event.as_str());
        for &entity in &membership.shared {
            quads.push(inferred(&link, annals::SHARED_CONTEXT, self.entity(entity)));
        }
        for &member in &membership.support {
            let member = self
                .namespace
                .iri(self.resolution.events[member].id.as_str());
            quads.push(inferred(&link, annals::SUPPORT, member));
        }
        quads
    }

    /// The plain triple and the reason beside it.
    fn link(
        self,
        above: &NamedNode,
        below: &NamedNode,
        id: &str,
        score: f64,
        method: &str,
    ) -> Vec<Quad> {
        let link = link_node(above, id);
        // Two digits are all that a score can bear; the last bits may differ between machines. Not "0.50": a store
        // keeps the number and gives it back as "0.5".
        let score = Literal::from((score * 100.0).round() / 100.0);
        vec![
            inferred(above, sem::HAS_SUB_EVENT, below.clone()),
            inferred(&link, rdf::TYPE, annals::LINK.into_owned()),
            inferred(&link, annals::FROM, above.clone()),
            inferred(&link, annals::TO, below.clone()),
            inferred(&link, annals::SCORE, score),
            inferred(&link, annals::METHOD, Literal::new_simple_literal(method)),
        ]
    }

    fn storyline(self, place: usize) -> NamedNode {
        self.entity(self.resolution.storylines.list()[place].entity)
    }

    fn entity(self, entity: usize) -> NamedNode {
        self.namespace
            .iri(self.resolution.entities.list()[entity].id.as_str())
    }
}

/// A link is named by both its ends, so that no two can meet.
fn link_node(above: &NamedNode, id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#{id}", above.as_str()))
}

fn inferred(subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Quad {
    Quad::new(subject.clone(), predicate, object, annals::INFERRED)
}
