//! Query text that is no SPARQL in, what is wrong with it and where out, in words and with the line.
//!
//! The parser gives the place where it got no further and whatever could have stood there, up to thirty
//! tokens of its grammar. What people get wrong most is found by looking at the text itself: a prefix that
//! nobody declared, a bracket without its partner, a keyword with a typo. Parsing is left to `spargebra`.

use unicode_width::UnicodeWidthStr;

use super::guard::skipped;
use crate::rdf::vocab::PREFIXES;

/// Columns of a line that are shown around the place.
const SHOWN_COLUMNS: usize = 60;
/// So many tokens that could have stood there are named; more say nothing to anybody (a guess).
const MOST_EXPECTED: usize = 5;
/// Likeness from which a word is taken for a keyword with a typo: one letter of three may be wrong (a guess).
const LIKENESS: f64 = 0.7;

/// Words of SPARQL 1.1 Query (section 19.8), functions in `FUNCTIONS`.
const KEYWORDS: &str = "A AS ASC ASK BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT EXISTS FALSE FILTER FROM GRAPH \
    GROUP HAVING IN LIMIT MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE SILENT TRUE \
    UNDEF UNION VALUES WHERE";
/// Functions and aggregates of the same grammar.
const FUNCTIONS: &str = "ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR \
    GROUP_CONCAT HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH \
    NOW RAND REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS \
    STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ UCASE URI UUID YEAR";
/// Words with which SPARQL 1.1 Update begins.
const UPDATES: &str = "ADD CLEAR COPY CREATE DELETE DROP INSERT LOAD MOVE WITH";

/// Blanks that are put between two tokens: more than the parser's longest word has letters.
const PADDING: usize = 20;

/// Why a text is no query, and where.
///
/// ```
/// use annals::query::{Limits, QueryError, run};
/// let graph = annals::store::Graph::in_memory()?;
/// let error = run(&graph, "SELECT ?x { ?x ex:knows ?y }", Limits::default()).unwrap_err();
/// let QueryError::Syntax(error) = error else { panic!() };
/// assert_eq!((error.line, error.column), (1, 16));
/// assert_eq!(error.reason, "the prefix ex: is not declared");
/// # Ok::<(), annals::store::StoreError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}\n{excerpt}")]
pub struct SyntaxError {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
    /// The line, shortened where it is long, and a caret under the place.
    pub excerpt: String,
    /// How to mend it, where that is known.
    pub hint: Option<String>,
}

impl SyntaxError {
    /// Explains why the parser refused a text; `refusal` gives its message for a text, where it refuses it.
    pub(super) fn new(text: &str, refusal: impl Fn(&str) -> Option<String>) -> Self {
        let tokens = tokens(text);
        if let Some((at, prefix)) = undeclared(text, &tokens) {
            return Self::at(text, at, prefix.chars().count() + 1, unknown_prefix(prefix));
        }
        if let Some((token, problem)) = unknown_word(text, &tokens) {
            return Self::at(text, token.start, token.of(text).chars().count(), problem);
        }
        if let Some((at, reason)) = unbalanced(text, &tokens) {
            return Self::at(text, at, 1, (reason, None));
        }
        let (token, expected) = place(text, &tokens, refusal);
        let end = text.trim_end().len();
        if let Some(sentence) = expected.iter().find(|one| is_sentence(one)) {
            let at = token.map_or(end, |token| token.start);
            return Self::at(text, at, 0, (lower_first(sentence), None));
        }
        let Some(token) = token else {
            return Self::at(text, end, 1, ("the query ends too early".to_owned(), None));
        };
        let word = token.of(text);
        let reason = match readable(&expected) {
            Some(expected) => format!("{word} where {expected} is wanted"),
            None => format!("{word} cannot stand here"),
        };
        Self::at(text, token.start, word.chars().count(), (reason, None))
    }

    fn at(text: &str, at: usize, width: usize, (reason, hint): (String, Option<String>)) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let number = text[..at].matches('\n').count() + 1;
        Self {
            line: number,
            column: text[start..at].chars().count() + 1,
            reason,
            excerpt: excerpt(line, number, at - start, width),
            hint,
        }
    }
}

/// A word, a name, a literal or a sign of a query, in bytes.
#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
}

