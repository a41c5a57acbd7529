//! The reports of an event in the order of their days, and what each adds: sentences, figures and
//! names that no earlier report has.

use std::collections::{BTreeSet, HashMap};

use oxigraph::model::{NamedNode, Quad, Term};
use serde::Serialize;

use super::updates::date;
use super::{View, node};
use crate::extract::{split_sentences, term_weight, terms};
use crate::rdf::vocab::{annals, nif};
use crate::record::DocumentRecord;
use crate::span::Span;
use crate::store::StoreError;

/// A sentence is new when this share of its weight is; a guess.
const NEW_SHARE: f64 = 0.6;
/// Sentences given of each report.
const MOST_SENTENCES: usize = 3;
/// Text of an article that is looked at, in bytes, and blocks of a page (heading, title, summary).
const READ_BYTES: usize = 4000;
const PAGE_BLOCKS: usize = 3;

/// One report and what it adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportEntry {
    /// Its IRI.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its day, stated or inferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Sentences that say what no earlier report does, in text order.
    pub sentences: Vec<String>,
    /// Numbers that no earlier report gives, in text order.
    pub figures: Vec<String>,
    /// People, places and bodies that no earlier report names, sorted.
    pub names: Vec<String>,
}

/// The reports of an event, oldest first; undated ones last. Empty for anything else.
///
/// # Errors
/// When the graph or the index cannot be read.
pub fn reports(view: View<'_>, event: &str) -> Result<Vec<ReportEntry>, StoreError> {
    let event = NamedNode::new_unchecked(event);
    let quads = view
        .graph
        .quads_of(None, Some(annals::REPORTS), Some(event.as_ref()))?;
    let documents: BTreeSet<NamedNode> = quads
        .into_iter()
        .filter_map(|quad| node(quad.subject.into()))
        .collect();
    let mut dated: Vec<(bool, Option<String>, NamedNode)> = Vec::new();
    for document in documents {
        let date = date(view, &document)?;
        dated.push((date.is_none(), date, document));
    }
    dated.sort();
    let mut known = Known::default();
    let mut entries = Vec::new();
    for (_, date, document) in dated {
        let said = Said::read(view, &document)?;
        let anchors = said.anchors();
        let text = said.text(&event, &anchors);
        let own = said.names_in(view, &text, &anchors)?;
        entries.push(ReportEntry {
            title: view.label(&document)?,
            document: document.into_string(),
            date,
            sentences: known.new_sentences(&text),
            figures: known.new_figures(&text),
            names: own.difference(&known.names).cloned().collect(),
        });
        known.learn(&text, own);
    }
    Ok(entries)
}

#[derive(Default)]
struct Known {
    terms: BTreeSet<String>,
    figures: BTreeSet<String>,
    names: BTreeSet<String>,
    has_any: bool,
}

impl Known {
    fn new_sentences(&self, text: &str) -> Vec<String> {
        let whole = Span::new(0, text.len());
        let sentences = split_sentences(text, whole, "en").into_iter();
        let new = sentences.filter(|sentence| {
            let terms: BTreeSet<String> = terms(sentence.of(text)).into_iter().collect();
            let all = weight(terms.iter());
            terms.len() > 3 && weight(terms.difference(&self.terms)) >= NEW_SHARE * all
        });
        let words = new.map(|sentence| {
            sentence
                .of(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        });
        words.take(MOST_SENTENCES).collect()
    }

    /// Nothing for the first report, whose figures are not news beside others.
    fn new_figures(&self, text: &str) -> Vec<String> {
        let mut figures: Vec<String> = Vec::new();
        if self.has_any {
            for figure in figures_of(text) {
                if !self.figures.contains(&figure) && !figures.contains(&figure) {
                    figures.push(figure);
                }
            }
        }
        figures
    }

    fn learn(&mut self, text: &str, names: BTreeSet<String>) {
        self.terms.extend(terms(text));
        self.figures.extend(figures_of(text));
        self.names.extend(names);
        self.has_any = true;
    }
}

fn weight<'a>(terms: impl Iterator<Item = &'a String>) -> f64 {
    terms.map(|term| term_weight(term)).sum()
}

fn figures_of(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| c.is_whitespace() || c == '-' || c == '–');
    let trimmed = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
    trimmed.filter(|word| !word.is_empty()).map(str::to_owned)
}

/// The words of each mention of a document.
type Anchors<'a> = HashMap<Term, &'a str>;

/// What a document says.
struct Said {
    record: Option<DocumentRecord>,
    quads: Vec<Quad>,
}

impl Said {
    fn read(view: View<'_>, document: &NamedNode) -> Result<Self, StoreError> {
        let hit = view.index.record(document.as_str())?;
        Ok(Self {
            record: hit.and_then(|hit| serde_json::from_str(&hit.stored).ok()),
            quads: view.graph.document_quads(document.as_ref())?,
        })
    }

    /// Of an article its beginning, of a page its heading, title and summary, of a list of several events
    /// what it says of this one.
    fn text(&self, event: &NamedNode, anchors: &Anchors<'_>) -> String {
        let Some(record) = &self.record else {
            return String::new();
        };
        let text = record.text.as_str();
        match record.kind.as_str() {
            "article" => text[..text.floor_char_boundary(READ_BYTES)].to_owned(),
            "event-page" => {
                let blocks = text.split('\n').filter(|line| !line.trim().is_empty());
                blocks.take(PAGE_BLOCKS).collect::<Vec<_>>().join("\n")
            }
            _ => self.evidence(event, anchors).join("\n"),
        }
    }

    /// The words that tell of an event.
    fn evidence<'a>(&self, event: &NamedNode, anchors: &Anchors<'a>) -> Vec<&'a str> {
        let of_event = self.quads.iter().filter(|quad| {
            quad.predicate == annals::EVIDENCE && quad.subject == event.as_ref().into()
        });
        let words = of_event.filter_map(|quad| anchors.get(&quad.object).copied());
        words.collect()
    }

    /// The words of each mention.
    fn anchors(&self) -> Anchors<'_> {
        let anchors = self.quads.iter().filter(|q| q.predicate == nif::ANCHOR_OF);
        let words = anchors.filter_map(|quad| match &quad.object {
            Term::Literal(words) => Some((quad.subject.clone().into(), words.value())),
            _ => None,
        });
        words.collect()
    }

    /// The entities that are named in some of its words, by name.
    fn names_in(
        &self,
        view: View<'_>,
        text: &str,
        anchors: &Anchors<'_>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut names = BTreeSet::new();
        for quad in self.quads.iter().filter(|q| q.predicate == annals::DENOTES) {
            let words = anchors.get(&quad.subject.clone().into());
            let is_said = words.is_some_and(|words| text.contains(words));
            if let Some(entity) = node(quad.object.clone()).filter(|_| is_said) {
                names.insert(view.label(&entity)?);
            }
        }
        Ok(names)
    }
}
