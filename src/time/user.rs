//! What a user types for a date (`--from`, `--to`, a query's period) in, an [`Interval`] out.

use jiff::civil::DateTime;
use thiserror::Error;

use super::edtf;
use super::interval::Interval;

/// Why a written time was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// The text is no date in any form that Annals reads.
    #[error(
        "read {0:?} as a date: write 2015, 2015-09, 2015-09-30, or two of them with a slash between"
    )]
    Unreadable(String),
    /// The end lies before the beginning.
    #[error("read {0:?} as a period: it ends before it begins")]
    Reversed(String),
}

impl Interval {
    /// Reads a date or period: `2015`, `2015-09`, `2015-9-30`, `2016-21` (spring), `199X`,
    /// `2015/2017`, `2015..2017`, `2015/..`.
    ///
    /// ```
    /// use annals::time::Interval;
    /// assert_eq!(Interval::from_user("2015-9-30")?.edtf(), "2015-09-30");
    /// assert_eq!(Interval::from_user("2015/..")?.edtf(), "2015/..");
    /// assert!(Interval::from_user("2015-02-30").is_err());
    /// # Ok::<(), annals::time::TimeError>(())
    /// ```
    ///
    /// # Errors
    /// When the text is no such date, a month or day does not exist, or the end lies before the
    /// beginning.
    pub fn from_user(written: &str) -> Result<Self, TimeError> {
        let text = written.trim();
        let unreadable = || TimeError::Unreadable(written.to_owned());
        let Some((first, last)) = ends(text) else {
            return edtf::date(text).ok_or_else(unreadable);
        };
        let (first, last) = match (open(first), open(last)) {
            (true, true) => return Err(unreadable()),
            (true, false) => {
                let last = edtf::date(last).ok_or_else(unreadable)?;
                (
                    Self {
                        earliest: DateTime::MIN,
                        ..last
                    },
                    last,
                )
            }
            (false, true) => {
                let first = edtf::date(first).ok_or_else(unreadable)?;
                (
                    first,
                    Self {
                        latest: DateTime::MAX,
                        ..first
                    },
                )
            }
            (false, false) => (
                edtf::date(first).ok_or_else(unreadable)?,
                edtf::date(last).ok_or_else(unreadable)?,
            ),
        };
        first
            .through(&last)
            .ok_or_else(|| TimeError::Reversed(written.to_owned()))
    }
}

/// The two ends of `2015/2017` or `2015..2017`.
fn ends(text: &str) -> Option<(&str, &str)> {
    let ends = text.split_once('/').or_else(|| text.split_once(".."))?;
    Some((ends.0.trim(), ends.1.trim()))
}

/// Whether an end is left open.
fn open(end: &str) -> bool {
    matches!(end, "" | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_periods_are_read() {
        for (written, edtf) in [
            ("2015", "2015"),
            (" 2015-09 ", "2015-09"),
            ("2015-9", "2015-09"),
            ("2015-09-30", "2015-09-30"),
            ("2015-9-3", "2015-09-03"),
            ("2016-21", "2016-21"),
            ("199X", "199X"),
            ("2015~", "2015"),
            ("2015/2017", "2015/2017"),
            ("2015..2017", "2015/2017"),
            ("2015-03/2015-05", "2015-03/2015-05"),
            ("../2015", "../2015"),
            ("2015..", "2015/.."),
        ] {
            assert_eq!(
                Interval::from_user(written).map(|interval| interval.edtf()),
                Ok(edtf.to_owned()),
                "{written}"
            );
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for written in [
            "",
            "soon",
            "2015-13",
            "2015-02-30",
            "15",
            "2015-09-30-1",
            "../..",
            "/",
            "2015/x",
            "٢٠١٥",
        ] {
            assert!(
                matches!(Interval::from_user(written), Err(TimeError::Unreadable(_))),
                "{written}"
            );
        }
        assert!(matches!(
            Interval::from_user("2017/2015"),
            Err(TimeError::Reversed(_))
        ));
    }
}
