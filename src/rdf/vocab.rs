//! The terms Annals writes, grouped by prefix. A test holds every `annals:` term against
//! `ontology/annals.ttl`.

macro_rules! vocabulary {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, $($constant:ident = $local:literal),+ $(,)?) => {
        $(#[$doc])*
        pub mod $module {
            use oxigraph::model::NamedNodeRef;

            /// The namespace's IRI.
            pub const NAMESPACE: &str = $namespace;
            $(
                #[doc = concat!("`", stringify!($module), ":", $local, "`")]
                pub const $constant: NamedNodeRef<'static> =
                    NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )+
            /// All terms, for tests and documentation.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($constant),+];
        }
    };
}

vocabulary! {
    /// Annals' own ontology, `ontology/annals.ttl`.
    annals, "https://w3id.org/annals#",
    DOCUMENT = "Document",
    EVENT = "Event",
    STORYLINE = "Storyline",
    PERSON = "Person",
    PLACE = "Place",
    ORGANIZATION = "Organization",
    CONCEPT = "Concept",
    LINK = "Link",
    KIND = "kind",
    ADDRESS = "address",
    ID = "id",
    SHA256 = "sha256",
    INFERRED_DATE = "inferredDate",
    REPORTS = "reports",
    EVIDENCE = "evidence",
    STATUS = "status",
    STATUS_EVIDENCE = "statusEvidence",
    ATTRIBUTED_TO = "attributedTo",
    ATTRIBUTION_EVIDENCE = "attributionEvidence",
    COUNTED_FROM = "countedFrom",
    QUOTATION = "Quotation",
    INDIRECT_QUOTATION = "IndirectQuotation",
    SPEAKER = "speaker",
    DENOTES = "denotes",
    DATE = "date",
    EARLIEST = "earliest",
    LATEST = "latest",
    PRECISION = "precision",
    CONTEXT = "context",
    TOPIC = "topic",
    SOURCE = "source",
    CITED_FOR = "citedFor",
    COVER_IMAGE = "coverImage",
    RELATED = "related",
    FROM = "from",
    TO = "to",
    SHARED_CONTEXT = "sharedContext",
    SCORE = "score",
    METHOD = "method",
    SUPPORT = "support",
    STATED_IN = "statedIn",
    SUPERSEDES = "supersedes",
    UPDATES = "updates",
    QUANTITY = "quantity",
    OLD_VALUE = "oldValue",
    NEW_VALUE = "newValue",
    OLD_WORDS = "oldWords",
    NEW_WORDS = "newWords",
    INFERRED = "inferred",
    DECISION_CLASS = "Decision",
    DECISION = "decision",
    DECIDED_NAME = "decidedName",
    RETRACTS = "retracts",
    DECISIONS = "decisions",
    JOURNAL_POSITION = "journalPosition",
}

vocabulary! {
    /// Dublin Core terms.
    dcterms, "http://purl.org/dc/terms/",
    TITLE = "title",
}

vocabulary! {
    /// schema.org.
    schema, "https://schema.org/",
    DATE_MODIFIED = "dateModified",
    DATE_PUBLISHED = "datePublished",
    IN_LANGUAGE = "inLanguage",
    PUBLISHER = "publisher",
    URL = "url",
}

vocabulary! {
    /// The PROV ontology.
    prov, "http://www.w3.org/ns/prov#",
    GENERATED_AT_TIME = "generatedAtTime",
    INVALIDATED_AT_TIME = "invalidatedAtTime",
    WAS_ATTRIBUTED_TO = "wasAttributedTo",
}

vocabulary! {
    /// The Simple Event Model.
    sem, "http://semanticweb.cs.vu.nl/2009/11/sem/",
    HAS_ACTOR = "hasActor",
    HAS_PLACE = "hasPlace",
    HAS_SUB_EVENT = "hasSubEvent",
}

vocabulary! {
    /// SKOS.
    skos, "http://www.w3.org/2004/02/skos/core#",
    PREF_LABEL = "prefLabel",
    ALT_LABEL = "altLabel",
}

vocabulary! {
    /// The NLP Interchange Format.
    nif, "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    ANCHOR_OF = "anchorOf",
}

/// The prefixes that queries may use undeclared and that output is shortened with.
pub const PREFIXES: &[(&str, &str)] = &[
    ("annals", annals::NAMESPACE),
    ("dcterms", dcterms::NAMESPACE),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("nif", nif::NAMESPACE),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", prov::NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", schema::NAMESPACE),
    ("sem", sem::NAMESPACE),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("skos", skos::NAMESPACE),
    ("time", "http://www.w3.org/2006/time#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("wdt", "http://www.wikidata.org/prop/direct/"),
    ("wgs84", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

#[cfg(test)]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};

    use super::*;

    #[test]
    fn every_term_of_ours_is_defined_in_the_ontology() {
        let ontology = include_str!("../../ontology/annals.ttl");
        let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(ontology);
        let defined: std::collections::HashSet<String> = quads
            .map(|quad| quad.unwrap().subject.to_string())
            .collect();
        for term in annals::ALL {
            assert!(defined.contains(&term.to_string()), "{term} is not defined");
        }
    }

    #[test]
    fn prefixes_are_sorted_and_unique() {
        assert!(PREFIXES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
