//! How probable it is that an event belongs to a storyline, from what it shares with the members
//! near it in time: a logistic regression over a handful of figures.

/// What speaks for a storyline.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// Likeness of wording to the nearest member, in [0, 1].
    pub nearest: f64,
    /// Mean likeness to the three nearest members, missing ones counting 0.
    pub nearest_three: f64,
    /// The storyline's share in the likeness of all candidates' five nearest members, in [0, 1].
    pub share: f64,
    /// `nearest` less that of the best other storyline.
    pub margin: f64,
    /// Weight of the words of the storyline's name that the event has, in [0, 1].
    pub name: f64,
    /// `name` less that of the other storyline near the event whose name it says most of.
    pub name_margin: f64,
    /// Weight of the rarest name shared with a near member, `ln(N/df)` over 10.
    pub rarest: f64,
    /// Days to the nearest member, `ln(1 + days)`.
    pub gap: f64,
    /// Members that are more than faintly alike, `ln(1 + count)`.
    pub count: f64,
}

/// Weights in the order of the fields, then the constant: logistic regression over 3,567 hidden headings
/// of Current Events 2018–2020 (`examples/hidden_headings.rs --figures`, seeds 1 and 2, an L2 penalty
/// of 1), November 2026. `nearest` and `share` say nothing beside `nearest_three` and `margin`.
const WEIGHTS: [f64; 9] = [0.03, 1.30, -0.02, 1.76, 0.52, 2.81, 2.29, -0.54, 0.94];
const CONSTANT: f64 = -1.99;

impl Likeness {
    /// The figures in the order of their fields.
    #[must_use]
    pub fn figures(&self) -> [f64; 9] {
        [
            self.nearest,
            self.nearest_three,
            self.share,
            self.margin,
            self.name,
            self.name_margin,
            self.rarest,
            self.gap,
            self.count,
        ]
    }

    /// The probability, in [0, 1].
    #[must_use]
    pub fn score(&self) -> f64 {
        let weighted = self.figures().into_iter().zip(WEIGHTS);
        let sum: f64 = weighted.map(|(figure, weight)| figure * weight).sum();
        1.0 / (1.0 + (-(sum + CONSTANT)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_whose_name_is_said_more_counts_against() {
        let near = Likeness {
            nearest: 0.5,
            nearest_three: 0.4,
            margin: 0.1,
            name: 0.8,
            rarest: 0.8,
            gap: 0.7,
            count: 1.4,
            ..Likeness::default()
        };
        let beside_its_twin = Likeness {
            name_margin: -0.2,
            ..near
        };
        assert!(near.score() > 0.85, "{}", near.score());
        assert!(beside_its_twin.score() < near.score() - 0.03);
    }
}
