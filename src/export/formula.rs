//! Cells of tables for spreadsheets: text that would be calculated is disarmed.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a
//! formula, also after leading white space; such text gets a `'` in front
//! (<https://owasp.org/www-community/attacks/CSV_Injection>).

/// The text with a `'` in front when a spreadsheet would calculate it; full-width signs count,
/// since some spreadsheets fold them.
pub(crate) fn guarded(text: &str) -> String {
    let risky = text.starts_with(['\t', '\r'])
        || text
            .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if risky {
        format!("'{text}")
    } else {
        String::from(text)
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_disarmed() {
        for bad in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            " \n=1",
            "\u{a0}=1",
            "＝1",
            "-0044-03-15",
        ] {
            assert_eq!(guarded(bad), format!("'{bad}"));
        }
        for good in ["", "a=b", "2015-10-02", "'quoted", "1-1"] {
            assert_eq!(guarded(good), good);
        }
    }
}
