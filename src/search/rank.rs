//! From features to a score between 0 and 1.

use super::features::{COUNT, EXACT, FEATURE_NAMES, Features};
use crate::knowledge::{RankingWeights, WEIGHT_COLUMNS};

/// What an exact repetition adds, so that it wins whatever was learned.
const EXACT_WEIGHT: f32 = 8.0;
/// From this many characters on a question is no longer short; at `SHORT` + `TO_LONG` it is long. In between weights are mixed.
const SHORT: f32 = 10.0;
const TO_LONG: f32 = 40.0;

/// Kinds of questions, as the columns of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// About an imported article, of which only the words are known; one ranker does not fit all lengths.
    Open,
    /// The question names a topic: topic and side decide, words break ties.
    Named,
    /// It names none.
    Unnamed,
}

/// One weight a feature for each column.
#[derive(Debug, Clone)]
pub(super) struct Weights([[f32; COUNT]; WEIGHT_COLUMNS.len()]);

impl Weights {
    pub(super) fn of(learned: &RankingWeights) -> Self {
        let mut weights = [[0.0; COUNT]; WEIGHT_COLUMNS.len()];
        for (name, by_column) in &learned.features {
            if let Some(feature) = FEATURE_NAMES.iter().position(|known| known == name) {
                for (column, weight) in weights.iter_mut().zip(by_column) {
                    column[feature] = *weight;
                }
            }
        }
        for column in &mut weights {
            column[EXACT] = EXACT_WEIGHT;
        }
        Self(weights)
    }

    /// The score of a comparison with a question of so many characters.
    pub(super) fn score(&self, kind: Kind, chars: usize, features: &Features) -> f32 {
        let sum: f32 = mix(kind, chars)
            .iter()
            .zip(&self.0)
            .filter(|(share, _)| **share > 0.0)
            .map(|(share, weights)| share * dot(weights, features))
            .sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

fn dot(weights: &[f32; COUNT], features: &Features) -> f32 {
    weights.iter().zip(features.0).map(|(weight, value)| weight * value).sum()
}

/// What each column counts for.
pub(super) fn mix(kind: Kind, chars: usize) -> [f32; WEIGHT_COLUMNS.len()] {
    match kind {
        Kind::Open => {
            let long = ((chars as f32 - SHORT) / TO_LONG).clamp(0.0, 1.0);
            [1.0 - long, long, 0.0, 0.0]
        }
        Kind::Named => [0.0, 0.0, 1.0, 0.0],
        Kind::Unnamed => [0.0, 0.0, 0.0, 1.0],
    }
}
