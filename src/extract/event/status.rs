//! Whether a telling says that its event happened.
//!
//! The distinctions are those of event factuality: FactBank's polarity and certainty (Saurí and
//! Pustejovsky, "FactBank: a corpus annotated with event factuality", LREC 2009) told apart from whose word
//! it is, with plans as a kind of their own, as TimeML's event modality and ACE's tense "future" have them.
//! Cues count only in the clause of the time expression, or, in a title, in its main clause; the lists are
//! our own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{Standing, Told};
use crate::extract::attribution::speech_verbs;
use crate::extract::{Quotation, tokenize};
use crate::span::Span;

/// Whether an event happened, as its words have it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Told as a fact.
    #[default]
    Asserted,
    /// Told as a fact on somebody else's word.
    Reported,
    /// Told as something to come.
    Planned,
    /// Told as something that may be or might have been.
    Hypothetical,
    /// Told as something that is not so.
    Denied,
}

impl Status {
    /// The word for it in the graph and in renderings.
    ///
    /// ```
    /// assert_eq!(annals::extract::Status::Planned.word(), "planned");
    /// ```
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Reported => "reported",
            Self::Planned => "planned",
            Self::Hypothetical => "hypothetical",
            Self::Denied => "denied",
        }
    }

    /// The status of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let all = [
            Self::Asserted,
            Self::Reported,
            Self::Planned,
            Self::Hypothetical,
            Self::Denied,
        ];
        all.into_iter().find(|status| status.word() == word)
    }
}

/// A status and the words that say so.
type Cued = (Status, Option<Span>);

/// The standing of what a sentence tells at the time expression `when`.
pub(super) fn standing_at(told: Told<'_>, sentence: Span, when: Span) -> Standing {
    let text = told.document.text.as_str();
    let quotation = quotation_of(told, sentence);
    let Some((index, quotation)) = quotation else {
        let (status, cue) = modality_at(told, sentence, when);
        return Standing {
            status,
            cue,
            quotation: None,
        };
    };
    if quotation.content.contains(when) {
        let (status, cue) = modality_at(told, quotation.content, when);
        return attributed(status, cue, index, quotation);
    }
    if !is_reporting_clause(text, quotation, when) {
        let (status, cue) = modality_at(told, sentence, when);
        return Standing {
            status,
            cue,
            quotation: None,
        };
    }
    speech(text, index, quotation)
}

/// The standing of a headline or list entry: that of its first sentence's main clause.
pub(super) fn standing_of_title(told: Told<'_>, title: Span) -> Standing {
    let text = told.document.text.as_str();
    let sentence = first_sentence(text, title);
    match quotation_of(told, sentence) {
        Some((index, quotation)) if !is_subordinate(text, sentence, quotation) => {
            speech(text, index, quotation)
        }
        _ => {
            let main = main_clause_of_title(told, sentence);
            let (status, cue) = match modality(text, main) {
                (Status::Asserted, _) if !is_sentence(sentence.of(text)) => infinitive(told, main),
                cued => cued,
            };
            Standing {
                status,
                cue,
                quotation: None,
            }
        }
    }
}

/// Whether somebody's saying something is only what a sentence frames its news with: "The port closes after Berg said
/// that the ice was coming". Five words leave room for the speaker's titles (a guess).
fn is_subordinate(text: &str, sentence: Span, quotation: &Quotation) -> bool {
    const OPENERS: [&str; 11] = [
        "after", "as", "before", "while", "when", "because", "since", "although", "though",
        "until", "however",
    ];
    let speaker = quotation.speaker.start.clamp(sentence.start, sentence.end);
    let before = &text[sentence.start..speaker];
    let clause = before
        .trim_end_matches([',', ' '])
        .rsplit([',', ';'])
        .next()
        .unwrap_or("");
    let mut near = clause.split_whitespace().rev().take(5);
    quotation.content.start > quotation.cue.start
        && near.any(|word| OPENERS.contains(&word.to_lowercase().as_str()))
}

/// What somebody says: a fact on their word. When they speak of what is to come or may be, what
/// happened is that they spoke.
fn speech(text: &str, index: usize, quotation: &Quotation) -> Standing {
    if quotation.denies {
        return attributed(Status::Asserted, None, index, quotation);
    }
    match modality(text, main_clause(text, quotation.content)).0 {
        Status::Asserted => attributed(Status::Asserted, None, index, quotation),
        _ => Standing::default(),
    }
}

