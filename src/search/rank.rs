//! From features to a score between 0 and 1.

use super::features::{COUNT, Features};

/// Weights of a logistic combination. Higher means a better match.
pub(super) struct Weights {
    bias: f32,
    by_feature: [f32; COUNT],
}

/// Where the question names a topic of the knowledge: topic and facet decide, words break ties.
pub(super) const NAMED: Weights = Weights {
    bias: -3.2,
    by_feature: [0.6, 0.7, 0.8, 0.8, 1.2, 12.0, 3.0, -3.0, 2.2, -2.6, 1.2, -2.2, -2.6],
};

/// Where it names none: only words can tell.
pub(super) const UNNAMED: Weights = Weights {
    bias: -5.6,
    by_feature: [2.2, 2.0, 2.4, 1.8, 2.0, 12.0, 0.0, 0.0, 1.0, -1.6, 0.6, -1.5, 0.0],
};

impl Weights {
    /// The score of a comparison.
    pub(super) fn score(&self, features: &Features) -> f32 {
        let sum: f32 = self.by_feature.iter().zip(features.0).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(sum + self.bias)).exp())
    }
}
