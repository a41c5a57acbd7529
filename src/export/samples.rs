//! Invented events for the tests of every format.

use crate::graph::{Edge, EdgeKind, EventGraph, Node, NodeKind};
use crate::timeline::{DocumentRef, Entry, SourceRef, Timeline};

fn node(graph: &mut EventGraph, kind: NodeKind, name: &str, label: &str, date: Option<&str>) {
    graph.add_node(Node {
        iri: format!("https://news.example/{name}"),
        label: String::from(label),
        kind,
        date: date.map(String::from),
    });
}

fn edge(graph: &mut EventGraph, from: u32, to: u32, kind: EdgeKind, label: &str, weight: f64) {
    let edge = Edge {
        kind,
        label: String::from(label),
        weight,
    };
    graph.add_edge(from.into(), to.into(), edge);
}

/// A story of a closed bridge: every kind of node and link.
pub(super) fn bridge_graph() -> EventGraph {
    let mut graph = EventGraph::default();
    let g = &mut graph;
    node(
        g,
        NodeKind::Event,
        "event/1",
        "Inspectors find cracks in two pylons of the harbour bridge",
        Some("2031-03-04"),
    );
    node(
        g,
        NodeKind::Event,
        "event/2",
        "Port Ellery closes the harbour bridge to all traffic",
        Some("2031-03-06"),
    );
    node(
        g,
        NodeKind::Event,
        "event/3",
        "Ferry operator doubles crossings after the closure",
        Some("2031-03-09"),
    );
    node(
        g,
        NodeKind::Event,
        "event/4",
        "Dockers walk out over detours",
        Some("2031-04"),
    );
    node(
        g,
        NodeKind::Event,
        "event/5",
        "Repairs will cost 40 million crowns, council says",
        Some("2031-05-12"),
    );
    node(
        g,
        NodeKind::Event,
        "event/6",
        "Repairs will cost 65 million crowns, auditors say",
        Some("2031-06-30"),
    );
    node(
        g,
        NodeKind::Event,
        "event/7",
        "Mayor resigns after the audit",
        Some("2031-07-02"),
    );
    node(
        g,
        NodeKind::Event,
        "event/8",
        "Harbour bridge reopens with a weight limit",
        Some("2032"),
    );
    node(
        g,
        NodeKind::Storyline,
        "event/9",
        "Harbour bridge crisis",
        None,
    );
    node(g, NodeKind::Person, "person/1", "Ilse Varga", None);
    node(
        g,
        NodeKind::Organization,
        "organization/1",
        "Dockers' Union of Ellery",
        None,
    );
    node(
        g,
        NodeKind::Organization,
        "organization/2",
        "City Council",
        None,
    );
    node(g, NodeKind::Place, "place/1", "Port Ellery", None);
    node(g, NodeKind::Concept, "concept/1", "public works", None);
    edge(g, 0, 1, EdgeKind::Related, "cracks", 9.0);
    edge(g, 1, 2, EdgeKind::Related, "closure", 4.0);
    edge(g, 1, 3, EdgeKind::Related, "", 2.0);
    edge(g, 5, 4, EdgeKind::Supersedes, "", 1.0);
    edge(g, 5, 6, EdgeKind::Related, "audit", 16.0);
    edge(g, 1, 4, EdgeKind::Related, "repairs", 6.0);
    edge(g, 4, 7, EdgeKind::Related, "repairs", 1.0);
    edge(g, 8, 0, EdgeKind::Context, "", 1.0);
    edge(g, 8, 1, EdgeKind::Context, "", 1.0);
    edge(g, 8, 5, EdgeKind::Context, "", 1.0);
    edge(g, 9, 6, EdgeKind::Actor, "mayor", 1.0);
    edge(g, 9, 1, EdgeKind::Actor, "", 1.0);
    edge(g, 10, 3, EdgeKind::Actor, "", 1.0);
    edge(g, 11, 4, EdgeKind::Actor, "", 1.0);
    edge(g, 1, 12, EdgeKind::Place, "", 1.0);
    edge(g, 3, 12, EdgeKind::Place, "", 1.0);
    edge(g, 13, 5, EdgeKind::Context, "", 1.0);
    graph
}