fn attributed(status: Status, cue: Option<Span>, index: usize, quotation: &Quotation) -> Standing {
    let (status, cue) = match status {
        Status::Asserted if quotation.denies => (Status::Denied, Some(quotation.cue)),
        Status::Asserted => (Status::Reported, None),
        other => (other, cue),
    };
    Standing {
        status,
        cue,
        quotation: Some(index),
    }
}

fn quotation_of(told: Told<'_>, sentence: Span) -> Option<(usize, &Quotation)> {
    let mut inside = told.quotations.iter().enumerate();
    inside.find(|(_, q)| sentence.contains(q.cue) && sentence.overlaps(q.content))
}

/// "said on Monday that …", "on Monday X said …": nothing but a few words between time and cue.
fn is_reporting_clause(text: &str, quotation: &Quotation, when: Span) -> bool {
    let between = if when.start >= quotation.cue.end {
        &text[quotation.cue.end..when.start]
    } else {
        let end = quotation
            .cue
            .start
            .min(quotation.speaker.start)
            .max(when.end);
        &text[when.end..end]
    };
    between.split_whitespace().count() <= 3
}

/// Where clauses are cut: punctuation that parts them, conjunctions, relative words.
static CUTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) [;:—] | \s–\s | [,\s]\s*\b(?: and|but|or|who|which|that|because|although|though|while|whereas|after|before
          |if|unless|whether|when|until )\b ",
    )
    .expect("a fixed pattern")
});

/// Where a title's main clause ends besides: words that open a clause or phrase about something else.
static ADJUNCTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ,\s+\p{Ll}+ing\b | \s\( | [,\s]\s*\b(?: as|since|where|whose|with|amid|amidst|despite|what|how|why|following|ahead\ of|because\ of|so
          |in\ (?:a\ bid|order|an\ effort|response|light) )\b ",
    )
    .expect("a fixed pattern")
});

/// Openings of a phrase or clause that stands before a title's main clause and ends in a comma.
static FRONTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^(?: After|Before|As|While|When|Although|Though|Despite|Because|Since|Until|Following|Amid|Due\ to
          |Ahead\ of|Under|During|With|In|On|By|For|Beginning|Starting )\b[^,]*,\s+ ",
    )
    .expect("a fixed pattern")
});

/// The clause of `part` that holds a time expression, with the word that opens it.
fn clause(told: Told<'_>, part: Span, when: Span) -> Span {
    let text = told.document.text.as_str();
    let words = part.of(text);
    let at = when.start.saturating_sub(part.start).min(words.len());
    let mut start = 0;
    let mut end = words.len();
    for cut in CUTS.find_iter(words) {
        // "and" between nouns is no cut: a clause needs some words of its own.
        let length = words[start..cut.start()].split_whitespace().count();
        if cut.start() <= at && length >= 4 {
            start = cut.start();
        } else if cut.start() > at && cut.start() >= when.end.saturating_sub(part.start) {
            end = cut.start();
            break;
        }
    }
    let clause = Span::new(part.start + start, part.start + end);
    before_speech(told, clause, when)
}

/// A clause without the speech that a reporting verb opens in it, when the time stands before or
/// right after the verb: "yesterday announced | Russia would start".
fn before_speech(told: Told<'_>, clause: Span, when: Span) -> Span {
    let text = told.document.text.as_str();
    for verb in speech_verbs(text, clause, told.mentions) {
        if verb.start >= when.end {
            return Span::new(clause.start, verb.end);
        }
        let between = text.get(verb.end..when.start).unwrap_or("");
        if between.split_whitespace().count() <= 2 {
            return Span::new(clause.start, when.end);
        }
    }
    clause
}

/// A sentence up to the first subordinate clause that follows its first words. What opens a clause cuts after two
/// words; "and", which joins nouns too, and a colon, behind which the news can stand, after four (guesses).
fn main_clause(text: &str, sentence: Span) -> Span {
    let words = sentence.of(text);
    let cut = CUTS.find_iter(words).find(|cut| {
        let joins = cut.as_str().trim_matches([',', ' ']);
        let opens = joins.starts_with(char::is_alphabetic) && !matches!(joins, "and" | "or");
        let least = if opens { 2 } else { 4 };
        words[..cut.start()].split_whitespace().count() >= least
    });
    let end = cut.map_or(sentence.end, |cut| sentence.start + cut.start());
    Span::new(sentence.start, end)
}

