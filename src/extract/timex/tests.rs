//! Table tests: a value and phrasings of it, and phrases that are no time expressions.
//!
//! The document date of the tables is Thursday, 14 December 2017.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

fn dct() -> Option<Date> {
    Some(date(2017, 12, 14))
}

/// `(words, value)` of the timexes of a text.
fn found(text: &str, dct: Option<Date>) -> Vec<(&str, String)> {
    extract_timexes(text, Span::new(0, text.len()), dct)
        .into_iter()
        .map(|timex| (timex.span.of(text), timex.value))
        .collect()
}

/// Each row: a sentence with the expression in brackets, and its value.
fn check(rows: &[(&str, &str)], dct: Option<Date>) {
    for (marked, value) in rows {
        let text = marked.replace(['[', ']'], "");
        let inside = marked
            .split_once('[')
            .and_then(|(_, rest)| rest.split_once(']'))
            .map(|row| row.0);
        let all = found(&text, dct);
        let words = inside.expect("a row marks its expression");
        let value = (*value).to_owned();
        assert!(all.contains(&(words, value)), "{marked}: found {all:?}");
    }
}

#[test]
fn calendar_dates() {
    check(
        &[
            ("He landed on [March 27, 2016].", "2016-03-27"),
            ("He landed on [27 March 2016].", "2016-03-27"),
            ("He landed on [the 27th of March, 2016].", "2016-03-27"),
            ("He landed on [Sunday, March 27, 2016].", "2016-03-27"),
            ("He landed on [Sun., 27 March 2016].", "2016-03-27"),
            ("He landed on [Sept. 5], they said.", "2017-09-05"),
            ("He lands on [2016-03-27].", "2016-03-27"),
            ("He landed on [27.03.2016].", "2016-03-27"),
            ("He landed on [27/3/2016].", "2016-03-27"),
            ("He landed on [3/27/2016].", "2016-03-27"),
            ("He landed on [3/4/2016].", "2016-03-04"),
            ("He landed on [8/12/2017].", "2017-12-08"),
            ("The towers fell on [9/11].", "2001-09-11"),
            ("It happened in [March 2016].", "2016-03"),
            ("It happened in [March of last year].", "2016-03"),
            ("It happened in [March].", "2017-03"),
            ("They will meet in [March].", "2018-03"),
            ("The [March] agreement broke down.", "2017-03"),
            ("Talks will resume on [January 9].", "2018-01-09"),
            ("The bridge was closed on [January 9].", "2017-01-09"),
            ("A June hearing was held [last March].", "2017-03"),
            ("The fair opened on [New Year's Day].", "2017-01-01"),
            ("They met on [Thanksgiving].", "2017-11-23"),
        ],
        dct(),
    );
}

#[test]
fn years_and_longer() {
    check(
        &[
            ("The law of [1991] stands.", "1991"),
            ("The [2014] flood was worse.", "2014"),
            ("It was the worst since ['82].", "1982"),
            ("It began in [mid-2016].", "2016"),
            ("It was built in [the 1990s].", "199"),
            ("It was built in [the early 1990s].", "199"),
            ("It was built in [the '60s].", "196"),
            ("It was built in [the seventies].", "197"),
            ("It was built in [the 19th century].", "18"),
            ("A [21st-century] city.", "20"),
            ("By [fiscal 2016] it had grown.", "FY2016"),
            ("The budget for [the fiscal year 2016] passed.", "FY2016"),
        ],
        dct(),
    );
}

#[test]
fn parts_of_a_year() {
    check(
        &[
            ("Sales fell in [the third quarter].", "2017-Q3"),
            ("Sales fell in [the third quarter of 2016].", "2016-Q3"),
            ("Sales fell in [the first quarter of last year].", "2016-Q1"),
            ("[Third-quarter] sales fell.", "2017-Q3"),
            ("Sales fell in [Q2 2015].", "2015-Q2"),
            ("Sales fell in [the second half of 2015].", "2015-H2"),
            ("They wed in [the summer of 2015].", "2015-SU"),
            ("They wed in [spring 2015].", "2015-SP"),
            ("They wed [last summer].", "2017-SU"),
            ("They will wed [next fall].", "2018-FA"),
        ],
        dct(),
    );
}

