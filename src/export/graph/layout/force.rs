//! Force-directed layout for graphs too large to read box by box (Fruchterman & Reingold, 1991,
//! with gravity): linked nodes attract, all nodes repel.
//!
//! The first positions come from a fixed sequence of numbers, and only operations that IEEE 754
//! defines exactly are used, so that every machine draws the same picture.

use super::{Point, Size};

/// Distance that a link aims at.
const SPACING: f64 = 34.0;
/// Pulls everything to the middle, so that parts do not drift away (a guess, tuned by eye).
const GRAVITY: f64 = 0.06;
/// Pairs of nodes looked at in all rounds together: about a second.
const WORK: usize = 250_000_000;

/// Lays out nodes; middles inside a sheet of the size returned, `margin` from its edges.
pub(in super::super) fn force(
    nodes: usize,
    links: &[(usize, usize)],
    margin: f64,
) -> (Vec<Point>, Size) {
    let mut at = first_positions(nodes);
    let rounds = (WORK / (nodes * nodes).max(1)).clamp(40, 400);
    for round in 0..rounds {
        let heat = SPACING * 2.0 * (1.0 - share(round, rounds));
        step(&mut at, links, heat);
    }
    fit(at, margin)
}

/// Points scattered over a square by a SplitMix64 sequence.
fn first_positions(nodes: usize) -> Vec<Point> {
    let side = SPACING * share(nodes, 1).sqrt();
    let mut state = 0_u64;
    let mut next = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let top = u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0);
        (f64::from(top) / f64::from(u32::MAX) - 0.5) * side
    };
    (0..nodes).map(|_| (next(), next())).collect()
}

/// One round: every node moves by the sum of its forces, at most `heat` pixels.
fn step(at: &mut [Point], links: &[(usize, usize)], heat: f64) {
    let mut push = vec![(0.0, 0.0); at.len()];
    for a in 0..at.len() {
        for b in a + 1..at.len() {
            let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
            let square = (dx * dx + dy * dy).max(1.0);
            let strength = SPACING * SPACING / square;
            pull(&mut push, a, b, (dx * strength, dy * strength));
        }
    }
    for &(a, b) in links {
        let (dx, dy) = (at[b].0 - at[a].0, at[b].1 - at[a].1);
        let strength = (dx * dx + dy * dy).sqrt() / SPACING;
        pull(&mut push, a, b, (dx * strength, dy * strength));
    }
    for (point, (dx, dy)) in at.iter_mut().zip(push) {
        let (dx, dy) = (dx - point.0 * GRAVITY, dy - point.1 * GRAVITY);
        let length = (dx * dx + dy * dy).sqrt().max(0.001);
        let stride = length.min(heat) / length;
        *point = (point.0 + dx * stride, point.1 + dy * stride);
    }
}

/// Adds a force to `a` and its opposite to `b`.
fn pull(push: &mut [Point], a: usize, b: usize, (dx, dy): Point) {
    push[a] = (push[a].0 + dx, push[a].1 + dy);
    push[b] = (push[b].0 - dx, push[b].1 - dy);
}

fn fit(at: Vec<Point>, margin: f64) -> (Vec<Point>, Size) {
    let low = at.iter().fold((f64::INFINITY, f64::INFINITY), |m, p| {
        (m.0.min(p.0), m.1.min(p.1))
    });
    let high = at
        .iter()
        .fold((f64::NEG_INFINITY, f64::NEG_INFINITY), |m, p| {
            (m.0.max(p.0), m.1.max(p.1))
        });
    let moved = at
        .iter()
        .map(|p| (p.0 - low.0 + margin, p.1 - low.1 + margin))
        .collect();
    if at.is_empty() {
        return (moved, (2.0 * margin, 2.0 * margin));
    }
    (
        moved,
        (high.0 - low.0 + 2.0 * margin, high.1 - low.1 + 2.0 * margin),
    )
}

/// `part / whole`; exact for the sizes of graphs.
#[expect(
    clippy::cast_precision_loss,
    reason = "graphs have far fewer than 2^52 nodes"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_nodes_end_up_nearer_than_others() {
        // Two squares joined by nothing.
        let links = [
            (0, 1),
            (1, 2),
            (2, 3),
            (3, 0),
            (4, 5),
            (5, 6),
            (6, 7),
            (7, 4),
        ];
        let (at, size) = force(8, &links, 10.0);
        let distance =
            |a: usize, b: usize| ((at[a].0 - at[b].0).powi(2) + (at[a].1 - at[b].1).powi(2)).sqrt();
        assert!(distance(0, 1) < distance(0, 5));
        assert!(
            at.iter()
                .all(|p| p.0 >= 9.9 && p.1 >= 9.9 && p.0 <= size.0 && p.1 <= size.1)
        );
        assert_eq!(force(8, &links, 10.0).0, at);
    }

    #[test]
    fn nothing_and_one_are_fine() {
        assert_eq!(force(0, &[], 5.0).0, []);
        assert_eq!(force(1, &[], 5.0).0, [(5.0, 5.0)]);
    }
}
