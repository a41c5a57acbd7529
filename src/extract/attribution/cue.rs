//! The words by which a text hands a statement to somebody else: reporting verbs, and the nouns
//! that can be their subject.
//!
//! The notions are those of attribution in the Penn Discourse Treebank (Prasad et al., "Attribution
//! and its (non-)recognition by NLP applications", 2006) and PARC 3.0 (Pareti, LREC 2016): a source,
//! a cue and a content. The lists are our own, put together from reading news; verbs of thinking
//! are left out, because they tell of no event.

/// What follows a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A clause, with or without "that": "said it had fallen".
    Clause,
    /// Somebody, then a clause: "told reporters that it had fallen".
    Addressee,
    /// A clause only after "that"; else a thing: "announced the talks".
    That,
}

/// A reporting verb as found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) frame: Frame,
    /// Whether the content is said not to be so.
    pub(super) denies: bool,
    /// Whether its object can be whom it is said to.
    pub(super) addresses: bool,
}

/// The reporting verb that a lower-case word is.
pub(super) fn verb(word: &str) -> Option<Verb> {
    let frame = if CLAUSE.contains(&word) {
        Frame::Clause
    } else if ADDRESSEE.contains(&word) {
        Frame::Addressee
    } else if THAT.contains(&word) || DENIAL.contains(&word) {
        Frame::That
    } else {
        return None;
    };
    let denies = DENIAL.contains(&word);
    let addresses = ADDRESSEE.contains(&word) || matches!(word, "warn" | "warned" | "warns");
    Some(Verb {
        frame,
        denies,
        addresses,
    })
}

const CLAUSE: &[&str] = &[
    "said", "says", "say", "claimed", "claims", "insisted", "insists", "argued", "argues",
    "alleged", "alleges", "stated", "states", "tweeted",
];

const ADDRESSEE: &[&str] = &["told", "tells", "informed"];

const THAT: &[&str] = &[
    "added",
    "adds",
    "claim",
    "announce",
    "confirm",
    "warn",
    "reported",
    "reports",
    "announced",
    "announces",
    "confirmed",
    "confirms",
    "acknowledged",
    "acknowledges",
    "admitted",
    "admits",
    "conceded",
    "declared",
    "declares",
    "warned",
    "warns",
    "explained",
    "explains",
    "noted",
    "notes",
    "stressed",
    "testified",
    "wrote",
    "writes",
    "predicted",
    "predicts",
    "complained",
    "recalled",
    "suggested",
    "revealed",
    "maintains",
    "maintained",
    "remarked",
];

const DENIAL: &[&str] = &["denied", "denies", "deny"];

/// Nouns for people and bodies that speak without being named.
pub(super) fn is_speaker_noun(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    SPEAKERS.contains(&word) || SPEAKERS.contains(&singular)
}

const SPEAKERS: &[&str] = &[
    "activist",
    "administration",
    "agency",
    "agencies",
    "airline",
    "ambassador",
    "analyst",
    "army",
    "attorney",
    "author",
    "authorities",
    "authority",
    "bank",
    "campaigner",
    "captain",
    "chairman",
    "chief",
    "colonel",
    "commander",
    "commission",
    "committee",
    "company",
    "companies",
    "coroner",
    "council",
    "court",
    "critic",
    "department",
    "deputy",
    "detective",
    "diplomat",
    "director",
    "doctor",
    "economist",
    "embassy",
    "envoy",
    "executive",
    "expert",
    "eyewitness",
    "eyewitnesses",
    "firm",
    "general",
    "government",
    "governor",
    "group",
    "head",
    "historian",
    "hospital",
    "inspector",
    "investigator",
    "judge",
    "lawmaker",
    "lawyer",
    "leader",
    "magazine",
    "manager",
    "mayor",
    "media",
    "medic",
    "military",
    "minister",
    "ministry",
    "ministries",
    "monitor",
    "navy",
    "neighbour",
    "neighbor",
    "newspaper",
    "observatory",
    "officer",
    "official",
    "organisation",
    "organization",
    "party",
    "physician",
    "police",
    "president",
    "prosecutor",
    "publicist",
    "radio",
    "rebel",
    "report",
    "representative",
    "rescuer",
    "researcher",
    "resident",
    "scientist",
    "secretary",
    "senator",
    "sheriff",
    "soldier",
    "source",
    "spokesman",
    "spokesmen",
    "spokesperson",
    "spokeswoman",
    "statement",
    "station",
    "study",
    "surgeon",
    "survivor",
    "teacher",
    "television",
    "trader",
    "union",
    "victim",
    "villager",
    "witness",
    "witnesses",
    "worker",
];

/// Adverbs and auxiliaries that stand between a speaker and the verb.
pub(super) fn is_light(word: &str) -> bool {
    matches!(
        word,
        "also"
            | "later"
            | "has"
            | "have"
            | "had"
            | "then"
            | "repeatedly"
            | "earlier"
            | "previously"
            | "recently"
            | "further"
            | "on"
            | "in"
            | "subsequently"
            | "only"
            | "again"
            | "reportedly"
            | "officially"
            | "publicly"
            | "formally"
    )
}

/// Whether a lower-case word before a noun for a speaker can belong to it: no auxiliary, no noun in the plural, no
/// verb in the past behind a noun. "missile strikes have hit military", "gunmen attacked police" name no speaker.
pub(super) fn is_modifier(word: &str, first: bool) -> bool {
    const AUXILIARIES: [&str; 20] = [
        "has", "have", "had", "be", "been", "being", "will", "would", "could", "may", "might",
        "must", "should", "did", "does", "do", "not", "to", "there", "it",
    ];
    const IN_S: [&str; 8] = [
        "news", "affairs", "sports", "police", "us", "business", "its", "his",
    ];
    let plural = word.ends_with('s')
        && !word.ends_with("ss")
        && !IN_S.contains(&word)
        && !matches!(word, "'s" | "’s");
    let past =
        word.len() > 4 && word.ends_with("ed") && !first && word != "armed" && word != "united";
    !AUXILIARIES.contains(&word) && !plural && !past
}

/// Words before which a noun phrase ends when read from right to left, or after which one begins.
pub(super) fn is_edge(word: &str) -> bool {
    matches!(
        word,
        "," | ";"
            | ":"
            | "."
            | "\""
            | "“"
            | "”"
            | "'"
            | "‘"
            | "’"
            | "("
            | ")"
            | "—"
            | "–"
            | "and"
            | "but"
            | "or"
            | "that"
            | "which"
            | "who"
            | "as"
            | "while"
            | "when"
            | "if"
            | "because"
            | "although"
            | "though"
            | "after"
            | "before"
            | "since"
            | "where"
            | "than"
            | "is"
            | "was"
            | "were"
            | "are"
    )
}

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "one"
            | "two"
            | "several"
            | "some"
            | "another"
            | "its"
            | "their"
            | "his"
            | "her"
            | "many"
    )
}

pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "of"
            | "from"
            | "at"
            | "for"
            | "on"
            | "near"
            | "by"
            | "with"
            | "to"
            | "about"
            | "against"
            | "between"
            | "during"
            | "after"
            | "before"
            | "following"
            | "amid"
            | "under"
            | "over"
            | "through"
            | "into"
            | "without"
            | "via"
    )
}