impl Token {
    fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let is_word = |c: char| c.is_alphanumeric() || "_-:.".contains(c);
        let end = if c.is_alphanumeric() || "?$_:@".contains(c) {
            let tail = &rest[c.len_utf8()..];
            let word = tail
                .find(|c| !is_word(c))
                .map_or(rest.len(), |end| end + c.len_utf8());
            // A full stop after a name ends the statement.
            at + rest[..word].trim_end_matches('.').len().max(c.len_utf8())
        } else {
            // A string or comment without an end runs past it.
            (at + skipped(rest, c)).min(text.len())
        };
        if !c.is_whitespace() && c != '#' {
            tokens.push(Token { start: at, end });
        }
        at = end;
    }
    tokens
}

/// The token that the parser could not take, none at the end of the text, and what it would have taken.
///
/// A keyword that is not there is told of where it would have ended, since the parser reads as many characters
/// as the keyword has; the farthest place it tells of is then behind the token, or behind several. So it gets a
/// text whose tokens stand far apart.
fn place(
    text: &str,
    tokens: &[Token],
    refusal: impl Fn(&str) -> Option<String>,
) -> (Option<Token>, Vec<String>) {
    let mut padded = String::new();
    let mut starts = Vec::with_capacity(tokens.len());
    let is_sign = |token: &Token| "{}()[].;,".contains(token.of(text));
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let touches = before.is_some_and(|before| before.end == token.start);
        let is_apart = is_sign(token) || before.is_some_and(is_sign);
        if !touches || is_apart {
            padded.push_str(&" ".repeat(PADDING));
        }
        starts.push(padded.len());
        padded.push_str(token.of(text));
    }
    let end = padded.len();
    padded.push_str(&" ".repeat(PADDING));
    let told = refusal(&padded)
        .or_else(|| refusal(text))
        .unwrap_or_default();
    let Some((found, expected)) = read(&padded, &told) else {
        return (None, vec![told]);
    };
    if found >= end + PADDING {
        return (None, expected);
    }
    let place = starts
        .iter()
        .rposition(|start| *start <= found)
        .unwrap_or(0);
    let is_exact = starts.get(place) == Some(&found);
    let expected = expected
        .into_iter()
        .filter(|one| is_exact || is_sentence(one));
    (tokens.get(place).copied(), expected.collect())
}

/// The place in bytes and the tokens that a message of the parser names.
fn read(text: &str, told: &str) -> Option<(usize, Vec<String>)> {
    let (place, expected) = told.strip_prefix("error at ")?.split_once(": expected ")?;
    let (line, column) = place.split_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let expected = expected.strip_prefix("one of ").unwrap_or(expected);
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let column = text[start..].char_indices().nth(column.saturating_sub(1));
    let at = column.map_or(text.len(), |(column, _)| start + column);
    Some((at, expected.split(", ").map(str::to_owned).collect()))
}

/// The first bare word that SPARQL does not have: names have a colon and variables a question mark.
fn unknown_word(text: &str, tokens: &[Token]) -> Option<(Token, (String, Option<String>))> {
    let is_bare = |word: &str| {
        word.starts_with(|c: char| c.is_alphabetic())
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || "_-.".contains(c))
    };
    let known = |words: &'static str, word: &str| words.split(' ').any(|known| known == word);
    for token in tokens.iter().filter(|token| is_bare(token.of(text))) {
        let word = token.of(text);
        let upper = word.to_uppercase();
        if known(UPDATES, &upper) {
            let reason = format!("{word} would change the graph, which is only read here");
            let hint = "annals ingest and annals forget change it".to_owned();
            return Some((*token, (reason, Some(hint))));
        }
        if !known(KEYWORDS, &upper) && !known(FUNCTIONS, &upper) {
            let reason = format!("{word} is no word of SPARQL");
            return Some((*token, (reason, Some(meant(word, &upper)))));
        }
    }
    None
}

/// What may have been meant by a word that SPARQL does not have.
fn meant(word: &str, upper: &str) -> String {
    let known = KEYWORDS.split(' ').chain(FUNCTIONS.split(' '));
    let likeness = |known: &&str| strsim::normalized_damerau_levenshtein(known, upper);
    let closest = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match closest.filter(|closest| likeness(closest) >= LIKENESS) {
        Some(keyword) => format!("did you mean {keyword}?"),
        None => format!(
            "a variable is ?{word}, a name has a prefix, a text stands in quotes: \"{word}\""
        ),
    }
}

/// Whether the parser says what is wrong, rather than what could have stood there.
fn is_sentence(expected: &str) -> bool {
    expected.contains(' ') && !expected.starts_with(['[', '"'])
}

