//! References without a date: "now", "currently", "recently", "the future", "the past".

use super::expression::{Expression, Match};
use super::lex::{Deixis, Lex};
use super::tokens::Tokens;

/// The vague reference that begins at token `i`.
pub(super) fn vague(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    match tokens.lex(i) {
        Lex::Vague(value) => single(tokens, i, value),
        Lex::A => long_ago(tokens, i),
        Lex::Deixis(Deixis::This) if tokens.is(i, &["current"]) => {
            let name = tokens.is_capital(i) && tokens.is_capital(i + 1);
            (!name).then(|| (Expression::date("PRESENT_REF"), i + 1))
        }
        Lex::Deixis(Deixis::This) => this_time(tokens, i),
        Lex::Key => these_days(tokens, i),
        Lex::The => after_the(tokens, i),
        _ => None,
    }
}

fn single(tokens: &Tokens<'_>, i: usize, value: &str) -> Option<Match> {
    let hyphenated = (tokens.is_punct(i + 1, '-') && tokens.glued(i + 1))
        || (tokens.is_before(i, &["-"]) && tokens.glued(i));
    let name = tokens.is_capital(i) && !tokens.opens_sentence(i);
    let degree =
        tokens.is_before(i, &["most", "more", "as", "too"]) && tokens.is(i, &["recent", "soon"]);
    let compared = tokens.is(i, &["soon"])
        && tokens.is(i + 1, &["as", "after", "enough", "becomes", "became"]);
    let clause = tokens.is(i, &["now"])
        && (tokens.is(i + 1, &["that"])
            || (tokens.is(i + 1, &["and"]) && tokens.is(i + 2, &["again", "then"])));
    (!hyphenated && !name && !degree && !compared && !clause)
        .then(|| (Expression::date(value), i + 1))
}

/// "at this time", "at this point"
fn this_time(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let now = tokens.is_before(i, &["at"])
        && tokens.is(i, &["this"])
        && tokens.is(i + 1, &["time", "point", "moment", "stage"])
        && !tokens.is(i + 2, &["of"]);
    now.then(|| (Expression::date("PRESENT_REF"), i + 2))
}

/// "these days", standing alone
fn these_days(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let now = tokens.is(i, &["these"])
        && tokens.is(i + 1, &["days"])
        && !tokens.is(i + 2, &["of", "that", "when"])
        && !tokens.is_before(i, &["of", "on", "in", "for", "all"]);
    now.then(|| (Expression::date("PRESENT_REF"), i + 2))
}

/// "a long time ago"
fn long_ago(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let ago = tokens.is(i + 1, &["long", "short"])
        && tokens.is(i + 2, &["time", "while"])
        && tokens.is(i + 3, &["ago"]);
    ago.then(|| (Expression::date("PAST_REF"), i + 4))
}

/// "the future", "the near term", "the past", "the moment"
fn after_the(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let near = tokens.skip(
        i + 1,
        &["near", "immediate", "distant", "foreseeable", "recent"],
    );
    let closes = |at: usize| {
        tokens.lex(at) != Lex::Other
            || tokens.is(
                at,
                &[
                    "of", "and", "to", "for", "by", "with", "as", "is", "was", "has", "have",
                    "but", "when",
                ],
            )
    };
    if tokens.is(near, &["future"]) && closes(near + 1) {
        return Some((Expression::date("FUTURE_REF"), near + 1));
    }
    if tokens.is(near, &["term"]) && near > i + 1 {
        return Some((Expression::date("FUTURE_REF"), near + 1));
    }
    if tokens.is(near, &["past"])
        && closes(near + 1)
        && tokens.is_before(i, &["in", "of", "from", "than"])
        && tokens.unit(near + 1).is_none()
        && !matches!(
            tokens.lex(near + 1),
            Lex::Number(..) | Lex::Cardinal(_) | Lex::Some | Lex::Weekend
        )
    {
        return Some((Expression::date("PAST_REF"), near + 1));
    }
    (tokens.is_before(i, &["at"]) && tokens.is(i + 1, &["moment", "present"]))
        .then(|| (Expression::date("PRESENT_REF"), i + 2))
}
