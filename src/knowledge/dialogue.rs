//! How a message goes on with what was talked about (`knowledge/dialogue.toml`).

use serde::{Deserialize, Serialize};

/// The word lists and patterns of a conversation. Patterns are matched against the normalised text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    /// Regular expressions of what a message may begin with and means nothing by itself: 那, 换一个.
    pub leads: Vec<String>,
    /// Regular expressions of what it may end with: 呢, 的话.
    pub tails: Vec<String>,
    /// Regular expressions that stand for the topic: 这个病, 它. Where there is a group `it`, only that stands for it.
    pub stands_for: Vec<String>,
    /// Words that change nothing beside a side: 一般, 大概.
    pub plain: Vec<String>,
    /// People of no special group: 我妈, 朋友.
    pub people: Vec<String>,
    /// What a message may do.
    #[serde(rename = "turn")]
    pub turns: Vec<TurnWords>,
}

/// What a message does in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnKind {
    /// Back to the article before.
    Back,
    /// The nth of what was offered; the group `nth` is its number, or 最后.
    Pick,
    /// None of what was offered.
    NoneOfThese,
    /// More of the topic.
    More,
    /// Puts right what was asked; the group `rest` is what is meant.
    Correct,
}

/// How people say it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnWords {
    /// What it does.
    pub kind: TurnKind,
    /// Regular expressions; any one is enough.
    pub patterns: Vec<String>,
    /// Messages that do it.
    pub examples: Vec<String>,
    /// Messages that do not.
    pub counter_examples: Vec<String>,
}