/// `size` events in a few clusters around entities.
pub(super) fn large_graph(size: u32) -> EventGraph {
    let mut graph = EventGraph::default();
    let hubs = size / 25 + 1;
    let kinds = [
        NodeKind::Person,
        NodeKind::Place,
        NodeKind::Organization,
        NodeKind::Storyline,
    ];
    for at in 0..hubs {
        let kind = kinds[at as usize % kinds.len()];
        node(
            &mut graph,
            kind,
            &format!("hub/{at}"),
            &format!("Invented name {at}"),
            None,
        );
    }
    for at in 0..size {
        let date = format!("2031-{:02}-{:02}", at % 12 + 1, at % 28 + 1);
        let label = format!("Report {at} about a thing that happened in the harbour");
        node(
            &mut graph,
            NodeKind::Event,
            &format!("event/{at}"),
            &label,
            Some(&date),
        );
        edge(
            &mut graph,
            at * 7 % hubs,
            hubs + at,
            EdgeKind::Context,
            "",
            1.0,
        );
        if at % 3 == 0 && at > 9 {
            edge(
                &mut graph,
                hubs + at,
                hubs + at - 9,
                EdgeKind::Related,
                "harbour",
                f64::from(at % 9 + 1),
            );
        }
        if at % 40 == 0 && at > 0 {
            edge(
                &mut graph,
                hubs + at,
                hubs + at - 1,
                EdgeKind::Supersedes,
                "",
                1.0,
            );
        }
    }
    graph
}

/// A graph of two linked nodes that carry these texts.
pub(super) fn hostile_graph(label: &str, note: &str, date: &str) -> EventGraph {
    let mut graph = EventGraph::default();
    node(&mut graph, NodeKind::Event, "event/1", label, Some(date));
    node(
        &mut graph,
        NodeKind::Person,
        &format!("person/{note}"),
        note,
        None,
    );
    edge(&mut graph, 0, 1, EdgeKind::Actor, note, 1.0);
    edge(&mut graph, 1, 0, EdgeKind::Supersedes, label, 0.3);
    edge(&mut graph, 1, 1, EdgeKind::Related, label, 2.0);
    graph
}

fn source(name: &str) -> SourceRef {
    let host = name.to_lowercase().replace(' ', "-");
    SourceRef {
        name: String::from(name),
        url: format!("https://{host}.example/story"),
    }
}

fn entry(at: usize, date: Option<&str>, precision: &str, title: &str, sources: &[&str]) -> Entry {
    Entry {
        date: date.map(String::from),
        precision: String::from(precision),
        title: String::from(title),
        event: format!("https://news.example/event/{at}"),
        score: 0.5,
        documents: vec![DocumentRef {
            iri: format!("https://news.example/document/{at}"),
            id: format!("story-{at}"),
            path: format!("news/story-{at}.html"),
        }],
        sources: sources.iter().map(|name| source(name)).collect(),
        ..Entry::default()
    }
}

/// A story of a closed bridge: every precision, an older version, an inferred and a missing date.
pub(super) fn bridge_timeline() -> Timeline {
    let mut entries = vec![
        entry(
            0,
            Some("2029"),
            "year",
            "The harbour bridge turns fifty without a full inspection",
            &["Ellery Post"],
        ),
        entry(
            1,
            Some("2031-03-04"),
            "day",
            "Inspectors find cracks in two pylons of the harbour bridge",
            &["Ellery Post", "Radio Coast"],
        ),
        entry(
            2,
            Some("2031-03-06T06:00"),
            "time",
            "Port Ellery closes the harbour bridge to all traffic; lorries are sent on a detour of 60 kilometres through the hills",
            &[
                "Ellery Post",
                "Radio Coast",
                "The Northern Mail",
                "Wire Nine",
            ],
        ),
        entry(
            3,
            Some("2031-03-09"),
            "day",
            "The ferry operator doubles its crossings",
            &["Radio Coast"],
        ),
        entry(
            4,
            Some("2031-04"),
            "month",
            "Dockers walk out over detours",
            &["Wire Nine"],
        ),
        entry(
            5,
            Some("2031-06-30"),
            "day",
            "Repairs will cost 65 million crowns, auditors say",
            &["Ellery Post", "Wire Nine"],
        ),
        entry(
            6,
            Some("2031-07-02"),
            "day",
            "Mayor Ilse Varga resigns after the audit",
            &["Ellery Post", "The Northern Mail", "Radio Coast"],
        ),
        entry(
            7,
            Some("2032-11-19"),
            "day",
            "The harbour bridge reopens with a weight limit",
            &["Ellery Post"],
        ),
        entry(
            8,
            None,
            "unknown",
            "A retired engineer says that she had warned the city",
            &["The Northern Mail"],
        ),
    ];
    entries[2].context = vec![
        String::from("Harbour bridge crisis"),
        String::from("public works"),
    ];
    entries[5].versions = vec![String::from(
        "Repairs will cost 40 million crowns, council says",
    )];
    entries[3].inferred_date = Some(String::from("from another report of the same event"));
    entries[4].superseded_by = Some(String::from("https://news.example/event/5"));
    Timeline {
        phrase: String::from("harbour bridge 2029–2032"),
        from: Some(String::from("2029-01-01")),
        to: Some(String::from("2032-12-31")),
        entries,
        ..Timeline::default()
    }
}

