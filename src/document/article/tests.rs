//! Articles as they come off web pages, invented.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn parts(content: &str) -> Vec<(SectionKind, String)> {
    let document = read(content).unwrap();
    let parts = document.sections.iter();
    parts
        .map(|part| (part.kind, document.words(part.span).to_owned()))
        .collect()
}

fn kinds(content: &str) -> Vec<SectionKind> {
    parts(content).into_iter().map(|(kind, _)| kind).collect()
}

use SectionKind::{Boilerplate, Byline, Paragraph as Prose, Title};

const LEAD: &str = "A ferry with two hundred people on board has sunk off Malta, rescuers said.";
const MORE: &str = "Twelve people are missing. “The sea was calm when we left the port on Monday,” \
    the captain said, and added that nobody had expected the storm to come so early in the year.";

#[test]
fn a_plain_article() {
    let article = format!("Ferry sinks off Malta, 12 missing\n\n{LEAD}\n\n{MORE}\n");
    assert_eq!(kinds(&article), [Title, Prose, Prose]);
    let document = read(&article).unwrap();
    assert_eq!(
        (document.dct, document.byline, document.address),
        (None, None, None)
    );
    assert_eq!(document.text, article.trim_end());
}

#[test]
fn a_paper_a_byline_a_caption_and_a_tail() {
    let article = format!(
        "The Daily Ferry\n\nFerry sinks off Malta after a ‘calm’ day\n\n- By Ann Borg in Valletta\n\n\
         {LEAD}\n\n{MORE}\n\n‘The sea was calm when we left the port on Monday’\n\n\
         ?? ?? A ferry lies on its side in the bay\nA ferry lies on its side in the bay\n\n\
         More papers\n\nPapers from Malta"
    );
    let expected = [
        Boilerplate,
        Title,
        Byline,
        Prose,
        Prose,
        Boilerplate,
        Boilerplate,
        Boilerplate,
        Boilerplate,
        Boilerplate,
    ];
    assert_eq!(kinds(&article), expected);
    let document = read(&article).unwrap();
    assert_eq!(
        document.byline.map(|span| document.words(span)),
        Some("Ann Borg in Valletta")
    );
}

#[test]
fn a_title_twice_under_a_heap_of_icons() {
    let icons = "icon closeicon openicon share".repeat(20);
    let article = format!(
        "{icons}\n\nFerries are safe, says the minister\n\nOpinion\nAnn Borg, minister of the sea. \
         Follow her on Twitter @borg\nFerries are safe, says the minister\n{LEAD}\n\n{MORE}\n\n\
         The views in this column are solely those of the author and of nobody else.\n"
    );
    let expected = [
        Boilerplate,
        Title,
        Boilerplate,
        Boilerplate,
        Boilerplate,
        Prose,
        Prose,
        Boilerplate,
    ];
    assert_eq!(kinds(&article), expected);
}

#[test]
fn dates_are_said_or_there_is_none() {
    let cases = [
        ("Published 12 December 2017", Some(date(2017, 12, 12))),
        ("11.12.2017", Some(date(2017, 12, 11))),
        (
            "Updated 13 December 2017\nPublished 12 December 2017",
            Some(date(2017, 12, 12)),
        ),
        ("By Ann Borg, 12 December 2017", Some(date(2017, 12, 12))),
        ("11/12/2017", None),
        ("12 December", None),
    ];
    for (line, day) in cases {
        let article = format!("Ferry sinks off Malta, 12 missing\n{line}\n\n{LEAD}\n\n{MORE}\n");
        assert_eq!(read(&article).unwrap().dct, day, "{line}");
    }
    let told = format!("Ferry sinks off Malta, 12 missing\n\nOn 12 December 2017 {LEAD}\n");
    assert_eq!(read(&told).unwrap().dct, None);
}

#[test]
fn a_dateline_is_no_part_of_the_first_sentence() {
    let article =
        format!("Ferry sinks off Malta, 12 missing\n\nVALLETTA, Dec 11 (Agency) - {LEAD}\n");
    let expected = [
        (Title, "Ferry sinks off Malta, 12 missing".to_owned()),
        (Byline, "VALLETTA, Dec 11 (Agency) -".to_owned()),
        (Prose, LEAD.to_owned()),
    ];
    assert_eq!(parts(&article), expected);
    assert_eq!(read(&article).unwrap().dct, None);
    let dated = article.replace("Dec 11", "December 11, 2017");
    assert_eq!(read(&dated).unwrap().dct, Some(date(2017, 12, 11)));
}

#[test]
fn in_doubt_a_paragraph_is_a_paragraph() {
    assert_eq!(kinds(LEAD), [Prose]);
    assert_eq!(
        kinds(&format!("{LEAD}\n\nThe rescue\n\n{MORE}")),
        [Prose, Prose, Prose]
    );
    let lead =
        format!("Ferry sinks off Malta, 12 missing\n\nStorm comes early this year\n\n{MORE}");
    assert_eq!(kinds(&lead), [Title, Prose, Prose]);
    assert_eq!(kinds("Ferry sinks off Malta"), [Title]);
    assert_eq!(read(" \n\u{feff}\n"), Err(ReadError::Empty));
}

#[test]
fn markdown_and_other_languages() {
    assert_eq!(
        parts(&format!("# Ferry sinks\n\n{LEAD}"))[0],
        (Title, "Ferry sinks".to_owned())
    );
    let chinese = read(
        "渡轮在马耳他附近海域沉没\n\n救援人员说，一艘载有两百人的渡轮周二在马耳他附近沉没。\n",
    )
    .unwrap();
    assert_eq!(
        (chinese.title(), chinese.language.as_str()),
        (Some("渡轮在马耳他附近海域沉没"), "zh")
    );
}

#[test]
fn a_heap_of_lines_is_kept_but_not_judged() {
    let heap = "x\n\n".repeat(MAX_JUDGED_LINES);
    let document = read(&heap).unwrap();
    assert_eq!(document.sections.len(), MAX_JUDGED_LINES);
    assert!(
        document
            .sections
            .iter()
            .all(|section| section.kind == Prose)
    );
    assert!(read(&"wo rd. ".repeat(300_000)).is_ok());
    assert!(read(&"&#3 '' - [".repeat(200_000)).is_ok());
}

proptest! {
    #[test]
    fn nothing_is_lost_and_sections_are_apart(
        lines in proptest::collection::vec(prop_oneof![
            Just(""), Just("Ferry sinks off Malta after a storm"), Just("By Ann Borg"), Just(LEAD),
            Just("12 December 2017"), Just("© Paper"), Just("- -"), Just("渡轮沉没。"), Just("é\u{301} &amp; x"),
            Just("VALLETTA (Agency) - It sank."), Just("Malta"), Just(MORE),
        ], 0..20),
        noise in r"\PC{0,60}",
    ) {
        let content = format!("{}\n{noise}", lines.join("\n"));
        if let Ok(document) = read(&content) {
            let mut end = 0;
            for section in &document.sections {
                prop_assert!(section.span.start >= end);
                prop_assert!(!document.words(section.span).is_empty());
                end = section.span.end;
            }
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&document.text), squeeze(&clean::inline(&content)));
        }
    }
}
