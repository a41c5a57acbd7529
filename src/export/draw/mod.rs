//! What the pictures of graphs and timelines share: measuring and breaking text, colours, and the
//! frame around a picture. Shapes are placed with plain attributes, never with a style sheet, so
//! that a picture looks the same inside a page that forbids inline styles.

pub(super) mod frame;
pub(super) mod style;
pub(super) mod text;