/// A timeline of `size` entries over three years.
pub(super) fn long_timeline(size: usize) -> Timeline {
    let entries = (0..size)
        .map(|at| {
            let day = at * 1000 / size.max(1);
            let date = format!(
                "{}-{:02}-{:02}",
                2030 + day / 365,
                day % 365 / 31 + 1,
                day % 28 + 1
            );
            entry(
                at,
                Some(&date),
                "day",
                &format!("Report {at} from the harbour of Port Ellery"),
                &["Ellery Post"],
            )
        })
        .collect();
    Timeline {
        phrase: String::from("harbour"),
        entries,
        ..Timeline::default()
    }
}

/// A timeline of two entries that carry this text everywhere.
pub(super) fn hostile_timeline(text: &str) -> Timeline {
    let mut one = entry(1, Some(text), text, text, &[text]);
    one.sources.push(SourceRef {
        name: String::from(text),
        url: String::from(text),
    });
    one.context = vec![String::from(text)];
    one.versions = vec![String::from(text), String::from(text)];
    one.superseded_by = Some(String::from(text));
    one.inferred_date = Some(String::from(text));
    let two = Entry {
        date: Some(String::from("2031-03")),
        ..one.clone()
    };
    Timeline {
        phrase: String::from(text),
        entries: vec![one, two],
        ..Timeline::default()
    }
}

/// Texts that break careless writers.
pub(super) const HOSTILE: [&str; 14] = [
    "",
    "\" onload=\"alert(1)",
    "]]> --> </svg><script>alert(1)</script>",
    "{{7*7}} ${x} `code` *b* _i_ [a](javascript:alert(1)) | # ~",
    "line\r\nbreak\ttab",
    "\u{0}\u{1}\u{8}\u{1b}[31mred\u{7f}\u{9b}",
    "\u{202e}gnp.exe \u{2066}isolated",
    "مرحبا بالعالم עולם",
    "👩‍👩‍👧‍👦🇪🇺🏴‍☠️",
    "港の橋が修理のため閉鎖される",
    "=HYPERLINK(\"https://bad.example\")",
    "\\N \\G \\ trailing\\",
    "&lt;b&gt; &#x1; &nope; %3C",
    "\u{fffe}\u{ffff}\u{feff}Z\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}",
];

/// Writes every format of the samples into the folder `ANNALS_EXPORT_SAMPLES`, to be looked at and
/// to be fed to outside validators.
#[test]
#[ignore = "writes files; run by hand"]
fn write_samples() {
    use super::{GraphFormat, TimelineFormat, write_graph, write_timeline};
    let folder = std::path::PathBuf::from(std::env::var_os("ANNALS_EXPORT_SAMPLES").unwrap());
    let hostile = HOSTILE.concat();
    let graphs = [
        ("bridge", bridge_graph()),
        ("g100", large_graph(100)),
        ("g400", large_graph(400)),
        ("hostile", hostile_graph(&hostile, &hostile, &hostile)),
        ("empty", EventGraph::default()),
    ];
    for (name, graph) in graphs {
        for format in GraphFormat::ALL {
            let mut file =
                std::fs::File::create(folder.join(format!("{name}.{}", format.extension())))
                    .unwrap();
            write_graph(&graph, *format, &mut file).unwrap();
        }
    }
    let timelines = [
        ("t-bridge", bridge_timeline()),
        ("t-200", long_timeline(200)),
        ("t-1", long_timeline(1)),
        ("t-hostile", hostile_timeline(&hostile)),
        ("t-empty", Timeline::default()),
    ];
    for (name, timeline) in timelines {
        for format in TimelineFormat::ALL {
            let file = format!("{name}.{format}.{}", format.extension());
            let mut file = std::fs::File::create(folder.join(file)).unwrap();
            write_timeline(&timeline, *format, &mut file).unwrap();
        }
    }
    for format in super::RdfFormat::ALL {
        let file = format!("quads.{}", format.extension());
        let mut file = std::fs::File::create(folder.join(file)).unwrap();
        super::write_quads(quads().into_iter(), *format, &mut file).unwrap();
    }
}

/// Statements in the default graph and two named graphs, with every hostile text as a title.
fn quads() -> Vec<oxigraph::model::Quad> {
    use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
    let iri = |name: &str| NamedNode::new(format!("https://news.example/{name}")).unwrap();
    let title = NamedNode::new("http://purl.org/dc/terms/title").unwrap();
    let graphs = [
        GraphName::DefaultGraph,
        iri("document/1").into(),
        iri("document/2").into(),
    ];
    let mut quads = Vec::new();
    for (at, text) in HOSTILE.iter().enumerate() {
        let subject = iri(&format!("event/{at}"));
        let text = Literal::new_simple_literal(*text);
        quads.push(Quad::new(
            subject,
            title.clone(),
            text,
            graphs[at % 3].clone(),
        ));
    }
    quads
}
