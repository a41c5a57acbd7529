//! The quads of one document: its metadata, what it reports, relates, supersedes and mentions.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::iri::Namespace;
use super::vocab::{annals, dcterms, nif, prov, schema, sem};
use crate::document::{Document, DocumentKind, SectionKind, Source, SourceRole};
use crate::extract::{EventOrigin, Quotation, QuotationKind, Status};
use crate::id::DocumentId;
use crate::resolve::{
    Event, Reading, Resolution, StatedRelation, Telling, entity_of_mention, participants,
    status_of_event,
};
use crate::span::{CodePoints, Span};

/// All quads of a reading: metadata in the default graph, the rest in the graph of its own IRI,
/// without repeats.
#[must_use]
pub fn document_quads(
    readings: &[Reading],
    resolution: &Resolution,
    reading: usize,
    namespace: &Namespace,
) -> Vec<Quad> {
    let read = &readings[reading];
    let mut writer = Writer {
        readings,
        resolution,
        namespace,
        reading,
        points: CodePoints::new(&read.document.text),
        node: namespace.iri(read.id.as_str()),
        quads: Vec::new(),
    };
    writer.metadata();
    writer.sources();
    writer.tellings();
    writer.relations();
    writer.versions();
    writer.mentions();
    writer.quotations();
    let mut quads = writer.quads;
    let mut seen = HashSet::with_capacity(quads.len());
    let is_new: Vec<bool> = quads.iter().map(|quad| seen.insert(quad)).collect();
    let mut is_new = is_new.into_iter();
    quads.retain(|_| is_new.next() == Some(true));
    quads
}

struct Writer<'a> {
    readings: &'a [Reading],
    resolution: &'a Resolution,
    namespace: &'a Namespace,
    reading: usize,
    points: CodePoints,
    node: NamedNode,
    quads: Vec<Quad>,
}

