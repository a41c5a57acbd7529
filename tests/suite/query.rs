//! `annals query`: SPARQL as text, from a file, from standard input, and saved.

use oxigraph::io::RdfFormat;
use serde_json::Value;

use crate::support::{Sandbox, statements, xml_elements};

const VERSIONS: &str = "SELECT ?old ?new { ?new annals:supersedes ?old } ORDER BY ?new ?old";

#[test]
fn text_file_and_standard_input_are_one() {
    let sandbox = Sandbox::with_news();
    let text = sandbox.annals(&["query", VERSIONS]).exits(0).text();
    assert!(text.lines().count() > 5, "{text}");
    sandbox.write("versions.rq", VERSIONS);
    assert_eq!(
        sandbox.annals(&["query", "versions.rq"]).exits(0).text(),
        text
    );
    assert_eq!(
        sandbox.annals_reading(VERSIONS, &["query"]).exits(0).text(),
        text
    );
    assert_eq!(
        sandbox
            .annals_reading(VERSIONS, &["query", "-"])
            .exits(0)
            .text(),
        text
    );
}

#[test]
fn every_saved_query_answers() {
    let sandbox = Sandbox::with_news();
    let list = sandbox.annals(&["query", "--saved"]).exits(0).text();
    let names: Vec<&str> = list
        .lines()
        .skip(1)
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    let mut files: Vec<String> = sandbox.files("examples/queries");
    files.retain(|file| file.ends_with(".rq"));
    assert_eq!(
        names.len(),
        files.len(),
        "every file under examples/queries is a saved query"
    );
    for name in names {
        let answer = sandbox
            .annals(&["query", "--saved", name, "--format", "json"])
            .exits(0)
            .json();
        let rows = answer["results"]["bindings"].as_array().unwrap();
        // Without a name there is nothing whose names could be listed.
        assert!(
            !rows.is_empty() || name == "aliases",
            "{name} finds nothing in the examples"
        );
        let file = format!("examples/queries/{name}.rq");
        assert!(files.contains(&file), "{file}");
    }
    let aliases = sandbox
        .annals(&["query", "--saved", "aliases", "--param", "name=ISIL"])
        .exits(0)
        .text();
    assert!(
        aliases.contains("Daesh") && aliases.contains("Islamic State"),
        "{aliases}"
    );
    sandbox
        .annals(&["query", "--saved", "nonesuch"])
        .exits(2)
        .says("hint:");
    sandbox
        .annals(&["query", "--saved", "aliases", "--param", "nonesuch=1"])
        .exits(2);
    sandbox
        .annals(&["query", "--saved", "aliases", "--param", "nonesuch"])
        .exits(2);
}

#[test]
fn a_parameter_cannot_become_part_of_the_query() {
    let sandbox = Sandbox::with_news();
    for value in ["\" } #", "'", "\\", "\n", "\"; DROP ALL #", "$name", "?x"] {
        let parameter = format!("name={value}");
        sandbox
            .annals(&[
                "query", "--saved", "aliases", "--param", &parameter, "--format", "json",
            ])
            .exits(0);
    }
}

#[test]
fn rows_come_in_every_format() {
    let sandbox = Sandbox::with_news();
    let write = |format: &str| {
        sandbox
            .annals(&["query", VERSIONS, "--format", format])
            .exits(0)
    };
    let json = write("json").json();
    let count = json["results"]["bindings"].as_array().unwrap().len();
    assert_eq!(json["head"]["vars"].as_array().unwrap().len(), 2);
    let table = write("csv");
    assert_eq!(
        csv::Reader::from_reader(table.bytes())
            .records()
            .filter(Result::is_ok)
            .count(),
        count
    );
    assert_eq!(write("tsv").text().lines().count(), count + 1);
    assert_eq!(
        xml_elements(write("xml").bytes())
            .iter()
            .filter(|name| *name == "result")
            .count(),
        count
    );
    assert!(write("table").text().lines().count() > count);
    sandbox
        .annals(&["query", VERSIONS, "--format", "ttl"])
        .exits(2)
        .says("hint:");
}