/// A title's main clause without what stands before and after it, and without reported speech: nobody that
/// `attribution` knows says it, but it is speech.
fn main_clause_of_title(told: Told<'_>, sentence: Span) -> Span {
    let text = told.document.text.as_str();
    let fronted = FRONTED
        .find(sentence.of(text))
        .map_or(0, |found| found.len());
    let main = main_clause(text, Span::new(sentence.start + fronted, sentence.end));
    let words = main.of(text);
    let adjunct = ADJUNCTS
        .find_iter(words)
        .find(|cut| words[..cut.start()].split_whitespace().count() >= 4);
    let end = adjunct.map_or(main.end, |cut| main.start + cut.start());
    let verb = speech_verbs(text, Span::new(main.start, end), told.mentions)
        .first()
        .copied();
    Span::new(main.start, verb.map_or(end, |verb| verb.end))
}

fn first_sentence(text: &str, title: Span) -> Span {
    let sentences = crate::extract::split_sentences(text, title, "en");
    sentences.first().copied().unwrap_or(title)
}

/// In lower case, since "May" is a month.
static HYPOTHETICAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^[,\s]*(?:[Ii]f|[Uu]nless|[Ww]hether)\b | \b(?: could|may|might|possibly|would\ have
          |(?:is|are|was|were)\ (?:un)?likely\ to|(?:considers|mulls?|weighs?|considered|weighed)\ (?:\w+)ing )\b ",
    )
    .expect("a fixed pattern")
});

/// What says of a clause that it is about something to come. In lower case: "Will" is also a name.
static PLANNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) \b(?: will | shall | would | won[’']t | \w+[’']ll
          | (?:is|are|was|were|be|been|being)\ (?:also\ |now\ |still\ )?(?:set|scheduled|expected|planned|slated|poised
             |about|supposed|going)\ (?:to|for|on)
          | (?:is|are|was|were|be|been|being)\ (?:also\ |now\ |still\ )?(?:expected|planned|scheduled)
          | (?:is|are)\ (?:expecting|planning|preparing)\ to
          | (?:intend|aim|hope|want|expect|prepare)s?\ to
          | (?:intended|wanted)\ to
          )\b ",
    )
    .expect("a fixed pattern")
});

/// "is to open", "are due to expire": something to come when a bare verb follows, which is judged apart.
static TO_COME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:is|are|was|were)(?: also| now| still)?(?: due)? to (\p{Ll}+)\b")
        .expect("a fixed pattern")
});

/// "plans to open": a plan when "plan" is the verb, which is judged apart.
static PLANS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\bplan(?:s|ned)? to\b").expect("a fixed pattern"));

/// What says so only of a date behind it, or right after a headline's subject: "talks set for Monday", "a vote due
/// on Monday", "agreed to close on Monday". That somebody promises, threatens or agrees is itself a fact.
static PLANNED_FOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) \b(?: (?:scheduled|slated|set|planned|expected)\ (?:to|for|on) | due\ (?:on|for|to\ \p{Ll}+)
          | planning\ to | (?:promise|vow|pledge|threaten|agree|propose|seek)(?:s|ed|d|ing)?\ to
          | (?:is|are)\ (?:meeting|visiting) )\b ",
    )
    .expect("a fixed pattern")
});

/// The present tense of timetables, which counts only with a date right behind it.
static SCHEDULED: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = r"take effect|takes effect|resumes?|begins?|starts?|opens?|meets?|ends?";
    Regex::new(&format!(r"(?i)\b(?:{verbs})(?: on| at| in)?\s*$")).expect("a fixed pattern")
});

/// Somebody says that something told is not so.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) \b(?: (?:denie[sd]|deny)\ (?:that|having|being)
          | (?:denie[sd]|deny|reject(?:s|ed)?|dismiss(?:es|ed)?|refut(?:es|ed|e))\ (?:[\w’'-]+\ ){0,2}?
            (?:claims?|reports?|rumou?rs|allegations?|accusations?|suggestions?)
          )\b ",
    )
    .expect("a fixed pattern")
});

/// A sentence itself says that something is not so. In a headline that is its news: "The bank does not lower rates".
static NEGATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) \b(?: did\ not | didn[’']t | does\ not | doesn[’']t | (?:has|have|had|was|were|is|are)\ (?:not|never)
          | (?:has|have|had|was|were|is|are)n[’']t | never )\b ",
    )
    .expect("a fixed pattern")
});

