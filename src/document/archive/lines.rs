//! The grammar of single lines of an archive page: headings, numbered links, contexts, addresses.
//! Nothing here knows of pages; every function takes one line, or a piece of one, and borrows from it.

use jiff::civil::Date;

use super::edition::{self, Edition};

/// A Markdown link and what follows it on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub(super) label: &'a str,
    pub(super) address: &'a str,
    pub(super) rest: &'a str,
}

/// Level (1 to 6) and words of a heading; the words follow the `#`s after white space.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let spaced = words.is_empty() || words.starts_with([' ', '\t']);
    ((1..=6).contains(&level) && spaced).then(|| (level, words.trim()))
}

/// What stands behind the number or bullet of a list line.
pub(super) fn list_item(line: &str) -> Option<&str> {
    let line = line.trim();
    if let Some(item) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
        return Some(item.trim_start());
    }
    let item = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = item.len() < line.len();
    item.strip_prefix(". ")
        .filter(|_| numbered)
        .map(str::trim_start)
}

/// The link to an archive page: its target is the last `](/…md)` of the words, so that brackets and
/// addresses inside the label do no harm.
pub(super) fn page_link(words: &str) -> Option<Link<'_>> {
    let labelled = words.strip_prefix('[')?;
    let end = labelled.rfind(".md)")? + ".md".len();
    let open = labelled[..end].rfind("](/")?;
    Some(Link {
        label: &labelled[..open],
        address: &labelled[open + "](".len()..end],
        rest: labelled[end + 1..].trim(),
    })
}

/// A link that is the whole of some words: the address runs to their last parenthesis, as it may
/// hold parentheses itself.
pub(super) fn whole_link(words: &str) -> Option<Link<'_>> {
    let inner = words.trim().strip_prefix('[')?.strip_suffix(')')?;
    let (label, address) = inner.split_once("](")?;
    Some(Link {
        label,
        address,
        rest: "",
    })
}

/// The links of a source line: the source, and in some editions the cover image beside it.
pub(super) fn source_links(item: &str) -> Option<(Option<Link<'_>>, Option<Link<'_>>)> {
    let item = item.trim();
    for word in edition::nameless_covers() {
        let mark = format!("[{word}](");
        let Some(at) = item.rfind(&mark) else {
            continue;
        };
        let cover = whole_link(&item[at..])?;
        let before = item[..at].trim();
        if before.is_empty() {
            return Some((None, Some(cover)));
        }
        return Some((Some(whole_link(before)?), Some(cover)));
    }
    Some((Some(whole_link(item)?), None))
}

/// The first address ending in `.html` among links, as on a Formats line.
pub(super) fn html_address(words: &str) -> Option<&str> {
    let end = words.find(".html)")? + ".html".len();
    let open = words[..end].rfind("](")? + "](".len();
    Some(&words[open..end])
}

/// The words of a context, and whether the closing underscore is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) names: &'a str,
    pub(super) closed: bool,
    pub(super) edition: &'static Edition,
}

/// The context that some words are: `_Context: A, B_` in the words of some edition.
pub(super) fn context(words: &str) -> Option<Context<'_>> {
    let (word, names) = words.trim().strip_prefix('_')?.split_once(':')?;
    let edition = edition::of_context(word)?;
    let closed = names.ends_with('_');
    let names = names.strip_suffix('_').unwrap_or(names).trim();
    Some(Context {
        names,
        closed,
        edition,
    })
}

/// A date as the archive writes it, `2018-01-9`.
pub(super) fn date(words: &str) -> Option<Date> {
    let mut numbers = words.splitn(3, '-');
    civil(numbers.next()?, numbers.next()?, numbers.next()?)
}

/// The day of the folders `news/YYYY/MM/D/` in an address or a path: of the last such folders.
pub(super) fn date_of_folders(path: &str) -> Option<Date> {
    folders(path).map(|(_, date)| date)
}