/// The first prefix that is used and neither declared in the text nor known, with its place.
fn undeclared<'a>(text: &'a str, tokens: &[Token]) -> Option<(usize, &'a str)> {
    let mut declared: Vec<&str> = PREFIXES.iter().map(|(prefix, _)| *prefix).collect();
    let mut before = "";
    for token in tokens {
        let word = token.of(text);
        let is_name = word.starts_with(|c: char| c.is_alphabetic() || c == ':');
        if let Some((prefix, _)) = word.split_once(':').filter(|_| is_name) {
            if before.eq_ignore_ascii_case("PREFIX") {
                declared.push(prefix);
            } else if !declared.contains(&prefix) {
                return Some((token.start, prefix));
            }
        }
        before = word;
    }
    None
}

fn unknown_prefix(prefix: &str) -> (String, Option<String>) {
    let known: Vec<&str> = PREFIXES.iter().map(|(known, _)| *known).collect();
    let close = known
        .iter()
        .find(|known| strsim::osa_distance(known, prefix) == 1 && prefix.len() > 2);
    let meant = close.map_or_else(String::new, |known| format!("did you mean {known}:? "));
    let hint = format!(
        "{meant}write PREFIX {prefix}: <…> before the query; known without it: {}",
        known.join(", ")
    );
    (format!("the prefix {prefix}: is not declared"), Some(hint))
}

/// The first bracket that closes nothing, else the last one that is not closed.
fn unbalanced(text: &str, tokens: &[Token]) -> Option<(usize, String)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for token in tokens {
        let word = token.of(text);
        let first = word.chars().next()?;
        if "\"'".contains(first) && !(word.len() > 1 && word.ends_with(first)) {
            return Some((
                token.start,
                "the string that begins here has no end".to_owned(),
            ));
        }
        match word {
            "{" | "(" | "[" => open.push((token.start, first)),
            "}" | ")" | "]" => match open.pop() {
                Some((_, opening)) if closing(opening) == word => {}
                Some((_, opening)) => {
                    let wanted = closing(opening);
                    return Some((
                        token.start,
                        format!("{word} where {wanted} has to come first"),
                    ));
                }
                None => return Some((token.start, format!("{word} closes nothing"))),
            },
            _ => {}
        }
    }
    let (at, opening) = open.pop()?;
    Some((
        at,
        format!("{opening} is not closed: {} is missing", closing(opening)),
    ))
}

const fn closing(opening: char) -> &'static str {
    match opening {
        '{' => "}",
        '(' => ")",
        _ => "]",
    }
}

/// What could have stood there, in words; nothing when it is too much, or the grammar's own affair.
fn readable(expected: &[String]) -> Option<String> {
    let is_class = |one: &String| one.starts_with('[');
    if expected.is_empty() || expected.len() > MOST_EXPECTED || expected.iter().any(is_class) {
        return None;
    }
    let signs: Vec<&str> = expected.iter().map(|one| one.trim_matches('"')).collect();
    Some(signs.join(" or "))
}

fn lower_first(sentence: &str) -> String {
    // A word in capitals stays as it is.
    let mut chars = sentence.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            format!("{}{second}{}", first.to_lowercase(), chars.as_str())
        }
        _ => sentence.to_owned(),
    }
}

/// The line with its number, shortened around byte `at`, and a caret for each of `width` characters there.
fn excerpt(line: &str, number: usize, at: usize, width: usize) -> String {
    let from = line[..at].char_indices().rev().nth(SHOWN_COLUMNS / 2);
    let from = from.map_or(0, |(from, _)| from);
    let to = line[at..].char_indices().nth(SHOWN_COLUMNS / 2);
    let to = to.map_or(line.len(), |(to, _)| at + to);
    let (left, right) = (
        ["", "…"][usize::from(from > 0)],
        ["", "…"][usize::from(to < line.len())],
    );
    let shown = line[from..to].replace('\t', " ");
    let margin = number.to_string();
    let before = margin.width() + 3 + left.width() + line[from..at].replace('\t', " ").width();
    let marked: String = line[at..to].chars().take(width).collect();
    let shown = format!("{margin} | {left}{shown}{right}");
    if width == 0 {
        return shown;
    }
    let carets = "^".repeat(marked.replace('\t', " ").width().max(1));
    format!("{shown}\n{:before$}{carets}", "")
}

#[cfg(test)]
mod tests {
    use crate::query::{Limits, QueryError, run};
    use crate::store::Graph;