#[test]
fn questions_are_answered_with_true_or_false() {
    let sandbox = Sandbox::with_news();
    assert_eq!(
        sandbox
            .annals(&["query", "ASK { ?s annals:supersedes ?o }"])
            .exits(0)
            .text(),
        "true\n"
    );
    assert_eq!(
        sandbox
            .annals(&["query", "ASK { ?s annals:nonesuch ?o }"])
            .exits(0)
            .text(),
        "false\n"
    );
    let json: Value = sandbox
        .annals(&["query", "ASK {}", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(json["boolean"], true);
}

#[test]
fn triples_can_be_constructed() {
    let sandbox = Sandbox::with_news();
    let construct = "CONSTRUCT { ?old <https://x.example/replacedBy> ?new } WHERE { ?new annals:supersedes ?old }";
    let turtle = sandbox
        .annals(&["query", construct, "--format", "ttl"])
        .exits(0);
    let lines = sandbox
        .annals(&["query", construct, "--format", "nt"])
        .exits(0);
    let triples = statements(RdfFormat::Turtle, turtle.bytes());
    assert!(!triples.is_empty());
    assert_eq!(triples, statements(RdfFormat::NTriples, lines.bytes()));
    sandbox
        .annals(&["query", construct, "--format", "csv"])
        .exits(2);
    let describe = "DESCRIBE <https://w3id.org/annals/id/person/vladimir-putin>";
    assert!(
        !statements(
            RdfFormat::Turtle,
            sandbox.annals(&["query", describe]).exits(0).bytes()
        )
        .is_empty()
    );
}

#[test]
fn mistakes_are_explained() {
    let sandbox = Sandbox::with_news();
    sandbox
        .annals(&["query", "SELECT * {"])
        .exits(2)
        .says("line 1, column 10: { is not closed")
        .says("hint:");
    sandbox
        .annals(&["query", "INSERT DATA { <a:a> <a:b> <a:c> }"])
        .exits(2);
    sandbox.annals(&["query", "DROP ALL"]).exits(2);
    let deep = format!("ASK {}{}", "{".repeat(20_000), "}".repeat(20_000));
    sandbox
        .annals_reading(deep, &["query"])
        .without_panic()
        .exits(2);
    sandbox
        .annals_reading("", &["query"])
        .without_panic()
        .exits(2);
}

/// What ended or held up the engine beneath when it was asked directly; here each is answered or refused, soon.
#[test]
fn evil_queries_are_answered_or_refused() {
    let sandbox = Sandbox::new();
    sandbox
        .annals(&["ingest", "examples/news/articles", "--quiet"])
        .exits(0);
    let chain = |one: &str, count: usize| format!("ASK {{ FILTER({}1) }}", one.repeat(count));
    let queries = [
        format!("ASK {}{}", "{".repeat(5000), "}".repeat(5000)),
        format!(
            "ASK {{ FILTER({}1{}) }}",
            "(".repeat(5000),
            ")".repeat(5000)
        ),
        format!(
            "ASK {{ ?s ?p {}1{} }}",
            "[ <a:a> ".repeat(5000),
            "]".repeat(5000)
        ),
        format!(
            "ASK {{ ?s {}<a:a>{} ?o }}",
            "(".repeat(5000),
            ")*".repeat(5000)
        ),
        format!(
            "SELECT * {{ {} ?s ?p ?o {} }}",
            "<< ".repeat(5000),
            " >>".repeat(5000)
        ),
        chain("!", 50_000),
        chain("1+", 40_000),
        chain("1||", 30_000),
        format!("ASK {{ {{}} {} }}", "UNION {} ".repeat(10_000)),
        format!("ASK {{ ?s {}<a:a> ?o }}", "<a:a>/".repeat(15_000)),
        format!("ASK {{ ?s <a:a> ?o {} }}", "; <a:a> ?o".repeat(9000)),
        format!("ASK {{ {} }}", "<".repeat(90_000)),
        format!("ASK {{ {} >}}", "<".repeat(90_000)),
        "\"".repeat(90_000),
        "#\n".repeat(45_000),
        "ASK { FILTER(REGEX(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaab\", \"(a*)*c\")) }".to_owned(),
        "ASK { FILTER(REGEX(\"a\", \"((a{1000}){1000}){1000}\")) }".to_owned(),
        "LOAD <http://127.0.0.1:9/>".to_owned(),
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }".to_owned(),
    ];
    for query in queries {
        let start = std::time::Instant::now();
        let head: String = query.chars().take(40).collect();
        let outcome = sandbox
            .annals_reading(query, &["query", "--timeout", "5"])
            .without_panic();
        assert!(
            matches!(outcome.code(), Some(0 | 1 | 2 | 4)),
            "{head}: {}",
            outcome.messages()
        );
        assert!(
            start.elapsed().as_secs() < 30,
            "{head} took {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn other_services_are_never_asked() {
    let sandbox = Sandbox::with_news();
    let outcome = sandbox.annals(&[
        "query",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ]);
    assert_ne!(outcome.code(), Some(0));
    outcome.says("not supported").without_panic();
}

#[test]
fn a_limit_cuts_and_says_so() {
    let sandbox = Sandbox::with_news();
    let outcome = sandbox
        .annals(&["query", "SELECT * { ?s ?p ?o }", "--limit", "3"])
        .exits(4)
        .says("first 3 rows");
    assert_eq!(outcome.text().lines().count(), 4);
    sandbox
        .annals(&["query", VERSIONS, "--limit", "1000"])
        .exits(0);
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    sandbox
        .annals(&["query", endless, "--timeout", "0.5"])
        .without_panic()
        .exits(4)
        .says("hint:");
}

#[test]
fn options_that_would_be_ignored_are_refused() {
    let sandbox = Sandbox::with_news();
    for arguments in [
        &["query", "ASK {}", "--param", "a=b"] as &[&str],
        &["query", "ASK {}", "--saved", "most-reported"],
    ] {
        sandbox.annals(arguments).exits(2);
    }
}
