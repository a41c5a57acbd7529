//! Text as a picture needs it: how wide it is, and where to break it.
//!
//! The viewer's font is unknown, so widths are upper bounds: those of DejaVu Sans, the widest of
//! the common sans-serif fonts, rounded up. A line that fits here fits in Arial with a sixth to
//! spare.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::super::names::visible;

/// Size in pixels and boldness.
#[derive(Clone, Copy, Debug)]
pub(in crate::export) struct Face {
    pub(in crate::export) size: f64,
    pub(in crate::export) bold: bool,
}

impl Face {
    /// A face of normal weight.
    pub(in crate::export) const fn plain(size: f64) -> Self {
        Self { size, bold: false }
    }

    /// A bold face.
    pub(in crate::export) const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    /// An upper bound of the width of a line, in pixels.
    pub(in crate::export) fn width(self, line: &str) -> f64 {
        line.graphemes(true)
            .map(|grapheme| self.grapheme_width(grapheme))
            .sum()
    }

    fn grapheme_width(self, grapheme: &str) -> f64 {
        let sum: f64 = grapheme.chars().map(em_width).sum();
        // An emoji of several code points is drawn as one.
        let em = if grapheme.chars().nth(1).is_some() && grapheme.width() >= 2 {
            sum.min(1.4)
        } else {
            sum
        };
        em * self.size * if self.bold { 1.13 } else { 1.0 }
    }

    /// Breaks a text into at most `max_lines` lines no wider than `max_width`; the last ends in
    /// `…` when something is left out. White space is collapsed and control characters go.
    pub(in crate::export) fn wrap(
        self,
        text: &str,
        max_width: f64,
        max_lines: usize,
    ) -> Vec<String> {
        let text = visible(text);
        let mut lines = vec![String::new()];
        let mut used = 0.0;
        for (piece, spaced) in pieces(&text) {
            let gap = if spaced && used > 0.0 {
                self.width(" ")
            } else {
                0.0
            };
            let width = self.width(piece);
            let full = used + gap + width > max_width;
            if full && used > 0.0 && lines.len() == max_lines {
                self.ellipsize(&mut lines, max_width);
                return lines;
            }
            if full && used > 0.0 {
                lines.push(String::new());
                used = 0.0;
            } else if gap > 0.0 {
                push(&mut lines, " ");
                used += gap;
            }
            if width <= max_width {
                push(&mut lines, piece);
                used += width;
            } else if !self.push_broken(&mut lines, &mut used, piece, max_width, max_lines) {
                return lines;
            }
        }
        lines
    }

    /// Breaks a piece wider than a line between graphemes; `false` once the lines are full.
    fn push_broken(
        self,
        lines: &mut Vec<String>,
        used: &mut f64,
        piece: &str,
        max_width: f64,
        max_lines: usize,
    ) -> bool {
        for grapheme in piece.graphemes(true) {
            let width = self.grapheme_width(grapheme);
            if *used + width > max_width && *used > 0.0 {
                if lines.len() == max_lines {
                    self.ellipsize(lines, max_width);
                    return false;
                }
                lines.push(String::new());
                *used = 0.0;
            }
            push(lines, grapheme);
            *used += width;
        }
        true
    }

    /// Ends the last line in `…`, shortened until it fits.
    fn ellipsize(self, lines: &mut [String], max_width: f64) {
        let Some(last) = lines.last_mut() else { return };
        while !last.is_empty() && self.width(last) + self.width("…") > max_width {
            let cut = last
                .grapheme_indices(true)
                .next_back()
                .map_or(0, |(at, _)| at);
            last.truncate(cut);
        }
        last.truncate(last.trim_end_matches([' ', ',', ';', ':', '-', '–']).len());
        last.push('…');
    }

    /// One line, cut with `…` when it is too wide.
    pub(in crate::export) fn clip(self, text: &str, max_width: f64) -> String {
        self.wrap(text, max_width, 1).concat()
    }

