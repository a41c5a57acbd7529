//! `annals path` and `annals graph`: how things are connected, what matters most, what belongs
//! together.

use crate::support::Sandbox;

#[test]
fn a_path_leads_from_one_name_to_the_other_through_documents() {
    let sandbox = Sandbox::with_news();
    let paths = sandbox
        .annals(&["path", "Hezbollah", "Donald Trump", "--format", "json"])
        .exits(0)
        .json();
    let paths = paths.as_array().unwrap();
    assert!(!paths.is_empty());
    let mut last = 0.0;
    for path in paths {
        let nodes = path["nodes"].as_array().unwrap();
        let steps = path["steps"].as_array().unwrap();
        assert_eq!(nodes.len(), steps.len() + 1);
        assert_eq!(nodes[0]["label"], "Hezbollah");
        assert_eq!(nodes[nodes.len() - 1]["label"], "Donald Trump");
        for step in steps {
            let stated = !step["documents"].as_array().unwrap().is_empty();
            assert!(stated || step["isInferred"] == true, "{step}");
        }
        let cost = path["cost"].as_f64().unwrap();
        assert!(cost >= last, "the cheapest comes first");
        last = cost;
    }
}

#[test]
fn paths_can_be_drawn() {
    let sandbox = Sandbox::with_news();
    for (format, start) in [
        ("dot", "digraph"),
        ("svg", "<svg"),
        ("mermaid", "flowchart"),
    ] {
        let text = sandbox
            .annals(&["path", "Hezbollah", "Donald Trump", "--format", format])
            .exits(0)
            .text();
        assert!(text.contains(start), "{format}: {text}");
        assert!(text.contains("Hezbollah"), "{format}: {text}");
    }
}

#[test]
fn what_is_not_connected_is_said_plainly() {
    let sandbox = Sandbox::with_news();
    sandbox
        .annals(&["path", "Hezbollah", "Cassini burns up", "--max-hops", "1"])
        .exits(1)
        .says("are not connected within 1 link");
    sandbox
        .annals(&["path", "Hezbollah", "Cassini"])
        .exits(2)
        .says("can mean 3 things");
    sandbox
        .annals(&["path", "Hezbollah", "Hezbollah"])
        .exits(2)
        .says("both ends are one thing");
    sandbox
        .annals(&["path", "Hezbollah", "Zzyzx Qwfp"])
        .exits(1)
        .says("nothing is known as");
}

#[test]
fn page_rank_sums_to_one_and_kinds_narrow_the_list() {
    let sandbox = Sandbox::with_news();
    let ranked = |arguments: &[&str]| {
        let mut all = vec!["graph", "central", "--format", "json"];
        all.extend(arguments);
        let rows = sandbox.annals(&all).exits(0).json();
        rows.as_array().unwrap().clone()
    };
    let sum: f64 = ranked(&["--top", "100000"])
        .iter()
        .map(|row| row["pagerank"].as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    let people = ranked(&["--kind", "person", "--top", "3"]);
    assert_eq!(people.len(), 3);
    assert!(people.iter().all(|row| row["kind"] == "person"));
    let later = ranked(&["--kind", "event", "--from", "2017", "--top", "1000"]);
    let first = later.iter().map(|row| row["iri"].as_str().unwrap());
    assert!(first.clone().count() > 0);
    for iri in first {
        let year = iri.split("/event/").nth(1).unwrap();
        assert!(
            !year.starts_with("2015") && !year.starts_with("2016"),
            "{iri}"
        );
    }
}

#[test]
fn communities_part_the_graph_and_stay_the_same() {
    let sandbox = Sandbox::with_news();
    let arguments = ["graph", "communities", "--top", "10000", "--format", "json"];
    let one = sandbox.annals(&arguments).exits(0).text();
    let two = sandbox
        .annals_with(&[("RAYON_NUM_THREADS", "1")], &arguments)
        .exits(0)
        .text();
    assert_eq!(one, two);
    let rows: serde_json::Value = serde_json::from_str(&one).unwrap();
    let sizes = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["size"].as_u64().unwrap());
    let stats = sandbox
        .annals(&["graph", "stats", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(stats[0]["what"], "things");
    assert_eq!(
        stats[0]["figure"].as_f64().unwrap() as u64,
        sizes.sum::<u64>()
    );
}

#[test]
fn tables_come_as_csv_and_tsv() {
    let sandbox = Sandbox::with_news();
    let table = |format: &str| {
        let arguments = ["graph", "central", "--top", "2", "--format", format];
        sandbox.annals(&arguments).exits(0).text()
    };
    assert!(table("csv").starts_with("rank,name,kind,degree,pagerank\n1,"));
    assert!(table("tsv").starts_with("rank\tname\tkind\tdegree\tpagerank\n1\t"));
}

#[test]
fn a_limit_keeps_what_is_linked_most() {
    let sandbox = Sandbox::with_news();
    let drawn = |arguments: &[&str]| {
        let mut all = vec![
            "export",
            "--format",
            "cyjs",
            "--around",
            "Syria",
            "--entities",
        ];
        all.extend(arguments);
        let outcome = sandbox.annals(&all).exits(0);
        let graph = outcome.json();
        graph["elements"]["nodes"].as_array().unwrap().len()
    };
    assert_eq!(drawn(&["--limit", "5"]), 5);
    assert!(drawn(&[]) > 5);
}

#[test]
fn no_cell_of_a_spreadsheet_is_calculated() {
    let sandbox = Sandbox::new();
    let line = serde_json::json!({"id": "a", "title": "＝SUM: Angela Merkel visits Paris", "text": "Angela Merkel came to Paris.", "dct": "2017-05-06"});
    sandbox
        .annals_reading(line.to_string(), &["ingest", "-", "--quiet"])
        .exits(0);
    let table = ["graph", "central", "--kind", "event", "--format", "csv"];
    let table = sandbox.annals(&table).exits(0).text();
    assert!(table.contains(",'＝SUM"), "{table}");
    let many = ["graph", "central", "--kind", "nonesuch"];
    sandbox.annals(&many).exits(2).says("storyline");
}