#[test]
fn weekdays() {
    check(
        &[
            ("The court ruled on [Monday].", "2017-12-11"),
            ("The court ruled [Thursday].", "2017-12-14"),
            ("The court ruled [Friday].", "2017-12-08"),
            ("The court will rule on [Monday].", "2017-12-18"),
            ("The ruling is expected [Tuesday].", "2017-12-19"),
            ("The road stays shut until [Friday].", "2017-12-15"),
            ("They met [last Thursday].", "2017-12-07"),
            ("They meet [next Wednesday].", "2017-12-20"),
            ("They met on [Tuesday of last week].", "2017-12-05"),
            (
                "The minister said on [Wednesday] that he would resign.",
                "2017-12-13",
            ),
            ("A bomb went off [Friday morning].", "2017-12-08TMO"),
            ("It rained [late Sunday night].", "2017-12-10TNI"),
        ],
        dct(),
    );
}

#[test]
fn near_days_and_units() {
    check(
        &[
            ("It snowed [yesterday].", "2017-12-13"),
            ("It snowed [yesterday morning].", "2017-12-13TMO"),
            ("It will snow [tomorrow].", "2017-12-15"),
            ("It snowed [the day before yesterday].", "2017-12-12"),
            ("It snowed [last night].", "2017-12-13TNI"),
            ("It snowed [this morning].", "2017-12-14TMO"),
            ("It snows [tonight].", "2017-12-14TNI"),
            ("It snowed [earlier today].", "2017-12-14"),
            ("It snowed [last week].", "2017-W49"),
            ("It snowed [last weekend].", "2017-W49-WE"),
            ("It snowed [earlier this month].", "2017-12"),
            ("It snowed [late last year].", "2016"),
            ("It will snow [next month].", "2018-01"),
            ("It snowed [earlier in the week].", "2017-W50"),
            ("It will end by [the end of the year].", "2017"),
            ("It ended at [the beginning of June].", "2017-06"),
            ("It snowed [three years ago].", "2014"),
            ("It snowed [two months ago].", "2017-10"),
            ("It snowed [a week ago].", "2017-W49"),
            ("It snowed [ten days ago].", "2017-12-04"),
            ("It snowed [many years ago].", "PAST_REF"),
            ("It opens [two weeks from now].", "2017-W52"),
        ],
        dct(),
    );
}

#[test]
fn the_narrative_anchors() {
    check(
        &[
            (
                "The siege began on May 3, 1915. [The next day] it rained.",
                "1915-05-04",
            ),
            (
                "The siege began on May 3, 1915. [Two days later] it rained.",
                "1915-05-05",
            ),
            (
                "The siege began on May 3, 1915, and ended on [August 9].",
                "1915-08-09",
            ),
            (
                "The siege began in November 1915 and ended on [January 2].",
                "1916-01-02",
            ),
            ("It began in 1915. [That year] it rained.", "1915"),
            ("It began in 1915. [The following year] it rained.", "1916"),
            (
                "It began on Monday. [The same day] it rained.",
                "2017-12-11",
            ),
            ("It began on Tuesday, at [9 p.m.].", "2017-12-12T21:00"),
        ],
        dct(),
    );
}

#[test]
fn durations() {
    check(
        &[
            ("It took [18 months].", "P18M"),
            ("It will last [five hours].", "PT5H"),
            ("It rained, following [days] of drought.", "PXD"),
            ("It ended [three weeks] later than planned.", "P3W"),
            ("A [12-hour] flight.", "PT12H"),
            ("It took [almost two and a half years].", "P2.5Y"),
            ("It took [2 1/2 years].", "P2.5Y"),
            ("It took [a year and a half].", "P1.5Y"),
            ("It took [half an hour].", "PT30M"),
            ("It took [more than a decade].", "P10Y"),
            ("It took [two dozen years].", "P24Y"),
            ("It took [twenty-five minutes].", "PT25M"),
            ("It took [three hours 45 minutes].", "PT3H45M"),
            ("It rained for [six straight days].", "P6D"),
            ("It rained for [several weeks].", "PXW"),
            ("It rained for [years].", "PXY"),
            ("It rained for [the past nine days].", "P9D"),
            ("It rained over [the past year].", "P1Y"),
            ("It may rain for [the next six months].", "P6M"),
            ("It may rain for [the next couple of days].", "PXD"),
            ("A [weeklong] strike.", "P1W"),
            ("A [decade-long] war.", "P10Y"),
            ("He left [a day] after the vote.", "P1D"),
            ("They stayed for [a fortnight].", "P2W"),
        ],
        dct(),
    );
}

