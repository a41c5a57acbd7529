//! Wiki markup that survived the archive's own cleaning, made readable.
//!
//! - `''italics''` lose their quotes;
//! - `-{zh-cn:A; zh-tw:B;}-` becomes the form for mainland China, else the first form;
//! - `{{MV|Name||2}}` becomes "MV Name"; any other template its first argument that has letters;
//! - `[[Page|words]]` becomes its words;
//! - `[http://x (Paper)]` becomes its label, "(Paper)": a reader of the page sees it, and dropping it
//!   would hide who is quoted; an address without a label is dropped.
//!
//! What is not closed stays as it is.

use std::borrow::Cow;

use crate::document::clean;

/// One line of an archive page as readable words: cleaned, without markup, white space folded.
pub(super) fn readable(raw: &str) -> String {
    let decoded = clean::decode_entities(raw);
    clean::tidy(&without_markup(&decoded))
}

/// What the inside of a piece of markup becomes; `None` keeps the piece as it is.
type Rule = fn(&str) -> Option<String>;

fn without_markup(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let rules: [(&str, &str, Rule); 4] = [
        ("-{", "}-", variant),
        ("{{", "}}", template),
        ("[[", "]]", page),
        ("[http", "]", external),
    ];
    for (open, close, rule) in rules {
        if text.contains(open) {
            text = Cow::Owned(replace(&text, open, close, rule));
        }
    }
    if text.contains("''") {
        text = Cow::Owned(without_quotes(&text));
    }
    text
}

/// Replaces every innermost `open … close` by what the rule makes of its inside; `None` keeps it.
fn replace(text: &str, open: &str, close: &str, rule: Rule) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find(close) {
        let after = end + close.len();
        match rest[..end].rfind(open) {
            Some(start) => {
                out.push_str(&rest[..start]);
                let made = rule(&rest[start + open.len()..end]);
                out.push_str(made.as_deref().unwrap_or(&rest[start..after]));
            }
            None => out.push_str(&rest[..after]),
        }
        rest = &rest[after..];
    }
    out.push_str(rest);
    out
}

/// Language variants in the order they are taken.
const VARIANTS: [&str; 4] = ["zh-cn", "zh-hans", "zh-sg", "zh"];

fn variant(inside: &str) -> Option<String> {
    let flagged = inside.split_once('|').filter(|(flags, _)| flags.len() <= 3);
    let forms: Vec<(&str, &str)> = flagged
        .map_or(inside, |(_, forms)| forms)
        .split(';')
        .filter_map(|form| form.split_once(':'))
        .map(|(tag, form)| (tag.trim(), form.trim()))
        .filter(|(tag, _)| tag.starts_with("zh"))
        .collect();
    let by_tag = |tag: &&str| forms.iter().find(|(known, _)| known == tag);
    let form = VARIANTS.iter().find_map(by_tag).or_else(|| forms.first());
    Some(form.map_or(inside.trim(), |(_, form)| form).to_owned())
}

fn template(inside: &str) -> Option<String> {
    let mut parts = inside.split('|').map(str::trim);
    let name = parts.next()?;
    let first = parts.find(|part| part.chars().any(char::is_alphabetic))?;
    let is_prefix = (2..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    Some(if is_prefix {
        format!("{name} {first}")
    } else {
        first.to_owned()
    })
}

fn page(inside: &str) -> Option<String> {
    inside.rsplit('|').next().map(str::to_owned)
}

fn external(inside: &str) -> Option<String> {
    if !(inside.starts_with(':') || inside.starts_with("s:")) {
        return None;
    }
    let label = inside
        .split_once(char::is_whitespace)
        .map_or("", |(_, label)| label);
    Some(label.trim().to_owned())
}

/// Removes runs of two or more apostrophes.
fn without_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("''") {
        out.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches('\'');
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residue_becomes_words() {
        let cases = [
            (" The ''Blue  Heron'' sails. ", "The Blue Heron sails."),
            ("'''Bold''' isn't", "Bold isn't"),
            ("The {{MV|Heron||2}} sinks", "The MV Heron sinks"),
            ("{{flag|Malta}} wins {{x}}", "Malta wins {{x}}"),
            (
                "A. [http://x (Paper)] B. [https://y (Z (UK))]",
                "A. (Paper) B. (Z (UK))",
            ),
            ("A [http:--x-y 報] B", "A 報 B"),
            ("A [http://x] B", "A B"),
            ("A [httpd crash] B", "A [httpd crash] B"),
            ("[[Valletta|the port]] and [[Malta]]", "the port and Malta"),
            ("-{zh-cn:甲; zh-tw:乙;}-号", "甲号"),
            ("-{zh-hant:乙;zh-hans:甲}-", "甲"),
            ("-{zh-tw:乙; zh-hk:丙;}-", "乙"),
            ("-{丁}-", "丁"),
            ("-{zh-cn:甲; zh", "-{zh-cn:甲; zh"),
            ("{{a|{{b|c}}", "{{a|c"),
            ("it&#39;s &quot;on&quot;", "it's \"on\""),
            ("[...]", "[...]"),
        ];
        for (raw, words) in cases {
            assert_eq!(readable(raw), words, "{raw}");
        }
    }
}
