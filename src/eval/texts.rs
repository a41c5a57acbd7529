//! Gold and answers side by side: what is to be found in a text, and what a system found in the same one.

use super::EvalError;
use super::lines::{Characters, Lines, Row};

/// A row that says what is in a text.
pub(super) trait TextRow {
    /// What identifies the text.
    fn id(&self) -> &str;
    /// The text; answers can leave it out.
    fn text(&self) -> Option<&str>;
}

/// A text of the gold.
pub(super) struct Text<'a, T> {
    pub(super) gold: &'a Row<T>,
    /// What the system says of it, where it says anything.
    pub(super) answer: Option<&'a Row<T>>,
    pub(super) characters: Characters,
}

/// Lays gold and answers side by side, in the order of the gold.
///
/// # Errors
/// When an id stands twice or is not in the gold; for one text, when its gold line has no text or the
/// answer is about another one.
pub(super) fn side_by_side<'a, T: TextRow>(
    gold: &'a Lines<T>,
    system: &'a Lines<T>,
) -> Result<impl Iterator<Item = Result<Text<'a, T>, EvalError>>, EvalError> {
    let known = gold.by_key(T::id)?;
    let answers = system.by_key(T::id)?;
    let is_unknown = |row: &&Row<T>| !known.contains_key(row.value.id());
    if let Some(row) = system.rows.iter().find(is_unknown) {
        let reason = format!("no gold text has the id {:?}", row.value.id());
        return Err(system.error(row.line, reason, "answer only the texts of the gold file"));
    }
    Ok(gold.rows.iter().map(move |row| {
        let Some(text) = row.value.text() else {
            let reason = "no text".to_owned();
            return Err(gold.error(row.line, reason, "gold lines need their \"text\""));
        };
        let answer = answers.get(row.value.id()).copied();
        if let Some(answer) =
            answer.filter(|answer| answer.value.text().is_some_and(|own| own != text))
        {
            let reason = "its text is not the text of the gold".to_owned();
            let hint =
                "offsets mean nothing in another text: tag the gold's text, or leave the text out";
            return Err(system.error(answer.line, reason, hint));
        }
        Ok(Text {
            gold: row,
            answer,
            characters: Characters::new(text),
        })
    }))
}