#[test]
fn ranges_have_two_ends() {
    for (text, expected) in [
        (
            "The fair ran March 3-5, 2016.",
            [("March 3", "2016-03-03"), ("5, 2016", "2016-03-05")],
        ),
        (
            "The fair ran from 3 to 5 March 2016.",
            [("3", "2016-03-03"), ("5 March 2016", "2016-03-05")],
        ),
        ("The 2015-16 fair.", [("2015", "2015"), ("16", "2016")]),
        (
            "The war of 1914–1918.",
            [("1914", "1914"), ("1918", "1918")],
        ),
        (
            "It ran 29 June - 1 July 2006.",
            [("29 June", "2006-06-29"), ("1 July 2006", "2006-07-01")],
        ),
        (
            "It ran from November to March 2006.",
            [("November", "2005-11"), ("March 2006", "2006-03")],
        ),
        (
            "On January 5 and 12, 2016, it rained.",
            [("January 5", "2016-01-05"), ("12, 2016", "2016-01-12")],
        ),
    ] {
        let expected = expected.map(|(words, value)| (words, value.to_owned()));
        assert_eq!(found(text, dct()), expected, "{text}");
    }
}

#[test]
fn times_of_day() {
    check(
        &[
            ("It landed at [6:40 p.m. today].", "2017-12-14T18:40"),
            ("It landed at [10am].", "2017-12-14T10:00"),
            ("It landed at [10.30 am].", "2017-12-14T10:30"),
            ("It landed at [18:00 UTC].", "2017-12-14T18:00Z"),
            ("It landed at noon ([1200 GMT]).", "2017-12-14T12:00Z"),
            ("It landed at [12:15 a.m. local time].", "2017-12-14T00:15"),
            ("It landed at [8 o'clock].", "2017-12-14T08:00"),
            (
                "It landed at [eleven o'clock at night].",
                "2017-12-14T23:00",
            ),
            ("It landed at [9 p.m. Tuesday].", "2017-12-12T21:00"),
            ("Updated [2017-12-13T07:30:00Z].", "2017-12-13T07:30Z"),
            ("Updated [2017-12-13 07:30].", "2017-12-13T07:30"),
        ],
        dct(),
    );
}

#[test]
fn recurring_times() {
    check(
        &[
            ("They meet [every Friday].", "XXXX-WXX-5"),
            ("They meet on [Fridays].", "XXXX-WXX-5"),
            ("They meet [every day].", "P1D"),
            ("They meet [every two years].", "P2Y"),
            ("They meet [every other week].", "P2W"),
            ("They meet [twice a month].", "P1M"),
            ("A [daily] meeting.", "P1D"),
            ("The [annual] report.", "P1Y"),
        ],
        dct(),
    );
    let text = "They meet every Friday.";
    assert_eq!(
        extract_timexes(text, Span::new(0, text.len()), None)[0].kind,
        TimexKind::Set
    );
}

#[test]
fn references() {
    check(
        &[
            ("He is [now] in Rome.", "PRESENT_REF"),
            ("He is [currently] in Rome.", "PRESENT_REF"),
            ("He was [recently] in Rome.", "PAST_REF"),
            ("Rome in [the near future].", "FUTURE_REF"),
            ("Rome in [the past].", "PAST_REF"),
            ("It was [a long time ago].", "PAST_REF"),
        ],
        dct(),
    );
}

#[test]
fn undated_documents_keep_unknown_components() {
    check(
        &[
            ("He landed on [27 March].", "XXXX-03-27"),
            ("The court ruled on [Monday].", "XXXX-WXX-1"),
            ("The court ruled [Monday night].", "XXXX-WXX-1TNI"),
            ("It snowed [yesterday].", "XXXX-XX-XX"),
            ("It snowed [last week].", "XXXX-WXX"),
            ("It snowed [last month].", "XXXX-XX"),
            ("It snowed [last year].", "XXXX"),
            ("It snowed [last summer].", "XXXX-SU"),
            ("Sales fell in [the third quarter].", "XXXX-Q3"),
            ("It snowed [this weekend].", "XXXX-WXX-WE"),
            ("It landed at [6:40 p.m.].", "XXXX-XX-XXT18:40"),
            ("It took [18 months].", "P18M"),
            (
                "The siege began on May 3, 1915. [The next day] it rained.",
                "1915-05-04",
            ),
        ],
        None,
    );
}

