use super::*;
use crate::extract::{extract_timexes, split_sentences};

fn mentions(text: &str, names: &[(&str, EntityKind)]) -> Vec<Mention> {
    let of = |(name, kind): &(&str, EntityKind)| {
        let places: Vec<_> = text.match_indices(name).map(|(at, _)| at).collect();
        let kind = *kind;
        let length = name.len();
        places.into_iter().map(move |at| Mention {
            span: Span::new(at, at + length),
            kind,
        })
    };
    let mut found: Vec<Mention> = names.iter().flat_map(of).collect();
    found.sort_unstable();
    found
}

/// Speaker, cue and content of each quotation, and the name behind the speaker.
fn found(text: &str) -> Vec<(String, String, String, String)> {
    use EntityKind::{Organization, Person, Place};
    let names = [
        ("Ana Ruiz", Person),
        ("Berg", Person),
        ("Northern Wire", Organization),
        ("Pentagon", Organization),
        ("United States Bank", Organization),
        ("Oslo", Place),
    ];
    let mentions = mentions(text, &names);
    let whole = Span::new(0, text.len());
    let sentences = split_sentences(text, whole, "en");
    let timexes = extract_timexes(text, whole, None);
    let quotations = find_quotations(text, &[whole], &sentences, &mentions, &timexes);
    let words = |span: Span| span.of(text).to_owned();
    let name = |q: &Quotation| q.mention.map_or(String::new(), |m| words(mentions[m].span));
    quotations
        .iter()
        .map(|q| (words(q.speaker), name(q), words(q.cue), words(q.content)))
        .collect()
}

#[test]
fn speakers_are_found_beside_their_cue() {
    for (text, speaker, name, content) in [
        (
            "Ana Ruiz said that the port had closed.",
            "Ana Ruiz",
            "Ana Ruiz",
            "the port had closed.",
        ),
        (
            "Ana Ruiz said on Monday the port had closed.",
            "Ana Ruiz",
            "Ana Ruiz",
            "the port had closed.",
        ),
        (
            "The port had closed on Monday, Ana Ruiz said.",
            "Ana Ruiz",
            "Ana Ruiz",
            "The port had closed on Monday",
        ),
        (
            "The port had closed on Monday, said Ana Ruiz, who runs it.",
            "Ana Ruiz",
            "Ana Ruiz",
            "The port had closed on Monday",
        ),
        (
            "The port has closed, according to a Pentagon spokesman.",
            "a Pentagon spokesman",
            "",
            "The port has closed",
        ),
        (
            "According to Northern Wire, the port has closed.",
            "Northern Wire",
            "Northern Wire",
            "the port has closed.",
        ),
        (
            "Officials in Oslo told reporters that the port had closed.",
            "Officials in Oslo",
            "",
            "the port had closed.",
        ),
        (
            "\"The port has closed,\" Berg told reporters.",
            "Berg",
            "Berg",
            "The port has closed",
        ),
        (
            "Berg, the harbour master, said: “The port has closed.”",
            "Berg",
            "Berg",
            "The port has closed.",
        ),
        (
            "Surgeon: \"We had no more oxygen\"",
            "Surgeon",
            "",
            "We had no more oxygen",
        ),
        (
            "Northern Wire reported that the port had closed.",
            "Northern Wire",
            "Northern Wire",
            "the port had closed.",
        ),
        (
            "Berg claims to have closed the port.",
            "Berg",
            "Berg",
            "to have closed the port.",
        ),
        (
            "Berg denies having closed the port.",
            "Berg",
            "Berg",
            "having closed the port.",
        ),
        (
            "The city’s authorities say the port has closed.",
            "The city’s authorities",
            "",
            "the port has closed.",
        ),
    ] {
        let expected = [speaker, name, content].map(str::to_owned);
        let all: Vec<_> = found(text)
            .into_iter()
            .map(|(s, n, _, c)| [s, n, c])
            .collect();
        assert_eq!(all, [expected], "{text}");
    }
}

#[test]
fn other_uses_of_the_verbs_attribute_nothing() {
    for text in [
        "Northern Wire reported a loss of two millions.",
        "He is said to be ill.",
        "The trip to Oslo says much about him.",
        "Ana Ruiz told a joke.",
        "Ana Ruiz said nothing of it.",
        "Berg announced the talks on Monday.",
        "The Pentagon adds four harbours to its list.",
        "Berg met the head of the United States Bank.",
        "Berg, Ana Ruiz, warns Oslo, Bergen and Tromso of ice.",
        "Berg leads the officials over their claims that he lied.",
        "The leaders of 16 states agree that ports close.",
        "The government of Norway arrests 23 alleged robbers of banks in Oslo.",
        "Oslo wants the authorities to arrest alleged robbers of banks.",
        "The remains of 21 soldiers said to have gone missing were found.",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_paragraph_with_one_speaker_goes_on_with_him() {
    let text =
        "“We were late,” Berg said. “The ice had come early that year.” He said the ship was safe.";
    let all: Vec<_> = found(text)
        .into_iter()
        .map(|(_, name, _, content)| (name, content))
        .collect();
    let row = |content: &str| ("Berg".to_owned(), content.to_owned());
    assert_eq!(
        all,
        [
            row("We were late"),
            row("The ice had come early that year."),
            row("the ship was safe.")
        ]
    );
}