/// What the clause of a time expression says, the present of timetables included.
fn modality_at(told: Told<'_>, part: Span, when: Span) -> Cued {
    let text = told.document.text.as_str();
    let clause = clause(told, part, when);
    let (status, cue) = match modality(text, clause) {
        (Status::Asserted, _) => modality_of_date(text, clause, when),
        cued => cued,
    };
    let before = text.get(clause.start..when.start).unwrap_or("");
    match SCHEDULED
        .find(before)
        .filter(|_| status == Status::Asserted)
    {
        Some(found) if !before[..found.start()].ends_with("to ") => {
            let start = clause.start + found.start();
            let end = start + found.as_str().trim_end().len();
            (Status::Planned, Some(Span::new(start, end)))
        }
        _ => (status, cue),
    }
}

/// What the words of a clause say about its event.
fn modality(text: &str, clause: Span) -> Cued {
    let words = clause.of(text);
    let rules = [
        (&HYPOTHETICAL, Status::Hypothetical),
        (&DENIED, Status::Denied),
        (&PLANNED, Status::Planned),
    ];
    let found = rules
        .iter()
        .find_map(|(rule, status)| Some((rule.find(words)?.range(), *status)));
    let found = found.or_else(|| Some((to_come(words).or_else(|| plans(words))?, Status::Planned)));
    found.map_or((Status::Asserted, None), |(cue, status)| {
        (status, Some(shifted(cue, clause.start)))
    })
}

/// What a clause that asserts says about the day at `when` in it.
fn modality_of_date(text: &str, clause: Span, when: Span) -> Cued {
    if let Some(cue) = NEGATED.find(clause.of(text)) {
        let cue = shifted(cue.range(), clause.start);
        return (Status::Denied, Some(cue));
    }
    let before = Span::new(clause.start, when.start.clamp(clause.start, clause.end));
    let planned = PLANNED_FOR.find(before.of(text));
    planned.map_or((Status::Asserted, None), |cue| {
        (Status::Planned, Some(shifted(cue.range(), clause.start)))
    })
}

fn shifted(range: Range<usize>, by: usize) -> Span {
    Span::new(range.start + by, range.end + by)
}

/// "is to open", "is due to open"; not "is due to the snow", "is due to bad weather" or "is to blame".
fn to_come(words: &str) -> Option<Range<usize>> {
    const NO_VERBS: [&str; 16] = [
        "a", "an", "the", "its", "his", "her", "their", "this", "these", "some", "several",
        "blame", "have", "bad", "heavy", "concerns",
    ];
    let verb =
        |found: &regex::Captures<'_>| !NO_VERBS.contains(&&found[1]) && !found[1].ends_with("ing");
    let found = TO_COME.captures_iter(words).find(verb)?;
    found.get(0).map(|found| found.range())
}

/// "plans to open" after a subject in the singular, "plan to open" after one in the plural; not "a plan to open",
/// "reveals plans to open".
fn plans(words: &str) -> Option<Range<usize>> {
    let is_verb = |found: &regex::Match<'_>| {
        let before = words[..found.start()]
            .split_whitespace()
            .next_back()
            .unwrap_or("");
        let capital = before.starts_with(char::is_uppercase);
        let possessive = ["'s", "’s", "s'", "s’"]
            .iter()
            .any(|end| before.ends_with(end));
        let plural = before.ends_with('s') && !before.ends_with("ss");
        let pronoun = matches!(before, "who" | "they" | "we" | "people" | "police");
        let noun = matches!(
            before,
            "the" | "a" | "its" | "his" | "her" | "their" | "with" | "of" | "on" | "over" | "new"
        );
        match found.as_str().to_lowercase().as_str() {
            _ if possessive || before.is_empty() => false,
            "plan to" => plural || capital || pronoun,
            _ => capital || !(plural || noun),
        }
    };
    PLANS
        .find_iter(words)
        .find(is_verb)
        .map(|found| found.range())
}

