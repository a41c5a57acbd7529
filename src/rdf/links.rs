//! The links that resolution found between documents and between events, with their reasons, all in
//! `annals:inferred`: updates, and related events that no page states.

use std::collections::HashSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::iri::Namespace;
use super::vocab::annals;
use crate::resolve::{Reading, Related, Resolution, Update};
use crate::span::{CodePoints, Span};

/// The quads of all inferred links, made one link at a time.
pub fn link_quads<'a>(
    readings: &'a [Reading],
    resolution: &'a Resolution,
    namespace: &'a Namespace,
) -> impl Iterator<Item = Quad> + 'a {
    let writer = move || Writer {
        readings,
        resolution,
        namespace,
        quads: Vec::new(),
    };
    let updates = resolution.updates.iter().flat_map(move |update| {
        let mut writer = writer();
        writer.update(update);
        writer.quads
    });
    // Two figures of one report are two links and one update.
    let mut seen = HashSet::new();
    let updates = updates.filter(move |quad| seen.insert(quad.clone()));
    let related = resolution.related.iter().flat_map(move |related| {
        let mut writer = writer();
        writer.related(related);
        writer.quads
    });
    updates.chain(related)
}

struct Writer<'a> {
    readings: &'a [Reading],
    resolution: &'a Resolution,
    namespace: &'a Namespace,
    quads: Vec<Quad>,
}

impl Writer<'_> {
    fn infer(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let quad = Quad::new(subject.clone(), predicate, object, annals::INFERRED);
        self.quads.push(quad);
    }

    fn link(
        &mut self,
        from: &NamedNode,
        to: &NamedNode,
        what: &str,
        score: f64,
        method: &str,
    ) -> NamedNode {
        let ends = crate::hash::long(&format!("{what} {from} {to}"));
        let link = self.namespace.iri(&format!("link/{ends}"));
        self.infer(&link, rdf::TYPE, annals::LINK);
        self.infer(&link, annals::FROM, from.clone());
        self.infer(&link, annals::TO, to.clone());
        // Four digits, so that the last bit of a sum never shows.
        let score = (score * 10_000.0).round() / 10_000.0;
        self.infer(&link, annals::SCORE, Literal::from(score));
        self.infer(&link, annals::METHOD, Literal::new_simple_literal(method));
        link
    }

    fn update(&mut self, update: &Update) {
        let later = self.document(update.later);
        let earlier = self.document(update.earlier);
        let name = update.quantity.name();
        self.infer(&later, annals::UPDATES, earlier.clone());
        let link = self.link(&later, &earlier, name, UPDATE_SCORE, "revised-figure");
        let text = |value: &str| Literal::new_simple_literal(value);
        self.infer(&link, annals::QUANTITY, text(name));
        self.infer(&link, annals::OLD_VALUE, text(&update.old));
        self.infer(&link, annals::NEW_VALUE, text(&update.new));
        let old = self.words(update.earlier, update.old_words);
        let new = self.words(update.later, update.new_words);
        self.infer(&link, annals::OLD_WORDS, old);
        self.infer(&link, annals::NEW_WORDS, new);
    }

    fn related(&mut self, related: &Related) {
        let from = self.event(related.from);
        let to = self.event(related.to);
        self.infer(&from, annals::RELATED, to.clone());
        self.infer(&to, annals::RELATED, from.clone());
        let link = self.link(&from, &to, "related", related.score, "shared-context");
        for &entity in &related.shared {
            let entity = &self.resolution.entities.list()[entity];
            let shared = self.namespace.iri(entity.id.as_str());
            self.infer(&link, annals::SHARED_CONTEXT, shared);
        }
    }

    fn document(&self, reading: usize) -> NamedNode {
        self.namespace.iri(self.readings[reading].id.as_str())
    }

    fn event(&self, event: usize) -> NamedNode {
        self.namespace
            .iri(self.resolution.events[event].id.as_str())
    }

    fn words(&self, reading: usize, span: Span) -> NamedNode {
        let read = &self.readings[reading];
        let points = CodePoints::new(&read.document.text);
        let span = Span::new(points.of_byte(span.start), points.of_byte(span.end));
        self.namespace.words(&read.id, span)
    }
}

/// The precision of updates on the 102 labelled pairs of items on which their patterns were developed
/// (`benches/updates.sh`), so rather too high.
const UPDATE_SCORE: f64 = 0.96;
