//! The user's decisions as quads, in the graph `annals:decisions`: what, about which names, by whom,
//! when and why; and whether a later decision took it back.

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::iri::Namespace;
use super::vocab::{annals, prov};
use crate::decision::{Choice, Decision};
use crate::id::slug;

/// The quads of all decisions, without repeats.
#[must_use]
pub fn decision_quads(decisions: &[Decision], namespace: &Namespace) -> Vec<Quad> {
    let mut quads: Vec<Quad> = decisions
        .iter()
        .flat_map(|decision| of_decision(decision, namespace))
        .collect();
    quads.sort_by_cached_key(ToString::to_string);
    quads.dedup();
    quads
}

fn of_decision(decision: &Decision, namespace: &Namespace) -> Vec<Quad> {
    let node = node(decision.number, namespace);
    let agent = agent(&decision.author, namespace);
    let time: Term = Literal::new_typed_literal(&decision.time, xsd::DATE_TIME).into();
    let mut said: Vec<(NamedNode, NamedNodeRef<'_>, Term)> = vec![
        (
            node.clone(),
            rdf::TYPE,
            annals::DECISION_CLASS.into_owned().into(),
        ),
        (node.clone(), annals::DECISION, text(decision.choice.word())),
        (node.clone(), prov::WAS_ATTRIBUTED_TO, agent.clone().into()),
        (node.clone(), prov::GENERATED_AT_TIME, time.clone()),
        (agent, rdfs::LABEL, text(&decision.author)),
    ];
    for name in decision.choice.names() {
        said.push((node.clone(), annals::DECIDED_NAME, text(&name.name)));
    }
    if let Some(reason) = &decision.reason {
        said.push((node.clone(), rdfs::COMMENT, text(reason)));
    }
    if let Choice::Retract { number } = decision.choice {
        let earlier = self::node(number, namespace);
        said.push((node, annals::RETRACTS, earlier.clone().into()));
        said.push((earlier, prov::INVALIDATED_AT_TIME, time));
    }
    said.into_iter()
        .map(|(subject, predicate, object)| {
            Quad::new(subject, predicate, object, annals::DECISIONS)
        })
        .collect()
}

fn node(number: u64, namespace: &Namespace) -> NamedNode {
    namespace.iri(&format!("decision/{number}"))
}

fn agent(author: &str, namespace: &Namespace) -> NamedNode {
    let slug = slug(author, 60);
    let slug = if slug.is_empty() {
        "user".to_owned()
    } else {
        slug
    };
    namespace.iri(&format!("agent/{slug}"))
}

fn text(value: &str) -> Term {
    Literal::new_simple_literal(value).into()
}