    /// The width of the widest line.
    pub(in crate::export) fn widest(self, lines: &[String]) -> f64 {
        lines
            .iter()
            .map(|line| self.width(line))
            .fold(0.0, f64::max)
    }
}

fn push(lines: &mut [String], text: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(text);
    }
}

/// What must stay on one line, with whether white space goes before it: words, and single
/// characters where the script writes no spaces.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split(' ').flat_map(|word| {
        let mut starts = vec![0];
        let mut after_wide = false;
        for (at, grapheme) in word.grapheme_indices(true) {
            let wide = is_wide(grapheme);
            if at > 0 && (wide || after_wide) {
                starts.push(at);
            }
            after_wide = wide;
        }
        starts.push(word.len());
        let cuts: Vec<(&str, bool)> = starts
            .windows(2)
            .map(|ends| (&word[ends[0]..ends[1]], ends[0] == 0))
            .collect();
        cuts
    })
}

/// Whether a line may break on either side: East Asian, but not its closing punctuation.
fn is_wide(grapheme: &str) -> bool {
    grapheme.width() >= 2 && !grapheme.starts_with(['。', '、', '，', '）', '」', '』', '！', '？'])
}

/// An upper bound of a character's width in units of the font size (DejaVu Sans 2.37, measured
/// with fontTools; wider scripts are a guess).
fn em_width(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | 'J' | '\'' => 0.3,
        ' ' | ',' | '.' | '/' | ':' | ';' | '\\' | '|' => 0.34,
        'f' | 't' | 'r' | '-' | '(' | ')' | '[' | ']' | '!' => 0.41,
        '"' | '*' | '_' | '`' | 's' | 'z' | '?' => 0.53,
        'c' | 'k' | 'v' | 'x' | 'y' | 'L' | 'F' => 0.6,
        'a'..='z' if !matches!(c, 'm' | 'w') => 0.64,
        '0'..='9' | '$' | '{' | '}' | 'P' | 'T' | 'Y' | 'E' | 'S' => 0.64,
        'm' | 'M' | 'W' | '%' | '@' => 1.0,
        'w' | '#' | '+' | '<' | '=' | '>' | '^' | '~' => 0.84,
        'A'..='Z' | '&' => 0.79,
        '\u{fffd}' => 1.05,
        '–' | '·' | '“' | '”' | '‘' | '’' => 0.56,
        c => match c.width() {
            None | Some(0) => 0.0,
            Some(1) if matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{590}'..='\u{5ff}') => {
                0.75
            }
            Some(1) if matches!(c, '\u{400}'..='\u{6ff}') => 0.9,
            Some(1) => 1.1,
            Some(_) => 1.3,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_breaks_between_words_and_says_what_is_cut() {
        let face = Face::plain(10.0);
        let lines = face.wrap(
            "The harbour bridge of Port Ellery closes for repairs",
            130.0,
            2,
        );
        assert_eq!(lines, ["The harbour bridge of", "Port Ellery closes for…"]);
    }

    #[test]
    fn scripts_without_spaces_break_anywhere() {
        let lines = Face::plain(10.0).wrap("港の橋が修理のため閉鎖される", 60.0, 9);
        assert!(lines.len() > 1, "{lines:?}");
        assert_eq!(lines.concat(), "港の橋が修理のため閉鎖される");
    }

    #[test]
    fn family_emoji_are_as_wide_as_one() {
        let face = Face::plain(10.0);
        assert!(face.width("👩‍👩‍👧‍👦") <= 14.0);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in "\\PC{0,200}", max_width in 40.0..200.0, max_lines in 1_usize..5) {
            let face = Face::bold(12.0);
            let lines = face.wrap(&text, max_width, max_lines);
            prop_assert!(lines.len() <= max_lines);
            for line in &lines {
                prop_assert!(face.width(line) <= max_width + 0.001, "{line:?}");
            }
        }
    }
}
