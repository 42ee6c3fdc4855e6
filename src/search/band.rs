//! Three bands: answer, offer choices, decline.

use super::ranking::Matched;
use super::sure::lead;
use serde::{Deserialize, Serialize};

/// When search is sure. The defaults are what ships.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Least chance that the first article is the answer, to send it, 0 to 1.
    pub answer_threshold: f32,
    /// Least chance to offer it as a choice, 0 to 1. The articles of a topic that is named are offered in any case.
    pub choice_threshold: f32,
    /// Least lead of the first over the second article to answer a question that names a topic and no side of it, 0 to 1: the
    /// difference of the scores over their sum. Where a side is asked, a quarter of it is enough.
    pub ambiguity_margin: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { answer_threshold: 0.75, choice_threshold: 0.2, ambiguity_margin: 0.2 }
    }
}

/// Least chance to answer from another topic than the one that is named.
const OTHER_TOPIC: f32 = 0.9;

/// Least chance to answer where no topic is named as it is written.
const NO_TOPIC: f32 = 0.8;

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
        let lead = lead(first.score, matched.hits.get(1).map_or(0.0, |hit| hit.score));
        let margin = if matched.is_broad() { self.ambiguity_margin } else { self.ambiguity_margin / 4.0 };
        // A question that names one topic is not answered from another unless there is little doubt.
        let strange = matched.names_topic() && !first.is_of_named_topic();
        let least = match (strange, matched.names_topic()) {
            (true, _) => self.answer_threshold.max(OTHER_TOPIC),
            (_, false) => self.answer_threshold.max(NO_TOPIC),
            _ => self.answer_threshold,
        };
        if matched.sure >= least && lead >= margin {
            return Band::Answer;
        }
        if matched.sure >= self.choice_threshold || matched.names_topic() { Band::Choices } else { Band::Decline }
    }
}
