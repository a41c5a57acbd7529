//! The card of a storyline, to be read.

use std::fmt::Write;

use crate::inspect::{Card, Nested, StorylineCard};

/// Things of a kind beyond this many are counted, not listed.
const MOST: usize = 25;

/// The card: span, number of events, parts, who and where, other names.
pub(super) fn text(card: &Card, storyline: &StorylineCard) -> String {
    let mut text = format!("{}\n<{}>\n\n", card.label, card.iri);
    let span = storyline.span.as_deref().unwrap_or("unknown");
    let _ = writeln!(text, "span    {}", span.replace('/', " to "));
    let (stated, inferred) = (storyline.stated_events, storyline.inferred_events);
    let _ = writeln!(text, "events  {stated} stated, {inferred} inferred");
    for (title, list) in [("Part of", &storyline.part_of), ("Parts", &storyline.parts)] {
        section(&mut text, title, list.iter().map(nested_line));
    }
    for (title, list) in [("Who", &storyline.actors), ("Where", &storyline.places)] {
        let lines = list
            .iter()
            .map(|(name, count)| format!("{name}  ({count})"));
        section(&mut text, title, lines);
    }
    let names = storyline
        .other_names
        .iter()
        .map(|other| match &other.apart[..] {
            [] => other.name.clone(),
            apart => format!("{}  (apart: {})", other.name, apart.join(", ")),
        });
    section(&mut text, "Also called", names);
    text
}

fn nested_line(nested: &Nested) -> String {
    let (name, score, method) = (&nested.name, nested.score, &nested.method);
    format!("{name}  ({score:.2}, {method})")
}

fn section(text: &mut String, title: &str, lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for line in lines.take(MOST) {
        let _ = writeln!(text, "  {line}");
    }
    if count > MOST {
        let _ = writeln!(text, "  … and {} more", count - MOST);
    }
}
