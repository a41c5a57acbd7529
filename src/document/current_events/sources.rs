//! The names of sources at the end of an event's words: "… people say. (BBC) (The Times)".

use super::{Cited, ends_sentence};

/// Longest name of a source, in characters; editors' remarks in parentheses are longer. A guess.
const MAX_NAME_CHARS: usize = 60;

/// Words without the parentheses at their end that name sources, and the names in their order.
///
/// A parenthesis names a source when nothing follows it and its first letter is a capital or a digit.
/// Before a closing full stop it belongs to the sentence, unless that has ended already.
pub(super) fn split(words: &str) -> (&str, Vec<Cited>) {
    let mut names = Vec::new();
    let mut rest = words.trim_end();
    while let Some((before, name)) = last(rest) {
        names.push(Cited {
            name: name.to_owned(),
            url: String::new(),
        });
        rest = before;
    }
    names.reverse();
    (rest, names)
}

/// What stands before the last parenthesis, and the source it names.
fn last(words: &str) -> Option<(&str, &str)> {
    let (inner, stopped) = match words.strip_suffix('.') {
        Some(inner) => (inner.trim_end(), true),
        None => (words, false),
    };
    let inner = inner.strip_suffix(')')?;
    let open = opening(inner)?;
    let before = inner[..open].trim_end();
    let name = inner[open + 1..].trim();
    let fits = (1..=MAX_NAME_CHARS).contains(&name.chars().count());
    let named = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii());
    // "Norland crisis (2012–present)" is a title.
    let is_year = name.len() >= 4 && name.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let ended = !stopped || ends_sentence(before) || before.ends_with(')');
    (fits && named && ended && !is_year && !before.is_empty()).then_some((before, name))
}

/// Where the parenthesis opens that closes at the end of some words.
fn opening(inner: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in inner.bytes().enumerate().rev().take(4 * MAX_NAME_CHARS) {
        match byte {
            b')' => depth += 1,
            b'(' if depth == 0 => return Some(at),
            b'(' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_at_the_end_are_sources() {
        let cases: [(&str, &str, &[&str]); 11] = [
            (
                "A boat sinks. (BBC) (The Times)",
                "A boat sinks.",
                &["BBC", "The Times"],
            ),
            ("A boat sinks.(Xinhua)", "A boat sinks.", &["Xinhua"]),
            ("A boat sinks (1 News)", "A boat sinks", &["1 News"]),
            ("A boat sinks. (BBC).", "A boat sinks.", &["BBC"]),
            (
                "A boat sinks. (AFP via Paper (UK))",
                "A boat sinks.",
                &["AFP via Paper (UK)"],
            ),
            (
                "He leaves the Sea Party (SP).",
                "He leaves the Sea Party (SP).",
                &[],
            ),
            (
                "Norland crisis (2012–present)",
                "Norland crisis (2012–present)",
                &[],
            ),
            ("He leaves (again)", "He leaves (again)", &[]),
            ("(BBC)", "(BBC)", &[]),
            ("A boat sinks)", "A boat sinks)", &[]),
            ("A boat sinks. ()", "A boat sinks. ()", &[]),
        ];
        for (words, rest, names) in cases {
            let (found, sources) = split(words);
            assert_eq!(found, rest, "{words}");
            let found: Vec<&str> = sources.iter().map(|source| &*source.name).collect();
            assert_eq!(found, names, "{words}");
        }
    }
}
