//! The program as its users meet it: the real binary on `examples/news`, one module for each
//! feature. No test here needs a network.

#![allow(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod alias;
mod backup;
mod beside;
mod check;
mod crash;
mod damage;
mod determinism;
mod eval;
mod export;
mod extract;
mod extractor;
mod forget;
mod formats;
mod full_disk;
mod fuzz;
mod graph;
mod hostile;
mod hygiene;
mod ingest;
mod inspect;
mod kills;
mod linear;
mod newcomer;
mod query;
mod readme;
mod related;
mod revisions;
mod same_event;
mod sources;
mod storylines;
mod supplement;
mod support;
mod timeline;
mod told;
mod versions;
mod watch;
