//! Puts the connected parts of a graph side by side on one sheet.

use super::{Layout, Size};

/// Room between two parts.
const GAP: f64 = 36.0;
/// Width of the sheet over its height that is aimed at (a guess: screens and README pages).
const ASPECT: f64 = 1.6;

/// The members of each connected part, largest part first, then in order of their first member.
pub(super) fn components(
    nodes: usize,
    links: impl Iterator<Item = (usize, usize)>,
) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..nodes).collect();
    for (a, b) in links {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for node in 0..nodes {
        let root = find(&mut root, node);
        parts[root].push(node);
    }
    parts.retain(|part| !part.is_empty());
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

fn find(root: &mut [usize], mut node: usize) -> usize {
    while root[node] != node {
        root[node] = root[root[node]];
        node = root[node];
    }
    node
}

/// Places parts of these sizes on shelves; the left upper corner of each, and the sheet's size.
pub(super) fn shelves(sizes: &[Size]) -> (Vec<super::Point>, Size) {
    let area: f64 = sizes.iter().map(|(w, h)| (w + GAP) * (h + GAP)).sum();
    let widest = sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let limit = widest.max((area * ASPECT).sqrt());
    let (mut x, mut y, mut shelf, mut width) = (0.0, 0.0, 0.0_f64, 0.0_f64);
    let mut corners = Vec::with_capacity(sizes.len());
    for &(w, h) in sizes {
        if x > 0.0 && x + w > limit {
            (x, y, shelf) = (0.0, y + shelf + GAP, 0.0);
        }
        corners.push((x, y));
        width = width.max(x + w);
        shelf = shelf.max(h);
        x += w + GAP;
    }
    (corners, (width, y + shelf))
}

/// Which of two layouts of the same graph fits a sheet better.
pub(super) fn better(a: Layout, b: Layout) -> Layout {
    let cost = |layout: &Layout| (layout.size.0 / ASPECT).max(layout.size.1);
    if cost(&b) < cost(&a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_whatever_the_order_of_links() {
        let parts = components(6, [(4, 3), (3, 1), (0, 5)].into_iter());
        assert_eq!(parts, [vec![1, 3, 4], vec![0, 5], vec![2]]);
    }

    #[test]
    fn shelves_do_not_overlap() {
        let (corners, size) = shelves(&[(300.0, 100.0), (50.0, 50.0), (50.0, 50.0)]);
        assert_eq!(corners, [(0.0, 0.0), (0.0, 136.0), (86.0, 136.0)]);
        assert_eq!(size, (300.0, 186.0));
    }
}