impl<'a> Writer<'a> {
    fn read(&self) -> &'a Reading {
        &self.readings[self.reading]
    }

    /// Adds a quad to the document's own graph.
    fn state(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(
            subject.clone(),
            predicate,
            object,
            self.node.clone(),
        ));
    }

    fn metadata(&mut self) {
        let read = self.read();
        let document = &read.document;
        let mut facts: Vec<(NamedNodeRef<'_>, Term)> = vec![
            (rdf::TYPE, annals::DOCUMENT.into_owned().into()),
            (dcterms::TITLE, text(document.headline())),
            (annals::KIND, text(kind_name(document.kind))),
            (annals::SHA256, text(&read.sha256)),
            (schema::IN_LANGUAGE, text(&document.language)),
        ];
        facts.extend(document.dct.map(|date| (schema::DATE_PUBLISHED, day(date))));
        facts.extend(
            document
                .modified
                .map(|date| (schema::DATE_MODIFIED, day(date))),
        );
        facts.extend(
            document
                .publisher
                .as_deref()
                .map(|name| (schema::PUBLISHER, text(name))),
        );
        facts.extend(
            document
                .address
                .as_deref()
                .map(|address| (annals::ADDRESS, text(address))),
        );
        facts.extend(document.id.as_deref().map(|id| (annals::ID, text(id))));
        facts.extend(
            self.inferred_date()
                .map(|date| (annals::INFERRED_DATE, day(date))),
        );
        let node = self.node.clone();
        let quads = facts
            .into_iter()
            .map(|(p, o)| Quad::new(node.clone(), p, o, GraphName::DefaultGraph));
        self.quads.extend(quads);
    }

    /// An undated article's event may be dated by others.
    fn inferred_date(&self) -> Option<Date> {
        let undated = self.read().document.dct.is_none();
        let event = self
            .resolution
            .headline_event(self.readings, self.reading)
            .filter(|_| undated)?;
        self.resolution.events[event].value.as_deref()?.parse().ok()
    }

    fn sources(&mut self) {
        let document = &self.read().document;
        for source in &document.sources {
            let node = source_node(source, document, self.namespace);
            let own = self.node.clone();
            match source.role {
                SourceRole::CoverImage => self.state(&own, annals::COVER_IMAGE, node),
                SourceRole::Cited => {
                    self.cite(source);
                }
            }
        }
    }

    /// Names a report that the document cites.
    fn cite(&mut self, source: &Source) -> NamedNode {
        let document = &self.read().document;
        let own = self.node.clone();
        let node = source_node(source, document, self.namespace);
        self.state(&own, annals::SOURCE, node.clone());
        if let Some(name) = source.name {
            self.state(&node, rdfs::LABEL, text(document.words(name)));
        }
        if node.as_str() != source.url && !source.url.is_empty() {
            self.state(&node, schema::URL, text(&source.url));
        }
        node
    }

    /// The reports that an entry of a day index cites for its event.
    fn item_sources(&mut self, origin: EventOrigin, event: &NamedNode) {
        if let EventOrigin::Item(place) = origin {
            for source in &self.read().document.items[place].sources {
                let cited = self.cite(source);
                self.state(&cited, annals::CITED_FOR, event.clone());
            }
        }
    }

    fn tellings(&mut self) {
        let entities = entity_of_mention(self.reading, self.read(), self.resolution);
        for mention in 0..self.read().extraction.events.len() {
            let event = &self.resolution.events[self.resolution.event_of[self.reading][mention]];
            let telling = Telling {
                reading: self.reading,
                mention,
            };
            let node = self.namespace.iri(event.id.as_str());
            let describes = event.describer == telling;
            if describes {
                self.describe(event, &node);
            }
            let origin = telling.of(self.readings).origin;
            let tells = matches!(
                origin,
                EventOrigin::Headline | EventOrigin::Body(_) | EventOrigin::Item(_)
            );
            if tells {
                let own = self.node.clone();
                self.state(&own, annals::REPORTS, node.clone());
            }
            if tells || describes {
                self.evidence(telling, &node);
                self.attribution(telling, &node, &entities);
            }
            if describes || origin == EventOrigin::Headline {
                self.participants(telling, &node, &entities);
            }
            self.framing(telling, &node);
            self.item_sources(origin, &node);
        }
    }

    /// What the describing document says of the event as a whole.
    fn describe(&mut self, event: &Event, node: &NamedNode) {
        self.state(node, rdf::TYPE, annals::EVENT);
        self.state(node, rdfs::LABEL, text(&event.title));
        if let (Some(date), Some(precision)) = (event.date(), event.precision()) {
            self.state(node, annals::DATE, text(&date));
            self.state(node, annals::PRECISION, text(&precision.to_string()));
        }
        if let Some(interval) = &event.interval {
            self.state(node, annals::EARLIEST, moment(interval.earliest));
            self.state(node, annals::LATEST, moment(interval.latest));
        }
        self.standing(event, node);
    }

    /// Whether the event happened, when that is not simply told, and from which day its date was
    /// counted, when the document does not state that day.
    fn standing(&mut self, event: &Event, node: &NamedNode) {
        let mention = event.describer.of(self.readings);
        let status = status_of_event(self.readings, event);
        if status != Status::Asserted {
            self.state(node, annals::STATUS, text(status.word()));
            if let Some(cue) = mention.standing.cue {
                let words = self.words(cue);
                self.state(node, annals::STATUS_EVIDENCE, words);
            }
        }
        let time = mention.time.as_ref();
        if let Some(written) = time.and_then(|time| time.counted_from) {
            self.state(node, annals::COUNTED_FROM, day(written));
        }
    }

    /// On whose word a telling has the event.
    fn attribution(&mut self, telling: Telling, node: &NamedNode, entities: &[Option<usize>]) {
        let standing = telling.of(self.readings).standing;
        let Some(quotation) = standing.quotation else {
            return;
        };
        let quotation = self.read().extraction.quotations[quotation];
        let speaker = self.speaker(&quotation, entities);
        self.state(node, annals::ATTRIBUTED_TO, speaker);
        let cue = self.words(quotation.attribution());
        self.state(node, annals::ATTRIBUTION_EVIDENCE, cue);
    }

    /// The entity that speaks, or the words for it, quoted.
    fn speaker(&mut self, quotation: &Quotation, entities: &[Option<usize>]) -> NamedNode {
        if let Some(entity) = quotation.mention.and_then(|mention| entities[mention]) {
            return self.entity(entity);
        }
        let words = self.words(quotation.speaker);
        let quoted = text(self.read().document.words(quotation.speaker));
        self.state(&words, nif::ANCHOR_OF, quoted);
        words
    }

    /// Who says what. A pronoun that stands for nobody known says nothing worth keeping.
    fn quotations(&mut self) {
        let entities = entity_of_mention(self.reading, self.read(), self.resolution);
        let read = self.read();
        for quotation in read
            .extraction
            .quotations
            .iter()
            .filter(|q| q.is_named(&read.document.text))
        {
            let words = self.words(quotation.content);
            let class = match quotation.kind {
                QuotationKind::Direct => annals::QUOTATION,
                QuotationKind::Indirect => annals::INDIRECT_QUOTATION,
            };
            let speaker = self.speaker(quotation, &entities);
            self.state(&words, rdf::TYPE, class);
            self.state(&words, annals::SPEAKER, speaker);
            self.state(
                &words,
                nif::ANCHOR_OF,
                text(read.document.words(quotation.content)),
            );
        }
    }

    /// The words that tell the event, and those that date it.
    fn evidence(&mut self, telling: Telling, node: &NamedNode) {
        let mention = telling.of(self.readings);
        let spans = std::iter::once(mention.words).chain(mention.dated_by);
        for span in spans {
            let words = self.words(span);
            self.state(node, annals::EVIDENCE, words);
        }
    }

    fn participants(&mut self, telling: Telling, node: &NamedNode, entities: &[Option<usize>]) {
        for entity in participants(self.read(), telling, entities) {
            let role = if self.resolution.entities.list()[entity].is_place() {
                sem::HAS_PLACE
            } else {
                sem::HAS_ACTOR
            };
            let object = self.entity(entity);
            self.state(node, role, object);
        }
    }

    /// Topic heading of a page or index item; context names of an index item.
    fn framing(&mut self, telling: Telling, node: &NamedNode) {
        let document = &self.read().document;
        let headline = document.section(SectionKind::Topic);
        let (topics, context) = match telling.of(self.readings).origin {
            EventOrigin::Headline => (headline.as_slice(), &[][..]),
            EventOrigin::Item(place) => (
                document.items[place].topics.as_slice(),
                document.items[place].context.as_slice(),
            ),
            EventOrigin::Version(_) | EventOrigin::Related(_) | EventOrigin::Body(_) => {
                (&[][..], &[][..])
            }
        };
        let topics = topics.iter().map(|span| (annals::TOPIC, *span));
        for (term, span) in topics.chain(context.iter().map(|span| (annals::CONTEXT, *span))) {
            let named = self
                .resolution
                .entities
                .of_framing(self.reading, document.words(span));
            if let Some(entity) = named {
                let object = self.entity(entity);
                self.state(node, term, object);
                self.sub_event(entity, node);
            }
        }
    }

    /// What frames an event and is an event itself has it as a part.
    fn sub_event(&mut self, entity: usize, node: &NamedNode) {
        if self.resolution.storylines.of_entity(entity).is_some() {
            let above = self.entity(entity);
            self.state(&above, sem::HAS_SUB_EVENT, node.clone());
        }
    }

    fn relations(&mut self) {
        let relations: Vec<StatedRelation> = self
            .resolution
            .stated_related(self.readings, self.reading)
            .collect();
        for relation in relations {
            let from = self.event(relation.from);
            let to = self.event(relation.to);
            let link = self.namespace.iri(&format!(
                "{}#related-{}",
                self.read().id,
                relation.place + 1
            ));
            self.state(&from, annals::RELATED, to.clone());
            self.state(&to, annals::RELATED, from.clone());
            self.state(&link, rdf::TYPE, annals::LINK);
            self.state(&link, annals::FROM, from.clone());
            self.state(&link, annals::TO, to.clone());
            let own = self.node.clone();
            self.state(&link, annals::STATED_IN, own);
            for &entity in &relation.context {
                let shared = self.entity(entity);
                self.state(&link, annals::SHARED_CONTEXT, shared.clone());
                self.state(&from, annals::CONTEXT, shared.clone());
                self.state(&to, annals::CONTEXT, shared);
                self.sub_event(entity, &from);
                self.sub_event(entity, &to);
            }
        }
    }

    /// The page's chain of versions, and the content this one replaced.
    fn versions(&mut self) {
        let document = &self.read().document;
        let nodes: Vec<NamedNode> = document
            .versions
            .iter()
            .map(|version| {
                self.namespace
                    .iri(DocumentId::of_address(&version.address).as_str())
            })
            .collect();
        for (version, node) in document.versions.iter().zip(&nodes) {
            self.state(node, rdf::TYPE, annals::DOCUMENT);
            self.state(node, dcterms::TITLE, text(document.words(version.title)));
            if let Some(stored) = version.stored {
                self.state(node, prov::GENERATED_AT_TIME, moment(stored));
            }
        }
        for pair in nodes.windows(2).filter(|pair| pair[0] != pair[1]) {
            self.state(&pair[1], annals::SUPERSEDES, pair[0].clone());
        }
        if let Some(replaced) = &self.read().replaces {
            let own = self.node.clone();
            let replaced = self.namespace.iri(replaced.as_str());
            self.state(&own, annals::SUPERSEDES, replaced);
        }
    }

    fn mentions(&mut self) {
        let read = self.read();
        let entities = entity_of_mention(self.reading, read, self.resolution);
        for (mention, entity) in read.extraction.mentions.iter().zip(entities) {
            let Some(entity) = entity else { continue };
            let words = self.words(mention.span);
            let entity = self.entity(entity);
            self.state(&words, annals::DENOTES, entity);
            self.state(
                &words,
                nif::ANCHOR_OF,
                text(read.document.words(mention.span)),
            );
        }
    }

    fn words(&self, span: Span) -> NamedNode {
        let span = Span::new(
            self.points.of_byte(span.start),
            self.points.of_byte(span.end),
        );
        self.namespace.words(&self.read().id, span)
    }

    fn event(&self, index: usize) -> NamedNode {
        self.namespace
            .iri(self.resolution.events[index].id.as_str())
    }

    fn entity(&self, index: usize) -> NamedNode {
        self.namespace
            .iri(self.resolution.entities.list()[index].id.as_str())
    }
}

/// The name of a kind of document in the graph.
#[must_use]
pub(crate) const fn kind_name(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::EventPage => "event-page",
        DocumentKind::DayIndex => "day-index",
        DocumentKind::Article => "article",
    }
}

/// A source is its address where that is an IRI; a relative one gets an id of ours, and one that is
/// only named is known by its name.
fn source_node(source: &Source, document: &Document, namespace: &Namespace) -> NamedNode {
    let named = source.name.filter(|_| source.url.is_empty());
    let known_by = named.map_or(source.url.as_str(), |name| document.words(name));
    NamedNode::new(&source.url)
        .unwrap_or_else(|_| namespace.iri(&format!("source/{}", crate::hash::short(known_by))))
}

fn text(value: &str) -> Term {
    Literal::new_simple_literal(value).into()
}

fn day(date: Date) -> Term {
    Literal::new_typed_literal(date.to_string(), xsd::DATE).into()
}

fn moment(moment: DateTime) -> Term {
    Literal::new_typed_literal(moment.to_string(), xsd::DATE_TIME).into()
}
