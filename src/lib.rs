//! Annals reads news and turns it into a knowledge graph you can question.

pub mod document;
pub mod extract;
pub mod graph;
mod span;
pub mod time;
pub mod timeline;

pub use span::{CodePoints, Span};
