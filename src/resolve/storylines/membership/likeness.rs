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
    /// Weight of the rarest name shared with a near member, `ln(N/df)` over 10.
    pub rarest: f64,
    /// Days to the nearest member, `ln(1 + days)`.
    pub gap: f64,
    /// Members that are more than faintly alike, `ln(1 + count)`.
    pub count: f64,
}

/// Weights in the order of the fields, then the constant: logistic regression over 9,209 hidden
/// headings of Current Events 2018–2020 (`examples/hidden_headings.rs --figures`, seeds 2–6, an L2
/// penalty of 1), November 2026. `nearest` counts against since `nearest_three` and `margin` hold it.
const WEIGHTS: [f64; 8] = [-2.54, 1.83, 0.33, 4.07, 2.10, 2.51, -0.50, 0.72];
const CONSTANT: f64 = -1.96;

impl Likeness {
    /// The figures in the order of their fields.
    #[must_use]
    pub fn figures(&self) -> [f64; 8] {
        [
            self.nearest,
            self.nearest_three,
            self.share,
            self.margin,
            self.name,
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
