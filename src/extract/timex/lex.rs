//! What the grammar of time expressions knows about single words: a word in, its [`Lex`] out.
//!
//! Only words that can begin or carry a time expression are listed; every other word is
//! [`Lex::Other`] and costs one table look-up. How the words combine is left to the rule files.

use std::sync::LazyLock;

/// The calendar units of the grammar, from short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A season as TIMEX3 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// The direction in which "last", "this" and "next" point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deixis {
    Last,
    This,
    Next,
    /// "past": a stretch that ends now.
    Past,
    /// "coming": a stretch that begins now.
    Coming,
    /// "previous": one before the time of the narrative.
    Previous,
    /// "following": one after the time of the narrative.
    Following,
    /// "that", "same": the time of the narrative itself.
    Same,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Plain digits, and how many.
    Digits(u8),
    /// With thousands separators (`2,000`).
    Grouped,
    /// With a decimal point (`2.5`).
    Decimal,
}

/// The grammatical class of a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lex {
    /// Beyond the last token.
    End,
    /// A line break no expression crosses.
    Break,
    /// Any other word.
    Other,
    /// A punctuation mark; dashes up to the en dash read `-`, apostrophes `'`.
    Punct(char),
    Number(u32, Form),
    /// "first", "21st"
    Ordinal(u16),
    /// The first year of a decade ("1990s"), or its two digits ("90s").
    Decade(u16),
    /// "two", "ninety", "hundred"
    Cardinal(u16),
    /// "few", "several": a quantity nobody counted.
    Some,
    Half,
    Month(i8),
    ShortMonth(i8),
    Weekday(i8),
    ShortWeekday(i8),
    /// "Mondays"
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    /// "weekend"
    Weekend,
    Season(Season),
    /// "quarter" is both a unit and, after an ordinal, a part of the year; this is "Q3".
    Quarter(i8),
    /// "morning" as `MO`
    PartOfDay(&'static str),
    /// "mornings"
    PartsOfDay(&'static str),
    Deixis(Deixis),
    /// "yesterday" -1, "today" 0, "tomorrow" 1
    Day(i32),
    Tonight,
    /// "early", "late", "mid"
    Stage,
    /// "about", "nearly", "over"
    Approx,
    /// "every", "each"
    Every,
    /// "daily": the value of the set
    Frequency(&'static str),
    /// "now": a reference without a date
    Vague(&'static str),
    The,
    A,
    /// Any other word that can begin an expression.
    Key,
}

impl Lex {
    /// Whether a rule can begin at this token.
    pub(super) const fn starts(self) -> bool {
        !matches!(self, Self::Other | Self::Break | Self::End)
            && !matches!(self, Self::Punct(c) if c != '\'')
    }
}

/// Classifies a word, whatever its case.
pub(super) fn lex_of(word: &str) -> Lex {
    let Some(key) = key_of(word.as_bytes()) else {
        return Lex::Other;
    };
    let lexicon = &*LEXICON;
    let first = (key & 0x1f) as usize;
    if lexicon.lengths[first] & (1 << word.len()) == 0 {
        return Lex::Other;
    }
    match lexicon.words[first].binary_search_by_key(&key, |row| row.0) {
        Ok(found) => lexicon.words[first][found].1,
        Err(_) => Lex::Other,
    }
}

/// Lower-cased ASCII letters and digits packed into a number; `None` for long or foreign words.
fn key_of(word: &[u8]) -> Option<u128> {
    if word.len() > 13 {
        return None;
    }
    let mut key = 0_u128;
    for (place, byte) in word.iter().enumerate() {
        if !byte.is_ascii_alphanumeric() {
            return None;
        }
        key |= u128::from(byte | 0x20) << (8 * place);
    }
    Some(key)
}

/// Words by first letter, sorted by key, and which lengths occur under each letter.
struct Lexicon {
    words: [Vec<(u128, Lex)>; 32],
    lengths: [u16; 32],
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: [Vec<(u128, Lex)>; 32] = std::array::from_fn(|_| Vec::new());
    let mut lengths = [0_u16; 32];
    for (forms, lex) in rows() {
        for word in forms.split_whitespace() {
            if let Some(key) = key_of(word.as_bytes()) {
                let first = (key & 0x1f) as usize;
                words[first].push((key, lex));
                lengths[first] |= 1 << word.len();
            }
        }
    }
    for list in &mut words {
        list.sort_by_key(|row| row.0);
    }
    Lexicon { words, lengths }
});

const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", ""),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

const WEEKDAYS: [(&str, &str, &str); 7] = [
    ("monday", "mondays", "mon"),
    ("tuesday", "tuesdays", "tue tues"),
    ("wednesday", "wednesdays", "wed weds"),
    ("thursday", "thursdays", "thu thur thurs"),
    ("friday", "fridays", "fri"),
    ("saturday", "saturdays", "sat"),
    ("sunday", "sundays", "sun"),
];

const UNITS: [(&str, &str, Unit); 11] = [
    ("second", "seconds secs", Unit::Second),
    ("minute", "minutes mins", Unit::Minute),
    ("hour", "hours hrs", Unit::Hour),
    ("day", "days", Unit::Day),
    ("week", "weeks", Unit::Week),
    ("fortnight", "fortnights", Unit::Fortnight),
    ("month", "months", Unit::Month),
    ("quarter", "quarters", Unit::Quarter),
    ("year", "years yrs", Unit::Year),
    ("decade", "decades", Unit::Decade),
    ("century", "centuries", Unit::Century),
];

const CARDINALS: &str = "zero one two three four five six seven eight nine ten eleven twelve \
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh \
    twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth";

const OTHERS: &[(&str, Lex)] = &[
    ("hundred", Lex::Cardinal(100)),
    ("dozen", Lex::Cardinal(12)),
    ("thirtieth", Lex::Ordinal(30)),
    ("few several many numerous some", Lex::Some),
    ("half", Lex::Half),
    ("spring", Lex::Season(Season::Spring)),
    ("summer", Lex::Season(Season::Summer)),
    ("autumn fall", Lex::Season(Season::Autumn)),
    ("winter", Lex::Season(Season::Winter)),
    ("weekend", Lex::Weekend),
    ("q1", Lex::Quarter(1)),
    ("q2", Lex::Quarter(2)),
    ("q3", Lex::Quarter(3)),
    ("q4", Lex::Quarter(4)),
    ("morning", Lex::PartOfDay("MO")),
    ("lunchtime", Lex::PartOfDay("MI")),
    ("afternoon", Lex::PartOfDay("AF")),
    ("evening", Lex::PartOfDay("EV")),
    ("night", Lex::PartOfDay("NI")),
    ("mornings", Lex::PartsOfDay("MO")),
    ("afternoons", Lex::PartsOfDay("AF")),
    ("evenings", Lex::PartsOfDay("EV")),
    ("nights", Lex::PartsOfDay("NI")),
    ("last", Lex::Deixis(Deixis::Last)),
    ("this current", Lex::Deixis(Deixis::This)),
    ("next", Lex::Deixis(Deixis::Next)),
    ("past", Lex::Deixis(Deixis::Past)),
    ("coming", Lex::Deixis(Deixis::Coming)),
    ("previous preceding prior", Lex::Deixis(Deixis::Previous)),
    ("following subsequent", Lex::Deixis(Deixis::Following)),
    ("that same", Lex::Deixis(Deixis::Same)),
    ("yesterday", Lex::Day(-1)),
    ("today", Lex::Day(0)),
    ("tomorrow", Lex::Day(1)),
    ("tonight", Lex::Tonight),
    ("early late mid earlier later", Lex::Stage),
    (
        "about around almost nearly over under roughly approximately",
        Lex::Approx,
    ),
    ("every each", Lex::Every),
    ("daily", Lex::Frequency("P1D")),
    ("weekly", Lex::Frequency("P1W")),
    ("monthly", Lex::Frequency("P1M")),
    ("quarterly", Lex::Frequency("P3M")),
    ("yearly annual annually", Lex::Frequency("P1Y")),
    ("hourly", Lex::Frequency("PT1H")),
    ("nightly", Lex::Frequency("XXXX-XX-XXTNI")),
    (
        "now currently nowadays presently",
        Lex::Vague("PRESENT_REF"),
    ),
    ("recently lately recent", Lex::Vague("PAST_REF")),
    ("soon", Lex::Vague("FUTURE_REF")),
    ("the", Lex::The),
    ("a an", Lex::A),
    ("fifties", Lex::Decade(50)),
    ("sixties", Lex::Decade(60)),
    ("seventies", Lex::Decade(70)),
    ("eighties", Lex::Decade(80)),
    ("nineties", Lex::Decade(90)),
    (
        "end beginning start middle noon midday midnight fiscal more less fewer at up no not well \
         just as dozens hundreds scores once twice christmas thanksgiving halloween new boxing \
         independence valentine weeklong yearlong monthlong daylong final weekends overnight these",
        Lex::Key,
    ),
];

/// All rows of the lexicon: words separated by spaces, and their class.
fn rows() -> Vec<(&'static str, Lex)> {
    let mut rows = OTHERS.to_vec();
    for (month, (full, short)) in (1..).zip(MONTHS) {
        rows.push((full, Lex::Month(month)));
        rows.push((short, Lex::ShortMonth(month)));
    }
    for (day, (full, plural, short)) in (1..).zip(WEEKDAYS) {
        rows.push((full, Lex::Weekday(day)));
        rows.push((plural, Lex::Weekdays(day)));
        rows.push((short, Lex::ShortWeekday(day)));
    }
    // "second" and "quarter" are ordinals or fractions more often than units: the rules ask for
    // them by `Tokens::unit`.
    for (singular, plural, unit) in UNITS {
        if unit != Unit::Second {
            rows.push((singular, Lex::Unit(unit)));
        }
        rows.push((plural, Lex::Units(unit)));
    }
    rows.extend(
        (0..)
            .zip(CARDINALS.split_whitespace())
            .map(|(n, w)| (w, Lex::Cardinal(n))),
    );
    rows.extend(
        (2..)
            .zip(TENS.split_whitespace())
            .map(|(n, w)| (w, Lex::Cardinal(n * 10))),
    );
    rows.extend(
        (1..)
            .zip(ORDINALS.split_whitespace())
            .map(|(n, w)| (w, Lex::Ordinal(n))),
    );
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        assert_eq!(lex_of("MONDAY"), Lex::Weekday(1));
        assert_eq!(lex_of("Sept"), Lex::ShortMonth(9));
        assert_eq!(lex_of("q3"), Lex::Quarter(3));
        assert_eq!(lex_of("approximately"), Lex::Approx);
        assert_eq!(lex_of("table"), Lex::Other);
        assert_eq!(lex_of("Łódź"), Lex::Other);
        assert_eq!(lex_of(""), Lex::Other);
    }

    #[test]
    fn no_word_has_two_classes() {
        for list in &LEXICON.words {
            assert!(list.windows(2).all(|pair| pair[0].0 != pair[1].0));
        }
    }
}
