//! Where nodes and links go on a sheet: sizes and ends in, coordinates in pixels out.
//!
//! Two ways: [`layered`], where the direction of links gives the picture its reading order, and
//! [`force`], for graphs too large to read box by box. Both are functions of their input alone.

pub(super) mod force;
pub(super) mod layered;
mod pack;

/// A point, x to the right and y down.
pub(super) type Point = (f64, f64);
/// Width and height.
pub(super) type Size = (f64, f64);

/// A link to lay out: positions of its ends, and the room its label needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: Size,
}

/// The way of a link: points from the outline of one node to that of the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub(super) points: Vec<Point>,
    /// Middle of the label.
    pub(super) label: Point,
}

/// A finished layout; its left upper corner is at the origin.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) size: Size,
    /// Middles of the nodes.
    pub(super) nodes: Vec<Point>,
    /// One route for each link.
    pub(super) routes: Vec<Route>,
}
