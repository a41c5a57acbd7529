//! Annals reads news and turns it into a knowledge graph you can question.
//!
//! ```text
//! files ─► document ─► extract ─► resolve ─► rdf ─► store ─► query, timeline, graph, inspect ─► export, cli
//!             └──────► journal, the only truth
//! ```
//!
//! Each stage is a module and a function from values to values; [`pipeline`] joins them. What each
//! must not know, and why, is in `ARCHITECTURE.md`.
//!
//! ```
//! use annals::document::{Format, RawDocument};
//! use annals::timeline::{Request, select};
//!
//! let article = RawDocument {
//!     path: "strike.txt".to_owned(),
//!     part: None,
//!     format: Format::Article,
//!     charset: None,
//!     content: "Dockers of Valletta end their strike\n\nOn 4 May 2016 the dockers of Valletta went back to work."
//!         .to_owned(),
//! };
//! let (_graph, index, report) = annals::pipeline::in_memory([Ok(article)].into_iter())?;
//! assert_eq!(report.events, 1);
//! let request = Request { phrase: "Valletta 2016".to_owned(), ..Request::default() };
//! let timeline = select(&index, &request)?;
//! assert_eq!(timeline.entries[0].date.as_deref(), Some("2016-05-04"));
//! # Ok::<(), annals::store::StoreError>(())
//! ```

mod character;
pub mod cli;
mod counted;
pub mod decision;
pub mod document;
pub mod eval;
pub mod export;
pub mod extract;
pub mod extractor;
pub mod graph;
mod hash;
pub mod id;
pub mod inspect;
pub mod journal;
pub mod pipeline;
pub mod query;
pub mod rdf;
pub mod record;
pub mod resolve;
mod span;
pub mod store;
mod store_mark;
pub mod time;
pub mod timeline;

pub use span::{CodePoints, Span};
