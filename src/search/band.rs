//! Three bands: answer, offer choices, decline.

use super::ranking::{Hit, Matched};
use serde::{Deserialize, Serialize};

/// When search is sure. The defaults are what ships; they were chosen on the questions of `knowledge/asked.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Least score to answer, 0 to 1.
    pub answer_threshold: f32,
    /// Least score to be offered as a choice, 0 to 1. The articles of a topic that is named are offered in any case.
    pub choice_threshold: f32,
    /// Least lead of the first over the second article to answer, 0 to 1: the difference of the scores over their sum.
    pub ambiguity_margin: f32,
    /// Least score to answer a question that names the topic where no other article comes near, 0 to 1: of a long story a title
    /// covers little, however right it is.
    pub named_threshold: f32,
    /// How far all others must lie behind for that, 0 to 1.
    pub clear_margin: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { answer_threshold: 0.2, choice_threshold: 0.08, ambiguity_margin: 0.1, named_threshold: 0.02, clear_margin: 0.6 }
    }
}

/// Least score to answer from another topic than the one that is named.
const OTHER_TOPIC: f32 = 0.7;

/// How far the first must lead where a topic is named and no side of it.
const BROAD_MARGIN: f32 = 0.2;

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
    /// The band of what was matched. A hit that repeats the question word for word answers it whatever comes second.
    pub fn band(&self, matched: &Matched) -> Band {
        let Some(first) = matched.hits.first() else { return Band::Decline };
        if first.is_exact() {
            return Band::Answer;
        }
        let lead = lead(first, &matched.hits);
        let named = first.is_of_named_topic();
        // A question that names one topic is not answered from another unless the words leave little doubt.
        let (least, clear) = if named {
            (self.answer_threshold, self.named_threshold)
        } else if matched.names_topic() {
            (OTHER_TOPIC, OTHER_TOPIC)
        } else {
            (self.answer_threshold, self.answer_threshold)
        };
        let sure = first.score >= least && lead >= self.ambiguity_margin;
        let clear = first.score >= clear && lead >= self.clear_margin;
        if (sure || clear) && !(matched.is_broad() && lead < BROAD_MARGIN) {
            return Band::Answer;
        }
        if first.score >= self.choice_threshold || matched.names_topic() { Band::Choices } else { Band::Decline }
    }
}

/// How far the first hit lies before the second.
fn lead(first: &Hit, hits: &[Hit]) -> f32 {
    let second = hits.get(1).map_or(0.0, |hit| hit.score);
    (first.score - second) / (first.score + second).max(f32::MIN_POSITIVE)
}
