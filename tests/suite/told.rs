//! Whether a told event happened, and on whose word: in timelines, in `annals why`, in the graph.

use serde_json::Value;

use crate::support::Sandbox;

const ARTICLE: &str = "20 December 2017

Ice closes the port of Oslo

The port of Oslo was closed for the winter.

Two ships sank off Norway on 3 December, the defence ministry said.

Norway will open the port again on 3 March.

Denmark denied that its icebreakers had left the port of Oslo on 5 December.
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("ice.txt", ARTICLE);
    sandbox.annals(&["ingest", "ice.txt"]).exits(0);
    sandbox
}

#[test]
fn a_timeline_tells_plans_and_denials_from_facts() {
    let sandbox = sandbox();
    let json = sandbox
        .annals(&["timeline", "", "--format", "json"])
        .exits(0)
        .json();
    let row = |entry: &Value| {
        ["date", "status", "attributedTo"].map(|key| entry[key].as_str().unwrap_or("-").to_owned())
    };
    let rows: Vec<_> = json.as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            ["2017-12-03", "reported", "the defence ministry"],
            ["2017-12-05", "denied", "Denmark"],
            ["2017-12-20", "-", "-"],
            ["2018-03-03", "planned", "-"],
        ]
    );
    let text = sandbox.annals(&["timeline", ""]).exits(0).text();
    for words in [
        "[planned] Norway will open",
        "[denied by Denmark]",
        "according to the defence ministry",
    ] {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
}

/// On the day of the first report only the police have said it; two days later it is told as a fact.
#[test]
fn a_later_document_changes_no_earlier_status() {
    let sandbox = Sandbox::new();
    let told = "The ferries Hurtig and Nord collided off Oslo on 9 December 2017";
    let reports = [
        (
            "2017-12-10",
            "Police say the ferries Hurtig and Nord collided off Oslo",
            format!("{told}, police said."),
        ),
        (
            "2017-12-12",
            "The ferries Hurtig and Nord collided off Oslo",
            format!("{told}."),
        ),
    ];
    let lines: String = reports
        .iter()
        .map(|(day, title, text)| {
            let line = serde_json::json!({"id": day, "title": title, "text": text, "dct": day});
            format!("{line}\n")
        })
        .collect();
    sandbox
        .annals_reading(lines, &["ingest", "-", "--quiet"])
        .exits(0);
    let on = |day: &str| {
        let command = ["timeline", "ferries", "--known-at", day, "--format", "json"];
        let Value::Array(entries) = sandbox.annals(&command).exits(0).json() else {
            panic!("an array of entries")
        };
        assert_eq!(entries.len(), 1, "{entries:#?}");
        entries[0]["status"].as_str().map(str::to_owned)
    };
    assert_eq!(on("2017-12-10").as_deref(), Some("reported"));
    assert_eq!(on("2017-12-12"), None);
}

/// What a plan names says nothing of when its undated article was written.
#[test]
fn an_undated_article_is_not_dated_by_a_plan() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "dam.txt",
        "Engineers begin work on the dam\n\nWork on the dam began near Bern. The dam would be finished by 31 \
         December 2049. The valley will be flooded on 2 May 2051.\n",
    );
    sandbox.annals(&["ingest", "dam.txt"]).exits(0);
    let dam = sandbox
        .annals(&["timeline", "dam", "--to", "2030"])
        .exits(0)
        .text();
    assert!(dam.contains("Engineers begin"), "{dam}");
}

#[test]
fn a_status_leads_to_its_words() {
    let sandbox = sandbox();
    let why = |event: &str| sandbox.annals(&["why", event]).exits(0).text();
    assert!(why("Norway will open the port").contains("status planned\n  “will”"));
    assert!(why("Two ships sank").contains("“the defence ministry said”"));
    sandbox.annals(&["validate"]).exits(0);
}