/// Where the folders `news/YYYY/MM/D/` begin in a path, and their day.
pub(super) fn folders(path: &str) -> Option<(usize, Date)> {
    let day_at = |at: usize| {
        let mut parts = path[at..].splitn(5, '/').skip(1);
        let date = civil(parts.next()?, parts.next()?, parts.next()?)?;
        parts.next().is_some().then_some((at, date))
    };
    let starts_part = |at: usize| at == 0 || path[..at].ends_with('/');
    path.rmatch_indices("news/")
        .map(|(at, _)| at)
        .filter(|at| starts_part(*at))
        .find_map(day_at)
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |s: &str, longest: usize| {
        (!s.is_empty() && s.len() <= longest && s.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    digits(year, 4)?;
    digits(month, 2)?;
    digits(day, 2)?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn headings() {
        assert_eq!(heading("# A  "), Some((1, "A")));
        assert_eq!(heading("##### "), Some((5, "")));
        assert_eq!(heading("#tag"), None);
        assert_eq!(heading("A # b"), None);
    }

    #[test]
    fn list_items() {
        for line in ["1. x", "12. x", "* x", "  3.  x "] {
            assert_eq!(list_item(line), Some("x"), "{line}");
        }
        for line in ["x", ". x", "1.x", "1 x", ""] {
            assert_eq!(list_item(line), None, "{line}");
        }
    }

    #[test]
    fn page_links_end_at_the_last_target() {
        let words = "[ A [http://x/y.md (P)] B [q](/r) ](/news/2018/01/9/a.md) _Context: M_";
        let link = page_link(words).unwrap();
        assert_eq!(link.label, " A [http://x/y.md (P)] B [q](/r) ");
        assert_eq!(link.address, "/news/2018/01/9/a.md");
        assert_eq!(link.rest, "_Context: M_");
        for cut in [
            "[A](/news/2018/01/9/a",
            "[A",
            "A](/news/a.md)",
            "[A](news/a.md)",
        ] {
            assert_eq!(page_link(cut), None, "{cut}");
        }
    }

    #[test]
    fn sources() {
        let cases: [(&str, Option<&str>, Option<&str>); 6] = [
            (
                "[A](http://a/b_(c)?d=1&e=http://f)",
                Some("http://a/b_(c)?d=1&e=http://f"),
                None,
            ),
            (
                "[A](http://a) [IMG](/b_(c).jpg)",
                Some("http://a"),
                Some("/b_(c).jpg"),
            ),
            (
                "[A](http://a) [IMG](${mpNews.image})",
                Some("http://a"),
                Some("${mpNews.image}"),
            ),
            ("[IMG](x)", None, Some("x")),
            ("[ (''Paper](http://a)", Some("http://a"), None),
            ("[A](/resources/r/?m=02)", Some("/resources/r/?m=02"), None),
        ];
        for (item, source, cover) in cases {
            let found = source_links(item).unwrap();
            assert_eq!(found.0.map(|l| l.address), source, "{item}");
            assert_eq!(found.1.map(|l| l.address), cover, "{item}");
        }
        for cut in ["[A](http://a", "[A", "A", "[A](http://a) [IMG](b"] {
            assert!(source_links(cut).is_none(), "{cut}");
        }
    }

    #[test]
    fn contexts() {
        let whole = context(" _Context: A, B (C_D)_ ").unwrap();
        assert!(whole.closed && whole.names == "A, B (C_D)");
        assert!(!context("_消息: A, B").unwrap().closed);
        assert!(context("_Note: A_").is_none());
        assert!(context("_Conte").is_none());
    }

    #[test]
    fn dates_and_folders() {
        assert_eq!(date("2018-01-9"), Some(day(2018, 1, 9)));
        for wrong in [
            "2018-02-31",
            "2018-01",
            "2018-01-9x",
            "-1-1-1",
            "",
            "2018-+1-1",
        ] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        assert_eq!(
            date_of_folders("/zh/news/2016/01/10/x.md"),
            Some(day(2016, 1, 10))
        );
        assert_eq!(
            date_of_folders("my/news/old/news/2016/01/1/x.md"),
            Some(day(2016, 1, 1))
        );
        for other in [
            "oldnews/2016/01/1/x.md",
            "/news/2016/01/x.md",
            "/news/2016/01/1",
            "é",
        ] {
            assert_eq!(date_of_folders(other), None, "{other}");
        }
    }
}
