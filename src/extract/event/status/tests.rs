use super::*;
use crate::document::{Format, RawDocument};
use crate::extract::{Tagger, extract};

fn document(format: Format, content: &str) -> crate::document::Document {
    let raw = RawDocument {
        path: "a.txt".into(),
        part: None,
        format,
        charset: None,
        content: content.into(),
    };
    crate::document::read(&raw).unwrap()
}

/// Status of the headline of an article.
fn of_headline(title: &str) -> Status {
    let body = "The port of Oslo lies at the head of a long fjord and is closed in hard winters.";
    let line = serde_json::json!({"title": title, "text": body, "dct": "2017-12-12"});
    let document = document(Format::JsonLines, &line.to_string());
    assert_eq!(document.title(), Some(title));
    let found = extract(&document, Tagger::shipped(), &|_| false);
    found.events[0].standing.status
}

/// Status of the event that a sentence of the body tells.
fn of_body(sentence: &str) -> Option<Status> {
    let lede = "The port of Oslo was closed for the winter.";
    let content =
        format!("20 December 2017\n\nIce closes the port of Oslo\n\n{lede}\n\n{sentence}\n");
    let document = document(Format::Article, &content);
    let found = extract(&document, Tagger::shipped(), &|_| false);
    found.events.get(1).map(|event| event.standing.status)
}

#[test]
fn headlines_have_a_standing() {
    for (title, status) in [
        ("Russia bombs a town in northern Syria", Status::Asserted),
        (
            "Turkey fails to reach a deal with Germany",
            Status::Asserted,
        ),
        ("Norway refuses to sign the treaty", Status::Asserted),
        ("Germany to close its embassy in Damascus", Status::Planned),
        (
            "Russian forces to start pulling out of Syria",
            Status::Planned,
        ),
        (
            "Germany will close its embassy in Damascus",
            Status::Planned,
        ),
        (
            "Germany may close its embassy in Damascus",
            Status::Hypothetical,
        ),
        (
            "Russia says its jets hit twelve targets in Syria",
            Status::Reported,
        ),
        (
            "Angela Merkel says Germany will close its embassy",
            Status::Asserted,
        ),
        (
            "Russia denies that its jets hit a hospital in Syria",
            Status::Denied,
        ),
    ] {
        assert_eq!(of_headline(title), status, "{title}");
    }
}

#[test]
fn sentences_have_the_standing_of_the_clause_with_the_date() {
    for (sentence, status) in [
        (
            "Two ships sank off Norway on 3 December.",
            Some(Status::Asserted),
        ),
        (
            "Norway said that two ships had sunk on 3 December.",
            Some(Status::Reported),
        ),
        (
            "Two ships sank off Norway on 3 December, the defence ministry said.",
            Some(Status::Reported),
        ),
        (
            "Norway will open the port again on 3 March.",
            Some(Status::Planned),
        ),
        (
            "Talks with Norway resume on 3 January.",
            Some(Status::Planned),
        ),
        (
            "Norway denied that two ships had sunk on 3 December.",
            Some(Status::Denied),
        ),
        (
            "Norway lost two ships on 3 May 2017.",
            Some(Status::Asserted),
        ),
        ("Norway could open the port on 24 December.", None),
        (
            "If Norway opens the port on 24 December, trade picks up.",
            None,
        ),
        ("“Norway lost two ships on 3 December,” he said.", None),
    ] {
        assert_eq!(of_body(sentence), status, "{sentence}");
    }
}

#[test]
fn a_deed_is_no_plan_because_of_words_about_something_else() {
    for title in [
        "Ferries stay in port due to heavy ice off Oslo.",
        "Norway agrees to lend Oslo two icebreakers.",
        "Norway threatens to close the port of Oslo.",
        "Norway's parliament votes to widen the port of Oslo.",
        "Norway opposes the city's plan to close the port.",
        "Norway presents plans to widen the port of Oslo.",
        "Oslo rejects offer to sell the port",
        "The harbour master Will Berg opens the port of Oslo.",
        "After the ice that will melt in May, Oslo opens its port.",
        "Norway tows a ship that will be scrapped in Oslo.",
        "The proposal to close the port is voted down in Oslo",
        "A treaty on the port of Oslo comes into effect.",
        "Oslo does not lower the fees of its port.",
        "Norway tows a ferry to Oslo after the mayor said that it was sinking.",
        "Ferries stay in Oslo as the mayor denies that the ice is thick.",
        "Oslo rejects the new icebreaker that Norway offers.",
    ] {
        assert_eq!(of_headline(title), Status::Asserted, "{title}");
    }
}

#[test]
fn plans_and_claims_of_whole_sentences_have_their_standing() {
    for (title, status) in [
        ("Norway plans to close the port of Oslo.", Status::Planned),
        ("The port of Oslo is to close for a week.", Status::Planned),
        (
            "The port of Oslo is due to close for a week.",
            Status::Planned,
        ),
        ("The United States will close the port.", Status::Planned),
        (
            "Talks on the port of Oslo are expected to resume.",
            Status::Planned,
        ),
        ("Norway claims to have sunk a submarine.", Status::Reported),
        ("Norway rejects claims that it sank a ship.", Status::Denied),
        ("Norway denies having sunk a ship off Oslo.", Status::Denied),
    ] {
        assert_eq!(of_headline(title), status, "{title}");
    }
}

#[test]
fn a_promise_is_of_its_own_day() {
    for (sentence, status) in [
        (
            "On 3 December, Norway agreed to reopen the port.",
            Some(Status::Asserted),
        ),
        (
            "Norway agreed to reopen the port on 3 March 2018.",
            Some(Status::Planned),
        ),
    ] {
        assert_eq!(of_body(sentence), status, "{sentence}");
    }
}
