//! Related events that nobody states are found, with reasons, apart from those that pages state.

use crate::support::Sandbox;

#[test]
fn inferred_relations_have_reasons_and_their_own_graph() {
    let sandbox = Sandbox::with_news();
    let links = "{ GRAPH annals:inferred { ?link annals:method 'shared-context' ; annals:from ?a ; annals:to ?b ; annals:score ?s } }";
    let all = sandbox.column(&format!("SELECT ?link {links}"));
    assert!(!all.is_empty());
    let both = format!(
        "SELECT ?link {links} FILTER EXISTS {{ GRAPH annals:inferred {{ ?a annals:related ?b . ?b annals:related ?a }} }}"
    );
    let both = both.replacen("} FILTER", " FILTER", 1) + "}";
    assert_eq!(sandbox.column(&both).len(), all.len());
    let stated = sandbox.column("SELECT ?l { ?l annals:statedIn ?d ; annals:score ?s }");
    assert!(stated.is_empty(), "stated links are not inferred ones");
    let most = sandbox.column("SELECT (COUNT(?b) AS ?n) { GRAPH annals:inferred { ?a annals:related ?b } } GROUP BY ?a ORDER BY DESC(?n) LIMIT 1");
    assert!(most[0].parse::<usize>().unwrap() >= 1);
    sandbox.annals(&["validate"]).exits(0);
}
