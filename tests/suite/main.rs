//! The program as its users meet it: the real binary on `examples/news`, one module for each
//! feature. No test here needs a network.

#![allow(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod crash;
mod damage;
mod determinism;
mod export;
mod extract;
mod forget;
mod hostile;
mod hygiene;
mod ingest;
mod inspect;
mod query;
mod readme;
mod related;
mod revisions;
mod same_event;
mod support;
mod timeline;
mod versions;
