//! Every format read back by an independent reader, with texts that break careless writers.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::samples::{HOSTILE, bridge_graph, hostile_graph, large_graph};
use super::super::xml::allowed;
use super::*;

fn written(graph: &EventGraph, format: GraphFormat) -> String {
    let mut out = Vec::new();
    write_graph(graph, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The texts of all elements of that name; panics unless the document is well-formed.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(start) => {
                start
                    .attributes()
                    .for_each(|attribute| drop(attribute.unwrap()));
                inside = start.name().as_ref() == name;
                if inside {
                    found.push(String::new());
                }
            }
            Event::Text(text) if inside => {
                found.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(entity) if inside => {
                let character =
                    entity
                        .resolve_char_ref()
                        .unwrap()
                        .unwrap_or_else(|| match &*entity {
                            "lt" => '<',
                            "gt" => '>',
                            "amp" => '&',
                            "quot" => '"',
                            "apos" => '\'',
                            other => panic!("entity {other}"),
                        });
                found.last_mut().unwrap().push(character);
            }
            Event::End(_) => inside = false,
            _ => {}
        }
    }
}

#[test]
fn equal_graphs_give_equal_bytes() {
    for format in GraphFormat::ALL {
        for graph in [bridge_graph(), large_graph(200), EventGraph::default()] {
            assert_eq!(
                written(&graph, *format),
                written(&graph, *format),
                "{format}"
            );
        }
    }
}

#[test]
fn small_graphs_read_as_expected() {
    let graph = hostile_graph("Bridge \"closes\" & reopens", "mayor", "2031-03");
    insta::assert_snapshot!("dot", written(&graph, GraphFormat::Dot));
    insta::assert_snapshot!("graphml", written(&graph, GraphFormat::GraphMl));
    insta::assert_snapshot!("gexf", written(&graph, GraphFormat::Gexf));
    insta::assert_snapshot!("cyjs", written(&graph, GraphFormat::Cyjs));
    insta::assert_snapshot!("mermaid", written(&graph, GraphFormat::Mermaid));
}

#[test]
fn pictures_hold_every_title_and_no_address_or_script() {
    let svg = written(&bridge_graph(), GraphFormat::Svg);
    let titles = texts(&svg, "title");
    for (_, node) in nodes(&bridge_graph()) {
        assert!(titles.contains(&node.label), "{}", node.label);
    }
    assert!(!svg.contains("href") && !svg.contains("<script") && !svg.contains("<style"));
}

#[test]
fn supersession_points_at_the_older_event() {
    let mut graph = large_graph(2);
    graph.clear_edges();
    let edge = Edge {
        kind: crate::graph::EdgeKind::Supersedes,
        label: String::new(),
        weight: 1.0,
    };
    graph.add_edge(2.into(), 1.into(), edge);
    let svg = written(&graph, GraphFormat::Svg);
    let tops = attributes(&svg, "rect", "y");
    let tip = svg.split_once("points=\"").unwrap().1;
    let tip: f64 = tip.split([',', ' ']).nth(1).unwrap().parse().unwrap();
    // The sheet is the first box, then the older event, then the newer below it.
    assert!(tops[1] < tip && tip < tops[2], "{tip} {tops:?}");
}

/// The numbers in an attribute of all elements of that name.
fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<f64> {
    xml.split(&format!("<{element} "))
        .skip(1)
        .filter_map(|rest| {
            rest.split_once(&format!("{attribute}=\""))?
                .1
                .split('"')
                .next()?
                .parse()
                .ok()
        })
        .collect()
}

#[test]
fn large_pictures_say_what_they_leave_out() {
    let svg = written(&large_graph(400), GraphFormat::Svg);
    assert!(
        texts(&svg, "desc")[0].contains("names only where there is room"),
        "{:?}",
        texts(&svg, "desc")
    );
}

#[test]
fn hostile_texts_stay_texts() {
    for text in HOSTILE {
        check(text, text, text);
    }
    check(&"long ".repeat(2000), &"x".repeat(10_000), "2031-03-04");
}

/// Reads every format of a graph with these texts back.
fn check(label: &str, note: &str, date: &str) {
    let graph = hostile_graph(label, note, date);
    let graphml = written(&graph, GraphFormat::GraphMl);
    let data = texts(&graphml, "data");
    assert!(
        data.contains(&allowed(label).into_owned()),
        "{label:?} not in {data:?}"
    );
    for format in [GraphFormat::Gexf, GraphFormat::Svg] {
        texts(&written(&graph, format), "g");
    }
    let json: serde_json::Value =
        serde_json::from_str(&written(&graph, GraphFormat::Cyjs)).unwrap();
    assert_eq!(json["elements"]["nodes"][0]["data"]["label"], label);
    assert_eq!(json["elements"]["edges"][0]["data"]["label"], note);
    let mermaid = written(&graph, GraphFormat::Mermaid);
    assert_eq!(mermaid.lines().count(), 1 + 2 + 3, "{mermaid}");
    check_dot(&written(&graph, GraphFormat::Dot));
}

/// A reader of DOT's quoted strings: outside of them, only what the writer itself can have put.
fn check_dot(dot: &str) {
    let (mut quoted, mut escaped) = (false, false);
    for c in dot.chars() {
        match (quoted, escaped, c) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (_, _, '"') => quoted = !quoted,
            (false, _, c) => {
                assert!(
                    c.is_ascii_alphanumeric() || " \n{}[];,=.->".contains(c),
                    "{c:?} in {dot}"
                );
            }
            _ => assert!(!c.is_control(), "{c:?} in {dot}"),
        }
    }
    assert!(!quoted, "{dot}");
}

#[test]
fn graphviz_reads_hostile_texts() {
    for text in HOSTILE {
        let dot = written(&hostile_graph(text, text, text), GraphFormat::Dot);
        let Ok(mut graphviz) = Command::new("dot")
            .args(["-Tdot", "-Gcharset=utf-8"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
        else {
            return; // Graphviz is not installed; `check_dot` has looked at the quoting.
        };
        graphviz
            .stdin
            .take()
            .unwrap()
            .write_all(dot.as_bytes())
            .unwrap();
        let output = graphviz.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{dot}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_stays_text(label in any::<String>(), note in any::<String>(), date in any::<String>()) {
        check(&label, &note, &date);
    }

    #[test]
    fn any_graph_is_drawn(ends in prop::collection::vec((0_u32..12, 0_u32..12, 0_usize..5), 0..30)) {
        let kinds = [
            crate::graph::EdgeKind::Related,
            crate::graph::EdgeKind::Context,
            crate::graph::EdgeKind::Supersedes,
            crate::graph::EdgeKind::Actor,
            crate::graph::EdgeKind::Place,
        ];
        let mut graph = large_graph(12);
        graph.clear_edges();
        for (from, to, kind) in ends {
            let edge = Edge { kind: kinds[kind], label: String::from("x"), weight: 1.0 };
            graph.add_edge(from.into(), to.into(), edge);
        }
        let svg = written(&graph, GraphFormat::Svg);
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
        texts(&svg, "title");
    }
}
