//! Resolved things in, quads out. No input or output of its own, and no idea where quads are kept.
//!
//! What a document states goes into the named graph that bears its IRI; its metadata goes into the
//! default graph; what resolution found across documents goes into `annals:inferred`. The terms are
//! those of `ontology/annals.ttl`.

mod decision;
mod document;
mod entity;
mod iri;
mod links;
mod storyline;
pub mod vocab;

pub use decision::decision_quads;
pub use document::document_quads;
pub(crate) use document::kind_name;
pub use entity::entity_quads;
pub use iri::{BaseError, Namespace};
pub use links::link_quads;
pub use storyline::storyline_quads;
