//! A guess at the language of a text by its script, for documents that do not say it. Scripts shared
//! by many languages are not told apart: Latin letters are taken for English, the one language in
//! them that later stages know.

/// Characters looked at: a headline and some sentences are enough to see the script.
const SAMPLE_CHARS: usize = 4000;

/// The BCP 47 tag that a text's script suggests; `und` when no listed script leads.
pub(super) fn guess(text: &str) -> &'static str {
    let (mut latin, mut han, mut kana, mut hangul, mut other) = (0_usize, 0_usize, 0, 0, 0);
    for c in text
        .chars()
        .take(SAMPLE_CHARS)
        .filter(|c| c.is_alphabetic())
    {
        match c {
            '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => latin += 1,
            '\u{3040}'..='\u{30FF}' => kana += 1,
            '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                han += 1
            }
            '\u{AC00}'..='\u{D7AF}' => hangul += 1,
            _ => other += 1,
        }
    }
    // A Chinese or Japanese character says about as much as two letters of an alphabet.
    let ranked = [
        (latin, "en"),
        (2 * (han + kana), if kana * 5 > han { "ja" } else { "zh" }),
        (2 * hangul, "ko"),
        (other, "und"),
    ];
    let most = ranked.iter().map(|(count, _)| *count).max().unwrap_or(0);
    ranked
        .iter()
        .find(|(count, _)| *count == most)
        .map_or("und", |(_, tag)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        let cases = [
            ("A ferry sinks", "en"),
            ("渡轮在马耳他沉没", "zh"),
            ("フェリーが沈没した", "ja"),
            ("여객선이 침몰했다", "ko"),
            ("Паром затонул", "und"),
            ("马耳他 Malta 渡轮沉没", "zh"),
            ("12 34", "en"),
        ];
        for (text, expected) in cases {
            assert_eq!(guess(text), expected, "{text}");
        }
    }
}
