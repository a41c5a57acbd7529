//! Quads in, RDF in one of the standard syntaxes out, in one order.
//!
//! The syntaxes are Oxigraph's serializers; what is added is the prefix table and an order, so
//! that equal datasets give equal bytes. Annals mints no blank nodes, so sorting is all that
//! canonical output needs: N-Quads come sorted by code point, as
//! [RDF Dataset Canonicalization](https://www.w3.org/TR/rdf-canon/) has them. Everything is held in
//! memory while it is sorted.

use std::io::{BufWriter, Write};

use oxigraph::io::{JsonLdProfileSet, RdfSerializer};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Quad};

use super::{ExportError, RdfFormat};
use crate::rdf::vocab::PREFIXES;

/// Writes quads in canonical order, each once.
///
/// Formats of a single graph ([`RdfFormat::Turtle`], [`RdfFormat::NTriples`]) get the union of all
/// graphs.
///
/// # Errors
/// When `out` refuses the bytes.
pub fn write_quads(
    quads: impl Iterator<Item = Quad>,
    format: RdfFormat,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let quads = quads.map(|quad| {
        if has_graphs(format) {
            quad
        } else {
            merged(quad)
        }
    });
    let mut out = BufWriter::new(out);
    match format {
        RdfFormat::NQuads | RdfFormat::NTriples => write_lines(quads, format, &mut out)?,
        RdfFormat::TriG | RdfFormat::JsonLd | RdfFormat::Turtle => {
            write_grouped(quads, format, &mut out)?;
        }
    }
    Ok(out.flush()?)
}

/// One statement on each line, lines sorted.
fn write_lines(
    quads: impl Iterator<Item = Quad>,
    format: RdfFormat,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let mut lines = quads
        .map(|quad| line(&quad, format))
        .collect::<Result<Vec<_>, _>>()?;
    lines.sort_unstable();
    lines.dedup();
    for line in lines {
        out.write_all(&line)?;
    }
    Ok(())
}

/// One statement as N-Quads or N-Triples, line break included.
fn line(quad: &Quad, format: RdfFormat) -> Result<Vec<u8>, ExportError> {
    let mut serializer = RdfSerializer::from_format(syntax(format)).for_writer(Vec::new());
    serializer.serialize_quad(quad)?;
    Ok(serializer.finish()?)
}

/// Statements grouped by graph, then subject, with the type of a subject first.
fn write_grouped(
    quads: impl Iterator<Item = Quad>,
    format: RdfFormat,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let mut quads = quads.collect::<Vec<_>>();
    quads.sort_by_cached_key(reading_order);
    quads.dedup();
    let mut serializer = RdfSerializer::from_format(syntax(format));
    for &(prefix, iri) in PREFIXES {
        serializer = serializer
            .with_prefix(prefix, iri)
            .map_err(|source| ExportError::Prefix { prefix, source })?;
    }
    let mut serializer = serializer.for_writer(out);
    for quad in &quads {
        serializer.serialize_quad(quad)?;
    }
    serializer.finish()?;
    Ok(())
}

/// The default graph first; then by subject, type before other predicates, and object.
fn reading_order(quad: &Quad) -> (String, String, bool, String, String) {
    let graph = match &quad.graph_name {
        GraphName::DefaultGraph => String::new(),
        named => named.to_string(),
    };
    let is_type = quad.predicate.as_ref() == rdf::TYPE;
    (
        graph,
        quad.subject.to_string(),
        !is_type,
        quad.predicate.as_str().to_owned(),
        quad.object.to_string(),
    )
}

fn merged(quad: Quad) -> Quad {
    Quad {
        graph_name: GraphName::DefaultGraph,
        ..quad
    }
}

const fn has_graphs(format: RdfFormat) -> bool {
    matches!(
        format,
        RdfFormat::NQuads | RdfFormat::TriG | RdfFormat::JsonLd
    )
}

const fn syntax(format: RdfFormat) -> oxigraph::io::RdfFormat {
    match format {
        RdfFormat::NQuads => oxigraph::io::RdfFormat::NQuads,
        RdfFormat::TriG => oxigraph::io::RdfFormat::TriG,
        RdfFormat::JsonLd => oxigraph::io::RdfFormat::JsonLd {
            profile: JsonLdProfileSet::empty(),
        },
        RdfFormat::Turtle => oxigraph::io::RdfFormat::Turtle,
        RdfFormat::NTriples => oxigraph::io::RdfFormat::NTriples,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::RdfParser;
    use oxigraph::model::{Literal, NamedNode};
    use proptest::prelude::*;

    fn quad(subject: &str, predicate: &str, object: &str, graph: Option<&str>) -> Quad {
        let iri = |name: &str| NamedNode::new(format!("https://news.example/{name}")).unwrap();
        Quad::new(
            iri(subject),
            iri(predicate),
            Literal::new_simple_literal(object),
            graph.map_or(GraphName::DefaultGraph, |graph| iri(graph).into()),
        )
    }

    fn written(quads: &[Quad], format: RdfFormat) -> Vec<u8> {
        let mut out = Vec::new();
        write_quads(quads.iter().cloned(), format, &mut out).unwrap();
        out
    }

    fn sample() -> Vec<Quad> {
        let event = NamedNode::new("https://w3id.org/annals#Event").unwrap();
        let a = NamedNode::new("https://news.example/a").unwrap();
        vec![
            quad("b", "title", "Bridge reopens", Some("doc2")),
            quad("a", "title", "Bridge \"closes\"\nfor repairs", None),
            Quad::new(a, rdf::TYPE, event, GraphName::DefaultGraph),
            quad("b", "title", "Bridge reopens", Some("doc1")),
            quad("b", "title", "Bridge reopens", Some("doc2")),
        ]
    }

    #[test]
    fn equal_datasets_give_equal_bytes() {
        let mut reversed = sample();
        reversed.reverse();
        for format in RdfFormat::ALL {
            assert_eq!(
                written(&sample(), *format),
                written(&reversed, *format),
                "{format}"
            );
        }
    }

    #[test]
    fn turtle_is_grouped_with_prefixes_and_types_first() {
        let text = String::from_utf8(written(&sample(), RdfFormat::Turtle)).unwrap();
        let body = text.split_once("\n<").unwrap().1;
        insta::assert_snapshot!(body);
    }

    proptest! {
        #[test]
        fn every_format_is_read_back(
            rows in prop::collection::vec(("[a-c]", "[p-r]", any::<String>(), prop::option::of("[g-h]")), 0..12)
        ) {
            let quads: Vec<Quad> =
                rows.iter().map(|(s, p, o, g)| quad(s, p, o, g.as_deref())).collect();
            for format in RdfFormat::ALL {
                let bytes = written(&quads, *format);
                let mut read = RdfParser::from_format(syntax(*format))
                    .for_slice(&bytes)
                    .collect::<Result<Vec<_>, _>>()
                    .unwrap();
                let mut expected: Vec<Quad> = quads
                    .iter()
                    .map(|q| if has_graphs(*format) { q.clone() } else { merged(q.clone()) })
                    .collect();
                read.sort_by_cached_key(reading_order);
                expected.sort_by_cached_key(reading_order);
                expected.dedup();
                prop_assert_eq!(read, expected);
            }
        }
    }
}
