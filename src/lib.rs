//! Annals reads news and turns it into a knowledge graph you can question.

pub mod cli;
pub mod document;
pub mod export;
pub mod extract;
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
pub mod time;
pub mod timeline;

pub use span::{CodePoints, Span};
