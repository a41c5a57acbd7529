//! `annals export`: pictures and graphs that other programs read, RDF that other parsers read back.

use std::collections::BTreeSet;

use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use serde_json::Value;

use crate::support::{Outcome, Sandbox, statements, xml_elements};

fn export(sandbox: &Sandbox, format: &str) -> Outcome {
    sandbox.annals(&["export", "--format", format]).exits(0)
}

/// Statements without the names of their graphs.
fn merged(nquads: &[u8]) -> BTreeSet<String> {
    let quads = oxigraph::io::RdfParser::from_format(RdfFormat::NQuads).for_slice(nquads);
    quads
        .map(|quad| oxigraph::model::Triple::from(quad.unwrap()).to_string())
        .collect()
}

#[test]
fn rdf_is_read_back_as_it_was() {
    let sandbox = Sandbox::with_news();
    let lines = export(&sandbox, "nq");
    let quads = statements(RdfFormat::NQuads, lines.bytes());
    assert!(
        quads.iter().all(|quad| !quad.contains("_:")),
        "no blank nodes, so equal sets are isomorphic graphs"
    );
    assert_eq!(
        quads.len(),
        lines.text().lines().count(),
        "every statement once"
    );
    assert!(lines.text().lines().is_sorted());
    assert!(statements(RdfFormat::TriG, export(&sandbox, "trig").bytes()) == quads);
    let profile = JsonLdProfileSet::empty();
    assert!(
        statements(
            RdfFormat::JsonLd { profile },
            export(&sandbox, "jsonld").bytes()
        ) == quads
    );
    let triples = merged(lines.bytes());
    assert!(statements(RdfFormat::Turtle, export(&sandbox, "ttl").bytes()) == triples);
    assert!(statements(RdfFormat::NTriples, export(&sandbox, "nt").bytes()) == triples);
}

#[test]
fn every_document_has_its_own_graph() {
    let sandbox = Sandbox::with_news();
    let graphs = sandbox.column("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }");
    let documents: BTreeSet<String> = sandbox
        .column("SELECT ?d { ?d a annals:Document }")
        .into_iter()
        .collect();
    assert!(graphs.len() > 50);
    let others: Vec<&String> = graphs
        .iter()
        .filter(|graph| !documents.contains(*graph))
        .collect();
    assert!(
        others.len() <= 1,
        "besides documents only what was inferred has a graph: {others:?}"
    );
}

#[test]
fn pictures_and_graphs_are_well_formed() {
    let sandbox = Sandbox::with_news();
    assert_eq!(xml_elements(export(&sandbox, "svg").bytes())[0], "svg");
    let graphml = xml_elements(export(&sandbox, "graphml").bytes());
    let count = |wanted: &str| graphml.iter().filter(|name| *name == wanted).count();
    assert_eq!((graphml[0].as_str(), count("graph")), ("graphml", 1));
    assert!(count("node") > 50 && count("edge") > 50);
    assert_eq!(xml_elements(export(&sandbox, "gexf").bytes())[0], "gexf");
    assert!(
        export(&sandbox, "cyjs").json()["elements"].is_object()
            || export(&sandbox, "cyjs").json().is_array()
    );
    assert!(export(&sandbox, "mermaid").text().contains("flowchart"));
    let dot = export(&sandbox, "dot").text();
    assert!(dot.starts_with("digraph") && dot.trim_end().ends_with('}'));
    assert!(
        dot.lines().all(is_closed),
        "quotes are closed on every line"
    );
}

/// Whether every quote that a line of DOT opens is closed on it.
fn is_closed(line: &str) -> bool {
    let mut open = false;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' if open => drop(characters.next()),
            '"' => open = !open,
            _ => {}
        }
    }
    !open
}

#[test]
fn a_part_of_the_graph_is_smaller_than_the_whole() {
    let sandbox = Sandbox::with_news();
    let nodes = |arguments: &[&str]| {
        let mut all = vec!["export", "--format", "graphml"];
        all.extend(arguments);
        xml_elements(sandbox.annals(&all).exits(0).bytes())
            .iter()
            .filter(|name| *name == "node")
            .count()
    };
    let event = sandbox.event("Khan Shaykhun");
    let one = nodes(&["--around", &event]);
    let two = nodes(&["--around", &event, "--depth", "2"]);
    let all = nodes(&[]);
    assert!(1 < one && one < two && two <= all, "{one}, {two}, {all}");
    assert!(nodes(&["--entities"]) > all);
    sandbox
        .annals(&["export", "--format", "dot", "--around", "Palmyra plays"])
        .without_panic();
}

#[test]
fn a_file_gets_the_format_of_its_extension() {
    let sandbox = Sandbox::with_news();
    sandbox.annals(&["export", "--output", "news.ttl"]).exits(0);
    let file = std::fs::read(sandbox.path("news.ttl")).unwrap();
    assert!(file == export(&sandbox, "ttl").bytes());
    sandbox
        .annals(&["export", "--format", "nonesuch"])
        .exits(2)
        .says("hint:");
}

#[test]
fn json_ld_names_what_it_is() {
    let sandbox = Sandbox::with_news();
    let value: Value = export(&sandbox, "jsonld").json();
    assert!(value.is_array() || value.is_object());
}

#[test]
fn a_part_is_not_asked_of_a_format_that_writes_everything() {
    let sandbox = Sandbox::with_news();
    for option in [&["--around", "Palmyra"] as &[&str], &["--entities"]] {
        let arguments = [&["export", "--format", "ttl"], option].concat();
        sandbox.annals(&arguments).exits(2).says("every quad");
    }
    let file = sandbox.path("nowhere/graph.nq").display().to_string();
    sandbox
        .annals(&["export", "--output", &file])
        .exits(1)
        .says("graph.nq")
        .says("hint:");
}