    fn refused(text: &str) -> super::SyntaxError {
        let error = run(&Graph::in_memory().unwrap(), text, Limits::default()).unwrap_err();
        let QueryError::Syntax(error) = error else {
            panic!("{text}: {error}")
        };
        *error
    }

    #[test]
    fn the_place_and_the_reason_are_those_of_the_mistake() {
        for (text, line, column, reason) in [
            (
                "SELECT ?x { ?x foo:bar ?y }",
                1,
                16,
                "the prefix foo: is not declared",
            ),
            (
                "SELECT ?x {\n  ?x a :Event }",
                2,
                8,
                "the prefix : is not declared",
            ),
            ("SELCT * { ?s ?p ?o }", 1, 1, "SELCT"),
            (
                "SELECT ?x WHERE { ?x a annals:Event . FILTRE(?x) }",
                1,
                39,
                "FILTRE",
            ),
            (
                "SELECT * { ?s ?p ?o ",
                1,
                10,
                "{ is not closed: } is missing",
            ),
            (
                "SELECT * { ?s ?p (1 2 }",
                1,
                23,
                "} where ) has to come first",
            ),
            ("SELECT * { ?s ?p ?o } }", 1, 23, "} closes nothing"),
            (
                "SELECT * { ?s ?p \"o }",
                1,
                18,
                "the string that begins here has no end",
            ),
            ("SELECT * { ?s ?p }", 1, 18, "} cannot stand here"),
            ("SELECT ?s\nWHERE ?s ?p ?o", 2, 7, "?s"),
            ("SELECT ?s", 1, 10, "the query ends too early"),
            ("SELECT * { ?s ?p \"a\"^^xsd:date ?o }", 1, 32, "?o"),
            (
                "SELECT * { ?s ?p ?o FILTER(?o <= 3 && ) }",
                1,
                39,
                ") cannot stand here",
            ),
            ("INSERT DATA { <a:a> <a:b> <a:c> }", 1, 1, "only read here"),
        ] {
            let error = refused(text);
            assert_eq!(
                (error.line, error.column),
                (line, column),
                "{text}: {error}"
            );
            assert!(error.reason.contains(reason), "{text}: {error}");
            assert!(!error.to_string().contains("..="), "{error}");
        }
        let error = refused("SELECT ?a ?a { ?a ?b ?c }");
        assert_eq!(error.reason, "duplicated variable name in SELECT");
    }

    #[test]
    fn a_typo_in_a_keyword_is_named() {
        for (text, keyword) in [
            ("SELCT * { ?s ?p ?o }", "SELECT"),
            ("SELECT * WHRE { ?s ?p ?o }", "WHERE"),
            ("SELECT * { ?s ?p ?o FILTRE(?o > 1) }", "FILTER"),
            ("SELECT * { ?s ?p ?o } LIMT 5", "LIMIT"),
            ("SELECT * { OPTONAL { ?s ?p ?o } }", "OPTIONAL"),
        ] {
            let error = refused(text);
            assert_eq!(
                error.hint,
                Some(format!("did you mean {keyword}?")),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn the_caret_stands_under_the_place_also_after_wide_characters() {
        let error = refused("SELECT ?x {\n ?x rdfs:label \"北京\" . ?x ex:is ?y }");
        let lines: Vec<&str> = error.excerpt.lines().collect();
        assert_eq!(lines[0], "2 |  ?x rdfs:label \"北京\" . ?x ex:is ?y }");
        // 北 and 京 take two columns each.
        assert_eq!(lines[1], format!("{}^^^", " ".repeat(31)));
    }

    #[test]
    fn a_long_line_is_shortened_around_the_place() {
        let text = format!(
            "SELECT * {{ {} ?x ex:is ?y {} }}",
            "?a ?b ?c . ".repeat(40),
            "?a ?b ?c . ".repeat(40)
        );
        let error = refused(&text);
        let line = error.excerpt.lines().next().unwrap();
        assert!(
            line.chars().count() < 80 && line.contains("ex:is"),
            "{line}"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_explained_without_panic(text in "[ -~\n\t北é]{0,60}", line in 1..4_usize, column in 1..200_usize) {
            let told = format!("error at {line}:{column}: expected one of \",\", FILTER, ['a' ..= 'z']");
            let _ = super::SyntaxError::new(&text, |_| Some(told.clone()));
            let _ = super::SyntaxError::new(&text, |_| None);
        }
    }
}
