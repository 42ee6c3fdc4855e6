//! From features to a score between 0 and 1.

use super::features::{COUNT, Features};

/// Weights of a logistic combination. Higher means a better match.
pub(super) struct Weights {
    bias: f32,
    by_feature: [f32; COUNT],
}

/// Where the question names a topic of the knowledge: topic and facet decide, words break ties. Fitted by logistic
/// regression on the knowledge's own asks and not_asks, each without itself, and on each without its topic's articles
/// (what is not known must not be answered); an exact repetition and a part of the body that the topic
/// does not speak of are set by hand.
pub(super) const NAMED: Weights = Weights {
    bias: -2.681,
    by_feature: [1.11, -0.01, 1.45, 1.2, -1.1, 12.0, 1.21, -3.67, 2.25, -3.47, 0.52, -2.03, 0.0, 0.11, -0.69, -2.5, -0.02],
};

/// Where it names none: only words can tell. Fitted in the same way, with the names of the topic forgotten.
pub(super) const UNNAMED: Weights = Weights {
    bias: -5.955,
    by_feature: [0.78, 1.87, 0.61, 4.07, -2.29, 12.0, 0.0, 0.0, 1.83, -2.72, 0.97, -1.33, 0.93, 1.57, 0.26, -2.0, -0.74],
};

impl Weights {
    /// The score of a comparison.
    pub(super) fn score(&self, features: &Features) -> f32 {
        let sum: f32 = self.by_feature.iter().zip(features.0).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(sum + self.bias)).exp())
    }
}