#[test]
fn other_words_are_no_times() {
    for text in [
        "They march on the capital.",
        "March on, they sang.",
        "It may rain, and they may march.",
        "Theresa May spoke, and Mr. May smiled.",
        "Prime Minister May said so. He was thanked by May for it.",
        "April Smith and June Jones spoke.",
        "An august body sat in the sun.",
        "The second man sat down a second time.",
        "About 2,000 people fled, some 2000 of them children.",
        "The army sent 1500 troops and 1950 guns.",
        "Resolution 1973 was passed.",
        "A 12-year-old boy and a man aged 40 years met a woman who is 30 years old.",
        "They won 3-2 and 10:8.",
        "It costs $2016 or £1999.",
        "The Arab Spring and the Winter Olympics.",
        "The fall of the city was a turning point.",
        "She reads the Sunday Times and USA Today.",
        "The Daily Mail reported it.",
        "A quarter of the voters, or three quarters.",
        "Flight 1549 and room 2010.",
        "He lives at the light years of fame.",
        "Black Friday and Good Friday.",
        "ISO 8601 and the A320.",
        "He sat on the 27th floor.",
        "Two thirds of it.",
        "A 94-years-old man, and a second March for peace.",
        "A zero day flaw.",
    ] {
        assert_eq!(found(text, dct()), [], "{text}");
    }
}

#[test]
fn a_part_is_read_alone() {
    let text = "Monday. Tuesday.";
    let timexes = extract_timexes(text, Span::new(8, text.len()), None);
    assert_eq!(timexes.len(), 1);
    assert_eq!(timexes[0].span, Span::new(8, 15));
    assert!(extract_timexes("", Span::new(0, 0), dct()).is_empty());
}

#[test]
fn repetition_does_not_nest() {
    for phrase in [
        "the end of ",
        "the morning of ",
        "early ",
        "Monday, ",
        "a week of ",
        "10:30 ",
        "May and ",
        "last ",
    ] {
        let text = phrase.repeat(20_000);
        let _ = extract_timexes(&text, Span::new(0, text.len()), dct());
    }
}

/// Words of the grammar and of other scripts, strung together at random.
fn word_salad() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "the",
        "a",
        "last",
        "next",
        "March",
        "May",
        "27",
        "2016",
        "2016-03-27",
        "27/03/16",
        "9/11",
        "1990s",
        "'82",
        "'",
        "Monday",
        "Sept.",
        "quarter",
        "third",
        "half",
        "and",
        "of",
        "year",
        "years",
        "day",
        "ago",
        "later",
        "10:30",
        "p.m.",
        "18:00 UTC",
        "(GMT +8)",
        "early",
        "mid",
        "-",
        "–",
        ",",
        ".",
        "\n",
        "every",
        "twice",
        "hundred",
        "99999999999",
        "99999",
        "2.5",
        "2½",
        "more",
        "than",
        "昨日",
        "2017年3月",
        "٢٠١٦",
        "אתמול",
        "é",
        "\u{301}",
        "🎉",
        "\u{a0}",
        "to",
        "5",
        "31",
        "February",
        "century",
        "end",
        "in",
        "morning",
        "now",
        "0",
        "1000",
        "decades",
        "from",
    ]);
    prop::collection::vec((words, prop::sample::select(vec!["", " "])), 0..14).prop_map(|pairs| {
        pairs
            .into_iter()
            .map(|(word, space)| format!("{word}{space}"))
            .collect()
    })
}

fn assert_sound(text: &str, dct: Option<Date>) -> Result<(), TestCaseError> {
    let mut last = 0;
    for timex in extract_timexes(text, Span::new(0, text.len()), dct) {
        prop_assert!(timex.span.start >= last && timex.span.end > timex.span.start);
        prop_assert!(
            text.is_char_boundary(timex.span.start) && text.is_char_boundary(timex.span.end)
        );
        prop_assert!(!timex.value.is_empty() && timex.value.is_ascii());
        let _ = crate::time::Interval::of_timex_value(&timex.value);
        last = timex.span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        assert_sound(&text, dct())?;
    }

    #[test]
    fn any_string_is_read(text in any::<String>()) {
        assert_sound(&text, None)?;
    }

    #[test]
    fn any_words_are_read(text in word_salad(), year in -9999_i16..=9999, day in 1_i8..=28) {
        assert_sound(&text, Some(date(year, 1, day)))?;
        assert_sound(&text, None)?;
    }
}