/// Verbs of headlines that take "to" and happen all the same: "refuses to sign", "comes to Cairo".
const CONTROL: &[&str] = &[
    "fails",
    "fail",
    "failed",
    "refuses",
    "refuse",
    "refused",
    "moves",
    "move",
    "tries",
    "try",
    "tried",
    "continues",
    "continue",
    "begins",
    "begin",
    "starts",
    "start",
    "comes",
    "come",
    "goes",
    "go",
    "returns",
    "return",
    "leads",
    "lead",
    "led",
    "has",
    "have",
    "had",
    "needs",
    "need",
    "appears",
    "seems",
    "offers",
    "decides",
    "urges",
    "calls",
    "sends",
    "brings",
    "gets",
    "rises",
    "falls",
    "drops",
    "climbs",
    "ordered",
    "orders",
    "used",
    "right",
    "access",
    "gives",
    "sentenced",
    "elected",
    "selected",
    "chosen",
    "admits",
    "responds",
    "pleads",
    "commits",
    "adds",
    "turns",
    "helps",
    "asks",
    "tells",
    "allows",
    "due",
    "close",
    "next",
    "back",
    "up",
    "down",
    "on",
    "way",
    "how",
    "what",
    "where",
    "when",
    "bid",
    "effort",
    "efforts",
    "deal",
    "attempt",
    "attempts",
    "time",
    "chance",
    "ready",
    "able",
    "rushes",
    "struggles",
    "manages",
    "ceases",
    "thanks",
    "according",
    "extradited",
    "voted",
    "votes",
    "applies",
    "belongs",
    "help",
    "want",
    "ask",
    "urge",
    "wins",
    "aid",
    "opts",
    "choose",
    "chooses",
    "proposal",
    "motion",
    "plea",
    "call",
    "ultimatum",
    "refusal",
    "approves",
    "request",
    "requests",
    "decide",
    "offer",
    "promise",
    "promises",
    "threaten",
    "threatens",
    "vowed",
    "vow",
    "vows",
    "pledged",
    "pledge",
    "pledges",
    "claimed",
    "claims",
    "claim",
    "believes",
    "believe",
    "agreed",
    "agree",
    "agrees",
    "vote",
];

/// "Apple to lower prices": in a headline a bare infinitive after the subject is a plan. The subject is what
/// stands before the first "to", five tokens at most, none of them a verb in "-ed" or one that takes "to".
fn infinitive(told: Told<'_>, main: Span) -> Cued {
    let text = told.document.text.as_str();
    let tokens = tokenize(text, main);
    let to = tokens
        .iter()
        .take(7)
        .position(|token| token.of(text) == "to");
    let Some(to) = to.filter(|&to| to > 0 && to + 1 < tokens.len()) else {
        return (Status::Asserted, None);
    };
    // "A motion to close the port is rejected": the verb comes later. "Rebels claim to have won": it has happened.
    let finite = |token: &Span| {
        let word = token.of(text);
        matches!(word, "is" | "are" | "was" | "were" | "has" | "have" | "had")
    };
    if tokens[to + 1..].iter().any(finite) || has_verb(told, &tokens[..to]) {
        return (Status::Asserted, None);
    }
    let next = tokens[to + 1].of(text);
    let verb = next.chars().all(char::is_lowercase)
        && !matches!(
            next,
            "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "its"
                | "their"
                | "more"
                | "nearly"
                | "about"
                | "over"
        );
    let is_subject = |token: &Span| {
        let word = token.of(text);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let name = told
            .mentions
            .iter()
            .any(|mention| mention.span.contains(*token));
        let loose = word.len() > 3 && (word.ends_with("ed") || word.ends_with("ing"));
        let lower = word.to_lowercase();
        name || !(CONTROL.contains(&lower.as_str())
            || (loose && !capital)
            || matches!(word, "," | ":"))
    };
    let one_noun = tokens[..to]
        .iter()
        .filter(|t| t.of(text).chars().all(char::is_lowercase))
        .count()
        <= 2;
    let plan = verb && one_noun && tokens[..to].iter().all(is_subject);
    if plan {
        (
            Status::Planned,
            Some(Span::new(tokens[to].start, tokens[to + 1].end)),
        )
    } else {
        (Status::Asserted, None)
    }
}

/// Whether words before a headline's "to" hold a verb in the present: "-s" behind a name or a noun in the singular
/// and not right before "to" or a preposition, as in "Oslo rejects offer to", but not "Apple stocks to".
fn has_verb(told: Told<'_>, before: &[Span]) -> bool {
    const PREPOSITIONS: [&str; 8] = ["in", "of", "from", "at", "on", "for", "near", "and"];
    let text = told.document.text.as_str();
    before
        .windows(2)
        .skip(usize::from(before.len() > 2))
        .any(|pair| {
            let (word, next) = (pair[0].of(text), pair[1].of(text));
            let small = word.starts_with(char::is_lowercase);
            let singular = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
            let named = told
                .mentions
                .iter()
                .any(|mention| mention.span.contains(pair[0]));
            small && singular && !named && !PREPOSITIONS.contains(&next)
        })
}

/// Whether a headline is a whole sentence with its full stop. Such a one needs a finite verb, and has none in a
/// bare infinitive.
fn is_sentence(title: &str) -> bool {
    title
        .trim_end_matches(['"', '”', '’', ' ', ')'])
        .ends_with('.')
}

#[cfg(test)]
mod tests;
