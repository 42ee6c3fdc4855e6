//! Three bands: answer, offer choices, decline.

use super::ranking::{Hit, Matched};
use serde::{Deserialize, Serialize};

/// When search is sure. The defaults are what ships: closed, so that an untuned install declines.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Least score to answer, 0 to 1.
    pub answer_threshold: f32,
    /// Least score to be offered as a choice, 0 to 1.
    pub choice_threshold: f32,
    /// Least lead of the first over the second article to answer, 0 to 1.
    pub ambiguity_margin: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { answer_threshold: 0.55, choice_threshold: 0.2, ambiguity_margin: 0.1 }
    }
}

/// How sure search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// The first hit answers the question.
    Answer,
    /// Some of the hits may; ask which.
    Choices,
    /// None does.
    Decline,
}

impl Settings {
    /// The band of what was matched.
    pub fn band(&self, matched: &Matched) -> Band {
        let Some(first) = matched.hits.first() else { return Band::Decline };
        if first.score < self.choice_threshold {
            return Band::Decline;
        }
        if first.score >= self.answer_threshold && self.leads(first, &matched.hits) && !matched.is_broad() {
            return Band::Answer;
        }
        Band::Choices
    }

    /// A hit that repeats the question word for word leads whatever comes second.
    fn leads(&self, first: &Hit, hits: &[Hit]) -> bool {
        let second = hits.get(1).map_or(0.0, |hit| hit.score);
        first.is_exact() || first.score - second >= self.ambiguity_margin
    }
}
